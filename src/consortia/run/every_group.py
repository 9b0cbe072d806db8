"""The best groups where too many partners provide a service for the programme over all groups, and a table still fits.

The list of groups near each other then holds the best of all, so that shares and tests are those of the best grouping.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from consortia.partnership import Columns, GroupModel, Limits, PartnershipError, ServiceGrouping
from consortia.partnership.columns import columns_of_masks, joined
from consortia.partnership.every_group import MOST_IN_TABLE, best_of_every_group
from consortia.partnership.masks import players_of
from consortia.partnership.table_partition import WholeDivision

MEMORY = Path("/proc/meminfo")


def over_every_group(model: GroupModel, limits: Limits) -> WholeDivision | None:
    """The best of all groups with its bound; None where they are too many, or too little memory is free."""
    if len(model.cost) > MOST_IN_TABLE:
        return None
    try:
        return best_of_every_group((model,), limits=limits, room=free_memory())
    except PartnershipError:
        return None


def with_the_best(columns: Columns, whole: WholeDivision | None) -> Columns:
    """The list with the groups of a division that it lacks."""
    if whole is None:
        return columns
    listed = {columns.group(place) for place in range(len(columns))}
    lacking = [group for group in whole.groups if players_of(group) not in listed]
    return joined(columns, columns_of_masks(columns.players, lacking)) if lacking else columns


def bounded(found: ServiceGrouping, whole: WholeDivision | None) -> ServiceGrouping:
    """The answer found among listed groups with the bound, and the proof, of the search over all."""
    if whole is None or found.listing is None:
        return found
    proved = whole.proved and found.best.value >= whole.value - abs(whole.value) * 1e-9
    bound = found.best.value if proved else min(found.listing.bound, max(whole.bound, found.best.value))
    best = replace(found.best, proved=proved or found.best.proved)
    return replace(
        found,
        best=best,
        listing=replace(found.listing, bound=bound, gap=0.0 if proved else found.listing.gap),
        method=whole.method if proved else found.method,
    )


def free_memory() -> int | None:
    """The bytes of memory that are free or can be freed; None where the system does not say."""
    if MEMORY.exists():
        named = dict(line.split(":", 1) for line in MEMORY.read_text().splitlines())
        return int(named["MemAvailable"].split()[0]) * 1024 if "MemAvailable" in named else None
    if "SC_AVPHYS_PAGES" in getattr(os, "sysconf_names", {}):
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return None
