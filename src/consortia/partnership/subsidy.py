"""The least money from outside that would make somebody's division of the gains hold.

Source: Bachrach and others (2009), "The cost of stability in coalitional games". Nothing here knows of councils.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from consortia.partnership.masks import FloatArray, all_groups, group_sums, player_count

EXACT: Final = 1e-9
"""A group short of its worth by less than this part of the largest amount in the table is held."""
ROWS_A_ROUND: Final = 20


def least_subsidy(value: FloatArray, groups: Sequence[int]) -> float:
    """Give the least amount to add to what the groups are worth so that no set of players would leave; 0: none.

    In the unit of the table. The least sum of amounts that gives every set what it is worth alone, by a linear
    programme that takes sets in as a scan of the whole table finds them short. `groups` hold every player once.
    """
    players = player_count(value)
    unit = float(np.abs(value[1:][np.isfinite(value[1:])]).max(initial=0.0)) or 1.0
    rows = {*groups, *(1 << player for player in range(players))}
    while True:
        paid = _least_paid(value / unit, sorted(rows), players)
        short = value / unit - group_sums(paid)
        short[0] = 0.0
        worst = [int(mask) for mask in np.argsort(-short)[:ROWS_A_ROUND] if short[mask] > EXACT]
        if not worst or rows.issuperset(worst):
            return max(float(paid.sum()) * unit - float(value[list(groups)].sum()), 0.0)
        rows.update(worst)


def _least_paid(value: FloatArray, rows: Sequence[int], players: int) -> FloatArray:
    from scipy.optimize import linprog

    held = [mask for mask in rows if np.isfinite(value[mask])]
    members = (all_groups(players)[held][:, None] >> np.arange(players) & 1).astype(np.float64)
    found = linprog(np.ones(players), A_ub=-members, b_ub=-value[held], bounds=(None, None))
    return np.asarray(found.x)
