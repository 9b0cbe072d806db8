"""The nucleolus: the division that treats the worst treated group as well as can be, then the next worst, and so on.

Source: Schmeidler (1969); the sequence of linear programmes of Maschler, Peleg and Shapley (1979), with groups brought
in as they are needed. A stage settles only groups that *every* best solution treats alike (a positive dual price);
stopping at the first solution gives a wrong answer, as the 1979 print of the Swedish water case shows. Where the
players stand in several groups, each shares its own worth, yet every set across them may complain (Aumann and Dreze
1974): so the shares are stable whenever any are. The answer is checked by Kohlberg's criterion (1971).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from consortia.partnership.excess_programme import ExcessProgramme, least_shares, scaled, weights_of
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


def nucleolus(value: FloatArray, *, groups: Sequence[int] = (), per_head: bool = False) -> Nucleolus:
    """Give the nucleolus of the groups (none given: one of all players); `per_head` counts a surplus for each member.

    `value[mask]` is what a group saves; minus infinity where it can not form. Nobody gets less than it has alone,
    unless its group is worth less than that in all. `ValueError` if a player alone or a group has no value.
    """
    _check(value, groups)
    table, unit = scaled(value)
    programme = ExcessProgramme(table, groups=groups, per_head=per_head)
    shares, stages = least_shares(table, programme.groups), 0
    while programme.rank < programme.players:
        shares, surplus = programme.solve()
        if not programme.settle(surplus):
            raise ArithmeticError("No group could be settled: the linear programme lost its precision.")
        stages += 1
    return Nucleolus(shares * unit, stages, programme.solves, programme.scans)


def is_nucleolus(value: FloatArray, shares: FloatArray, *, groups: Sequence[int] = (), per_head: bool = False) -> bool:
    """Say by Kohlberg's criterion whether shares are the nucleolus.

    At every level of surplus the sets treated no better are balanced: positive weights on all of them, with any on
    those who get no more than they must, cover the members of each group alike.
    """
    table, unit = scaled(value)
    given, whole = np.asarray(shares) / unit, tuple(groups) or (value.size - 1,)
    sums, least = group_sums(given), least_shares(table, whole)
    if np.abs(sums[list(whole)] - table[list(whole)]).max() > ALIKE or (given < least - ALIKE).any():
        return False
    held, bound = indicators(given.size, whole), np.eye(given.size)[given <= least + ALIKE]
    surplus = (sums - table) / np.maximum(weights_of(table, per_head=per_head), 1.0)
    surplus[[0, *whole]] = np.inf
    return all(_balanced(level, held, bound) for level in _levels(surplus, held))


def _levels(surplus: FloatArray, held: FloatArray) -> Iterator[FloatArray]:
    """Yield, level by level, who is in the sets treated no better, until they settle every share.

    A set that those of the levels before already determine is left out: it can be given a small weight for free.
    """
    players, groups = held.shape[1], len(held)
    order = [int(mask) for mask in np.argsort(surplus, kind="stable") if np.isfinite(surplus[mask])]
    while np.linalg.matrix_rank(held) < players:
        level = surplus[order[0]] + ALIKE
        now = [mask for mask in order if surplus[mask] <= level]
        order = order[len(now) :]
        rank = np.linalg.matrix_rank(held)
        rows = indicators(players, now)
        new = [row for row in rows if np.linalg.matrix_rank(np.vstack([held, row])) > rank]
        if new:
            held = np.vstack([held, *new])
            yield held[groups:]


def _balanced(sets: FloatArray, groups: FloatArray, bound: FloatArray) -> bool:
    """Say whether positive weights on all these sets cover the members of each group alike.

    Who is at its least share may be given any weight besides. The least weight on a set is made as large as it can be.
    """
    from scipy.optimize import linprog

    weighed = np.vstack([sets, bound, -groups, sets.sum(axis=0)])
    cost = np.zeros(len(weighed))
    cost[-1] = -1.0
    bounds = [(0, None)] * (len(sets) + len(bound)) + [(None, None)] * len(groups) + [(0, 1)]
    found = linprog(cost, A_eq=weighed.T, b_eq=np.zeros(sets.shape[1]), bounds=bounds)
    return bool(found.status == 0 and found.x[-1] > ALIKE)


def _check(value: FloatArray, groups: Sequence[int]) -> None:
    needed = [*(1 << player for player in range(player_count(value))), *(groups or [value.size - 1])]
    if not np.isfinite(value[needed]).all():
        raise ValueError("The nucleolus needs the value of every player alone and of every group.")
