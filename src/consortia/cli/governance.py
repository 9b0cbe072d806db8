"""The command on governance: prints how partners run what they share, and what needs attention on a day."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from rich.console import Console

from consortia.cli.in_json import plain_findings, plain_tables
from consortia.cli.studies import show_findings
from consortia.errors import StudyError
from consortia.report.text import table_text
from consortia.run.governance import governance_findings, governance_tables
from consortia.study import read_study
from consortia.study.scenarios import under_scenario

console = Console(highlight=False)


def show_governance(folder: Path, *, day: str, scenario: str, language: str, as_json: bool) -> None:
    """Prints the tables, the questions for a review and the findings, as of a day (empty: today).

    StudyError for what is no day.
    """
    today = _day(day)
    definition = under_scenario(read_study(folder).definition, scenario)
    tables = governance_tables(definition, today, prompts=True)
    findings = governance_findings(definition, today)
    if as_json:
        told = plain_findings(findings, language=language)
        print(json.dumps({"tables": plain_tables(tables, language=language), "findings": told}, ensure_ascii=False))
        return
    for table in tables:
        console.print(table_text(table, language=language))
    show_findings(findings, language=language)


def _day(given: str) -> date:
    if not given:
        return date.today()
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise StudyError(f"'{given}' is not a day.", remedy="Write it as 2027-03-31.") from None
