"""Dates as ledgers write them: day first, ISO, month names, Excel's day numbers; the odd ones are read singly."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Literal

import polars as pl

Order = Literal["day first", "month first"]
# Excel counts days from here (its 1900 was a leap year, hence the 30th). 20,000 is October 1954, 80,000 January 2119.
EXCEL_DAY_ZERO = date(1899, 12, 30)
FIRST_SERIAL, LAST_SERIAL = 20_000, 80_000
EARLIEST = date(1950, 1, 1)
FIRST_DOUBTFUL = date(2069, 1, 1)
MIDNIGHT = " 00:00:00"
NAMED = ("%d %b %Y", "%d %B %Y", "%d %b %y", "%d %B %y", "%b %d %Y", "%B %d %Y", "%b %Y", "%B %Y", "%b %y", "%B %y")
# The styles that a polars expression reads at once; anything else goes through `read_date`.
QUICK = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d-%b-%Y", "%d-%b-%y", "%d/%m/%y", "%Y%m%d", "%Y/%m/%d")

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?")
_NUMBERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?: \d{1,2}:\d{2}.*)?")
_COMPACT = re.compile(r"(?:19|20)\d{6}")
_SERIAL = re.compile(r"(\d{5})(?:\.\d*)?")
_MONTH_ONLY = re.compile(r"([a-z]{3,9})[ -/]+(\d{4}|\d{2})", re.IGNORECASE)
_MONTH = re.compile(r"(?<![a-z])(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.IGNORECASE)


def read_date(text: str, order: Order = "day first") -> date | None:
    """The day that a text means; None when it means none. Two-digit years are of 1969 to 2068."""
    bare = re.sub(r"\s+", " ", text.replace("\u00a0", " ")).strip()
    for pattern, reader in ((_ISO, _from_iso), (_SERIAL, _from_serial), (_COMPACT, _from_compact)):
        match = pattern.fullmatch(bare)
        if match:
            return reader(match)
    match = _NUMBERS.fullmatch(bare)
    if match:
        first, second, year = int(match[1]), int(match[2]), _year(match[3])
        day, month = (first, second) if order == "day first" else (second, first)
        return _day(year, month, day)
    return _from_words(bare) if _MONTH.search(bare) else None


def is_month_only(text: str) -> bool:
    """True for a month without a day, "Sep 2014", which `read_date` takes as its first day."""
    return bool(_MONTH_ONLY.fullmatch(text.strip()))


def looks_like_date(text: str) -> bool:
    """True for a text that is a day in either order, of the years 1990 to 2060."""
    found = read_date(text) or read_date(text, "month first")
    return found is not None and 1990 <= found.year <= 2060


def order_of(texts: Iterable[str]) -> Order:
    """Month first only where days above twelve stand second and none stands first; British files are day first."""
    firsts, seconds = 0, 0
    for text in texts:
        match = _NUMBERS.fullmatch(text.strip())
        if match:
            firsts, seconds = firsts + (int(match[1]) > 12), seconds + (int(match[2]) > 12)
    return "month first" if seconds and not firsts else "day first"


def style_of(texts: Iterable[str], order: Order = "day first") -> str:
    """The strptime style that most of the texts are in; "serial" for Excel's day numbers; "" when none is quick."""
    counts: dict[str, int] = {}
    for text in texts:
        for style in ("serial", *QUICK):
            if _in_style(text.strip(), style):
                counts[style] = counts.get(style, 0) + 1
                break
    best = max(counts, key=lambda style: counts[style], default="")
    return best.replace("%d/%m", "%m/%d").replace("%d-%m", "%m-%d") if order == "month first" else best


def quick_dates(texts: pl.Series, style: str) -> pl.Series:
    """Days where the text is plainly of the style; null where only the careful reader may tell."""
    if not style:
        return pl.Series(texts.name, [None], dtype=pl.Date).new_from_index(0, len(texts))
    if style == "serial":
        days = texts.cast(pl.Int32, strict=False)
        days = days.set(~days.is_between(FIRST_SERIAL, LAST_SERIAL), None)
        # Dates are kept as days since 1970.
        return (days - (date(1970, 1, 1) - EXCEL_DAY_ZERO).days).cast(pl.Date)
    if texts.str.ends_with(MIDNIGHT).any():
        texts = texts.str.strip_suffix(MIDNIGHT)
    days = texts.str.to_date(style, strict=False, exact=True)
    # A year of two digits under a style of four would be of the first century.
    doubtful = days < EARLIEST
    if style.endswith("%y"):
        # Polars takes the year 69 for 2069; the careful reader, like Python, for 1969.
        doubtful |= days >= FIRST_DOUBTFUL
    return days.set(doubtful, None)


def careful_dates(texts: pl.Series, order: Order) -> pl.Series:
    """The day of every text by the careful reader, each distinct text read once."""
    distinct = texts.unique()
    read = pl.DataFrame(
        {"text": distinct, "day": [read_date(text or "", order) for text in distinct]},
        schema={"text": pl.String, "day": pl.Date},
    )
    table = texts.rename("text").to_frame()
    return table.join(read, on="text", how="left", nulls_equal=True, maintain_order="left")["day"]


def _in_style(text: str, style: str) -> bool:
    if style == "serial":
        return bool(re.fullmatch(r"\d{5}", text)) and FIRST_SERIAL <= int(text) <= LAST_SERIAL
    try:
        return datetime.strptime(text.removesuffix(MIDNIGHT), style).year >= EARLIEST.year
    except ValueError:
        return False


def _from_iso(match: re.Match[str]) -> date | None:
    return _day(int(match[1]), int(match[2]), int(match[3]))


def _from_serial(match: re.Match[str]) -> date | None:
    days = int(match[1])
    return EXCEL_DAY_ZERO + timedelta(days=days) if FIRST_SERIAL <= days <= LAST_SERIAL else None


def _from_compact(match: re.Match[str]) -> date | None:
    text = match[0]
    return _day(int(text[:4]), int(text[4:6]), int(text[6:]))


def _from_words(bare: str) -> date | None:
    text = re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", re.sub(r"[-/.,]", " ", bare))
    for style in NAMED:
        try:
            return datetime.strptime(re.sub(r"\s+", " ", text).strip().title(), style).date()
        except ValueError:
            continue
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 69 else 1900)
