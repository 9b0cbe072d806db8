"""A partner's own return, read from the file it sent: what can be read is loaded, what cannot is told by cell."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from pathlib import Path

from consortia.errors import IntakeError
from consortia.findings import Finding
from consortia.intake.checks import doubtful, outside_remit
from consortia.intake.file_findings import about_file
from consortia.intake.grids import Grid, read_grids
from consortia.intake.heads import about_heads
from consortia.intake.layout import (
    COST_COLUMNS,
    VOLUME_COLUMNS,
    Layout,
    find_table,
    no_table,
    thousands_heading,
)
from consortia.intake.rows import cost_lines, volume_rows
from consortia.intake.volumes import with_published
from consortia.reference.authorities import authority
from consortia.reference.editions import edition
from consortia.study import CostLine, Definition, Return, ReturnHeader, Upload, Volume
from consortia.study.tables import table_of

COST_SHEETS = ("Costs", "Costau", "Costs / Costau")
VOLUME_SHEETS = ("Volumes", "Cyfeintiau", "Volumes / Cyfeintiau")


def read_return(path: Path, *, partner: str, years: Collection[str] = ()) -> tuple[Return, tuple[Finding, ...]]:
    """One partner's return from a workbook or CSV in the columns of the blank return; nominal pounds.

    Good rows load; faults are findings with sheet and cell. A blank amount is "not known", never zero. `years` of the
    study that the file has no row for are findings; the last of them is an error; rows of other years do not load. The
    file's name and SHA-256 stand in the header, the findings are kept with the return. Volumes that the file does not
    give are the published ones. Raises IntakeError for a file that cannot be read at all, UnknownAuthority for an
    unknown partner.
    """
    body = authority(partner)
    grids = read_grids(path)
    table = _cost_table(grids)
    lines, faults = cost_lines(table, years=years)
    lines, remit = outside_remit(lines, body)
    own_volumes, volume_faults = _volumes(grids)
    volumes = with_published(own_volumes, body, {line.year for line in lines})
    header = ReturnHeader(partner=body.code, source="upload", uploads=(_upload(path),))
    whole = about_file(grids, table.grid, lines, years=years)
    findings = (*faults, *volume_faults, *whole, *remit, *doubtful(lines), *about_heads(lines))
    return Return(header, table_of(CostLine, lines), table_of(Volume, volumes), findings=findings), findings


def study_years(definition: Definition) -> frozenset[str]:
    """The years that a return to this study is about: those of its published returns, and its base year."""
    return frozenset({definition.base_year, *(str(edition(code).year) for code in definition.editions)})


def _cost_table(grids: Sequence[Grid]) -> Layout:
    found = thousands_heading(grids)
    if found:
        grid, heading = found
        sheet = f", sheet '{grid.sheet}'" if grid.sheet else ""
        what = f"{grid.file}{sheet}: the column '{heading}' seems to be in thousands; a return is in pounds."
        raise IntakeError(what, remedy="Multiply the amounts by 1,000 and head the column Amount (£).")
    table = find_table(grids, COST_COLUMNS, preferred=COST_SHEETS)
    if table is None:
        raise no_table(grids, COST_COLUMNS)
    return table


def _volumes(grids: Sequence[Grid]) -> tuple[list[Volume], list[Finding]]:
    table = find_table(grids, VOLUME_COLUMNS, preferred=VOLUME_SHEETS)
    return volume_rows(table) if table else ([], [])


def _upload(path: Path) -> Upload:
    return Upload(name=path.name, sha256=hashlib.sha256(path.read_bytes()).hexdigest())
