"""What is followed beside the appraisal: estimates over time, risks and what was done, who was asked, parked scope."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from consortia.study.records import Record
from consortia.study.values import Day, Key, Text, Year

Met = Literal["yes", "no", "not_known"]
ReplicaCondition = Literal["scale", "not_yet_exploited", "place_on_the_spectrum", "other"]


class Forecast(Record):
    """What a project was expected to save in all, at one time; the first one is the original. Cash pounds."""

    year: Year = Field(description="financial year in which it was made")
    title: Text | None = None
    total: Decimal = Field(description="savings of all its years together, as stated")
    years: int = Field(ge=1, description="years that it is of")
    source: str = ""


class Mitigation(Record):
    """A risk, what is done about it, and what came of that."""

    risk: Text
    action: Text
    owner: str = ""
    due: Day = Field(default="", description="2027-03-31")
    at_stake: Decimal | None = Field(default=None, ge=0, description="pounds of saving at risk; left out: not known")
    saved: Decimal | None = Field(
        default=None, ge=0, description="pounds that the action saved; left out: not known yet"
    )
    effect: Text | None = Field(default=None, description="what came of it; left out: nothing is known yet")


class Engagement(Record):
    """Who was asked, how, and what that changed in what is to be done."""

    who: Text
    how: Text
    on: Day = Field(default="", description="2027-03-31")
    people: int | None = Field(default=None, ge=0, description="how many took part; left out: not known")
    changed: Text | None = Field(default=None, description="effect on the specification; left out: none is stated")


class Condition(Record):
    """Something on which it hangs whether others can do the same."""

    condition: ReplicaCondition
    met: Met = Field(default="not_known", description="whether the partners of this study meet it")
    reason: Text


class Opportunity(Record):
    """Scope that was parked rather than taken in, so that it is neither lost nor creeps in."""

    key: Key
    title: Text
    parked: Day = Field(min_length=1, description="day on which it was parked: 2027-03-31")
    why: Text
    look_again: Day = Field(default="", description="day on which it is looked at again; empty: nobody has said")
    came_of: Text | None = Field(default=None, description="what was decided then; left out: still parked")


class AdviceReturn(Record):
    """What a programme of advice found for the bodies that it worked with; pounds as stated."""

    key: Key
    title: Text
    found: Decimal = Field(ge=0, description="savings that it found, all bodies together")
    bodies: int = Field(ge=1, description="how many it worked with")
    cost: Decimal | None = Field(default=None, ge=0, description="what the advice cost; left out: not known")
    source: str = ""
