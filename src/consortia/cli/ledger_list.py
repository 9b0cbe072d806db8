"""The files of a partner's ledger: what is loaded, what was taken out again, and what has to follow."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from consortia.cli.spelling import command, counted
from consortia.cli.studies import console, partner_code, partner_word, show_findings
from consortia.errors import StudyError
from consortia.intake.mapping.alike import alike_findings
from consortia.money import from_pence
from consortia.study import Study, read_study
from consortia.study.ledger import read_ledger_table
from consortia.study.ledger_store import read_ledger_header, remove_ledger_file


def show_files(folder: Path, *, partner: str) -> None:
    """Prints the files that the partner's ledger was read from, and those that were taken out."""
    study = read_study(folder)
    code = partner_code(study, partner)
    header = read_ledger_header(folder, code)
    if not header.files:
        console.print(f"The ledger of {study.definition.partner(code).name.en} holds no file.", markup=False)
    for one in header.files:
        console.print(f"{one.name}: {counted(one.lines, 'line')}, £{from_pence(one.sum_pence):,.2f}", markup=False)
    for out in header.removed:
        lines, amount = counted(out.lines, "line"), from_pence(out.sum_pence)
        what = f"{out.name}: {lines}, £{amount:,.2f}, taken out by {out.by}, {out.on}: {out.reason}"
        console.print(what, markup=False)
    say_what_follows(folder, study, code)


def remove_file(folder: Path, *, partner: str, name: str, by: str, reason: str) -> None:
    """Takes a file out of the partner's ledger, in somebody's name and with a reason."""
    study = read_study(folder)
    code = partner_code(study, partner)
    if not (by and reason):
        raise StudyError("A file is taken out by somebody, for a reason.", remedy="Say both: --by NAME --reason TEXT.")
    today = date.today().isoformat()
    out = remove_ledger_file(folder, code, name, by=by, on=today, reason=reason)
    amount = from_pence(out.sum_pence)
    console.print(f"Took out {name}: {counted(out.lines, 'line')}, £{amount:,.2f} (nominal).", markup=False)
    say_what_follows(folder, study, code)


def say_what_follows(folder: Path, study: Study, code: str) -> None:
    """Files of one ledger that hold the same, and how the ledger gets into the return."""
    returned = study.return_of(code)
    files = read_ledger_header(folder, returned.partner).files
    lines = read_ledger_table(folder, returned.partner)
    if lines is not None and len(files) > 1:
        show_findings(alike_findings(lines.collect()))
    if files:
        known = ("--remake",) if returned.is_from_ledger else ()
        console.print(f"Next: {command('map', folder, '--partner', partner_word(study, code), *known)}", markup=False)
