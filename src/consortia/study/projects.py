"""Savings that partners state themselves: the budget lines, and projects with effects, costs and contract terms."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from consortia.study.assurance import Assurance
from consortia.study.effects import ONE, Effect, SavingKind
from consortia.study.estimates import Estimate
from consortia.study.fractions import (
    DeliveredEstimate,
    Growth,
    GrowthEstimate,
    Interest,
    MonthsEstimate,
    Multiple,
    MultipleEstimate,
    Share,
    Surcharge,
)
from consortia.study.placements import Aim
from consortia.study.priorities import Score
from consortia.study.records import Record
from consortia.study.tracking import Condition, Engagement, Forecast, Mitigation
from consortia.study.values import Day, Key, Text, Year
from consortia.study.workings import (
    ByTheMonth,
    EarlyExit,
    EndingTogether,
    LostVat,
    OfficeMove,
    PartialExemption,
    PayLift,
    StrandedOverheads,
    SystemWork,
)

Maturity = Literal["as_stated", "outline_idea", "outline_case", "full_case", "contracted"]
ProjectLever = Literal["share_practice", "remove_duplication", "build_critical_mass"]
CostKind = Literal[
    "pension_strain", "ict", "programme", "dual_running", "pay_alignment", "vat", "contract_exit", "accommodation",
    "capital", "receipt", "other",
]  # fmt: skip
VarianceReason = Literal["timing", "contract", "ict", "estimate", "project_control", "demand", "other"]
Weights = dict[str, Annotated[float, Field(ge=0)]]
"""Weights by partner; what is shared out by them is nothing where all are zero, which is told as a finding."""


class BudgetLine(Record):
    """What a partner spends on something without any project; real pounds of the base year."""

    key: Key
    partner: str
    service: str = Field(default="", description="code in the service taxonomy")
    title: Text | None = None
    amount: Decimal | None = Field(default=None, ge=0, description="pounds a year; left out: from the partner's return")
    growth: GrowthEstimate = Field(default=Estimate(value=0.0), description="growth of demand a year")
    price_growth: GrowthEstimate = Field(
        default=Estimate(value=0.0), description="growth of prices a year beyond inflation"
    )
    floor: Decimal = Field(default=Decimal(0), ge=0, description="what it cannot fall below, by duty or contract")
    source: str = ""


class Employee(Record):
    """Somebody whose post ends: what statutory redundancy pay depends on. Pounds are cash, whatever `prices` says."""

    age: int = Field(ge=16, le=100)
    service_years: int = Field(ge=0, description="complete years of service")
    weekly_pay: Decimal = Field(gt=0, description="cash of the year in which they leave")
    pension_strain: Decimal | None = Field(
        default=None,
        ge=0,
        description="what the pension fund asks for each, cash of the year; 0 for no member; empty: not known",
    )
    number: int = Field(default=1, ge=1, description="how many like this")


class Redundancy(Record):
    """Redundancy by statute, with the cap of its date, times what the council pays above it.

    Pay, its limit and the pension strain are cash of their year, whatever `prices` says: the law and the fund name
    them.
    """

    kind: Literal["redundancy"]
    key: Key
    partner: str = ""
    year: Year
    people: tuple[Employee, ...] = ()
    posts: tuple[str, ...] = Field(default=(), description="posts of the register whose holders leave")
    on: Day = Field(
        default="",
        description="relevant date; default: 6 April of the year, on which a new limit on a week's pay begins",
    )
    decided: Day = Field(default="", description="day of the decision: consultation and notice come before `on`")
    weekly_pay: Literal["capped", "actual"] = "capped"
    weekly_limit: Decimal | None = Field(default=None, gt=0, description="the limit on a week's pay; default: by date")
    enhancement: Multiple = Field(default=1.0, ge=1, description="the council's multiple of the statutory weeks")
    strain_payments: int = Field(default=1, ge=1, description="level yearly payments of the pension strain")
    strain_rate: Interest = Field(default=0.0, description="interest of the pension fund on these a year, cash")
    times: MultipleEstimate = Field(default=ONE, description="uncertain multiplier")
    source: str = ""


class OneOff(Record):
    """Money spent to bring a project about, or a running cost that it brings with it; real pounds."""

    kind: CostKind
    key: Key
    title: Text | None = None
    partner: str = Field(default="", description="who pays; default: the project's split")
    split: Weights = Field(default={}, description="weights by partner, such as floor space")
    amounts: dict[Year, Decimal] = Field(min_length=1)
    running: bool = Field(default=False, description="a cost every year: the last amount goes on to the horizon")
    with_effects: bool = Field(
        default=False, description="as late and as large as the effects turn out: pay of a post in place of two"
    )
    times: MultipleEstimate = Field(default=ONE, description="uncertain multiplier")
    chance: Share = Field(default=1.0, description="that it comes at all: a contingent cost")
    reason: str = ""
    source: str = ""


Cost = Annotated[
    Redundancy
    | OneOff
    | ByTheMonth
    | SystemWork
    | PayLift
    | LostVat
    | PartialExemption
    | EarlyExit
    | OfficeMove
    | StrandedOverheads
    | EndingTogether,
    Field(discriminator="kind"),
]


class TermParts(Record):
    """What every term says."""

    key: Key
    title: Text | None = None
    partner: str = Field(default="", description="whose term it is; default: the project's split")
    source: str = ""


class Guarantee(TermParts):
    """The other side makes good what falls short of so much a year, unless it defaults."""

    kind: Literal["guarantee"]
    amounts: dict[Year, Decimal] = Field(min_length=1)
    money: SavingKind = Field(default="cashable", description="what is guaranteed: a saving, or income")
    ratchet: Growth = Field(
        default=0.0, description="the guaranteed amount grows by this part each year after the last"
    )
    default_chance: Share = Field(default=0.0, description="chance a year that the other side fails")


class GainShare(TermParts):
    """Above the target a part is paid away; below it a part of what is missing is paid to us (a penalty)."""

    kind: Literal["gain_share"]
    target: dict[Year, Decimal] = Field(min_length=1)
    money: SavingKind = "cashable"
    share_above: Share = Field(default=0.5, description="part of the excess paid away")
    share_below: Surcharge = Field(default=0.0, description="part of the shortfall paid to us")
    cap: Decimal | None = Field(default=None, description="most that is paid either way in a year")


class ProfitShare(TermParts):
    """A part of the other side's profit above what it keeps first."""

    kind: Literal["profit_share"]
    profit: Estimate = Field(description="profit a year, pounds")
    keeps_first: Decimal = Field(default=Decimal(0), ge=0)
    share: Share = Field(description="part of the profit above it that is ours")
    start: Year | None = None


class RatchetedOutcomes(TermParts):
    """Outcomes that must rise each year for the same money: worth more each year, and no cash."""

    kind: Literal["ratcheted_outcomes"]
    price: Decimal = Field(ge=0, description="paid a year, pounds")
    growth: Growth = Field(description="part by which the outcomes rise each year")
    start: Year | None = Field(default=None, description="year of the outcomes that are paid for")


class Contribution(TermParts):
    """Money from outside each year: a partner's contribution or an annual grant."""

    kind: Literal["contribution"]
    amounts: dict[Year, Decimal] = Field(min_length=1)
    then: Literal["continue", "stop"] = "stop"
    giver: Text
    renewal: Share = Field(
        default=1.0, description="an annual grant: chance of each year after the first that it is renewed"
    )


class Break(TermParts):
    """From a year on the contract may be ended; then the project's effects stop."""

    kind: Literal["break"]
    first: Year = Field(description="first year in which it may be used")
    chance: Share = Field(description="chance a year from then that it is used")


class Default(TermParts):
    """A partner or contractor may fail; then the project's effects stop."""

    kind: Literal["default"]
    chance: Share = Field(description="chance a year")


class Extension(TermParts):
    """The effects run to the end of the contract, and beyond it to a later end with some chance."""

    kind: Literal["extension"]
    ends: Year
    extended_to: Year = Field(description="end after the extension, such as the end of the other contracts")
    chance: Share = Field(default=1.0, description="that it is extended")


Term = Annotated[
    Guarantee | GainShare | ProfitShare | RatchetedOutcomes | Contribution | Break | Default | Extension,
    Field(discriminator="kind"),
]


class Funding(Record):
    """Where the money for the one-off costs comes from; what is from outside lowers what the partners pay.

    What is to be repaid is lent: it is in no net present value. The medium-term plan and the funding gap have what is
    lent and what is paid back, each in its year.
    """

    key: Key
    title: Text
    partner: str = Field(default="", description="whose money; default: from outside the partners")
    amounts: dict[Year, Decimal] = Field(min_length=1)
    repaid_over: int = Field(default=0, ge=0, description="years in which an invest-to-save fund is repaid; 0: never")
    repaid_share: Share = Field(
        default=0.0, description="part of each year's saving that repays it, in place of level payments"
    )
    rate: Interest = Field(default=0.0, description="interest of the fund a year, cash")
    source: str = ""

    @property
    def repaid(self) -> bool:
        """Whether it is lent, to be paid back."""
        return bool(self.repaid_over or self.repaid_share)


class Outturn(Record):
    """What came of a project in a year, or of a part of it; cash pounds of that year."""

    year: Year
    item: str = Field(default="", description="effect or part that it is about; default: the whole project")
    title: Text | None = None
    planned: Decimal | None = None
    delivered: Decimal | None = Field(default=None, description="empty: not known")
    difference: Decimal | None = Field(default=None, description="delivered less planned, where only that is printed")
    recovered: Decimal = Field(default=Decimal(0), description="found elsewhere since, for what fell short")
    why: VarianceReason | None = None
    note: str = ""
    source: str = ""

    @property
    def short(self) -> Decimal | None:
        """What was delivered less what was planned; None where it is not known."""
        if self.planned is not None and self.delivered is not None:
            return self.delivered - self.planned
        return self.difference


class MinimumScale(Record):
    """The size below which the project is not worth beginning."""

    volume: float = Field(ge=0, description="size of the partners together")
    needed: float = Field(gt=0)
    unit: Text
    below: Literal["told", "nothing_saved"] = Field(
        default="told", description="what too small a size does: a warning only, or costs without any saving as well"
    )
    source: str = ""


class Count(Record):
    """Things that must add up: parts, and the total that was printed; such as staff who move, stay or leave."""

    key: Key
    title: Text
    parts: dict[str, float]
    total: float
    source: str = ""


class Uptake(Record):
    """A count with its share of all, and what was aimed at: the total that is implied can be held against others."""

    date: str
    item: str
    count: float | None = None
    share: Share | None = Field(default=None, gt=0, description="part of all")
    target: Share | None = Field(default=None, gt=0, description="share that was aimed at")
    source: str = ""


class Project(Record):
    """A saving that partners state themselves, line by line."""

    key: Key
    title: Text
    owner: str = ""
    split: Weights = Field(default={}, description="weights by partner for what is on no line")
    prices: Literal["real", "nominal"] = Field(
        default="real",
        description="of amounts, caps, profits and what is lent: prices of the base year, or cash of each year",
    )
    active: bool = Field(default=True, description="false leaves it out; a scenario may change it")
    service: str = Field(default="", description="for how much is delivered of what is planned; default: as a new one")
    maturity: Maturity = Field(default="outline_case", description="as_stated: in full and on time, as the source says")
    delivery: DeliveredEstimate | None = Field(
        default=None, description="delivered over planned, in place of the maturity's"
    )
    delay_months: MonthsEstimate | None = Field(default=None, description="months late, in place of the maturity's")
    start: Year | None = Field(default=None, description="first year of effect; default: the year after the base year")
    effects: tuple[Effect, ...] = ()
    costs: tuple[Cost, ...] = ()
    terms: tuple[Term, ...] = ()
    funding: tuple[Funding, ...] = ()
    outturns: tuple[Outturn, ...] = ()
    uptakes: tuple[Uptake, ...] = ()
    counts: tuple[Count, ...] = ()
    depends_on: tuple[str, ...] = Field(default=(), description="projects that must have started before it")
    excludes: tuple[str, ...] = Field(default=(), description="projects that cannot be done beside it")
    programme: str = Field(default="", description="projects of one team or platform: their fortunes go together")
    minimum_scale: MinimumScale | None = None
    scores: tuple[Score, ...] = Field(default=(), description="how it does by the criteria of `priorities`")
    aims: tuple[Aim, ...] = Field(default=(), description="which of the four aims of working together it serves")
    forecasts: tuple[Forecast, ...] = Field(default=(), description="what it was expected to save in all, oldest first")
    assurance: Assurance | None = None
    mitigations: tuple[Mitigation, ...] = ()
    engagement: tuple[Engagement, ...] = ()
    conditions: tuple[Condition, ...] = Field(default=(), description="on which it hangs whether others can do it too")
    lever: ProjectLever = "remove_duplication"
    source: str = ""
