"""Tables: raw values with their unit, period and price base. Only the renderers round and word them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from consortia.report.words import Cell, Kind, Words

MONEY_KINDS = frozenset({"money", "unit_cost"})
NOMINAL = "nominal"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `title` is a msgid or a bilingual name, `kind` says how its raw values are shown."""

    key: str
    title: Words
    kind: Kind = "text"
    unit: Words = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of raw values. Money is float or Decimal pounds; `price_base` is a financial year, "nominal" or "".

    `figure_keys` is empty or has the shape of `rows`: the key of the figure in each cell, "" where there is none.
    `caption` says in a sentence what the table shows; the renderers add unit, rounding, period and price base.
    """

    key: str
    title: Words
    caption: Words
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[Words, ...] = ()
    period: Words = ""
    price_base: str = ""
    figure_keys: tuple[tuple[str, ...], ...] = ()

    def __post_init__(self) -> None:
        """Refuse a table whose rows do not fit its columns, or whose money lacks period or price base: ValueError."""
        width = len(self.columns)
        for row in (*self.rows, *self.figure_keys):
            if len(row) != width:
                raise ValueError(f"table {self.key}: a row has {len(row)} cells for {width} columns")
        if self.figure_keys and len(self.figure_keys) != len(self.rows):
            raise ValueError(f"table {self.key}: figure keys for {len(self.figure_keys)} of {len(self.rows)} rows")
        if self.has_money and not (self.period and self.price_base):
            raise ValueError(f"table {self.key} holds money; state its period and its price base")

    @property
    def has_money(self) -> bool:
        """True when a column holds amounts of money."""
        return any(column.kind in MONEY_KINDS for column in self.columns)

    def column(self, key: str) -> tuple[Cell, ...]:
        """The raw values of one column; ValueError when there is none of that key."""
        for place, column in enumerate(self.columns):
            if column.key == key:
                return tuple(row[place] for row in self.rows)
        raise ValueError(f"table {self.key} has no column {key}")

    def key_of(self, row: int, column: int) -> str:
        """The key of the figure in a cell, "" when it carries none."""
        return self.figure_keys[row][column] if self.figure_keys else ""


def amounts(table: Table) -> Iterable[float]:
    """Every known amount of the money columns, pounds."""
    places = [place for place, column in enumerate(table.columns) if column.kind == "money"]
    for row in table.rows:
        for place in places:
            if isinstance(value := row[place], int | float):
                yield float(value)
