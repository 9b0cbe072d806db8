"""The best ways to divide players into groups, proved by dynamic programming over all groups.

Source: Yeh (1986) and Rothkopf, Pekec and Harstad (1998), in the form that always places the lowest player first, so
that every division is met exactly once and the k best are distinct. Nothing here knows of councils.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numba import njit

from consortia.partnership.masks import BoolArray, FloatArray, IntArray, player_count

METHOD: Final = "dynamic programming over all groups, lowest player first"
LOWEST: Final = -float(np.finfo(np.float64).max)
"""Below every number and above minus infinity: a candidate has to reach it, a forbidden group never does."""
SAME: Final = 1e-12
"""Totals that differ by less than this fraction of the largest value are equal: the order of adding makes as much."""


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
    """Work done: (set, group) pairs looked at. 2^(n-1) + (3^(n-1) - 1)/2 whatever the values."""

    @property
    def together(self) -> tuple[int, ...]:
        """Give the groups of two and more."""
        return tuple(group for group in self.groups if group & (group - 1))


def best_partition(value: FloatArray) -> Grouping:
    """Give the division of all players with the highest total value, with proof.

    `value[mask]` is what a group is worth; minus infinity forbids it; `value[0]` is not read. Divisions of equal value
    (within 1e-12 of the largest value in the table) rank by fewest players who share at all, then by the lowest masks.
    `ValueError` if the table holds a not-a-number or plus infinity, or allows no division.
    """
    return best_partitions(value, 1)[0]


def best_partitions(value: FloatArray, k: int = 5) -> tuple[Grouping, ...]:
    """Give the k best distinct divisions, best first (all of them if there are fewer); ties and errors as above."""
    _check_table(value, k)
    best, pairs = _rank_divisions(np.ascontiguousarray(value, dtype=np.float64), k, _noise(value))
    if best.shape[0] == 0:
        raise ValueError("The limits leave no way to divide the players.")
    return tuple(Grouping(_groups(row), _value(value, row), True, int(pairs)) for row in best)


def best_value(value: FloatArray) -> float:
    """Give the highest total value of any division, without saying which: several times as fast; errors as above."""
    _check_table(value, 1)
    best = float(_totals_by_first_group(value, _worth_without_first(value)).max())
    if best == -np.inf:
        raise ValueError("The limits leave no way to divide the players.")
    return best


def count_best(value: FloatArray) -> int:
    """Give how many divisions are equally the best (within the tolerance for ties); 0 if none is allowed."""
    _check_table(value, 1)
    later, noise = _worth_without_first(value), _noise(value)
    ways = np.asarray(_count_ways(np.ascontiguousarray(value[::2], dtype=np.float64), later, noise))
    totals = _totals_by_first_group(value, later)
    return int(ways[::-1][totals >= max(totals.max() - noise, LOWEST)].sum())


def singletons(value: FloatArray) -> Grouping:
    """Give the division in which every player stands alone: 'do nothing'."""
    groups = tuple(1 << player for player in range(player_count(value)))
    return Grouping(groups, _value(value, groups), False, 0)


def worth(value: FloatArray) -> FloatArray:
    """Give for every set of players the most it can reach by itself, by splitting into groups as suits it.

    This is the superadditive cover of the table. (3^n - 1)/2 pairs.
    """
    _check_table(value, 1)
    return np.asarray(_worth(np.ascontiguousarray(value, dtype=np.float64)))


def count_divisions(allowed: BoolArray) -> int:
    """Give how many divisions into allowed groups there are: Bell's number if every group is allowed."""
    return count_best(limited(np.zeros(allowed.size), allowed))


def limited(value: FloatArray, allowed: BoolArray) -> FloatArray:
    """Give the table with every group that is not allowed forbidden."""
    return np.where(allowed, value, -np.inf)


def _check_table(value: FloatArray, k: int) -> None:
    player_count(value)
    if k < 1:
        raise ValueError(f"At least one division must be asked for, not {k}.")
    if np.isnan(value[1:]).any() or np.isposinf(value[1:]).any():
        raise ValueError("The value of a group is a number or minus infinity (forbidden).")


def _worth_without_first(value: FloatArray) -> FloatArray:
    """Give the worth of every set without player 0, by the mask of the others: a third of the work of `worth`."""
    return np.asarray(_worth(np.ascontiguousarray(value[::2], dtype=np.float64)))


def _totals_by_first_group(value: FloatArray, later: FloatArray) -> FloatArray:
    """Give for every group with player 0 its value and what the others are worth, by the mask of its other members."""
    return np.asarray(value[1::2] + later[::-1])


def _noise(value: FloatArray) -> float:
    finite = value[1:][np.isfinite(value[1:])]
    return SAME * float(np.abs(finite).max(initial=0.0))


def _groups(row: IntArray) -> tuple[int, ...]:
    return tuple(int(group) for group in row if group)


def _value(value: FloatArray, groups: tuple[int, ...] | IntArray) -> float:
    """Add from the last group backwards, as the dynamic programme does, so that equal means equal."""
    total = 0.0
    for group in reversed(groups):
        total = float(value[group]) + total if group else total
    return total


@njit(cache=True)
def _shared(group):  # type: ignore[no-untyped-def]
    """Count the members of a group of two and more; a player alone shares nothing."""
    members = 0
    rest = group
    while rest:
        rest &= rest - 1
        members += 1
    return members if members > 1 else 0


@njit(cache=True)
def _insert(totals, shared, groups, ranks, place, group, total, moved, rank, noise):  # type: ignore[no-untyped-def]
    """Put one candidate into the sorted column of the best of a set, unless it does not belong there.

    Only a strictly better candidate passes an earlier one: candidates come by rising mask, which settles ties.
    """
    slot = totals.shape[0]
    while slot > 0 and (
        total > totals[slot - 1, place] + noise
        or (total >= totals[slot - 1, place] - noise and moved < shared[slot - 1, place])
    ):
        slot -= 1
        if slot + 1 < totals.shape[0]:
            totals[slot + 1, place], shared[slot + 1, place] = totals[slot, place], shared[slot, place]
            groups[slot + 1, place], ranks[slot + 1, place] = groups[slot, place], ranks[slot, place]
    if slot < totals.shape[0]:
        totals[slot, place], shared[slot, place] = total, moved
        groups[slot, place], ranks[slot, place] = group, rank


@njit(cache=True)
def _offer(totals, shared, groups, ranks, place, group, rest, group_value, noise):  # type: ignore[no-untyped-def]
    """Offer a group joined to each of the best divisions of the rest; give the value that the next must reach."""
    last = totals.shape[0] - 1
    moved = _shared(group)
    for rank in range(last + 1):
        total = group_value + totals[rank, rest]
        if total == -np.inf or total < totals[last, place] - noise:
            break
        _insert(totals, shared, groups, ranks, place, group, total, moved + shared[rank, rest], rank, noise)
    return max(totals[last, place] - noise, LOWEST)


@njit(cache=True)
def _rank_divisions(value, k, noise):  # type: ignore[no-untyped-def]
    """Rank the divisions of every set without player 0, then of the whole; sets are stored without that bit."""
    half = value.size >> 1
    totals = np.full((k, half + 1), -np.inf)
    shared = np.zeros((k, half + 1), np.int8)
    groups = np.zeros((k, half + 1), np.int32)
    ranks = np.zeros((k, half + 1), np.int16)
    best = totals[0]
    best[0] = 0.0
    later, pairs = value[::2].copy(), 0
    for place in range(1, half):
        low = place & -place
        others = place ^ low
        chosen, floor = 0, LOWEST
        while True:
            if later[low | chosen] + best[others ^ chosen] >= floor:
                group, rest = low | chosen, others ^ chosen
                floor = _offer(totals, shared, groups, ranks, place, group << 1, rest, later[group], noise)
            pairs += 1
            if chosen == others:
                break
            chosen = (chosen - others) & others
    for chosen in range(half):
        group, rest = (chosen << 1) | 1, (half - 1) ^ chosen
        _offer(totals, shared, groups, ranks, half, group, rest, value[group], noise)
        pairs += 1
    return _trace(totals, groups, ranks, half), pairs


@njit(cache=True)
def _trace(totals, groups, ranks, half):  # type: ignore[no-untyped-def]
    """Follow the choices back: one row of groups for each of the best divisions of the whole."""
    players = 1
    while half >> (players - 1) > 1:
        players += 1
    found = 0
    while found < totals.shape[0] and totals[found, half] > -np.inf:
        found += 1
    best = np.zeros((found, players), np.int64)
    for row in range(found):
        place, rank, column, left = half, row, 0, 2 * half - 1
        while left:
            group = groups[rank, place]
            rank = ranks[rank, place]
            left ^= group
            place = left >> 1
            best[row, column] = group
            column += 1
    return best


@njit(cache=True)
def _worth(value):  # type: ignore[no-untyped-def]
    best = np.zeros(value.size)
    for place in range(1, value.size):
        low = place & -place
        others = place ^ low
        most = -np.inf
        chosen = 0
        while True:
            most = max(most, value[low | chosen] + best[others ^ chosen])
            if chosen == others:
                break
            chosen = (chosen - others) & others
        best[place] = most
    return best


@njit(cache=True)
def _count_ways(value, best, noise):  # type: ignore[no-untyped-def]
    """Count for every set the divisions that reach its best, along choices that lose nothing."""
    ways = np.zeros(value.size, np.int64)
    ways[0] = 1
    for place in range(1, value.size):
        low = place & -place
        others = place ^ low
        chosen = 0
        while True:
            if value[low | chosen] + best[others ^ chosen] >= max(best[place] - noise, LOWEST):
                ways[place] += ways[others ^ chosen]
            if chosen == others:
                break
            chosen = (chosen - others) & others
    return ways
