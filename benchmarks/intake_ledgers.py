"""Seeded ledgers: ten text files in ten layouts and a workbook, each with its control total in pence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl

SEED = 20261121
FIRST_DAY = date(2025, 4, 1)
# The columns of text.
TEXTS = ("cost_centre_code", "account", "service", "supplier", "reference")
BOOK_HEADINGS = {
    "date": "Payment Date",
    "cost_centre_code": "Cost Centre",
    "account": "Expense Type",
    "supplier": "Supplier Name",
    "amount": "Net Amount",
}


@dataclass(frozen=True)
class Form:
    """One layout: how its file is written, and what a competitor must be told to read it."""

    name: str
    headings: dict[str, str]
    day: str = "%Y-%m-%d"
    amount: str = "plain"
    separator: str = ","
    title: int = 0
    encoding: str = "utf-8"


def _headings(listed: str) -> dict[str, str]:
    names = ("date", "cost_centre_code", "account", "service", "supplier", "reference", "amount")
    return dict(zip(names, listed.split("|"), strict=True))


FORMS = (
    Form(
        "plain",
        _headings(
            "Payment Date|Cost Centre Code|Expense Type|Service Area|Supplier Name|Transaction Number|Net Amount"
        ),
    ),
    Form(
        "pounds",
        _headings("Paid Date|Cost Centre|Account Description|Service Label|Vendor Name|TransNo|Amount £"),
        "%d/%m/%Y",
        "pounds",
    ),
    Form(
        "brackets",
        _headings("Posting Date|Business Unit No.|Subjective Description|Department|Payee|Document No.|Net Value"),
        "%d/%m/%Y",
        "brackets",
    ),
    Form(
        "minus behind",
        _headings("GL Date|Cost Centre|GL Account Description|Directorate|Supplier|Journal|Amount"),
        "%d.%m.%Y",
        "behind",
    ),
    Form(
        "day numbers",
        _headings(
            "Date|Cost Centre Code|Expenditure Type|Service|Beneficiary Name|Unique reference number|Amount (Ex VAT)"
        ),
        "serial",
    ),
    Form(
        "semicolons",
        _headings("Date of Payment|Cost Centre|G/L description|Service Division|Supplier Name|SAP Document Number|Net"),
        "%d-%m-%Y",
        "plain",
        ";",
    ),
    Form(
        "tabs, title",
        _headings("Payment Date|Cost Centre|Purpose of Spend|Service Area|Supplier|Transaction Ref|Total"),
        "%d/%m/%Y",
        "grouped",
        "\t",
        4,
    ),
    Form(
        "month names",
        _headings("Date Paid|Cost Centre|Expenditure Category|Portfolio|Supplier Name|Voucher No|Invoice Amount"),
        "%d-%b-%y",
        "grouped",
    ),
    Form(
        "time stamps",
        _headings("Updated|Cost Centre|Account|Organisational Unit|Ap/Ar ID(T)|TransNo|Amount"),
        "%Y-%m-%d 00:00:00",
        "plain",
        "|",
        0,
        "utf-8-sig",
    ),
    Form(
        "old page",
        _headings("Payment Date|Cost Centre|Expense Type|Service|Supplier Name|Transaction Number|Net Amount"),
        "%d/%m/%Y",
        "pounds",
        ",",
        0,
        "cp1252",
    ),
)


def write_files(folder: Path, rows: int) -> list[int]:
    """Writes the ten files and gives the control total of each, in pence."""
    return [_write_file(folder / f"{number}.csv", form, rows, SEED + number) for number, form in enumerate(FORMS)]


def _write_file(path: Path, form: Form, rows: int, seed: int) -> int:
    table, total = ledger(rows, seed)
    told = table.select(
        _written_day(form.day).alias(form.headings["date"]),
        *[pl.col(name).alias(form.headings[name]) for name in TEXTS],
        _written_amount(form.amount).alias(form.headings["amount"]),
    )
    text = told.write_csv(separator=form.separator, line_terminator="\r\n")
    title = "".join(f"Payments of the council, line {line}\r\n" for line in range(form.title))
    path.write_bytes((title + text).encode(form.encoding))
    return total


def ledger(rows: int, seed: int) -> tuple[pl.DataFrame, int]:
    """Seeded ledger lines with their pence, and the sum of these."""
    draw = np.random.default_rng(seed)
    pence = np.round(np.exp(draw.normal(10.5, 1.6, rows))).astype(np.int64) * np.where(draw.random(rows) < 0.06, -1, 1)
    services = [
        f"Service {name}"
        for name in ("Adults", "Bins", "Children", "Highways, lighting", "Housing", "Leisure", "Planning")
    ]
    suppliers = np.array(
        [f"Supplier {number:05d} {'Café ' if number % 50 == 0 else ''}Limited" for number in range(5_000)]
    )
    table = pl.DataFrame(
        {
            "day": draw.integers(0, 365, rows),
            "cost_centre_code": np.char.zfill(draw.integers(1, 400, rows).astype(str), 5),
            "account": np.array([f"Account {number} of expenditure" for number in range(160)])[
                draw.integers(0, 160, rows)
            ],
            "service": np.array(services)[draw.integers(0, len(services), rows)],
            "supplier": suppliers[draw.integers(0, 5_000, rows)],
            "reference": np.arange(70_000_000, 70_000_000 + rows).astype(str),
            "pence": pence,
        }
    )
    return table, int(pence.sum())


def _written_day(style: str) -> pl.Expr:
    day = pl.lit(FIRST_DAY) + pl.duration(days=pl.col("day"))
    if style == "serial":
        return (pl.col("day") + (FIRST_DAY - date(1899, 12, 30)).days).cast(pl.String)
    return day.dt.strftime(style)


def _written_amount(style: str) -> pl.Expr:
    size = pl.col("pence").abs()
    pounds, pennies = (size // 100).cast(pl.String), (size % 100).cast(pl.String).str.zfill(2)
    negative = pl.col("pence") < 0
    if style != "plain":
        pounds = pounds.str.replace(r"(\d)(\d{3})(\d{3})$", "${1},${2},${3}").str.replace(
            r"^(\d+)(\d{3})$", "${1},${2}"
        )
    figure = pounds + "." + pennies
    if style == "brackets":
        return pl.when(negative).then("(" + figure + ")").otherwise(figure)
    if style == "behind":
        return pl.when(negative).then(figure + "-").otherwise(figure)
    mark = "£" if style == "pounds" else ""
    return pl.when(negative).then("-" + mark + figure).otherwise(mark + figure)


def write_book(path: Path, rows: int) -> int:
    """A workbook of one ledger sheet of five columns, and its control total in pence."""
    import xlsxwriter

    table, total = ledger(rows, SEED)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        page = book.add_worksheet("Ledger")
        style = book.add_format({"num_format": "dd/mm/yyyy"})
        page.write_row(0, 0, list(BOOK_HEADINGS.values()))
        kept = table.select("day", "cost_centre_code", "account", "supplier", "pence")
        for row, (day, centre, account, supplier, pence) in enumerate(kept.iter_rows(), 1):
            page.write_datetime(row, 0, datetime.combine(FIRST_DAY + timedelta(days=day), datetime.min.time()), style)
            page.write_string(row, 1, centre)
            page.write_string(row, 2, account)
            page.write_string(row, 3, supplier)
            page.write_number(row, 4, pence / 100)
    return total
