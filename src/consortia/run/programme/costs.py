"""From the costs and the funding of a project to streams: spent as planned, whatever is delivered.

Only a cost that says so (`with_effects`) comes as late and as large as the project's effects turn out.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from consortia.appraisal.streams import Stream
from consortia.run.programme.effects import Workbench
from consortia.run.programme.leavers import leavers_of, redundancy_paid, strain_paid
from consortia.run.programme.workings import Calendar, worked_streams
from consortia.study.projects import Cost, Funding, OneOff, Redundancy
from consortia.study.workings import Worked


def cost_streams(cost: Cost, bench: Workbench) -> Iterator[Stream]:
    """The streams of one cost, one for each partner that pays."""
    if isinstance(cost, Redundancy):
        yield from _redundancy(cost, bench)
    elif isinstance(cost, OneOff):
        yield from _stated(cost, bench)
    else:
        yield from _worked(cost, bench)


def _stated(cost: OneOff, bench: Workbench) -> Iterator[Stream]:
    frame, amounts = bench.frame, bench.real(cost.amounts)
    planned = frame.held(amounts) if cost.running else frame.by_year(amounts)
    kind = "one_off_saving" if cost.kind == "receipt" else "running_cost" if cost.running else "one_off_cost"
    times, inputs = _uncertain(cost, bench)
    planned = [amount * times for amount in planned]
    yield from _spent(cost, bench, planned, kind=kind, inputs=inputs, delivered=cost.with_effects)


def _worked(cost: Worked, bench: Workbench) -> Iterator[Stream]:
    """The sums of a cost that is given by what it is made of: one stream for each kind that it has."""
    frame, calendar = bench.frame, Calendar(bench.frame.definition.year, bench.frame.horizon)
    times, inputs = _uncertain(cost, bench)
    nominal = bench.project.prices == "nominal"
    prices = [frame.prices[t] if nominal else 1.0 for t in calendar.stated_in(cost)]
    for stream in worked_streams(cost, calendar):
        planned = [amount * times / price for amount, price in zip(stream.planned, prices, strict=True)]
        suffix = stream.key.removeprefix(cost.key).lstrip(".")
        yield from _spent(cost, bench, planned, kind=stream.kind, inputs=inputs, suffix=suffix)


def _uncertain(cost: OneOff | Worked, bench: Workbench) -> tuple[float, tuple[str, ...]]:
    times = bench.inputs.relative(bench.name(cost.key, "times"), cost.times)
    chance = bench.inputs.chance(bench.name(cost.key, "chance"), cost.chance)
    return times.planned, (*times.inputs, *chance)


def _spent(
    cost: OneOff | Redundancy | Funding | Worked,
    bench: Workbench,
    planned: list[float],
    *,
    kind: str,
    inputs: tuple[str, ...] = (),
    suffix: str = "",
    delivered: bool = False,
) -> Iterator[Stream]:
    parts = bench.frame.split(bench.project, getattr(cost, "split", {}), cost.partner)
    for partner, part in parts.items():
        yield Stream(
            key=bench.name(*(part for part in (cost.key, suffix, partner if len(parts) > 1 else "") if part)),
            project=bench.project.key,
            partner=partner,
            kind=kind,
            planned=tuple(amount * part for amount in planned),
            inputs=inputs,
            delivered=delivered,
        )


def _redundancy(cost: Redundancy, bench: Workbench) -> Iterator[Stream]:
    """What the leavers are paid, and what the pension fund asks for them, in prices of the base year."""
    frame = bench.frame
    leavers = leavers_of(cost, frame.definition)
    times = bench.inputs.relative(bench.name(cost.key, "times"), cost.times)
    pay = {cost.year: redundancy_paid(cost, leavers)}
    for suffix, amounts in (("", pay), ("strain", strain_paid(cost, leavers))):
        if suffix and not any(amounts.values()):
            continue
        planned = frame.by_year(
            {year: Decimal(amount) / Decimal(frame.price_of(year)) for year, amount in amounts.items()}
        )
        planned = [amount * times.planned for amount in planned]
        yield from _spent(cost, bench, planned, kind="one_off_cost", inputs=times.inputs, suffix=suffix)


def funding_streams(funding: Funding, bench: Workbench) -> Iterator[Stream]:
    """Money from outside the partners comes in, once in each year named.

    A partner's own money is no stream, it pays the costs; nor is money that is to be paid back, it moves them in time.
    """
    if not funding.partner and not funding.repaid:
        yield from _spent(funding, bench, bench.frame.by_year(bench.real(funding.amounts)), kind="one_off_saving")
