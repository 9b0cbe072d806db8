"""A traced figure in words: its value with unit, period and price base, alike on paper, page and terminal."""

from __future__ import annotations

from decimal import Decimal

from consortia.report.figures import Entry, Figure, Ingredient, SourceCell
from consortia.report.language import MINUS, Language
from consortia.report.words import Absent, msgid

PENCE_FROM = 100
"""Amounts from here on are shown to two decimals, smaller ones to six digits: what a penny or a small share needs."""


def stated(figure: Figure, language: Language) -> str:
    """Value, unit, period and price base: "844,754.13 pounds a year, 2024-25, in 2024-25 prices (real)"."""
    base = figure.price_base
    prices = language.text(msgid("in {year} prices (real)"), year=base) if base else ""
    return ", ".join(part for part in (value_of(figure, language), language.words(figure.period), prices) if part)


def value_of(entry: Entry, language: Language) -> str:
    """A value with its unit; the amount of a source cell in pounds as sent."""
    if isinstance(entry, SourceCell):
        return _pounds(entry.amount, language)
    if entry.value is None or isinstance(entry.value, Absent):
        return language.cell(entry.value)
    value = entry.value
    shown = _exact(value, language) if isinstance(value, int | float) else language.words(value)
    return f"{shown} {language.words(entry.unit)}".rstrip()


def source_of(ingredient: Ingredient, language: Language) -> str:
    """Where an assumption or published value comes from, with its date and note."""
    parts = (language.words(ingredient.source), ingredient.date, language.words(ingredient.note))
    return ", ".join(part for part in parts if part)


def _pounds(amount: Decimal | None, language: Language) -> str:
    if amount is None:
        return language.cell(Absent.NOT_KNOWN)
    sign = MINUS if amount < 0 else ""
    return f"{sign}£{language.cell(float(abs(amount)), 'unit_cost')}"


def _exact(value: float, language: Language) -> str:
    if value == 0 or abs(value) >= PENCE_FROM:
        return language.cell(value, "unit_cost")
    return f"{value:,.6g}"
