"""Who would do better alone: sets of partners inside each group, and sets across the groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from consortia.partnership import Blocking, blocking_groups
from consortia.partnership.masks import FloatArray, all_groups, groups_within, players_of
from consortia.partnership.stability import count_blocking
from consortia.run.partners.arrangement import Arrangement

ACROSS = 0
"""In the place of a group: sets whose members stand in different groups, or one of them alone."""
ANYBODY = -1
"""A mask that holds every partner."""


@dataclass(frozen=True, slots=True)
class Temptation:
    """The sets inside one group, or across the groups, that would do better by themselves; present value, pounds."""

    group: int
    """The group, or `ACROSS`."""
    sets: tuple[Blocking, ...]
    """Those that would gain most, most first; empty: it holds."""
    more: int
    """How many others would gain, each by less."""


def most_tempted(
    service: Arrangement, groups: Sequence[int], shares: FloatArray, *, count: int
) -> tuple[Blocking, ...]:
    """The sets of partners that would gain most by leaving, whatever groups they stand in, most first."""
    found: list[Blocking] = []
    for circle in service.circles(groups):
        found += circle.blocking(blocking_groups(circle.after, shares[list(circle.players)], count=count))
    return tuple(sorted(found, key=lambda one: -one.gain)[:count])


def temptations(service: Arrangement, shares: FloatArray, *, count: int) -> tuple[Temptation, ...]:
    """Who would leave of each group to be formed, then who across them, where that is looked at."""
    inside = [tempted_inside(service, group, shares, count=count) for group in service.formed]
    return (*inside, *_across(service, shares, count))


def tempted_inside(service: Arrangement, group: int, shares: FloatArray, *, count: int) -> Temptation:
    """The sets of a group's own members that would gain most by leaving it."""
    circle, members = service.circle_of(group), players_of(group)
    table, own = circle.after[groups_within(circle.inside(group))], shares[list(members)]
    found = blocking_groups(table, own, count=count)
    sets = tuple(Blocking(sum(1 << members[one] for one in players_of(each.mask)), each.gain) for each in found)
    return Temptation(group, sets, count_blocking(table, own) - len(sets))


def _across(service: Arrangement, shares: FloatArray, count: int) -> tuple[Temptation, ...]:
    """Nothing where one group holds everybody, or the partners are too many to look across groups."""
    return (tempted_across(service, shares, count=count),) if looks_across(service) else ()


def looks_across(service: Arrangement) -> bool:
    """Say whether sets across groups are a test of their own: not in one group of all, nor among too many partners."""
    return service.everybody and len(service.groups) > 1


def tempted_across(service: Arrangement, shares: FloatArray, *, count: int, touching: int = ANYBODY) -> Temptation:
    """The sets across groups that would gain most, of those with a member among `touching`."""
    table = service.circle_of(service.formed[0]).after
    masks = all_groups(len(service.partners))
    within = np.logical_or.reduce([masks & ~group == 0 for group in service.formed])
    left_out = within & (np.bitwise_count(masks) > 1) | (masks & touching == 0)
    table = np.where(left_out, -np.inf, table)
    sets = blocking_groups(table, shares, count=count)
    return Temptation(ACROSS, sets, count_blocking(table, shares) - len(sets))
