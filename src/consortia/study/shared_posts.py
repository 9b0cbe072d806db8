"""A chief executive or another post that councils share: why, whose time is whose, whether it is felt to be fair."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from consortia.findings import msgid
from consortia.study.fractions import Share
from consortia.study.records import Record, Refused
from consortia.study.values import Day, Key, Text

Felt = Literal["fair", "unfair", "not_asked"]


class SharingCouncil(Record):
    """One of the councils that share a post; parts left out are equal ones."""

    partner: str
    time: Share | None = Field(default=None, description="part of the time as agreed; default: equal parts")
    pays: Share | None = Field(default=None, description="part of the cost; default: its part of the time")
    hours: float | None = Field(default=None, ge=0, description="hours that were spent on it in the period reported")
    felt: Felt = Field(default="not_asked", description="whether its leader holds the split to be fair")
    trust: Text | None = Field(default=None, description="what its leader says of trust, in a sentence")


class SharedPost(Record):
    """A shared chief executive or another shared post."""

    key: Key
    title: Text = Text(en="Shared chief executive", cy="Prif weithredwr ar y cyd")
    rationale: Text = Field(description="why these councils share it: no one model fits all")
    councils: tuple[SharingCouncil, ...] = Field(min_length=2)
    cost: Decimal | None = Field(default=None, gt=0, description="pounds a year, on-costs in")
    reason: str = Field(default="", description="why the split is not an equal one: which council needs more, and why")
    period: str = Field(default="", description="what the hours are of")
    reviewed: Day = Field(default="", description="2027-03-31")

    @model_validator(mode="after")
    def _split_is_whole_and_reasoned(self) -> Self:
        for name in ("time", "pays"):
            stated = [getattr(one, name) for one in self.councils]
            known = [one for one in stated if one is not None]
            if known and (len(known) < len(stated) or abs(sum(known) - 1) > 1e-9):
                sentence = msgid("The parts of '{post}' must be stated for every council and add up to 100%.")
                raise Refused("split-not-whole", sentence, msgid("Correct them, or leave all out."), post=self.key)
            if known and max(known) - min(known) > 1e-9 and not self.reason:
                sentence = msgid("The split of '{post}' is not an equal one, and no reason is given.")
                remedy = msgid("Say in `reason` which council needs more, and why.")
                raise Refused("split-without-reason", sentence, remedy, post=self.key)
        return self
