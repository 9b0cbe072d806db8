"""The equal profit method: savings per pound as alike as the core allows.

Source: Frisk, Göthe-Lundgren, Jörnsten and Rönnqvist (2010). Groups that would leave come in as rows when a scan finds
them. Where there is no core each group is granted what the least core grants it, so that there is always an answer.
"""

from typing import Final

import numpy as np

from consortia.partnership.excess_programme import EXACT, scaled
from consortia.partnership.excess_scan import free_direction, free_space, indicators, scan
from consortia.partnership.least_core import least_core
from consortia.partnership.masks import FloatArray, IntArray, player_count

ROWS_A_ROUND: Final = 40


def equal_profit(value: FloatArray, base: FloatArray) -> FloatArray:
    """Give the shares whose largest difference in saving per pound of `base` (what each pays alone) is least.

    Of the divisions in the core; of those in the least core where the core is empty. `ValueError` unless every base is
    above zero.
    """
    if len(base) != player_count(value) or not (np.asarray(base) > 0).all():
        raise ValueError("Equal profit needs a cost above zero for each player.")
    table, unit = scaled(value)
    granted = min(least_core(table).surplus, 0.0) - EXACT
    rows: list[int] = []
    while True:
        shares = _shares(table, np.asarray(base, dtype=np.float64), rows, granted)
        found = _leaving(table, shares, granted, rows)
        if not found.size:
            return shares * unit
        rows += found.tolist()


def _leaving(table: FloatArray, shares: FloatArray, granted: float, rows: list[int]) -> IntArray:
    found = scan(table, shares, free_direction(free_space(len(shares), [table.size - 1])))
    worse = found.masks[found.surplus < granted - EXACT][:ROWS_A_ROUND]
    return worse[~np.isin(worse, [*rows, table.size - 1])]


def _shares(table: FloatArray, base: FloatArray, rows: list[int], granted: float) -> FloatArray:
    """Solve for shares and the largest difference of share / base, over the groups that have come in."""
    from scipy.optimize import linprog

    players = base.size
    relative = np.diag(1.0 / base)
    differences = np.array([relative[i] - relative[j] for i in range(players) for j in range(players) if i != j])
    above = np.hstack([differences * base.mean(), -np.ones((len(differences), 1))])
    core = np.hstack([-indicators(players, rows), np.zeros((len(rows), 1))])
    found = linprog(
        np.r_[np.zeros(players), 1.0],
        A_ub=np.vstack([above, core]),
        b_ub=np.r_[np.zeros(len(above)), -(table[rows] + granted) if rows else np.zeros(0)],
        A_eq=np.r_[np.ones(players), 0.0][None, :],
        b_eq=[table[-1]],
        bounds=(None, None),
        options={"primal_feasibility_tolerance": EXACT},
    )
    if found.status != 0:
        raise ArithmeticError(f"The equal profit method found no division: {found.message}")
    return np.asarray(found.x[:-1])
