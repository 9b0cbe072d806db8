"""Cells of the published returns, each with the place it stands in the official file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from consortia.reference import shelf
from consortia.reference.authorities import Authority, authority
from consortia.reference.editions import Edition, edition
from consortia.reference.headings import OFFERED, Heading, headings
from consortia.reference.taxonomy import REST, provides

Status = Literal["known", "not_known", "not_provided"]
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class PublishedCell:
    """One published amount: nominal thousands of pounds, or None with the reason in `status`.

    `not_known`: no return, or a blank cell. `not_provided`: nothing printed, or a zero, where this class of authority
    has no such duty. A zero of a class that has the duty is a known zero. `cell` is the cell of the official worksheet
    (or of the compiled table). `derived` marks the rest of a head that its lines leave over: the only computed cells.
    """

    authority: str
    service: str
    measure: str
    amount_thousand: Decimal | None
    status: Status
    sheet: str
    cell: str
    heading: str
    file: str
    derived: bool = False


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """One authority's row: number of its first row, certified (Y, N or unsaid), whether a return was made, values."""

    authority: str
    number: int
    certified: str
    returned: bool
    values: dict[str, str]

    def amount(self, key: str, held: Edition) -> Decimal | None:
        """One value in nominal thousands of pounds, whatever unit the form prints; None for a blank."""
        text = self.values[key]
        return Decimal(text) / held.per_thousand if text else None


def _columns(edition_code: str) -> tuple[Heading, ...]:
    return tuple(heading for heading in headings(edition_code) if heading.role in OFFERED)


@cache
def rows_of(edition_code: str) -> dict[str, PublishedRow]:
    """All authorities' rows of one edition by code; class totals and the England row are not among them."""
    header, *body = shelf.grid(f"returns/{edition(edition_code).code}")
    keys = header[4:]
    return {
        row[0]: PublishedRow(row[0], int(row[1]), row[2], row[3] == "returned", dict(zip(keys, row[4:], strict=True)))
        for row in body
    }


def row_of(edition_code: str, authority_code: str) -> PublishedRow | None:
    """One authority's row, or None when the form has no row for it."""
    return rows_of(edition_code).get(authority(authority_code).code)


def published_cells(edition_code: str, authority_codes: Sequence[str]) -> tuple[PublishedCell, ...]:
    """All cells of some authorities in one edition: heads, lines, the total, and the derived rest of each head.

    Within one edition and authority a service has one cell per measure. Heads include their lines and the total
    includes the heads; lines plus `<head>.not_itemised` add up to the head exactly. An authority without a row gives
    cells that are not known. Raises UnknownReference for an unknown edition, UnknownAuthority for an unknown code.
    """
    held = edition(edition_code)
    cells: list[PublishedCell] = []
    for code in authority_codes:
        own = tuple(_cells_of(held, code))
        cells += (*own, *rests(own))
    return tuple(cells)


def cells_of_service(edition_code: str, codes: Iterable[str], service: str, measure: str) -> Iterator[PublishedCell]:
    """The cells of one service and measure for some authorities (no derived rests)."""
    held = edition(edition_code)
    for column in _columns(held.code):
        if (column.service, column.measure) == (service, measure):
            for code in codes:
                yield _cell(held, column, authority(code), row_of(held.code, code))


def _cells_of(held: Edition, code: str) -> Iterator[PublishedCell]:
    body = authority(code)
    row = rows_of(held.code).get(body.code)
    for column in _columns(held.code):
        yield _cell(held, column, body, row)


def _cell(held: Edition, column: Heading, body: Authority, row: PublishedRow | None) -> PublishedCell:
    amount = row.amount(column.key, held) if row else None
    status = _status(amount, provided=provides(column.service, body.kind))
    return PublishedCell(
        body.code, column.service, column.measure, amount if status == "known" else None, status,
        column.sheet or held.sheet, _place(column, row), column.heading, held.file,
    )  # fmt: skip


def _place(column: Heading, row: PublishedRow | None) -> str:
    """The cell in the worksheet; without an offset the filled cells stand one row below the other."""
    if row is None or (column.offset is None and not row.values[column.key]):
        return ""
    above = _filled_before(column.key, row) if column.offset is None else column.offset
    return f"{column.column}{row.number + above}"


def _filled_before(key: str, row: PublishedRow) -> int:
    keys = list(row.values)
    return sum(1 for earlier in keys[: keys.index(key)] if row.values[earlier])


def _status(amount: Decimal | None, *, provided: bool) -> Status:
    """Money that was printed is kept, even where the class has no such duty, such as a district's help with care."""
    if amount is not None and (provided or amount != 0):
        return "known"
    return "not_known" if provided else "not_provided"


def rests(cells: Iterable[PublishedCell]) -> Iterator[PublishedCell]:
    """What the lines of each head leave over, for one authority, so that lines and rest add up to the head."""
    heads: dict[tuple[str, str], PublishedCell] = {}
    lines: dict[tuple[str, str], list[PublishedCell]] = {}
    for cell in cells:
        head, _, line = cell.service.partition(".")
        if line:
            lines.setdefault((head, cell.measure), []).append(cell)
        else:
            heads[head, cell.measure] = cell
    for key, below in lines.items():
        if key in heads:
            yield _rest(heads[key], below)


def _rest(head: PublishedCell, lines: Iterable[PublishedCell]) -> PublishedCell:
    left = None
    if head.amount_thousand is not None:
        left = head.amount_thousand - sum((line.amount_thousand or ZERO for line in lines), ZERO)
    return PublishedCell(
        head.authority, f"{head.service}.{REST}", head.measure, left, head.status,
        head.sheet, head.cell, f"{head.heading} less the lines itemised", head.file, derived=True,
    )  # fmt: skip
