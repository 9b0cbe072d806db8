"""The tables of one sheet: beside each other, below each other, each with headings of its own.

Side by side: blank columns part them and each side has headings of a ledger. Below each other: a row that the table
above cannot use, but that is headings of another. Every part keeps the numbers of its rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from consortia.errors import IntakeError
from consortia.intake.extents import column_letters, column_number
from consortia.intake.layouts.amounts import looks_like_amount
from consortia.intake.layouts.document import Layout
from consortia.intake.layouts.header import Header, families_in, find_header, find_month_header, may_be_headings
from consortia.intake.layouts.headings import known_words, plain_heading, words_of
from consortia.intake.layouts.months import read_period
from consortia.intake.layouts.roles import RULES
from consortia.intake.ledger_rows import Rows
from consortia.intake.ledger_sheets import Located, headings_of, month_headings_of
from consortia.intake.text_files import TextSheet, columns

MONEY = {"amount", "debit", "credit"}
MONEY_WORDS = frozenset(word for rule in RULES if rule.family in MONEY for word in rule.words)
# So much of a cell shows whether it is a heading.
LONGEST = 100
# Of rows that are no lines so many are looked at for headings.
LOOKED_AT = 2_000
_NAME = re.compile(r"(?:(?P<sheet>.*)!)?\$?(?P<column>[A-Za-z]{1,3})\$?(?P<row>\d{1,7})")


def table_name(sheet: TextSheet, header: Header) -> str:
    """Where a table begins: "Sheet1!A40", or "A40" in a text file."""
    first = next((number for number, heading in enumerate(header.headings) if heading), 0)
    cell = f"{column_letters(sheet.first_column + first + 1)}{header.row - header.lines + 2}"
    return f"{sheet.sheet}!{cell}" if sheet.sheet else cell


def any_headings(sheet: TextSheet) -> Header | None:
    """The headings of a sheet's first table, whichever kind of table it is."""
    # The same row may be known as both: a column for each month says more.
    return month_headings_of(sheet) or headings_of(sheet)


def tables_at_the_top(sheet: TextSheet) -> tuple[TextSheet, ...]:
    """The sheet, or its parts where tables stand side by side or one above the best headings of the first rows."""
    return tuple(part for block in _side_by_side(sheet) for part in _stacked(block))


def next_headings(sheet: TextSheet, located: Located, rows: Rows) -> int | None:
    """The row (from 1) at which another table with other headings begins below this one; None when there is none."""
    notes = rows.others.filter(pl.col("kind") == "note").head(LOOKED_AT)
    notes = notes.filter(_may_head(notes)) if notes.height else notes
    if notes.is_empty():
        return None
    numbers = notes["row"].to_list()
    wanted = [*numbers, *(number + 1 for number in numbers)]
    table = sheet.cells.filter(pl.col("row").is_in(wanted)).select("row", *columns(sheet.width)).collect()
    texts = {row: ["" if cell is None else cell[:LONGEST] for cell in cells] for row, *cells in table.iter_rows()}
    for number in numbers:
        header = _headings_in(texts[number], texts.get(number + 1, []))
        if header and not _is_again(header, located.header):
            return int(number)
    return None


def _may_head(others: pl.DataFrame) -> pl.Expr:
    """Rows of which a cell that was read is a word of a heading, or that hold something only elsewhere."""
    names = [
        name for name, kind in others.schema.items() if kind == pl.String and name not in {"kind", "fault", "beyond"}
    ]
    words = [pl.col(name).fill_null("").map_elements(_is_heading, pl.Boolean) for name in names]
    return pl.any_horizontal([*words, *(["elsewhere"] if "elsewhere" in others.columns else [])])


def _is_heading(text: str) -> bool:
    if not 0 < len(text) < LONGEST:
        return False
    return read_period(text) is not None or bool(known_words(text))


def _headings_in(row: Sequence[str], below: Sequence[str]) -> Header | None:
    """The headings that begin in a row: as at the top of a sheet, or an amount that is named above one."""
    if not any(read_period(cell) or known_words(cell) & MONEY_WORDS for cell in (*row, *below)):
        return None
    found = find_month_header([row, below]) or find_header([row, below])
    if found:
        return found if found.row == found.lines - 1 else None
    money = [number for number, cell in enumerate(row) if families_in([cell]) & MONEY]
    is_above = any(number < len(below) and looks_like_amount(below[number]) for number in money)
    return Header(0, 1, tuple(row)) if is_above and may_be_headings(row) else None


def rows_from(sheet: TextSheet, first: int) -> TextSheet:
    """The part of a sheet from a row (from 1) on."""
    return replace(sheet, cells=sheet.cells.filter(pl.col("row") >= first), first_row=first, findings=())


def named_table(sheet: TextSheet, name: str) -> tuple[TextSheet, Header] | None:
    """The table that a person says begins at a cell ("Sheet1!A40"), to the next blank heading; None on other sheets.

    Raises IntakeError for what names no cell with headings.
    """
    found = _NAME.fullmatch(name.strip())
    if found is None:
        raise IntakeError(f"'{name}' names no cell.", remedy="Write the cell where its headings begin: Sheet1!A40.")
    if (found["sheet"] or "").strip("'").casefold() != sheet.sheet.casefold() and found["sheet"]:
        return None
    first = column_number(found["column"].upper()) - 1 - sheet.first_column
    part = rows_from(sheet, int(found["row"]))
    head = part.head
    width = _run(head[0], first) if head and 0 <= first < sheet.width else 0
    if not width:
        return None
    table = _columns_of(part, first, first + width)
    return table, Header(int(found["row"]) - 1, 1, tuple(" ".join(cell.split()) for cell in table.head[0]))


def remembered_table(sheet: TextSheet, layout: Layout) -> TextSheet | None:
    """The table of a layout for which a person named the cell: there, or wherever its headings stand now."""
    known = [plain_heading(heading) for heading in layout.headings]
    found = named_table(sheet, layout.begins)
    if found and [plain_heading(heading) for heading in found[1].headings] == known:
        return found[0]
    for number, row in enumerate(sheet.head):
        cells = [plain_heading(cell) for cell in row]
        for first in range(len(cells) - len(known) + 1):
            if cells[first : first + len(known)] == known:
                return _columns_of(rows_from(sheet, sheet.first_row + number), first, first + len(known))
    return None


def _run(row: Sequence[str], first: int) -> int:
    """How many filled cells follow each other."""
    blank = next((number for number in range(first, len(row)) if not row[number].strip()), len(row))
    return blank - first


def _columns_of(sheet: TextSheet, first: int, end: int) -> TextSheet:
    """The part of a sheet between two columns."""
    names = [pl.col(f"c{first + number}").alias(f"c{number}") for number in range(end - first)]
    at = sheet.first_column + first
    cells = sheet.cells.select("row", *names)
    return replace(sheet, cells=cells, width=end - first, extra=0, first_column=at, is_beside=True)


def _side_by_side(sheet: TextSheet) -> list[TextSheet]:
    """The blocks of columns, parted by blank ones, that have headings of their own; the sheet itself where it is one.

    A block without headings belongs to the one on its left.
    """
    head = sheet.head
    filled = [any(row[number].strip() for row in head) for number in range(sheet.width)]
    starts = [number for number in range(sheet.width) if filled[number] and (number == 0 or not filled[number - 1])]
    if len(starts) < 2:
        return [sheet]
    ends = [*starts[1:], sheet.width]
    headed = [start for start, end in zip(starts, ends, strict=True) if any_headings(_columns_of(sheet, start, end))]
    if len(headed) < 2:
        return [sheet]
    # Laid out once with all columns, so that rows with too many fields are not passed over.
    whole = replace(sheet, cells=sheet.cells.collect().lazy())
    parts = [_columns_of(whole, start, end) for start, end in zip(headed, [*headed[1:], sheet.width], strict=True)]
    return [parts[0], *(replace(part, findings=()) for part in parts[1:])]


def _stacked(sheet: TextSheet) -> list[TextSheet]:
    """Parts at the headings of the first rows, where a table with amounts stands above the best of them."""
    for later in (month_headings_of(sheet), headings_of(sheet)):
        at = later.row - later.lines + 2 if later else sheet.first_row
        above = replace(sheet, cells=sheet.cells.filter(pl.col("row") < at))
        first = any_headings(above) if at > sheet.first_row + 1 else None
        if first and _has_amounts(above, first):
            return [*_stacked(above), rows_from(sheet, at)]
    return [sheet]


def _has_amounts(sheet: TextSheet, header: Header) -> bool:
    rows = sheet.head[header.row + 2 - sheet.first_row :]
    return any(looks_like_amount(cell) for row in rows for cell in row)


def _is_again(found: Header, main: Header) -> bool:
    """True where most headings stand in the same columns as in the main table: a new page of the same table."""
    pairs = [(cell, main.headings[number]) for number, cell in enumerate(found.headings) if cell
             and number < len(main.headings)]  # fmt: skip
    same = sum(words_of(cell) <= words_of(heading) for cell, heading in pairs)
    return 2 * same >= sum(bool(cell) for cell in found.headings)
