"""Rates on one budget line: what they come to together, and three ways of saying how much of it is whose."""

from __future__ import annotations

from collections.abc import Iterator

from consortia.appraisal.overlaps import attribute, combined_rate
from consortia.appraisal.streams import Stream
from consortia.report.tables import Column, Table
from consortia.report.words import Absent, Cell, msgid
from consortia.run.programme.appraised import Appraised
from consortia.run.programme.naming import line_title, project_title


def overlap_table(found: Appraised) -> Table:
    """Lines that two rates or more fall on in the last year, as planned; no rows where there is no such line."""
    return Table(
        "overlaps",
        msgid("Rates on one line, and what they come to together"),
        msgid(
            "As planned for the last year. Rates never add up: 1 less the product of what each leaves. How much of it "
            "is whose is told apart by logarithms in every figure here; the other two ways add up to the same."
        ),
        (
            Column("line", msgid("Budget line")),
            Column("project", msgid("Project")),
            Column("rate", msgid("By itself"), "percent"),
            Column("log", msgid("By logarithms"), "percent"),
            Column("shapley", msgid("Mean over all orders"), "percent"),
            Column("sequential", msgid("In the order listed"), "percent"),
        ),
        tuple(row for line in found.definition.lines for row in _rows(line.key, found)),
        period=found.compiled.frame.years[-1],
    )


def _rows(line: str, found: Appraised) -> Iterator[tuple[Cell, ...]]:
    on_it = [one for one in found.compiled.programme.streams if _takes_part_of(one, line)]
    if len(on_it) < 2:
        return
    rates, title = [one.planned[-1] for one in on_it], line_title(line, found.definition)
    ways = zip(*(attribute(rates, way) for way in ("log", "shapley", "sequential")), strict=True)
    for stream, rate, parts in zip(on_it, rates, ways, strict=True):
        yield title, project_title(stream.project, found.definition), rate, *map(float, parts)
    yield title, msgid("Together"), Absent.NOT_APPLICABLE, *[combined_rate(rates)] * 3


def _takes_part_of(stream: Stream, line: str) -> bool:
    return stream.line == line and stream.of_line and bool(stream.planned[-1])
