"""Heads of a return against the lines below them: both hold the same money, so the lines cannot hold more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from consortia.findings import Finding, Place, Severity
from consortia.reference.taxonomy import service
from consortia.study import CostLine

TOLERANCE = Decimal("0.005")
Lines = dict[tuple[str, str, str], list[CostLine]]


def about_heads(lines: Sequence[CostLine]) -> Iterator[Finding]:
    """Findings on heads that are less than their lines, and on heads that are missing above lines."""
    below = _grouped(line for line in lines if "." in line.service and line.amount is not None)
    heads: dict[tuple[str, str, str], CostLine] = {
        (line.year, line.service, line.measure): line for line in lines if "." not in line.service
    }
    for key, parts in below.items():
        head = heads.get(key)
        if head is not None and head.amount is not None:
            yield from _exceeded(head, parts)
    yield from _missing(below, {(line.year, line.service) for line in heads.values()})


def _grouped(lines: Iterable[CostLine]) -> Lines:
    grouped: Lines = {}
    for line in lines:
        grouped.setdefault((line.year, line.service.split(".")[0], line.measure), []).append(line)
    return grouped


def _exceeded(head: CostLine, parts: Sequence[CostLine]) -> Iterator[Finding]:
    """Where a line is negative, for a service that earns more than it costs, the sum of the others proves nothing."""
    amounts = [part.amount for part in parts if part.amount is not None]
    whole = head.amount or Decimal(0)
    if min(amounts) >= 0 and sum(amounts, Decimal(0)) > whole + TOLERANCE * abs(whole):
        yield Finding(
            "lines-exceed-head",
            Severity.WARNING,
            "{service}, {measure}, {year}: the lines below it add up to £{parts}, more than its own £{whole}.",
            "Correct whichever is wrong; heads and lines are used side by side.",
            Place(head.file, head.sheet, head.cell),
            (
                ("service", service(head.service).name),
                ("measure", head.measure.replace("_", " ")),
                ("year", head.year),
                ("parts", f"{sum(amounts, Decimal(0)):,.2f}"),
                ("whole", f"{whole:,.2f}"),
            ),
        )


def _missing(below: Lines, stated: set[tuple[str, str]]) -> Iterator[Finding]:
    for year, head in sorted({(year, head) for year, head, _ in below} - stated):
        parts = {
            line.service for (own, code, _), lines in below.items() if (own, code) == (year, head) for line in lines
        }
        first = next(line for (own, code, _), lines in below.items() if (own, code) == (year, head) for line in lines)
        yield Finding(
            "head-added-up",
            Severity.WARNING,
            "{service} has no row of its own in {year}; it is added up from the {count} of its lines that are given.",
            "Give the head as well unless these lines are all of it.",
            Place(first.file, first.sheet, first.cell),
            (("service", service(head).name), ("year", year), ("count", str(len(parts)))),
        )
