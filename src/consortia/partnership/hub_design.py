"""A division for every service, where each distinct group costs its hub once, however many services it has.

Apart, every service would have its own best division and pay for many hubs; one division for all pays for few and suits
none. From either, one service after the other is divided again, groups that others have opened being free to it. Prices
bound every choice (`hub_prices`), and an integer programme chooses among the groups that are likeliest to pay for their
hub, beginning with the better of the two. No choice that opens a group left out is
worth more than the bound less what that group lacks, so the result always states how much could be missed. Nothing here
knows of councils.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from consortia.partnership.columns import Columns
from consortia.partnership.hub_prices import HubPrices, hub_prices
from consortia.partnership.hub_programme import solve_hubs
from consortia.partnership.hub_task import Choice, HubTask
from consortia.partnership.masks import FloatArray, IntArray
from consortia.partnership.set_partition import SetPartition, best_division

HUBS_TRIED: Final = (60, 120, 240)
"""Groups in the programmes: those likeliest to pay for their hub."""
PATIENCE: Final = 20.0
"""Seconds that all programmes together may take, wall."""
SLACK: Final = 1e-9


@dataclass(frozen=True, slots=True)
class HubDesign:
    """A division for every service, the groups that are opened, and how good that is at worst."""

    divisions: tuple[tuple[tuple[int, ...], ...], ...]
    """For every service its groups, each a tuple of players; groups by lowest player."""
    hubs: tuple[tuple[int, ...], ...]
    """The distinct groups of two and more."""
    value: float
    """The sum over services, less the cost of every hub."""
    bound: float
    """No choice is worth more."""
    proved: bool
    common: float | None
    """The same with the best division that all services share; `None`: there is none."""
    apart: float
    """The same with each service's own best division."""
    iterations: int
    tried: int
    """Groups that the last programme could open."""

    @property
    def gap(self) -> float:
        """Give what a better choice could be worth more at most."""
        return max(self.bound - self.value, 0.0)


def best_design(columns: Columns, values: FloatArray, hub_cost: float, *, patience: float = PATIENCE) -> HubDesign:
    """Give the best choice found of a division for every service, hubs paid once each, with its bound.

    `values` [service, group] has one number for each service and listed group, minus infinity where the group is
    forbidden for it. `ValueError` if a service cannot be divided, or the cost of a hub is below zero.
    """
    if hub_cost < 0 or values.ndim != 2 or not len(values):
        raise ValueError("There is at least one service, and a hub costs nothing or more.")
    task = HubTask(columns, np.ascontiguousarray(values.T, np.float64), hub_cost)
    apart = [best_division(columns, value, patience=patience) for value in values]
    common = _common(task, patience)
    ways = [_choice(apart)] + ([_choice([common] * task.services)] if common else [])
    begun = max((_settled(task, way, patience) for way in ways), key=task.worth)
    start = np.array([one.prices for one in apart]).T
    prices = hub_prices(task, start=start, reached=task.worth(begun))
    best, bound, tried = _programmes(task, prices, begun, patience)
    bound = min(bound, sum(one.bound for one in apart))
    proved = bound - task.worth(best) <= SLACK * max(abs(bound), 1.0)
    return HubDesign(
        divisions=tuple(tuple(sorted(columns.group(int(place)) for place in division)) for division in best),
        hubs=tuple(sorted(columns.group(int(place)) for place in task.opened(best))),
        value=task.worth(best),
        bound=task.worth(best) if proved else bound,
        proved=proved,
        common=task.worth(ways[1]) if common else None,
        apart=task.worth(ways[0]),
        iterations=prices.iterations,
        tried=tried,
    )


def _choice(divisions: Sequence[SetPartition]) -> Choice:
    return tuple(np.array(one.places) for one in divisions)


def _common(task: HubTask, patience: float) -> SetPartition | None:
    """The best division that all services share; nothing if their wishes leave none."""
    total = task.values.sum(axis=1) - task.hub_cost * (task.columns.sizes > 1)
    try:
        return best_division(task.columns, total, patience=patience)
    except ValueError:
        return None


def _settled(task: HubTask, choice: Choice, patience: float) -> Choice:
    """Divide one service after the other again, groups that another service has being free of a hub, while it pays."""
    divisions, before = list(choice), -np.inf
    uses = np.bincount(np.concatenate(choice), minlength=len(task.columns))
    while (now := task.worth(tuple(divisions))) > before + SLACK * max(abs(now), 1.0):
        before = now
        for service in range(task.services):
            uses[divisions[service]] -= 1
            net = task.values[:, service] - task.hub_cost * ((task.columns.sizes > 1) & (uses == 0))
            divisions[service] = _better(task.columns, net, divisions[service], patience)
            uses[divisions[service]] += 1
    return tuple(divisions)


def _better(columns: Columns, net: FloatArray, division: IntArray, patience: float) -> IntArray:
    """The best division by these values, unless the one at hand is as good."""
    found = best_division(columns, net, patience=patience)
    return np.array(found.places) if found.value > net[division].sum() else division


def _programmes(task: HubTask, prices: HubPrices, begun: Choice, patience: float) -> tuple[Choice, float, int]:
    """Choose among more and more groups; give the choice, its bound and how many groups could be opened."""
    several = np.flatnonzero(task.columns.sizes > 1)
    order = several[np.argsort(-prices.left_over[several], kind="stable")]
    best, bound, tried = begun, prices.bound, 0
    for count in HUBS_TRIED:
        opened = np.union1d(order[:count], task.opened(best))
        found = solve_hubs(task, opened, prices=prices, begun=best, patience=patience / len(HUBS_TRIED))
        left_out = prices.left_over[order[count]] if count < order.size else -np.inf
        best, tried = found.choice, opened.size
        bound = min(bound, max(found.bound, prices.bound + min(left_out, 0.0)))
        if count >= order.size or bound - task.worth(best) <= SLACK * abs(bound):
            break
    return best, bound, tried
