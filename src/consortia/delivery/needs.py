"""When each need of a partner is to be reviewed next, and which reviews are overdue on a day."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from consortia.study.needs import CLOSED, PartnerNeed

Standing = Literal["overdue", "due", "closed"]


@dataclass(frozen=True, slots=True)
class NeedStanding:
    """A need on a day: when it is next reviewed, and whether that has been missed."""

    need: PartnerNeed
    next: date | None
    """None: it is met or withdrawn, and not reviewed again."""
    standing: Standing
    days_late: int
    """Days since the review was due; 0 where it is not overdue."""


def needs_on(needs: Sequence[PartnerNeed], day: date) -> tuple[NeedStanding, ...]:
    """Every need as it stands on a day: the longest overdue first, then by the day of the next review, closed last.

    A need that is met or withdrawn is closed; another comes back so many months after its last review.
    """
    found = [_standing(one, day) for one in needs]
    return tuple(sorted(found, key=lambda one: (one.next or date.max, one.need.key)))


def months_on(day: date, months: int) -> date:
    """The same day so many months later; the last day of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _standing(need: PartnerNeed, day: date) -> NeedStanding:
    last = need.reviews[-1] if need.reviews else None
    if last is not None and last.outcome in CLOSED:
        return NeedStanding(need, None, "closed", 0)
    next_one = date.fromisoformat(need.due)
    if last is not None:
        next_one = months_on(date.fromisoformat(last.on), need.every_months)
    late = (day - next_one).days
    return NeedStanding(need, next_one, "overdue" if late > 0 else "due", max(late, 0))
