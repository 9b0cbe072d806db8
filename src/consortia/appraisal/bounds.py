"""On which lines neither a cap nor the floor can bind in the draws in hand: there they are left out.

A bound that does not bind changes no bit, so that results do not depend on which draws are side by side. One counts as
binding unless it is missed by far more than rounding.
"""

from __future__ import annotations

from numba import njit

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.desk import Desk
from consortia.appraisal.lanes import LANES
from consortia.appraisal.layout import Layout

_MARGIN = 1e-12
"""Part of a line: far more than rounding."""


@njit()
def extremes(rows: FloatArray, row: int, low: FloatArray, high: FloatArray) -> tuple[float, float]:
    """The lowest and the highest amount of a row, found by halves; `low` and `high` are for notes."""
    for i in range(LANES):
        low[0, i] = high[0, i] = rows[row, i]
    half = LANES // 2
    while half > 0:
        for i in range(half):
            low[0, i] = min(low[0, i], low[0, i + half])
            high[0, i] = max(high[0, i], high[0, i + half])
        half //= 2
    return low[0, 0], high[0, 0]


@njit()
def times(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    """The extremes of a product, given those of its factors."""
    low, high = one[0] * other[0], one[0] * other[1]
    low, high = min(low, high), max(low, high)
    for product in (one[1] * other[0], one[1] * other[1]):
        low, high = min(low, product), max(high, product)
    return low, high


@njit()
def bound_paths(desk: Desk, years: int) -> None:
    """The extremes of each path, over all years."""
    for path in range(desk.of_path.shape[0]):
        low, high = extremes(desk.paths, path * years, desk.left, desk.amount)
        for t in range(1, years):
            least, most = extremes(desk.paths, path * years + t, desk.left, desk.amount)
            low, high = min(low, least), max(high, most)
        desk.of_path[path, 0], desk.of_path[path, 1] = low, high


@njit()
def find_free(layout: Layout, desk: Desk) -> None:
    """Finds the lines from the extremes of their drivers and paths."""
    lines, driver, size, cap = layout.lines, layout.flows.driver, layout.flows.size, layout.flows.cap
    first, last, path, floor, of_driver = lines.first, lines.amounts, lines.path, lines.kept, desk.of_driver
    for line in range(first.size - 1):
        kept, within = 1.0, True
        for part in range(first[line], last[line]):
            low, high = of_driver[driver[part], 0], of_driver[driver[part], 1]
            highest = max(size[part] * low, size[part] * high)
            within = within and highest + _MARGIN < cap[part]
            kept *= 1.0 - highest
        least = desk.of_path[path[line], 0]
        desk.free[line] = within and least >= 0.0 and (kept - _MARGIN) * least > floor[line]
