"""Does the crosswalk lose money? Per authority and edition: what has a place in the tree, and the remainder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from consortia.reference.cells import PublishedRow, row_of, rows_of
from consortia.reference.editions import Edition, edition, editions
from consortia.reference.headings import Heading, headings

NET = "net_current_expenditure"
ZERO = Decimal(0)
MAPPED = ("line", "inside")
BELOW = (*MAPPED, "remainder")
COUNTED = (*BELOW, "head", "total")
LINES_LEAVE = "What the lines of this head leave over: rounding, or money that the form prints on no line."
HEADS_LEAVE = "What the heads leave over: councils round each figure by itself."


@dataclass(frozen=True, slots=True)
class Remainder:
    """Money of one edition, in nominal thousands of pounds, that has no place in the list of services, and why."""

    edition: str
    heading: str
    reason: str
    amount_thousand: Decimal
    authorities: int


@dataclass(frozen=True, slots=True)
class Balance:
    """One authority's return in one measure: mapped + remainder = total, exactly, in nominal thousands of pounds."""

    edition: str
    authority: str
    measure: str
    mapped: Decimal
    remainder: tuple[Remainder, ...]
    total: Decimal

    @property
    def is_exact(self) -> bool:
        """True when nothing is lost and nothing counted twice."""
        return self.mapped + sum((one.amount_thousand for one in self.remainder), ZERO) == self.total


def crosswalk_balance(edition_code: str, authority_code: str, *, measure: str = NET) -> Balance | None:
    """What of an authority's return is mapped and what remains; None when it made no return.

    The total is the form's total service expenditure, or in a form without one the sum of its heads. Raises
    UnknownReference for an unknown edition, UnknownAuthority for an unknown code.
    """
    held = edition(edition_code)
    row = row_of(held.code, authority_code)
    if row is None or not row.returned:
        return None
    return _balance(held, row, measure)


def crosswalk_remainder(form: str, *, measure: str = NET) -> tuple[Remainder, ...]:
    """Everything in all years of a form (such as RA) that has no line in the list of services, added up over England.

    Headings without a place come with the reason; what lines or heads leave over comes under the head it stands in.
    """
    found: list[Remainder] = []
    for held in editions():
        if held.form == form.upper():
            found += _added_up(held, measure)
    return tuple(found)


def _added_up(held: Edition, measure: str) -> Iterator[Remainder]:
    parts: dict[tuple[str, str], list[Decimal]] = {}
    for row in rows_of(held.code).values():
        if row.returned:
            for one in _balance(held, row, measure).remainder:
                parts.setdefault((one.heading, one.reason), []).append(one.amount_thousand)
    for (heading, reason), amounts in parts.items():
        yield Remainder(held.code, heading, reason, sum(amounts, ZERO), len(amounts))


@dataclass(frozen=True, slots=True)
class _Shape:
    """Which columns of a form count as mapped, which have no place, and what stands below each head."""

    mapped: tuple[str, ...]
    unplaced: tuple[Heading, ...]
    heads: tuple[tuple[Heading, tuple[str, ...]], ...]
    total: str


@cache
def _shape(edition_code: str, measure: str) -> _Shape:
    own = [one for one in headings(edition_code) if one.measure == measure and one.role in COUNTED]
    heads = sorted((one for one in own if one.role == "head"), key=_position)
    owner = {one.key: _owner(one, heads) for one in own if one.role in BELOW}
    below = {head.key: tuple(key for key, held_by in owner.items() if held_by is head) for head in heads}
    return _Shape(
        mapped=tuple(one.key for one in own if one.role in MAPPED or (one.role == "head" and not below[one.key])),
        unplaced=tuple(one for one in own if one.role == "remainder"),
        heads=tuple((head, below[head.key]) for head in heads),
        total=next((one.key for one in own if one.role == "total"), ""),
    )


def _owner(one: Heading, heads: list[Heading]) -> Heading | None:
    """The head that a line belongs to: that of its code, or the next total printed to its right."""
    code = one.service.split(".")[0]
    named = [head for head in heads if head.service == code]
    later = [head for head in heads if _position(head) > _position(one)]
    return next(iter(named or later), None)


def _position(one: Heading) -> tuple[str, int, str, int]:
    return one.sheet, len(one.column), one.column, one.offset or 0


def _balance(held: Edition, row: PublishedRow, measure: str) -> Balance:
    shape = _shape(held.code, measure)

    def added(keys: Iterable[str]) -> Decimal:
        return sum((row.amount(key, held) or ZERO for key in keys), ZERO)

    by_heads = added(head.key for head, _ in shape.heads)
    total = added([shape.total]) if shape.total else by_heads
    left = [(one.heading, one.note, added([one.key])) for one in shape.unplaced]
    left += [(head.heading, LINES_LEAVE, added([head.key]) - added(below)) for head, below in shape.heads if below]
    left.append(("Total", HEADS_LEAVE, total - by_heads))
    remainder = tuple(Remainder(held.code, name, why, amount, 1) for name, why, amount in left if amount)
    return Balance(held.code, row.authority, measure, added(shape.mapped), remainder, total)
