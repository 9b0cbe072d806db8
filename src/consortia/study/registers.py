"""Registers that make options: posts, buildings, systems and contracts of the partners."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from consortia.study.fractions import Share
from consortia.study.records import Record
from consortia.study.values import Day, Key, Text

Condition = Literal["A", "B", "C", "D"]


class Post(Record):
    """A post with what it costs; its on-cost is a part of the salary."""

    key: Key
    partner: str
    title: Text
    grade: str = ""
    role: str = Field(default="", description="posts of one role are held against each other: merger of management")
    line: str = Field(default="", description="budget line that pays it; a saving on the post falls on it")
    fte: float = Field(default=1.0, gt=0, description="full-time equivalents")
    salary: Decimal = Field(ge=0, description="pounds a year, full-time, prices of the base year")
    on_cost: Share = Field(default=0.0, description="employer's contributions as a part of salary")
    vacant: bool = False
    age: int | None = Field(default=None, ge=16, le=100)
    service_years: int | None = Field(default=None, ge=0)
    pension_strain: Decimal | None = Field(
        default=None, ge=0, description="what the pension fund would ask; 0 for no member; empty: not known"
    )
    source: str = ""


class Building(Record):
    """A building: what it costs, how it is used, when it can be left."""

    key: Key
    partner: str
    title: Text
    place: str = Field(default="", description="buildings of one place can take each other's people")
    line: str = Field(default="", description="budget line that pays it")
    running_cost: Decimal = Field(ge=0, description="pounds a year")
    floor_area: float = Field(gt=0, description="square metres")
    used_area: float = Field(ge=0, description="square metres in use")
    condition: Condition = "B"
    backlog: Decimal = Field(default=Decimal(0), ge=0, description="repairs that are due, pounds")
    tenure: Literal["freehold", "leasehold"] = "freehold"
    lease_break: Day = Field(default="", description="first date on which the lease can be ended, 2027-03-31")
    exit_cost: Decimal = Field(default=Decimal(0), ge=0)
    receipt: Decimal = Field(default=Decimal(0), ge=0, description="what a sale would bring")
    must_stay: bool = Field(default=False, description="cannot be left, for a stated reason")
    reason: str = ""


class System(Record):
    """An ICT system: what it does, for whom, until when, and what it can be replaced by."""

    key: Key
    partner: str
    title: Text
    purpose: str = Field(description="systems of one purpose can converge, such as revenues or payroll")
    product: str = ""
    line: str = Field(default="", description="budget line that pays it")
    annual_cost: Decimal = Field(ge=0, description="pounds a year")
    users: int = Field(ge=0)
    contract_end: Day = Field(description="2027-03-31")
    compatible_with: tuple[str, ...] = Field(default=(), description="systems whose data and users it can take over")
    migration_cost: Decimal = Field(default=Decimal(0), ge=0, description="to leave it, pounds")
    cost_per_user: Decimal = Field(default=Decimal(0), ge=0, description="what a further user would cost a year")


class ContractEntry(Record):
    """A contract that could be let together with those of other partners."""

    key: Key
    partner: str
    title: Text
    category: str = Field(description="contracts of one category can be let together")
    supplier: str = ""
    line: str = Field(default="", description="budget line that pays it")
    annual_spend: Decimal = Field(ge=0, description="pounds a year")
    ends: Day = Field(description="2027-03-31")
    extendable_to: Day = Field(default="", description="latest end after the extensions in the contract")
    break_on: Day = Field(default="", description="first date on which it can be ended early")
    exit_cost: Decimal = Field(default=Decimal(0), ge=0, description="of ending it early, pounds")
