"""The tables of a sheet one after the other, each read by its layout, until all of the sheet is accounted for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import polars as pl

from consortia.intake.layouts.document import Layout
from consortia.intake.layouts.header import Header
from consortia.intake.ledger_account import SheetAccount, account_of
from consortia.intake.ledger_months import read_month_rows
from consortia.intake.ledger_rows import Rows, read_rows
from consortia.intake.ledger_sheets import Located, locate
from consortia.intake.ledger_tables import next_headings, rows_from, table_name, tables_at_the_top
from consortia.intake.text_files import TextSheet, columns


@dataclass(frozen=True)
class FoundTable:
    """A table of a sheet: its part of the sheet, its layout, where its columns stand, its rows, their account."""

    part: TextSheet
    layout: Layout
    located: Located
    rows: Rows
    account: SheetAccount

    @property
    def header(self) -> Header:
        """Its headings."""
        return self.located.header

    @property
    def name(self) -> str:
        """Where it begins: "Sheet1!A40"."""
        return table_name(self.part, self.header)


@dataclass(frozen=True)
class UnknownTable:
    """A part of a sheet that begins like a table, but whose headings say too little to read it."""

    part: TextSheet

    @property
    def name(self) -> str:
        """Where it begins."""
        return table_name(self.part, Header(self.part.first_row - 1, 1, tuple(self.part.head[0])))

    @property
    def rows(self) -> int:
        """The filled rows below its headings."""
        filled = pl.any_horizontal(pl.col(columns(self.part.width)).is_not_null())
        return int(self.part.cells.filter(filled).select(pl.len()).collect().item()) - 1


def tables_of(
    sheet: TextSheet, layout_for: Callable[[TextSheet], Layout | None]
) -> Iterator[FoundTable | UnknownTable]:
    """Every table of a sheet, side by side from left to right, each from top to bottom.

    A sheet that does not begin with headings and has none gives nothing.
    """
    waiting = list(tables_at_the_top(sheet))
    while waiting:
        part = waiting.pop(0)
        layout = layout_for(part)
        found, rest = table_in(part, layout) if layout else (None, None)
        if found:
            yield found
        elif part.first_row > 1:
            yield UnknownTable(part)
        if rest:
            waiting.insert(0, rest)


def table_in(part: TextSheet, layout: Layout) -> tuple[FoundTable | None, TextSheet | None]:
    """The first table of a part by its layout, and what is left below where another table begins."""
    located = locate(part, layout)
    if located is None:
        return None, None
    read = read_month_rows if located.months else read_rows
    rows = read(part, located, layout)
    at = next_headings(part, located, rows)
    rows = rows.before(at) if at else rows
    account = account_of(part, located, rows)
    return FoundTable(part, layout, located, rows, account), rows_from(part, at) if at else None
