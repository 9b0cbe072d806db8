"""Published records of savings delivered against savings planned: a survey by service and year, and single cases."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from consortia.reference import shelf


@dataclass(frozen=True, slots=True)
class SurveyCell:
    """How far the average saving delivered was from the average planned, of a service in a year; None: not printed."""

    tier: Literal["single_tier", "district"]
    service: str
    """A head of the list of services, or "other"."""
    heading: str
    year: str
    difference_percent: float | None
    councils: int
    evidence: str
    source: str
    note: str

    @property
    def ratio(self) -> float | None:
        """Delivered over planned; None: not printed."""
        return None if self.difference_percent is None else 1 + self.difference_percent / 100


@dataclass(frozen=True, slots=True)
class DeliveryCase:
    """One saving that somebody planned and reported on, million pounds, in the prices of its time."""

    case: str
    name: str
    planned_million: float
    delivered_million: float
    period: str
    evidence: str
    source: str
    note: str

    @property
    def ratio(self) -> float:
        """Delivered over planned."""
        return self.delivered_million / self.planned_million


@cache
def survey_cells() -> tuple[SurveyCell, ...]:
    """Every cell of figures 8 (single-tier councils) and 9 (districts) of the survey of 2010-11 to 2012-13."""
    return tuple(_cell(row) for row in shelf.rows("delivery_survey"))


def _cell(row: dict[str, str]) -> SurveyCell:
    difference = shelf.number(row["difference_percent"])
    return shelf.record(SurveyCell, row, difference_percent=difference, councils=int(row["councils"]))


@cache
def delivery_cases() -> tuple[DeliveryCase, ...]:
    """The published cases, most of them chosen as good practice: neither unbiased nor independent."""
    rows = shelf.rows("delivery_cases")
    return tuple(
        shelf.record(DeliveryCase, row, **shelf.numbers(row, "planned_million", "delivered_million")) for row in rows
    )
