"""An appraisal: the cash flows of every draw, and what they are worth to a partner, in a service, and to all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.measures import discounted_payback, payback
from consortia.appraisal.risk import Risk, risk_of
from consortia.periods import FinancialYear, PriceBase


@dataclass(frozen=True, eq=False, kw_only=True)
class Appraisal:
    """Saving and cost [draw, partner, service, year], float pounds in the prices of the base year; draw 0 is central.

    Saving and cost are both positive when there is any; net is saving less cost.
    """

    axes: ClassVar[tuple[str, ...]] = ("draw", "partner", "service", "year")

    saving: FloatArray
    cost: FloatArray
    partners: tuple[str, ...]
    services: tuple[str, ...]
    base_year: FinancialYear
    factors: FloatArray
    """The discount factor of each year."""
    seed: int

    def __post_init__(self) -> None:
        """A finished appraisal does not change."""
        for array in (self.saving, self.cost, self.factors):
            array.setflags(write=False)

    @property
    def net(self) -> FloatArray:
        """Saving less cost, same axes."""
        return self.saving - self.cost

    @property
    def price_base(self) -> PriceBase:
        """Real, in the prices of the base year."""
        return PriceBase(self.base_year)

    @property
    def years(self) -> tuple[FinancialYear, ...]:
        """The financial year of each place on the year axis; the first is the base year."""
        return tuple(self.base_year.plus(t) for t in range(self.factors.size))

    @property
    def draws(self) -> int:
        """Number of draws besides the central case."""
        return int(self.saving.shape[0]) - 1

    def npv(self) -> FloatArray:
        """Net present value over all years, [draw, partner, service], pounds."""
        return self._npv

    @cached_property
    def _npv(self) -> FloatArray:
        worth = np.zeros(self.saving.shape[1:3] + self.saving.shape[:1])
        for t, factor in enumerate(self.factors):
            worth += factor * np.moveaxis(self.saving[..., t] - self.cost[..., t], 0, -1)
        worth.setflags(write=False)
        return np.moveaxis(worth, -1, 0)

    def worth(self, *, partners: Sequence[str] | None = None, services: Sequence[str] | None = None) -> FloatArray:
        """Net present value [draw] summed over those partners and services; None: all of them."""
        whose, what = self._places(partners, services)
        return np.asarray(self.npv()[:, whose][:, :, what].sum(axis=(1, 2)))

    def risk(self, *, partners: Sequence[str] | None = None, services: Sequence[str] | None = None) -> Risk:
        """Central value, P10, P50, P90 and chance of a net loss of what `worth` gives."""
        return risk_of(self.worth(partners=partners, services=services))

    def chance_of_loss(self, *, partners: Sequence[str] | None = None, services: Sequence[str] | None = None) -> float:
        """Part of the draws in which those partners lose on those services over all years; None: all of them."""
        return self.risk(partners=partners, services=services).chance_of_loss

    def flow(
        self, *, partners: Sequence[str] | None = None, services: Sequence[str] | None = None, draw: int = 0
    ) -> FloatArray:
        """Net [year] of one draw, the central one unless told, summed over those partners and services."""
        whose, what = self._places(partners, services)
        one = self.saving[draw] - self.cost[draw]
        return np.asarray(one[whose][:, what].sum(axis=(0, 1)))

    def payback(
        self,
        *,
        partners: Sequence[str] | None = None,
        services: Sequence[str] | None = None,
        discounted: bool = False,
    ) -> float | None:
        """Years from the base year until the central case has paid back; None: never within the years appraised."""
        flow = self.flow(partners=partners, services=services)
        return discounted_payback(flow, self.factors) if discounted else payback(flow)

    def _places(self, partners: Sequence[str] | None, services: Sequence[str] | None) -> tuple[list[int], list[int]]:
        return _places(self.partners, partners), _places(self.services, services)


def _places(axis: tuple[str, ...], names: Sequence[str] | None) -> list[int]:
    """Places on an axis, in the order of the names: sums are then the same whatever order the axis has."""
    wanted = axis if names is None else names
    unknown = sorted(set(wanted) - set(axis))
    if unknown:
        raise ValueError(f"{', '.join(unknown)} are not in this appraisal")
    return [axis.index(name) for name in sorted(set(wanted))]
