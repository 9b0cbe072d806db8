"""Any ledger file as sheets of texts, and where in each sheet the columns of a layout stand."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from consortia.errors import IntakeError
from consortia.findings import Finding, Place, Severity, msgid
from consortia.intake.containers import OLE_MAGIC
from consortia.intake.layouts.amounts import looks_like_amount
from consortia.intake.layouts.document import Layout, numbered
from consortia.intake.layouts.header import Header, find_header, find_month_header
from consortia.intake.layouts.headings import plain_heading, words_of
from consortia.intake.layouts.months import MonthColumn, month_columns, read_period, year_in
from consortia.intake.layouts.roles import ROLE_WORDS, Role
from consortia.intake.text_files import TextSheet, columns, read_text
from consortia.intake.workbook_sheets import workbook_sheets
from consortia.periods import FinancialYear

TEXT_ENDINGS = {".csv", ".txt", ".tsv", ".tab", ".dat", ".psv"}
# So much of a text shows what it is.
LONGEST = 200


@dataclass(frozen=True)
class Located:
    """The columns of a layout in one sheet: the heading row, each role's column (from 0), and what changed since.

    Where each month has a column: those, and the year of months that name none, from the titles or as a person said.
    """

    header: Header
    places: dict[Role, int]
    findings: tuple[Finding, ...]
    months: tuple[MonthColumn, ...] = ()
    period_year: FinancialYear | None = None
    year_was_said: bool = False


def ledger_sheets(path: Path, *, careful: bool = False) -> Iterator[TextSheet]:
    """Every sheet of a ledger file. Raises IntakeError, in one sentence, for a file that cannot be read.

    The texts of a clean file are read as they are used, and PolarsError then means that it is not as clean as it
    looked: read it again with `careful`.
    """
    start = _start_of(path)
    if start.startswith(OLE_MAGIC) or start.startswith(b"PK\x03\x04") or start.startswith(b"%PDF"):
        yield from workbook_sheets(path)
    elif start.lstrip()[:100].lower().startswith((b"<!doctype html", b"<html", b"<?xml")):
        what = f"{path.name} is a web page or XML, not a ledger."
        raise IntakeError(what, remedy="Open it in Excel and save it as an Excel workbook (.xlsx).")
    else:
        sheet = read_text(path, careful=careful)
        yield replace(sheet, findings=(*sheet.findings, *_in_disguise(path)))


def _in_disguise(path: Path) -> list[Finding]:
    """Finance systems write text and call it a workbook; it is read as what it is."""
    if path.suffix.lower() in TEXT_ENDINGS:
        return []
    sentence = msgid("The file is plain text in spite of its name; it was read as text.")
    return [Finding("text-in-disguise", Severity.NOTE, sentence, "", Place(path.name))]


def headings_of(sheet: TextSheet) -> Header | None:
    """Where the headings of a sheet stand; rows are those of the whole sheet. A part of a sheet begins with them."""
    if sheet.first_row == 1:
        return find_header(sheet.head)
    found = find_header(sheet.head[:2]) if sheet.head else None
    if found is None or found.row != found.lines - 1:
        found = Header(0, 1, tuple(" ".join(cell.split()) for cell in sheet.head[0])) if sheet.head else None
    return _in_sheet(sheet, found)


def month_headings_of(sheet: TextSheet) -> Header | None:
    """Where the headings of a table with a column for each month stand."""
    return _in_sheet(sheet, find_month_header(sheet.head if sheet.first_row == 1 else sheet.head[:2]))


def _in_sheet(sheet: TextSheet, header: Header | None) -> Header | None:
    return replace(header, row=header.row + sheet.first_row - 1) if header else None


def titles_of(sheet: TextSheet, header: Header) -> list[str]:
    """The texts above the headings."""
    above = sheet.head[: max(0, header.row - header.lines + 2 - sheet.first_row)]
    return [cell for row in above for cell in row if cell and not looks_like_amount(cell)]


def body_of(sheet: TextSheet, header: Header) -> pl.LazyFrame:
    """The rows below the headings."""
    return sheet.cells.filter(pl.col("row") > header.row + 1)


def sample_of(sheet: TextSheet, header: Header, *, count: int = 4_000) -> list[list[str]]:
    """Texts of the columns in evenly spaced filled rows below the headings, column by column."""
    width = min(sheet.width, len(header.headings))
    names = columns(width)
    body = body_of(sheet, header).select(names).filter(pl.any_horizontal(pl.col(names).is_not_null()))
    table = body.collect()
    step = max(1, table.height // count)
    return [table[name].gather_every(step).fill_null("").str.head(LONGEST).to_list() for name in names]


def locate(sheet: TextSheet, layout: Layout) -> Located | None:
    """Finds the columns of a layout by their headings; None when the sheet does not show its amounts."""
    header = month_headings_of(sheet) if layout.months else _headings_for(sheet, layout)
    if header is None:
        return None
    places, findings = _places(sheet, header, layout)
    months = month_columns(header.headings) if layout.months else ()
    if not months and not {"amount", "debit", "credit"} & set(places):
        return None
    if not months:
        return Located(header, places, tuple(findings))
    titled = year_in([*titles_of(sheet, header), sheet.sheet])
    said = FinancialYear.parse(layout.period_year) if layout.period_year else None
    bare = any(month.period.year is None for month in months)
    return Located(
        header, places, tuple(findings), months, titled or said, bare and titled is None and said is not None
    )


def _headings_for(sheet: TextSheet, layout: Layout) -> Header | None:
    """The headings as they are known by their words; else, of a table that a person named, by those of the layout."""
    found = headings_of(sheet)
    if found or not layout.begins:
        return found
    known = {plain_heading(column.heading) for column in layout.columns}
    for number, row in enumerate(sheet.head):
        if known <= {plain_heading(cell) for cell in row}:
            return _in_sheet(sheet, Header(number, 1, tuple(" ".join(cell.split()) for cell in row)))
    return None


def _places(sheet: TextSheet, header: Header, layout: Layout) -> tuple[dict[Role, int], list[Finding]]:
    """The column of each role, and what changed since the layout was confirmed."""
    names = numbered(header.headings)
    places: dict[Role, int] = {}
    findings: list[Finding] = []
    where = Place(sheet.file, sheet.sheet, f"row {header.row + 1}")
    for column in layout.columns:
        number = matching(column.heading, names, taken=places.values())
        if number is None:
            findings.append(_missing(column.role, column.heading, where))
            continue
        places[column.role] = number
        if plain_heading(names[number]) != plain_heading(column.heading):
            findings.append(_changed(column.heading, names[number], where))
    findings += _unknown(layout, names, where)
    return places, findings


def matching(heading: str, names: Sequence[str], *, taken: Collection[int] = ()) -> int | None:
    """The column with this heading: as it stands, but for blanks and points, or in other words for the same thing."""
    free = [number for number in range(len(names)) if number not in taken]
    for same in (
        lambda name: name == heading,
        lambda name: plain_heading(name) == plain_heading(heading),
        lambda name: bool(words_of(name)) and words_of(name) == words_of(heading),
    ):
        found = [number for number in free if same(names[number])]
        if found:
            return found[0]
    return None


def _missing(role: Role, heading: str, where: Place) -> Finding:
    values = (("role", ROLE_WORDS[role]), ("heading", heading))
    sentence = msgid("The file has no column headed '{heading}' any more; {role} stays blank.")
    remedy = "Look at the layout again: `consortia layout`."
    return Finding("layout-column-missing", Severity.WARNING, sentence, remedy, where, values)


def _changed(old: str, new: str, where: Place) -> Finding:
    sentence = msgid("The heading '{old}' is now '{new}'; it was taken for the same column.")
    return Finding("layout-heading-changed", Severity.NOTE, sentence, "", where, (("old", old), ("new", new)))


def _unknown(layout: Layout, names: tuple[str, ...], where: Place) -> list[Finding]:
    """New headings that the confirmed file did not have: perhaps a better column than the remembered one."""
    if not layout.headings:
        return []
    known = {frozenset(words_of(heading)) for heading in layout.headings}
    new = [name for name in names if words_of(name) not in known and not name.startswith("column ")]
    new = [name for name in new if not layout.months or read_period(name) is None]
    if not new:
        return []
    sentence = msgid("The file has new columns that the remembered layout does not use: {headings}.")
    values = (("headings", ", ".join(new[:10])),)
    return [Finding("layout-new-columns", Severity.NOTE, sentence, "", where, values)]


def _start_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(4096)
    except FileNotFoundError:
        raise IntakeError(f"There is no file {path}.", remedy="Check the name and the folder.") from None
    except OSError as error:
        what = f"{path} cannot be opened: {error.strerror}."
        raise IntakeError(what, remedy="Name a file that you may read.") from None
