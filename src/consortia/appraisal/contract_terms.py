"""Terms of a contract that depend on what is delivered, on an index, or on who lasts: each becomes a tested flow.

Source: methods.md 5.6 and 5.7; the cases are those of Barnet (guarantee), North Somerset (uplift rule, penalty and
gain share, resource-based price), North Dorset (contributors, profit share, break clauses) and Buckinghamshire
(ratcheted outcomes, annual grant). A term gives a `Terms`, to be put into the programme beside the project's streams.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.distributions import Distribution, Uniform
from consortia.appraisal.home import Home
from consortia.appraisal.paths import FlooredIndex, Inverse, Path, Product, Scalar, Survives
from consortia.appraisal.streams import Settlement, Stream

EVENLY = Uniform(0.0, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What one or more contract terms add to a programme."""

    streams: tuple[Stream, ...] = ()
    settlements: tuple[Settlement, ...] = ()
    paths: Mapping[str, Path] = field(default_factory=lambda: MappingProxyType({}))
    inputs: Mapping[str, Distribution] = field(default_factory=lambda: MappingProxyType({}))


def together(terms: Iterable[Terms]) -> Terms:
    """Several terms as one."""
    every = tuple(terms)
    return Terms(
        streams=tuple(stream for one in every for stream in one.streams),
        settlements=tuple(settlement for one in every for settlement in one.settlements),
        paths={name: path for one in every for name, path in one.paths.items()},
        inputs={name: distribution for one in every for name, distribution in one.inputs.items()},
    )


def ratcheted(first: float, *, growth: float, start: int, horizon: int) -> FloatArray:
    """An amount that rises by the same part each year from `start`: a guarantee or target with a ratchet."""
    years = np.arange(horizon + 1) - start
    return np.where(years >= 0, first * (1.0 + growth) ** np.maximum(years, 0), 0.0)


def guarantee(key: str, *, home: Home, amounts: Sequence[float], hazard: float = 0.0) -> Terms:
    """The other side makes good what falls short of a yearly amount: max(guaranteed, delivered), while it lasts.

    `hazard` is the chance a year that it fails; from then on there is no guarantee (put the same path, `key`, on the
    project's streams where it also delivers them: see `lasting_no_longer`).
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


def penalty(key: str, *, home: Home, target: Sequence[float], share: float) -> Terms:
    """A part of what falls short of the target, paid to us; nothing above it."""
    return gain_share(key, home=home, target=target, share_above=0.0, penalty_below=share)


def profit_share(key: str, *, home: Home, profit: Sequence[float], keeps_first: float, share: float) -> Terms:
    """A part of the other side's profit above what it keeps first: income, and nothing when it makes a loss."""
    planned = share * np.maximum(np.asarray(profit, dtype=np.float64) - keeps_first, 0.0)
    return Terms(streams=(replace(home.stream(key, kind="income", planned=planned), delivered=False),))


def uplift_rule(index: Sequence[Scalar], *, less: float = 0.0, floor: float = 0.0) -> FlooredIndex:
    """How a contract price moves a year: max(floor, index - less). "RPI less 3%, never down" is less=.03, floor=0."""
    return FlooredIndex(tuple(index), less=less, floor=floor)


def contract_price(
    key: str,
    *,
    home: Home,
    current: Sequence[float],
    price: Sequence[float],
    uplift: Path | None = None,
    prices: Path | None = None,
) -> Terms:
    """A contract in place of what is paid now: two cashable streams, what is no longer paid less what is paid instead.

    `uplift` moves the price in cash; `prices` is general inflation, which turns it into real pounds: an uplift below
    inflation is a real saving that grows. Without `uplift` the price keeps its real value.
    """
    streams = (
        home.stream(f"{key}.no_longer_paid", kind="cashable", planned=current),
        home.stream(f"{key}.price", kind="cashable", planned=[-amount for amount in price]),
    )
    if uplift is None:
        return Terms(streams=streams)
    path = Product((uplift, Inverse(prices))) if prices is not None else uplift
    return Terms(streams=(streams[0], replace(streams[1], path=key)), paths={key: path})


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """What a resource-based contract buys: crews or hours, with the cost of one a year; not tasks."""

    name: str
    number: float
    cost: float


def resource_price(resources: Sequence[Resource], *, overhead: float = 0.0) -> float:
    """The price a year of the resource bought, with the contractor's overhead and profit as a part of it.

    Work moves within it at no further cost, so that demand does not move the price.
    """
    return sum(resource.number * resource.cost for resource in resources) * (1.0 + overhead)


def affordable_price(current: float, *, target_saving: float) -> float:
    """What is left to offer the market: current cost x (1 - saving that is needed). Ask for what that buys."""
    return current * (1.0 - target_saving)


def ratcheted_outcomes(key: str, *, home: Home, price: float, growth: float, start: int) -> Terms:
    """Outcomes that must rise each year for the same money: worth price x ((1 + growth)^years - 1), non-cashable."""
    more = ratcheted(price, growth=growth, start=start, horizon=home.horizon)
    planned = np.where(more > 0, more - price, 0.0)
    return Terms(streams=(home.stream(key, kind="non_cashable", planned=planned),))


def contribution(key: str, *, home: Home, amounts: Sequence[float], hazard: float = 0.0, first: int = 1) -> Terms:
    """What another body pays each year towards a service: income, which ends when it can pay no longer."""
    lasting = _lasting(key, hazard, first=first)
    if lasting.paths and home.path is not None:
        raise ValueError(f"'{key}' has a path of its own; put the other one on it with `lasting_no_longer`")
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


def lasting_no_longer(streams: Iterable[Stream], *, than: str, paths: Mapping[str, Path]) -> Terms:
    """The streams, each multiplied by the path named `than` besides its own: they end when the contract does."""
    joined, added = [], dict[str, Path]()
    for stream in streams:
        name = than
        if stream.path is not None and stream.path != than:
            name = f"{stream.path}*{than}"
            added[name] = Product((paths[stream.path], paths[than]))
        joined.append(replace(stream, path=name))
    return Terms(streams=tuple(joined), paths=added)


def _lasting(key: str, hazard: float, *, first: int = 1, always: bool = False) -> Terms:
    if not hazard and not always:
        return Terms()
    name = _draw(key)
    return Terms(paths={key: Survives(hazard, name, first)}, inputs={name: EVENLY})


def _draw(key: str) -> str:
    return f"end|{key}"
