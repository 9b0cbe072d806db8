"""Which projects come first: criteria with weights and fixed scales, scores with their evidence, and the money."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from consortia.findings import msgid
from consortia.study.fractions import Share
from consortia.study.records import Record, Refused
from consortia.study.values import Key, Text, Year

Measure = Literal["net_present_value", "worth_per_pound", "yearly_saving", "one_off_cost"]


class Criterion(Record):
    """What projects are judged by: scored by people on a scale, or measured by the appraisal."""

    key: Key
    title: Text
    weight: float = Field(gt=0, description="any scale; weights are made to add up to one")
    measure: Measure | None = Field(
        default=None, description="taken from the appraisal of each project by itself; left out: people score it"
    )
    worst: float = Field(default=0.0, description="value that counts nothing; above `best` where less is better")
    best: float = Field(default=10.0, description="value that counts in full; measured ones in pounds, or a ratio")
    reason: str = Field(default="", description="why it counts, and for so much")

    @model_validator(mode="after")
    def _has_two_ends(self) -> Self:
        if self.worst == self.best:
            sentence = msgid("The scale of '{criterion}' has no length: worst and best are the same.")
            remedy = msgid("Give the value that counts nothing and the one that counts in full.")
            raise Refused("scale-without-length", sentence, remedy, criterion=self.key)
        return self


class Score(Record):
    """How a project does by a criterion, with what that rests on."""

    criterion: str
    score: float = Field(description="on the scale of the criterion")
    reason: str = Field(min_length=1, description="the evidence in a sentence")
    source: str = ""
    grade: int | None = Field(default=None, ge=1, le=6, description="grade of the evidence, 1 best to 6 (GMCA)")


class Priorities(Record):
    """How projects are ranked, and which of them should be done within this money; real pounds of the base year.

    Every project of the study is a candidate, carried out or not, so that those that exclude each other can be.
    """

    criteria: tuple[Criterion, ...] = ()
    moved_by: Share = Field(default=0.2, gt=0, description="how far each weight is moved, a part of it")
    budget: Decimal | None = Field(default=None, ge=0, description="for one-off costs of all years together")
    by_year: dict[Year, Decimal] = Field(default={}, description="for one-off costs of a year")
    must: tuple[str, ...] = Field(default=(), description="projects that are done in any case")
    leave_out: tuple[str, ...] = Field(default=(), description="projects that are no candidates")
    reason: str = Field(default="", description="who decided this, and why")
