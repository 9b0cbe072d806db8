"""A group of players as one whole number: player i is in it when bit i is set.

A table over all groups is an array of length 2^n whose index is the group. This module knows nothing of councils.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
Worths = npt.NDArray[np.float64] | npt.NDArray[np.float32]
"""A table over all groups, in eight bytes a group or in four."""

MOST_PLAYERS = 22
"""Above this a table over all groups is too large to search by dynamic programming in reasonable time."""


def player_count(table: npt.NDArray[np.generic], most: int = MOST_PLAYERS) -> int:
    """Give the number of players of a table over all groups; `ValueError` unless its length is 2^n, 1 <= n <= most."""
    count = table.size.bit_length() - 1
    if table.ndim != 1 or table.size != 1 << count or count < 1:
        raise ValueError(f"A table over all groups has one dimension and 2^n entries, not shape {table.shape}.")
    if count > most:
        raise ValueError(f"{count} players are too many for a table over all groups (at most {most}).")
    return count


def players_of(mask: int) -> tuple[int, ...]:
    """Give the players of a group, lowest first."""
    return tuple(player for player in range(mask.bit_length()) if mask >> player & 1)


def mask_of(players: Sequence[int]) -> int:
    """Give the group of the players named."""
    return sum(1 << player for player in set(players))


def all_groups(players: int) -> IntArray:
    """Give every group of so many players, the empty one first."""
    if not 1 <= players <= MOST_PLAYERS:
        raise ValueError(f"A table over all groups takes 1 to {MOST_PLAYERS} players, not {players}.")
    return np.arange(1 << players, dtype=np.int64)


def group_sizes(players: int) -> IntArray:
    """Give the number of members of every group."""
    return np.bitwise_count(all_groups(players)).astype(np.int64)


def group_sums(amounts: Sequence[float] | FloatArray) -> FloatArray:
    """Give for every group the sum of its members' amounts, by doubling: 2^n additions."""
    sums = np.zeros(1 << len(amounts))
    for player, amount in enumerate(amounts):
        bit = 1 << player
        sums[bit : 2 * bit] = sums[:bit] + amount
    return sums


def pair_sums(matrix: FloatArray) -> FloatArray:
    """Give for every group the sum over its pairs i < j of `matrix[j, i]`, by doubling."""
    sums = np.zeros(1 << len(matrix))
    for player, row in enumerate(matrix):
        bit = 1 << player
        sums[bit : 2 * bit] = sums[:bit] + group_sums(row[:player])
    return sums


def groups_within(mask: int) -> IntArray:
    """Give every group inside `mask`, ordered so that entry k takes the members at the set bits of k."""
    inside = np.zeros(1, dtype=np.int64)
    for player in players_of(mask):
        inside = np.concatenate([inside, inside | np.int64(1 << player)])
    return inside
