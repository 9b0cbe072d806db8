"""Who runs a shared service in law: the legal model, the lead body, and what each council has delegated to it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from consortia.study.records import Record
from consortia.study.values import Day, Key, Text

LegalModel = Literal[
    "network", "memorandum", "service_agreement", "staff_sharing", "lead_authority", "joint_committee",
    "corporate_joint_committee", "company",
]  # fmt: skip


class Delegation(Record):
    """What one council has handed to the lead body, by which decision and until when."""

    partner: str
    functions: tuple[Text, ...] = Field(min_length=1)
    decision: str = Field(min_length=1, description="the decision that hands it over, with its body")
    on: Day = Field(default="", description="2027-03-31")
    until: Day = Field(default="", description="2032-03-31; empty: until it is taken back")


class LeadBody(Record):
    """How one service, or several, is run for its members in law."""

    key: Key
    services: tuple[str, ...] = Field(min_length=1, description="codes in the service taxonomy")
    model: LegalModel
    lead: str = Field(default="", description="partner that leads; empty where a body of its own does")
    body: Text | None = Field(default=None, description="name of the committee or company")
    members: tuple[str, ...] = Field(default=(), description="default: every partner")
    delegations: tuple[Delegation, ...] = ()
    agreement: str = Field(default="", description="the agreement with its day")
    review: Day = Field(default="", description="day on which it is to be reviewed: 2027-03-31")
