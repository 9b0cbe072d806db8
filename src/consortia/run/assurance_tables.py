"""Assurance as tables: what stands under the nine headings, the three tests, and the six attributes of readiness."""

from __future__ import annotations

from typing import get_args

from consortia.report.tables import Column, Table
from consortia.report.words import Absent, Cell, msgid
from consortia.study import Definition
from consortia.study.assurance import Attribute
from consortia.study.assurance_findings import ATTRIBUTES
from consortia.study.project_findings import active_projects
from consortia.study.projects import Project

HEADINGS = {
    "background": msgid("Background"),
    "response": msgid("What the councils did"),
    "savings": msgid("What are the savings?"),
    "delivered": msgid("What has been delivered to date?"),
    "sustainable": msgid("Are the savings sustainable?"),
    "replicable": msgid("Is it replicable, as far as money goes?"),
    "plan_robust": msgid("Is the review of savings plans robust?"),
    "other": msgid("Other financial efficiencies"),
    "documents": msgid("Key documents"),
}
VERDICTS = {"yes": msgid("Yes"), "no": msgid("No"), "undetermined": msgid("Undetermined")}


def assurance_tables(definition: Definition) -> tuple[Table, ...]:
    """The tables that the study has entries for."""
    return tuple(one for one in (_tests(definition), _headings(definition), _readiness(definition)) if one.rows)


def _assured(definition: Definition) -> list[Project]:
    return [one for one in active_projects(definition) if one.assurance]


def _tests(definition: Definition) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for project in _assured(definition):
        if one := project.assurance:
            tests = (VERDICTS[one.cashable], VERDICTS[one.value_delivered], VERDICTS[one.sound_case])
            agreed = one.agreed_by or msgid("Nobody yet")
            rows.append((project.title, *tests, one.failing or Absent.NOT_APPLICABLE, agreed, one.agreed_on))
    return Table(
        "assurance_tests",
        msgid("Three tests of each saving"),
        msgid("As the assurance found; the owner agrees that its text is right before it is released."),
        (
            Column("project", msgid("Project")),
            Column("cashable", msgid("Is it cashable?")),
            Column("value_delivered", msgid("Was the value delivered?")),
            Column("sound_case", msgid("Does the forecast rest on a sound case?")),
            Column("failing", msgid("What fails or is not determined")),
            Column("agreed_by", msgid("Agreed by its owner")),
            Column("agreed_on", msgid("On")),
        ),
        tuple(rows),
    )


def _headings(definition: Definition) -> Table:
    rows = tuple(
        (project.title, heading, getattr(project.assurance, name) or Absent.NOT_KNOWN)
        for project in _assured(definition)
        for name, heading in HEADINGS.items()
    )
    return Table(
        "assurance",
        msgid("Financial assurance"),
        msgid("Under the nine headings of the good practice cases of 2014; what nobody has written is not known."),
        (
            Column("project", msgid("Project")),
            Column("heading", msgid("Heading")),
            Column("said", msgid("What was found")),
        ),
        rows,
    )


def _readiness(definition: Definition) -> Table:
    held = {one.attribute: one for one in definition.readiness}
    rows: list[tuple[Cell, ...]] = [
        (ATTRIBUTES[name], held[name].score, held[name].evidence)
        if name in held
        else (ATTRIBUTES[name], Absent.NOT_KNOWN, Absent.NOT_KNOWN)
        for name in get_args(Attribute)
    ]
    return Table(
        "readiness",
        msgid("Six attributes of initiatives that succeed"),
        msgid("How far each is in place: 0 absent, 1 begun, 2 in place, 3 in place and proved before."),
        (
            Column("attribute", msgid("Attribute")),
            Column("score", msgid("Score"), "number"),
            Column("evidence", msgid("What shows it")),
        ),
        tuple(rows) if held else (),
        notes=(msgid("The more ambitious an initiative is, the more likely it needs all six."),),
    )
