"""The account of a reading: each row of a sheet in one class, the sum of the lines, and the file's own totals."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from itertools import accumulate
from operator import or_

import polars as pl

from consortia.findings import Finding, Place, Severity, msgid
from consortia.intake.formula_text import is_formula, may_be_formula
from consortia.intake.layouts.dates import is_month_only
from consortia.intake.ledger_rows import TEXT_COLUMNS, Rows
from consortia.intake.ledger_sheets import Located
from consortia.intake.ledger_tables import table_name
from consortia.intake.text_files import TextSheet
from consortia.money import from_pence

SHOWN_ROWS = 5
# Lines outside the year that most of them are of: told when there are any, as a caution.
FAULT_SENTENCES = {
    "formula_error": msgid("Lines with a formula error where the amount belongs, so that it is not known: {count}."),
    "not_a_number": msgid("Lines with text where the amount belongs, so that it is not known: {count}."),
    "no_figure": msgid("Lines without an amount, which is not known and not zero: {count}."),
    "too_large": msgid("Amounts beyond any council's payment, taken as not known: {count}."),
}


@dataclass(frozen=True)
class TotalRow:
    """A total that the file shows, and whether the lines above it (or since the total before it) agree. Pence."""

    row: int
    pence: int
    lines_pence: int

    @property
    def agrees(self) -> bool:
        """True when the file's total is that of the lines, to the penny."""
        return self.pence == self.lines_pence


@dataclass(frozen=True)
class SheetAccount:
    """How many rows of a table are what, and what the lines sum to. Nominal pence.

    `lines` stand in `line_rows` rows: fewer where each month has a column.
    """

    file: str
    sheet: str
    table: str
    header_row: int
    lines: int
    line_rows: int
    without_amount: int
    sum_pence: int
    totals: tuple[TotalRow, ...]
    notes: int
    blanks: int
    repeated_headings: int

    @property
    def rows(self) -> int:
        """All rows below the headings: the sum of the classes. A row with a column for each month is one."""
        return self.line_rows + len(self.totals) + self.notes + self.blanks + self.repeated_headings


def account_of(sheet: TextSheet, located: Located, rows: Rows) -> SheetAccount:
    """The account of one sheet."""
    kinds = dict(rows.others.group_by("kind").len().iter_rows()) if not rows.others.is_empty() else {}
    return SheetAccount(
        file=sheet.file,
        sheet=sheet.sheet,
        table=_name(sheet, located),
        header_row=located.header.row + 1,
        lines=rows.lines.height,
        line_rows=rows.lines["row"].n_unique() if located.months else rows.lines.height,
        without_amount=rows.lines["amount_pence"].null_count(),
        sum_pence=int(rows.lines["amount_pence"].sum() or 0),
        totals=_totals(rows),
        notes=kinds.get("note", 0),
        blanks=kinds.get("blank", 0),
        repeated_headings=kinds.get("heading", 0),
    )


def _name(sheet: TextSheet, located: Located) -> str:
    """The sheet or the file; of a part of it, where it begins."""
    if sheet.first_row > 1 or sheet.is_beside:
        return table_name(sheet, located.header)
    return sheet.sheet or sheet.file


def _totals(rows: Rows) -> tuple[TotalRow, ...]:
    """Each total beside what it should be: the lines above, those since the total before, or all of them."""
    found = rows.others.filter(pl.col("kind") == "total").select("row", "amount_pence").rows()
    if not found:
        return ()
    numbers = rows.lines["row"].to_list()
    running = [0, *accumulate(pence or 0 for pence in rows.lines["amount_pence"].to_list())]
    totals, before = [], 0
    for row, pence in found:
        above = running[bisect_right(numbers, row)]
        fitting = next((sum_ for sum_ in (above, above - before, running[-1]) if sum_ == pence), above)
        totals.append(TotalRow(row, pence, fitting))
        before = above
    return tuple(totals)


def findings_of(sheet: TextSheet, located: Located, rows: Rows, account: SheetAccount) -> tuple[Finding, ...]:
    """What a person should know: amounts and days that could not be read, totals, notes, damaged rows."""
    others = rows.others
    found = [*sheet.findings, *located.findings, *rows.findings]
    lines = others.filter(pl.col("kind") == "line")
    for fault, sentence in FAULT_SENTENCES.items():
        at_fault = lines.filter(pl.col("fault") == fault)
        found += _counted(sheet, at_fault, f"ledger-amount-{fault.replace('_', '-')}", "warning", sentence)
    found += _counted(
        sheet, others.filter(pl.col("fault") == "part_of_a_penny"), "ledger-part-of-a-penny", "note",
        msgid("Amounts with parts of a penny, rounded to the nearest, half to even: {count}."),
    )  # fmt: skip
    found += _dates(sheet, located, lines)
    found += _counted(
        sheet, others.filter(pl.col("beyond").is_not_null()), "ledger-too-many-fields", "warning",
        msgid("Rows with more fields than there are headings, of which what stands beyond was not read: {count}."),
    )  # fmt: skip
    found += _counted(
        sheet, others.filter(pl.col("kind") == "note"), "ledger-notes", "note",
        msgid("Rows that are notes without an amount, and no lines: {count}."),
    )  # fmt: skip
    found += _headings_again(sheet, others)
    found += [_total(sheet, total) for total in account.totals]
    found += _formulas(sheet, located, rows.lines)
    found += _other_years(sheet, rows.lines)
    return tuple(found)


def _dates(sheet: TextSheet, located: Located, lines: pl.DataFrame) -> list[Finding]:
    if "date" not in located.places:
        return []
    undated = lines.filter(pl.col("date").is_null())
    blank = undated.filter(pl.col("raw_date").is_null())
    unread = undated.filter(pl.col("raw_date").is_not_null())
    dated = lines.filter(pl.col("date").is_not_null() & pl.col("raw_date").is_not_null())
    months = dated.filter(pl.col("raw_date").map_elements(is_month_only, pl.Boolean)) if dated.height else dated
    only = msgid("Lines that give a month without a day, dated its first day: {count}.")
    return [
        *_counted(sheet, months, "ledger-month-only", "note", only),
        *_counted(
            sheet, unread, "ledger-date-unreadable", "warning", msgid("Lines with a date that cannot be read: {count}.")
        ),
        *_counted(sheet, blank, "ledger-date-blank", "note", msgid("Lines without a date: {count}.")),
    ]


def _headings_again(sheet: TextSheet, others: pl.DataFrame) -> list[Finding]:
    """The same headings further down: a new page."""
    return _counted(
        sheet, others.filter(pl.col("kind") == "heading"), "ledger-headings-again", "note",
        msgid("Rows in which the headings stand again: {count}; those below were read by the same columns."),
    )  # fmt: skip


def _total(sheet: TextSheet, total: TotalRow) -> Finding:
    place = Place(sheet.file, sheet.sheet, f"row {total.row}")
    values = (("total", f"{from_pence(total.pence):,.2f}"), ("lines", f"{from_pence(total.lines_pence):,.2f}"))
    if total.agrees:
        sentence = msgid("The row is a total, £{total}; the lines agree to the penny.")
        return Finding("ledger-total-agrees", Severity.NOTE, sentence, "", place, values)
    sentence = msgid("The row is a total, £{total}, but the lines sum to £{lines}.")
    return Finding("ledger-total-differs", Severity.WARNING, sentence, "Ask the partner which is right.", place, values)


def _formulas(sheet: TextSheet, located: Located, lines: pl.DataFrame) -> list[Finding]:
    names = [TEXT_COLUMNS[role] for role in located.places if role in TEXT_COLUMNS]
    suspects = lines.filter(reduce(or_, [may_be_formula(lines[name]) for name in names])) if names else lines.clear()
    hits = suspects.filter(pl.any_horizontal([is_formula(name) for name in names])) if suspects.height else suspects
    return _counted(
        sheet, hits, "ledger-formula-text", "warning",
        msgid("Lines with text that a spreadsheet would run as a formula, kept as text: {count}."),
    )  # fmt: skip


def _other_years(sheet: TextSheet, lines: pl.DataFrame) -> list[Finding]:
    years = lines.filter(pl.col("financial_year") != "").group_by("financial_year").len().sort("len", "financial_year")
    if years.height < 2:
        return []
    main = years["financial_year"][-1]
    count = int(years["len"][:-1].sum())
    values = (("count", f"{count:,}"), ("year", main), ("years", ", ".join(sorted(years["financial_year"][:-1]))))
    sentence = msgid("Lines dated outside {year}, the year of most: {count}, of {years}.")
    return [Finding("ledger-other-years", Severity.NOTE, sentence, "", Place(sheet.file, sheet.sheet), values)]


def _counted(sheet: TextSheet, rows: pl.DataFrame, code: str, severity: str, sentence: str) -> list[Finding]:
    """One finding for all rows of a kind, placed at the first and naming a few."""
    if rows.is_empty():
        return []
    numbers: Iterable[int] = rows["row"].head(SHOWN_ROWS).to_list()
    shown = ", ".join(str(number) for number in numbers) + (" ..." if rows.height > SHOWN_ROWS else "")
    place = Place(sheet.file, sheet.sheet, f"row {shown}" if rows.height == 1 else f"rows {shown}")
    return [Finding(code, Severity(severity), sentence, "", place, (("count", f"{rows.height:,}"),))]
