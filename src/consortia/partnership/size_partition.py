"""The best division of any number of players where a group's worth depends on its total and its size alone.

By rule 2 without unlikeness a group of m is worth C(S) g(m) less a fixed cost, so a division is worth what the cost of
each player brings in a group of that size. However many groups of each size there are, the largest costs belong
into the sizes that bring most: sizes are taken in that order, players by falling cost, and a programme over (size,
players placed) finds how many groups of each size are best. Groups of one size may exchange players at no loss.
Source: the rearrangement inequality (Hardy, Littlewood and Polya 1934). Nothing here knows of councils.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from consortia.partnership.masks import FloatArray, mask_of
from consortia.partnership.table_partition import WholeDivision
from consortia.partnership.value import GroupModel, brings_by_size

METHOD: Final = "programme over sizes of groups"


def best_by_size(model: GroupModel) -> WholeDivision | None:
    """Give the best division of any number of players, proved; `None` where a group's worth depends on who is in it."""
    found = brings_by_size(model)
    if found is None:
        return None
    brings, fixed = found
    cost = np.array(model.cost)
    groups = _best_groups(cost, brings, fixed)
    value = float(sum(cost[list(group)].sum() * brings[len(group)] - fixed for group in groups if len(group) > 1))
    return WholeDivision(
        groups=tuple(sorted(map(mask_of, groups), key=_lowest)), value=value, bound=value, proved=True, prices=(),
        rounds=0, groups_looked_at=0, programmes=0, kept=0, states=cost.size * (cost.size + 1), method=METHOD,
    )  # fmt: skip


def _lowest(group: int) -> int:
    return group & -group


def _best_groups(cost: FloatArray, brings: FloatArray, fixed: float) -> list[tuple[int, ...]]:
    """`brings[m]` is what a pound of cost brings in a group of m; alone it brings nothing and costs nothing fixed."""
    players, order = cost.size, np.argsort(-cost, kind="stable")
    before = np.append(0.0, np.cumsum(cost[order]))
    sizes = sorted(range(1, players + 1), key=lambda size: (-brings[size], size))
    counts = _best_counts(before, sizes, brings, fixed)
    groups, placed = [], 0
    for size, count in zip(sizes, counts, strict=True):
        for _ in range(count):
            groups.append(tuple(sorted(order[placed : placed + size].tolist())))
            placed += size
    return groups


def _best_counts(before: FloatArray, sizes: Sequence[int], brings: FloatArray, fixed: float) -> list[int]:
    """How many groups of each size, sizes by what they bring; `before[p]` is the cost of the first p players."""
    players = before.size - 1
    best = np.full((players + 1, players + 1), -np.inf)
    best[players, players] = 0.0
    count = np.zeros((players, players + 1), np.int64)
    for step in range(players - 1, -1, -1):
        size = sizes[step]
        costs = 0.0 if size == 1 else fixed
        for placed in range(players + 1):
            ends = np.arange(placed, players + 1, size)
            worth = brings[size] * (before[ends] - before[placed]) - costs * np.arange(ends.size) + best[step + 1, ends]
            count[step, placed] = worth.argmax()
            best[step, placed] = worth.max()
    counts, placed = [], 0
    for step, size in enumerate(sizes):
        counts.append(int(count[step, placed]))
        placed += size * counts[-1]
    return counts
