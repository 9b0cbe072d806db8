"""Findings on a file as a whole: nothing in it, a year missing, a sheet left unread, errors that cannot be seen."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from consortia.findings import Finding, Place, Severity
from consortia.intake.grids import Grid
from consortia.intake.layout import COST_COLUMNS, tables_like
from consortia.study import CostLine


def about_file(
    grids: Sequence[Grid], read: Grid, lines: Sequence[CostLine], *, years: Collection[str]
) -> Iterator[Finding]:
    """What to say of the file; `read` is the sheet that the lines came from, `years` those that must be there."""
    place = Place(read.file, read.sheet)
    if not lines:
        yield Finding(
            "nothing-read", Severity.ERROR, "Not one row could be read.", "Fill in the rows below the headings.", place
        )
    yield from _missing_years(lines, years, place)
    yield from _unread_sheets(grids, read.sheet)
    yield from _unseen_errors(lines, place)


def _missing_years(lines: Sequence[CostLine], years: Collection[str], place: Place) -> Iterator[Finding]:
    """The last year is the base year, which nothing can do without; earlier ones are missed in the trend only."""
    there = {line.year for line in lines}
    for year in sorted(set(years) - there):
        severity = Severity.ERROR if year == max(years) else Severity.WARNING
        yield Finding(
            "year-missing",
            severity,
            "The return has no row for {year}.",
            "Add the year's rows and send the file again.",
            place,
            (("year", year),),
        )


def _unread_sheets(grids: Sequence[Grid], read: str) -> Iterator[Finding]:
    for table in tables_like(grids, COST_COLUMNS):
        if table.grid.sheet != read:
            yield Finding(
                "sheet-not-read",
                Severity.WARNING,
                "The sheet has the columns of a return, but only '{read}' was read.",
                "Put all rows on one sheet, or take this one out.",
                Place(table.grid.file, table.grid.sheet),
                (("read", read),),
            )


def _unseen_errors(lines: Sequence[CostLine], place: Place) -> Iterator[Finding]:
    """The reader shows errors of the old Excel format as blanks, and no other sign of them can be had cheaply."""
    if place.file.lower().endswith(".xls") and any(line.status == "not_known" for line in lines):
        yield Finding(
            "errors-not-seen",
            Severity.WARNING,
            "In an Excel 97-2003 workbook a formula error cannot be told from a blank.",
            "Check the blank amounts, or save it as .xlsx and send that.",
            place,
        )
