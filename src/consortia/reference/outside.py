"""What the budget and outturn summaries print outside service expenditure: financing, reserves, the housing account."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from consortia.reference import shelf
from consortia.reference.cells import row_of
from consortia.reference.editions import edition
from consortia.reference.headings import headings


@dataclass(frozen=True, slots=True)
class OutsideItem:
    """Something that the returns print outside service expenditure, such as financing, reserves or the housing account.

    `part` says where in the form: on the way to a total, a total itself, the housing account, or a memorandum.
    """

    code: str
    name: str
    name_cy: str
    part: str
    meaning: str


@dataclass(frozen=True, slots=True)
class OutsideAmount:
    """One printed amount outside the services: nominal thousands of pounds (or a count of people), None when blank."""

    edition: str
    authority: str
    item: str
    heading: str
    amount_thousand: Decimal | None
    sheet: str
    cell: str
    file: str


@cache
def outside_items() -> tuple[OutsideItem, ...]:
    """Everything that the returns print outside service expenditure, in the order of the forms."""
    return tuple(shelf.record(OutsideItem, row) for row in shelf.rows("outside"))


def outside_amounts(edition_code: str, authority_code: str) -> tuple[OutsideAmount, ...]:
    """What an authority's RA or RS prints outside the services, in the order of the form; empty without a return.

    Spending on the way to a total adds to it and income takes from it, as the form signs them; memoranda add nothing.
    Raises UnknownReference for an unknown edition, UnknownAuthority for an unknown code.
    """
    held = edition(edition_code)
    row = row_of(held.code, authority_code)
    if row is None or not row.returned:
        return ()
    own = [one for one in headings(held.code) if one.role == "outside" and one.key in row.values]
    return tuple(
        OutsideAmount(
            held.code, row.authority, one.service, one.heading, row.amount(one.key, held),
            held.sheet, f"{one.column}{row.number}", held.file,
        )
        for one in own
    )  # fmt: skip
