"""What the workbook is made from: the inputs of the central case, and the library's own results to compare with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from math import fsum, inf
from operator import sub

from consortia.appraisal.distributions import Pert
from consortia.appraisal.profiles import Phasing
from consortia.appraisal.proposals import duplicated_work
from consortia.report.paper import PartnerName, Stamp
from consortia.report.projects_model import ProjectsModel
from consortia.report.rows import AssumptionRow, ShareRow
from consortia.report.tables import Table
from consortia.report.words import Words
from consortia.study.definition import Range, Text


@dataclass(frozen=True, slots=True)
class CurveInputs:
    """The scale curve that a service is priced by: cost grows as volume to the power of the elasticity.

    `volumes` by partner code; size saves nothing beyond `efficient_size` (None: no such size is known).
    """

    elasticity: float
    volumes: Mapping[str, float]
    efficient_size: float | None


@dataclass(frozen=True, slots=True)
class ServiceInputs:
    """A service's addressable cost and saving range. `gross` has an entry per partner, in order: real pounds a year.

    `None` in `gross`: not known; a partner that does not provide the service is in no group and has 0.0 in `provided`.
    `saving` is a share of addressable gross cost at full integration, as a group of four would see it; `delivery` the
    median delivered share of plan, `delay_months` the mean delay.
    """

    key: str
    name: Text
    gross: tuple[float | None, ...]
    provided: tuple[bool, ...]
    addressable_share: float
    saving: Range
    delivery: float
    delay_months: float
    curve: CurveInputs | None = None


@dataclass(frozen=True, slots=True)
class GroupInputs:
    """A chosen group: its service, members (partner codes), level, and first year of change counted from the base year.

    `saving` and `cost` are the library's central case (draw 0): [member][year 0..horizon], real pounds. `unlikeness` is
    that of the mean pair of members, 0 to 1.
    """

    key: str
    service: str
    members: tuple[str, ...]
    level: Text
    level_factor: float
    start: int
    saving: tuple[tuple[float, ...], ...]
    cost: tuple[tuple[float, ...], ...]
    unlikeness: float = 0.0


@dataclass(frozen=True, slots=True)
class WorkbookModel:
    """The central case of a run. Rates are fractions; `discount_rates` has one rate for each year 1..horizon."""

    title: Text
    partners: tuple[PartnerName, ...]
    base_year: str
    horizon_years: int
    schedule: Words
    discount_rates: tuple[float, ...]
    benefit_phasing: tuple[float, ...]
    cost_phasing: tuple[float, ...]
    setup_share: Range
    pair_rate: float
    fixed_coordination: float
    services: tuple[ServiceInputs, ...]
    groups: tuple[GroupInputs, ...]
    shares: tuple[ShareRow, ...]
    assumptions: tuple[AssumptionRow, ...]
    decision: Table
    stamp: Stamp
    unlikeness_rate: float = 0.0
    projects: ProjectsModel | None = None

    @property
    def discount_factors(self) -> tuple[float, ...]:
        """The discount factor of each year 0..horizon."""
        return tuple(accumulate(self.discount_rates, lambda factor, rate: factor / (1 + rate), initial=1.0))

    @property
    def phasing(self) -> Phasing:
        """How a change comes in."""
        return Phasing(self.benefit_phasing, self.cost_phasing)

    def service(self, key: str) -> ServiceInputs:
        """The inputs of one service; ValueError when there is none."""
        for service in self.services:
            if service.key == key:
                return service
        raise ValueError(f"the workbook has no inputs of {key}")

    def place(self, code: str) -> int:
        """A partner's place in the order of the study; ValueError when it has none."""
        return [partner.code for partner in self.partners].index(code)

    def central_case(self, group: GroupInputs) -> CentralCase:
        """What a group's central case stands on, worked out from the inputs."""
        return CentralCase(self, group)


@dataclass(frozen=True)
class CentralCase:
    """A group's steady state from the inputs: costs, rate, planned saving, set-up and coordination, real pounds."""

    model: WorkbookModel
    group: GroupInputs

    @property
    def service(self) -> ServiceInputs:
        """The inputs of its service."""
        return self.model.service(self.group.service)

    @property
    def costs(self) -> tuple[float, ...]:
        """Each member's addressable cost a year; ValueError when a member's cost is not known."""
        gross = [self.service.gross[self.model.place(code)] for code in self.group.members]
        known = [cost * self.service.addressable_share for cost in gross if cost is not None]
        if len(known) < len(gross):
            raise ValueError(f"a member of {self.group.key} has no known cost")
        return tuple(known)

    @property
    def cost(self) -> float:
        """The group's addressable cost a year."""
        return fsum(self.costs)

    @property
    def size(self) -> float:
        """Part of the saving range that a group of this size sees."""
        return duplicated_work(len(self.group.members))

    @property
    def rate(self) -> float:
        """Planned saving as a part of addressable cost: capped at the high end of the range, at the group's level."""
        full = mean(self.service.saving) * self.size if self.service.curve is None else self.curve_rate
        return self.group.level_factor * min(full, self.service.saving.high)

    @property
    def curve_rate(self) -> float:
        """Saving at full integration by the scale curve, without a cap; ValueError for a service without one."""
        curve = self.service.curve
        if curve is None:
            raise ValueError(f"{self.service.key} is not priced by a scale curve")
        limit = inf if curve.efficient_size is None else curve.efficient_size
        volumes = [curve.volumes[code] for code in self.group.members]
        times = (min(fsum(volumes), limit) / min(one, limit) for one in volumes)
        spent = (cost * each ** (curve.elasticity - 1) for cost, each in zip(self.costs, times, strict=True))
        return 1 - fsum(spent) / self.cost

    @property
    def planned(self) -> float:
        """Planned saving a year once complete."""
        return self.rate * self.cost

    @property
    def setup(self) -> float:
        """Set-up cost, undiscounted."""
        return mean(self.model.setup_share) * self.model.phasing.first_two_years * max(self.planned, 0.0)

    @property
    def coordination(self) -> float:
        """Coordination cost a year."""
        members = len(self.group.members)
        part = self.model.pair_rate * members * (members - 1) / 2 + self.model.unlikeness_rate * self.group.unlikeness
        return self.model.fixed_coordination + self.group.level_factor * part * self.cost / members

    @property
    def net(self) -> tuple[float, ...]:
        """The library's net flow of all members in each year."""
        return tuple(map(fsum, zip(*self.member_net, strict=True)))

    @property
    def member_net(self) -> tuple[tuple[float, ...], ...]:
        """The library's net flow of each member in each year."""
        pairs = zip(self.group.saving, self.group.cost, strict=True)
        return tuple(tuple(map(sub, saving, cost)) for saving, cost in pairs)


def mean(span: Range) -> float:
    """The PERT mean of a range."""
    return Pert(span.low, span.mode, span.high).mean
