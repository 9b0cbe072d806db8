"""What services can be worth together at most, where a group that several of them use costs its hub only once.

Every player pays a price for every service. At these prices a group is opened if what its services gain above their
members' prices pays for its hub; the prices and what is left over bound every choice of divisions, whatever the prices.
They are moved against the slope of that bound, in steps that shrink where it no longer falls. Source: Held, Wolfe and
Crowder (1974). Nothing here knows of councils.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numba import njit

from consortia.partnership.hub_task import HubTask
from consortia.partnership.masks import FloatArray

MOST_ITERATIONS: Final = 1_000
PATIENT: Final = 20
"""Steps without a better bound after which they shrink."""
SHRINK: Final = 0.7
LEAST_STEP: Final = 1e-6
BETTER: Final = 1e-5
"""Part of the bound that counts as better."""
SLACK: Final = 1e-9


@dataclass(frozen=True, slots=True)
class HubPrices:
    """Prices of every player for every service, and what they prove."""

    prices: FloatArray
    """[player, service]."""
    bound: float
    """No choice of a division for every service is worth more, hubs paid."""
    left_over: FloatArray
    """Of every group: what its services gain above their members' prices, less its hub. Where that is below zero, no
    choice that opens the group is worth more than the bound plus this."""
    iterations: int


def hub_prices(
    task: HubTask, *, start: FloatArray, reached: float, most_iterations: int = MOST_ITERATIONS
) -> HubPrices:
    """Give prices with a low bound; `start` are those to begin with, `reached` is what some choice is worth.

    Steps aim at what is reached, and end where the bound is no more than that.
    """
    prices, step, idle, iterations = start.copy(), 1.0, 0, 0
    best, bound = prices.copy(), np.inf
    slope, left_over = np.empty_like(prices), np.empty(len(task.columns))
    while iterations < most_iterations and step > LEAST_STEP and bound - reached > SLACK * abs(reached):
        now = _account(task.columns.members, task.values, prices, task.hub_cost, slope, left_over)
        iterations, idle = iterations + 1, 0 if now < bound - BETTER * abs(bound) else idle + 1
        if now < bound:
            best, bound = prices.copy(), now
        if idle > PATIENT:
            prices, step, idle = best.copy(), step * SHRINK, 0
        elif slope.any():
            prices = prices - step * (now - reached) / float((slope**2).sum()) * slope
        else:
            break
    bound = _account(task.columns.members, task.values, best, task.hub_cost, slope, left_over)
    return HubPrices(best, bound, left_over, iterations)


@njit(cache=True, nogil=True)
def _account(members: Any, values: Any, prices: Any, hub_cost: Any, slope: Any, left_over: Any) -> Any:
    """The bound at these prices; writes its slope in them, and what every group has left over."""
    bound = prices.sum()
    slope[:] = 1.0
    gains = np.empty(values.shape[1])
    for place in range(values.shape[0]):
        gains[:] = values[place]
        size = 0
        while size < members.shape[1] and members[place, size] >= 0:
            gains -= prices[members[place, size]]
            size += 1
        total = -hub_cost if size > 1 else 0.0
        for gain in gains:
            total += max(gain, 0.0)
        left_over[place] = total
        if total > 0:
            bound += total
            for service in range(gains.size):
                if gains[service] > 0:
                    for at in range(size):
                        slope[members[place, at], service] -= 1.0
    return bound
