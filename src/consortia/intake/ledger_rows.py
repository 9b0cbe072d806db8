"""The rows of one sheet as ledger lines: what is a line, a total, a note or blank, and what each line says.

Nearly every row of a ledger is plain: its day and its amount are in the style of their column. Those rows never leave
polars. The few others are read one by one by the careful readers, and then sorted into lines, totals, notes and blanks.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from consortia.intake.layouts.amounts import careful_pence, quick_pence
from consortia.intake.layouts.amounts import style_of as amount_style
from consortia.intake.layouts.dates import Order, careful_dates, quick_dates
from consortia.intake.layouts.dates import style_of as date_style
from consortia.intake.layouts.document import Layout
from consortia.intake.layouts.headings import plain_heading
from consortia.intake.layouts.roles import Role
from consortia.intake.ledger_sheets import Located, body_of
from consortia.intake.text_files import TextSheet, columns
from consortia.periods import FinancialYear
from consortia.study.ledger import LEDGER_SCHEMA

# The column of a ledger line that each role of text fills.
TEXT_COLUMNS: dict[Role, str] = {
    "cost_centre_code": "cost_centre_code",
    "cost_centre": "cost_centre",
    "account_code": "account_code",
    "account": "account",
    "service": "service_text",
    "directorate": "directorate_text",
    "supplier": "supplier",
    "description": "description",
    "account_group": "account_group",
    "supplier_code": "supplier_code",
    "reference": "reference",
    "capital_or_revenue": "capital_or_revenue",
}
MONEY: tuple[Role, ...] = ("amount", "debit", "credit")
TOTAL = r"(?i)^\W*(?:(?:grand|sub|overall|report|sheet|page|net)[ -]?)*totals?\b|\btotals?\W*$|(?i)^\W*cyfanswm\b"
STYLE_ROWS = 3_000


@dataclass(frozen=True)
class Rows:
    """The rows of a sheet: lines with the columns of LedgerLine, and every other row with its `kind`."""

    lines: pl.DataFrame
    others: pl.DataFrame


def read_rows(sheet: TextSheet, located: Located, layout: Layout, *, partner: str) -> Rows:
    """Lines and other rows of a sheet. Every row below the headings is in exactly one of the two tables."""
    taken = _taken(sheet, located, layout).collect(engine="streaming")
    plain = pl.col("date").is_not_null() & pl.col("amount_pence").is_not_null() & pl.col("beyond").is_null()
    if "date" not in located.places:
        plain = pl.col("amount_pence").is_not_null() & (pl.col(_anchor(located)) != "") & pl.col("beyond").is_null()
    is_plain = taken.select(plain.fill_null(False)).to_series()
    rest = _sorted_out(taken.filter(~is_plain), located, layout)
    lines = taken if rest.is_empty() else taken.filter(is_plain)
    read = rest.filter(pl.col("kind") == "line")
    if not read.is_empty():
        lines = pl.concat([lines.with_columns(fault=pl.lit("")), read.drop("kind")], how="diagonal_relaxed").sort("row")
    return Rows(_as_lines(lines, sheet, partner), rest)


def _taken(sheet: TextSheet, located: Located, layout: Layout) -> pl.LazyFrame:
    """Row, day, pence and texts of every row; the raw texts of day and amount only where they were not plain."""
    head = body_of(sheet, located.header).head(STYLE_ROWS).collect()
    cell = {role: pl.col(f"c{number}") for role, number in located.places.items()}
    money = [role for role in MONEY if role in cell]
    pence = _pence(cell, money, head, layout)
    day = pl.lit(None, dtype=pl.Date)
    if "date" in cell:
        day = quick_dates(cell["date"], _date_style(head, located.places["date"], layout.dates))
    texts = [
        cell[role].fill_null("").str.strip_chars(" ").alias(name) for role, name in TEXT_COLUMNS.items() if role in cell
    ]
    extra = columns(sheet.width + sheet.extra)[sheet.width :]
    beyond = pl.coalesce(extra) if extra else pl.lit(None, dtype=pl.String)
    raw = {f"raw_{role}": cell[role] for role in money} | {"raw_date": cell.get("date", pl.lit(None, dtype=pl.String))}
    read = body_of(sheet, located.header).select("row", *texts, date=day, amount_pence=pence, beyond=beyond, **raw)
    # The raw texts are kept only where they could not be read at once.
    return read.with_columns(
        *[pl.when(pl.col("amount_pence").is_null()).then(f"raw_{role}").alias(f"raw_{role}") for role in money],
        pl.when(pl.col("date").is_null()).then("raw_date").alias("raw_date"),
    )


def _pence(cell: dict[Role, pl.Expr], money: list[Role], head: pl.DataFrame, layout: Layout) -> pl.Expr:
    """Pence of the amount, or of debit less credit; null wherever a text is not plain."""
    quick = {
        role: quick_pence(cell[role], amount_style(_texts(head, cell[role])), unit=layout.factor) for role in money
    }
    if "amount" in quick:
        return quick["amount"]
    parts = [
        pl.when(cell[role].is_null()).then(0).otherwise(quick[role]) * (1 if role == "debit" else -1) for role in money
    ]
    some = pl.any_horizontal([cell[role].is_not_null() for role in money])
    return pl.when(some).then(sum(parts[1:], start=parts[0]))


def _texts(head: pl.DataFrame, column: pl.Expr) -> list[str]:
    return head.select(column).to_series().drop_nulls().to_list()


def _date_style(head: pl.DataFrame, number: int, order: Order) -> str:
    return date_style(head[f"c{number}"].drop_nulls().unique(maintain_order=True).head(60).to_list(), order)


def _anchor(located: Located) -> str:
    """What shows a line where the file has no days: its reference, else its code, supplier or cost centre."""
    order: tuple[Role, ...] = (
        "reference",
        "account_code",
        "cost_centre_code",
        "supplier",
        "account",
        "cost_centre",
        "service",
    )
    return next((TEXT_COLUMNS[role] for role in order if role in located.places), "raw_date")


def _sorted_out(rest: pl.DataFrame, located: Located, layout: Layout) -> pl.DataFrame:
    """The rows that are not plain, read carefully: `kind` is line, total, note, heading or blank."""
    money = [role for role in MONEY if role in located.places]
    rest = _carefully(rest, money, layout)
    texts = [name for name in TEXT_COLUMNS.values() if name in rest.columns]
    is_filled = [pl.col(name) != "" for name in texts]
    filled = pl.sum_horizontal([*is_filled, pl.col("raw_date").is_not_null() | pl.col("date").is_not_null()])
    any_money = pl.any_horizontal([pl.col(f"raw_{role}").is_not_null() for role in money])
    says_total = pl.any_horizontal([pl.col(name).str.contains(TOTAL) for name in [*texts, "raw_date"]])
    undated = pl.col("date").is_null() & (pl.col("reference") == "" if "reference" in texts else True)
    has_amount = pl.col("amount_pence").is_not_null()
    headings = {plain_heading(located.header.headings[located.places[role]]) for role in money}
    again = pl.any_horizontal(
        [pl.col(f"raw_{role}").map_elements(plain_heading, pl.String).is_in(headings) for role in money]
    )
    kind = (
        pl.when(again.fill_null(False)).then(pl.lit("heading"))
        .when(has_amount & ((filled == 0) | (undated & says_total.fill_null(False)))).then(pl.lit("total"))
        .when(has_amount | (pl.col("date").is_not_null() & (filled >= 2))).then(pl.lit("line"))
        .when((filled == 0) & ~any_money & pl.col("beyond").is_null()).then(pl.lit("blank"))
        .otherwise(pl.lit("note"))
    )  # fmt: skip
    return rest.with_columns(kind=kind)


def _carefully(rest: pl.DataFrame, money: list[Role], layout: Layout) -> pl.DataFrame:
    day = careful_dates(rest["raw_date"], layout.dates)
    read = {role: careful_pence(rest[f"raw_{role}"], unit=layout.factor) for role in money}
    if "amount" in read:
        pence, fault = read["amount"]["pence"], read["amount"]["fault"]
    else:
        signed = [(read[role]["pence"] * (1 if role == "debit" else -1)).alias(role) for role in money]
        pence = (
            pl.DataFrame(signed)
            .select(pl.when(pl.any_horizontal(pl.all().is_not_null())).then(pl.sum_horizontal(pl.all())))
            .to_series()
        )
        faults = pl.DataFrame([read[role]["fault"].alias(role) for role in money])
        fault = faults.select(pl.max_horizontal(pl.all().replace("no_figure", ""))).to_series()
    return rest.with_columns(
        date=pl.coalesce("date", day.alias("day")),
        amount_pence=pl.coalesce("amount_pence", pence.alias("pence")),
        fault=pl.when(pl.col("amount_pence").is_null()).then(fault.alias("fault")).otherwise(pl.lit("")),
    )


def _as_lines(lines: pl.DataFrame, sheet: TextSheet, partner: str) -> pl.DataFrame:
    """The columns of LedgerLine in their order; texts that the file does not give are empty."""
    start = pl.col("date").dt.year() - (pl.col("date").dt.month() < 4).cast(pl.Int32)
    found = lines.select(start.unique().drop_nulls()).to_series()
    names = {year: str(FinancialYear(year)) for year in found}
    years = start.replace_strict(names, default="", return_dtype=pl.String) if names else pl.lit("")
    fixed = {"partner": partner, "file": sheet.file, "sheet": sheet.sheet, "currency": "GBP"}
    made = {
        **{name: pl.lit(value) for name, value in fixed.items()},
        "financial_year": years,
    }
    return lines.select(
        [
            made.get(name, pl.col(name) if name in lines.columns else pl.lit("")).cast(dtype).alias(name)
            for name, dtype in LEDGER_SCHEMA.items()
        ]
    )
