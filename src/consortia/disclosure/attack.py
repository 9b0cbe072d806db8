"""What an attacker can work out: the least and the most that a withheld cell can be, by linear programming."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from consortia.disclosure.tables import DisclosureTable

Floats = npt.NDArray[np.float64]
NOBODY = ""


@dataclass(frozen=True, slots=True)
class Interval:
    """All that a withheld cell can be, from what is shown; `high` is infinite where nothing bounds it."""

    low: float
    high: float

    @property
    def width(self) -> float:
        """The room that is left."""
        return self.high - self.low

    def reaches(self, low: float, high: float, *, need: float) -> bool:
        """True when it holds both ends, to a thousandth of the protection needed and the last digits of the solver."""
        slack = need / 1000 + 1e-9 * max(1.0, abs(high))
        return self.low <= low + slack and self.high >= high - slack


def feasible_intervals(
    table: DisclosureTable, known: Mapping[str, tuple[float, float]], *, of: Iterable[str], viewer: str = NOBODY
) -> dict[str, Interval]:
    """Gives the interval of each cell asked for, in the table's unit, from the cells known within bounds.

    The attacker knows the sums, that nothing is below zero, and what `viewer` put in. Two linear programmes for each
    cell, down and up (HiGHS). Source: Handbook on Statistical Disclosure Control, section 4.3 (audit of a table).
    """
    size = max((cell.value for cell in table.cells), default=1.0) or 1.0
    matrix = sums_matrix(table)
    bounds = [_bound(table, key, known, viewer, size) for key in table.by_key]
    places = {key: number for number, key in enumerate(table.by_key)}
    return {key: _interval(places[key], matrix, bounds, size) for key in of}


def sums_matrix(table: DisclosureTable) -> Floats:
    """One row for each sum: 1 for its parts, -1 for its total, so that row times cells is zero."""
    places = {key: number for number, key in enumerate(table.by_key)}
    matrix = np.zeros((len(table.sums), len(places)))
    for row, each in enumerate(table.sums):
        matrix[row, [places[part] for part in each.parts]] = 1.0
        matrix[row, places[each.total]] = -1.0
    return matrix


def own_part(table: DisclosureTable, key: str, viewer: str) -> float:
    """What the viewer put into a cell, and so knows."""
    return float(table.by_key[key].contributions.get(viewer, 0.0))


def knows_whole(table: DisclosureTable, key: str, viewer: str) -> bool:
    """True when nobody but the viewer put anything into the cell."""
    cell = table.by_key[key]
    return viewer != NOBODY and bool(cell.largest_first) and own_part(table, key, viewer) == cell.value


def _bound(
    table: DisclosureTable, key: str, known: Mapping[str, tuple[float, float]], viewer: str, size: float
) -> tuple[float, float | None]:
    if knows_whole(table, key, viewer):
        own = own_part(table, key, viewer) / size
        return own, own
    if key in known:
        return known[key][0] / size, known[key][1] / size
    return own_part(table, key, viewer) / size, None


def _interval(place: int, matrix: Floats, bounds: list[tuple[float, float | None]], size: float) -> Interval:
    ends = [_extreme(place, matrix, bounds, sign) for sign in (1.0, -1.0)]
    return Interval(ends[0] * size, ends[1] * size)


def _extreme(place: int, matrix: Floats, bounds: list[tuple[float, float | None]], sign: float) -> float:
    """The least (sign 1) or the greatest (sign -1) of one cell, all cells in units of the largest."""
    from scipy.optimize import linprog

    goal = np.zeros(matrix.shape[1])
    goal[place] = sign
    limits = {"A_eq": matrix, "b_eq": np.zeros(len(matrix))} if len(matrix) else {}
    found = linprog(goal, bounds=bounds, method="highs", **limits)
    if found.status == 3:
        return float(-sign * np.inf)
    if found.status != 0:
        raise ValueError(f"the table contradicts itself: {found.message}")
    return float(found.x[place])
