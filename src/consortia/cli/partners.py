"""Commands on partners: prints their tables, and says where there is nothing to show."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from consortia.cli.arguments import check_at_most_one
from consortia.cli.in_json import plain_findings, plain_tables
from consortia.cli.releases import caution_unreleased
from consortia.cli.spelling import command
from consortia.cli.studies import partner_code, show_findings
from consortia.errors import StudyError
from consortia.findings import Finding
from consortia.report.tables import Table
from consortia.report.text import table_text
from consortia.run.partners import Arranged, arrange
from consortia.run.partners.agreement import agreements_of, refusals
from consortia.run.partners.drift_table import drift_table
from consortia.run.partners.exit_tables import walk_away_table, what_if_table
from consortia.run.partners.hub_tables import hub_choices_table, hubs_table
from consortia.run.partners.hubs import hubs_of
from consortia.run.partners.many import many_table
from consortia.run.partners.simplicity import SHOWN, groupings_table, simplicity_table
from consortia.run.partners.tables import partner_tables
from consortia.run.roles import role_findings
from consortia.study import read_study

console = Console(highlight=False)


def show_partners(folder: Path, *, service: str, rule: str, scenario: str, language: str, as_json: bool) -> None:
    """Prints every table on sharing; StudyError where nothing would be shared, with the reason."""
    arranged = arrange(read_study(folder), scenario=scenario, service=service)
    findings = role_findings(arranged.proposals, arranged.definition)
    if not arranged.services:
        show_findings(findings, language=language)
        _refuse_nothing_shared(arranged, folder, scenario)
    caution_unreleased(arranged.study)
    findings = (*findings, *refusals(tuple(agreements_of(arranged, rule).values())))
    tables = [*partner_tables(arranged, rule=rule), walk_away_table(arranged, rule=rule), drift_table(arranged)]
    _show([one for one in tables if one.rows], findings, arranged, language=language, as_json=as_json)


def show_leaving(
    folder: Path, leaves: str, *, service: str, rule: str, scenario: str, language: str, as_json: bool
) -> None:
    """Prints what follows when a partner leaves; StudyError where it shares nothing."""
    study = read_study(folder)
    code = partner_code(study, leaves)
    arranged = arrange(study, scenario=scenario, service=service)
    if not arranged.services:
        _refuse_nothing_shared(arranged, folder, scenario)
    caution_unreleased(study)
    table = what_if_table(arranged, code, rule=rule)
    if not table.rows:
        name = study.definition.partner(code).name.en
        raise StudyError(f"{name} would share nothing, so nothing follows when it leaves.", remedy="")
    _show((table,), (), arranged, language=language, as_json=as_json)


@dataclass(frozen=True)
class Choice:
    """Which choice of groups is asked for in place of the tables on sharing: at most one of these."""

    at_most: int
    neighbours: int
    hub_cost: float | None

    @property
    def is_asked(self) -> bool:
        """True where there is one; ConsortiaError where there are two."""
        asked = {"--at-most": self.at_most > 0, "--neighbours": self.neighbours > 0}
        check_at_most_one(asked | {"--hub-cost": self.hub_cost is not None})
        return any(asked.values()) or self.hub_cost is not None


def show_choice(folder: Path, choice: Choice, *, service: str, scenario: str, language: str, as_json: bool) -> None:
    """Prints the best groups of the kind asked for, and how good that choice is."""
    if choice.hub_cost is not None:
        _show_hubs(folder, choice.hub_cost, service=service, scenario=scenario, language=language, as_json=as_json)
    elif choice.neighbours:
        _show_neighbours(
            folder, choice.neighbours, service=service, scenario=scenario, language=language, as_json=as_json
        )
    else:
        _show_simple(folder, choice.at_most, service=service, scenario=scenario, language=language, as_json=as_json)


def _show_simple(folder: Path, different: int, *, service: str, scenario: str, language: str, as_json: bool) -> None:
    """Prints the best choice of at most so many groupings for all services, and what keeping it simple costs."""
    arranged = arrange(read_study(folder), scenario=scenario, service=service)
    caution_unreleased(arranged.study)
    numbers = sorted({*SHOWN, different})
    tables = (groupings_table(arranged, different), simplicity_table(arranged, numbers))
    _show(tables, (), arranged, language=language, as_json=as_json)


def _show_neighbours(folder: Path, largest: int, *, service: str, scenario: str, language: str, as_json: bool) -> None:
    """Prints the best groups of neighbours up to a size, for any number of partners."""
    study = read_study(folder)
    caution_unreleased(study)
    table = many_table(study, largest=largest, scenario=scenario, service=service)
    _show_alone((table,), language=language, as_json=as_json)


def _show_hubs(folder: Path, hub_cost: float, *, service: str, scenario: str, language: str, as_json: bool) -> None:
    """Prints the consortia that pay for their organisation, and how good that choice is."""
    study = read_study(folder)
    caution_unreleased(study)
    found = hubs_of(study, hub_cost, scenario=scenario, service=service)
    _show_alone((hubs_table(found), hub_choices_table(found)), language=language, as_json=as_json)


def _show_alone(tables: Sequence[Table], *, language: str, as_json: bool) -> None:
    """Prints tables that no run stands behind."""
    if as_json:
        print(json.dumps({"tables": plain_tables(tables, language=language)}, ensure_ascii=False))
        return
    for table in tables:
        console.print(table_text(table, language=language))


def _refuse_nothing_shared(arranged: Arranged, folder: Path, scenario: str) -> None:
    words = command("run", folder, *(("--scenario", scenario) if scenario != "base" else ()))
    raise StudyError(
        f"No service of {arranged.definition.title.en} would be shared: nothing to divide and nobody to leave.",
        remedy=f"`{words}` says why for each service.",
    )


def _show(
    tables: Sequence[Table], findings: Sequence[Finding], arranged: Arranged, *, language: str, as_json: bool
) -> None:
    if as_json:
        plain = {
            "study": arranged.definition.key,
            "price_base": arranged.setting.price_base,
            "tables": plain_tables(tables, language=language),
            "findings": plain_findings(findings, language=language),
        }
        print(json.dumps(plain, ensure_ascii=False))
        return
    for table in tables:
        console.print(table_text(table, language=language))
    show_findings(findings, language=language)
