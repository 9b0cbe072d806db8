"""Which uncertainty makes the spread of the answer, as a table: what is common to projects, and what is their own."""

from __future__ import annotations

from consortia.appraisal.driver_groups import DriverGroup
from consortia.appraisal.first_order import FirstOrder
from consortia.appraisal.programme_risk import sources_of_spread, spread_in_company
from consortia.reference.taxonomy import service
from consortia.report.tables import Column, Table
from consortia.report.words import Absent, Cell, Words, msgid, say
from consortia.run.programme.appraised import Appraised
from consortia.run.programme.naming import input_words
from consortia.study import Definition, Text

FEWEST_DRAWS = 256
MOST = 12
"""Sources shown: those that explain most."""
CLEARLY = 3.0
"""Standard errors that a share must be above zero to be shown."""
COMMON = {
    "delivery": msgid("how much projects deliver"),
    "delay": msgid("how late projects are"),
    "slip": msgid("whether projects slip by a year"),
    "saving": msgid("what sharing saves"),
    "level": msgid("how deep sharing goes"),
    "setup": msgid("what setting up costs"),
}


def spread_table(found: Appraised) -> Table:
    """The part of the variance of the net present value that each independent source explains, by itself and in all."""
    shown = [one for one in _sources(found) if one.share > CLEARLY * one.error][:MOST]
    company = spread_in_company(found.appraisal, [one.group for one in shown]) if shown else {}
    rows: list[tuple[Cell, ...]] = [
        (_words(one.group, found.definition), one.share, max(company[one.group.name].total, one.share)) for one in shown
    ]
    if rows:
        rest = max(1.0 - sum(one.share for one in shown), 0.0)
        rows.append((msgid("Everything else, and what they do only in company"), rest, Absent.NOT_APPLICABLE))
    return Table(
        "spread",
        msgid("What makes it uncertain"),
        msgid(
            "Part of the spread (variance) of the net present value that each explains by itself. What inputs have in "
            "common stands apart from what is their own, so that nothing is counted twice."
        ),
        (
            Column("source", msgid("Source of uncertainty")),
            Column("share", msgid("Part of the spread"), "percent"),
            Column("in_company", msgid("With what it does in company"), "percent"),
        ),
        tuple(rows),
    )


def _sources(found: Appraised) -> tuple[FirstOrder, ...]:
    if not found.uncertain or found.appraisal.count < FEWEST_DRAWS:
        return ()
    return sources_of_spread(found.appraisal)


def _words(group: DriverGroup, definition: Definition) -> Cell:
    if group.kind == "factor":
        return _common(group.name, definition)
    if group.kind == "own part":
        return say(msgid("{input}, by itself"), input=input_words(group.name, definition))
    return tuple(input_words(name, definition) for name in group.name.split(" & "))


def _common(factor: str, definition: Definition) -> Words:
    """A factor is named by its input, and by what the projects that follow it share.

    Services to be shared follow a factor under the key of their initiative, projects under the code of their service.
    """
    what, _, shared = factor.partition("|")
    kind, _, key = shared.partition("|")
    said = COMMON.get(what, what)
    if kind == "service":
        shared_service = next((one.service for one in definition.initiatives if one.key == key), key)
        name = Text(en=service(shared_service).name, cy=service(shared_service).name_cy)
        return say(msgid("In common to one service, {service}: {what}"), service=name, what=said)
    if kind == "programme":
        return say(msgid("In common to one programme, {programme}: {what}"), programme=key, what=said)
    return say(msgid("In common to all: {what}"), what=said)
