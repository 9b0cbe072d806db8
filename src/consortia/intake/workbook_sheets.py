"""The sheets of a workbook as tables of texts, read by Rust; what the file claims of its own size is not believed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from consortia.errors import IntakeError
from consortia.findings import Finding, Place, Severity
from consortia.intake.archives import Part
from consortia.intake.containers import Container, open_container
from consortia.intake.extents import ERROR, ODD, Extent, column_number, ods_extents, sheet_parts, xlsx_extents
from consortia.intake.text_files import MAX_COLUMNS, TextSheet, columns

# The last row that a sheet can have; and more cells than this, 32 bytes each in the reader, would not fit the memory
# that a reading may take: 26 columns down to that row.
LAST_ROW = 1_048_576
MAX_SHEET_CELLS = 30_000_000
ERROR_TEXT = "#ERROR!"

_ERROR = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^<>]*? t="e"')
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def workbook_sheets(path: Path) -> Iterator[TextSheet]:
    """Every sheet of a workbook that is not hidden, one at a time. Raises IntakeError for what cannot be read."""
    container = open_container(path)
    extents = _checked_extents(container)
    book = _opened(container)
    for name in book.sheet_names:
        yield _sheet(container, book, name, extents.get(name))


def _opened(container: Container) -> Any:
    import fastexcel

    return _guarded(container.name, lambda: fastexcel.read_excel(container.data))


def _guarded(name: str, read: Any) -> Any:
    """Calls the reader; whatever goes wrong in it, a panic of its Rust parts too, becomes a sentence."""
    try:
        return read()
    except (KeyboardInterrupt, SystemExit, IntakeError):
        raise
    except BaseException as error:
        locked = "password" in str(error).lower() or "encrypt" in str(error).lower()
        what = f"{name} is protected by a password." if locked else f"{name} is damaged and cannot be read."
        remedy = "Save it without the password and send that." if locked else "Open it, save it again, and send that."
        raise IntakeError(what, remedy=remedy) from None


def _sheet(container: Container, book: Any, name: str, extent: Extent | None) -> TextSheet:
    file = container.name

    def load() -> Any:
        return book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")

    loaded = _guarded(file, load)
    frame = loaded.to_polars()
    if loaded.visible != "visible" and not frame.is_empty():
        sentence = "The sheet is hidden; it was not read."
        finding = Finding(
            "sheet-hidden", Severity.NOTE, sentence, "Show it if it belongs to the ledger.", Place(file, name)
        )
        return TextSheet(file, name, _as_texts(frame.clear()), 0, (finding,))
    frame = frame.select(frame.columns[:MAX_COLUMNS])
    # The reader leaves out the blank columns before the first used one.
    first = extent.first_column if extent else _first_column(container, name)
    cells = _as_texts(frame)
    for number, rows in _error_cells(container, name, extent, first).items():
        if number < frame.width:
            shown = pl.when(pl.col("row").is_in(rows)).then(pl.lit(ERROR_TEXT)).otherwise(pl.col(f"c{number}"))
            cells = cells.with_columns(shown.alias(f"c{number}"))
    return TextSheet(file, name, cells, frame.width, first_column=max(0, first - 1))


def _as_texts(frame: pl.DataFrame) -> pl.LazyFrame:
    renamed = frame.rename(dict(zip(frame.columns, columns(frame.width), strict=True)))
    return renamed.with_row_index("row", 1).lazy()


def _checked_extents(container: Container) -> dict[str, Extent]:
    """The extents of sheets that have to be measured; two cells at far corners would be laid out as millions of cells.

    Raises IntakeError, before the reader sees it, for a sheet that reaches beyond any ledger.
    """
    extents: dict[str, Extent] = {}
    counted = container.parts.counted
    if container.kind == "xlsx":
        # A plain sheet of one-letter columns cannot reach far: only others are measured cell by cell.
        if any(ODD in part.marks for name, part in counted.items() if name.startswith("xl/worksheets/")):
            extents = xlsx_extents(container.parts)
    elif container.kind == "ods":
        extents = ods_extents(container.parts)
    for name, extent in extents.items():
        if extent.rows > LAST_ROW or extent.rows * extent.columns > MAX_SHEET_CELLS:
            raise IntakeError(
                f"The sheet '{name}' of {container.name} reaches to row {extent.rows:,} and column {extent.columns:,}, "
                "far beyond any ledger.",
                remedy="Delete the cells beyond the ledger, or copy the ledger into a new workbook.",
            )
    return extents


def _first_column(container: Container, name: str) -> int:
    """The first used column of a sheet that was not measured, from 1."""
    if container.kind == "xlsx":
        part = _part(container, name)
        letters = [chr(number).encode() for number in range(ord("A"), ord("Z") + 1)]
        # Most sheets have a cell in A at once.
        if part is None or _filled(part.head, letters[0]):
            return 1
        return next((at for at, letter in enumerate(letters, 1) if _filled(part.content, letter)), 1)
    from python_calamine import CalamineWorkbook

    def start() -> Any:
        with CalamineWorkbook.from_filelike(io.BytesIO(container.data)) as book:
            return book.get_sheet_by_name(name).start

    found = _guarded(container.name, start)
    return int(found[1]) + 1 if found else 1


def _part(container: Container, name: str) -> Part | None:
    """The part that holds a sheet of an xlsx workbook."""
    parts = container.parts
    return parts.counted.get(sheet_parts(parts).get(name, "")) if container.kind == "xlsx" else None


def _filled(part: bytes, letter: bytes) -> bool:
    """True where the column has a cell that is not empty."""
    return bool(re.search(rb'<c r="' + letter + rb'\d+"[^<>]*(?<!/)>', part))


def _error_cells(container: Container, name: str, extent: Extent | None, first: int) -> dict[int, list[int]]:
    """Cells whose formula failed, by column (from the first used one) and row: the reader shows blanks."""
    found: dict[int, list[int]] = {}
    if extent:
        places = [match.groups() for cell in extent.errors if (match := _PLACE.fullmatch(cell))]
    else:
        part = _part(container, name)
        some = _ERROR.findall(part.content) if part and ERROR in part.marks else []
        places = [(letters.decode(), row.decode()) for letters, row in some]
    for letters, row in places:
        found.setdefault(column_number(letters) - first, []).append(int(row))
    return found
