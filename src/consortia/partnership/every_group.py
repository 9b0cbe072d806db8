"""The best division where any group may form: which method for how many players.

Up to 22 the dynamic programme, whose time is known beforehand; up to 26 scans of the table and, where too many groups
are worth nearly the same, the dynamic programme; up to 28 scans of a table in four bytes a group, with the bound where
it is not proved. Where a group's worth depends on its size and total alone, a programme over sizes, for any number.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from consortia.partnership.columns import columns_of_masks
from consortia.partnership.grouping import METHOD, MOST_DIVIDED, best_partition
from consortia.partnership.limits import Limits, forbid_groups
from consortia.partnership.listed_values import price_listed
from consortia.partnership.masks import MOST_PLAYERS, FloatArray, IntArray, Worths
from consortia.partnership.refusals import PartnershipError
from consortia.partnership.size_partition import best_by_size
from consortia.partnership.table_partition import MOST_KEPT, WholeDivision, best_of_table
from consortia.partnership.value import GroupModel, total_value

MOST_IN_TABLE: Final = 28
PART_OF_ROOM: Final = 4
"""A table takes no more than this part of the memory that is free."""
NO_LIMITS: Final = Limits()


def best_of_every_group(
    models: Sequence[GroupModel], *, limits: Limits = NO_LIMITS, room: int | None = None, most_kept: int = MOST_KEPT
) -> WholeDivision:
    """Give the best division of the players of some services, one division for all of them, with its bound.

    `room` is the memory that is free, in bytes; `most_kept` groups are searched among at most after the scans, then the
    programme takes over, or the bound stands. `PartnershipError` above 28 players, where the table would take more
    than a quarter of that room, or where the limits leave no division.
    """
    players = len(models[0].cost)
    if limits == NO_LIMITS and len(models) == 1 and (found := best_by_size(models[0])):
        return found
    _check(players, room)
    table = total_value(models, single=players > MOST_DIVIDED).value
    if limits != NO_LIMITS:
        forbid_groups(table, limits)
    try:
        return _best(table, models, room, most_kept)
    except ValueError:
        raise PartnershipError(
            "The partners' wishes contradict each other: there is no way to divide them that meets all.",
            remedy="Take back a pair that must stand together or apart, or the need for a common border.",
        ) from None


def table_bytes(players: int) -> int:
    """Give the memory that a table over all groups of so many players takes."""
    return (4 if players > MOST_DIVIDED else 8) << players


def _check(players: int, room: int | None) -> None:
    if players > MOST_IN_TABLE:
        raise PartnershipError(
            f"{players} partners provide the service; every group is looked at for at most {MOST_IN_TABLE}.",
            remedy="Look at groups of neighbours (`consortia partners --neighbours 6`).",
        )
    if room is not None and table_bytes(players) * PART_OF_ROOM > room:
        raise PartnershipError(
            f"A table over all groups of {players} partners takes {table_bytes(players) >> 20:,} MB, more than a "
            "quarter of the memory that is free.",
            remedy="Look at groups of neighbours (`consortia partners --neighbours 6`).",
        )


def _best(table: Worths, models: Sequence[GroupModel], room: int | None, most_kept: int) -> WholeDivision:
    players = table.size.bit_length() - 1
    if players <= MOST_PLAYERS:
        return _by_programme(table)
    if players > MOST_DIVIDED:
        return best_of_table(table, lambda masks: _exact(models, masks), most_kept=most_kept)
    found = best_of_table(table, most_kept=most_kept)
    # The dynamic programme holds the table twice more.
    if found.proved or (room is not None and 3 * table_bytes(players) * PART_OF_ROOM > room):
        return found
    return replace(_by_programme(table), prices=found.prices)


def _by_programme(table: Worths) -> WholeDivision:
    best = best_partition(np.asarray(table, np.float64))
    return WholeDivision(
        groups=best.groups, value=best.value, bound=best.value, proved=True, prices=(), rounds=0,
        groups_looked_at=table.size - 1, programmes=0, kept=0, states=best.pairs_evaluated, method=METHOD,
    )  # fmt: skip


def _exact(models: Sequence[GroupModel], masks: IntArray) -> FloatArray:
    columns = columns_of_masks(len(models[0].cost), masks)
    return np.asarray(sum(price_listed(model, columns).value for model in models))
