"""One-off costs given by what they are made of, so that their sum can be seen: months, desks, pay points, VAT."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from consortia.study.effects import ONE
from consortia.study.fractions import MultipleEstimate, Share, Surcharge
from consortia.study.records import Record
from consortia.study.values import Key, Text, Year


class WorkedParts(Record):
    """What every worked cost says. Amounts are pounds in the prices of the project."""

    key: Key
    title: Text | None = None
    partner: str = Field(default="", description="who pays; default: the project's split")
    split: dict[str, float] = Field(default={}, description="weights by partner, such as floor space")
    times: MultipleEstimate = Field(default=ONE, description="uncertain multiplier")
    chance: Share = Field(default=1.0, description="that it comes at all: a contingent cost")
    reason: str = ""
    source: str = ""


class ByTheMonth(WorkedParts):
    """A programme team, or the old service kept going beside the new one: a yearly cost for so many months."""

    kind: Literal["by_the_month"]
    cost_a_year: Decimal = Field(ge=0)
    first: Year = Field(description="from the beginning of this year")
    months: float = Field(gt=0)


class SystemWork(WorkedParts):
    """A change of ICT: what it costs once, with a contingency on it, and what it costs more a year afterwards."""

    kind: Literal["system_change"]
    licences: Decimal = Field(default=Decimal(0), ge=0)
    implementation: Decimal = Field(default=Decimal(0), ge=0)
    migration: Decimal = Field(default=Decimal(0), ge=0, description="moving and cleaning the data")
    training: Decimal = Field(default=Decimal(0), ge=0)
    contingency: Surcharge = Field(default=0.0, description="part of all these set aside for what is not known")
    spread: dict[Year, Share] = Field(min_length=1, description="part of the one-off cost in each year")
    running: Decimal = Field(default=Decimal(0), description="more a year after the last of these years; less: below 0")


class PayGroup(Record):
    """People who do the same work at one partner."""

    pay: Decimal = Field(ge=0, description="pounds a year, full-time")
    fte: float = Field(ge=0)
    on_cost: Share = Field(default=0.0, description="employer's contributions as a part of pay")


class PayLift(WorkedParts):
    """Pay lifted to the best of the partners, from the year after the transfer and for good; never lowered."""

    kind: Literal["pay_lift"]
    groups: tuple[PayGroup, ...] = Field(min_length=2)
    transfer: Year = Field(description="year in which staff transfer with the pay they have")
    phase: tuple[Share, ...] = Field(default=(1.0,), min_length=1, description="part reached in each year after it")


Then = Literal["continue", "stop"]


class LostVat(WorkedParts):
    """Tax on what a supplier charges that cannot be claimed back: a cost of every year, as long as it charges.

    A charge holds until the next year that is named, and the last one goes on to the end, as savings do; with
    `then: stop` nothing is charged after the last year that is named.
    """

    kind: Literal["lost_vat"]
    charge: dict[Year, Decimal] = Field(min_length=1, description="charged before tax")
    then: Then = Field(default="continue", description="after the last year that is named")
    vat_rate: Share = Field(description="tax as a part of the charge, 0.2 for 20%")
    recoverable: Share = Field(default=0.0, description="part of the tax that can be claimed back")


class PartialExemption(WorkedParts):
    """Tax on costs of exempt work: all of it is lost where it is above a part of all tax. The cost beyond today's.

    The tax holds until the next year that is named, and the last one goes on to the end, as savings do; where one year
    alone is above the limit, name the year after it too. With `then: stop` nothing is lost after the last year named.
    """

    kind: Literal["partial_exemption"]
    exempt_tax: dict[Year, Decimal] = Field(min_length=1, description="tax on costs of exempt work, with the project")
    then: Then = Field(default="continue", description="after the last year that is named")
    today: Decimal = Field(default=Decimal(0), ge=0, description="the same a year without it")
    total_tax: Decimal = Field(gt=0, description="tax on all purchases a year")
    limit: Share = Field(gt=0, description="part of it up to which none is lost: 0.05 by VAT Notice 749")


class EarlyExit(WorkedParts):
    """A contract left early: what is still due, and a fee."""

    kind: Literal["early_exit"]
    year: Year
    monthly: Decimal = Field(ge=0)
    months_left: float = Field(ge=0)
    part_due: Share = Field(default=1.0, description="part of it that is due all the same")
    fee: Decimal = Field(default=Decimal(0), ge=0)


class OfficeMove(WorkedParts):
    """People moved from one building to another."""

    kind: Literal["office_move"]
    year: Year
    desks: float = Field(ge=0)
    cost_per_desk: Decimal = Field(ge=0)
    fit_out: Decimal = Field(default=Decimal(0), ge=0)
    dilapidations: Decimal = Field(default=Decimal(0), ge=0, description="what a landlord asks for at the end")


class StrandedOverheads(WorkedParts):
    """Overheads that a service paid for and that stay when it has gone, until they are reduced."""

    kind: Literal["stranded_overheads"]
    recharge: Decimal = Field(ge=0, description="what the service was charged a year")
    first: Year
    left: tuple[Share, ...] = Field(min_length=1, description="part of it left in each year, then nothing")


class EndingTogether(WorkedParts):
    """Contracts extended until all of them end together: what the extensions cost above the present price."""

    kind: Literal["coterminous_extension"]
    extended: dict[Year, float] = Field(min_length=1, description="months of extension in each year, all contracts")
    premium: Decimal = Field(description="pounds more for each month")


Worked = Annotated[
    ByTheMonth
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
