"""Commands on costs: activities and overheads, the bridge of each return, and what services may cost."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import cast

import polars as pl
from rich.console import Console

from consortia.cli.folder import RUNS, newest_run
from consortia.cli.studies import partner_code, show_findings
from consortia.costing.allocation import Method
from consortia.errors import StudyError
from consortia.periods import FinancialYear
from consortia.reference.taxonomy import service as named
from consortia.report.text import table_text
from consortia.run.activity_costs import cost_partner
from consortia.run.bridge_tables import bridge_of, bridge_table, cells_table, measure_of
from consortia.run.cost_tables import cost_tables, trace_table
from consortia.run.grades import grades_of
from consortia.run.harmonised import harmonise_study
from consortia.run.ledger_tables import ledger_table
from consortia.run.target_tables import target_table, value_analysis, value_tables
from consortia.study import Activities, Study, read_study
from consortia.study.store import ACTIVITIES_FILE

FIRST_MONTH = 4  # the financial year begins in April
console = Console(highlight=False)


def show_costs(folder: Path, *, partner: str, method: str, trace: str, language: str) -> None:
    """Prints overheads by three methods, activities, teams and what stops; or one trace."""
    study = read_study(folder)
    costs = cost_partner(
        _activities(study, partner_code(study, partner)), method=cast(Method, method.replace("-", "_"))
    )
    show_findings(costs.findings)
    for table in (trace_table(trace, costs),) if trace else cost_tables(costs):
        console.print(table_text(table, language=language))


def show_bridge(folder: Path, *, partner: str, service: str, language: str) -> None:
    """Prints the bridge: of every partner by service, or of one service by cost type with its source cells."""
    study = read_study(folder)
    codes = [partner_code(study, partner)] if partner else list(study.definition.codes)
    if service:
        named(service)
    rows, grades = bridge_of(study), grades_of(study, harmonise_study(study), as_of=_this_year())
    for code in codes:
        measure = measure_of(rows, partner=code, service=service)
        table = bridge_table(study, rows, partner=code, grades=grades, service=service, measure=measure)
        if len(table.rows) <= (1 if service else 0):  # nothing but the total
            name = study.definition.partner(code).name.en
            console.print(f"{name} has no amount{' for this service' if service else ''} in the base year: no bridge.")
        else:
            console.print(table_text(table, language=language))
            _print_cells(study, rows, code, service=service, measure=measure, language=language)
        made_of = None if service else ledger_table(study, partner=code)
        if made_of:
            console.print(table_text(made_of, language=language))


def _print_cells(study: Study, rows: pl.DataFrame, code: str, *, service: str, measure: str, language: str) -> None:
    """The source cells of one service, with what each brings to the bridge."""
    if service:
        cells = cells_table(study, rows, partner=code, service=service, measure=measure)
        console.print(table_text(cells, language=language))


def show_targets(folder: Path, *, service: str, language: str) -> None:
    """Prints the gap of each target with what the newest run closes, then each function-cost matrix."""
    study = read_study(folder)
    if service:
        named(service)
    cases = [one for one in study.definition.value_cases if service in ("", one.service)]
    show_findings(finding for case in cases for finding in value_analysis(case).findings)
    promised = newest_run(folder).case if (folder / RUNS / "newest").exists() else None
    tables = [target_table(study, promised)] if study.definition.targets or not cases else []
    for table in (*tables, *value_tables(study.definition, service=service)):
        console.print(table_text(table, language=language))


def _this_year() -> FinancialYear:
    today = date.today()
    return FinancialYear(today.year if today.month >= FIRST_MONTH else today.year - 1)


def _activities(study: Study, code: str) -> Activities:
    activities = study.return_of(code).activities
    if activities is None:
        raise StudyError(
            f"{study.definition.partner(code).name.en} has not said what its people do.",
            remedy=f"Put {ACTIVITIES_FILE} beside its return (returns/{code}); "
            "examples/cases/council-tax-office.yaml is one.",
        )
    return activities
