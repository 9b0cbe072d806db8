"""What an assurance of a saving asks: nine headings, three tests, its owner's agreement; and how ready partners are.

Source: DCLG, "Good practice in delivering local government savings" (2014), paragraphs 2.14, 2.15, 23 and 24, and the
financial assurance at the end of each of its cases.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from consortia.study.records import Record
from consortia.study.values import Day, Text

Verdict = Literal["yes", "no", "undetermined"]
Attribute = Literal["leadership", "partners", "governance", "culture", "community", "journey"]


class Assurance(Record):
    """The financial assurance of a project under its nine headings, with three tests; what is left out is not known."""

    background: Text | None = None
    response: Text | None = Field(default=None, description="what the councils did about it")
    savings: Text | None = Field(default=None, description="what the savings are")
    delivered: Text | None = Field(default=None, description="what has been delivered to date")
    sustainable: Text | None = Field(default=None, description="whether the savings last")
    replicable: Text | None = Field(default=None, description="whether others could do the same, as far as money goes")
    plan_robust: Text | None = Field(default=None, description="whether the review of savings plans is robust")
    other: Text | None = Field(default=None, description="other financial efficiencies")
    documents: Text | None = Field(default=None, description="key documents that were seen")
    cashable: Verdict = Field(default="undetermined", description="whether the savings meet the definition of cashable")
    value_delivered: Verdict = Field(default="undetermined", description="whether the value was delivered as stated")
    sound_case: Verdict = Field(default="undetermined", description="whether the forecast rests on a sound case")
    failing: Text | None = Field(default=None, description="which clause fails, or what could not be determined")
    agreed_by: str = Field(default="", description="owner who agreed that the text is right; empty: nobody has")
    agreed_on: Day = Field(default="", description="2027-03-31")


class AttributeScore(Record):
    """How far one of the six attributes of successful initiatives is in place, with what shows it."""

    attribute: Attribute
    score: int = Field(ge=0, le=3, description="0 absent, 1 begun, 2 in place, 3 in place and proved before")
    evidence: Text
