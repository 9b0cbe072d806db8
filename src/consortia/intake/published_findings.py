"""What published returns leave open: the cautions of the reference, empty cells, and years of mixed basis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from consortia.findings import Finding, Place, Severity, Value, listed
from consortia.reference.authorities import Authority
from consortia.reference.editions import Edition
from consortia.reference.returns import PublishedCell, published_notes, row_of
from consortia.reference.taxonomy import service

LISTED = 4


def gaps(
    bodies: Sequence[Authority],
    editions: Sequence[Edition],
    cells: Mapping[Authority, Mapping[str, tuple[PublishedCell, ...]]],
) -> tuple[Finding, ...]:
    """The findings of a baseline: mixed bases first, then by edition: missing returns, hosted services, empty cells."""
    found = list(_mixed_bases(editions))
    for edition in editions:
        own = [body for body in bodies if body.nation == edition.nation]
        found += published_notes(edition.code, [body.code for body in own])
        for body in own:
            found += _empty_cells(body, edition, cells[body].get(edition.code, ()))
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


def _empty_cells(body: Authority, edition: Edition, cells: Sequence[PublishedCell]) -> Iterator[Finding]:
    """Single empty cells of a return that was made; a return that is missing altogether has its own finding."""
    row = row_of(edition.code, body.code)
    empty = [service(code).said for code in dict.fromkeys(cell.service for cell in cells if cell.status == "not_known")]
    if row is None or not row.returned or not empty:
        return
    yield Finding(
        "cells-empty",
        Severity.WARNING,
        "{partner} left cells empty in {edition}: {services}.",
        "They are not known, not zero; ask the council for its figures.",
        Place(edition.file, edition.sheet, f"row {row.number}"),
        (("partner", body.said), ("edition", edition.title), ("services", _first_of(empty))),
    )


def _first_of(services: Sequence[Value]) -> Value:
    """The first few services, and how many more there are."""
    more = len(services) - LISTED
    shown = listed(services[:LISTED])
    return listed((shown, (f"and {more} more", f"a {more} arall")), " ") if more > 0 else shown
