"""Where each function stands on the continuum of working together: level, members, reasons, who agreed, what next."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from consortia.findings import msgid
from consortia.study.records import Record, Refused
from consortia.study.values import Day, Key, Text

PlacedLevel = Literal["none", "networking", "coordination", "cooperation", "collaboration", "full_integration"]
Aim = Literal["efficiency", "innovation", "partnership", "improvement"]
Feature = Literal[
    "exchange", "aligned_policies", "joint_solutions", "shared_resources", "shared_risk", "pooled_budget",
    "common_service",
]  # fmt: skip


class Agreed(Record):
    """Who agreed to a placement for a partner, and when; each partner's own approval."""

    partner: str
    by: str = Field(min_length=1, description="a person or a committee")
    on: Day = Field(description="2027-03-31")


class NextAction(Record):
    """What is to be done so that a function comes to its level."""

    what: Text
    owner: str = ""
    due: Day = Field(default="", description="2027-03-31")
    aims: tuple[Aim, ...] = Field(default=(), description="which of the four aims of working together it serves")


class Placement(Record):
    """One function on one level for some partners, with what speaks for and against it. Not one way fits all."""

    key: Key = Field(description="key of the function; it may stand again for other members")
    function: Text
    service: str = Field(default="", description="code in the service taxonomy that the function is part of")
    members: tuple[str, ...] = Field(default=(), description="default: every partner")
    level: PlacedLevel
    opportunities: tuple[Text, ...] = ()
    challenges: tuple[Text, ...] = ()
    reasons: tuple[Text, ...] = Field(min_length=1, description="why this level and no other")
    in_place: tuple[Feature, ...] | None = Field(
        default=None, description="what stands already of what the level needs; left out: not stated"
    )
    agreed: tuple[Agreed, ...] = ()
    actions: tuple[NextAction, ...] = ()

    @model_validator(mode="after")
    def _agreed_by_members(self) -> Self:
        strangers = sorted({one.partner for one in self.agreed} - set(self.members)) if self.members else []
        if strangers:
            sentence = msgid("'{function}' is agreed by {partners}, who are no members of it.")
            remedy = msgid("Add them to its members, or take their agreement out.")
            raise Refused("no-member", sentence, remedy, at="agreed", function=self.key, partners=", ".join(strangers))
        return self


def placed_twice(placements: tuple[Placement, ...], codes: tuple[str, ...]) -> tuple[str, str] | None:
    """The first function and partner that stand on two levels at once; None: there is none."""
    seen: set[tuple[str, str]] = set()
    for one in placements:
        for code in one.members or codes:
            if (one.key, code) in seen:
                return one.key, code
            seen.add((one.key, code))
    return None
