"""How alike two uncertain inputs are, where somebody knows better than the defaults."""

from __future__ import annotations

from pydantic import Field

from consortia.study.fractions import Rank
from consortia.study.records import Record


class Correlation(Record):
    """A rank correlation (Spearman) asked for between two uncertain inputs of the projects.

    An input goes by the name that the appraisal gives it, such as `delivery|depot` (the part of the project `depot`
    that is delivered), `delay|depot`, or `depot.rent.rate` (the rate of its effect `rent`).
    """

    between: tuple[str, str]
    rank: Rank = Field(description="1: they rise together; -1: one falls as the other rises")
    reason: str = ""
