"""What a partner is like to work with: skills, style, culture, readiness. Capacity and systems have registers."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from consortia.study.records import Record
from consortia.study.values import Day, Text

Scale = Annotated[int, Field(ge=1, le=5)]


class PartnerProfile(Record):
    """One partner's own view of itself, which the others see. Scales run from 1 to 5; left out: not stated.

    Style: 1 decides by agreement, 5 by instruction. Culture: 1 tries things out, 5 keeps to what is laid down.
    Readiness: 1 has not talked about it, 5 could begin tomorrow.
    """

    partner: str
    skills: tuple[str, ...] = Field(default=(), description="what it can do for others, in the words of all partners")
    needs_skills: tuple[str, ...] = Field(default=(), description="what it lacks, in the same words")
    style: Scale | None = Field(default=None, description="1 decides by agreement, 5 by instruction")
    culture: Scale | None = Field(default=None, description="1 tries things out, 5 keeps to what is laid down")
    readiness: Scale | None = Field(default=None, description="1 has not talked about it, 5 could begin tomorrow")
    said: Text | None = Field(default=None, description="what the scales do not tell")
    by: str = Field(min_length=1, description="a person or a committee that says so")
    on: Day = Field(default="", description="2027-03-31")
