"""The arithmetic of the engine: from drawn inputs to yearly amounts and net present values, 64 draws side by side.

No draw looks at another, and every operation on a draw is the same wherever it stands in a block: so results do not
depend on how draws are cut into blocks, or who works on them. The rules are in engine.py and docs/methods/appraisal.md.
Functions with one caller are inlined, since that takes a third off the time to compile. numba stores compiled code by
the date of this file: touch it after a change of the records in layout.py or desk.py.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.desk import LANES, Desk, Totals
from consortia.appraisal.layout import Drivers, IntArray, Layout
from consortia.appraisal.profiles import MONTHS_IN_YEAR

_WHOLE = 1e30
"""Weight of a stream that takes all of its line: beside it no other one counts."""
_SMALL = 0.25
"""Up to here eleven terms of the series of a logarithm are right to the last digit."""
_NEAR_ZERO = 1e-4
"""Below it a series is more exact than the quotient it stands for."""


@njit(cache=True, nogil=True)
def appraise_draws(
    layout: Layout, inputs: FloatArray, paths: FloatArray, *, desk: Desk, sums: Totals, totals: Totals
) -> None:
    """Fills the totals for all draws of `inputs` [input, draw] and `paths` [path by year, draw].

    `desk` and `sums` are for notes: the sums begin at nothing.
    """
    draws = totals.unmet.shape[1]
    for first in range(0, draws, LANES):
        last = min(first + LANES, draws)
        _fetch(inputs, desk.inputs, first, last)
        _fetch(paths, desk.paths, first, last)
        _appraise_lanes(layout, desk, sums)
        _hand_over(sums.npv, totals.npv, first, last)
        _hand_over(sums.net, totals.net, first, last)
        _hand_over(sums.project, totals.project, first, last)
        _hand_over(sums.alone, totals.alone, first, last)
        _hand_over(sums.accounts, totals.accounts, first, last)
        _hand_over(sums.unmet, totals.unmet, first, last)
        _hand_over(sums.flows, totals.flows, first, last)
        _hand_over(sums.missed, totals.missed, first, last)


@njit(inline="always")
def _fetch(whole: FloatArray, part: FloatArray, first: int, last: int) -> None:
    for row in range(whole.shape[0]):
        for draw in range(first, last):
            part[row, draw - first] = whole[row, draw]


@njit(cache=True)
def _hand_over(part: FloatArray, whole: FloatArray, first: int, last: int) -> None:
    """Copies finished sums to their draws and clears them for the next."""
    for row in range(whole.shape[0]):
        for draw in range(first, last):
            whole[row, draw] = part[row, draw - first]
        for i in range(LANES):
            part[row, i] = 0.0


@njit(inline="always")
def _appraise_lanes(layout: Layout, desk: Desk, sums: Totals) -> None:
    _set(desk.metered, 0.0)
    _drive(layout.drivers, desk, layout.factors.size)
    for partner in range(sums.npv.shape[0]):
        _on_lines_of(layout, partner, desk, sums)
    _worth_without_line(layout, desk.driven, sums.npv, sums.net)
    for stream in range(layout.lines.first[-1], layout.flows.driver.size):
        if layout.flows.asked[stream]:
            _wanted(layout, stream, desk.driven, desk.amount)
            _book_parts(layout, stream, desk.amount, desk, sums)
            _book_alone(layout, stream, desk.amount, sums.alone)
    for place in range(layout.terms.meter.size):
        stream = layout.flows.driver.size + place
        _settle(layout, place, desk)
        _set(desk.net, 0.0)
        _add(layout.flows.sign[stream], desk.amount, desk.net)
        _enter(layout.factors, desk.net, sums.npv[layout.flows.partner[stream]], sums.net)
        _book_parts(layout, stream, desk.amount, desk, sums)
        _book_alone(layout, stream, desk.amount, sums.alone)


@njit(inline="always")
def _drive(drivers: Drivers, desk: Desk, years: int) -> None:
    """Each driver in each year: the plan moved by the delay, x delivered part x multipliers x path."""
    scale, part, back = np.empty(LANES), np.empty(LANES), np.empty(LANES, dtype=np.int64)
    for driver in range(drivers.delivery.size):
        _scale(drivers, driver, desk.inputs, scale)
        rows = desk.driven[driver * years : (driver + 1) * years]
        path = desk.paths[drivers.path[driver] * years : (drivers.path[driver] + 1) * years]
        _lateness(drivers, driver, desk.inputs, part, back, years)
        _plan_late(drivers.profile[driver], part, back, rows)
        for t in range(years):
            for i in range(LANES):
                rows[t, i] *= scale[i] * path[t, i]


@njit(cache=True)
def _plan_late(profile: FloatArray, part: FloatArray, back: IntArray, rows: FloatArray) -> None:
    """Pro rata between the two whole years; before t = 0 the profile has nothing."""
    years = rows.shape[0]
    for t in range(years):
        for i in range(LANES):
            now = years + 1 + t - back[i]
            rows[t, i] = (1.0 - part[i]) * profile[now] + part[i] * profile[now - 1]


@njit(cache=True)
def _scale(drivers: Drivers, driver: int, inputs: FloatArray, scale: FloatArray) -> None:
    delivery = drivers.delivery[driver]
    for i in range(LANES):
        scale[i] = inputs[delivery, i] if delivery >= 0 else 1.0
    for place in range(drivers.first_input[driver], drivers.first_input[driver + 1]):
        row = drivers.input_of[place]
        for i in range(LANES):
            scale[i] *= inputs[row, i]


@njit(cache=True)
def _lateness(drivers: Drivers, driver: int, inputs: FloatArray, part: FloatArray, back: IntArray, years: int) -> None:
    """Whole years and the part of a year by which the plan comes late."""
    delay, slip = drivers.delay[driver], drivers.slip[driver]
    for i in range(LANES):
        late = inputs[delay, i] / MONTHS_IN_YEAR if delay >= 0 else 0.0
        late += inputs[slip, i] if slip >= 0 else 0.0
        whole = min(np.floor(late), float(years))
        back[i] = int(whole)
        part[i] = min(late - whole, 1.0)


@njit(inline="always")
def _on_lines_of(layout: Layout, partner: int, desk: Desk, sums: Totals) -> None:
    """The lines of one partner: parts combine as 1 - prod(1 - f), amounts meet what is left, the floor holds."""
    lines, flows, begins = layout.lines, layout.flows, layout.drivers.begins
    first, amounts, years = lines.first, lines.amounts, layout.factors.size
    _set(desk.net, 0.0)
    for line in range(lines.of_partner[partner], lines.of_partner[partner + 1]):
        path = desk.paths[lines.path[line] * years : (lines.path[line] + 1) * years]
        parts = slice(first[line], amounts[line])
        _left(flows.driver[parts], flows.size[parts], flows.cap[parts], begins, desk.driven, desk.left)
        if lines.plain[line]:
            _take(lines.base[line], lines.floor[line], path, desk.left, flows.sign[first[line]], desk.net)
        else:
            _open_line(lines.base[line], lines.floor[line], path, desk.base, desk.room)
            _on_line(layout, line, desk, sums)
    _enter(layout.factors, desk.net, sums.npv[partner], sums.net)


@njit(cache=True)
def _left(
    parts: IntArray, size: FloatArray, cap: FloatArray, begins: IntArray, driven: FloatArray, left: FloatArray
) -> None:
    """What the parts of a line leave of it, together: prod(1 - f). Most of the work is done here."""
    years = left.shape[0]
    if parts.size == 0:
        _set(left, 1.0)
    for place in range(parts.size):
        row = parts[place] * years
        for t in range(begins[parts[place]] if place else 0, years):
            for i in range(LANES):
                kept = 1.0 - min(size[place] * driven[row + t, i], cap[place])
                left[t, i] = left[t, i] * kept if place else kept


@njit(cache=True)
def _take(amounts: FloatArray, floor: float, path: FloatArray, left: FloatArray, sign: float, net: FloatArray) -> None:
    """Adds what is taken of a line whose streams nobody asks for one by one: at most what is above the floor."""
    for t in range(amounts.size):
        for i in range(LANES):
            base = amounts[t] * path[t, i]
            net[t, i] += sign * min(base * (1.0 - left[t, i]), max(base - floor, 0.0))


@njit(cache=True)
def _open_line(amounts: FloatArray, floor: float, path: FloatArray, base: FloatArray, room: FloatArray) -> None:
    for t in range(amounts.size):
        for i in range(LANES):
            base[t, i] = amounts[t] * path[t, i]
            room[t, i] = max(base[t, i] - floor, 0.0)


@njit(inline="always")
def _on_line(layout: Layout, line: int, desk: Desk, sums: Totals) -> None:
    """A line whose streams are asked for one by one."""
    lines = layout.lines
    first, amounts = lines.first[line], lines.amounts[line]
    for t in range(desk.taken.shape[0]):
        for i in range(LANES):
            desk.taken[t, i] = min(desk.base[t, i] * (1.0 - desk.left[t, i]), desk.room[t, i])
    if amounts > first:
        if not lines.mixed[line]:
            _add(layout.flows.sign[first], desk.taken, desk.net)
        if lines.split[line]:
            _split(layout, line, desk, sums)
        else:
            _book_parts(layout, first, desk.taken, desk, sums)
        if sums.alone.size:
            _parts_alone(layout, line, desk, sums)
    for stream in range(amounts, lines.first[line + 1]):
        _meet(layout, stream, desk, sums)


@njit(inline="always")
def _split(layout: Layout, line: int, desk: Desk, sums: Totals) -> None:
    """What was taken, told apart by ln(1 - f): additive under merging (methods.md 5.8)."""
    flows, years = layout.flows, layout.factors.size
    first, last = layout.lines.first[line], layout.lines.amounts[line]
    _set(desk.scale, 0.0)
    for stream in range(first, last):
        rows = desk.driven[flows.driver[stream] * years : (flows.driver[stream] + 1) * years]
        weights = desk.weights[(stream - first) * years : (stream - first + 1) * years]
        _weigh(rows, flows.size[stream], flows.cap[stream], weights, desk.scale)
    _price_of_weight(desk.base, desk.room, desk.taken, desk.scale)
    for stream in range(first, last):
        _price(desk.weights[(stream - first) * years : (stream - first + 1) * years], desk.scale, desk.amount)
        _book_parts(layout, stream, desk.amount, desk, sums)
        if layout.lines.mixed[line]:
            _add(flows.sign[stream], desk.amount, desk.net)


@njit(cache=True, error_model="numpy")
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


@njit(cache=True)
def _price(weights: FloatArray, price: FloatArray, amount: FloatArray) -> None:
    for t in range(weights.shape[0]):
        for i in range(LANES):
            amount[t, i] = -weights[t, i] * price[t, i]


@njit(cache=True, error_model="numpy")
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
        _wanted(layout, stream, desk.driven, desk.amount)
        for t in range(desk.amount.shape[0]):
            for i in range(LANES):
                part = min(desk.amount[t, i], layout.flows.cap[stream])
                desk.amount[t, i] = min(desk.base[t, i] * part, desk.room[t, i])
        _book_alone(layout, stream, desk.amount, sums.alone)


@njit(cache=True)
def _wanted(layout: Layout, stream: int, driven: FloatArray, amount: FloatArray) -> None:
    """What a stream would come to by itself: its size of what its driver comes to."""
    row, size = layout.flows.driver[stream] * amount.shape[0], layout.flows.size[stream]
    for t in range(amount.shape[0]):
        for i in range(LANES):
            amount[t, i] = size * driven[row + t, i]


@njit(inline="always")
def _meet(layout: Layout, stream: int, desk: Desk, sums: Totals) -> None:
    """An amount takes what is left of its line above the floor; the rest is unmet. Below zero it is extra cost."""
    _wanted(layout, stream, desk.driven, desk.scale)
    years, missed = layout.factors.size, layout.flows.origin[stream] * layout.factors.size
    for t in range(years):
        for i in range(LANES):
            desk.amount[t, i] = min(desk.scale[t, i], desk.room[t, i])
    _book_alone(layout, stream, desk.amount, sums.alone)
    for t in range(years):
        for i in range(LANES):
            desk.amount[t, i] = min(desk.scale[t, i], max(desk.room[t, i] - desk.taken[t, i], 0.0))
            desk.taken[t, i] += desk.amount[t, i]
            sums.unmet[0, i] += desk.scale[t, i] - desk.amount[t, i]
            if sums.missed.size:
                sums.missed[missed + t, i] = desk.scale[t, i] - desk.amount[t, i]
    _add(layout.flows.sign[stream], desk.amount, desk.net)
    _book_parts(layout, stream, desk.amount, desk, sums)


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


@njit(inline="always")
def _worth_without_line(layout: Layout, driven: FloatArray, npv: FloatArray, net: FloatArray) -> None:
    """Streams without a line, all at once: each driver is discounted once, whatever number of streams it has."""
    flows, years = layout.flows, layout.factors.size
    worth, sizes = np.zeros((layout.drivers.delivery.size, LANES)), np.zeros(layout.drivers.delivery.size)
    for stream in range(layout.lines.first[-1], flows.driver.size):
        sizes[flows.driver[stream]] += flows.sign[stream] * flows.size[stream]
    for driver in range(sizes.size):
        for t in range(years):
            for i in range(LANES):
                worth[driver, i] += layout.factors[t] * driven[driver * years + t, i]
                net[t, i] += sizes[driver] * driven[driver * years + t, i]
    for stream in range(layout.lines.first[-1], flows.driver.size):
        size, partner, driver = flows.sign[stream] * flows.size[stream], flows.partner[stream], flows.driver[stream]
        for i in range(LANES):
            npv[partner, i] += size * worth[driver, i]


@njit(cache=True)
def _set(rows: FloatArray, value: float) -> None:
    for t in range(rows.shape[0]):
        for i in range(LANES):
            rows[t, i] = value


@njit(cache=True)
def _add(times: float, amount: FloatArray, total: FloatArray) -> None:
    for t in range(total.shape[0]):
        for i in range(LANES):
            total[t, i] += times * amount[t, i]


@njit(inline="always")
def _enter(factors: FloatArray, amount: FloatArray, npv: FloatArray, net: FloatArray) -> None:
    """Enters what comes in, or goes out below zero, in the worth of a partner and the net of all."""
    _add(1.0, amount, net)
    _discount(1.0, factors, amount, npv)


@njit(cache=True)
def _book_parts(layout: Layout, stream: int, amount: FloatArray, desk: Desk, sums: Totals) -> None:
    """Enters an amount under its project, account and meters."""
    flows, years = layout.flows, layout.factors.size
    account, origin = flows.account[stream] * years, flows.origin[stream] * years
    if sums.project.size:
        _discount(flows.sign[stream], layout.factors, amount, sums.project[flows.project[stream]])
    if account >= 0:
        _add(1.0, amount, sums.accounts[account : account + years])
    for place in range(flows.first_meter[stream], flows.first_meter[stream + 1]):
        meter = flows.meter_of[place] * years
        _add(1.0, amount, desk.metered[meter : meter + years])
    if sums.flows.size:
        _add(1.0, amount, sums.flows[origin : origin + years])


@njit(cache=True)
def _book_alone(layout: Layout, stream: int, amount: FloatArray, alone: FloatArray) -> None:
    if alone.size:
        _discount(layout.flows.sign[stream], layout.factors, amount, alone[layout.flows.project[stream]])


@njit(cache=True)
def _discount(sign: float, factors: FloatArray, amount: FloatArray, worth: FloatArray) -> None:
    if sign != 0.0:
        for t in range(factors.size):
            for i in range(LANES):
                worth[i] += sign * factors[t] * amount[t, i]
