"""The limit on a week's pay in a statutory redundancy payment, by the day on which the employment ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from consortia.errors import UnknownReference
from consortia.reference import shelf


@dataclass(frozen=True, slots=True)
class WeeklyLimit:
    """The most that a week's pay counts for, nominal pounds, for employments that end from one day to another."""

    first_day: date
    last_day: date
    amount: Decimal
    source: str
    evidence: str
    note: str


@cache
def weekly_limits() -> tuple[WeeklyLimit, ...]:
    """Every limit that this edition holds, oldest first; Great Britain only (Northern Ireland sets its own)."""
    return tuple(_limit(row) for row in shelf.rows("redundancy_limits"))


def _limit(row: dict[str, str]) -> WeeklyLimit:
    return shelf.record(
        WeeklyLimit,
        row,
        first_day=date.fromisoformat(row["first_day"]),
        last_day=date.fromisoformat(row["last_day"]),
        amount=Decimal(row["weekly_limit"]),
    )


def weekly_limit(ends: date) -> WeeklyLimit:
    """The limit for an employment that ends on that day (Employment Rights Act 1996, section 227).

    Raises UnknownReference for a day before the first limit held or after the last: a limit is not guessed.
    """
    for limit in weekly_limits():
        if limit.first_day <= ends <= limit.last_day:
            return limit
    first, last = weekly_limits()[0].first_day, weekly_limits()[-1].last_day
    raise UnknownReference(
        f"The limit on a week's pay on {ends:%-d %B %Y} is not known here; the limits held run from "
        f"{first:%-d %B %Y} to {last:%-d %B %Y}.",
        remedy="Give the limit yourself (`weekly_limit`), with its source.",
    )
