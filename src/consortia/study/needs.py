"""What each partner needs of the others, reviewed again and again until it is met or withdrawn."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from consortia.findings import msgid
from consortia.study.records import Record, Refused
from consortia.study.values import Day, Key, Text

Outcome = Literal["met", "partly_met", "not_met", "withdrawn"]
CLOSED = ("met", "withdrawn")


class NeedReview(Record):
    """What a review of a need found."""

    on: Day = Field(min_length=1, description="2027-03-31")
    outcome: Outcome
    said: Text
    by: str = Field(min_length=1, description="a person or a committee")


class PartnerNeed(Record):
    """Something that a partner needs, with the day of its first review and how often it comes back."""

    key: Key
    partner: str
    what: Text
    service: str = Field(default="", description="code in the service taxonomy")
    due: Day = Field(min_length=1, description="day of the first review: 2027-03-31")
    every_months: int = Field(default=12, ge=1, le=60, description="months from one review to the next; judgement")
    reviews: tuple[NeedReview, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        days = [one.on for one in self.reviews]
        if days != sorted(days):
            sentence = msgid("The reviews of '{need}' are not in the order of their days.")
            raise Refused("reviews-out-of-order", sentence, msgid("Put the earliest first."), need=self.key)
        return self
