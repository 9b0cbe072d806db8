"""The command on the continuum: prints the shared map, the reasons and the rules, and writes the action plan."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from consortia.cli.in_json import plain_findings, plain_tables
from consortia.cli.studies import show_findings
from consortia.delivery.actions import actions_of
from consortia.errors import StudyError
from consortia.report.language import translator
from consortia.report.tables import Table
from consortia.report.text import table_text
from consortia.report.worded import worded
from consortia.run.continuum import placement_findings, standings
from consortia.run.continuum_tables import actions_table, continuum_tables
from consortia.run.decisions import Decision
from consortia.run.partners import arrange
from consortia.study import Study, read_study
from consortia.study.scenarios import under_scenario
from consortia.study.store import write_whole

console = Console(highlight=False)


def show_continuum(folder: Path, *, scenario: str, actions: Path | None, language: str, as_json: bool) -> None:
    """Prints the map, the reasons, the rules and the plan; writes the plan where a file is named for it.

    StudyError where no function is placed and none can be proposed.
    """
    study = read_study(folder)
    definition = under_scenario(study.definition, scenario)
    study = replace(study, definition=definition)
    found = standings(definition, _decisions(study))
    if not found:
        raise StudyError(
            "No function is placed on the continuum, and no service could be examined to propose a level.",
            remedy="Place a function under `partnership: placements:` in study.yaml.",
        )
    plan = actions_table(actions_of(definition.partnership.placements, definition.codes), definition)
    tables = [*continuum_tables(found, definition), *([plan] if plan.rows else [])]
    findings = placement_findings(definition)
    if as_json:
        told = plain_findings(findings, language=language)
        print(json.dumps({"tables": plain_tables(tables, language=language), "findings": told}, ensure_ascii=False))
    else:
        for table in tables:
            console.print(table_text(table, language=language))
        show_findings(findings, language=language)
    if actions:
        _write_plan(plan, actions, language)


def _decisions(study: Study) -> tuple[Decision, ...]:
    """What a run would decide; nothing where the study has no service that two partners provide."""
    try:
        return arrange(study).decisions
    except StudyError:
        return ()


def _write_plan(plan: Table, file: Path, language: str) -> None:
    shown = worded(plan, translator(language))
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(shown.headers)
    writer.writerows([cell.text for cell in row] for row in shown.rows)
    write_whole(file, text.getvalue())
    Console(stderr=True, highlight=False).print(f"Wrote {file}")
