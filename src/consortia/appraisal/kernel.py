"""The arithmetic of the engine: from drawn inputs to yearly amounts and net present values, many draws side by side.

No draw looks at another, and every operation on a draw is the same wherever it stands in a block: so results do not
depend on how draws are cut into blocks, or who works on them. The rules are in engine.py and docs/methods/appraisal.md.
Here stands what is done in every draw; what is done for streams that somebody asks for one by one is in booking.py.

Functions that are called often are given arrays, not records: numba counts the users of every array of a record at
each call, which takes longer than the arithmetic. Loops over the lanes use nothing but arrays and numbers.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from consortia.appraisal import booking, lanes
from consortia.appraisal import desk as desks
from consortia.appraisal import layout as layouts
from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.booking import book, settle
from consortia.appraisal.compiled import made_of
from consortia.appraisal.desk import Desk, Totals
from consortia.appraisal.lanes import LANES, fill
from consortia.appraisal.layout import Drivers, Flows, IntArray, Layout, Lines
from consortia.appraisal.profiles import MONTHS_IN_YEAR


@njit(cache=True, nogil=True)
@made_of(booking, desks, lanes, layouts)
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
        _drive(layout.drivers, desk, layout.factors.size)
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
    for row in range(whole.shape[0]):
        for draw in range(first, last):
            part[row, draw - first] = whole[row, draw]


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
    """Each driver in each year: the plan moved by the delay, x delivered part x multipliers x path.

    Nothing is written before the first year that is planned: there the desk has nothing from the beginning.
    """
    profiles, begins, places, delay, slip = drivers.profile, drivers.begins, drivers.path, drivers.delay, drivers.slip
    delivery, first, input_of = drivers.delivery, drivers.first_input, drivers.input_of
    inputs, paths, driven, scale = desk.inputs, desk.paths, desk.driven, desk.scale
    back, part, before = desk.back, desk.part, desk.before
    for driver in range(places.size):
        begin, path, row = begins[driver], places[driver] * years, driver * years
        _scale(delivery[driver], input_of[first[driver] : first[driver + 1]], inputs, scale)
        if delay[driver] < 0 and slip[driver] < 0:
            _plan(profiles[driver], begin, scale, paths, path, driven, row)
        else:
            _lateness(delay[driver], slip[driver], inputs, part, back, years)
            _plan_late(profiles[driver], begin, scale, paths, path, driven, row, part, back, before)


@njit()
def _scale(delivery: int, multipliers: IntArray, inputs: FloatArray, scale: FloatArray) -> None:
    for i in range(LANES):
        scale[0, i] = inputs[delivery, i] if delivery >= 0 else 1.0
    for row in multipliers:
        for i in range(LANES):
            scale[0, i] *= inputs[row, i]


@njit()
def _lateness(delay: int, slip: int, inputs: FloatArray, part: FloatArray, back: IntArray, years: int) -> None:
    """Whole years and the part of a year by which the plan comes late."""
    for i in range(LANES):
        late = inputs[delay, i] / MONTHS_IN_YEAR if delay >= 0 else 0.0
        late += inputs[slip, i] if slip >= 0 else 0.0
        whole = min(np.floor(late), float(years))
        back[i] = int(whole)
        part[0, i] = min(late - whole, 1.0)


@njit()
def _plan(
    profile: FloatArray, begin: int, scale: FloatArray, paths: FloatArray, path: int, driven: FloatArray, row: int
) -> None:
    years = profile.size // 2
    for t in range(begin, years):
        planned = profile[years + 1 + t]
        for i in range(LANES):
            driven[row + t, i] = planned * (scale[0, i] * paths[path + t, i])


@njit()
def _plan_late(
    profile: FloatArray, begin: int, scale: FloatArray, paths: FloatArray, path: int, driven: FloatArray, row: int,
    part: FloatArray, back: IntArray, before: FloatArray,
) -> None:  # fmt: skip
    """Pro rata between the two whole years; before t = 0 the profile has nothing."""
    years = profile.size // 2
    fill(before, 0.0)
    for t in range(begin, years):
        for i in range(LANES):
            now = profile[years + 1 + t - back[i]]
            planned = (1.0 - part[0, i]) * now + part[0, i] * before[0, i]
            driven[row + t, i] = planned * (scale[0, i] * paths[path + t, i])
            before[0, i] = now


class _Place(NamedTuple):
    """Where the figures of a line in hand stand."""

    line: int
    begin: int
    path: int
    """Row of its path."""
    net: int
    """Row of the net of its partner."""
    floor: float


@njit()
def _take(lines: Lines, flows: Flows, desk: Desk) -> None:
    """What is taken of the lines with nothing but parts, all counted alike: they combine as 1 - prod(1 - f).

    Most of the work is done here. One or two parts are combined in one go, so that what they leave of the line is
    never stored.
    """
    base, floor, begins, driver, size, cap = lines.base, lines.floor, lines.begins, flows.driver, flows.size, flows.cap
    firsts, lasts, plain, paths_of, partner = lines.first, lines.amounts, lines.plain, lines.path, flows.partner
    driven, paths, left, net, sign, years = desk.driven, desk.paths, desk.left, desk.net, flows.sign, base.shape[1]
    fill(net, 0.0)
    for line in range(plain.size):
        first, count = firsts[line], lasts[line] - firsts[line]
        if not plain[line] or sign[first] == 0.0:
            continue
        place = _Place(line, begins[line], paths_of[line] * years, partner[first] * years, floor[line])
        if count == 1:
            _take_one(place, first, driver, size, cap, base, driven, paths, net)
        elif count == 2:
            _take_two(place, first, driver, size, cap, base, driven, paths, net)
        else:
            _leave(place, first, count, driver, size, cap, driven, left)
            _take_rest(place, left, base, paths, net)


@njit()
def _taken(cost: float, kept: float, floor: float) -> float:
    """Pounds taken of a line of which that part is kept: at most what is above the floor."""
    return min(cost * (1.0 - kept), max(cost - floor, 0.0))


@njit()
def _take_one(
    place: _Place, part: int, driver: IntArray, size: FloatArray, cap: FloatArray,
    base: FloatArray, driven: FloatArray, paths: FloatArray, net: FloatArray,
) -> None:  # fmt: skip
    row, times, highest, floor = driver[part] * base.shape[1], size[part], cap[part], place.floor
    for t in range(place.begin, base.shape[1]):
        amount = base[place.line, t]
        for i in range(LANES):
            kept = 1.0 - min(times * driven[row + t, i], highest)
            net[place.net + t, i] += _taken(amount * paths[place.path + t, i], kept, floor)


@njit()
def _take_two(
    place: _Place, part: int, driver: IntArray, size: FloatArray, cap: FloatArray,
    base: FloatArray, driven: FloatArray, paths: FloatArray, net: FloatArray,
) -> None:  # fmt: skip
    row, times, highest, floor = driver[part] * base.shape[1], size[part], cap[part], place.floor
    row_2, times_2, highest_2 = driver[part + 1] * base.shape[1], size[part + 1], cap[part + 1]
    for t in range(place.begin, base.shape[1]):
        amount = base[place.line, t]
        for i in range(LANES):
            kept = 1.0 - min(times * driven[row + t, i], highest)
            kept *= 1.0 - min(times_2 * driven[row_2 + t, i], highest_2)
            net[place.net + t, i] += _taken(amount * paths[place.path + t, i], kept, floor)


@njit()
def _leave(
    place: _Place, part: int, count: int, driver: IntArray, size: FloatArray, cap: FloatArray,
    driven: FloatArray, left: FloatArray,
) -> None:  # fmt: skip
    """What three or more parts leave of a line: the first three at once, then each of the others."""
    years = left.shape[0]
    row, times, highest = driver[part] * years, size[part], cap[part]
    row_2, times_2, highest_2 = driver[part + 1] * years, size[part + 1], cap[part + 1]
    row_3, times_3, highest_3 = driver[part + 2] * years, size[part + 2], cap[part + 2]
    for t in range(place.begin, years):
        for i in range(LANES):
            kept = 1.0 - min(times * driven[row + t, i], highest)
            kept *= 1.0 - min(times_2 * driven[row_2 + t, i], highest_2)
            left[t, i] = kept * (1.0 - min(times_3 * driven[row_3 + t, i], highest_3))
    for more in range(part + 3, part + count):
        row, times, highest = driver[more] * years, size[more], cap[more]
        for t in range(place.begin, years):
            for i in range(LANES):
                left[t, i] *= 1.0 - min(times * driven[row + t, i], highest)


@njit()
def _take_rest(place: _Place, left: FloatArray, base: FloatArray, paths: FloatArray, net: FloatArray) -> None:
    for t in range(place.begin, base.shape[1]):
        amount, floor = base[place.line, t], place.floor
        for i in range(LANES):
            net[place.net + t, i] += _taken(amount * paths[place.path + t, i], left[t, i], floor)


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
                npv[partner, i] += factor * amount


@njit()
def _enter_loose(
    drivers: Drivers, flows: Flows, first: int, factors: FloatArray, driven: FloatArray, worth: FloatArray,
    npv: FloatArray, net: FloatArray,
) -> None:  # fmt: skip
    """Streams without a line, those from `first`, all at once: each driver is discounted once for all its streams."""
    driver, size, sign, partner = flows.driver, flows.size, flows.sign, flows.partner
    sizes, begins, years = drivers.size, drivers.begins, factors.size
    for each in drivers.loose:
        for i in range(LANES):
            worth[each, i] = 0.0
        for t in range(begins[each], years):
            row, factor, times = each * years + t, factors[t], sizes[each]
            for i in range(LANES):
                worth[each, i] += factor * driven[row, i]
                net[t, i] += times * driven[row, i]
    for stream in range(first, driver.size):
        row, each, times = partner[stream], driver[stream], sign[stream] * size[stream]
        for i in range(LANES):
            npv[row, i] += times * worth[each, i]
