"""The best ways to divide players into groups, proved by dynamic programming over all groups.

The table of what every set can reach is exact, so it bounds every way to go on from a part of a division: the best of
them are found best first, always placing the lowest player next, so that every division is met once and in order.
Source: Yeh (1986) and Rothkopf, Pekec and Harstad (1998). Nothing here knows of councils.
"""

import heapq
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numba import njit

from consortia.partnership.masks import BoolArray, FloatArray, Worths, player_count, players_of
from consortia.partnership.worth_table import pairs_of, worth_table

METHOD: Final = "dynamic programming over all groups, lowest player first"
SAME: Final = 1e-12
"""Totals that differ by less than this fraction of the largest value are equal: the order of adding makes as much."""

RANKED_APART: Final = 4.0
"""Steps of that fraction by which each member who shares lowers the rank of divisions of equal value."""
MOST_DIVIDED: Final = 26
"""Each further player takes three times as long: 22 a second, 26 a minute or two."""
PART: Final = 1 << 20
"""Groups of a large table that are looked at at once."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """One division of all players: each player stands in exactly one group, alone or with others."""

    groups: tuple[int, ...]
    """The groups as bit masks, by lowest member."""
    value: float
    """The sum of the groups' values, in the unit of the table."""
    proved: bool
    """True: no division allowed by the table that is not listed before it is worth more."""
    pairs_evaluated: int
    """Work of the proof: (set, group) pairs looked at. 2^(n-1) + (3^(n-1) - 1)/2 whatever the values."""

    @property
    def together(self) -> tuple[int, ...]:
        """Give the groups of two and more."""
        return tuple(group for group in self.groups if group & (group - 1))


def best_partition(value: FloatArray) -> Grouping:
    """Give the division of all players with the highest total value, with proof.

    `value[mask]` is what a group is worth; minus infinity forbids it; `value[0]` is not read. Divisions of equal value
    (within 1e-10 of the largest value in the table) rank by fewest players who share at all, then by the lowest masks.
    `ValueError` if the table holds a not-a-number or plus infinity, or allows no division.
    """
    return best_partitions(value, 1)[0]


def best_partitions(value: FloatArray, k: int = 5) -> tuple[Grouping, ...]:
    """Give the k best distinct divisions, best first (all of them if there are fewer); ties and errors as above."""
    _check_table(value, k)
    table = _ranked(value)
    found = _best_first(table, worth_table(table[::2]), k, _noise(value))
    if not found:
        raise ValueError("The limits leave no way to divide the players.")
    players = player_count(value, MOST_DIVIDED)
    pairs = (value.size >> 1) + pairs_of(players - 1) if players > 1 else 1
    return tuple(Grouping(groups, _value(value, groups), True, pairs) for groups in found)


def best_value(value: FloatArray) -> float:
    """Give the highest total value of any division, without saying which: in less time; errors as above."""
    _check_table(value, 1)
    best = float((value[1::2] + worth_table(value[::2])[::-1]).max())
    if best == -np.inf:
        raise ValueError("The limits leave no way to divide the players.")
    return best


def count_best(value: FloatArray) -> int:
    """Give how many divisions are equally the best (within the tolerance for ties); 0 if none is allowed."""
    _check_table(value, 1)
    table, later = np.ascontiguousarray(value, dtype=np.float64), worth_table(value[::2])
    totals = table[1::2] + later[::-1]
    if totals.max() == -np.inf:
        return 0
    ways = np.zeros(later.size, np.int64)
    ways[::-1][totals >= totals.max() - _noise(value)] = 1
    return int(_count_ways(table[::2].copy(), later, ways, _noise(value)))


def singletons(value: FloatArray) -> Grouping:
    """Give the division in which every player stands alone: 'do nothing'."""
    groups = tuple(1 << player for player in range(player_count(value, MOST_DIVIDED)))
    return Grouping(groups, _value(value, groups), False, 0)


def count_divisions(allowed: BoolArray) -> int:
    """Give how many divisions into allowed groups there are: Bell's number if every group is allowed."""
    return count_best(limited(np.zeros(allowed.size), allowed))


def parted(grouping: Grouping, idle: Collection[int]) -> Grouping:
    """Give the division with those groups that share nothing as players alone, its value as it was."""
    kept = [mask for mask in grouping.groups if mask not in idle]
    alone = [1 << one for mask in grouping.groups if mask in idle for one in players_of(mask)]
    return replace(grouping, groups=tuple(sorted([*kept, *alone], key=lambda mask: mask & -mask)))


def limited(value: Worths, allowed: BoolArray) -> FloatArray:
    """Give the table with every group that is not allowed forbidden."""
    return np.where(allowed, np.asarray(value, np.float64), -np.inf)


def _check_table(value: FloatArray, k: int) -> None:
    player_count(value, MOST_DIVIDED)
    if k < 1:
        raise ValueError(f"At least one division must be asked for, not {k}.")
    if np.isnan(value[1:]).any() or np.isposinf(value[1:]).any():
        raise ValueError("The value of a group is a number or minus infinity (forbidden).")


def _ranked(value: FloatArray) -> FloatArray:
    """Take next to nothing off for every member who shares: of equals, those that share less come first."""
    ranked, step = np.array(value, dtype=np.float64), RANKED_APART * _noise(value)
    for start in range(0, value.size, PART):
        part = ranked[start : start + PART]
        sizes = np.bitwise_count(np.arange(start, start + part.size))
        part -= np.where(sizes > 1, step * sizes, 0.0)
    return ranked


def _noise(value: FloatArray) -> float:
    """The rounding of sums of values: a part of the largest that is finite."""
    largest = 0.0
    for start in range(1, value.size, PART):
        part = np.abs(value[start : start + PART])
        largest = max(largest, float(part.max(initial=0.0, where=np.isfinite(part))))
    return SAME * largest


def _value(value: FloatArray, groups: tuple[int, ...]) -> float:
    """Add from the last group backwards: the same sum in whatever way the division was found."""
    total = 0.0
    for group in reversed(groups):
        total += float(value[group])
    return total


def _best_first(table: FloatArray, later: FloatArray, k: int, noise: float) -> list[tuple[int, ...]]:
    """Go on from the most promising part of a division until k are whole; `later` bounds what the rest can add."""
    open_parts: list[tuple[float, tuple[int, ...], int, float]] = [(0.0, (), table.size - 1, 0.0)]
    whole: list[tuple[int, ...]] = []
    while open_parts and len(whole) < k:
        _, groups, rest, so_far = heapq.heappop(open_parts)
        if not rest:
            whole.append(groups)
            continue
        for rank, group in zip(*_next_groups(table, later, rest, so_far, k, noise or 1.0), strict=True):
            part = (*groups, int(group))
            heapq.heappush(open_parts, (-float(rank), part, rest ^ int(group), so_far + float(table[group])))
    return whole


@njit(cache=True)
def _next_groups(table, later, rest, so_far, k, noise):  # type: ignore[no-untyped-def]
    """The k best groups for the lowest player of `rest`: their ranks (whole steps of noise), best first, and masks.

    Of groups of one rank the lowest mask comes first; `later` is stored without the lowest player of all.
    """
    ranks, groups, count = np.empty(k), np.empty(k, np.int64), 0
    low = rest & -rest
    others = rest ^ low
    chosen = 0
    while True:
        group = low | chosen
        reach = so_far + table[group] + later[(rest ^ group) >> 1]
        if reach > -np.inf:
            rank = np.floor(reach / noise + 0.5)
            if count < k or rank > ranks[count - 1]:
                slot = min(count, k - 1)
                while slot > 0 and ranks[slot - 1] < rank:
                    ranks[slot], groups[slot] = ranks[slot - 1], groups[slot - 1]
                    slot -= 1
                ranks[slot], groups[slot] = rank, group
                count = min(count + 1, k)
        if chosen == others:
            break
        chosen = (chosen - others) & others
    return ranks[:count], groups[:count]


@njit(cache=True)
def _count_ways(value, best, ways, noise):  # type: ignore[no-untyped-def]
    """Count the ways from the sets begun with down to nobody, along choices that lose nothing."""
    for rest in range(value.size - 1, 0, -1):
        if ways[rest]:
            low = rest & -rest
            others = rest ^ low
            chosen = 0
            while True:
                group = low | chosen
                if value[group] + best[rest ^ group] >= best[rest] - noise:
                    ways[rest ^ group] += ways[rest]
                if chosen == others:
                    break
                chosen = (chosen - others) & others
    return ways[0]
