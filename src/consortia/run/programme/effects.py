"""From the effects of a project to streams: one for each partner or line, all of one kind of money."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.contract_terms import Resource, resource_price, uplift_rule
from consortia.appraisal.effects import at_scale, rate_of_line, units_saved
from consortia.appraisal.home import Home
from consortia.appraisal.paths import Growth, Path, Product
from consortia.appraisal.posts import post_ended
from consortia.appraisal.profiles import persisted
from consortia.appraisal.streams import Stream
from consortia.run.programme.frame import Frame, plain_post
from consortia.run.programme.inputs import Inputs
from consortia.run.programme.profiles import adopted, ended, kept, profile_of
from consortia.study.effects import (
    AmountsEffect,
    ContractEffect,
    Effect,
    Indexation,
    PostsEffect,
    ProcurementEffect,
    RateEffect,
    UnitsEffect,
)
from consortia.study.estimates import Estimate
from consortia.study.projects import Project

ON_LINES = ("cashable", "cost_avoidance", "one_off_saving")
"""The kinds that take from what is spent on a line; income and time set free leave it as it is."""


@dataclass(frozen=True)
class Workbench:
    """What the compiling of one project works with; `survives` are the paths of its contract, if it may end."""

    frame: Frame
    inputs: Inputs
    project: Project
    survives: tuple[Path, ...] = ()

    def name(self, *parts: str) -> str:
        """The key of a stream or the name of an input of this project."""
        return ".".join((self.project.key, *parts))

    def real(self, amounts: Mapping[str, Decimal]) -> dict[str, Decimal]:
        """Amounts by year in prices of the base year, as the project states them or from cash."""
        if self.project.prices == "real":
            return dict(amounts)
        return {year: amount / Decimal(self.frame.price_of(year)) for year, amount in amounts.items()}

    def in_base_prices(self, yearly: Sequence[float]) -> list[float]:
        """Amounts of t = 0..horizon in prices of the base year; of a contract in cash each is cash of its own year."""
        if self.project.prices == "real":
            return list(yearly)
        return [amount / price for amount, price in zip(yearly, self.frame.prices, strict=True)]

    def path(self, key: str, *own: Path) -> str | None:
        """The path of a stream: its own times that of the contract; None where nothing multiplies it."""
        found = (*own, *self.survives)
        if not found:
            return None
        return self.inputs.path(f"path|{key}", found[0] if len(found) == 1 else Product(found))


def effect_streams(effect: Effect, bench: Workbench) -> Iterator[Stream]:
    """The streams of one effect; nothing in them where the project says so of a size below its minimum scale."""
    least = bench.project.minimum_scale
    for stream in _streams_of(effect, bench):
        if least is None or least.below == "told":
            yield stream
        else:
            yield at_scale(stream, volume=least.volume, needed=least.needed)


def _streams_of(effect: Effect, bench: Workbench) -> Iterator[Stream]:
    if isinstance(effect, RateEffect):
        yield from _of_lines(effect, bench, _given(bench, effect.key, "rate", effect.rate))
    elif isinstance(effect, ProcurementEffect):
        rate, share = (
            _given(bench, effect.key, "rate", effect.rate),
            _given(bench, effect.key, "open", effect.open_share),
        )
        yield from _of_lines(effect, bench, (rate[0] * share[0], (*rate[1], *share[1])))
    elif isinstance(effect, AmountsEffect):
        yield from _amounts(effect, bench)
    elif isinstance(effect, UnitsEffect):
        yield from _units(effect, bench)
    elif isinstance(effect, PostsEffect):
        yield from _posts(effect, bench)
    else:
        yield from _contract(effect, bench)


def _given(bench: Workbench, key: str, what: str, estimate: Estimate) -> tuple[float, tuple[str, ...]]:
    given = bench.inputs.relative(bench.name(key, what), estimate)
    return given.planned, given.inputs


def _start(effect: Effect, bench: Workbench) -> int:
    return bench.frame.first_year(bench.project, effect.start)


def _of_lines(effect: Effect, bench: Workbench, rate: tuple[float, tuple[str, ...]]) -> Iterator[Stream]:
    profile = profile_of(effect, start=_start(effect, bench), frame=bench.frame)
    for key in effect.lines:
        name = bench.name(effect.key, key)
        home = Home(
            project=bench.project.key,
            partner=bench.frame.lines[key].partner,
            horizon=bench.frame.horizon,
            inputs=rate[1],
            path=bench.path(name),
        )
        yield rate_of_line(name, home=home, line=key, rate=rate[0], adoption=profile, kind=effect.money, cap=1.0)


def shared_out(
    effect: Effect,
    bench: Workbench,
    planned: FloatArray,
    *,
    inputs: tuple[str, ...] = (),
    own: Sequence[Path] = (),
    suffix: str = "",
    delivered: bool = True,
) -> Iterator[Stream]:
    """Absolute amounts by year: over the effect's lines by what they cost, or over the partners by the split."""
    for key, partner, line, part in _owners(effect, bench):
        name = bench.name(*(each for each in (effect.key, key, suffix) if each))
        yield Stream(
            key=name,
            project=bench.project.key,
            partner=partner,
            kind=effect.money,
            line=line if effect.money in ON_LINES else None,
            planned=tuple(float(amount) * part for amount in planned),
            inputs=inputs,
            path=bench.path(name, *own),
            delivered=delivered,
        )


def _owners(effect: Effect, bench: Workbench) -> Iterator[tuple[str, str, str | None, float]]:
    frame = bench.frame
    if effect.lines:
        whole = sum(frame.amounts[key] for key in effect.lines)
        for key in effect.lines:
            part = frame.amounts[key] / whole if whole else 1 / len(effect.lines)
            yield key, frame.lines[key].partner, key, part
        return
    split = frame.split(bench.project, partner=effect.partner)
    for partner, part in split.items():
        yield (partner if len(split) > 1 else ""), partner, None, part


def _amounts(effect: AmountsEffect, bench: Workbench) -> Iterator[Stream]:
    frame, amounts = bench.frame, bench.real(effect.amounts)
    planned = np.array(frame.by_year(amounts) if effect.new_each_year else frame.held(amounts, then=effect.then))
    if effect.new_each_year:
        planned = persisted(tuple(planned), kept(effect.persistence, frame.horizon))
    if effect.adoption.curve != "at_once" or effect.start:
        first = _start(effect, bench) if effect.start else min(map(frame.place, effect.amounts))
        planned = planned * adopted(effect.adoption, start=first, horizon=frame.horizon)
    times, inputs = _given(bench, effect.key, "times", effect.times)
    yield from shared_out(effect, bench, ended(planned * times, effect, frame), inputs=inputs)


def _units(effect: UnitsEffect, bench: Workbench) -> Iterator[Stream]:
    parts = {name: _given(bench, effect.key, name, getattr(effect, name)) for name in ("unit_cost", "volume", "rate")}
    growth = bench.inputs.scalar(bench.name(effect.key, "growth"), effect.growth)
    profile = profile_of(effect, start=_start(effect, bench), frame=bench.frame)
    central = {name: planned for name, (planned, _) in parts.items()}
    inputs = tuple(name for _, names in parts.values() for name in names)
    own = (Growth(growth),) if growth != 0 else ()
    yield from shared_out(effect, bench, units_saved(**central, adoption=profile), inputs=inputs, own=own)


def _posts(effect: PostsEffect, bench: Workbench) -> Iterator[Stream]:
    profile = profile_of(effect, start=_start(effect, bench), frame=bench.frame)
    for key in effect.posts:
        record, name = bench.frame.posts[key], bench.name(effect.key, key)
        home = Home(
            project=bench.project.key, partner=record.partner, horizon=bench.frame.horizon, path=bench.path(name)
        )
        ended_post = post_ended(name, home=home, post=plain_post(record), adoption=profile, kind=effect.money)
        yield replace(ended_post, line=record.line or None)


def _contract(effect: ContractEffect, bench: Workbench) -> Iterator[Stream]:
    """What is paid now, less what will be paid: the price as stated, with neither delay nor delivery ratio."""
    frame, start = bench.frame, _start(effect, bench)
    running = ended(np.where(np.arange(frame.horizon + 1) >= start, 1.0, 0.0), effect, frame)
    since = min(map(frame.place, effect.current)) if effect.current else 0
    own = _indexed(effect.current_indexation, bench, bench.name(effect.key, "now"), start=since)
    now = np.array(_paid_now(effect, bench))
    yield from shared_out(effect, bench, running * now, own=own, suffix="now", delivered=False)
    own = _indexed(effect.indexation, bench, bench.name(effect.key, "index"), start=start)
    price, inputs = _price(effect, bench, start)
    yield from shared_out(effect, bench, -running * price, inputs=inputs, own=own, suffix="price", delivered=False)


def _paid_now(effect: ContractEffect, bench: Workbench) -> list[float]:
    """What is paid without the contract, before any indexation of it; default: what the lines cost."""
    frame = bench.frame
    if not effect.current:
        return [sum(frame.amounts[key] for key in effect.lines)] * (frame.horizon + 1)
    current = bench.real(effect.current)
    return (
        [float(next(iter(current.values())))] * (frame.horizon + 1)
        if effect.current_indexation
        else frame.held(current)
    )


def _price(effect: ContractEffect, bench: Workbench, start: int) -> tuple[FloatArray, tuple[str, ...]]:
    """The price of each year before any indexation, in prices of the base year, and the input that multiplies it."""
    frame = bench.frame
    if effect.price_of:
        return np.array(frame.held(bench.real(effect.price_of))), ()
    price, inputs = _given(bench, effect.key, "price", effect.price)
    if effect.resources:
        bought = [Resource(number=one.number, cost=float(one.cost)) for one in effect.resources]
        price = resource_price(bought, overhead=effect.overhead)
    cash = frame.prices[min(start, frame.horizon)] if bench.project.prices == "nominal" else 1.0
    return np.full(frame.horizon + 1, price / cash), inputs


def _indexed(indexation: Indexation | None, bench: Workbench, name: str, *, start: int) -> tuple[Path, ...]:
    """The price's path in real terms: the index less its points, not below its floor, over the general price level.

    The price is that of the first year; until then the index stands still. Without indexation it follows prices.
    """
    if indexation is None:
        return ()
    index = _changes(indexation, bench, name, first=start + 1)
    less, floor = indexation.less, indexation.floor
    return (uplift_rule(index, less=less, floor=floor, since=start, prices=bench.frame.prices),)


def _changes(indexation: Indexation, bench: Workbench, name: str, *, first: int) -> tuple[str | float, ...]:
    """The change of the index in each year from `first` on; years not named are as the one before."""
    if not isinstance(indexation.index, dict):
        return (bench.inputs.scalar(name, indexation.index),)
    named = {bench.frame.place(year): estimate for year, estimate in indexation.index.items()}
    found: list[str | float] = []
    for t in range(first, bench.frame.horizon + 1):
        estimate = named.get(t)
        found.append(
            bench.inputs.scalar(f"{name}.{t}", estimate) if estimate else found[-1] if found else indexation.less
        )
    return tuple(found) or (indexation.less,)
