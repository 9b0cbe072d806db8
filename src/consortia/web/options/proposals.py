"""What the registers offer, register by register: the table with its sums, and the projects that it would make."""

from __future__ import annotations

from dataclasses import dataclass

from consortia.report.tables import Table
from consortia.run.options import option_tables, options_of, proposed_projects
from consortia.study import Definition
from consortia.study.projects import Project

TABLE = "register_"
"""Tables are named after their register, and so are the keys of the projects that it proposes."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A project that the registers propose; `there` when the study has one of its key already."""

    project: Project
    there: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """A table of what a register offers, and the projects to be made of its rows."""

    table: Table
    proposals: tuple[Proposal, ...]


def offers_of(definition: Definition) -> tuple[Offer, ...]:
    """Every table with its proposals; none where the registers offer nothing.

    Raises StudyError where a date in a register is no date.
    """
    found = options_of(definition)
    projects = proposed_projects(found, definition)
    there = {one.key for one in definition.projects}
    return tuple(
        Offer(table, tuple(Proposal(one, one.key in there) for one in projects if _is_of(one, table)))
        for table in option_tables(found, definition)
    )


def proposed(definition: Definition, key: str) -> Project | None:
    """The proposed project of that key; None where the registers propose none, or no longer."""
    projects = proposed_projects(options_of(definition), definition)
    return next((one for one in projects if one.key == key), None)


def _is_of(project: Project, table: Table) -> bool:
    return project.key.startswith(f"{table.key.removeprefix(TABLE)}_")
