"""What a project has delivered so far against its plan, beside the figure that forecasts it.

A forecast never uses the project's own record (`learned` says why); so the two are told side by side, and where the
record falls short of what the forecast takes, that is a caution.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from consortia.findings import Finding, Place, Severity
from consortia.report.words import Message, Quantity, msgid, say
from consortia.run.programme.appraised import Appraised
from consortia.run.programme.learned import by_year
from consortia.study import Text
from consortia.study.project_findings import active_projects
from consortia.study.projects import Project

BEHIND = 0.05
"""Judgement: a record that is less than this part of the plan below the forecast may be chance."""


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """Planned and delivered over the years of which both are known, cash; and the part that the forecast takes."""

    project: Project
    planned: float
    delivered: float
    years: tuple[str, ...]
    taken: float

    @property
    def part(self) -> float:
        """Delivered over planned."""
        return self.delivered / self.planned


def own_records(found: Appraised) -> tuple[OwnRecord, ...]:
    """The record of each active project that planned something and knows what came of it."""
    records = (_record(project, found) for project in active_projects(found.definition))
    return tuple(one for one in records if one is not None)


def record_notes(found: Appraised) -> tuple[Message, ...]:
    """A sentence for each such project, to stand under the figures that forecast it."""
    return tuple(map(_told, own_records(found)))


def behind_findings(found: Appraised, *, file: str) -> Iterator[Finding]:
    """A warning for each project that has delivered less of its plan than its own forecast takes."""
    for one in own_records(found):
        if one.part < one.taken - BEHIND:
            yield Finding(
                "behind-its-forecast",
                Severity.WARNING,
                "'{project}' has delivered {part} of what was planned so far; its figure takes {taken} of the plan.",
                "Say why the rest will come, or state `delivery` from its own record.",
                Place(file, cell=f"projects.{one.project.key}.outturns"),
                (("project", one.project.key), ("part", f"{one.part:.0%}"), ("taken", f"{one.taken:.0%}")),
            )


def _record(project: Project, found: Appraised) -> OwnRecord | None:
    years = by_year(project)
    planned, delivered = (sum(amounts[place] for amounts in years.values()) for place in (0, 1))
    if not planned > 0:
        return None
    return OwnRecord(project, planned, delivered, tuple(years), found.part_taken(project.key))


def _told(one: OwnRecord) -> Message:
    values: dict[str, Text | Quantity] = {
        "project": one.project.title,
        "delivered": Quantity(one.delivered, "money"),
        "planned": Quantity(one.planned, "money"),
        "part": Quantity(one.part, "percent"),
        "taken": Quantity(one.taken, "percent"),
    }
    if len(one.years) == 1:
        told = msgid(
            "{project} delivered {delivered} of {planned} planned in {year}, {part} (cash, as recorded). Its figure "
            "here takes {taken} of the plan; its own record is not used for it."
        )
        return say(told, year=one.years[0], **values)
    told = msgid(
        "{project} delivered {delivered} of {planned} planned in {first} to {last}, {part} (cash, as recorded). Its "
        "figure here takes {taken} of the plan; its own record is not used for it."
    )
    return say(told, first=one.years[0], last=one.years[-1], **values)
