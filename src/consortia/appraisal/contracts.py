"""Contracts that could be let together: the first day on which they all can end, by waiting, extending or breaking.

North Somerset extended three contracts so that they ended together, and let one in their place. Pounds of the base
year.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

MONTHS = 12
LONGEST_MONTH = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """A contract of one partner; those of one category can be let together."""

    key: str
    partner: str
    category: str
    annual_spend: float
    ends: date
    extendable_to: date | None = None
    """Latest end after the extensions that it allows."""
    break_on: date | None = None
    """First day on which it can be ended early."""
    exit_cost: float = 0.0
    """Of ending it early."""

    @property
    def first_day(self) -> date:
        """The first day on which it can end."""
        return self.break_on or self.ends

    @property
    def last_day(self) -> date:
        """The last day on which it can end."""
        return self.extendable_to or self.ends


@dataclass(frozen=True, slots=True, kw_only=True)
class LetTogether:
    """A proposal: the contracts that can end on one day, what that takes of each, and those that cannot join."""

    category: str
    day: date
    together: tuple[Contract, ...]
    apart: tuple[Contract, ...]

    @property
    def annual_spend(self) -> float:
        """Pounds a year that come to the market together."""
        return sum(one.annual_spend for one in self.together)

    @property
    def partners(self) -> tuple[str, ...]:
        """Whose contracts they are."""
        return tuple(dict.fromkeys(one.partner for one in self.together))

    @property
    def extended(self) -> tuple[tuple[Contract, float], ...]:
        """Contracts to be extended, with the months."""
        return tuple((one, months_between(one.ends, self.day)) for one in self.together if one.ends < self.day)

    @property
    def broken(self) -> tuple[tuple[Contract, float], ...]:
        """Contracts to be ended early, with the months given up."""
        return tuple((one, months_between(self.day, one.ends)) for one in self.together if one.ends > self.day)

    @property
    def exit_cost(self) -> float:
        """What ending some of them early costs, once."""
        return sum(one.exit_cost for one, _ in self.broken)

    def begin_by(self, lead_months: int) -> date:
        """The day on which to begin with specification, market test and tender."""
        return _months_before(self.day, lead_months)


def lets_together(contracts: Sequence[Contract], *, today: date, breaks: bool = True) -> tuple[LetTogether, ...]:
    """For each category that has two contracts or more, the day on which most spend can be let together.

    The first such day when several are as good. `breaks=False` waits for every contract to run out. A contract whose
    last day is past is left out: it is to be let at once, by itself or with whatever comes.
    """
    categories = dict.fromkeys(contract.category for contract in contracts)
    found = (_best([one for one in contracts if one.category == name], today, breaks) for name in categories)
    return tuple(one for one in found if one is not None)


def first_day_together(contracts: Sequence[Contract], *, breaks: bool = True) -> date | None:
    """The first day on which *all* of them can end; None: one is over before another can end."""
    day = max(_first(one, breaks) for one in contracts)
    return day if all(day <= one.last_day for one in contracts) else None


def months_between(first: date, last: date) -> float:
    """Months from one day to another; the ends of two months are whole months apart, however long the months."""
    days = _day_of_month(last) - _day_of_month(first)
    return MONTHS * (last.year - first.year) + last.month - first.month + days / LONGEST_MONTH


def _best(contracts: Sequence[Contract], today: date, breaks: bool) -> LetTogether | None:
    alive = [one for one in contracts if one.last_day >= today]
    days = sorted({max(_first(one, breaks), today) for one in alive})
    options = [_on(day, contracts, alive, breaks) for day in days]
    options = [one for one in options if len(one.together) > 1]
    return max(options, key=lambda one: one.annual_spend, default=None)  # the first of equals


def _on(day: date, contracts: Sequence[Contract], alive: Sequence[Contract], breaks: bool) -> LetTogether:
    together = tuple(one for one in alive if _first(one, breaks) <= day <= one.last_day)
    apart = tuple(one for one in contracts if one not in together)
    return LetTogether(category=contracts[0].category, day=day, together=together, apart=apart)


def _first(contract: Contract, breaks: bool) -> date:
    return contract.first_day if breaks else contract.ends


def _day_of_month(day: date) -> int:
    return LONGEST_MONTH if day.day == monthrange(day.year, day.month)[1] else day.day


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * MONTHS + day.month - 1 - months, MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
