"""The lines of a return by their keys, and one line opened: where it was read, and the ledger rows it is made of."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from consortia.cli.spelling import command, counted
from consortia.cli.studies import console, partner_code, partner_word
from consortia.errors import StudyError, suggest
from consortia.intake.mapping.ledger_return import trace_line
from consortia.intake.mapping.parts import sum_of_part
from consortia.money import from_pence
from consortia.reference.taxonomy import service as named
from consortia.study import CostLine, Return, read_study
from consortia.study.adjustments import apply_adjustments
from consortia.study.ledger import read_ledger_table
from consortia.study.tables import records_of

SHOWN_ROWS = 50
SAYING = ("cost_centre_code", "cost_centre", "account_code", "account", "supplier", "description")


def show_lines(folder: Path, *, partner: str, service: str) -> None:
    """Prints the key of every line of a return, or of one service and what is below it, with its amount and place."""
    study = read_study(folder)
    returned = study.return_of(partner_code(study, partner))
    if service:
        named(service)
    for line in _lines(returned):
        if not service or line.service == service or line.service.startswith(f"{service}."):
            console.print(f"{line.key}  {_amount(line)}{_place(line)}", markup=False)
    example = command("lines", folder, "KEY", "--partner", partner_word(study, returned.partner))
    console.print(f"{counted(returned.costs.height, 'line')} in the return. Open one: {example}", markup=False)


def show_line(folder: Path, key: str, *, partner: str) -> None:
    """Prints one line: as sent and as it stands, its heading and place, and the ledger rows it was made of."""
    study = read_study(folder)
    if key.startswith("cell."):
        partner, _, key = key.removeprefix("cell.").partition(".")
    returned = study.return_of(partner_code(study, partner))
    sent = {one.key: one for one in records_of(CostLine, returned.costs) if isinstance(one, CostLine)}
    if key not in sent:
        remedy = (
            suggest(key, sent)
            or f"List them: {command('lines', folder, '--partner', partner_word(study, returned.partner))}"
        )
        raise StudyError(f"There is no line '{key}' in this return.", remedy=remedy)
    line, now = sent[key], next(one for one in _lines(returned) if one.key == key)
    console.print(f"{line.key}  {_amount(now)}{_place(line)}", markup=False)
    if _amount(now) != _amount(line):
        console.print(f"    as sent: {_amount(line)}; see `consortia changes`", markup=False)
    if line.heading:
        console.print(f"    heading: {line.heading}", markup=False)
    _print_rows(folder, returned, line)


def _print_rows(folder: Path, returned: Return, line: CostLine) -> None:
    """The ledger rows of a line; a part of a row where its code is split."""
    ledger = read_ledger_table(folder, returned.partner) if returned.is_from_ledger and line.file else None
    if ledger is None:
        return
    rows = trace_line(ledger.collect(), returned.mapping, line)
    for row in rows.head(SHOWN_ROWS).iter_rows(named=True):
        words = " ".join(str(row[name]) for name in SAYING if row.get(name))
        amount = sum_of_part(row) or f"{from_pence(row['amount_pence']):,.2f}"
        console.print(f"    row {row['row']}: £{amount}  {words}", markup=False)
    more = f", {rows.height - SHOWN_ROWS:,} of them not shown" if rows.height > SHOWN_ROWS else ""
    total = from_pence(int(rows.select(pl.col("amount_pence").sum()).item()))
    console.print(f"    {counted(rows.height, 'row')}{more}: £{total:,.2f}", markup=False)


def _lines(returned: Return) -> list[CostLine]:
    now = apply_adjustments(returned.costs, returned.review.adjustments)
    return [one for one in records_of(CostLine, now) if isinstance(one, CostLine)]


def _amount(line: CostLine) -> str:
    return f"£{line.amount:,.2f}" if line.amount is not None else line.status.replace("_", " ")


def _place(line: CostLine) -> str:
    place = ", ".join(part for part in (line.file, line.sheet, line.cell) if part)
    return f"  [{place}]" if place else ""
