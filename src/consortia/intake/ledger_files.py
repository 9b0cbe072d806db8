"""Ledger files in: the lines of a file by a confirmed layout, every row of every table accounted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from consortia.errors import IntakeError
from consortia.findings import Finding, Place, Severity, msgid
from consortia.intake.found_tables import FoundTable, UnknownTable, table_in, tables_of
from consortia.intake.layouts.document import Layout
from consortia.intake.ledger_account import SheetAccount, findings_of
from consortia.intake.ledger_proposals import about_unknown, seeming_layout
from consortia.intake.ledger_sheets import ledger_sheets, locate
from consortia.intake.ledger_tables import remembered_table
from consortia.intake.text_files import TextSheet
from consortia.money import from_pence
from consortia.study.ledger import empty_ledger


@dataclass(frozen=True)
class Ledger:
    """A partner's lines from one file (columns of LedgerLine), the account of each table, and the findings."""

    partner: str
    lines: pl.DataFrame
    accounts: tuple[SheetAccount, ...]
    findings: tuple[Finding, ...]

    @property
    def sum_pence(self) -> int:
        """Sum of the amounts, nominal pence."""
        return sum(account.sum_pence for account in self.accounts)


def read_ledger(path: Path, layout: Layout) -> Ledger:
    """The lines of a ledger file by a confirmed layout; every row is a line, a total, a note, a heading or blank.

    Raises IntakeError for a file that cannot be read, or in which no sheet has the amounts that the layout names.
    """
    try:
        return _read(path, layout, careful=False)
    except pl.exceptions.PolarsError:
        return _read(path, layout, careful=True)


def _read(path: Path, layout: Layout, *, careful: bool) -> Ledger:
    tables: list[FoundTable] = []
    findings: list[Finding] = []
    for sheet in ledger_sheets(path, careful=careful):
        is_wanted = not layout.sheets or sheet.sheet in layout.sheets
        kept, left_out = _tables(sheet, layout) if is_wanted else ([], [])
        tables += kept
        if not kept:
            findings += [*sheet.findings, *_passed_over(sheet)]
        for table in kept:
            findings += findings_of(table.part, table.located, table.rows, table.account)
            findings += _named_only(table)
        findings += left_out
    if not tables:
        raise _does_not_fit(path, layout)
    findings += [*_missing(tables, layout), *_in_thousands(tables)]
    lines = pl.concat([table.rows.lines for table in tables]) if len(tables) > 1 else tables[0].rows.lines
    accounts = tuple(table.account for table in tables)
    return Ledger(layout.partner, lines if lines.height else empty_ledger(), accounts, tuple(findings))


def _tables(sheet: TextSheet, layout: Layout) -> tuple[list[FoundTable], list[Finding]]:
    """The tables of a sheet that fit the layout or one of its further ones, and what to say of those that do not.

    Where none has most columns of a layout, the sheet is read as one table, if only it has the amounts.
    """
    layouts = (layout, *layout.more)
    parts = [(remembered_table(sheet, one), one) for one in layouts if one.begins]
    named = [table_in(part, one)[0] for part, one in parts if part]
    if any(named):
        return [table for table in named if table], []
    found = list(tables_of(sheet, lambda part: _fitting(part, layouts) or _seeming(part)))
    known = [table for table in found if isinstance(table, FoundTable)]
    kept = [table for table in known if table.layout in layouts]
    if kept:
        unknown = [about_unknown(table) for table in found if isinstance(table, UnknownTable)]
        return kept, [*(_left_out(table) for table in known if table.layout not in layouts), *unknown]
    whole, _ = table_in(sheet, layout)
    return ([whole] if whole else []), []


def _fitting(part: TextSheet, layouts: Sequence[Layout]) -> Layout | None:
    """The layout of which the table has the largest share of columns, more than half of them; None when it has not."""
    shares = [(len(located.places) / len(one.columns), one) for one in layouts if (located := locate(part, one))]
    share, best = max(shares, key=lambda pair: pair[0], default=(0.0, None))
    return best if share > 0.5 else None


def _seeming(part: TextSheet) -> Layout | None:
    """The layout that a table seems to have, so that it can be told what is not read."""
    made = seeming_layout(part, "")
    return made[0] if made else None


def _left_out(table: FoundTable) -> Finding:
    sentence = msgid("The table at {table} has other headings than the layout: {lines} lines, £{sum}, were not read.")
    remedy = msgid("If they belong to the ledger, look at the layout again: `consortia layout`.")
    account = table.account
    values = (
        ("table", table.name), ("lines", f"{account.lines:,}"), ("sum", f"{from_pence(account.sum_pence):,.2f}"),
    )  # fmt: skip
    place = Place(account.file, account.sheet)
    return Finding("ledger-table-passed-over", Severity.WARNING, sentence, remedy, place, values)


def _named_only(table: FoundTable) -> list[Finding]:
    if not table.layout.begins:
        return []
    sentence = msgid("The table at {table} was read because a person named it; what else the sheet holds was not.")
    values = (("table", table.name),)
    place = Place(table.part.file, table.part.sheet)
    return [Finding("ledger-named-table", Severity.NOTE, sentence, "", place, values)]


def _missing(tables: Sequence[FoundTable], layout: Layout) -> list[Finding]:
    """Further tables of the layout that the file does not have."""
    read = [table.layout for table in tables]
    sentence = msgid("The file has no table with the headings {headings}, which the layout names besides.")
    place = Place(tables[0].part.file)
    return [
        Finding("layout-table-missing", Severity.WARNING, sentence, "Ask the partner whether it is complete.", place,
                (("headings", ", ".join(column.heading for column in one.columns)),))
        for one in layout.more if one not in read
    ]  # fmt: skip


def _in_thousands(tables: Sequence[FoundTable]) -> list[Finding]:
    """Said at each loading: a thousandfold error looks like any other large figure once it is in a sum."""
    sentence = msgid("The amounts at {table} were read as thousands of pounds, as the layout says: £{sum} in all.")
    remedy = msgid("If they are pounds, confirm the layout with --set unit=pounds and load the file again.")
    return [
        Finding("ledger-thousands", Severity.WARNING, sentence, remedy, Place(table.account.file, table.account.sheet),
                (("table", table.name), ("sum", f"{from_pence(table.account.sum_pence):,.2f}")))
        for table in tables if table.layout.unit == "thousands"
    ]  # fmt: skip


def _passed_over(sheet: TextSheet) -> list[Finding]:
    if sheet.width == 0 or not sheet.head:
        return []
    sentence = msgid("The sheet does not have the headings of the layout; it was not read.")
    return [Finding("ledger-sheet-passed-over", Severity.NOTE, sentence, "", Place(sheet.file, sheet.sheet))]


def _does_not_fit(path: Path, layout: Layout) -> IntakeError:
    heading = layout.heading_of("amount") or layout.heading_of("debit") or ""
    what = f"{path.name} does not fit the remembered layout: no sheet has the amounts headed '{heading}'."
    if layout.months:
        what = f"{path.name} does not fit the remembered layout: no sheet has a column for each month."
    return IntakeError(what, remedy="Look at the layout again: `consortia layout`.")
