"""Files as partners send them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

HEADINGS = ("Year", "Service", "Measure", "Amount (£)", "Status")
Row = Sequence[Any]


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Writes a workbook of one sheet: title rows, the headings, then the rows."""

    def write(
        *rows: Row, name: str = "burnley.xlsx", sheet: str = "Costs", title: int = 2, headings: Row = HEADINGS
    ) -> Path:
        path = tmp_path / name
        with xlsxwriter.Workbook(path) as book:
            page = book.add_worksheet(sheet)
            for number in range(title):
                page.write(number, 0, "Return of Burnley")
            page.write_row(title, 0, headings)
            for number, row in enumerate(rows, title + 1):
                page.write_row(number, 0, row)
        return path

    return write


@pytest.fixture
def text_file(tmp_path: Path) -> Callable[..., Path]:
    """Writes a text file in an encoding."""

    def write(text: str, *, name: str = "burnley.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write
