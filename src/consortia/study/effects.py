"""What a project changes, line by line: the kinds of saving, how they come in, and how long they last."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from consortia.study.estimates import Estimate
from consortia.study.fractions import (
    Growth,
    GrowthEstimate,
    MultipleEstimate,
    PartEstimate,
    Share,
    ShareEstimate,
    Surcharge,
)
from consortia.study.records import Record
from consortia.study.values import Key, Text, Year

SavingKind = Literal["cashable", "non_cashable", "cost_avoidance", "income", "one_off_saving"]
ONE = Estimate(value=1.0)


class Adoption(Record):
    """How an effect comes in: at once, in a straight line, along an S-curve, as a diffusion, or by a table."""

    curve: Literal["at_once", "linear", "logistic", "exponential", "bass", "table"] = "at_once"
    years: float = Field(default=1, gt=0, description="years until full, for linear and logistic")
    steepness: float = Field(default=6.0, gt=0, description="of the logistic: 6 reaches 95% at three quarters")
    pace: float = Field(default=1.0, gt=0, description="of the exponential: 1 - e^(-pace t) is reached after t years")
    innovation: Share = Field(default=0.03, gt=0, description="p of the Bass curve")
    imitation: Surcharge = Field(default=0.38, description="q of the Bass curve, mostly 0.3 to 0.5")
    table: tuple[Share, ...] = Field(default=(), description="part of the full effect in each year from the start")


class Persistence(Record):
    """How long what is new in one year lasts: for good, for so many further years, or fading by a part each year."""

    lasts: Literal["for_good", "years", "fades"] = "for_good"
    further_years: int = Field(default=0, ge=0, description="years after the first in which it still counts")
    kept: Share = Field(default=1.0, description="part that is left after each year, when it fades")


class EffectParts(Record):
    """What every effect says. Amounts are pounds a year in the prices of the base year unless said otherwise."""

    key: Key
    title: Text | None = None
    lines: tuple[str, ...] = Field(default=(), description="keys of the budget lines that it falls on")
    partner: str = Field(default="", description="who has it, where it is on no line; default: the project's split")
    money: SavingKind = "cashable"
    start: Year | None = Field(default=None, description="first year; default: that of the project")
    until: Year | None = Field(default=None, description="last year; default: the end of the horizon")
    adoption: Adoption = Adoption()
    persistence: Persistence = Persistence()
    reason: str = Field(default="", description="needed where more than half of a line would go")
    source: str = ""


class RateEffect(EffectParts):
    """A part of each line. On a line that grows it grows too; with others on the line it meets what they leave."""

    kind: Literal["rate_of_line"]
    rate: PartEstimate = Field(description="part of each line, 0.05 for 5%")


class AmountsEffect(EffectParts):
    """Amounts by year: what is saved in that year, or with `new_each_year` what is begun in it."""

    kind: Literal["amounts"]
    amounts: dict[Year, Decimal] = Field(min_length=1)
    new_each_year: bool = Field(default=False, description="each is new in its year and lasts as persistence says")
    then: Literal["continue", "stop"] = Field(default="continue", description="after the last year that is named")
    times: MultipleEstimate = Field(default=ONE, description="uncertain multiplier of all amounts")


class UnitsEffect(EffectParts):
    """Unit cost x volume x part of the volume that changes."""

    kind: Literal["units"]
    unit: Text
    unit_cost: Estimate = Field(description="pounds saved for each unit that changes")
    volume: Estimate = Field(description="units a year in the base year")
    rate: PartEstimate = Field(default=ONE, description="part of the volume that changes")
    growth: GrowthEstimate = Field(default=Estimate(value=0.0), description="growth of the volume a year")
    known_unit_cost: Decimal | None = Field(default=None, description="what a unit is known to cost, to compare")
    known_from: str = Field(default="", description="where the known cost comes from")


class PostsEffect(EffectParts):
    """Posts of the register that end; a post can end once in all projects together."""

    kind: Literal["posts"]
    posts: tuple[str, ...] = Field(min_length=1)


class ProcurementEffect(EffectParts):
    """A better price on the part of the spend that can be let anew."""

    kind: Literal["procurement"]
    rate: PartEstimate = Field(description="part of the price saved")
    open_share: ShareEstimate = Field(default=ONE, description="part of the lines that can be let anew")


def _one_or_by_year(given: Any) -> str:
    """Which form an index has: by year where the names are years."""
    by_year = isinstance(given, dict) and any(str(name)[:1].isdigit() for name in given)
    return "by_year" if by_year else "every_year"


Index = Annotated[
    Annotated[GrowthEstimate, Tag("every_year")] | Annotated[dict[Year, GrowthEstimate], Tag("by_year")],
    Discriminator(_one_or_by_year),
]


class Indexation(Record):
    """How a contract price moves: an index less so many points, never below a floor; all in cash terms."""

    index: Index = Field(description="growth of the index a year, or by year")
    less: Growth = Field(default=0.0, description="points taken off, 0.03 for three")
    floor: Growth = Field(default=0.0, description="lowest change of the price")


class ContractResource(Record):
    """What a resource-based contract buys: crews or hours, whatever they do."""

    name: Text
    number: float = Field(ge=0)
    cost: Decimal = Field(ge=0, description="pounds a year of one")


class ContractEffect(EffectParts):
    """A contract in place of a line or of a present cost: what is paid now less what will be paid."""

    kind: Literal["contract"]
    current: dict[Year, Decimal] | None = Field(
        default=None, description="paid without it; default: what the lines cost"
    )
    price: Estimate = Field(default=Estimate(value=0.0), description="price a year in the first year")
    price_of: dict[Year, Decimal] | None = Field(default=None, description="price by year, in place of `price`")
    resources: tuple[ContractResource, ...] = Field(default=(), description="what the price buys, in place of `price`")
    overhead: Share = Field(default=0.0, description="the contractor's overhead and profit, a part of these")
    indexation: Indexation | None = Field(default=None, description="default: the price stays in real terms")
    current_indexation: Indexation | None = Field(default=None, description="the same for what is paid now")


Effect = Annotated[
    RateEffect | AmountsEffect | UnitsEffect | PostsEffect | ProcurementEffect | ContractEffect,
    Field(discriminator="kind"),
]
