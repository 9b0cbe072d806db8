"""The groups that a division of the gains treats worst: one pass over all groups, a block of them at a time.

A group's *surplus* is what its members are given together, less what it is worth alone, for each unit of its weight
(1, or the number of members). The nucleolus and the least core make the smallest surplus as large as it can be.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numba import njit

from consortia.partnership.masks import FloatArray, IntArray, player_count

BLOCK_PLAYERS: Final = 10
"""The lowest players, at most so many, span a block of groups whose sums stay in the fastest memory."""
BLOCKS_PLAYERS: Final = 5
"""The highest players, at least so many, tell the blocks apart: with few blocks little would be learned of a pass."""
SEED: Final = 20_260_401
DETERMINED: Final = 1e-7
"""A group whose direction sums to less is settled by the groups fixed before: no division left can change its sum."""


@dataclass(frozen=True, slots=True)
class Scan:
    """The worst treated group of each block, worst first."""

    masks: IntArray
    surplus: FloatArray


def scan(value: FloatArray, shares: FloatArray, direction: FloatArray, *, per_head: bool = False) -> Scan:
    """Give the group of smallest surplus in each block of groups, the empty group left out.

    `direction` is that of `free_direction`: groups that it sums to nothing over are settled and are passed over.
    Groups at minus infinity can not form and are passed over.
    """
    low = min(BLOCK_PLAYERS, max(player_count(value) - BLOCKS_PLAYERS, 0))
    masks, surplus = _scan(value.reshape(-1, 1 << low), shares, direction, per_head)
    order = np.argsort(surplus, kind="stable")
    order = order[np.isfinite(surplus[order])]
    return Scan(masks[order], surplus[order])


def free_space(players: int, settled: Iterable[int]) -> FloatArray:
    """Give directions at right angles, one a row, that the settled groups do not feel: all that is left to settle."""
    _, sizes, turned = np.linalg.svd(indicators(players, settled))
    return np.asarray(turned[int((sizes > DETERMINED).sum()) :])


def free_direction(space: FloatArray) -> FloatArray:
    """Give a random direction of a `free_space`: it sums to nothing over each group that the settled ones determine."""
    return np.asarray(np.random.default_rng(SEED).standard_normal(len(space)) @ space)


def indicators(players: int, groups: Iterable[int]) -> FloatArray:
    """Give a row for each group with a 1 for each of its members."""
    masks = np.fromiter(groups, dtype=np.int64)
    return (masks[:, None] >> np.arange(players) & 1).astype(np.float64)


@njit(cache=True)
def _sums(amounts):  # type: ignore[no-untyped-def]
    sums = np.zeros(1 << amounts.size)
    for player in range(amounts.size):
        bit = 1 << player
        for place in range(bit):
            sums[bit + place] = sums[place] + amounts[player]
    return sums


@njit(cache=True)
def _members(group):  # type: ignore[no-untyped-def]
    members = 0
    while group:
        group &= group - 1
        members += 1
    return members


@njit(cache=True)
def _scan(value, shares, direction, per_head):  # type: ignore[no-untyped-def]
    blocks, width = value.shape
    low = 0
    while 1 << low < width:
        low += 1
    given_above, given_below = _sums(shares[low:]), _sums(shares[:low])
    moved_above, moved_below = _sums(direction[low:]), _sums(direction[:low])
    heads = np.array([_members(group) for group in range(width)])
    masks, smallest = np.zeros(blocks, np.int64), np.full(blocks, np.inf)
    for block in range(blocks):
        above, given, moved = _members(block), given_above[block], moved_above[block]
        least, found = np.inf, -1
        for place in range(width):
            surplus = given + given_below[place] - value[block, place]
            if per_head:
                surplus /= max(above + heads[place], 1)
            if surplus < least and abs(moved + moved_below[place]) > DETERMINED:
                least, found = surplus, place
        masks[block], smallest[block] = block * width + found, least
    return masks, smallest
