"""The best division where any group may form and the players are too many for the dynamic programme: 23 to 28.

Scans of the whole table find prices that bound every division. A group that loses more against them than what is still
between the best division and the bound is in no better one: of millions a few hundred are left, whose exact values are
worked out once more, since a table in four bytes a group is rounded, and among which the best division is found and
proved. Source: reduced-cost fixing; Barnhart et al. (1998). Nothing here knows of councils.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np

from consortia.partnership.column_generation import Bounding, bounding_prices
from consortia.partnership.columns import columns_of_masks
from consortia.partnership.loss_search import FIRST_BUDGET, SLACK
from consortia.partnership.masks import FloatArray, IntArray, Worths
from consortia.partnership.scan_pricing import WholeTable, largest_size
from consortia.partnership.set_partition import SetPartition, best_division

Exact = Callable[[IntArray], FloatArray]
"""What groups, as masks, are worth, unrounded."""

METHOD: Final = "prices by scans of all groups, then search among those that lose least"
MOST_SCANS: Final = 200
MOST_KEPT: Final = 200_000
"""Groups within the gap above which the search among them is not begun."""
WIDER: Final = 4.0
ROUNDED: Final = 2.0**-24
"""Largest rounding of a value kept in four bytes, as a fraction of it."""


def best_of_table(
    table: Worths, exact: Exact | None = None, *, most_scans: int = MOST_SCANS, most_kept: int = MOST_KEPT
) -> SetPartition:
    """Give the best division of all players with its bound; proved unless too many groups are worth nearly the same.

    `table[mask]` is what a group is worth, minus infinity forbids it, `table[0]` is zero; of a rounded table `exact`
    gives what groups are worth unrounded. `ValueError` if no division is possible or found, or a value is not a number.
    """
    whole = WholeTable(table, largest_size(table) or 1.0)
    prices = bounding_prices(whole, most_rounds=most_scans)
    if prices is None:
        raise ValueError("The limits leave no way to divide the players.")
    rounded = 0.0 if exact is None and table.dtype == np.float64 else ROUNDED
    found = _search(whole, prices, rounded, exact or (lambda masks: whole.worths(masks) * whole.scale), most_kept)
    return replace(found, prices=tuple(float(price + rounded) * whole.scale for price in prices.prices[:-1]))


def _search(whole: WholeTable, prices: Bounding, rounded: float, exact: Exact, most_kept: int) -> SetPartition:
    """Look among the groups that lose least, of ever greater loss, until no other group can be in a better division.

    Where values are rounded every price is meant that much higher: then no group's exact value is above its price.
    """
    bound = prices.bound + whole.players * rounded
    size, scale = max(abs(bound), 1e-6), whole.scale
    loss, scans, best = FIRST_BUDGET * size, prices.rounds, None
    limit = bound
    while True:
        near, scans = whole.near(prices.prices, loss, most_kept), scans + 1
        masks = prices.taken if near is None else np.union1d(near, prices.taken)
        found = _best_among(whole, masks, exact)
        if found is not None and (best is None or found.value > best.value):
            best = found
        if near is not None and found is not None:
            limit = min(limit, max(found.bound / scale, bound - loss))
        gap = np.inf if best is None else bound - best.value / scale
        if near is None or gap <= loss or (best is None and near.size >= whole.table.size - 1):
            break
        loss = min(gap + SLACK * size, loss * WIDER)
    if best is None:
        raise ValueError("No division was found among the groups that lose least.")
    proved = limit - best.value / scale <= SLACK * size
    return replace(
        best,
        bound=best.value if proved else limit * scale,
        proved=proved,
        relaxed=bound * scale,
        method=METHOD,
        columns_priced=scans * len(whole),
        rounds=prices.rounds,
        kept=masks.size,
    )


def _best_among(whole: WholeTable, masks: IntArray, exact: Exact) -> SetPartition | None:
    """The best division into some groups, by their exact values; none if they leave no way."""
    try:
        return best_division(columns_of_masks(whole.players, masks), exact(masks))
    except ValueError:
        return None
