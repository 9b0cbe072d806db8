"""Where the headings of a sheet stand: the row, or two rows, that name most of what a ledger holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from consortia.intake.layouts.amounts import looks_like_amount
from consortia.intake.layouts.dates import looks_like_date
from consortia.intake.layouts.headings import words_of
from consortia.intake.layouts.months import month_columns, read_period
from consortia.intake.layouts.roles import RULES, best_rule

# Headings stand in the first rows; a title page longer than this is no ledger.
SEARCHED_ROWS = 100
FAMILIES = tuple(dict.fromkeys(rule.family for rule in RULES))
FEWEST_MONTHS = 3
# A heading must be known this surely to count for finding the row.
SURE = 45


@dataclass(frozen=True)
class Header:
    """The headings of a sheet: their last row (from 0), how many rows they take, and their texts by column."""

    row: int
    lines: int
    headings: tuple[str, ...]


def find_header(rows: Sequence[Sequence[str]]) -> Header | None:
    """The headings among the first rows; None when no row names an amount and at least one more thing."""
    return _find_header(tuple(tuple(row) for row in rows[: SEARCHED_ROWS + 1]))


def find_month_header(rows: Sequence[Sequence[str]]) -> Header | None:
    """The headings of a table with a column for each month; None when no row names three that follow each other."""
    return _find_month_header(tuple(tuple(row) for row in rows[: SEARCHED_ROWS + 1]))


# A sheet is asked for its headings several times on the way to its lines.
@lru_cache(maxsize=8)
def _find_header(rows: tuple[tuple[str, ...], ...]) -> Header | None:
    best: tuple[int, int, Header] | None = None
    for number in range(min(len(rows), SEARCHED_ROWS)):
        for header in _candidates(rows, number):
            known = families_in(header.headings)
            rank = (len(known), -header.lines)
            if _is_header(known) and (best is None or rank > best[:2]):
                best = (*rank, header)
    return best[2] if best else None


@lru_cache(maxsize=8)
def _find_month_header(rows: tuple[tuple[str, ...], ...]) -> Header | None:
    for number in range(min(len(rows), SEARCHED_ROWS)):
        for header in _month_candidates(rows, number):
            months = {one.column for one in month_columns(header.headings)}
            beside = [cell for column, cell in enumerate(header.headings) if cell and column not in months]
            if months and beside and not any(looks_like_amount(cell) for cell in beside):
                return header
    return None


def _month_candidates(rows: Sequence[Sequence[str]], number: int) -> list[Header]:
    """A row, before it the same with the kinds below each month ("Actual", "£"), behind it with the years above."""
    single = Header(number, 1, tuple(_clean(cell) for cell in rows[number]))
    months = [one.column for one in month_columns(single.headings)]
    found = [single]
    if number + 1 < len(rows) and months and may_be_headings(rows[number + 1]):
        below = rows[number + 1]
        if sum(bool(below[column].strip()) for column in months) * 2 >= len(months):
            found.insert(0, Header(number + 1, 2, _merged(rows[number], below)))
    if number and not months and sum(read_period(cell) is not None for cell in rows[number]) >= FEWEST_MONTHS:
        found.append(Header(number, 2, _merged(rows[number - 1], rows[number])))
    return found


def families_in(headings: Sequence[str]) -> set[str]:
    """The kinds of things that a row of headings names."""
    return {
        family
        for heading in headings
        if heading.strip() and len(heading) <= 200
        for family in FAMILIES
        if (rule := best_rule(words_of(heading), family)) and rule.score >= SURE
    }


def _candidates(rows: Sequence[Sequence[str]], number: int) -> list[Header]:
    single = rows[number]
    if not may_be_headings(single):
        return []
    found = [Header(number, 1, tuple(_clean(cell) for cell in single))]
    if number + 1 < len(rows) and may_be_headings(rows[number + 1]) and _filled(single) >= 2:
        found.append(Header(number + 1, 2, _merged(single, rows[number + 1])))
    return found


def _is_header(known: set[str]) -> bool:
    return bool(known & {"amount", "debit", "credit"}) and len(known) >= 2


def may_be_headings(row: Sequence[str]) -> bool:
    """Headings are words: at least two, and no amounts or days among them."""
    filled = [cell for cell in row if cell.strip()]
    return len(filled) >= 2 and not any(looks_like_amount(cell) or looks_like_date(cell) for cell in filled)


def _merged(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """Two lines of headings as one; a merged cell of the upper line spans the blanks to its right."""
    width = max(len(upper), len(lower))
    spanned, last = [], ""
    for column in range(width):
        cell = _clean(upper[column]) if column < len(upper) else ""
        below = _clean(lower[column]) if column < len(lower) else ""
        last = cell or (last if below else "")
        spanned.append(" ".join(part for part in (last, below) if part))
    return tuple(spanned)


def _filled(row: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in row)


def _clean(cell: str) -> str:
    return " ".join(cell.split())
