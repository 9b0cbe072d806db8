"""Where the return stands in a file: the sheet, the row of headings, and the column of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from consortia.errors import IntakeError
from consortia.intake.grids import Grid
from consortia.intake.wording import COLUMNS, column_of, plain

HEADINGS_WITHIN = 60
COST_COLUMNS = ("year", "service", "measure", "amount")
VOLUME_COLUMNS = ("year", "measure", "value")
FEWEST_TO_RECOGNISE = 2
THOUSANDS = ("000", "thousand", "miloedd", "£k")

Namer = Callable[[Any], str | None]


@dataclass(frozen=True)
class Layout:
    """A table inside a grid: the row of its headings (from 0) and the columns by name."""

    grid: Grid
    heading_row: int
    columns: dict[str, int]

    def rows(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Every row below the headings that is not blank in the table's columns, with its number from 0."""
        for number in range(self.heading_row + 1, len(self.grid.rows)):
            row = {name: self.grid.value(number, column) for name, column in self.columns.items()}
            if any(plain(value) for value in row.values()) or self._has_error(number):
                yield number, row

    def _has_error(self, number: int) -> bool:
        return any(str(self.grid.place(number, column).cell) in self.grid.errors for column in self.columns.values())


def find_table(
    grids: Sequence[Grid],
    wanted: tuple[str, ...],
    *,
    preferred: Sequence[str] = (),
    column_of: Namer = column_of,
) -> Layout | None:
    """The first sheet with all the headings wanted, sheets of a preferred name first; None when there is none."""
    order = sorted(grids, key=lambda grid: plain(grid.sheet) not in {plain(name) for name in preferred})
    return next(iter(tables_like(order, wanted, column_of=column_of)), None)


def tables_like(grids: Sequence[Grid], wanted: tuple[str, ...], *, column_of: Namer = column_of) -> tuple[Layout, ...]:
    """The first such table of every sheet that has one."""
    complete = [[one for one in _layouts(grid, column_of) if set(wanted) <= set(one.columns)] for grid in grids]
    return tuple(layouts[0] for layouts in complete if layouts)


def no_table(grids: Sequence[Grid], wanted: tuple[str, ...], *, column_of: Namer = column_of) -> IntakeError:
    """Why there is no table to read: which headings lack on the nearest sheet, or that no sheet has any."""
    every = [layout for grid in grids for layout in _layouts(grid, column_of)]
    if not every:
        return _no_headings(grids, wanted)
    nearest = max(every, key=lambda layout: len(set(wanted) & set(layout.columns)))
    missing = ", ".join(_heading(name) for name in wanted if name not in nearest.columns)
    sheet = f", sheet '{nearest.grid.sheet}'" if nearest.grid.sheet else ""
    what = f"{nearest.grid.file}{sheet}, row {nearest.heading_row + 1}: there is no column headed {missing}."
    return IntakeError(what, remedy="Add the column, or use the blank return (`consortia template`).")


def thousands_heading(grids: Sequence[Grid]) -> tuple[Grid, str] | None:
    """A heading that says amounts are in thousands, which a return in pounds must not be read as."""
    for grid in grids:
        for layout in _layouts(grid, column_of):
            for cell in grid.rows[layout.heading_row]:
                text = plain(cell)
                if text.startswith(("amount", "swm")) and any(mark in text for mark in THOUSANDS):
                    return grid, str(cell)
    return None


def _layouts(grid: Grid, column_of: Namer) -> Iterator[Layout]:
    """Rows that look like headings; a column named twice keeps its first place."""
    for number, row in enumerate(grid.rows[:HEADINGS_WITHIN]):
        columns: dict[str, int] = {}
        for column, cell in enumerate(row):
            name = column_of(cell) if isinstance(cell, str) else None
            if name:
                columns.setdefault(name, column)
        if len(columns) >= FEWEST_TO_RECOGNISE:
            yield Layout(grid, number, columns)


def _no_headings(grids: Sequence[Grid], wanted: tuple[str, ...]) -> IntakeError:
    file = grids[0].file if grids else "The file"
    sheets = ", ".join(f"'{grid.sheet}'" for grid in grids if grid.sheet)
    where = f"None of the sheets of {file} ({sheets})" if sheets else f"No line of {file}"
    what = f"{where} has the headings {', '.join(_heading(name) for name in wanted)}."
    return IntakeError(what, remedy="Head the columns so, or use the blank return (`consortia template`).")


def _heading(name: str) -> str:
    return COLUMNS[name][0] if name in COLUMNS else name
