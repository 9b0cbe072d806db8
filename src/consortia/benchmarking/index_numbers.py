"""Index numbers: how much of a change in cost is price and how much is volume, and one figure for many unit costs."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PriceIndex:
    """Prices of the later period over the earlier, 1 is no change: on old volumes, on new volumes, and between them."""

    laspeyres: float
    paasche: float
    fisher: float


def price_index(
    prices: tuple[Mapping[str, float], Mapping[str, float]], volumes: tuple[Mapping[str, float], Mapping[str, float]]
) -> PriceIndex:
    """Gives the index from (earlier, later) prices, pounds a unit, and volumes by service.

    Laspeyres = sum p1 q0 / sum p0 q0; Paasche = sum p1 q1 / sum p0 q1; Fisher = sqrt(L P). ValueError when the four do
    not hold the same services, or the earlier prices give no cost. Source: IMF, Consumer Price Index Manual, 2020.
    """
    _check_same(*prices, *volumes)
    (old, new), (before, after) = prices, volumes
    laspeyres = _cost(new, before) / _positive(_cost(old, before))
    paasche = _cost(new, after) / _positive(_cost(old, after))
    return PriceIndex(laspeyres, paasche, math.sqrt(laspeyres * paasche))


@dataclass(frozen=True, slots=True)
class CostChange:
    """A change of cost as two factors, price x volume = cost of the later period over the earlier."""

    price: float
    volume: float

    @property
    def cost(self) -> float:
        """The factor by which the cost has grown."""
        return self.price * self.volume


def split_change(
    prices: tuple[Mapping[str, float], Mapping[str, float]], volumes: tuple[Mapping[str, float], Mapping[str, float]]
) -> CostChange:
    """Gives a change of cost split into price and volume by Fisher's index: nothing is left over (factor reversal)."""
    price = price_index(prices, volumes).fisher
    (old, new), (before, after) = prices, volumes
    return CostChange(price, _cost(new, after) / _cost(old, before) / price)


def composite_unit_cost(
    unit_costs: Mapping[str, float], volumes: Mapping[str, float], *, peers: Mapping[str, float]
) -> float:
    """Gives what an authority's own activity costs over what it would cost at its peers' mean unit costs (1: the same).

    sum u q / sum u_peers q over the services, with the authority's own volumes q; of Paasche's type. Add only services
    that hold different money. ValueError when the three do not hold the same services.
    """
    _check_same(unit_costs, volumes, peers)
    return _cost(unit_costs, volumes) / _positive(_cost(peers, volumes))


def _cost(prices: Mapping[str, float], volumes: Mapping[str, float]) -> float:
    return math.fsum(prices[service] * volumes[service] for service in prices)


def _positive(cost: float) -> float:
    if not cost > 0:
        raise ValueError("an index needs a cost above zero to start from")
    return cost


def _check_same(first: Mapping[str, float], *others: Mapping[str, float]) -> None:
    if any(set(first) != set(other) for other in others):
        raise ValueError("prices and volumes must be given for the same services")
