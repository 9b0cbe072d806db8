"""A ledger as tables of the report room: files with their control totals, every row of a file, rows behind a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

from consortia.intake.ledger_account import SheetAccount
from consortia.intake.mapping.parts import sum_of_part
from consortia.money import float_pounds
from consortia.report.tables import NOMINAL, Column, Table
from consortia.report.words import Absent, Cell, Kind, Quantity, Words, msgid, say
from consortia.study import CostLine
from consortia.study.ledger_header import LedgerHeader
from consortia.web.ledgers.readings import Reading
from consortia.web.studies.tables import MEASURES, service_name

EXACT: Kind = "unit_cost"  # the kind that keeps the pence
OF_THE_POSTINGS = msgid("year of each posting")
ROWS_SHOWN = 500
COUNTS: Mapping[str, Callable[[SheetAccount], int]] = {
    msgid("Rows below the headings"): lambda account: account.rows,
    msgid("Lines"): lambda account: account.lines,
    msgid("Lines without an amount"): lambda account: account.without_amount,
    msgid("Totals of the file"): lambda account: len(account.totals),
    msgid("Notes"): lambda account: account.notes,
    msgid("Headings again"): lambda account: account.repeated_headings,
    msgid("Blank rows"): lambda account: account.blanks,
}
TEXTS = {
    "cost_centre": msgid("Cost centre"),
    "account": msgid("Account"),
    "supplier": msgid("Supplier"),
    "description": msgid("Description"),
    "reference": msgid("Transaction reference"),
}


def files_table(header: LedgerHeader) -> Table:
    """The files of a ledger with what their lines sum to, and the sum of all: the control total."""
    rows = [(one.name, one.lines, one.without_amount, float_pounds(one.sum_pence)) for one in header.files]
    total = (
        msgid("Total"),
        sum(one.lines for one in header.files),
        sum(one.without_amount for one in header.files),
        float_pounds(sum(one.sum_pence for one in header.files)),
    )
    return Table(
        "files",
        msgid("Files of the ledger"),
        msgid("Compare the sum with the total that your finance system shows for the same extract."),
        (
            Column("file", msgid("File")),
            Column("lines", msgid("Lines"), "number"),
            Column("without", msgid("Lines without an amount"), "number"),
            Column("sum", msgid("Sum of the lines"), EXACT),
        ),
        (*rows, total) if rows else (),
        period=OF_THE_POSTINGS,
        price_base=NOMINAL,
    )


def account_table(reading: Reading) -> Table:
    """What became of every row of a file, a row for each sheet; the classes add up to the rows below the headings."""
    rows: list[tuple[Cell, ...]] = [
        (one.sheet or one.file, *(count(one) for count in COUNTS.values()), float_pounds(one.sum_pence))
        for one in reading.accounts
    ]
    columns = [Column(f"count_{place}", title, "number") for place, title in enumerate(COUNTS)]
    return Table(
        "account",
        reading.file,
        say(msgid("Every row of {file}, and what the lines sum to."), file=reading.file),
        (Column("sheet", msgid("Sheet")), *columns, Column("sum", msgid("Sum of the lines"), EXACT)),
        tuple(rows),
        period=OF_THE_POSTINGS,
        price_base=NOMINAL,
    )


def postings_table(rows: pl.DataFrame, line: CostLine) -> Table:
    """The ledger rows behind a line of the return, largest first, at most 500; nominal pounds as in the return."""
    largest = rows.sort(pl.col("amount_pence").abs(), descending=True).head(ROWS_SHOWN)
    filled = [name for name in TEXTS if (largest[name].fill_null("") != "").any()]
    is_split = bool((largest["share"] != "").any())
    return Table(
        "postings",
        say(
            msgid("Ledger rows: {service}, {measure}, {year}"),
            service=service_name(line.service),
            measure=say(MEASURES[line.measure]),
            year=line.year,
        ),
        say(
            msgid("Each row of the ledger that the line {line} is made of, with its part of the amount."), line=line.key
        ),
        (
            Column("place", msgid("File and sheet")),
            Column("row", msgid("Row"), "year"),
            Column("date", msgid("Date")),
            *(Column(name, TEXTS[name]) for name in filled),
            *([Column("sum", msgid("Posting x share = part"))] if is_split else []),
            Column("amount", msgid("Amount"), EXACT),
        ),
        tuple(_posting(row, filled, is_split=is_split) for row in largest.iter_rows(named=True)),
        notes=_left_out(rows),
        period=line.year,
        price_base=NOMINAL,
    )


def _posting(row: dict[str, Any], filled: list[str], *, is_split: bool) -> tuple[Cell, ...]:
    place = ", ".join(str(row[part]) for part in ("file", "sheet") if row[part])
    day = row["date"]
    codes = {"cost_centre": row["cost_centre_code"], "account": row["account_code"]}
    texts = (" ".join(str(part) for part in (codes.get(name), row[name]) if part) for name in filled)
    amount = float_pounds(int(str(row["amount_pence"])))
    shown = Quantity(str(day), "date") if day else Absent.NOT_KNOWN
    part = [sum_of_part(row)] if is_split else []
    return (place, int(str(row["row"])), shown, *texts, *part, amount)


def _left_out(rows: pl.DataFrame) -> tuple[Words, ...]:
    if rows.height <= ROWS_SHOWN:
        return ()
    sentence = msgid("The {shown} largest of {all} rows are shown; the study folder has them all.")
    return (say(sentence, shown=ROWS_SHOWN, all=rows.height),)
