"""The GDP deflator by financial year, from the official series as far as it goes and from calendar years after it."""

from __future__ import annotations

from pathlib import Path

from reference_build.files import Shelf, records

LAST_OFFICIAL = 2018  # financial year 2018-19; what follows in that release is the forecast of 2019
BASE = 2024  # financial year 2024-25 = 100
FIRST = 1990


def _calendar(data: Path) -> tuple[dict[int, float], int]:
    """Calendar index, carried on from its last year by the consumer price index as a stand-in; and that last year."""
    index = {
        int(row["year"]): float(row["value"]) for row in records(data / "appraisal/gdp_deflator_calendar_1990_2024.csv")
    }
    last = max(index)
    for row in records(data / "appraisal/obr_inflation_earnings_2022_2030.csv"):
        year = int(row["calendar_year"])
        if year > last:
            index[year] = index[year - 1] * (1 + float(row["cpi_percent"]) / 100)
    return index, last


def _by_rule(calendar: dict[int, float], start: int) -> float:
    """April to December of one year and January to March of the next: three quarters and one quarter."""
    return 0.75 * calendar[start] + 0.25 * calendar[start + 1]


def write(shelf: Shelf, data: Path) -> None:
    """Writes one row per financial year: index, how it came about, vintage, evidence."""
    calendar, last_calendar = _calendar(data)
    official = {
        int(r["financial_year"][:4]): float(r["percent_change_on_year_before"])
        for r in records(data / "appraisal/gdp_deflator_financial_year_change_sept2019.csv")
    }
    level = {start: _by_rule(calendar, start) for start in range(LAST_OFFICIAL, max(calendar))}
    for start in range(LAST_OFFICIAL - 1, FIRST - 1, -1):
        level[start] = level[start + 1] / (1 + official[start + 1] / 100)
    rows = [
        (f"{s}-{(s + 1) % 100:02d}", f"{100 * level[s] / level[BASE]:.6f}", *_origin(s, last_calendar))
        for s in sorted(level)
    ]
    shelf.write("deflators", ("financial_year", "index", "basis", "vintage", "source", "evidence", "note"), rows)


def _origin(start: int, last_calendar: int) -> tuple[str, str, str, str, str]:
    if start <= LAST_OFFICIAL:
        return (
            "official",
            "September 2019",
            "hmt-deflator-2019",
            "V",
            "published financial-year changes, linked to the later series at 2018-19",
        )
    if start + 1 <= last_calendar:
        return (
            "derived",
            "December 2025",
            "hmt-deflator-2025",
            "D",
            "three quarters of a calendar year, one of the next; 2020-21 is about 0.6% under the official index",
        )
    return (
        "projected",
        "December 2025; consumer prices of March 2026",
        "obr-march-2026",
        "J",
        "calendar deflator after 2024 carried on with the forecast of consumer prices as a stand-in",
    )
