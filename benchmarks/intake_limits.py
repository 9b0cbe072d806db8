"""What no reading can beat: the same files parsed into columns of text, or the workbook's parts unpacked."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import fastexcel
import polars as pl
from intake_ledgers import FORMS


def text_only(folder: Path, out: Path) -> None:
    """The text files parsed into columns of text, nothing made of them."""
    for number, form in enumerate(FORMS):
        source: Any = folder / f"{number}.csv"
        scan = pl.scan_csv(
            source, separator=form.separator, skip_rows=form.title, infer_schema=False, encoding="utf8-lossy"
        )
        scan.select(pl.all().count()).collect(engine="streaming")
    del out


def unzip(folder: Path, out: Path) -> None:
    """The parts of the workbook unpacked."""
    with zipfile.ZipFile(folder / "book.xlsx") as packed:
        for name in packed.namelist():
            packed.read(name)
    del out


def reader_alone(folder: Path, out: Path) -> None:
    """The workbook by the library that reads it for us, as columns of text; neither checked before nor used after."""
    book = fastexcel.read_excel(folder / "book.xlsx")
    book.load_sheet(0, header_row=None, skip_rows=0, dtypes="string").to_polars()
    del out
