"""Deflators and discount schedules."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from consortia.errors import UnknownReference, suggest
from consortia.periods import FinancialYear
from consortia.reference import shelf


@dataclass(frozen=True, slots=True)
class DeflatorYear:
    """The GDP deflator of a financial year, 2024-25 = 100. `basis`: official, derived or projected."""

    year: FinancialYear
    index: float
    basis: str
    vintage: str
    source: str
    evidence: str
    note: str


@dataclass(frozen=True, slots=True)
class DiscountSchedule:
    """A discount schedule for real values: bands of (first year, last year, rate), years counted from the base year."""

    name: str
    title: str
    bands: tuple[tuple[int, int, float], ...]
    source: str
    date: str
    evidence: str


@cache
def _deflators() -> dict[FinancialYear, DeflatorYear]:
    return {year.year: year for year in map(_deflator_year, shelf.rows("deflators"))}


def _deflator_year(row: dict[str, str]) -> DeflatorYear:
    return shelf.record(DeflatorYear, row, year=FinancialYear.parse(row["financial_year"]), index=float(row["index"]))


def deflators() -> tuple[DeflatorYear, ...]:
    """All years of the deflator."""
    return tuple(_deflators().values())


def deflator_year(year: FinancialYear) -> DeflatorYear:
    """One year of the deflator with its origin; raises UnknownReference outside the series."""
    try:
        return _deflators()[year]
    except KeyError:
        first, last = min(_deflators()), max(_deflators())
        raise UnknownReference(
            f"There is no deflator for {year}.", remedy=f"The series runs from {first} to {last}."
        ) from None


def deflator(year: FinancialYear) -> float:
    """The GDP deflator index of the financial year, 2024-25 = 100."""
    return deflator_year(year).index


def to_real(amount: float, *, year: FinancialYear, base: FinancialYear) -> float:
    """Cash pounds of `year` in the prices of `base`: amount x D_base / D_year (methods, 1.2 step 8)."""
    return amount * deflator(base) / deflator(year)


@cache
def _schedules() -> dict[str, DiscountSchedule]:
    bands: dict[str, list[tuple[int, int, float]]] = {}
    first: dict[str, dict[str, str]] = {}
    for row in shelf.rows("discount_schedules"):
        bands.setdefault(row["name"], []).append((int(row["year_from"]), int(row["year_to"]), float(row["rate"])))
        first.setdefault(row["name"], row)
    return {
        name: DiscountSchedule(name, row["title"], tuple(bands[name]), row["source"], row["date"], row["evidence"])
        for name, row in first.items()
    }


def discount_schedules() -> tuple[DiscountSchedule, ...]:
    """All discount schedules."""
    return tuple(_schedules().values())


def discount_schedule(name: str = "green-book-2026-standard") -> DiscountSchedule:
    """One discount schedule; raises UnknownReference with the nearest names."""
    try:
        return _schedules()[name]
    except KeyError:
        raise UnknownReference(f"'{name}' is not a discount schedule.", remedy=suggest(name, _schedules())) from None
