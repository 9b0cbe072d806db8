"""A partner's own return, read from the file it sent: what can be read is loaded, what cannot is told by cell."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from pathlib import Path

from consortia.errors import IntakeError
from consortia.findings import Finding, Place, Severity
from consortia.intake.checks import doubtful, outside_remit
from consortia.intake.grids import Grid, read_grids
from consortia.intake.layout import COST_COLUMNS, VOLUME_COLUMNS, find_table, no_table, tables_like, thousands_heading
from consortia.intake.rows import cost_lines, volume_rows
from consortia.reference.authorities import authority
from consortia.study import CostLine, Return, ReturnHeader, Upload, Volume
from consortia.study.tables import table_of

COST_SHEETS = ("Costs", "Costau", "Costs / Costau")
VOLUME_SHEETS = ("Volumes", "Cyfeintiau", "Volumes / Cyfeintiau")


def read_return(path: Path, *, partner: str, years: Collection[str] = ()) -> tuple[Return, tuple[Finding, ...]]:
    """One partner's return from a workbook or CSV in the columns of the blank return; nominal pounds.

    Good rows load; faults are findings with sheet and cell. A blank amount is "not known", never zero. `years` that
    must be there and are not are findings too. The file's name and SHA-256 stand in the header. Raises IntakeError for
    a file that cannot be read at all, UnknownAuthority for an unknown partner.
    """
    body = authority(partner)
    grids = read_grids(path)
    _refuse_thousands(grids)
    table = find_table(grids, COST_COLUMNS, preferred=COST_SHEETS)
    if table is None:
        raise no_table(grids, COST_COLUMNS)
    lines, faults = cost_lines(table)
    lines, remit = outside_remit(lines, body)
    volumes, volume_faults = _volumes(grids)
    upload = Upload(name=path.name, sha256=hashlib.sha256(path.read_bytes()).hexdigest())
    header = ReturnHeader(partner=body.code, source="upload", uploads=(upload,))
    returned = Return(header, table_of(CostLine, lines), table_of(Volume, volumes))
    missing = _missing_years(lines, years, table.grid)
    unread = _unread_sheets(grids, table.grid.sheet)
    return returned, (
        *faults,
        *volume_faults,
        *unread,
        *missing,
        *remit,
        *doubtful(lines),
        *_nothing(lines, table.grid),
    )


def _refuse_thousands(grids: Sequence[Grid]) -> None:
    found = thousands_heading(grids)
    if found:
        grid, heading = found
        sheet = f", sheet '{grid.sheet}'" if grid.sheet else ""
        what = f"{grid.file}{sheet}: the column '{heading}' seems to be in thousands; a return is in pounds."
        raise IntakeError(what, remedy="Multiply the amounts by 1,000 and head the column Amount (£).")


def _volumes(grids: Sequence[Grid]) -> tuple[list[Volume], list[Finding]]:
    table = find_table(grids, VOLUME_COLUMNS, preferred=VOLUME_SHEETS)
    return volume_rows(table) if table else ([], [])


def _missing_years(lines: Sequence[CostLine], years: Collection[str], grid: Grid) -> list[Finding]:
    there = {line.year for line in lines}
    return [
        Finding(
            "year-missing",
            Severity.ERROR,
            "The return has no row for {year}.",
            "Add the year's rows and send the file again.",
            Place(grid.file, grid.sheet),
            (("year", year),),
        )
        for year in sorted(set(years) - there)
    ]


def _unread_sheets(grids: Sequence[Grid], read: str) -> list[Finding]:
    return [
        Finding(
            "sheet-not-read",
            Severity.WARNING,
            "The sheet has the columns of a return, but only '{read}' was read.",
            "Put all rows on one sheet, or take this one out.",
            Place(table.grid.file, table.grid.sheet),
            (("read", read),),
        )
        for table in tables_like(grids, COST_COLUMNS)
        if table.grid.sheet != read
    ]


def _nothing(lines: Sequence[CostLine], grid: Grid) -> list[Finding]:
    if lines:
        return []
    sentence, remedy = "Not one row could be read.", "Fill in the rows below the headings."
    return [Finding("nothing-read", Severity.ERROR, sentence, remedy, Place(grid.file, grid.sheet))]
