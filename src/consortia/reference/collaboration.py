"""The continuum of working together, and the twelve approaches to savings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from consortia.errors import UnknownReference, suggest
from consortia.reference import shelf


@dataclass(frozen=True, slots=True)
class Level:
    """One level; `factor` (low to high) is the part of the saving at full integration that it brings [J]."""

    code: str
    order: int
    name: str
    name_cy: str
    factor: float
    low: float
    high: float
    meaning: str
    meaning_cy: str
    evidence: str
    source: str


@dataclass(frozen=True, slots=True)
class Approach:
    """One way of making savings, in the group that the 2014 study put it in."""

    order: int
    code: str
    name: str
    name_cy: str
    group: str
    group_name: str
    group_name_cy: str
    meaning: str
    evidence: str
    source: str


@cache
def _levels() -> dict[str, Level]:
    return {row["code"]: _level(row) for row in shelf.rows("levels")}


def _level(row: dict[str, str]) -> Level:
    return shelf.record(Level, row, order=int(row["order"]), **shelf.numbers(row, "factor", "low", "high"))


def levels() -> tuple[Level, ...]:
    """The five levels, from networking to full integration."""
    return tuple(_levels().values())


def level(code: str) -> Level:
    """One level; raises UnknownReference with the nearest codes."""
    try:
        return _levels()[code]
    except KeyError:
        raise UnknownReference(
            f"'{code}' is not a level of working together.", remedy=suggest(code, _levels())
        ) from None


def approaches() -> tuple[Approach, ...]:
    """The twelve approaches in their nine groups (DCLG 2014, questionnaire and figure 18)."""
    return tuple(shelf.record(Approach, row, order=int(row["order"])) for row in shelf.rows("approaches"))
