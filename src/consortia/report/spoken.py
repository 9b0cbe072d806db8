"""Content in words: each sentence of a table with its values filled in, for programs that know no catalogue."""

from __future__ import annotations

from dataclasses import replace

from consortia.report.language import Language
from consortia.report.tables import Column, Table
from consortia.report.words import Cell, Message, Words


def spoken(table: Table, words: Language) -> Table:
    """The table with its sentences in one language; numbers stay as they are, a name keeps both its languages."""
    return replace(
        table,
        title=_said(table.title, words),
        caption=_said(table.caption, words),
        columns=tuple(_column(column, words) for column in table.columns),
        rows=tuple(tuple(_cell(cell, words) for cell in row) for row in table.rows),
        notes=tuple(_said(note, words) for note in table.notes),
        period=_said(table.period, words),
    )


def _column(column: Column, words: Language) -> Column:
    return replace(column, title=_said(column.title, words), unit=_said(column.unit, words))


def _cell(cell: Cell, words: Language) -> Cell:
    if isinstance(cell, tuple):
        return tuple(_said(part, words) for part in cell)
    return _said(cell, words) if isinstance(cell, str | Message) else cell


def _said(said: Words, words: Language) -> Words:
    return words.words(said) if isinstance(said, str | Message) else said
