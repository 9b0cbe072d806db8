"""What the workbook is made from: the inputs of the central case, and the library's own results to compare with."""

from __future__ import annotations

from dataclasses import dataclass

from consortia.report.paper import PartnerName, Stamp
from consortia.report.rows import AssumptionRow, ShareRow
from consortia.report.tables import Table
from consortia.report.words import Words
from consortia.study.definition import Range, Text


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


@dataclass(frozen=True, slots=True)
class GroupInputs:
    """A chosen group: its service, members (partner codes), level, and first year of change counted from the base year.

    `saving` and `cost` are the library's central case (draw 0): [member][year 0..horizon], real pounds.
    """

    key: str
    service: str
    members: tuple[str, ...]
    level: Text
    level_factor: float
    start: int
    saving: tuple[tuple[float, ...], ...]
    cost: tuple[tuple[float, ...], ...]


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
