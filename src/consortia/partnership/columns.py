"""Possible groups as a list, where there are too many players for a table over all groups.

A row of `members` holds one group's players in any order, filled up with -1. Nothing here knows of councils.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from consortia.partnership.masks import BoolArray, FloatArray, IntArray

NOBODY = -1
MOST_PLAYERS_LISTED = 32_000
"""Players are numbered in sixteen bits."""

Members = npt.NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Columns:
    """So many possible groups of so many players, each a row of player numbers filled up with -1."""

    players: int
    members: Members

    def __post_init__(self) -> None:
        """Refuse what is not a list of groups: `ValueError` with the reason."""
        if not 1 <= self.players <= MOST_PLAYERS_LISTED or self.members.ndim != 2 or not self.members.shape[1]:
            raise ValueError(f"{self.players} players and rows of shape {self.members.shape} make no list of groups.")
        if self.members.size and not (self.members.min() >= NOBODY and self.members.max() < self.players):
            raise ValueError(f"Players are numbered from 0 to {self.players - 1}.")

    def __len__(self) -> int:
        """Give the number of groups."""
        return len(self.members)

    @property
    def sizes(self) -> IntArray:
        """Give the number of members of every group."""
        return np.asarray((self.members != NOBODY).sum(axis=1))

    def group(self, place: int) -> tuple[int, ...]:
        """Give the players of one group, lowest first."""
        return tuple(sorted(int(player) for player in self.members[place] if player != NOBODY))

    def where(self, keep: BoolArray) -> "Columns":
        """Give the groups marked."""
        return Columns(self.players, self.members[keep])

    def having(self, player: int) -> BoolArray:
        """Say for every group whether the player is in it."""
        return np.asarray((self.members == player).any(axis=1))

    def sums(self, amounts: Sequence[float] | FloatArray) -> FloatArray:
        """Give for every group the sum of its members' amounts."""
        filled = np.append(np.asarray(amounts, dtype=np.float64), 0.0)
        return np.asarray(filled[self.members].sum(axis=1))


def columns_of(players: int, groups: Iterable[Sequence[int]]) -> Columns:
    """Give the groups named as columns."""
    listed = [tuple(group) for group in groups]
    width = max((len(group) for group in listed), default=1)
    rows = [(*group, *[NOBODY] * (width - len(group))) for group in listed]
    return Columns(players, np.array(rows, np.int16).reshape(len(rows), width))


def columns_of_masks(players: int, masks: Sequence[int] | IntArray) -> Columns:
    """Give groups written as bit masks (at most 62 players) as columns, in the same order."""
    bits = np.asarray(masks, np.int64)[:, None] >> np.arange(players) & 1
    width = max(int(bits.sum(axis=1).max(initial=1)), 1)
    members = np.full((len(bits), width), NOBODY, np.int16)
    row, player = np.nonzero(bits)
    members[row, (np.cumsum(bits, axis=1) - 1)[row, player]] = player
    return Columns(players, members)


def joined(first: Columns, second: Columns) -> Columns:
    """Give the groups of both lists, the first list's first."""
    width = max(first.members.shape[1], second.members.shape[1])
    parts = [np.pad(one.members, ((0, 0), (0, width - one.members.shape[1])), constant_values=NOBODY)
             for one in (first, second)]  # fmt: skip
    return Columns(first.players, np.concatenate(parts))
