"""A sheet being written: every formula goes in with the value that the library calculated for it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from consortia.report.language import Language
from consortia.report.words import Cell, msgid

NUMBER_FORMATS = {
    "money": "#,##0;[Red]-#,##0",
    "unit_cost": "#,##0.00;[Red]-#,##0.00",
    "percent": "0.0##%;[Red]-0.0##%",
    "chance": "0%",
    "drawn": "0%",
    "number": "#,##0.####",
    "factor": "0.0000",
    "years": "0.0",
    "year": "0",
}
NEAR = 0.01
NEARLY = {"nil": msgid("less than 1%"), "certain": msgid("more than 99%")}
"""What a chance this near to none, or to certainty, is told as: whole per cents would say 0% and 100%."""
STYLES: dict[str, dict[str, Any]] = {
    "": {"text_wrap": True, "valign": "top"},
    "title": {"bold": True, "font_size": 16},
    "link": {"font_color": "#1A4F8B", "underline": 1},
    "heading": {"bold": True, "font_size": 12, "bottom": 2},
    "header": {"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1, "bg_color": "#E8EEF2"},
    "label": {"bold": True, "valign": "top"},
    "unit": {"indent": 1, "valign": "top"},
    "note": {"font_color": "#505A5F", "italic": True},
    "code": {"font_color": "#505A5F", "font_name": "Consolas", "valign": "top"},
}
WRAPPED = frozenset(name for name, look in STYLES.items() if look.get("text_wrap"))
DEFAULT_WIDTH, LETTER, LINE = 8.43, 1.05, 13.0
VARIANTS: dict[str, dict[str, Any]] = {
    "input": {"bg_color": "#FFF7E0", "border": 1, "border_color": "#B1B4B6"},
    "total": {"bold": True, "top": 1},
    "bold": {"bold": True},
    "right": {"align": "right"},
}


@dataclass
class Book:
    """The workbook being written: its formats, one of each kind, and the language of its words."""

    file: Workbook
    language: Language
    _formats: dict[str, Any] = field(default_factory=dict)

    def style(self, name: str) -> Any:
        """A format by name: a style, a number format, or a number format with " input" or " total"."""
        if name not in self._formats:
            kind, _, variant = name.partition(" ")
            look: dict[str, Any] = dict(STYLES.get(kind, {})) or {"num_format": NUMBER_FORMATS[kind], "valign": "top"}
            look |= VARIANTS.get(variant, {})
            if variant in NEARLY:
                look["num_format"] = f'"{self.language.text(NEARLY[variant])}"'
            self._formats[name] = self.file.add_format({"font_name": "Arial", "font_size": 10} | look)
        return self._formats[name]

    def define(self, name: str, place: str) -> str:
        """Names a cell or range for the whole workbook; gives the name back."""
        self.file.define_name(name, f"={place}")
        return name


@dataclass
class Sheet:
    """One sheet; rows and columns count from 0. Every `formula` states its value."""

    book: Book
    name: str
    page: Any
    _widths: dict[int, float] = field(default_factory=dict)
    _lines: dict[int, int] = field(default_factory=dict)

    @classmethod
    def add(cls, book: Book, title: str) -> Sheet:
        """A new sheet, named in the workbook's language, printed in landscape on one page across."""
        name = book.language.text(title)
        page = book.file.add_worksheet(name)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.hide_gridlines(2)
        return cls(book, name, page)

    def columns(self, first: int, last: int, width: float) -> None:
        """Sets the width of columns."""
        self.page.set_column(first, last, width)
        self._widths |= dict.fromkeys(range(first, last + 1), width)

    def words(self, row: int, column: int, text: str, style: str = "") -> None:
        """Text as it is; the row grows with text that is wrapped (not every spreadsheet does that by itself)."""
        self.page.write_string(row, column, text, self.book.style(style))
        lines = (
            ceil(len(text) * LETTER / self._widths.get(column, DEFAULT_WIDTH))
            if style.partition(" ")[0] in WRAPPED
            else 1
        )
        if lines > self._lines.get(row, 1):
            self._lines[row] = lines
            self.page.set_row(row, LINE * lines + 2)

    def lead(self, row: int, column: int, text: str, *, to: str) -> None:
        """Text in one line, over the cells beside it, that leads to the first cell of another sheet."""
        self.page.write_url(row, column, f"internal:'{to}'!A1", self.book.style("link"), text)

    def say(self, row: int, column: int, sentence: str, style: str = "", /, **values: Cell) -> None:
        """A sentence of the catalogue."""
        self.words(row, column, self.book.language.text(sentence, **values), style)

    def number(self, row: int, column: int, value: float, style: str) -> str:
        """A number that stands for itself; gives its address. A chance is told as on paper, the number is kept."""
        shown = chance_style(value, style) if style in ("chance", "drawn") else style
        self.page.write_number(row, column, value, self.book.style(shown))
        return self.place(row, column)

    def formula(self, row: int, column: int, text: str, value: float | str, style: str) -> str:
        """A live formula with the value that the library calculated for it; gives its address."""
        self.page.write_formula(row, column, f"={text}", self.book.style(style), value)
        return self.place(row, column)

    def headers(self, row: int, titles: tuple[str, ...], column: int = 0, *, words: int = 1) -> None:
        """A row of column headings in the workbook's language; the first `words` stand over words, not numbers."""
        for place, title in enumerate(titles):
            self.words(row, column + place, title, "header" if place < words else "header right")

    def place(self, row: int, column: int) -> str:
        """The absolute address of a cell, with its sheet."""
        sheet = self.name.replace("'", "''")
        return f"'{sheet}'!{xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)}"

    def span(self, first: tuple[int, int], last: tuple[int, int]) -> str:
        """The absolute address of a range, with its sheet."""
        end = xl_rowcol_to_cell(*last, row_abs=True, col_abs=True)
        return f"{self.place(*first)}:{end}"


def chance_style(value: float, kind: str) -> str:
    """The style of a chance: certainty is never claimed for one that is only near, or counted in draws."""
    if value in (0, 1) and kind == "chance":
        return kind
    return f"{kind} nil" if value < NEAR else f"{kind} certain" if value > 1 - NEAR else kind


def here(row: int, column: int, *, row_fixed: bool = False, column_fixed: bool = False) -> str:
    """The address of a cell on the same sheet."""
    return str(xl_rowcol_to_cell(row, column, row_abs=row_fixed, col_abs=column_fixed))


def name_of(prefix: str, code: str) -> str:
    """A cell's name that every spreadsheet takes: Saving_central_council_tax_collection."""
    return f"{prefix}_{re.sub(r'[^A-Za-z0-9]+', '_', code)}"
