"""The financial year of ledger lines: as a column of the file states it, else of the day, else as a person stated."""

from __future__ import annotations

import re

import polars as pl

from consortia.findings import Finding, Place, Severity, msgid
from consortia.intake.layouts.document import Layout
from consortia.money import from_pence
from consortia.periods import FinancialYear

# 2024-25, 2024/25, 2024-2025, 24/25, FY 2024/25, 202425; a single year such as 2024 says too little.
WRITTEN = re.compile(r"(?:fy|year)?\s*(?:20)?(\d{2})\s*[-/\u2013]?\s*(?:20)?(\d{2})", re.IGNORECASE)
STATE = msgid("State the year: `consortia ledger FOLDER FILE --year 2024-25`, or the column that holds it.")


def year_of(text: str) -> str:
    """The financial year that a text states, as 2024-25; empty where it states none."""
    found = WRITTEN.fullmatch(text.strip())
    if not found or (int(found[1]) + 1) % 100 != int(found[2]) or len(text.strip()) <= len("2425"):
        return ""
    return str(FinancialYear(2000 + int(found[1])))


def with_stated_years(lines: pl.DataFrame, raw: pl.Series | None, layout: Layout) -> pl.DataFrame:
    """The lines with the year that their file states, where it states one, and the layout's where there is no other."""
    stated = pl.lit("")
    if raw is not None:
        years = {text: year_of(text) for text in raw.drop_nulls().unique().to_list()}
        lines = lines.with_columns(raw_year=raw)
        stated = pl.col("raw_year").replace_strict(years, default="", return_dtype=pl.String).fill_null("")
    own = pl.col("financial_year").cast(pl.String)
    year = pl.when(stated != "").then(stated).when(own != "").then(own).otherwise(pl.lit(layout.period_year))
    return lines.with_columns(financial_year=year).drop("raw_year", strict=False)


def undated_layout(layout: Layout) -> tuple[Finding, ...]:
    """A warning where nothing in a layout says of which year its lines are."""
    if layout.months or layout.period_year or layout.heading_of("date") or layout.heading_of("year"):
        return ()
    sentence = msgid("No column of this file gives a date or a financial year: its lines would be of no year.")
    return (Finding("ledger-undated-file", Severity.WARNING, sentence, STATE, Place(layout.file)),)


def undated_lines(lines: pl.DataFrame, file: str) -> tuple[Finding, ...]:
    """A warning on the lines whose year is not known: they cannot stand in any return."""
    undated = lines.filter(pl.col("financial_year") == "")
    if undated.is_empty():
        return ()
    values = (
        ("count", f"{undated.height:,}"),
        ("amount", f"{from_pence(int(undated['amount_pence'].sum() or 0)):,.2f}"),
    )
    sentence = msgid("Lines whose financial year is not known, so that they stand in no return: {count}, £{amount}.")
    return (Finding("ledger-lines-undated", Severity.WARNING, sentence, STATE, Place(file), values),)
