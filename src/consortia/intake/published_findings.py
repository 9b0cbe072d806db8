"""What published returns leave open: missing returns, empty cells, years that a partner is not in, mixed bases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from consortia.findings import Finding, Place, Severity
from consortia.reference.authorities import Authority
from consortia.reference.editions import Edition
from consortia.reference.returns import PublishedCell, row_of
from consortia.reference.taxonomy import service

LISTED = 4


def gaps(
    bodies: Sequence[Authority],
    editions: Sequence[Edition],
    cells: Mapping[Authority, Mapping[str, tuple[PublishedCell, ...]]],
) -> tuple[Finding, ...]:
    """The findings of a baseline: mixed bases first, then by partner and year."""
    found = list(_mixed_bases(editions))
    for body in bodies:
        for edition in editions:
            if edition.nation == body.nation:
                found += _of_one_return(body, edition, cells[body].get(edition.code, ()))
    return tuple(found)


def _mixed_bases(editions: Sequence[Edition]) -> Iterator[Finding]:
    if len({edition.basis for edition in editions}) > 1:
        yield Finding(
            "budget-and-outturn-mixed",
            Severity.WARNING,
            "The years are partly budget and partly outturn: {editions}.",
            "Read no trend across them; a budget is a plan, an outturn is what was spent.",
            values=(("editions", ", ".join(f"{one.code} ({one.basis})" for one in editions)),),
        )


def _of_one_return(body: Authority, edition: Edition, cells: Sequence[PublishedCell]) -> Iterator[Finding]:
    row = row_of(edition.code, body.code)
    place = Place(edition.file, edition.sheet, f"row {row.number}" if row else "")
    named = (("partner", body.name), ("edition", edition.title))
    if row is None:
        yield Finding(
            "authority-not-in-return", Severity.WARNING, "{partner} has no row in {edition}; it may have begun later.",
            "Its lines for that year are not known; leave the year out of comparisons.", place, named,
        )  # fmt: skip
    elif not row.returned:
        yield Finding(
            "return-missing", Severity.WARNING, "{partner} made no return in {edition}.",
            "Its lines are not known, not zero; ask the council for its figures and load them.", place, named,
        )  # fmt: skip
    else:
        yield from _empty_cells(cells, place, named)


def _empty_cells(
    cells: Sequence[PublishedCell], place: Place, named: tuple[tuple[str, str], ...]
) -> Iterator[Finding]:
    empty = dict.fromkeys(cell.service for cell in cells if cell.status == "not_known")
    if empty:
        names = [service(code).name for code in empty]
        more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
        yield Finding(
            "cells-empty", Severity.WARNING, "{partner} left cells empty in {edition}: {services}.",
            "They are not known, not zero; ask the council for its figures.", place,
            (*named, ("services", ", ".join(names[:LISTED]) + more)),
        )  # fmt: skip
