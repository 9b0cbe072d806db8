"""What it costs to bring a change about, each cost a named sum that ends in a stream.

Costs are spent as planned, whatever is delivered. Amounts are real pounds of the base year, year t from 0. Rates of
tax, limits on pay and quotations are arguments: they are reference data or a partner's own. Source: methods.md 5.7.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.home import Home, by_year, for_months
from consortia.appraisal.streams import Stream

FIRST_YEAR_AFTER_TRANSFER = 1
"""Pay and conditions go with staff who transfer; nothing is aligned in the first year."""


def spent(key: str, *, home: Home, amounts: Mapping[int, float]) -> Stream:
    """Any other one-off cost, by year."""
    return home.stream(key, kind="one_off_cost", planned=by_year(amounts, horizon=home.horizon))


def by_the_month(key: str, *, home: Home, cost_a_year: float, first: int, months: float) -> Stream:
    """A yearly cost for so many months: the people who bring the change about, or the old service beside the new."""
    planned = for_months(cost_a_year, months=months, first=first, horizon=home.horizon)
    return home.stream(key, kind="one_off_cost", planned=planned)


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemChange:
    """What a change of ICT costs once, and each year after it goes live; pounds."""

    licences: float = 0.0
    implementation: float = 0.0
    migration: float = 0.0
    """Moving and cleaning the data."""
    training: float = 0.0
    contingency: float = 0.0
    """Part of all the above that is set aside for what is not known yet; Treasury ceiling for ICT: 2.0."""
    running: float = 0.0
    """More a year than today (less: below zero)."""

    @property
    def once(self) -> float:
        """The one-off cost with its contingency."""
        return (self.licences + self.implementation + self.migration + self.training) * (1.0 + self.contingency)


def system_change(key: str, *, home: Home, change: SystemChange, spread: Mapping[int, float]) -> tuple[Stream, ...]:
    """A change of ICT: what it costs once, by the parts of `spread`, and each year after the last of them."""
    once = spent(f"{key}.once", home=home, amounts={year: change.once * part for year, part in spread.items()})
    if not change.running:
        return (once,)
    after = np.where(np.arange(home.horizon + 1) > max(spread), change.running, 0.0)
    return once, home.stream(f"{key}.running", kind="running_cost", planned=after)


@dataclass(frozen=True, slots=True, kw_only=True)
class PayPoint:
    """People who do the same work at one partner: pay a year full-time, their number, and the employer's on-cost."""

    pay: float
    fte: float
    on_cost: float = 0.0


def alignment_cost(points: Sequence[PayPoint]) -> float:
    """What lifting everybody to the best paid of them costs a year; pounds. Lowering pay is never assumed."""
    best = max((point.pay for point in points), default=0.0)
    return sum((best - point.pay) * point.fte * (1.0 + point.on_cost) for point in points)


def pay_alignment(
    key: str, *, home: Home, points: Sequence[PayPoint], transfer: int, phase: Sequence[float] = (1.0,)
) -> Stream:
    """Lifting pay to the best of the partners, in parts from the year after the transfer, and for good."""
    cost = alignment_cost(points)
    reached = _held(phase, first=transfer + FIRST_YEAR_AFTER_TRANSFER, horizon=home.horizon)
    return home.stream(key, kind="running_cost", planned=cost * reached)


def irrecoverable_vat(
    key: str, *, home: Home, charge: Mapping[int, float], vat_rate: float, recoverable: float
) -> Stream:
    """Tax on what a supplier charges that cannot be claimed back: charge x rate x (1 - part recoverable).

    A council recovers tax on its non-business work; a trust, company or police body often does not.
    """
    tax = {year: amount * vat_rate * (1.0 - recoverable) for year, amount in charge.items()}
    return home.stream(key, kind="running_cost", planned=by_year(tax, horizon=home.horizon))


def exempt_tax_lost(exempt_tax: float, *, total_tax: float, limit: float) -> float:
    """Tax lost in a year on costs of exempt work: nothing while it is within `limit` of all tax, else *all* of it.

    The cliff is the point: a shared service that brings a council just above its limit loses the whole, not the rest.
    """
    return exempt_tax if exempt_tax > limit * total_tax else 0.0


def partial_exemption(
    key: str, *, home: Home, exempt_tax: Mapping[int, float], today: float, total_tax: float, limit: float
) -> Stream:
    """What a change of exempt work loses in tax each year, more than what is lost today: a running cost.

    `exempt_tax` is the tax on costs of exempt work with the change, `today` without it, `total_tax` on all purchases.
    """
    before = exempt_tax_lost(today, total_tax=total_tax, limit=limit)
    lost = {year: exempt_tax_lost(tax, total_tax=total_tax, limit=limit) - before for year, tax in exempt_tax.items()}
    return home.stream(key, kind="running_cost", planned=by_year(lost, horizon=home.horizon))


def contract_exit(
    key: str, *, home: Home, year: int, monthly: float, months_left: float, part_due: float = 1.0, fee: float = 0.0
) -> Stream:
    """Leaving a contract early: monthly payment x months left x the part that is due all the same, and a fee."""
    return spent(key, home=home, amounts={year: monthly * months_left * part_due + fee})


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Moving people from one building to another; pounds."""

    desks: float
    cost_per_desk: float
    fit_out: float = 0.0
    dilapidations: float = 0.0
    """What a landlord asks for when a lease ends."""

    @property
    def cost(self) -> float:
        """Desks x cost of one, with fit-out and dilapidations."""
        return self.desks * self.cost_per_desk + self.fit_out + self.dilapidations


def accommodation(key: str, *, home: Home, year: int, move: Move) -> Stream:
    """The cost of moving, in the year of the move."""
    return spent(key, home=home, amounts={year: move.cost})


def stranded_overheads(key: str, *, home: Home, recharge: float, first: int, left: Sequence[float]) -> Stream:
    """Overheads that a service paid for and that stay when it has gone: recharge x the part left in each year.

    `left` (1, .6, .3) falls as they are reduced; after its last year nothing is left.
    """
    parts = {first + t: recharge * part for t, part in enumerate(left)}
    return home.stream(key, kind="running_cost", planned=by_year(parts, horizon=home.horizon))


def _held(parts: Sequence[float], *, first: int, horizon: int) -> FloatArray:
    place = np.minimum(np.arange(horizon + 1) - first, len(parts) - 1)
    return np.where(place >= 0, np.asarray(parts, dtype=np.float64)[np.maximum(place, 0)], 0.0)
