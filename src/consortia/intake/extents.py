"""How far the cells of a workbook reach and which of them hold a formula error, read from the sheets' own text.

Two cells at opposite corners of an empty sheet would make a reader lay out seventeen thousand million cells; and the
reader gives formula errors as empty cells, so that a #REF! would pass for "left blank".
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

MAX_CELLS = 5_000_000

# Possessive, and never past the next "<": whatever an upload holds, each of these reads every byte once.
_TAG = rb"""((?:[^<>"']|"[^"<]*+"|'[^'<]*+')*+)>"""
_SHEET = re.compile(rb"<(?:\w+:)?sheet(?=[\s/>])" + _TAG)
_RELATION = re.compile(rb"<(?:\w+:)?Relationship(?=[\s/>])" + _TAG)
_CELL = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s/>])" + _TAG)
_ODS = re.compile(rb"<table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])" + _TAG)
_ATTRIBUTE = re.compile(rb"""(?<![\w:.-])([\w:.-]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""")
# A cell that does not begin `<c r="A1"`: in a column of two letters, its place elsewhere or nowhere, or with a prefix;
# or in a row of seven figures, which may lie far beyond the last row that a sheet can have.
# The twelve characters more make sure that a cell which is cut off at the end of a piece waits for the next.
_ODD_CELL = re.compile(rb'<c(?! r="[A-Z][0-9]{1,6}")[\s>/][\s\S]{12}')
_PREFIXED_CELL = re.compile(rb":c[\s>/]")
ODD, ERROR = "odd", "error"
BEYOND = 10**9
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


@dataclass
class Extent:
    """The corner that the cells of a sheet reach, its first column, and its cells with a formula error ("D7")."""

    rows: int = 0
    columns: int = 0
    first_column: int = 0
    errors: set[str] = field(default_factory=set)

    @property
    def is_too_wide(self) -> bool:
        """True when the rectangle from A1 to the corner is larger than any return."""
        return self.rows * self.columns > MAX_CELLS

    def reach(self, row: int, column: int) -> None:
        """Counts a cell in, by row and column from 1."""
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)
        self.first_column = min(self.first_column, column) if self.first_column else column


def marks_in(piece: bytes) -> set[str]:
    """What a piece of a sheet shows: ODD where a cell may reach far, ERROR where a formula may have failed."""
    # Searched from its end, a text is found, or not, in half the time.
    marks = {ERROR} if piece.rfind(b't="e"') >= 0 else set()
    if _ODD_CELL.search(piece) or (b":" in piece and _PREFIXED_CELL.search(piece)):
        marks.add(ODD)
    return marks


def xlsx_extents(parts: Mapping[str, bytes]) -> dict[str, Extent]:
    """The extent of every sheet of an xlsx workbook, by its name."""
    return {name: _xlsx_extent(parts.get(part, b"")) for name, part in sheet_parts(parts).items()}


def sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The name of each sheet of an xlsx workbook and the part that holds it; the part may be missing."""
    targets = {
        attributes.get("Id", ""): attributes.get("Target", "").lstrip("/").removeprefix("xl/")
        for attributes in map(_attributes, _RELATION.findall(parts.get("xl/_rels/workbook.xml.rels", b"")))
    }
    found = {}
    for attributes in map(_attributes, _SHEET.findall(parts["xl/workbook.xml"])):
        target = targets.get(attributes.get("r:id", attributes.get("id", "")), "")
        found[attributes.get("name", "")] = f"xl/{target}"
    return found


def _attributes(text: bytes) -> dict[str, str]:
    return {
        key.decode(): html.unescape((one or other).decode("utf-8", "replace"))
        for key, one, other in _ATTRIBUTE.findall(text)
    }


def _xlsx_extent(sheet: bytes) -> Extent:
    """Cells may leave out their place; then they stand after the one before. Cells without content do not count."""
    extent, row, column = Extent(), 0, 0
    for found in _CELL.finditer(sheet):
        kind, text = found.groups()
        attributes = _attributes(text)
        if kind == b"row":
            row, column = _number(attributes.get("r")) or row + 1, 0
            continue
        row, column = _place_of(attributes.get("r", ""), row, column + 1)
        if not text.rstrip().endswith(b"/"):
            extent.reach(row, column)
            if attributes.get("t") == "e":
                extent.errors.add(f"{column_letters(column)}{row}")
    return extent


def _place_of(text: str, row: int, column: int) -> tuple[int, int]:
    """Where a cell stands: where it says, after the one before if it says nothing, far out if it is past any sheet."""
    place = _PLACE.fullmatch(text.upper())
    if place:
        return int(place[2]), column_number(place[1])
    return (BEYOND, column) if text else (row, column)


def ods_extents(parts: Mapping[str, bytes]) -> dict[str, Extent]:
    """The extent of every sheet of an OpenDocument spreadsheet, by its name; repeated cells are counted out."""
    found: dict[str, Extent] = {}
    name, row, column, repeat = "", 0, 0, 0
    for kind, text in _ODS.findall(parts["content.xml"]):
        attributes = _attributes(text)
        if kind == b"table":
            name, row, column, repeat = attributes.get("table:name", ""), 0, 0, 0
            found[name] = Extent()
        elif kind == b"table-row":
            row, column, repeat = row + repeat, 0, _number(attributes.get("table:number-rows-repeated")) or 1
        elif name in found:
            first, column = column + 1, column + (_number(attributes.get("table:number-columns-repeated")) or 1)
            if "office:value-type" in attributes or "table:formula" in attributes:
                extent = found[name]
                extent.reach(row + repeat, first)
                extent.reach(row + repeat, column)
                if "error" in {attributes.get("calcext:value-type"), attributes.get("office:value-type")}:
                    extent.errors.add(f"{column_letters(column)}{row + 1}")
    return found


def column_letters(number: int) -> str:
    """The letters of a column counted from 1: 4 is D."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The number of a column counted from 1: D is 4."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 10 else None
