"""A table in the words of one language, ready for any renderer: rounded, captioned, each cell with its figure's key."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from consortia.report.language import MILLIONS, POUNDS, THOUSANDS, Language, Scale, scale_for
from consortia.report.tables import Column, Table, amounts
from consortia.report.words import Cell, Kind, msgid
from consortia.study.definition import Text

NUMERIC: frozenset[Kind] = frozenset({"money", "unit_cost", "percent", "chance", "drawn", "number", "years"})
UNIT_MARKS = {POUNDS.divisor: "£", THOUSANDS.divisor: "£k", MILLIONS.divisor: "£m"}


@dataclass(frozen=True, slots=True)
class WordedCell:
    """A cell as it is shown. `raw` is the value before rounding; `foreign` marks words that have no translation."""

    text: str
    raw: Cell
    kind: Kind
    key: str = ""
    foreign: bool = False

    @property
    def numeric(self) -> bool:
        """True for what stands to the right and lines up."""
        return self.kind in NUMERIC

    @property
    def judgement(self) -> bool:
        """True for the evidence mark of a judgement."""
        return self.kind == "evidence" and self.raw == "J"


@dataclass(frozen=True, slots=True)
class WordedRow:
    """A row; `refused` is the verdict of a service that is not to be shared, whose last cell gives the reason."""

    cells: tuple[WordedCell, ...]

    @property
    def refused(self) -> WordedCell | None:
        """The verdict not to share, where the row holds one."""
        return next((cell for cell in self.cells if cell.kind == "verdict" and cell.raw == "do_not_share"), None)


@dataclass(frozen=True, slots=True)
class WordedTable:
    """A table as it is shown; `statement` says unit, rounding, price base and period."""

    key: str
    title: str
    caption: str
    statement: str
    headers: tuple[str, ...]
    kinds: tuple[Kind, ...]
    rows: tuple[tuple[WordedCell, ...], ...]
    notes: tuple[str, ...]

    @property
    def blocks(self) -> tuple[tuple[WordedRow, ...], ...]:
        """The rows in blocks with the same first cell, so that a renderer can name them once."""
        grouped = groupby(map(WordedRow, self.rows), key=lambda row: row.cells[0].text if row.cells else "")
        return tuple(tuple(rows) for _, rows in grouped)


def worded(table: Table, language: Language) -> WordedTable:
    """The table in one language; money in the unit that suits its size, as its statement says."""
    scale = scale_for(amounts(table))
    return WordedTable(
        key=table.key,
        title=language.words(table.title),
        caption=language.words(table.caption),
        statement=_statement(table, language, scale),
        headers=tuple(_header(column, language, scale) for column in table.columns),
        kinds=tuple(column.kind for column in table.columns),
        rows=tuple(_row(table, number, language, scale) for number in range(len(table.rows))),
        notes=tuple(language.words(note) for note in table.notes),
    )


def is_foreign(value: Cell, language: Language) -> bool:
    """True for a bilingual name without Welsh words on a Welsh page."""
    return isinstance(value, Text) and language.code == "cy" and not value.cy


def _row(table: Table, number: int, language: Language, scale: Scale) -> tuple[WordedCell, ...]:
    return tuple(
        WordedCell(
            language.cell(value, column.kind, scale), value, column.kind, table.key_of(number, place),
            is_foreign(value, language),
        )
        for place, (column, value) in enumerate(zip(table.columns, table.rows[number], strict=True))
    )  # fmt: skip


def _header(column: Column, language: Language, scale: Scale) -> str:
    """The column's title with its unit: £k where the table is in thousands, otherwise the column's own."""
    title = language.words(column.title)
    unit = {"money": UNIT_MARKS[scale.divisor], "unit_cost": "£"}.get(column.kind) or language.words(column.unit)
    return f"{title} ({unit})" if unit else title


def _statement(table: Table, language: Language, scale: Scale) -> str:
    parts = []
    if any(column.kind == "money" for column in table.columns):
        parts.append(language.text(scale.words))
    if table.has_money:
        parts.append(language.price_base(table.price_base))
    if table.period:
        parts.append(language.text(msgid("Period: {period}."), period=language.words(table.period)))
    return " ".join(parts)
