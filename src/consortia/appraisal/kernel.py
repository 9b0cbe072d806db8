"""The arithmetic of the engine: from drawn inputs to yearly amounts and net present values, 64 draws side by side.

No draw looks at another, and every operation on a draw is the same wherever it stands in a block: so results do not
depend on how draws are cut into blocks, or who works on them. The rules are in engine.py and docs/methods/appraisal.md.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.layout import Drivers, Layout
from consortia.appraisal.profiles import MONTHS_IN_YEAR

LANES = 64
"""Draws side by side: what one driver needs in all years stays near the processor."""
_WHOLE = 1e30
"""Weight of a stream that takes all of its line: beside it no other one counts."""
_NEAR_ZERO = 1e-4
"""Below it a series is more exact than the quotient it stands for."""


class Columns(NamedTuple):
    """What is drawn: inputs [input, draw] and the factors of paths [path, year, draw]."""

    inputs: FloatArray
    paths: FloatArray


class Totals(NamedTuple):
    """What is worked out, draws last, real pounds; an array without places is not wanted."""

    npv: FloatArray
    """[partner, draw], discounted: what counts coming in, less what counts going out."""
    net: FloatArray
    """[year, draw] of all partners, not discounted."""
    project: FloatArray
    """[project, draw], discounted: its part of what is saved together."""
    alone: FloatArray
    """[project, draw], discounted: what it would save if no other project touched its lines."""
    accounts: FloatArray
    """[account, year, draw]"""
    unmet: FloatArray
    """[draw]: planned pounds, over all years, for which nothing was left on the line."""
    flows: FloatArray
    """[stream or settlement, year, draw]"""
    missed: FloatArray
    """[stream, year, draw]: the unmet part of each."""


class Desk(NamedTuple):
    """Where one worker notes what it needs for the draws in hand, draws last."""

    driven: FloatArray
    """[driver x year]"""
    metered: FloatArray
    """[meter x year]"""
    base: FloatArray
    room: FloatArray
    left: FloatArray
    taken: FloatArray
    amount: FloatArray
    scale: FloatArray
    weights: FloatArray
    """[stream of a line]"""


@njit(cache=True, nogil=True)
def appraise_draws(layout: Layout, columns: Columns, totals: Totals) -> None:
    """Adds all draws of the columns to the totals, which begin at nothing."""
    flows, lines = layout.flows, layout.lines
    years, draws = layout.factors.size, columns.inputs.shape[1]
    desk = _desk(layout)
    for first in range(0, draws, LANES):
        lanes = min(LANES, draws - first)
        desk.metered[:] = 0.0
        _drive(layout.drivers, columns, desk.driven, years, first, lanes)
        for line in range(lines.floor.size):
            for t in range(years):
                _on_line(layout, line, t, columns, totals, desk, first, lanes)
        for stream in range(lines.first[-1], flows.driver.size):
            for t in range(layout.drivers.begins[flows.driver[stream]], years):
                for i in range(lanes):
                    desk.amount[i] = flows.size[stream] * desk.driven[flows.driver[stream] * years + t, i]
                _book(layout, stream, t, totals, desk, first, lanes)
                _book_alone(layout, stream, t, totals, desk.amount, first, lanes)
        _settle(layout, columns, totals, desk, first, lanes)


@njit(cache=True)
def _desk(layout: Layout) -> Desk:
    years, lines = layout.factors.size, layout.lines
    most = 0
    for line in range(lines.floor.size):
        most = max(most, lines.first[line + 1] - lines.first[line])
    return Desk(
        np.zeros((layout.drivers.delivery.size * years, LANES)),
        np.zeros((layout.sizes[3] * years, LANES)),
        np.zeros(LANES),
        np.zeros(LANES),
        np.zeros(LANES),
        np.zeros(LANES),
        np.zeros(LANES),
        np.zeros(LANES),
        np.zeros((most, LANES)),
    )


@njit(cache=True)
def _drive(drivers: Drivers, columns: Columns, driven: FloatArray, years: int, first: int, lanes: int) -> None:
    """Each driver in each year: the plan moved by the delay, x delivered part x multipliers x path."""
    scale = np.empty(LANES)
    part = np.empty(LANES)
    back = np.empty(LANES, dtype=np.int64)
    for driver in range(drivers.delivery.size):
        _scale(drivers, driver, columns, scale, first, lanes)
        late = _lateness(drivers, driver, columns, part, back, years, first, lanes)
        path = drivers.path[driver]
        for t in range(years):
            row = driver * years + t
            now = years + 1 + t
            for i in range(lanes):
                planned = drivers.profile[driver, now]
                if late:
                    whole, before = drivers.profile[driver, now - back[i]], drivers.profile[driver, now - back[i] - 1]
                    planned = (1.0 - part[i]) * whole + part[i] * before
                driven[row, i] = planned * scale[i]
            if path >= 0:
                for i in range(lanes):
                    driven[row, i] *= columns.paths[path, t, first + i]


@njit(cache=True)
def _scale(drivers: Drivers, driver: int, columns: Columns, scale: FloatArray, first: int, lanes: int) -> None:
    scale[:] = 1.0
    if drivers.delivery[driver] >= 0:
        for i in range(lanes):
            scale[i] = columns.inputs[drivers.delivery[driver], first + i]
    for place in range(drivers.first_input[driver], drivers.first_input[driver + 1]):
        row = drivers.input_of[place]
        for i in range(lanes):
            scale[i] *= columns.inputs[row, first + i]


@njit(cache=True)
def _lateness(
    drivers: Drivers,
    driver: int,
    columns: Columns,
    part: FloatArray,
    back: np.ndarray,
    years: int,
    first: int,
    lanes: int,
) -> bool:
    """Whole years and the part of a year by which the plan comes late; False: it is never late."""
    delay, slip = drivers.delay[driver], drivers.slip[driver]
    if delay < 0 and slip < 0:
        return False
    for i in range(lanes):
        late = columns.inputs[delay, first + i] / MONTHS_IN_YEAR if delay >= 0 else 0.0
        late += columns.inputs[slip, first + i] if slip >= 0 else 0.0
        whole = min(np.floor(late), float(years))
        back[i] = int(whole)
        part[i] = min(late - whole, 1.0)
    return True


@njit(cache=True)
def _on_line(
    layout: Layout, line: int, t: int, columns: Columns, totals: Totals, desk: Desk, first: int, lanes: int
) -> None:
    """One line in one year: parts combine as 1 - prod(1 - f), amounts meet what is left, the floor holds."""
    lines = layout.lines
    _open_line(layout, line, t, columns, desk, first, lanes)
    if lines.amounts[line] > lines.first[line]:
        _combine(layout, line, t, desk, lanes)
        if not lines.mixed[line]:
            _book_worth(layout, lines.first[line], t, totals, desk.taken, first, lanes)
        if lines.split[line]:
            _split(layout, line, t, totals, desk, first, lanes)
        else:
            _book_parts(layout, lines.first[line], t, totals, desk, desk.taken, first, lanes)
        _parts_alone(layout, line, t, totals, desk, first, lanes)
    for stream in range(lines.amounts[line], lines.first[line + 1]):
        _meet(layout, stream, t, totals, desk, first, lanes)


@njit(cache=True)
def _open_line(layout: Layout, line: int, t: int, columns: Columns, desk: Desk, first: int, lanes: int) -> None:
    path = layout.lines.path[line]
    for i in range(lanes):
        desk.base[i] = layout.lines.base[line, t]
        if path >= 0:
            desk.base[i] *= columns.paths[path, t, first + i]
        desk.room[i] = max(desk.base[i] - layout.lines.floor[line], 0.0)
        desk.taken[i] = 0.0


@njit(cache=True)
def _combine(layout: Layout, line: int, t: int, desk: Desk, lanes: int) -> None:
    """What the parts take together: base x (1 - prod(1 - f)), at most what is above the floor."""
    flows, years = layout.flows, layout.factors.size
    desk.left[:] = 1.0
    for stream in range(layout.lines.first[line], layout.lines.amounts[line]):
        driver, size, cap = flows.driver[stream], flows.size[stream], flows.cap[stream]
        if t >= layout.drivers.begins[driver]:
            row = driver * years + t
            for i in range(lanes):
                desk.left[i] *= 1.0 - min(size * desk.driven[row, i], cap)
    for i in range(lanes):
        desk.taken[i] = min(desk.base[i] * (1.0 - desk.left[i]), desk.room[i])


@njit(cache=True)
def _split(layout: Layout, line: int, t: int, totals: Totals, desk: Desk, first: int, lanes: int) -> None:
    """What was taken, told apart by ln(1 - f): additive under merging (methods.md 5.8)."""
    start, end = layout.lines.first[line], layout.lines.amounts[line]
    desk.scale[:] = 0.0
    for stream in range(start, end):
        for i in range(lanes):
            part = _part(layout, stream, t, desk, i)
            desk.weights[stream - start, i] = np.log1p(-part) if part < 1.0 else -_WHOLE
            desk.scale[i] += desk.weights[stream - start, i]
    for i in range(lanes):
        total = desk.scale[i]
        if abs(total) < _NEAR_ZERO:  # (1 - e^x) / -x = 1 + x/2 + x^2/6 + ...: the quotient would lose its digits
            desk.scale[i] = min(desk.base[i] * (1.0 + total * (0.5 + total / 6.0)), _limit(desk.room[i], -total))
        else:
            desk.scale[i] = desk.taken[i] / -total
    for stream in range(start, end):
        for i in range(lanes):
            desk.amount[i] = -desk.weights[stream - start, i] * desk.scale[i]
        _book_parts(layout, stream, t, totals, desk, desk.amount, first, lanes)
        if layout.lines.mixed[line]:
            _book_worth(layout, stream, t, totals, desk.amount, first, lanes)


@njit(cache=True)
def _limit(room: float, part: float) -> float:
    """The base of which that part would take all the room."""
    return room / part if part > 0.0 else np.inf


@njit(cache=True)
def _part(layout: Layout, stream: int, t: int, desk: Desk, i: int) -> float:
    row = layout.flows.driver[stream] * layout.factors.size + t
    part: float = min(layout.flows.size[stream] * desk.driven[row, i], layout.flows.cap[stream])
    return part


@njit(cache=True)
def _parts_alone(layout: Layout, line: int, t: int, totals: Totals, desk: Desk, first: int, lanes: int) -> None:
    if totals.alone.size == 0:
        return
    for stream in range(layout.lines.first[line], layout.lines.amounts[line]):
        for i in range(lanes):
            desk.amount[i] = min(desk.base[i] * _part(layout, stream, t, desk, i), desk.room[i])
        _book_alone(layout, stream, t, totals, desk.amount, first, lanes)


@njit(cache=True)
def _meet(layout: Layout, stream: int, t: int, totals: Totals, desk: Desk, first: int, lanes: int) -> None:
    """An amount takes what is left of its line above the floor; the rest is unmet. Below zero it is extra cost."""
    row = layout.flows.driver[stream] * layout.factors.size + t
    for i in range(lanes):
        wanted = layout.flows.size[stream] * desk.driven[row, i]
        desk.amount[i] = min(wanted, desk.room[i])
        desk.scale[i] = wanted
    _book_alone(layout, stream, t, totals, desk.amount, first, lanes)
    for i in range(lanes):
        wanted = desk.scale[i]
        desk.amount[i] = min(wanted, max(desk.room[i] - desk.taken[i], 0.0))
        desk.taken[i] += desk.amount[i]
        totals.unmet[first + i] += wanted - desk.amount[i]
    if totals.missed.size:
        for i in range(lanes):
            totals.missed[layout.flows.origin[stream], t, first + i] = desk.scale[i] - desk.amount[i]
    _book(layout, stream, t, totals, desk, first, lanes)


@njit(cache=True)
def _book(layout: Layout, stream: int, t: int, totals: Totals, desk: Desk, first: int, lanes: int) -> None:
    """Enters `desk.amount` of one stream and year wherever it belongs."""
    _book_worth(layout, stream, t, totals, desk.amount, first, lanes)
    _book_parts(layout, stream, t, totals, desk, desk.amount, first, lanes)


@njit(cache=True)
def _book_worth(
    layout: Layout, stream: int, t: int, totals: Totals, amount: FloatArray, first: int, lanes: int
) -> None:
    """Enters an amount in the net present value of its partner and in the net of the year."""
    sign, partner = layout.flows.sign[stream], layout.flows.partner[stream]
    factor = sign * layout.factors[t]
    if sign != 0.0:
        for i in range(lanes):
            totals.npv[partner, first + i] += factor * amount[i]
            totals.net[t, first + i] += sign * amount[i]


@njit(cache=True)
def _book_parts(
    layout: Layout, stream: int, t: int, totals: Totals, desk: Desk, amount: FloatArray, first: int, lanes: int
) -> None:
    """Enters an amount under its project, account and meters."""
    flows = layout.flows
    account, project, factor = flows.account[stream], flows.project[stream], flows.sign[stream] * layout.factors[t]
    if totals.project.size:
        for i in range(lanes):
            totals.project[project, first + i] += factor * amount[i]
    if account >= 0:
        for i in range(lanes):
            totals.accounts[account, t, first + i] += amount[i]
    for place in range(flows.first_meter[stream], flows.first_meter[stream + 1]):
        row = flows.meter_of[place] * layout.factors.size + t
        for i in range(lanes):
            desk.metered[row, i] += amount[i]
    if totals.flows.size:
        for i in range(lanes):
            totals.flows[flows.origin[stream], t, first + i] = amount[i]


@njit(cache=True)
def _book_alone(
    layout: Layout, stream: int, t: int, totals: Totals, amount: FloatArray, first: int, lanes: int
) -> None:
    if totals.alone.size == 0 or layout.flows.sign[stream] == 0.0:
        return
    factor, project = layout.flows.sign[stream] * layout.factors[t], layout.flows.project[stream]
    for i in range(lanes):
        totals.alone[project, first + i] += factor * amount[i]


@njit(cache=True)
def _settle(layout: Layout, columns: Columns, totals: Totals, desk: Desk, first: int, lanes: int) -> None:
    """Contract terms on what projects delivered in the year: below x shortfall + above x excess, within bounds."""
    terms, years = layout.terms, layout.factors.size
    for place in range(terms.meter.size):
        stream = layout.flows.driver.size + place
        for t in range(years):
            row = terms.meter[place] * years + t
            for i in range(lanes):
                delivered = desk.metered[row, i]
                amount = terms.below[place] * max(0.0, terms.lower[place, t] - delivered)
                amount += terms.above[place] * max(0.0, delivered - terms.upper[place, t])
                amount = min(max(amount, terms.floor[place, t]), terms.cap[place, t])
                if terms.path[place] >= 0:
                    amount *= columns.paths[terms.path[place], t, first + i]
                desk.amount[i] = amount
            _book(layout, stream, t, totals, desk, first, lanes)
            _book_alone(layout, stream, t, totals, desk.amount, first, lanes)
