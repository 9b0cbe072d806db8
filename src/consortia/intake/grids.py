"""Sheets of any readable file as plain rows that start at cell A1."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from consortia.errors import IntakeError
from consortia.findings import Place
from consortia.intake.containers import Container, open_container
from consortia.intake.extents import MAX_CELLS, Extent, column_letters, ods_extents, xlsx_extents

DELIMITERS = ",;\t|"


@dataclass(frozen=True)
class Grid:
    """One sheet: its rows from A1 on, and the cells whose formula gave an error. Text files have no sheet name."""

    file: str
    sheet: str
    rows: tuple[tuple[Any, ...], ...]
    errors: frozenset[str] = frozenset()

    def place(self, row: int, column: int) -> Place:
        """The place of a cell, both counted from 0."""
        return Place(self.file, self.sheet, cell_name(row, column))

    def value(self, row: int, column: int | None) -> Any:
        """The cell's value; an empty text outside the rows or for a column that the sheet has not."""
        cells = self.rows[row]
        return cells[column] if column is not None and column < len(cells) else ""


def cell_name(row: int, column: int) -> str:
    """The name of a cell counted from 0: (6, 3) is D7."""
    return f"{column_letters(column + 1)}{row + 1}"


def read_grids(path: Path) -> tuple[Grid, ...]:
    """Every sheet of a workbook, or the one of a text file. Raises IntakeError for what cannot be read."""
    container = open_container(path)
    return (_text_grid(container),) if container.kind == "csv" else _workbook_grids(container)


def _workbook_grids(container: Container) -> tuple[Grid, ...]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    extents = _extents(container)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(container.data)) as book:
            return tuple(
                _sheet_grid(container.name, name, book.get_sheet_by_name(name), extents.get(name, Extent()))
                for name in book.sheet_names
            )
    except PasswordError:
        what, remedy = f"{container.name} is protected by a password.", "Save it without the password and send that."
    except (KeyboardInterrupt, SystemExit, IntakeError):
        raise
    except CalamineError:
        what, remedy = f"{container.name} is damaged and cannot be read.", "Open it, save it again, and send that."
    except BaseException:
        # The reader is Rust: a fault in it arrives as a panic, which is no Exception. One bad upload must not stop us.
        what, remedy = f"{container.name} cannot be read.", "Save it as an Excel workbook (.xlsx) and send that."
    raise IntakeError(what, remedy=remedy)


def _extents(container: Container) -> dict[str, Extent]:
    if not container.parts:
        return {}
    extents = xlsx_extents(container.parts) if container.kind == "xlsx" else ods_extents(container.parts)
    for name, extent in extents.items():
        if extent.is_too_wide:
            corner = cell_name(extent.rows - 1, extent.columns - 1)
            raise IntakeError(
                f"The sheet '{name}' of {container.name} reaches to {corner}, far beyond any return.",
                remedy="Delete the cells beyond the return, or copy the return into a new workbook.",
            )
    return extents


def _sheet_grid(file: str, name: str, sheet: Any, extent: Extent) -> Grid:
    rows = tuple(tuple(row) for row in sheet.to_python(skip_empty_area=False))
    return Grid(file, name, rows, frozenset(extent.errors))


def _text_grid(container: Container) -> Grid:
    text = _decoded(container)
    rows: list[tuple[str, ...]] = []
    cells = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)):
            rows.append(tuple(row))
            cells += len(row)
            if cells > MAX_CELLS:
                raise IntakeError(
                    f"{container.name} has more than {MAX_CELLS:,} cells.", remedy="Send the return only."
                )
    except csv.Error as error:
        what = f"{container.name} cannot be read beyond line {len(rows) + 1}: {error}."
        raise IntakeError(what, remedy="Save it again as comma-separated text (.csv), and send that.") from None
    return Grid(container.name, "", tuple(rows))


def _decoded(container: Container) -> str:
    """Text as Excel and its like save it: Unicode with its mark, UTF-8, or Windows western European."""
    encodings = ["utf-16"] if container.data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return container.data.decode(encoding)
        except UnicodeDecodeError:
            continue
    remedy = "Save it as CSV UTF-8 and send that."
    raise IntakeError(f"{container.name} is text in an encoding that is not known here.", remedy=remedy)


def _delimiter(text: str) -> str:
    """The separator of the columns: the one that parts most of the first lines into four columns or more."""
    lines = text.splitlines()[:100]
    return max(DELIMITERS, key=lambda mark: (sum(line.count(mark) >= 3 for line in lines), text[:10_000].count(mark)))
