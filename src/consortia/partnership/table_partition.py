"""The best division where any group may form and the players are too many for the dynamic programme: up to 28.

Scans of the whole table find prices that bound every division; against them each group has a loss, and the least loss
of a group of every size tells what so many players lose at least, however they are divided. A group that is in a
division within the budget loses no more than the budget less what the others lose: of millions a few hundred are left.
Their exact values are worked out once more (a table in four bytes a group is rounded) and the division that loses
least is found among them; if there is none, the budget grows. Source: reduced-cost fixing; Barnhart et al. (1998).
Nothing here knows of councils.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from consortia.partnership.column_generation import Bounding, bounding_prices
from consortia.partnership.columns import columns_of_masks
from consortia.partnership.mask_search import least_loss
from consortia.partnership.masks import FloatArray, IntArray, Worths, mask_of
from consortia.partnership.scan_pricing import WholeTable, largest_size
from consortia.partnership.set_partition import best_division

Exact = Callable[[IntArray], FloatArray]
"""What groups, as masks, are worth, unrounded."""

METHOD: Final = "prices by scans of all groups, then search among those that lose least"
NO_WAY: Final = "The limits leave no way to divide the players."
AT_ONCE: Final = 1 << 16
"""Groups whose exact values are worked out together."""
FIRST_BUDGET: Final = 2e-5
"""Of the bound, above what all players lose at least: where the search begins."""
WIDER: Final = 3.0
ROUNDED: Final = 2.0**-24
"""Largest rounding of a value kept in four bytes, as a fraction of it."""
SLACK: Final = 1e-9
"""Rounding of sums, as a fraction of the bound."""
PATIENCE: Final = 10.0
"""Seconds for a good division where the best is not proved."""


@dataclass(frozen=True, slots=True)
class WholeDivision:
    """The best division found, and how good it is at worst; values in the unit of the table."""

    groups: tuple[int, ...]
    """As masks, by lowest player."""
    value: float
    bound: float
    """No division is worth more."""
    proved: bool
    prices: tuple[float, ...]
    """What every player must have if no group at all is to do better by itself. What their sum is above the value is
    the smallest outside subsidy that would make the best division stable."""
    rounds: int
    """Scans that the prices took."""
    groups_looked_at: int
    """In all scans."""
    programmes: int
    """Linear programmes solved."""
    kept: int
    """Groups that the last step looked at."""
    states: int
    """Sets covered, or pairs looked at, in the last steps."""
    method: str = METHOD

    @property
    def gap(self) -> float:
        """Give what a better division could be worth more at most."""
        return max(self.bound - self.value, 0.0)


@dataclass(frozen=True, slots=True)
class _Found:
    """What the search found, in units of the scale: masks (none: it gave up), and what no division loses less than."""

    masks: IntArray
    least: float
    scans: int
    kept: int
    states: int


@dataclass(frozen=True, slots=True)
class Effort:
    """How much work the search may take before it is given up and the bound stands: the same on every machine."""

    scans: int = 200
    """Of all groups, for the prices."""
    kept: int = 3_000_000
    """Groups that may be in a division within the budget."""
    states: int = 2_000_000
    """Sets covered."""
    steps: int = 4_000_000_000
    """Groups tried."""


FULL: Final = Effort()


def best_of_table(table: Worths, exact: Exact | None = None, *, effort: Effort = FULL) -> WholeDivision:
    """Give the best division of all players with its bound; proved unless too many groups are worth nearly the same.

    `table[mask]` is what a group is worth, minus infinity forbids it, `table[0]` is zero; of a rounded table `exact`
    gives what groups are worth unrounded. `ValueError` if no division is possible or found, or a value is not a number.
    """
    whole = WholeTable(table, largest_size(table) or 1.0)
    prices = bounding_prices(whole, most_rounds=effort.scans)
    if prices is None:
        raise ValueError(NO_WAY)
    # Where values are rounded every price is meant that much higher: then no exact value is above its members' prices.
    rounded = 0.0 if exact is None and table.dtype == np.float64 else ROUNDED
    prices = prices._replace(bound=prices.bound + rounded * whole.players)
    worth = exact or (lambda masks: np.asarray(table[masks], np.float64))
    found = _search(whole, prices, rounded, worth, effort)
    return _result(whole, prices, rounded, worth, found)


def _search(whole: WholeTable, prices: Bounding, rounded: float, exact: Exact, effort: Effort) -> _Found:
    """Look among the groups that may be in a division within the budget, until a division is."""
    rest = _rest(whole.least_losses(prices.prices), whole.players)
    if not np.isfinite(rest[-1]):
        raise ValueError(NO_WAY)
    scans, states, least = prices.rounds + 1, 0, float(rest[-1])
    size = max(abs(prices.bound), 1e-6)
    step = FIRST_BUDGET * size
    while True:
        budget = float(rest[-1]) + step
        masks = whole.near(prices.prices, budget + SLACK * size, rest, effort.kept)
        scans += 1
        if masks is None:
            return _Found(np.zeros(0, np.int64), least, scans, 0, states)
        losses = _losses(whole, masks, prices, rounded, exact)
        found = least_loss(
            masks, losses, rest, players=whole.players, budget=budget + SLACK * size, most_states=effort.states,
            most_steps=effort.steps,
        )  # fmt: skip
        states += found.states
        if found.places.size:
            return _Found(masks[found.places], found.loss, scans, masks.size, states)
        if not found.whole:
            return _Found(np.zeros(0, np.int64), least, scans, masks.size, states)
        if budget > prices.bound + whole.players:
            raise ValueError(NO_WAY)
        least, step = budget, step * WIDER


def _rest(losses: FloatArray, players: int) -> FloatArray:
    """What so many players lose at least: the least sum over sizes that add up to them."""
    rest = np.zeros(players + 1)
    for count in range(1, players + 1):
        rest[count] = (losses[1 : count + 1] + rest[count - 1 :: -1][:count]).min()
    return rest


def _losses(whole: WholeTable, masks: IntArray, prices: Bounding, rounded: float, exact: Exact) -> FloatArray:
    """What each of the groups loses, unrounded; never negative but for the rounding of sums."""
    losses = whole.asked(masks, prices.prices + rounded)
    for start in range(0, masks.size, AT_ONCE):
        losses[start : start + AT_ONCE] -= exact(masks[start : start + AT_ONCE]) / whole.scale
    return np.maximum(losses, 0.0)


def _result(whole: WholeTable, prices: Bounding, rounded: float, exact: Exact, found: _Found) -> WholeDivision:
    proved = bool(found.masks.size)
    masks = found.masks if proved else _good(whole, prices.taken, exact)
    masks = masks[np.argsort(masks & -masks)]
    value = float(exact(masks).sum())
    bound = value if proved else max((prices.bound - found.least) * whole.scale, value)
    return WholeDivision(
        groups=tuple(masks.tolist()),
        value=value,
        bound=bound,
        proved=proved,
        prices=tuple(float(price + rounded) * whole.scale for price in prices.prices[:-1]),
        rounds=prices.rounds,
        groups_looked_at=found.scans * len(whole),
        programmes=prices.programmes,
        kept=found.kept,
        states=found.states,
    )


def _good(whole: WholeTable, masks: IntArray, exact: Exact) -> IntArray:
    """A good division into the groups of the linear programme; `ValueError` if none is found."""
    best = best_division(columns_of_masks(whole.players, masks), exact(masks), patience=PATIENCE)
    return np.array([mask_of(group) for group in best.groups], np.int64)
