"""From a ledger to the return that was made of it, as a table whose rows add up to the ledger, to the penny."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from consortia.intake.mapping.postings import INCOME
from consortia.money import float_pounds
from consortia.report.reasons import words_with_reason
from consortia.report.tables import NOMINAL, Column, Table
from consortia.report.words import Cell, Kind, Words, msgid, say
from consortia.study import Return, Study
from consortia.study.ledger_origin import LeftOut
from consortia.study.mapping import UNMAPPED

EXACT: Kind = "unit_cost"
TOTAL = msgid("Total")
SHOWN = 20
ALL_YEARS = msgid("year of each line")
LEFT_OUT: Mapping[str, Words] = {
    "another_year": msgid("Left out: years that the study has not"),
    "no_year": msgid("Left out: no date and no year"),
    "capital": msgid("Left out: marked as capital in the ledger"),
}


def ledger_table(study: Study, *, partner: str) -> Table | None:
    """What became of every pound of a partner's ledger, nominal, a cost positive; None where none is in the return.

    Costs of services are as returned in the bridge before its first step, income is what stands against them.
    """
    returned = study.return_of(partner)
    if returned.header.ledger is None:
        return None
    rows = [(words, pence) for words, pence in _rows(returned, study.definition.base_year) if pence]
    total = (TOTAL, sum(pence for _, pence in rows))
    return Table(
        f"ledger_{partner}",
        say(msgid("{partner}: from the ledger to the return"), partner=study.definition.partner(partner).name),
        msgid("What became of every pound of the ledger; costs are positive, income is negative."),
        (Column("what", msgid("What")), Column("amount", msgid("Amount"), EXACT)),
        tuple((words, float_pounds(pence)) for words, pence in (*rows, total)),
        period=ALL_YEARS,
        price_base=NOMINAL,
    )


def _rows(returned: Return, base_year: str) -> Iterator[tuple[Cell, int]]:
    names = [one.name for one in returned.header.uploads]
    income = pl.col("measure").is_in(INCOME)
    lines = returned.costs.filter(pl.col("file").is_in(names)).with_columns(
        pence=pl.when(income).then(-pl.col("amount_pence")).otherwise("amount_pence")
    )
    for year in sorted(lines["year"].unique().to_list(), key=lambda year: (year != base_year, year)):
        of_year = lines.filter(pl.col("year") == year)
        mapped, unmapped = (of_year.filter((pl.col("service") == UNMAPPED) == is_so) for is_so in (False, True))
        yield say(msgid("Costs of services, {year}"), year=year), _sum(mapped.filter(~income))
        yield _income(msgid("Income of services, {year}"), year, mapped.filter(income))
        yield say(msgid("Unmapped costs, {year}"), year=year), _sum(unmapped.filter(~income))
        yield _income(msgid("Unmapped income, {year}"), year, unmapped.filter(income))
    yield from _left_out(returned.header.ledger.left_out if returned.header.ledger else ())


def _income(words: str, year: str, lines: pl.DataFrame) -> tuple[Cell, int]:
    """Income stands with a minus; where more was paid back than came in, it adds to the cost, and the row says so."""
    pence = _sum(lines)
    refunds = msgid("{what}: more was paid back than came in, which adds to the cost")
    return (say(refunds, what=say(words, year=year)) if pence > 0 else say(words, year=year)), pence


def _left_out(all_left_out: tuple[LeftOut, ...]) -> Iterator[tuple[Cell, int]]:
    """What was left out, the largest first; the small ones beyond a screenful together."""
    ordered = sorted(all_left_out, key=lambda one: (-abs(one.amount), one.words))
    for one in ordered[:SHOWN]:
        words = LEFT_OUT.get(one.reason) or say(msgid("Excluded: {what}"), what=words_with_reason(one.words))
        yield words, int(one.amount * 100)
    rest = ordered[SHOWN:]
    others = sum(int(one.amount * 100) for one in rest)
    yield say(msgid("Left out besides, smaller sums: {count}"), count=len(rest)), others


def _sum(lines: pl.DataFrame) -> int:
    return int(lines["pence"].sum())
