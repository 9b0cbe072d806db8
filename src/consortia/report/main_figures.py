"""The main figures of a run with their keys: what may be opened first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from consortia.report.fitted import FittedTable
from consortia.report.language import Language, translator
from consortia.report.tables import Table
from consortia.report.worded import worded
from consortia.report.words import Quantity, msgid

UNITS = ("money", "unit_cost")  # kinds whose unit stands at the end of the heading, in brackets
MAIN_COLUMNS = {
    "decision": ("middle", "chance_of_loss"), "by_partner": ("middle", "agreed"), "alternatives": ("value",),
    "together": ("central", "middle"), "own_projects": ("central", "one_off"), "measures": ("value",),
    "costs_by_kind": ("present",),
}  # fmt: skip


def main_figures(tables: Iterable[Table], *, language: str = "en") -> FittedTable:
    """Key, what it is, and value with unit, of the central figures of each table; each key once."""
    words = translator(language)
    rows = {row[0]: row for table in tables for row in _rows(table, words)}
    headers = words.text(msgid("Key")), words.text(msgid("What it is")), words.text(msgid("Value"))
    return FittedTable(headers, tuple(rows.values()), (False, False, True))


def _rows(table: Table, words: Language) -> Iterator[tuple[str, str, str]]:
    shown = worded(table, words)
    for row in shown.rows:
        for column, header, cell in zip(table.columns, shown.headers, row, strict=True):
            if cell.key and column.key in MAIN_COLUMNS.get(table.key, ()):
                title, _, unit = header.rpartition(" (") if cell.kind in UNITS else (header, "", "")
                unit = "" if isinstance(cell.raw, Quantity) else unit
                yield cell.key, f"{row[0].text}: {title}", f"{cell.text} {unit.rstrip(')')}".rstrip()
