"""The arithmetic of the engine: from drawn inputs to yearly amounts and net present values, many draws side by side.

No draw looks at another, and every operation on a draw is the same wherever it stands in a block: so results do not
depend on how draws are cut into blocks, or who works on them. The rules are in engine.py and docs/methods/appraisal.md.
Here stands what is done in every draw; what is done for streams that somebody asks for one by one is in booking.py.

Functions that are called often are given arrays, not records: numba counts the users of every array of a record at
each call, which takes longer than the arithmetic. Loops over the lanes use nothing but arrays and numbers.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from consortia.appraisal import booking, bounds, lanes
from consortia.appraisal import desk as desks
from consortia.appraisal import fused as fusing
from consortia.appraisal import layout as layouts
from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.booking import book, settle
from consortia.appraisal.bounds import bound_paths, extremes, find_free, times
from consortia.appraisal.compiled import made_of
from consortia.appraisal.desk import Desk, Totals
from consortia.appraisal.fused import fused
from consortia.appraisal.lanes import LANES, copy, fill, leave
from consortia.appraisal.layout import BoolArray, Drivers, Flows, IntArray, Layout, Lines
from consortia.appraisal.profiles import MONTHS_IN_YEAR


@njit(cache=True, nogil=True)
@made_of(booking, bounds, desks, fusing, lanes, layouts)
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
        bound_paths(desk, layout.factors.size)
        _drive(layout.drivers, desk, layout.factors.size)
        find_free(layout, desk)
        _take(layout.lines, layout.flows, desk)
        book(layout, desk, sums)
        _enter(layout.factors, desk.net, sums.npv, sums.net)
        _enter_loose(
            layout.drivers, layout.flows, layout.lines.first[-1], layout.factors, desk.driven, desk.worth,
            sums.npv, sums.net,
        )  # fmt: skip
        settle(layout, desk, sums)
        _hand_over(sums.npv, totals.npv, first, last)
        _hand_over(sums.net, totals.net, first, last)
        _hand_over(sums.project, totals.project, first, last)
        _hand_over(sums.alone, totals.alone, first, last)
        _hand_over(sums.accounts, totals.accounts, first, last)
        _hand_over(sums.unmet, totals.unmet, first, last)
        _hand_over(sums.flows, totals.flows, first, last)
        _hand_over(sums.missed, totals.missed, first, last)


@njit()
def _fetch(whole: FloatArray, part: FloatArray, first: int, last: int) -> None:
    """Spare lanes have the first draw again, so that their extremes are those of the draws."""
    for row in range(whole.shape[0]):
        for draw in range(first, last):
            part[row, draw - first] = whole[row, draw]
        for i in range(last - first, LANES):
            part[row, i] = whole[row, first]


@njit()
def _hand_over(part: FloatArray, whole: FloatArray, first: int, last: int) -> None:
    """Copies finished sums to their draws and clears them for the next."""
    for row in range(whole.shape[0]):
        for draw in range(first, last):
            whole[row, draw] = part[row, draw - first]
        for i in range(LANES):
            part[row, i] = 0.0


@njit()
def _drive(drivers: Drivers, desk: Desk, years: int) -> None:
    """Each driver in each year: the plan moved by the delay, x delivered part x multipliers x path."""
    delivery, delay, slip, path = drivers.delivery, drivers.delay, drivers.slip, drivers.path
    first, input_of, begins, ends, profile = (
        drivers.first_input, drivers.input_of, drivers.begins, drivers.ends, drivers.profile,
    )  # fmt: skip
    inputs, scale, weights, whole, part = desk.inputs, desk.scale, desk.weights, desk.whole, desk.part
    for driver in range(delivery.size):
        _scale(delivery[driver], input_of[first[driver] : first[driver + 1]], inputs, scale)
        _bound(driver, path[driver], drivers.extremes, scale, desk.left, desk.amount, desk.of_path, desk.of_driver)
        count = 1
        if delay[driver] < 0 and slip[driver] < 0:
            copy(scale, weights)
        else:
            _come_late(delay[driver], slip[driver], inputs, whole, part, years)
            _, latest = extremes(whole, 0, desk.left, desk.amount)
            count = min(int(latest) + 2, years)
            _weigh(count, whole, part, scale, weights)
        _plan(driver, profile, begins[driver], ends[driver], weights, count, path[driver], desk.paths, desk.driven)


@njit()
def _scale(delivery: int, multipliers: IntArray, inputs: FloatArray, scale: FloatArray) -> None:
    for i in range(LANES):
        scale[0, i] = inputs[delivery, i] if delivery >= 0 else 1.0
    for row in multipliers:
        for i in range(LANES):
            scale[0, i] *= inputs[row, i]


@njit()
def _bound(
    driver: int, path: int, planned: FloatArray, scale: FloatArray, low: FloatArray, high: FloatArray,
    of_path: FloatArray, of_driver: FloatArray,
) -> None:  # fmt: skip
    """What a driver comes to at the least and at the most; late, it has a mean of two years of its plan."""
    multiplier = times(extremes(scale, 0, low, high), (of_path[path, 0], of_path[path, 1]))
    of_driver[driver, 0], of_driver[driver, 1] = times((planned[driver, 0], planned[driver, 1]), multiplier)


@njit()
def _come_late(delay: int, slip: int, inputs: FloatArray, whole: FloatArray, part: FloatArray, years: int) -> None:
    """Whole years, at most all, and the part of a year by which the plan comes late."""
    for i in range(LANES):
        late = inputs[delay, i] / MONTHS_IN_YEAR if delay >= 0 else 0.0
        late += inputs[slip, i] if slip >= 0 else 0.0
        whole[0, i] = min(np.floor(late), float(years))
        part[0, i] = min(late - whole[0, i], 1.0)


@njit()
def _weigh(count: int, whole: FloatArray, part: FloatArray, scale: FloatArray, weights: FloatArray) -> None:
    """How much of what was planned 0, 1, 2... years ago comes in a year: pro rata of the two years it falls between."""
    for ago in range(count):
        for i in range(LANES):
            behind = ago - whole[0, i]
            weight = 1.0 - part[0, i] if behind == 0.0 else (part[0, i] if behind == 1.0 else 0.0)
            weights[ago, i] = weight * scale[0, i]


@njit()
def _plan(
    driver: int, profile: FloatArray, begin: int, end: int, weights: FloatArray, count: int, path: int,
    paths: FloatArray, driven: FloatArray,
) -> None:  # fmt: skip
    """What comes of the plan in each year. Before `begin` and from `end` on the desk has nothing from the beginning."""
    years = profile.shape[1]
    for t in range(begin, end):
        row = driver * years + t
        for i in range(LANES):
            driven[row, i] = 0.0
        for ago in range(min(count, t + 1)):
            planned = profile[driver, t - ago]
            if planned != 0.0:
                for i in range(LANES):
                    driven[row, i] = fused(planned, weights[ago, i], driven[row, i])
        if path > 0:  # the path with place 0 is 1
            for i in range(LANES):
                driven[row, i] *= paths[path * years + t, i]


@njit()
def _take(lines: Lines, flows: Flows, desk: Desk) -> None:
    """What is taken of the lines with nothing but parts, all counted alike: they combine as 1 - prod(1 - f).

    Most of the work is done here. Year by year, since what the drivers come to in one year stays near the processor.
    """
    fill(desk.net, 0.0)
    for t in range(lines.base.shape[1]):
        _take_year(
            t, lines.base, lines.floor, lines.path, lines.first, lines.amounts, lines.begins, lines.plain, desk.free,
            flows.driver, flows.size, flows.cap, flows.sign, flows.partner, desk.driven, desk.paths, desk.left,
            desk.net,
        )  # fmt: skip


@njit()
def _take_year(
    t: int, base: FloatArray, floor: FloatArray, path_of: IntArray, firsts: IntArray, lasts: IntArray, begins: IntArray,
    plain: BoolArray, free: BoolArray, driver: IntArray, size: FloatArray, cap: FloatArray, sign: FloatArray,
    partner: IntArray, driven: FloatArray, paths: FloatArray, left: FloatArray, net: FloatArray,
) -> None:  # fmt: skip
    """One year: where no bound can bind it is left out, to the same bits; up to three parts are combined in one go.

    All of it stands in one function: to call one for each line takes longer than the arithmetic.
    """
    years = base.shape[1]
    for line in range(plain.size):
        first, count, amount = firsts[line], lasts[line] - firsts[line], base[line, t]
        if t < begins[line] or not plain[line] or sign[first] == 0.0:
            continue
        path, to, second, third = path_of[line] * years + t, partner[first] * years + t, first + 1, first + 2
        one, less = driver[first] * years + t, -size[first]
        two, less_2 = (driver[second] * years + t, -size[second]) if count > 1 else (0, 0.0)
        three, less_3 = (driver[third] * years + t, -size[third]) if count > 2 else (0, 0.0)
        if not free[line]:
            leave(driver, size, cap, range(first, first + count), t, t + 1, driven, left)
            _take_bounded(amount, floor[line], path, t, to, paths, left, net)
        elif count == 1:
            for i in range(LANES):
                kept = fused(less, driven[one, i], 1.0)
                net[to, i] = fused(amount * paths[path, i], 1.0 - kept, net[to, i])
        elif count == 2:
            for i in range(LANES):
                kept = fused(less, driven[one, i], 1.0) * fused(less_2, driven[two, i], 1.0)
                net[to, i] = fused(amount * paths[path, i], 1.0 - kept, net[to, i])
        elif count == 3:
            for i in range(LANES):
                kept = fused(less, driven[one, i], 1.0) * fused(less_2, driven[two, i], 1.0)
                kept *= fused(less_3, driven[three, i], 1.0)
                net[to, i] = fused(amount * paths[path, i], 1.0 - kept, net[to, i])
        else:
            for i in range(LANES):
                kept = fused(less, driven[one, i], 1.0) * fused(less_2, driven[two, i], 1.0)
                left[t, i] = kept * fused(less_3, driven[three, i], 1.0)
            for part in range(first + 3, first + count):
                row, less = driver[part] * years + t, -size[part]
                for i in range(LANES):
                    left[t, i] *= fused(less, driven[row, i], 1.0)
            for i in range(LANES):
                net[to, i] = fused(amount * paths[path, i], 1.0 - left[t, i], net[to, i])


@njit(error_model="numpy")
def _take_bounded(
    amount: float, floor: float, path: int, t: int, to: int, paths: FloatArray, left: FloatArray, net: FloatArray
) -> None:
    """At most what is above the floor."""
    for i in range(LANES):
        cost = amount * paths[path, i]
        above = max(1.0 - floor / cost, 0.0) if cost != 0.0 else 0.0
        net[to, i] = fused(cost, min(1.0 - left[t, i], above), net[to, i])


@njit()
def _enter(factors: FloatArray, amounts: FloatArray, npv: FloatArray, net: FloatArray) -> None:
    """Enters what the lines bring in, or cost below zero, in the worth of each partner and the net of all."""
    years = factors.size
    for partner in range(npv.shape[0]):
        for t in range(years):
            factor = factors[t]
            for i in range(LANES):
                amount = amounts[partner * years + t, i]
                net[t, i] += amount
                npv[partner, i] = fused(factor, amount, npv[partner, i])


@njit()
def _enter_loose(
    drivers: Drivers, flows: Flows, first: int, factors: FloatArray, driven: FloatArray, worth: FloatArray,
    npv: FloatArray, net: FloatArray,
) -> None:  # fmt: skip
    """Streams without a line, those from `first`, all at once: each driver is discounted once for all its streams."""
    driver, size, sign, partner = flows.driver, flows.size, flows.sign, flows.partner
    sizes, begins, ends, years = drivers.size, drivers.begins, drivers.ends, factors.size
    for each in drivers.loose:
        for i in range(LANES):
            worth[each, i] = 0.0
        for t in range(begins[each], ends[each]):
            row, factor, times = each * years + t, factors[t], sizes[each]
            for i in range(LANES):
                worth[each, i] = fused(factor, driven[row, i], worth[each, i])
                net[t, i] = fused(times, driven[row, i], net[t, i])
    for stream in range(first, driver.size):
        row, each, times = partner[stream], driver[stream], sign[stream] * size[stream]
        for i in range(LANES):
            npv[row, i] = fused(times, worth[each, i], npv[row, i])
