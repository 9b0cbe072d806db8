"""The rows of one sheet as ledger lines: what is a line, a total, a note or blank, and what each line says.

Nearly every row of a ledger is plain: its day and its amount are in the style of their column. Those rows never leave
polars. The few others are read one by one by the careful readers, and then sorted into lines, totals, notes and blanks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from consortia.findings import Finding
from consortia.intake.extents import column_letters
from consortia.intake.layouts.amounts import careful_pence, quick_pence
from consortia.intake.layouts.dates import Order, careful_dates, quick_dates
from consortia.intake.layouts.dates import style_of as date_style
from consortia.intake.layouts.document import Layout
from consortia.intake.layouts.headings import known_words, plain_heading
from consortia.intake.layouts.roles import Role
from consortia.intake.ledger_sheets import Located, body_of
from consortia.intake.ledger_years import with_stated_years
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
# What a posting was for, and what was bought: the columns that say so.
CODED = (("cost_centre_code", "cost_centre", "service_text"), ("account_code", "account"))
STYLE_ROWS = 3_000
YEAR = "raw_year"


@dataclass(frozen=True)
class Rows:
    """The rows of a sheet: lines with the columns of LedgerLine, and every other row with its `kind`."""

    lines: pl.DataFrame
    others: pl.DataFrame
    findings: tuple[Finding, ...] = ()

    def before(self, row: int) -> Rows:
        """Only the rows above a row."""
        return replace(
            self, lines=self.lines.filter(pl.col("row") < row), others=self.others.filter(pl.col("row") < row)
        )


def read_rows(sheet: TextSheet, located: Located, layout: Layout) -> Rows:
    """Lines and other rows of a sheet. Every row below the headings is in exactly one of the two tables."""
    taken = _taken(sheet, located, layout)
    is_plain = _is_plain(taken, located)
    if is_plain.all():
        none = taken.clear().with_columns(kind=pl.lit(""), fault=pl.lit(""))
        return Rows(as_lines(taken, sheet, located, layout), none)
    rest = _sorted_out(_unread(taken.filter(~is_plain)), located, layout)
    lines = taken.filter(is_plain)
    read = rest.filter(pl.col("kind") == "line")
    if not read.is_empty():
        lines = pl.concat([lines.with_columns(fault=pl.lit("")), read.drop("kind")], how="diagonal_relaxed").sort("row")
    return Rows(as_lines(lines, sheet, located, layout), rest)


def _taken(sheet: TextSheet, located: Located, layout: Layout) -> pl.DataFrame:
    """Row, day, pence, texts and the raw texts of day and amount of every row below the headings.

    `elsewhere` tells whether a column that is not read holds anything. The file is parsed once, and whole columns are
    read one after the other.
    """
    used = columns(sheet.width + sheet.extra)
    extra = used[sheet.width :]
    wanted = {f"c{number}" for number in located.places.values()} | set(extra)
    # Every column is parsed: where some are not asked for, polars lets rows with too many fields pass without a word.
    asked = [pl.col(name) if name in wanted else pl.col(name).is_null() for name in used]
    table = body_of(sheet, located.header).select("row", *asked).collect(engine="streaming")
    cell = {role: table[f"c{number}"] for role, number in located.places.items()}
    blank = pl.Series([None], dtype=pl.String).new_from_index(0, table.height)
    raw_date = cell.get("date", blank)
    day = quick_dates(raw_date, _date_style(raw_date.head(STYLE_ROWS), layout.dates) if "date" in cell else "")
    texts: dict[str, pl.Series] = {name: stripped(cell[role]) for role, name in TEXT_COLUMNS.items() if role in cell}
    money = {role: cell[role] for role in MONEY if role in cell}
    beyond = table.select(pl.coalesce(extra)).to_series() if extra else blank
    read = {"date": day, "amount_pence": _pence(money, layout), "beyond": beyond, "raw_date": raw_date}
    if "year" in cell:
        read[YEAR] = cell["year"]
    raw = {f"raw_{role}": text for role, text in money.items()}
    unread = [name for name in used[: sheet.width] if name not in wanted]
    elsewhere = table.select(~pl.all_horizontal(unread)).to_series() if unread else pl.lit(False)
    return pl.DataFrame({"row": table["row"], **texts, **read, **raw}).with_columns(elsewhere=elsewhere)


def stripped(texts: pl.Series) -> pl.Series:
    """The texts without spaces around them, blank where there are none; most columns are so already."""
    if texts.null_count():
        texts = texts.fill_null("")
    # What begins with a space stands before "!": a comparison takes a third of the time of a look at each first letter.
    is_early = (texts < "!").any() and texts.str.starts_with(" ").any()
    return texts.str.strip_chars(" ") if is_early or texts.str.ends_with(" ").any() else texts


def _pence(money: dict[Role, pl.Series], layout: Layout) -> pl.Series:
    """Pence of the amount, or of debit less credit; null wherever a text is not plain."""
    quick = {role: quick_pence(texts, unit=layout.factor) for role, texts in money.items()}
    if "amount" in quick:
        return quick["amount"]
    table = pl.DataFrame(
        [
            *(pence.alias(role) for role, pence in quick.items()),
            *(raw.alias(f"raw_{role}") for role, raw in money.items()),
        ]
    )
    parts = [
        pl.when(pl.col(f"raw_{role}").is_null()).then(0).otherwise(role) * (1 if role == "debit" else -1)
        for role in money
    ]
    some = pl.any_horizontal([pl.col(f"raw_{role}").is_not_null() for role in money])
    return table.select(pl.when(some).then(sum(parts[1:], start=parts[0]))).to_series()


def _is_plain(taken: pl.DataFrame, located: Located) -> pl.Series:
    """True for the rows that are lines at first sight: amount, and day or what shows a line where there are no days."""
    shown = taken["date"].is_not_null() if "date" in located.places else taken[_anchor(located)] != ""
    return (shown & taken["amount_pence"].is_not_null() & taken["beyond"].is_null()).fill_null(False)


def _unread(rest: pl.DataFrame) -> pl.DataFrame:
    """Rows with the raw texts of day and amount only where they could not be read at once."""
    money = [name for name in rest.columns if name.removeprefix("raw_") in MONEY]
    return rest.with_columns(
        pl.when(pl.col("amount_pence").is_null()).then(pl.col(money)),
        pl.when(pl.col("date").is_null()).then("raw_date").alias("raw_date"),
    )


def _date_style(head: pl.Series, order: Order) -> str:
    return date_style(head.drop_nulls().unique(maintain_order=True).head(60).to_list(), order)


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
        .when(_is_posting(rest, money, filled) & ~says_total.fill_null(False)).then(pl.lit("line"))
        .when((filled == 0) & ~any_money & ~pl.col("elsewhere") & pl.col("beyond").is_null()).then(pl.lit("blank"))
        .otherwise(pl.lit("note"))
    )  # fmt: skip
    return rest.with_columns(kind=kind)


def _is_posting(rest: pl.DataFrame, money: Sequence[Role], filled: pl.Expr) -> pl.Expr:
    """A row without an amount that says what for and what was bought is a posting all the same, not a note.

    Where a layout has only one of the two, a mark where the amount belongs ("n/a") or a year shows a posting. A mere
    code with its name is a heading within the ledger; words of headings where the amount belongs begin another table.
    """
    sides = [
        pl.any_horizontal([pl.col(name) != "" for name in names if name in rest.columns])
        for names in CODED
        if any(name in rest.columns for name in names)
    ]
    if not sides:
        return pl.lit(False)
    shown = [f"raw_{role}" for role in money] + ([YEAR] if YEAR in rest.columns else [])
    marked = pl.any_horizontal([pl.col(name).is_not_null() for name in shown]) & (filled >= 2)
    headed = pl.any_horizontal(
        [pl.col(f"raw_{role}").map_elements(lambda text: bool(known_words(text)), pl.Boolean) for role in money]
    )
    is_said = pl.all_horizontal(sides) & (marked if len(sides) == 1 else pl.lit(True))
    return is_said & ~headed.fill_null(False)


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


def as_lines(lines: pl.DataFrame, sheet: TextSheet, located: Located, layout: Layout) -> pl.DataFrame:
    """The columns of LedgerLine in their order; texts that the file does not give are empty."""
    made = {"partner": layout.partner, "file": sheet.file, "sheet": sheet.sheet, "currency": "GBP"}
    if sheet.is_beside and not located.months:
        # The row alone does not tell which of the tables side by side a line is of.
        money = next(number for role, number in located.places.items() if role in MONEY)
        made["column"] = column_letters(sheet.first_column + money + 1)
    fixed = {name: pl.lit(value) for name, value in made.items()} | {"financial_year": _years(lines["date"])}
    made_lines = lines.select(
        [
            fixed.get(name, pl.col(name) if name in lines.columns else pl.lit("")).cast(dtype).alias(name)
            for name, dtype in LEDGER_SCHEMA.items()
        ]
    )
    if located.months or not (layout.period_year or YEAR in lines.columns):
        return made_lines
    return with_stated_years(made_lines, lines[YEAR] if YEAR in lines.columns else None, layout)


def _years(days: pl.Series) -> pl.Expr:
    """The financial year of each day, found by comparing with its first and last day; empty without a day."""
    first, last = days.min(), days.max()
    if not isinstance(first, date) or not isinstance(last, date):
        return pl.lit("")
    years = [FinancialYear(year) for year in range(_start_of(first), _start_of(last) + 1)]
    if len(years) == 1 and not days.null_count():
        return pl.lit(str(years[0]))
    ends = [(year, date(year.start + 1, 4, 1)) for year in years]
    found = pl.lit("")
    for year, end in reversed(ends):
        found = pl.when(pl.col("date") < end).then(pl.lit(str(year))).otherwise(found)
    return found


def _start_of(day: date) -> int:
    return day.year - (day < date(day.year, 4, 1))
