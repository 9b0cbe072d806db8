"""One appraisal, seen as different readers need it: the budget, the gap, the ratio, the payback, growth.

Each view says which kinds it adds; the rest it shows beside them. Flows are pounds of each of t = 0..horizon, positive
both ways (saved, spent), in the price base they come in: give cash of each year for a budget view (`in_cash`), real
pounds for what is discounted. Source: methods.md 5.1, 5.2, 5.6 and 13.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.measures import discounted_payback, npv, payback
from consortia.appraisal.profiles import MONTHS_IN_YEAR
from consortia.appraisal.streams import KINDS

Flows = Sequence[float] | FloatArray
ByKind = Mapping[str, Flows]
"""Flows of each kind that there is; a kind left out is nought."""

RECURRENT = (("cashable", 1), ("income", 1), ("running_cost", -1))
"""What changes a base budget, with its sign: cashable savings and income, less what it costs to run."""
ONE_OFF = (("one_off_saving", 1), ("one_off_cost", -1))
"""What a year has once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanYear:
    """One year of the medium-term financial plan; pounds, a saving positive."""

    year: int
    recurrent: float
    """Run-rate of the year: cashable savings and income less running costs."""
    incremental: float
    """What the year adds to the run-rate of the year before: what the budget book shows."""
    one_off: float
    """Receipts less one-off costs."""
    lent: float
    """What a fund puts in towards the one-off costs, to be paid back."""
    repaid: float
    """What is paid back to it, with interest."""
    budget_change: float
    """Incremental, with what the year has once (one-offs, lent, repaid), less last year's, which is reversed."""


@dataclass(frozen=True, slots=True)
class Fund:
    """Invest to save: money lent and paid back in each year. It moves a cost in time and is no saving; pounds."""

    lent: Flows
    repaid: Flows


def medium_term_plan(flows: ByKind, fund: Fund | None = None) -> tuple[PlanYear, ...]:
    """The budget's view, year by year: incremental recurrent change and one-offs, never the cumulative saving.

    The changes up to a year add up to its run-rate, its one-offs and what it has of a fund. Cash is not discounted.
    """
    recurrent, one_off = net_of(flows, RECURRENT), net_of(flows, ONE_OFF)
    lent, repaid = _of_fund(fund, recurrent.size)
    steps = np.diff(recurrent, prepend=0.0)
    changes = steps + np.diff(one_off + lent - repaid, prepend=0.0)
    return tuple(
        PlanYear(
            year=year,
            recurrent=float(recurrent[year]),
            incremental=float(steps[year]),
            one_off=float(one_off[year]),
            lent=float(lent[year]),
            repaid=float(repaid[year]),
            budget_change=float(changes[year]),
        )
        for year in range(recurrent.size)
    )


def _of_fund(fund: Fund | None, years: int) -> tuple[FloatArray, FloatArray]:
    if fund is None:
        return np.zeros(years), np.zeros(years)
    return np.asarray(fund.lent, dtype=np.float64), np.asarray(fund.repaid, dtype=np.float64)


def net_of(flows: ByKind, kinds: Sequence[tuple[str, int]]) -> FloatArray:
    """The kinds named, added with their signs. Raises ValueError for a kind that there is not."""
    strangers = set(flows) - set(KINDS)
    if strangers:
        raise ValueError(f"{', '.join(sorted(strangers))} is no kind of flow")
    years = max((len(flow) for flow in flows.values()), default=0)
    total = np.zeros(years)
    for kind, sign in kinds:
        total += sign * np.asarray(flows.get(kind, np.zeros(years)), dtype=np.float64)
    return total


@dataclass(frozen=True, slots=True)
class StartedWithin:
    """A recurrent saving that begins within a year, pounds."""

    full_year: float
    in_year: float

    @property
    def still_to_come(self) -> float:
        """What the next year gains without anybody doing anything: its "full-year effect"."""
        return self.full_year - self.in_year


def started_within(run_rate: float, *, months: float) -> StartedWithin:
    """The full-year effect and what its first year has: run-rate x months left in it / 12."""
    if not 0 <= months <= MONTHS_IN_YEAR:
        raise ValueError(f"{months:g} months are not within a year")
    return StartedWithin(run_rate, run_rate * months / MONTHS_IN_YEAR)


@dataclass(frozen=True, slots=True, kw_only=True)
class GapYear:
    """A year's funding gap and what closes it; pounds."""

    year: int
    gap: float
    recurrent: float
    one_off: float
    """Closes this year's gap and opens it again in the next."""
    fund: float
    """What a fund lends less what is paid back to it: of this year only, as a one-off."""

    @property
    def left(self) -> float:
        """Gap that recurrent savings do not close; below zero: more than needed."""
        return self.gap - self.recurrent

    @property
    def left_in_year(self) -> float:
        """Gap that is left when one-offs and what a fund lends or is paid back count too, for this year only."""
        return self.left - self.one_off - self.fund

    @property
    def share_closed(self) -> float | None:
        """The part closed for good; None where there is no gap."""
        return self.recurrent / self.gap if self.gap > 0 else None


def funding_gap(gap: Flows, flows: ByKind, fund: Fund | None = None) -> tuple[GapYear, ...]:
    """How much of each year's cumulative gap the plan closes, for good and once. Avoided cost closes none of it.

    What is paid back to a fund opens the gap of its year and no other: the saving behind it closes it for good.
    """
    recurrent, one_off = net_of(flows, RECURRENT), net_of(flows, ONE_OFF)
    lent, repaid = _of_fund(fund, recurrent.size)
    years = enumerate(zip(gap, recurrent, one_off, lent - repaid, strict=True))
    return tuple(
        GapYear(year=year, gap=float(needed), recurrent=float(lasting), one_off=float(once), fund=float(moved))
        for year, (needed, lasting, once, moved) in years
    )


Convention = Literal["all_costs", "one_off_costs"]


@dataclass(frozen=True, slots=True)
class BenefitCost:
    """A benefit-cost ratio with the convention it follows; present values, pounds."""

    benefits: float
    costs: float
    convention: Convention

    @property
    def ratio(self) -> float | None:
        """Benefits over costs; None where nothing is spent, so that there is nothing to divide by."""
        return self.benefits / self.costs if self.costs > 0 else None

    @property
    def return_on_investment(self) -> float | None:
        """(Benefits - costs) / costs."""
        return None if self.ratio is None else self.ratio - 1.0


def benefit_cost(flows: ByKind, factors: Flows, *, convention: Convention) -> BenefitCost:
    """The ratio to the public purse, of real flows in cash kinds; the same case has another ratio by each convention.

    "all_costs": savings and receipts over one-off and running costs. "one_off_costs": savings and receipts less
    running costs, over one-off costs: the return on the money put in.
    """
    savings = net_of(flows, (("cashable", 1), ("income", 1), ("one_off_saving", 1)))
    running, once = net_of(flows, (("running_cost", 1),)), net_of(flows, (("one_off_cost", 1),))
    if convention == "all_costs":
        return BenefitCost(npv(savings, factors), npv(running + once, factors), convention)
    return BenefitCost(npv(savings - running, factors), npv(once, factors), convention)


@dataclass(frozen=True, slots=True)
class Paybacks:
    """When the money is back, in years from t = 0; None: never within the years looked at."""

    simple: float | None
    discounted: float | None
    crossings: int
    """How often the running total passes zero upwards; above one, payback is the last of them."""


def paybacks(net: Flows, factors: Flows) -> Paybacks:
    """Simple and discounted payback of a net flow, and how often it crosses."""
    below = np.cumsum(np.asarray(net, dtype=np.float64)) < 0
    crossings = int(np.sum(below[:-1] & ~below[1:]))
    return Paybacks(payback(net), discounted_payback(net, factors), crossings)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgainstGrowth:
    """A year of a line that grows and is saved on; pounds."""

    year: int
    without: float
    """What it would cost without the saving."""
    saving: float
    against_today: float
    """Today's budget less what is spent: what the budget book sees; below zero where growth is larger."""

    @property
    def hidden_by_growth(self) -> float:
        """The part of a real saving that the budget never sees."""
        return self.saving - self.against_today


def against_growth(without: Flows, saving: Flows) -> tuple[AgainstGrowth, ...]:
    """A saving against what the line would have cost and against today's budget: growth can hide a real saving."""
    today = float(without[0])
    pairs = enumerate(zip(without, saving, strict=True))
    return tuple(
        AgainstGrowth(year=year, without=float(cost), saving=float(saved), against_today=float(today - (cost - saved)))
        for year, (cost, saved) in pairs
    )


def in_cash(real: Flows, price_index: Flows) -> FloatArray:
    """Real pounds of the base year as cash of each year: amount x index of the year / index of t = 0."""
    index = np.asarray(price_index, dtype=np.float64)
    return np.asarray(np.asarray(real, dtype=np.float64) * index / index[0])
