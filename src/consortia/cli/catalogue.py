"""The command that lists and explains the reference data."""

from __future__ import annotations

import json

from rich.console import Console
from rich.table import Table as RichTable

from consortia.reference.catalogue import TableInfo, catalogue, explain

console = Console(highlight=False)
SHOWN = 40


def show_reference(table: str, *, search: str, as_json: bool) -> None:
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
    _show_rows(explained.columns, rows)
    for source in explained.sources:
        console.print(
            f"[dim]{source.id}: {source.title}, {source.publisher}, {source.date}. {source.attribution}[/dim]"
        )


def _show_catalogue(tables: tuple[TableInfo, ...], *, as_json: bool) -> None:
    if as_json:
        plain = [{"name": one.name, "title": one.title, "rows": one.rows} for one in tables]
        console.print_json(json.dumps(plain, ensure_ascii=False))
        return
    shown = RichTable("Table", "What it holds", "Rows", "Date")
    for one in tables:
        shown.add_row(one.name, one.title, f"{one.rows:,}", one.date)
    console.print(shown)
    console.print("One table with its sources: consortia reference TABLE [--search WORDS]")


def _show_rows(columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    if not rows:
        console.print("No row holds these words. Without --search all are shown.")
        return
    shown = RichTable(*columns)
    for row in rows[:SHOWN]:
        shown.add_row(*row)
    console.print(shown)
    if len(rows) > SHOWN:
        console.print(f"{len(rows) - SHOWN:,} more rows; narrow them with --search, or take all with --json.")
