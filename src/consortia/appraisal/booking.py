"""Streams that somebody asks for one by one: what each saves or costs, and the accounts it is entered in.

Part of the arithmetic of the engine, see kernel.py. What is entered here under a project or an account has been
counted in the worth of its partner already, unless said otherwise.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.desk import Desk, Totals
from consortia.appraisal.lanes import LANES, add, discount, fill, leave
from consortia.appraisal.layout import Flows, Layout

_WHOLE = 1e30
"""Weight of a stream that takes all of its line: beside it no other one counts."""
_SMALL = 0.25
"""Up to here eleven terms of the series of a logarithm are right to the last digit."""
_NEAR_ZERO = 1e-4
"""Below it a series is more exact than the quotient it stands for."""


@njit()
def book(layout: Layout, desk: Desk, sums: Totals) -> None:
    """Lines whose streams are asked for, or are not all parts counted alike; then streams without a line."""
    lines, years = layout.lines, layout.factors.size
    fill(desk.metered, 0.0)
    for line in range(lines.plain.size):
        if lines.booked[line]:
            path = desk.paths[lines.path[line] * years : (lines.path[line] + 1) * years]
            parts = range(lines.first[line], lines.amounts[line])
            leave(layout.flows.driver, layout.flows.size, layout.flows.cap, parts, 0, years, desk.driven, desk.left)
            _open_line(lines.base[line], lines.floor[line], path, desk.base, desk.room)
            _on_line(layout, line, desk, sums)
    for stream in range(lines.first[-1], layout.flows.driver.size):
        if layout.flows.asked[stream]:
            _wanted(layout.flows, stream, desk.driven, desk.amount)
            _book_parts(
                layout.flows, stream, layout.factors, desk.amount, desk.metered, sums.project, sums.accounts, sums.flows
            )
            _book_alone(layout.flows, stream, layout.factors, desk.amount, sums.alone)


@njit()
def settle(layout: Layout, desk: Desk, sums: Totals) -> None:
    """Contract terms, which depend on what has been booked; here they are counted, too."""
    for place in range(layout.terms.meter.size):
        stream = layout.flows.driver.size + place
        sign, partner = layout.flows.sign[stream], layout.flows.partner[stream]
        _settle(layout, place, desk)
        add(sign, desk.amount, sums.net)
        discount(sign, layout.factors, desk.amount, sums.npv[partner])
        _book_parts(
            layout.flows, stream, layout.factors, desk.amount, desk.metered, sums.project, sums.accounts, sums.flows
        )
        _book_alone(layout.flows, stream, layout.factors, desk.amount, sums.alone)


@njit()
def _open_line(amounts: FloatArray, floor: float, path: FloatArray, base: FloatArray, room: FloatArray) -> None:
    for t in range(amounts.size):
        for i in range(LANES):
            base[t, i] = amounts[t] * path[t, i]
            room[t, i] = max(base[t, i] - floor, 0.0)


@njit(inline="always")
def _on_line(layout: Layout, line: int, desk: Desk, sums: Totals) -> None:
    """A line whose streams are asked for one by one. One with nothing but parts counted alike is in the net already."""
    lines, years = layout.lines, layout.factors.size
    first, amounts = lines.first[line], lines.amounts[line]
    partner = layout.flows.partner[first]
    net = desk.net[partner * years : (partner + 1) * years]
    for t in range(desk.taken.shape[0]):
        for i in range(LANES):
            desk.taken[t, i] = min(desk.base[t, i] * (1.0 - desk.left[t, i]), desk.room[t, i])
    if amounts > first:
        if not (lines.plain[line] or lines.mixed[line]):
            add(layout.flows.sign[first], desk.taken, net)
        if lines.split[line]:
            _split(layout, line, desk, net, sums)
        else:
            _book_parts(
                layout.flows, first, layout.factors, desk.taken, desk.metered, sums.project, sums.accounts, sums.flows
            )
        if sums.alone.size:
            _parts_alone(layout, line, desk, sums)
    for stream in range(amounts, lines.first[line + 1]):
        _meet(layout, stream, desk, net, sums)


@njit(inline="always")
def _split(layout: Layout, line: int, desk: Desk, net: FloatArray, sums: Totals) -> None:
    """What was taken, told apart by ln(1 - f): additive under merging (methods.md 5.8)."""
    flows, years = layout.flows, layout.factors.size
    first, last = layout.lines.first[line], layout.lines.amounts[line]
    fill(desk.scale, 0.0)
    for stream in range(first, last):
        rows = desk.driven[flows.driver[stream] * years : (flows.driver[stream] + 1) * years]
        weights = desk.weights[(stream - first) * years : (stream - first + 1) * years]
        _weigh(rows, flows.size[stream], flows.cap[stream], weights, desk.scale)
    _price_of_weight(desk.base, desk.room, desk.taken, desk.scale)
    for stream in range(first, last):
        _price(desk.weights[(stream - first) * years : (stream - first + 1) * years], desk.scale, desk.amount)
        _book_parts(
            layout.flows, stream, layout.factors, desk.amount, desk.metered, sums.project, sums.accounts, sums.flows
        )
        if layout.lines.mixed[line]:
            add(flows.sign[stream], desk.amount, net)


@njit(error_model="numpy")
def _weigh(rows: FloatArray, size: float, cap: float, weights: FloatArray, total: FloatArray) -> None:
    """ln(1 - f) = -2 artanh(f / (2 - f)), as a series as far as f is small, which it mostly is: ten times as fast."""
    for t in range(rows.shape[0]):
        for i in range(LANES):
            part = min(size * rows[t, i], cap)
            x = part / (2.0 - part)
            y = x * x
            series = 1 / 11 + y * (1 / 13 + y * (1 / 15 + y * (1 / 17 + y * (1 / 19 + y / 21))))
            series = 1.0 + y * (1 / 3 + y * (1 / 5 + y * (1 / 7 + y * (1 / 9 + y * series))))
            weights[t, i] = -2.0 * x * series
        for i in range(LANES):
            part = min(size * rows[t, i], cap)
            if abs(part) > _SMALL:
                weights[t, i] = np.log1p(-part) if part < 1.0 else -_WHOLE
            total[t, i] += weights[t, i]


@njit()
def _price(weights: FloatArray, price: FloatArray, amount: FloatArray) -> None:
    for t in range(weights.shape[0]):
        for i in range(LANES):
            amount[t, i] = -weights[t, i] * price[t, i]


@njit(error_model="numpy")
def _price_of_weight(base: FloatArray, room: FloatArray, taken: FloatArray, total: FloatArray) -> None:
    """Turns the total weight into pounds for each unit of it.

    Near zero (1 - e^x) / -x = 1 + x/2 + x^2/6 + ..., where the quotient would lose its digits.
    """
    for t in range(base.shape[0]):
        for i in range(LANES):
            weight = total[t, i]
            if abs(weight) < _NEAR_ZERO:
                total[t, i] = base[t, i] * (1.0 + weight * (0.5 + weight / 6.0))
                if weight < 0.0:
                    total[t, i] = min(total[t, i], room[t, i] / -weight)
            else:
                total[t, i] = taken[t, i] / -weight


@njit(inline="always")
def _parts_alone(layout: Layout, line: int, desk: Desk, sums: Totals) -> None:
    for stream in range(layout.lines.first[line], layout.lines.amounts[line]):
        _wanted(layout.flows, stream, desk.driven, desk.amount)
        for t in range(desk.amount.shape[0]):
            for i in range(LANES):
                part = min(desk.amount[t, i], layout.flows.cap[stream])
                desk.amount[t, i] = min(desk.base[t, i] * part, desk.room[t, i])
        _book_alone(layout.flows, stream, layout.factors, desk.amount, sums.alone)


@njit()
def _wanted(flows: Flows, stream: int, driven: FloatArray, amount: FloatArray) -> None:
    """What a stream would come to by itself: its size of what its driver comes to."""
    row, size = flows.driver[stream] * amount.shape[0], flows.size[stream]
    for t in range(amount.shape[0]):
        for i in range(LANES):
            amount[t, i] = size * driven[row + t, i]


@njit(inline="always")
def _meet(layout: Layout, stream: int, desk: Desk, net: FloatArray, sums: Totals) -> None:
    """An amount takes what is left of its line above the floor; the rest is unmet. Below zero it is extra cost."""
    _wanted(layout.flows, stream, desk.driven, desk.scale)
    years, missed = layout.factors.size, layout.flows.origin[stream] * layout.factors.size
    for t in range(years):
        for i in range(LANES):
            desk.amount[t, i] = min(desk.scale[t, i], desk.room[t, i])
    _book_alone(layout.flows, stream, layout.factors, desk.amount, sums.alone)
    for t in range(years):
        for i in range(LANES):
            desk.amount[t, i] = min(desk.scale[t, i], max(desk.room[t, i] - desk.taken[t, i], 0.0))
            desk.taken[t, i] += desk.amount[t, i]
            sums.unmet[0, i] += desk.scale[t, i] - desk.amount[t, i]
            if sums.missed.size:
                sums.missed[missed + t, i] = desk.scale[t, i] - desk.amount[t, i]
    add(layout.flows.sign[stream], desk.amount, net)
    _book_parts(
        layout.flows, stream, layout.factors, desk.amount, desk.metered, sums.project, sums.accounts, sums.flows
    )


@njit(inline="always")
def _settle(layout: Layout, place: int, desk: Desk) -> None:
    """A contract term on what a project delivered: below x shortfall + above x excess, within bounds."""
    terms, years = layout.terms, layout.factors.size
    for t in range(years):
        lower, upper, floor, cap = (
            terms.lower[place, t],
            terms.upper[place, t],
            terms.floor[place, t],
            terms.cap[place, t],
        )
        for i in range(LANES):
            delivered = desk.metered[terms.meter[place] * years + t, i]
            below, above = max(0.0, lower - delivered), max(0.0, delivered - upper)
            amount = min(max(terms.below[place] * below + terms.above[place] * above, floor), cap)
            desk.amount[t, i] = amount * desk.paths[terms.path[place] * years + t, i]


@njit()
def _book_parts(
    flows: Flows, stream: int, factors: FloatArray, amount: FloatArray, metered: FloatArray, project: FloatArray,
    accounts: FloatArray, each: FloatArray,
) -> None:  # fmt: skip
    """Enters an amount under its project, account and meters."""
    years, sign = factors.size, flows.sign[stream]
    if project.size:
        discount(sign, factors, amount, project[flows.project[stream]])
    if flows.account[stream] >= 0:
        _add_from(flows.account[stream] * years, amount, accounts)
    for place in range(flows.first_meter[stream], flows.first_meter[stream + 1]):
        _add_from(flows.meter_of[place] * years, amount, metered)
    if each.size:
        _add_from(flows.origin[stream] * years, amount, each)


@njit()
def _add_from(row: int, amount: FloatArray, rows: FloatArray) -> None:
    for t in range(amount.shape[0]):
        for i in range(LANES):
            rows[row + t, i] += amount[t, i]


@njit()
def _book_alone(flows: Flows, stream: int, factors: FloatArray, amount: FloatArray, alone: FloatArray) -> None:
    if alone.size:
        discount(flows.sign[stream], factors, amount, alone[flows.project[stream]])
