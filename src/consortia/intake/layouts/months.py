"""Headings that name months, periods or quarters: ledgers with one column of amounts for each of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from consortia.intake.layouts.dates import read_date
from consortia.periods import FinancialYear

# No heading of a month is longer.
LONGEST = 60
# Fewer columns than this may be anything: two dates side by side are a payment and an invoice.
FEWEST = 3
# Systems book adjustments after March as periods 13 to 15; they belong to the year's last day.
LAST_MONTH, LAST_PERIOD = 12, 15
NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LONG_NAMES = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
              "november", "december")  # fmt: skip
WELSH_NAMES = ("ionawr", "chwefror", "mawrth", "ebrill", "mai", "mehefin", "gorffennaf", "awst", "medi", "hydref",
               "tachwedd", "rhagfyr")  # fmt: skip
MONTH_OF = {name: number for names in (NAMES, LONG_NAMES, WELSH_NAMES) for number, name in enumerate(names, 1)}
MONTH_OF["sept"] = 9

# Words that may stand beside the month in the heading of an amount that was booked; "budget" is not among them.
_WORDS = "actuals?|net|amounts?|spend(?:ing)?|expenditure|posted|postings?|value|total|outturn|gbp|gwirioneddol"
_BESIDE = re.compile(rf"\b(?:{_WORDS})\b|[(\[]?£\s*'?(?:000s?|k)?[)\]]?")
_NAME = "(" + "|".join(sorted(MONTH_OF, key=len, reverse=True)) + ")"
# Most cells have a word that no such heading has.
_LIKELY = re.compile(
    rf"(?:{_NAME[1:-1]}|{_WORDS}|period|prd|per|pd|p|month|mth|m|cyfnod|quarter|qtr|q|chwarter|to|k|[\W\d_])++",
    re.IGNORECASE,
)
_YEAR = r"(20\d\d\s*[-/]\s*(?:20)?\d\d)"
_NAMED = re.compile(rf"{_NAME}[ \-/.,']*(\d{{4}}|\d{{2}})?")
_NAMED_IN_YEAR = re.compile(rf"{_YEAR} {_NAME}|{_NAME} {_YEAR}")
_SPAN = re.compile(rf"{_NAME}\s*(?:-|to|/)\s*{_NAME}[ \-/.,']*(\d{{4}}|\d{{2}})?")
_NUMBERED = re.compile(r"(20\d\d)[-/. ](0?[1-9]|1[0-2])|(0?[1-9]|1[0-2])[-/. ](20\d\d)")
_COMPACT = re.compile(r"(20\d\d)(0[1-9]|1[0-5])")
_PERIOD = re.compile(rf"(?:{_YEAR} )?(?:period|prd|per|pd|p|month|mth|m|cyfnod)[ .]?0?(\d{{1,2}})(?: {_YEAR})?")
_QUARTER = re.compile(rf"(?:{_YEAR} )?(?:quarter|qtr|q|chwarter)[ .]?([1-4])(?: {_YEAR})?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d( 00:00:00)?|\d{1,2}[/.-]\d{1,2}[/.-](20)?\d\d|\d{5}")
_BARE = re.compile(r"0?(\d{1,2})")
_ANY_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*[-/\u2013]\s*((?:20)?\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of a financial year: its first month (1 is April), how many months, and the year where it is named."""

    number: int
    months: int = 1
    year: FinancialYear | None = None

    def first_day(self, year: FinancialYear | None = None) -> date | None:
        """Its first day (for a period after March the year's last), in `year` where it names none; else None."""
        found = self.year or year
        if found is None:
            return None
        if self.number > LAST_MONTH:
            return date(found.start + 1, 3, 31)
        month = (self.number + 2) % 12 + 1
        return date(found.start + (month < 4), month, 1)

    @property
    def place(self) -> int:
        """Its place among all months; months without a year are counted within theirs."""
        return (self.year.start * 12 if self.year else 0) + self.number


@dataclass(frozen=True, slots=True)
class MonthColumn:
    """One column of amounts: its place from 0, its heading, and the period that the heading names."""

    column: int
    heading: str
    period: Period


@cache
def read_period(heading: str) -> Period | None:
    """The period that a heading names: "Apr-24", "Period 1", "2024/25 P01", "Q1", "April 2024 Actual"; else None."""
    if len(heading) > LONGEST or not _LIKELY.fullmatch(heading):
        return None
    text = re.sub(r"\s+", " ", _BESIDE.sub(" ", heading.casefold().replace("\u00a0", " "))).strip(" -:")
    if found := _PERIOD.fullmatch(text):
        return _numbered(int(found[2]), found[1] or found[3])
    if found := _QUARTER.fullmatch(text):
        return Period(3 * int(found[2]) - 2, 3, _year(found[1] or found[3]))
    if found := _NAMED_IN_YEAR.fullmatch(text):
        return Period(_place(MONTH_OF[found[2] or found[3]]), 1, _year(found[1] or found[4]))
    if found := _SPAN.fullmatch(text):
        return _span(MONTH_OF[found[1]], MONTH_OF[found[2]], found[3])
    if found := _NAMED.fullmatch(text):
        return _of_month(MONTH_OF[found[1]], found[2])
    if found := _NUMBERED.fullmatch(text):
        return _of_month(int(found[2] or found[3]), found[1] or found[4])
    return _of_day(text)


def month_columns(headings: Sequence[str]) -> tuple[MonthColumn, ...]:
    """The columns that are months, where at least three of one kind follow each other; else none."""
    for read in (_each(headings), _compact(headings), _bare(headings)):
        if _is_series([one.period for one in read]):
            return tuple(read)
    return ()


def year_in(texts: Sequence[str]) -> FinancialYear | None:
    """The one financial year that titles name ("Budget monitoring 2024/25"); None where there is none or more."""
    found = {_year(match[0]) for text in texts for match in _ANY_YEAR.finditer(text)} - {None}
    return found.pop() if len(found) == 1 else None


def _each(headings: Sequence[str]) -> list[MonthColumn]:
    """Columns whose headings name periods by themselves, of the kind that most of them are."""
    read = [(number, heading, read_period(heading)) for number, heading in enumerate(headings)]
    named = [MonthColumn(number, heading, period) for number, heading, period in read if period]
    kinds = [(one.period.months, one.period.year is None) for one in named]
    most = max(kinds, key=kinds.count, default=None)
    return [one for one, kind in zip(named, kinds, strict=True) if kind == most]


def _compact(headings: Sequence[str]) -> list[MonthColumn]:
    """202404: a month of the calendar; but 202401 to 202412 are the periods of 2024-25, as finance systems number."""
    found = [(number, heading, _COMPACT.fullmatch(heading.strip())) for number, heading in enumerate(headings)]
    kept = [(number, heading, int(match[1]), int(match[2])) for number, heading, match in found if match]
    one_year = len({year for *_, year, _ in kept}) == 1
    periods = one_year and {1, 2, 3} <= {month for *_, month in kept}
    return [
        MonthColumn(number, heading, Period(month, 1, FinancialYear(year)) if periods else _calendar(year, month))
        for number, heading, year, month in kept
        if periods or month <= LAST_MONTH
    ]


def _bare(headings: Sequence[str]) -> list[MonthColumn]:
    """1, 2 ... 12: only a whole year of them, for any figure may be 1."""
    found = [(number, heading, _BARE.fullmatch(heading.strip())) for number, heading in enumerate(headings)]
    kept = [(number, heading, int(match[1])) for number, heading, match in found if match]
    if not set(range(1, LAST_MONTH + 1)) <= {period for *_, period in kept}:
        return []
    return [MonthColumn(number, heading, Period(period)) for number, heading, period in kept if period <= LAST_PERIOD]


def _is_series(periods: Sequence[Period]) -> bool:
    """Different periods of one length, no further apart than half of them could be left out."""
    places = sorted(one.place for one in periods)
    if len(places) < FEWEST or len(set(places)) < len(places):
        return False
    return places[-1] - places[0] < 2 * len(places) * periods[0].months


def _numbered(number: int, year: str | None) -> Period | None:
    return Period(number, 1, _year(year)) if 1 <= number <= LAST_PERIOD else None


def _of_month(month: int, year: str | None) -> Period:
    if not year:
        return Period(_place(month))
    return _calendar(int(year) if len(year) == 4 else 2000 + int(year), month)


def _calendar(year: int, month: int) -> Period:
    return Period(_place(month), 1, FinancialYear(year - (month < 4)))


def _span(first: int, last: int, year: str | None) -> Period | None:
    """Three months that make a quarter of the financial year; the year is that of its last month."""
    if (last - first) % 12 != 2 or _place(first) % 3 != 1:
        return None
    return replace(_of_month(first, year), months=3)


def _of_day(text: str) -> Period | None:
    """A whole date that is the first or the last of a month, as spreadsheets keep "Apr-24"."""
    day = read_date(text) if _DAY.fullmatch(text) else None
    if day is None or (day.day != 1 and (day + timedelta(days=1)).day != 1):
        return None
    return _calendar(day.year, day.month) if 1990 <= day.year <= 2060 else None


def _place(month: int) -> int:
    return (month - 4) % 12 + 1


def _year(text: str | None) -> FinancialYear | None:
    try:
        return FinancialYear.parse(re.sub(r"\s", "", text)) if text else None
    except ValueError:
        return None
