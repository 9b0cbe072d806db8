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
from consortia.intake.containers import Container, open_container, repacked
from consortia.intake.extents import column_number, ods_extents, sheet_parts, xlsx_extents
from consortia.intake.text_files import MAX_COLUMNS, TextSheet, columns

# A sheet has at most 1,048,576 rows; more cells than this would not fit the memory that a reading may take.
MAX_SHEET_CELLS = 60_000_000
ERROR_TEXT = "#ERROR!"

_WIDE = re.compile(rb'<c r="[A-Z]{2}')
_ERROR = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^<>]*? t="e"')
_START = re.compile(rb'<(?:\w+:)?dimension ref="([A-Z]{1,3})\d+')


def workbook_sheets(path: Path) -> Iterator[TextSheet]:
    """Every sheet of a workbook that is not hidden, one at a time. Raises IntakeError for what cannot be read."""
    container = open_container(path)
    _check_extents(container)
    book = _opened(container)
    errors = _error_cells(container)
    for name in book.sheet_names:
        yield _sheet(container.name, book, name, errors.get(name, {}))


def _opened(container: Container) -> Any:
    import fastexcel

    source = repacked(container) if container.parts else io.BytesIO(container.data)
    return _guarded(container.name, lambda: fastexcel.read_excel(source.getvalue()))


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


def _sheet(file: str, book: Any, name: str, errors: dict[int, list[int]]) -> TextSheet:
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
    cells = _as_texts(frame)
    for number, rows in errors.items():
        if number < frame.width:
            shown = pl.when(pl.col("row").is_in(rows)).then(pl.lit(ERROR_TEXT)).otherwise(pl.col(f"c{number}"))
            cells = cells.with_columns(shown.alias(f"c{number}"))
    return TextSheet(file, name, cells, frame.width)


def _as_texts(frame: pl.DataFrame) -> pl.LazyFrame:
    renamed = frame.rename(dict(zip(frame.columns, columns(frame.width), strict=True)))
    return renamed.with_row_index("row", 1).lazy()


def _check_extents(container: Container) -> None:
    """Two cells at far corners would be laid out as millions of cells: refused before the reader sees them."""
    extents: dict[str, Any] = {}
    if container.kind == "xlsx":
        sheets = {name: part for name, part in container.parts.items() if name.startswith("xl/worksheets/")}
        # A plain sheet of one-letter columns cannot reach far: only others are measured cell by cell.
        if any(_may_reach_far(part) for part in sheets.values()):
            extents = xlsx_extents(container.parts)
    elif container.kind == "ods":
        extents = ods_extents(container.parts)
    for name, extent in extents.items():
        if extent.rows * extent.columns > MAX_SHEET_CELLS:
            raise IntakeError(
                f"The sheet '{name}' of {container.name} reaches to row {extent.rows:,} and column {extent.columns:,}, "
                "far beyond any ledger.",
                remedy="Delete the cells beyond the ledger, or copy the ledger into a new workbook.",
            )


def _may_reach_far(part: bytes) -> bool:
    return bool(_WIDE.search(part)) or (b"<c" in part and b'<c r="' not in part)


def _error_cells(container: Container) -> dict[str, dict[int, list[int]]]:
    """Cells whose formula failed, by sheet, column (from the first used one) and row: the reader shows blanks."""
    if container.kind != "xlsx":
        return {}
    found: dict[str, dict[int, list[int]]] = {}
    for name, target in sheet_parts(container.parts).items():
        part = container.parts.get(target, b"")
        # Most parts hold none, and a search from the end is twice as fast.
        if part.rfind(b't="e"') < 0:
            continue
        start = _START.search(part)
        first = column_number(start[1].decode()) if start else 1
        for letters, row in _ERROR.findall(part):
            number = column_number(letters.decode()) - first
            found.setdefault(name, {}).setdefault(number, []).append(int(row))
    return found
