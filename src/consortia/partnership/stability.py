"""Will a division of the gains hold? The core test, over every group of all the players.

A division is stable when no group, in any combination across the groups chosen, is worth more by itself than its
members are given together. Nothing here knows of councils.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from consortia.partnership.masks import FloatArray, group_sums, player_count

NOISE: Final = 1e-9
"""A group blocks only if it gains more than this fraction of the largest amount in the table: less is rounding noise of
the arithmetic (one pound in a billion), not a reason to leave."""


@dataclass(frozen=True, slots=True)
class Blocking:
    """A group that would do better alone, and by how much in all, in the unit of the table."""

    mask: int
    gain: float


def blocking_groups(value: FloatArray, shares: FloatArray, *, count: int = 3) -> tuple[Blocking, ...]:
    """Give the groups that would gain most by leaving a division, most first; empty if the division is stable.

    `value[mask]` as for `best_partition`: a group at minus infinity cannot form and so cannot block. Of groups with the
    same gain the lowest mask comes first.
    """
    gains = _gains(value, shares)
    above = np.flatnonzero(gains > _noise(value))
    order = above[np.argsort(-gains[above], kind="stable")]
    return tuple(Blocking(int(mask), float(gains[mask])) for mask in order[:count])


def count_blocking(value: FloatArray, shares: FloatArray) -> int:
    """Give how many groups would gain by leaving a division."""
    return int((_gains(value, shares) > _noise(value)).sum())


def is_stable(value: FloatArray, shares: FloatArray) -> bool:
    """Say whether no group would do better alone."""
    return not blocking_groups(value, shares, count=1)


def _gains(value: FloatArray, shares: FloatArray) -> FloatArray:
    if len(shares) != player_count(value):
        raise ValueError(f"{len(shares)} shares do not fit a table of {value.size} groups.")
    gains = value - group_sums(shares)
    gains[0] = 0.0
    return gains


def _noise(value: FloatArray) -> float:
    finite = value[1:][np.isfinite(value[1:])]
    return NOISE * float(np.abs(finite).max(initial=0.0))
