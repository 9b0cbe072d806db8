"""What people said and did about one partner's return: adjustments, queries on a cell, delegations; nothing is lost."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from consortia.study.records import Record

Status = Literal["known", "not_known", "not_provided"]
Standing = Literal["proposed", "applied", "accepted", "contested", "reversed"]
IN_EFFECT = ("applied", "accepted", "contested")


class Stated(Record):
    """What a cost line states: an amount in nominal pounds, or that there is none to state."""

    amount: Decimal | None = Field(default=None, decimal_places=2)
    status: Status = "known"

    @model_validator(mode="after")
    def _amount_only_when_known(self) -> Self:
        if (self.amount is None) == (self.status == "known"):
            raise ValueError("a known line needs an amount, and only a known line has one")
        return self

    def __str__(self) -> str:
        return f"£{self.amount:,.2f}" if self.amount is not None else self.status.replace("_", " ")


class Adjustment(Record):
    """One recorded, reversible change of one cost line: who, why, before and after. The line itself stays as sent."""

    key: str = Field(description="change-1, change-2 ... within the return")
    line: str = Field(description="key of the cost line")
    whole: bool = Field(default=False, description="the line in all its parts; the difference stands on the first")
    before: Stated
    after: Stated
    by: str
    on: str = Field(description="date, 2026-04-30")
    reason: str = Field(min_length=1)
    rule: str = Field(default="", description="what led to it: a quality rule, contest-1, follows change-1; else empty")
    standing: Standing = "applied"
    decided_by: str = ""
    decided_on: str = ""
    decided_why: str = ""

    @property
    def is_in_effect(self) -> bool:
        """True while the change counts: until it is reversed, and not before it is agreed to."""
        return self.standing in IN_EFFECT


class Reply(Record):
    """One answer in the talk about a cell."""

    by: str
    on: str
    text: str = Field(min_length=1)


class Query(Record):
    """A question about one cost line, or an objection to it (a contest) with the amount that the partner holds."""

    key: str = Field(description="query-1, contest-1 ... within the return")
    line: str = Field(description="key of the cost line in all its parts, or with /1, /2 ... of one part")
    by: str
    on: str
    text: str = Field(min_length=1)
    contests: bool = False
    amount: Decimal | None = Field(default=None, description="pounds, nominal, that the partner says is right")
    replies: tuple[Reply, ...] = ()
    closed_by: str = ""
    closed_on: str = ""

    @property
    def is_open(self) -> bool:
        """True until somebody closes it."""
        return not self.closed_by


class Delegation(Record):
    """A part of the return that somebody else fills in or checks."""

    section: str = Field(description="head of the service taxonomy, such as highways")
    to: str
    by: str
    on: str
    done_on: str = ""


class Acceptance(Record):
    """A finding that would block the signature, accepted with a reason; it counts while the finding reads the same."""

    code: str
    told: str = Field(description="the finding as it read in English when it was accepted")
    by: str
    on: str = Field(description="date, 2026-04-30")
    reason: str = Field(min_length=1)


class Review(Record):
    """Everything said and done about one return, in the order in which it happened."""

    adjustments: tuple[Adjustment, ...] = ()
    queries: tuple[Query, ...] = ()
    delegations: tuple[Delegation, ...] = ()
    accepted: tuple[Acceptance, ...] = ()

    @property
    def in_effect(self) -> tuple[Adjustment, ...]:
        """The adjustments that count, in the order in which they were made."""
        return tuple(one for one in self.adjustments if one.is_in_effect)

    @property
    def open_queries(self) -> tuple[Query, ...]:
        """Questions and objections that nobody has closed."""
        return tuple(one for one in self.queries if one.is_open)

    @property
    def open_contests(self) -> tuple[Query, ...]:
        """Objections that nobody has settled; each of them blocks sign-off."""
        return tuple(one for one in self.open_queries if one.contests)

    def is_empty(self) -> bool:
        """True when nothing was said or done yet."""
        return self == Review()
