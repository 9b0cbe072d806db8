"""Which groups are allowed at all: wishes and geography, as a filter on the table over all groups."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from consortia.partnership.masks import BoolArray, FloatArray, IntArray, Worths, all_groups, group_sums

Pair = tuple[int, int]
LOW: Final = 12
LANES: Final = (1 << LOW) - 1
"""A group is its lower players and the others: tables of what each half has are small."""
PART: Final = 1 << 20
"""Groups of a large table that are looked at at once."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the players will or can not do. Players are numbered from 0."""

    together: tuple[Pair, ...] = ()
    """Pairs that must stand in the same group; whether they share anything there is for who prices the groups."""
    apart: tuple[Pair, ...] = ()
    """Pairs that must not."""
    largest: int | None = None
    """The most members that a group may have; `None`: any number."""
    links: tuple[Pair, ...] | None = None
    """Who borders whom, if a group must hang together on the map; `None`: no such need."""
    smallest: int | None = None
    """The fewest members of a group of two or more; who stands alone is no group."""
    weights: tuple[float, ...] = ()
    """How much each player counts for the three bounds below, such as its people."""
    lightest: float | None = None
    """The least that a group of two or more may weigh."""
    heaviest: float | None = None
    """The most that it may."""
    hosts: tuple[float, ...] | None = None
    """The most that each could run the work for, 0 for who would not; a group needs one who can. `None`: anybody."""


def allowed_groups(players: int, limits: Limits) -> BoolArray:
    """Say for every group of so many players whether the limits allow it; the empty group is never allowed."""
    _check(players, limits)
    return _allowed(all_groups(players), players, limits)


def forbid_groups(table: Worths, limits: Limits) -> None:
    """Write minus infinity over every group of a table that the limits do not allow, a part of the table at a time."""
    players = table.size.bit_length() - 1
    _check(players, limits)
    for start in range(0, table.size, PART):
        part = table[start : start + PART]
        allowed = _allowed(np.arange(start, start + part.size), players, limits)
        allowed[0] |= start == 0
        part[~allowed] = -np.inf


def _allowed(masks: IntArray, players: int, limits: Limits) -> BoolArray:
    allowed = masks > 0
    for first, second in limits.together:
        allowed &= (masks >> first & 1) == (masks >> second & 1)
    for first, second in limits.apart:
        allowed &= (masks >> first & masks >> second & 1) == 0
    sizes = np.bitwise_count(masks)
    if limits.largest is not None:
        allowed &= sizes <= limits.largest
    allowed &= _of_size(masks, sizes, players, limits)
    return allowed if limits.links is None else allowed & _connected(masks, players, limits.links)


def _of_size(masks: IntArray, sizes: npt.NDArray[np.uint8], players: int, limits: Limits) -> BoolArray:
    """Say which groups have members enough, weigh what they may, and have somebody who can host them."""
    weight = _sums(masks, limits.weights or (0.0,) * players)
    heaviest = np.inf if limits.heaviest is None else limits.heaviest
    fits = (sizes >= (limits.smallest or 0)) & (weight >= (limits.lightest or 0.0)) & (weight <= heaviest)
    return np.asarray((fits & _hosted(masks, limits, weight)) | (sizes < 2))


def _hosted(masks: IntArray, limits: Limits, weight: FloatArray) -> BoolArray:
    if limits.hosts is None:
        return np.ones(weight.size, dtype=bool)
    able = np.zeros(weight.size, dtype=bool)
    for player, most in enumerate(limits.hosts):
        able |= (masks >> player & 1 == 1) & (weight <= most) & (most > 0)
    return able


def bound_sets(together: Iterable[Pair]) -> tuple[int, ...]:
    """Give the sets of players, as masks, that pairs which must stand together bind to each other."""
    sets: list[int] = []
    for first, second in together:
        joined = 1 << first | 1 << second
        joined |= sum(one for one in sets if one & joined)
        sets = [*(one for one in sets if not one & joined), joined]
    return tuple(sorted(sets))


def connected_groups(players: int, links: Iterable[Pair]) -> BoolArray:
    """Say for every group whether its members hang together by the links; one player alone does, nobody does not."""
    return _connected(all_groups(players), players, links)


def _connected(masks: IntArray, players: int, links: Iterable[Pair]) -> BoolArray:
    own = [0] * players
    for first, second in links:
        own[first] |= 1 << second
        own[second] |= 1 << first
    low, high = _neighbours_of_groups(own[:LOW]), _neighbours_of_groups(own[LOW:])
    reached = masks & -masks
    while True:
        beside = low[reached & LANES] | high[reached >> LOW]
        further = reached | (beside & masks)
        if np.array_equal(further, reached):
            return np.asarray((reached == masks) & (masks > 0))
        reached = further


def _sums(masks: IntArray, amounts: Sequence[float]) -> FloatArray:
    low, high = group_sums(amounts[:LOW]), group_sums(amounts[LOW:])
    return np.asarray(low[masks & LANES] + high[masks >> LOW])


def _neighbours_of_groups(own: Sequence[int]) -> IntArray:
    """Who borders any of a group, for every group of these players; `own` is who borders each."""
    table = np.zeros(1 << len(own), dtype=np.int64)
    for player, mask in enumerate(own):
        bit = 1 << player
        table[bit : 2 * bit] = table[:bit] | mask
    return table


def _check(players: int, limits: Limits) -> None:
    pairs = (*limits.together, *limits.apart, *(limits.links or ()))
    for first, second in pairs:
        if first == second or not (0 <= first < players and 0 <= second < players):
            raise ValueError(f"({first}, {second}) is not a pair of two of the {players} players.")
    if len(limits.weights) not in (0, players) or len(limits.hosts or (0,) * players) != players:
        raise ValueError(f"{players} players need as many weights and hosts.")
    if limits.largest is not None and limits.largest < 1:
        raise ValueError(f"A group has at least one member: largest={limits.largest}.")
