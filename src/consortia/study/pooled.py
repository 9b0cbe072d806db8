"""A budget that partners pool: who pays in, grants, what is spent, assets and posts, and who owns what is left."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from consortia.findings import msgid
from consortia.study.records import Record, Refused
from consortia.study.values import Key, Text, Year


class PooledContribution(Record):
    """What one partner pays into a pooled budget in one year, cash or staff at their cost; nominal pounds."""

    partner: str
    year: Year
    amount: Decimal = Field(gt=0, description="pounds of the year")
    kind: Literal["cash", "staff"] = "cash"


class PooledGrant(Record):
    """Money from outside for the work that is pooled; nominal pounds."""

    giver: str = Field(min_length=1, description="who gives it")
    year: Year
    amount: Decimal = Field(gt=0, description="pounds of the year")
    returnable: bool = Field(default=True, description="what is not spent of it goes back to who gave it")


class PooledSpend(Record):
    """What the pool pays for in one year; nominal pounds."""

    year: Year
    what: Text
    amount: Decimal = Field(gt=0, description="pounds of the year, assets left out")
    from_grant: bool = Field(default=False, description="met from the grants")


class PooledAsset(Record):
    """Something that the pool has bought, with who holds it in law; its cost is spent in the year it was bought."""

    key: Key
    name: Text
    year: Year = Field(description="year in which it was bought")
    cost: Decimal = Field(gt=0, description="pounds of that year")
    from_grant: bool = Field(default=False, description="bought with the grants")
    life: int = Field(ge=1, description="years over which its value is written down in equal parts")
    holder: str = Field(description="partner that holds it in law and keeps it when it leaves")
    owned_by: Literal["all", "holder"] = Field(default="all", description="whom its value belongs to")


class JointPost(Record):
    """A post that the pool pays for; its cost is part of what is spent."""

    title: Text
    fte: float = Field(gt=0, description="whole-time equivalents")
    employer: str = Field(description="partner that employs the person")


class PooledBudget(Record):
    """One pooled budget with its account; what partners own of it follows what they have paid in, or is equal."""

    key: Key
    title: Text
    host: str = Field(description="partner that keeps the account")
    services: tuple[str, ...] = Field(default=(), description="codes in the service taxonomy that it pays for")
    opening: Decimal = Field(default=Decimal(0), description="pounds held before the first year, owned like the rest")
    contributions: tuple[PooledContribution, ...] = Field(min_length=1)
    grants: tuple[PooledGrant, ...] = ()
    spending: tuple[PooledSpend, ...] = ()
    assets: tuple[PooledAsset, ...] = ()
    posts: tuple[JointPost, ...] = ()
    owned: Literal["by_contribution", "equal"] = Field(
        default="by_contribution", description="how balance and assets belong to the partners"
    )
    source: str = Field(min_length=1, description="agreement or account that it comes from")

    @model_validator(mode="after")
    def _run_by_those_who_pay(self) -> Self:
        paying = {one.partner for one in self.contributions}
        named = {self.host, *(one.holder for one in self.assets), *(one.employer for one in self.posts)}
        strangers = sorted(named - paying)
        if strangers:
            sentence = msgid("{partners} keep, hold or employ for the pooled budget '{pool}' and pay nothing into it.")
            remedy = msgid("Add what they pay, if only the cost of staff, or name a partner that does.")
            raise Refused("no-contributor", sentence, remedy, pool=self.key, partners=", ".join(strangers))
        return self

    @property
    def partners(self) -> tuple[str, ...]:
        """Those who pay in, in the order in which they are first named."""
        return tuple(dict.fromkeys(one.partner for one in self.contributions))

    @property
    def years(self) -> tuple[str, ...]:
        """Every year in which something is paid in or spent, in order."""
        paid = {one.year for one in self.contributions} | {one.year for one in self.grants}
        return tuple(sorted(paid | {one.year for one in self.spending} | {one.year for one in self.assets}))
