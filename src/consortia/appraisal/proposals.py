"""What is appraised: one group of partners sharing one service at one level, with all that its worth depends on."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum, isfinite
from typing import Protocol

from consortia.appraisal.distributions import (
    LARGEST_DELIVERY_RATIO,
    Delay,
    DeliveryRatio,
    Distribution,
    Pert,
    Slip,
    offset_median,
)

REFERENCE_SIZE = 4
"""The published saving ranges are read as what a group of four would see (methods.md 8.1 rule 2 [J])."""
DELAY_SHAPE = 2.0
"""Shape of the gamma delay [J]: only the mean is anchored on cases; 2 puts the likeliest delay at half the mean."""


class Maturity(Protocol):
    """How far a plan has come, and what that says about its delivery (methods.md 6.4 [J])."""

    @property
    def slip_probability(self) -> float:
        """Chance that it starts to save a year late."""

    @property
    def median(self) -> float:
        """Median of delivered over planned."""

    @property
    def sigma(self) -> float:
        """Spread of delivered over planned, on the log scale."""

    @property
    def delay_mean_months(self) -> float:
        """Mean delay of the saving, months."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCase:
    """One group sharing one service. Amounts are real pounds of the base year; rates are parts of addressable cost."""

    key: str
    """Names the case and its draws; unique in an appraisal."""
    service: str
    level: str
    members: tuple[str, ...]
    base_cost: tuple[float, ...]
    """Each member's addressable cost a year."""
    saving: Pert
    """Steady-state saving at full integration, as a group of four would see it."""
    level_factor: Pert
    """Part of the full saving that this level reaches."""
    setup_share: Pert
    """Set-up cost as a part of the saving planned for the first two years."""
    coordination: float
    """Coordination cost of the whole group a year at this level, in the central case."""
    coordination_fixed: float = 0.0
    """The part of it that does not grow with the level factor."""
    maturity: Maturity
    offset: float = 0.0
    """How the service's delivery differs from the class, on the log scale."""
    start: int = 1
    """First year of change, t >= 1."""
    highest_rate: float | None = None
    """Cap on the rate at full integration; None: the high end of the range."""
    size_factor: float | None = None
    """Part of the range that a group of this size sees; None: only duplicated work is shared, by number of members."""
    programme: str = ""
    """Cases of one programme (team, platform) are delivered or missed together; empty: of none."""
    delivery_cap: float = LARGEST_DELIVERY_RATIO
    delay_shape: float = DELAY_SHAPE

    def __post_init__(self) -> None:
        """Refuse a case that cannot be appraised: `ValueError` with the reason."""
        _check(self)

    @property
    def cost(self) -> float:
        """The group's addressable cost a year; the same to the last bit in whatever order the members come."""
        return fsum(self.base_cost)

    @property
    def weights(self) -> tuple[float, ...]:
        """Each member's part of the group's cost; equal parts where the group has none."""
        if self.cost == 0:
            return tuple(1 / len(self.members) for _ in self.members)
        return tuple(cost / self.cost for cost in self.base_cost)

    @property
    def size(self) -> float:
        """Part of the saving range that this group sees (methods.md 8.1 rule 2, unless given)."""
        return duplicated_work(len(self.members)) if self.size_factor is None else self.size_factor

    @property
    def cap(self) -> float:
        """Highest saving rate at full integration."""
        return self.saving.high if self.highest_rate is None else self.highest_rate

    @property
    def planned_saving(self) -> float:
        """Gross saving a year in the steady state as planned: the central case, pounds, before any delivery ratio."""
        return self.level_factor.central * min(self.saving.central * self.size, self.cap) * self.cost

    @property
    def inputs(self) -> dict[str, Distribution]:
        """The uncertain inputs by name."""
        return {
            "saving": self.saving,
            "level": self.level_factor,
            "setup": self.setup_share,
            **delivery_inputs(self.maturity, offset=self.offset, cap=self.delivery_cap, delay_shape=self.delay_shape),
        }


def duplicated_work(members: int) -> float:
    """The part of a saving range that a group of so many sees, a group of four all of it: (1 - 1/m) / (1 - 1/4)."""
    return (1 - 1 / members) / (1 - 1 / REFERENCE_SIZE)


def delivery_inputs(
    maturity: Maturity, *, offset: float = 0.0, cap: float = LARGEST_DELIVERY_RATIO, delay_shape: float = DELAY_SHAPE
) -> dict[str, Distribution]:
    """Delivered over planned, slip by a year, and months of delay of a plan of that maturity (methods.md 6.4 [J])."""
    return {
        "delivery": DeliveryRatio(offset_median(maturity.median, offset), maturity.sigma, cap),
        "slip": Slip(maturity.slip_probability),
        "delay": Delay(maturity.delay_mean_months, delay_shape),
    }


def _check(case: ServiceCase) -> None:
    if not case.members or len(set(case.members)) != len(case.members):
        raise ValueError(f"the members of '{case.key}' must be named, each once")
    if len(case.base_cost) != len(case.members):
        raise ValueError(f"'{case.key}' needs one cost for each of its {len(case.members)} members")
    if not all(isfinite(cost) and cost >= 0 for cost in case.base_cost):
        raise ValueError(f"the costs of '{case.key}' must be known and not negative")
    if not 0 <= case.coordination_fixed <= case.coordination < float("inf"):
        raise ValueError(f"the coordination cost of '{case.key}' must be known, not negative, and hold its fixed part")
    if case.start < 1:
        raise ValueError(f"'{case.key}' starts in year {case.start}; the base year 0 is past, so change starts at 1")
