"""The best division where any group may form: which method for how many players.

Up to 16 the dynamic programme, whose time is known beforehand; up to 26 scans of the table and, where too many groups
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
from consortia.partnership.table_partition import FULL, Effort, WholeDivision, best_of_table
from consortia.partnership.value import GroupModel, total_value

MOST_IN_TABLE: Final = 28
MOST_BY_PROGRAMME: Final = 16
"""The programme takes a few milliseconds for so many."""
SHORT: Final = Effort(scans=60, kept=400_000, states=400_000, steps=200_000_000)
"""What scans may take where the programme takes a second: a fraction of that."""
PART_OF_ROOM: Final = 4
"""A table takes no more than this part of the memory that is free."""
NO_LIMITS: Final = Limits()


def best_of_every_group(
    models: Sequence[GroupModel], *, limits: Limits = NO_LIMITS, room: int | None = None, effort: Effort = FULL
) -> WholeDivision:
    """Give the best division of the players of some services, one division for all of them, with its bound.

    `room` is the memory that is free, in bytes; `effort` what the scans may take before the programme takes over or
    the bound stands. `PartnershipError` above 28 players, where the table would take more
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
        return _best(table, models, room, effort)
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


def divide_table(table: FloatArray, *, effort: Effort = FULL) -> WholeDivision:
    """Give the best division by a table over all groups of at most 26 players, proved; `table[0]` is zero.

    `ValueError` if no division is possible or a value is not a number.
    """
    if table.size >> MOST_BY_PROGRAMME <= 1:
        return _by_programme(table)
    found = best_of_table(table, effort=SHORT if table.size >> MOST_PLAYERS <= 1 else effort)
    return found if found.proved else replace(_by_programme(table), prices=found.prices)


def _best(table: Worths, models: Sequence[GroupModel], room: int | None, effort: Effort) -> WholeDivision:
    players = table.size.bit_length() - 1
    if players > MOST_DIVIDED:
        return best_of_table(table, lambda masks: _exact(models, masks), effort=effort)
    # The dynamic programme holds the table twice more.
    if room is not None and 3 * table_bytes(players) * PART_OF_ROOM > room:
        return best_of_table(table, effort=effort)
    return divide_table(np.asarray(table, np.float64), effort=effort)


def _by_programme(table: FloatArray) -> WholeDivision:
    best = best_partition(table)
    return WholeDivision(
        groups=best.groups, value=best.value, bound=best.value, proved=True, prices=(), rounds=0,
        groups_looked_at=table.size - 1, programmes=0, kept=0, states=best.pairs_evaluated, method=METHOD,
    )  # fmt: skip


def _exact(models: Sequence[GroupModel], masks: IntArray) -> FloatArray:
    columns = columns_of_masks(len(models[0].cost), masks)
    return np.asarray(sum(price_listed(model, columns).value for model in models))
