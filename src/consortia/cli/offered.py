"""What the registers of a study offer, on the command line: tables with their sums, or projects to be put into it."""

from __future__ import annotations

import sys
from pathlib import Path

import yaml
from rich.console import Console

from consortia.errors import StudyError
from consortia.report.text import table_text
from consortia.run.options import option_tables, options_of, proposed_projects
from consortia.study.store import read_definition

console = Console(highlight=False)


def show_options(study: Path, *, as_projects: bool, language: str) -> None:
    """Prints the proposals as tables, or as the `projects:` part of a study. Refuses registers that offer nothing."""
    if not study.exists():
        raise StudyError(f"There is no {study}.", remedy="Name a study folder or a case file, such as registers.yaml.")
    definition = read_definition(study)
    found = options_of(definition)
    if found.none:
        raise StudyError(
            f"The registers of {study} offer nothing.",
            remedy="Fill posts, buildings, systems or contracts; examples/cases/registers.yaml shows how.",
        )
    if as_projects:
        plain = {"projects": [project.to_plain() for project in proposed_projects(found, definition)]}
        yaml.safe_dump(plain, sys.stdout, allow_unicode=True, sort_keys=False, width=120)
        return
    for table in option_tables(found, definition):
        console.print(table_text(table, language=language))
