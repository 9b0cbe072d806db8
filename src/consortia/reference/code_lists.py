"""Codes and words that councils publish for their accounts and services, each with what it stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from consortia.reference import shelf

# The forms of recent years print the column of each measure after the name of the service.
MEASURE_COLUMN = r"\s*-\s*(?:Employees|Running Expenses|Total Expenditure|Sales, Fees|Other Income|Total Income|Net C)"


@dataclass(frozen=True, slots=True)
class ListedCode:
    """One entry of a published list: its words, the group it stands in there, and the service or measure meant [D]."""

    list: str
    side: Literal["service", "cost_type"]
    code: str
    words: str
    group: str
    target: str
    source: str


@cache
def listed_codes() -> tuple[ListedCode, ...]:
    """Every entry of every published list; `excluded` marks what is no service spending."""
    return tuple(shelf.record(ListedCode, row) for row in shelf.rows("code_lists"))


@cache
def listed_headings() -> tuple[tuple[str, str], ...]:
    """The headings of the published returns, each with the service it speaks of; repeated ones once, sorted."""
    pairs = {(_bare(row["heading"]), row["service"]) for row in shelf.rows("crosswalk")}
    return tuple(sorted(pair for pair in pairs if pair[0] and pair[1] != "total"))


def _bare(heading: str) -> str:
    """The words of a heading without its form ("RO5: Pest control") and its column ("- Employees  (C1)")."""
    form, colon, rest = heading.partition(": ")
    words = rest if colon and len(form) <= len("RSX") else heading
    return re.split(MEASURE_COLUMN, words)[0].strip(" -:")
