"""What making a return from a ledger did to the numbers: what was left out, what was split, what was replaced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

import polars as pl

from consortia.intake.mapping.codes import codes_of
from consortia.intake.mapping.postings import INCOME
from consortia.money import float_pounds
from consortia.reference.editions import edition
from consortia.reference.returns import published_cells
from consortia.reference.taxonomy import service, services
from consortia.report.tables import NOMINAL, Column, Table
from consortia.report.words import Absent, Cell, msgid
from consortia.run.ledger_tables import ALL_YEARS, EXACT, ledger_table
from consortia.study import MappingLine, Return, Study, Text
from consortia.study.mapping import EXCLUDED
from consortia.study.returns import TOTAL_MEASURES

GROSS = "total_expenditure"


def ledger_changes(study: Study, *, partner: str, ledger: pl.DataFrame | None) -> tuple[Table, ...]:
    """What became of every pound of the ledger, the codes that were split, and the published costs that it replaced.

    Nominal pounds, exact. Without the `ledger` the amounts of split codes are not known. None for a return that was not
    made from a ledger.
    """
    returned = study.return_of(partner)
    account = ledger_table(study, partner=partner)
    if account is None or not returned.is_from_ledger:
        return ()
    return tuple(
        table for table in (account, _splits(returned, ledger), _replaced(study, returned)) if table and table.rows
    )


def _splits(returned: Return, ledger: pl.DataFrame | None) -> Table:
    """The codes whose money was shared among several lines, each part with who did it and why."""
    parts = [line for line in returned.mapping if line.share < 1]
    found = codes_of(ledger) if parts and ledger is not None else ()
    gross: dict[tuple[str, str], int] = {(code.side, code.local): code.gross_pence for code in found}
    return Table(
        "splits",
        msgid("Codes that were split"),
        msgid("The money of these codes was shared among several lines; amounts are gross, debits and credits added."),
        (
            Column("code", msgid("Code")),
            Column("target", msgid("Put to")),
            Column("share", msgid("Share"), "percent"),
            Column("amount", msgid("Amount"), EXACT),
            Column("why", msgid("Why")),
        ),
        tuple(_split(line, gross) for line in parts),
        period=ALL_YEARS,
        price_base=NOMINAL,
    )


def _split(line: MappingLine, gross: Mapping[tuple[str, str], int]) -> tuple[Cell, ...]:
    pence = gross.get((line.side, line.local))
    amount: Cell = Absent.NOT_KNOWN if pence is None else float_pounds(round(pence * line.share))
    words = f"{line.local} {line.words}" if line.words and line.words != line.local else line.local
    return words, _target(line), float(line.share), amount, f"{line.by}, {line.on}: {line.reason}"


def _target(line: MappingLine) -> Cell:
    if line.target == EXCLUDED:
        return msgid("Left out")
    codes = {one.code for one in services()}
    return _name(line.target) if line.side == "service" and line.target in codes else line.target.replace("_", " ")


def _replaced(study: Study, returned: Return) -> Table:
    """The costs that were published for the heads that the ledger took the place of, beside what it gives."""
    rows = [row for code in study.definition.editions for row in _heads(code, returned)]
    return Table(
        "replaced",
        msgid("What was published, and what took its place"),
        msgid("Expenditure of each head as published and as the ledger has it now; blank in the ledger is not zero."),
        (
            Column("year", msgid("Year"), "year"),
            Column("service", msgid("Service")),
            Column("published", msgid("As published"), EXACT),
            Column("ledger", msgid("From the ledger"), EXACT),
        ),
        tuple(rows),
        period=ALL_YEARS,
        price_base=NOMINAL,
    )


def _heads(edition_code: str, returned: Return) -> Iterator[tuple[Cell, ...]]:
    year, before = str(edition(edition_code).year), set(returned.header.ledger.before if returned.header.ledger else ())
    held: dict[str, Decimal] = {
        cell.service: cell.amount_thousand * 1000
        for cell in published_cells(edition_code, [returned.partner])
        if cell.measure == GROSS and cell.amount_thousand is not None
    }
    for head in (one.code for one in services(level=1)):
        if f"{year}/{head}" in before and head in held:
            yield year, _name(head), float(held[head]), _now(returned, year, head)


def _now(returned: Return, year: str, head: str) -> Cell:
    of_head = (pl.col("service") == head) | pl.col("service").str.starts_with(f"{head}.")
    spent = returned.costs.filter(
        (pl.col("year") == year)
        & of_head
        & ~pl.col("measure").is_in([*INCOME, *TOTAL_MEASURES])
        & (pl.col("file") != "")
    )["amount_pence"].drop_nulls()
    return Absent.NOT_KNOWN if spent.is_empty() else float_pounds(int(spent.sum()))


def _name(code: str) -> Text:
    found = service(code)
    return Text(en=found.name, cy=found.name_cy)
