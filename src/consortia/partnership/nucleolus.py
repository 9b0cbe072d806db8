"""The nucleolus: the division that treats the worst treated group as well as can be, then the next worst, and so on.

Source: Schmeidler (1969); the sequence of linear programmes of Maschler, Peleg and Shapley (1979), with groups brought
in as they are needed. A stage settles only groups that *every* best solution treats alike (a positive dual price);
stopping at the first solution gives a wrong answer, as the 1979 print of the Swedish water case shows. The answer is
checked by Kohlberg's criterion (1971).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from consortia.partnership.excess_programme import ExcessProgramme, scaled, weights_of
from consortia.partnership.excess_scan import indicators
from consortia.partnership.masks import FloatArray, group_sums, player_count

ALIKE: Final = 1e-7
"""Two surpluses that differ by less, for a table scaled to 1, are one level."""


@dataclass(frozen=True, slots=True)
class Nucleolus:
    """The shares in the unit of the table, with the work it took."""

    shares: FloatArray
    stages: int
    """Linear programmes whose best value was settled."""
    solves: int
    scans: int
    """Passes over all groups."""


def nucleolus(value: FloatArray, *, per_head: bool = False) -> Nucleolus:
    """Give the nucleolus of the group of all players; `per_head` counts a group's surplus for each member.

    `value[mask]` is what a group saves; minus infinity where it can not form. It is the pre-nucleolus (no player is
    *forced* to get what it has alone), which is the nucleolus wherever joining never costs. `ValueError` if a player
    alone or all together have no value.
    """
    _check(value)
    table, unit = scaled(value)
    programme = ExcessProgramme(table, per_head=per_head)
    shares, stages = table[-1:], 0
    while programme.rank < programme.players:
        shares, surplus = programme.solve()
        if not programme.settle(surplus):
            raise ArithmeticError("No group could be settled: the linear programme lost its precision.")
        stages += 1
    return Nucleolus(shares * unit, stages, programme.solves, programme.scans)


def is_nucleolus(value: FloatArray, shares: FloatArray, *, per_head: bool = False) -> bool:
    """Say by Kohlberg's criterion whether shares are the nucleolus: at every level of surplus the groups treated no
    better than that are balanced (some positive weights on all of them cover every player alike)."""
    table, unit = scaled(value)
    given = np.asarray(shares) / unit
    if abs(given.sum() - table[-1]) > ALIKE:
        return False
    return all(_balanced(level) for level in _levels(table, given, weights_of(table, per_head=per_head)))


def _levels(table: FloatArray, shares: FloatArray, weights: FloatArray) -> Iterator[FloatArray]:
    """Yield, level by level, who is in the groups treated no better, until they settle every share.

    A group that those of the levels before already determine is left out: it can be given a small weight for free.
    """
    players = player_count(table)
    surplus = (group_sums(shares) - table) / np.maximum(weights, 1.0)
    order = [int(mask) for mask in np.argsort(surplus, kind="stable") if 0 < mask < table.size - 1]
    held = np.ones((1, players))
    while np.linalg.matrix_rank(held) < players:
        level = surplus[order[0]] + ALIKE
        now = [mask for mask in order if surplus[mask] <= level]
        order = order[len(now) :]
        rank = np.linalg.matrix_rank(held)
        rows = indicators(players, now)
        new = [row for row in rows if np.linalg.matrix_rank(np.vstack([held, row])) > rank]
        if new:
            held = np.vstack([held, *new])
            yield held[1:]


def _balanced(groups: FloatArray) -> bool:
    """Say whether positive weights on all these groups, and any on the group of all, cover every player alike."""
    from scipy.optimize import linprog

    count, players = groups.shape
    equal = np.hstack([groups.T, -np.ones((players, 1)), groups.sum(axis=0)[:, None]])
    cost = np.zeros(count + 2)
    cost[-1] = -1.0
    bounds = [(0, None)] * count + [(None, None), (0, 1)]
    found = linprog(cost, A_eq=equal, b_eq=np.zeros(players), bounds=bounds)
    return bool(found.status == 0 and found.x[-1] > ALIKE)


def _check(value: FloatArray) -> None:
    players = player_count(value)
    if not np.isfinite(value[[*(1 << player for player in range(players)), -1]]).all():
        raise ValueError("The nucleolus needs the value of every player alone and of all together.")
