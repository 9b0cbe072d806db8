"""What a partner's people do and for whom: departments, cost pools, activities, teams. An optional part of a return."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator

from consortia.study.definition import Text, Year
from consortia.study.fractions import Share
from consortia.study.records import Record

Volume = Annotated[float, Field(ge=0)]
PositiveShare = Annotated[Share, Field(gt=0)]


class DepartmentCost(Record):
    """A department with its own cost; one that serves others is a support department."""

    code: str
    name: Text
    cost: Decimal = Field(description="its own cost in the year, pounds, before any overhead")
    basis: str = Field(default="", description="unit in which its work for others is counted, such as hours or posts")
    serves: dict[str, Volume] = Field(default={}, description="units of its work that each other department uses")


class CostPool(Record):
    """Money that activities draw on: an amount of its own, or the full cost of an operating department."""

    code: str
    name: Text
    cost: Decimal | None = Field(default=None, description="pounds; left out when `department` is given")
    department: str = Field(default="", description="operating department whose cost, with overheads, is the pool")
    drivers: dict[str, Volume] = Field(description="how much each activity draws on it, in any unit")

    @model_validator(mode="after")
    def _has_one_amount(self) -> Self:
        if (self.cost is None) == (not self.department):
            raise ValueError(f"cost pool '{self.code}' needs either a cost or a department")
        return self


class ActivityVolume(Record):
    """What people do, counted: how much each cost object uses, and how much could be done."""

    code: str
    name: Text
    driver: str = Field(description="what is counted, such as orders")
    capacity: Volume | None = Field(default=None, description="practical capacity in that unit; empty when not known")
    uses: dict[str, Volume] = Field(default={}, description="units that each cost object uses")


class CostObject(Record):
    """What is costed: a service, a client group, a site."""

    code: str
    name: Text


class Extra(Record):
    """A term of a time equation: what makes a case take longer, and how many cases had it."""

    code: str
    minutes: float = Field(description="minutes more for each")
    count: Volume = Field(description="how many there were in the year")


class TaskTime(Record):
    """A task with its time equation: minutes for a plain case, and for each extra."""

    code: str
    name: Text
    minutes: Volume = Field(description="minutes for a plain case")
    count: Volume = Field(description="cases in the year")
    extras: tuple[Extra, ...] = ()


class TeamTime(Record):
    """A team with its cost and its minutes; practical capacity as such, or theoretical times the practical share."""

    code: str
    name: Text
    cost: Decimal = Field(description="cost of the capacity supplied in the year, pounds")
    practical_minutes: Volume | None = Field(default=None, description="minutes available for work")
    theoretical_minutes: Volume | None = Field(default=None, description="minutes paid for")
    practical_share: PositiveShare | None = Field(default=None, description="part left for work; often 0.80 to 0.85")
    tasks: tuple[TaskTime, ...] = ()

    @model_validator(mode="after")
    def _has_one_capacity(self) -> Self:
        pair = [part for part in (self.theoretical_minutes, self.practical_share) if part is not None]
        if (self.practical_minutes is None) != (len(pair) == 2) or (self.practical_minutes is not None and pair):
            raise ValueError(
                f"team '{self.code}' needs practical_minutes, or theoretical_minutes and practical_share, not both"
            )
        return self


class WhenShared(Record):
    """What stops when a department's work is shared; of what is not named nothing stops."""

    department: str = Field(description="operating department whose work is shared")
    stops: dict[str, Share] = Field(description="part of its own cost, or of what a support department puts on it")
    reasons: dict[str, str] = Field(default={}, description="what it is that stops, for each of them")

    @model_validator(mode="after")
    def _says_what_stops(self) -> Self:
        silent = sorted(source for source, share in self.stops.items() if share and not self.reasons.get(source))
        if silent:
            raise ValueError(f"say what it is that stops at {', '.join(silent)} (`reasons`)")
        return self


class Activities(Record):
    """A partner's departments, pools, activities and teams in one financial year; nominal pounds."""

    year: Year
    source: str = Field(default="", description="where the costs, volumes and times come from, and who stated them")
    departments: tuple[DepartmentCost, ...] = ()
    order: tuple[str, ...] = Field(default=(), description="order of closing for step-down; default: by share")
    pools: tuple[CostPool, ...] = ()
    activities: tuple[ActivityVolume, ...] = ()
    cost_objects: tuple[CostObject, ...] = ()
    teams: tuple[TeamTime, ...] = ()
    when_shared: tuple[WhenShared, ...] = ()

    @model_validator(mode="after")
    def _no_twins(self) -> Self:
        for what in ("departments", "pools", "activities", "cost_objects", "teams"):
            codes = [one.code for one in getattr(self, what)]
            twins = sorted({code for code in codes if codes.count(code) > 1})
            if twins:
                raise ValueError(f"{what} {', '.join(twins)} stand twice; keep one")
        return self

    @model_validator(mode="after")
    def _names_what_there_is(self) -> Self:
        operating = {one.code for one in self.departments if not any(one.serves.values())}
        support = {one.code for one in self.departments} - operating
        wanted = {one.department for one in self.pools if one.department} | {one.department for one in self.when_shared}
        strange = (wanted - operating) | (set(self.order) - support)
        strange |= {source for one in self.when_shared for source in one.stops} - operating - support
        strange |= {code for one in self.activities for code in one.uses} - {one.code for one in self.cost_objects}
        if strange:
            raise ValueError(f"{', '.join(sorted(strange))}: named, but not among the departments or cost objects")
        return self
