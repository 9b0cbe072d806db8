"""A summary and the detail forms of the same year as one return: no money twice, and none lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from consortia.reference.cells import PublishedCell, published_cells, rests
from consortia.reference.editions import Edition


def combined_cells(together: Sequence[Edition], authority_codes: Sequence[str]) -> tuple[PublishedCell, ...]:
    """All cells of some authorities in the editions of one nation and year, as if they were one form.

    A head comes from the summary; the lines of the heads that a detail form details come from that form, with the rest
    of the head beside them. A head in a measure that the summary does not print comes from the detail form.
    """
    if len(together) == 1:
        return published_cells(together[0].code, authority_codes)
    cells: list[PublishedCell] = []
    for code in authority_codes:
        own = tuple(_own_cells(together, code))
        cells += (*own, *rests(own))
    return tuple(cells)


def _own_cells(together: Sequence[Edition], code: str) -> Iterator[PublishedCell]:
    detailed = {head for one in together for head in one.details}
    heads: set[tuple[str, str]] = set()
    for held in sorted(together, key=lambda one: bool(one.details)):
        for cell in published_cells(held.code, [code]):
            head, _, line = cell.service.partition(".")
            if cell.derived or (line and not held.details and head in detailed):
                continue
            if line or (cell.service, cell.measure) not in heads:
                yield cell
                heads.add((cell.service, cell.measure))
