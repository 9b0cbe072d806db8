"""Which groups are allowed at all: wishes and geography, as a filter on the table over all groups."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from consortia.partnership.masks import BoolArray, IntArray, all_groups, group_sizes

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Limits:
    """What the players will or can not do. Players are numbered from 0."""

    together: tuple[Pair, ...] = ()
    """Pairs that must stand in the same group."""
    apart: tuple[Pair, ...] = ()
    """Pairs that must not."""
    largest: int | None = None
    """The most members that a group may have; `None`: any number."""
    links: tuple[Pair, ...] | None = None
    """Who borders whom, if a group must hang together on the map; `None`: no such need."""


def allowed_groups(players: int, limits: Limits) -> BoolArray:
    """Say for every group of so many players whether the limits allow it; the empty group is never allowed."""
    _check(players, limits)
    masks = all_groups(players)
    allowed = masks > 0
    for first, second in limits.together:
        allowed &= (masks >> first & 1) == (masks >> second & 1)
    for first, second in limits.apart:
        allowed &= (masks >> first & masks >> second & 1) == 0
    if limits.largest is not None:
        allowed &= group_sizes(players) <= limits.largest
    return allowed if limits.links is None else allowed & connected_groups(players, limits.links)


def connected_groups(players: int, links: Iterable[Pair]) -> BoolArray:
    """Say for every group whether its members hang together by the links; one player alone does, nobody does not."""
    masks = all_groups(players)
    neighbours = _neighbours_of_groups(players, links)
    reached = masks & -masks
    while True:
        further = reached | (neighbours[reached] & masks)
        if np.array_equal(further, reached):
            return np.asarray((reached == masks) & (masks > 0))
        reached = further


def _neighbours_of_groups(players: int, links: Iterable[Pair]) -> IntArray:
    own = [0] * players
    for first, second in links:
        own[first] |= 1 << second
        own[second] |= 1 << first
    table = np.zeros(1 << players, dtype=np.int64)
    for player, mask in enumerate(own):
        bit = 1 << player
        table[bit : 2 * bit] = table[:bit] | mask
    return table


def _check(players: int, limits: Limits) -> None:
    pairs = (*limits.together, *limits.apart, *(limits.links or ()))
    for first, second in pairs:
        if first == second or not (0 <= first < players and 0 <= second < players):
            raise ValueError(f"({first}, {second}) is not a pair of two of the {players} players.")
    if limits.largest is not None and limits.largest < 1:
        raise ValueError(f"A group has at least one member: largest={limits.largest}.")
