"""The level of a service that was agreed, and what each partner has chosen since: more, less, or the same."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field

from consortia.study.fractions import Share
from consortia.study.records import Record
from consortia.study.values import Text


class ChosenLevel(Record):
    """What one partner has chosen."""

    partner: str
    level: float = Field(gt=0, description="in the unit of the service level")
    reason: str = ""


class LevelStep(Record):
    """A cost a year that arises once anybody is at a level or above it."""

    level: float = Field(gt=0)
    cost: Decimal = Field(ge=0, description="pounds a year, prices of the base year")
    what: Text


class ServiceLevel(Record):
    """A service costed at one level for all; those not named keep to it."""

    service: str = Field(description="code in the service taxonomy")
    measure: Text = Field(description="what the level counts, such as collections a week")
    standard: float = Field(gt=0, description="the level that was agreed")
    chosen: tuple[ChosenLevel, ...] = Field(min_length=1)
    varies: Share = Field(description="part of the cost that moves in proportion to the level")
    falls_away: Share = Field(
        default=0.5, description="part of what should fall away where somebody chooses less that does; judgement"
    )
    steps: tuple[LevelStep, ...] = ()
    source: str = Field(description="agreement, decision or judgement that it comes from")

    def level_of(self, partner: str) -> float:
        """What a partner has: its own choice, else what was agreed."""
        return next((one.level for one in self.chosen if one.partner == partner), self.standard)
