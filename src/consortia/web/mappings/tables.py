"""What comes of a mapping, as a table of the report room: the ledger, the lines, what is left out and unmapped."""

from __future__ import annotations

import polars as pl

from consortia.intake.mapping.ledger_return import LedgerReturn
from consortia.money import float_pounds
from consortia.report.tables import NOMINAL, Column, Table
from consortia.report.words import Cell, msgid
from consortia.web.ledgers.tables import EXACT, OF_THE_POSTINGS

REASONS = {
    "no_year": msgid("Left out: no date"),
    "another_year": msgid("Left out: years that the study has not"),
    "capital": msgid("Left out: capital spending"),
    "excluded": msgid("Left out: no service spending"),
}


def account_table(ledger: pl.DataFrame, built: LedgerReturn) -> Table:
    """The ledger = the lines of the return and what is left out, to the penny; costs less income, nominal pounds."""
    total = int(ledger["amount_pence"].sum() or 0)
    by_reason = dict(built.exclusions.group_by("reason").agg(pl.col("amount_pence").sum()).sort("reason").iter_rows())
    rows: list[tuple[Cell, ...]] = [
        (msgid("Ledger"), float_pounds(total)),
        *((REASONS[reason], float_pounds(pence)) for reason, pence in by_reason.items()),
        (msgid("Lines of the return, costs less income"), float_pounds(total - sum(by_reason.values()))),
    ]
    return Table(
        "mapping_account",
        msgid("What comes of the mapping"),
        msgid("The ledger, less what is left out, is the return: to the penny."),
        (Column("what", msgid("What")), Column("amount", msgid("Amount"), EXACT)),
        tuple(rows),
        period=OF_THE_POSTINGS,
        price_base=NOMINAL,
    )
