"""The command that lists and explains the reference data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from rich.console import Console

from consortia.reference.catalogue import TableInfo, catalogue, explain
from consortia.report.fitted import FittedTable, fitted_widths

console = Console(highlight=False)
SHOWN = 40
FIRST = ("code", "key", "name", "id", "financial_year", "year", "title", "value", "low", "mode", "high", "unit")
READABLE = 24  # a column of long texts is worth showing from this width on
BETWEEN = 3


def show_reference(table: str, *, search: str, full: bool, as_json: bool) -> None:
    """Lists all tables, or the rows of one with the sources and evidence marks."""
    if not table:
        _show_catalogue(catalogue(), as_json=as_json)
        return
    explained = explain(table)
    rows = [row for row in explained.rows if search.lower() in " ".join(row).lower()]
    if as_json:
        plain = [dict(zip(explained.columns, row, strict=True)) for row in rows]
        console.print_json(json.dumps({"table": table, "rows": plain}, ensure_ascii=False))
        return
    _show_rows(explained.columns, rows, full=full or len(rows) == 1)
    for source in explained.sources:
        console.print(
            f"[dim]{source.id}: {source.title}, {source.publisher}, {source.date}. {source.attribution}[/dim]"
        )


def _show_catalogue(tables: tuple[TableInfo, ...], *, as_json: bool) -> None:
    if as_json:
        plain = [{"name": one.name, "title": one.title, "rows": one.rows} for one in tables]
        console.print_json(json.dumps(plain, ensure_ascii=False))
        return
    rows = tuple((one.name, one.title, f"{one.rows:,}", one.date) for one in tables)
    console.print(FittedTable(("Table", "What it holds", "Rows", "Date"), rows, (False, False, True, False)))
    console.print("One table with its sources: consortia reference TABLE [--search WORDS]")


def _show_rows(columns: tuple[str, ...], rows: list[tuple[str, ...]], *, full: bool) -> None:
    if not rows:
        console.print("No row holds these words. Without --search all are shown.")
        return
    shown = rows if full else rows[:SHOWN]
    order = _in_order(columns, shown)
    places = order if full else _fitting(columns, shown, order)
    cells = tuple(tuple(row[place] for place in places) for row in shown)
    console.print(FittedTable(tuple(columns[place] for place in places), cells))
    if len(places) < len(order):
        left_out = ", ".join(columns[place] for place in order if place not in places)
        console.print(f"Columns left out: {left_out}; all with --full or --json.")
    if len(rows) > len(shown):
        console.print(f"{len(rows) - len(shown):,} more rows; narrow them with --search, or take all with --json.")


def _in_order(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> list[int]:
    """The columns that hold something, what names a row first."""
    held = [place for place in range(len(columns)) if any(row[place] for row in rows)] or [0]
    return sorted(held, key=lambda place: FIRST.index(columns[place]) if columns[place] in FIRST else len(FIRST))


def _fitting(columns: Sequence[str], rows: Sequence[Sequence[str]], order: Sequence[int]) -> list[int]:
    """As many of the first columns as the terminal shows with no word cut and long texts readable."""
    chosen: list[int] = []
    for place in order:
        tried = [*chosen, place]
        held = [[columns[one], *(row[one] for row in rows)] for one in tried]
        # A text counts as one word of readable width, so that it is not squeezed into a ribbon.
        held = [[*column, "x" * min(READABLE, max(map(len, column)))] for column in held]
        if chosen and not fitted_widths(held, console.width - BETWEEN * len(tried)):
            break
        chosen = tried
    return chosen
