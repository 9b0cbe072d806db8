"""The groups that a division of the gains treats worst: one pass over all groups, a block of them at a time.

A group's *surplus* is what its members are given together, less what it is worth alone, for each unit of its weight
(1, or the number of members). The nucleolus and the least core make the smallest surplus as large as it can be.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numba import njit

from consortia.partnership.masks import FloatArray, IntArray, group_sums, player_count

BLOCK_PLAYERS: Final = 10
"""The lowest players span a block of groups whose sums stay in the fastest memory."""
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
    low = min(BLOCK_PLAYERS, player_count(value))
    masks, surplus = _scan(value.reshape(-1, 1 << low), _split(shares, low), _split(direction, low), per_head)
    order = np.argsort(surplus, kind="stable")
    order = order[np.isfinite(surplus[order])]
    return Scan(masks[order], surplus[order])


def free_direction(players: int, settled: Iterable[int]) -> FloatArray:
    """Give a random direction that the settled groups do not feel: it sums to nothing over each of them."""
    held = indicators(players, settled)
    _, sizes, turned = np.linalg.svd(held)
    free = turned[int((sizes > DETERMINED).sum()) :]
    return np.asarray(np.random.default_rng(SEED).standard_normal(len(free)) @ free)


def indicators(players: int, groups: Iterable[int]) -> FloatArray:
    """Give a row for each group with a 1 for each of its members."""
    masks = np.fromiter(groups, dtype=np.int64)
    return (masks[:, None] >> np.arange(players) & 1).astype(np.float64)


def _split(amounts: FloatArray, low: int) -> tuple[FloatArray, FloatArray]:
    """Sums over the groups of the highest players and over those of the lowest."""
    return group_sums(amounts[low:]), group_sums(amounts[:low])


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
    masks = np.zeros(blocks, np.int64)
    smallest = np.full(blocks, np.inf)
    heads = np.array([_members(group) for group in range(width)])
    for block in range(blocks):
        above, given, moved = _members(block), shares[0][block], direction[0][block]
        least, found = np.inf, -1
        for place in range(width):
            surplus = given + shares[1][place] - value[block, place]
            if per_head:
                surplus /= max(above + heads[place], 1)
            if surplus < least and abs(moved + direction[1][place]) > DETERMINED:
                least, found = surplus, place
        masks[block], smallest[block] = block * width + found, least
    return masks, smallest
