"""Terms of a contract that depend on what is delivered, on an index, or on who lasts: each becomes a tested flow.

Source: methods.md 5.6 and 5.7; the cases are those of Barnet (guarantee), North Somerset (uplift rule, penalty and
gain share, resource-based price), North Dorset (contributors, profit share, break clauses) and Buckinghamshire
(ratcheted outcomes, annual grant). A term gives a `Terms`, to be put into the programme beside the project's streams.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.distributions import Distribution, Uniform
from consortia.appraisal.home import Home
from consortia.appraisal.paths import FlooredIndex, Path, Product, Scalar, Survives, Table
from consortia.appraisal.streams import Settlement, Stream

EVENLY = Uniform(0.0, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What one or more contract terms add to a programme."""

    streams: tuple[Stream, ...] = ()
    settlements: tuple[Settlement, ...] = ()
    paths: Mapping[str, Path] = field(default_factory=lambda: MappingProxyType({}))
    inputs: Mapping[str, Distribution] = field(default_factory=lambda: MappingProxyType({}))


def ratcheted(amounts: Sequence[float], *, growth: float, after: int) -> FloatArray:
    """Amounts by year that rise by the same part in each year after year `after`: a guarantee, or what it buys."""
    risen = np.maximum(np.arange(len(amounts)) - after, 0)
    return np.asarray(amounts, dtype=np.float64) * (1.0 + growth) ** risen


def ratcheted_outcomes(price: float, *, growth: float, start: int, horizon: int) -> FloatArray:
    """What outcomes are worth that must rise each year for the same money: price x ((1 + growth)^years - 1).

    Pounds of each year, nothing in year `start`, whose outcomes are those that are paid for; non-cashable.
    """
    whole = (price,) * (horizon + 1)
    return np.asarray(ratcheted(whole, growth=growth, after=start) - price)


def guarantee(key: str, *, home: Home, amounts: Sequence[float], hazard: float = 0.0) -> Terms:
    """The other side makes good what falls short of a yearly amount: max(guaranteed, delivered), while it lasts.

    `hazard` is the chance a year that it fails; from then on there is no guarantee (put the same path, `key`, on the
    project's streams where it also delivers them).
    """
    lasting = _lasting(key, hazard)
    settlement = Settlement(
        key=key,
        project=home.project,
        partner=home.partner,
        kind="cashable",
        lower=tuple(float(amount) for amount in amounts),
        share_below=1.0,
        path=key if lasting.paths else None,
    )
    return replace(lasting, settlements=(settlement,))


def gain_share(
    key: str,
    *,
    home: Home,
    target: Sequence[float],
    share_above: float,
    penalty_below: float = 0.0,
    cap: Sequence[float] | None = None,
) -> Terms:
    """Above the target a part of the excess is paid away; below it a part of what is missing is paid to us.

    North Somerset: 50:50 above the target, a penalty below. Amounts are of what the project delivers in cash.
    """
    limits, most = tuple(float(amount) for amount in target), tuple(cap) if cap is not None else None
    term = Settlement(key=key, project=home.project, partner=home.partner, kind="income", cap=most)
    found = []
    if share_above:
        found.append(replace(term, key=f"{key}.paid", kind="running_cost", upper=limits, share_above=share_above))
    if penalty_below:
        found.append(replace(term, key=f"{key}.penalty", lower=limits, share_below=penalty_below))
    return Terms(settlements=tuple(found))


@dataclass(frozen=True, slots=True)
class ShareOfProfit:
    """What is paid a year of an uncertain profit: a part of what lies above what the other side keeps first.

    Nothing of a loss. Its central value is that of the central profit.
    """

    profit: Distribution
    keeps_first: float
    share: float

    @property
    def central(self) -> float:
        """share x max(0, profit - what is kept first) of the central profit."""
        return self.share * max(self.profit.central - self.keeps_first, 0.0)

    def ppf(self, probability: FloatArray) -> FloatArray:
        """The same of the profit at each probability."""
        return np.asarray(self.share * np.maximum(self.profit.ppf(probability) - self.keeps_first, 0.0))


def uplift_rule(
    index: Sequence[Scalar], *, less: float = 0.0, floor: float = 0.0, since: int, prices: Sequence[float]
) -> Path:
    """How a contract price moves, in real terms: in cash by max(floor, index - less) a year, over general prices.

    "RPI less 3%, never down" is less=.03, floor=0: where that stays below inflation, a real saving that grows. The
    price is as stated, in prices of the base year, in year `since`; `index` is the change in each year after it,
    `prices` the cash pounds of each year for a pound of the base year.
    """
    still = (less,) * since
    moved = (1.0 + max(floor, 0.0)) ** since
    level = tuple(prices[since] / price / moved for price in prices)
    return Product((FlooredIndex((*still, *index), less, floor), Table(level)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """What a resource-based contract buys: crews or hours, with the cost of one a year; not tasks."""

    number: float
    cost: float


def resource_price(resources: Sequence[Resource], *, overhead: float = 0.0) -> float:
    """The price a year of the resource bought, with the contractor's overhead and profit as a part of it.

    Work moves within it at no further cost, so that demand does not move the price.
    """
    return sum(resource.number * resource.cost for resource in resources) * (1.0 + overhead)


def contribution(key: str, *, home: Home, amounts: Sequence[float], hazard: float = 0.0, first: int = 1) -> Terms:
    """What another body pays each year towards a service: income, which ends when it can pay no longer."""
    lasting = _lasting(key, hazard, first=first)
    if lasting.paths and home.path is not None:
        raise ValueError(f"'{key}' has a path of its own; multiply the two and put the product on the stream")
    stream = replace(home.stream(key, kind="income", planned=amounts), delivered=False)
    return replace(lasting, streams=(replace(stream, path=key) if lasting.paths else stream,))


def annual_grant(key: str, *, home: Home, amounts: Sequence[float], renewal: float, first: int = 2) -> Terms:
    """A grant agreed a year at a time: certain until `first`, then renewed each year with that chance, or gone."""
    return contribution(key, home=home, amounts=amounts, hazard=1.0 - renewal, first=first)


def break_clause(key: str, *, first: int, chance: float) -> Terms:
    """A path that is 1 until the contract is broken: possible from year `first`, used each year with that chance."""
    return _lasting(key, chance, first=first, always=True)


def counterparty_default(key: str, *, hazard: float) -> Terms:
    """A path that is 1 until a partner or contractor fails, with the same chance each year from the first."""
    return _lasting(key, hazard, always=True)


@dataclass(frozen=True, slots=True)
class UntilEnd:
    """1 up to and including year `ends`, and on to `extended_to` where the option is taken; then 0."""

    ends: int
    extended_to: int
    chance: float
    input: str

    @property
    def inputs(self) -> tuple[str, ...]:
        """The draw that decides whether it is extended."""
        return (self.input,)

    def factors(self, drawn: Mapping[str, FloatArray], *, years: int, lanes: int) -> FloatArray:
        """1 or 0 for each year and draw, [years, lanes]."""
        extended = np.broadcast_to(drawn[self.input] < self.chance, (lanes,))
        last = np.where(extended, self.extended_to, self.ends)
        return (np.arange(years)[:, None] <= last).astype(np.float64)


def contract_life(key: str, *, ends: int, extended_to: int, chance: float) -> Terms:
    """A path for a contract that ends in year `ends` and can be extended once, as North Somerset's seven and seven.

    The central case takes the likelier of the two; a chance of a half is not extended.
    """
    name = _draw(key)
    return Terms(paths={key: UntilEnd(ends, extended_to, chance, name)}, inputs={name: EVENLY})


def coterminous_extension(key: str, *, home: Home, months: Mapping[int, float], premium: float) -> Terms:
    """What it costs to extend contracts until all end together: months extended in each year x premium a month."""
    planned = np.zeros(home.horizon + 1)
    for year, number in months.items():
        if year <= home.horizon:
            planned[year] = number * premium
    return Terms(streams=(home.stream(key, kind="running_cost", planned=planned),))


def _lasting(key: str, hazard: float, *, first: int = 1, always: bool = False) -> Terms:
    if not hazard and not always:
        return Terms()
    name = _draw(key)
    return Terms(paths={key: Survives(hazard, name, first)}, inputs={name: EVENLY})


def _draw(key: str) -> str:
    return f"end|{key}"
