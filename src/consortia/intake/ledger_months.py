"""Tables with a column of amounts for each month as ledger lines: one for each filled month of each row.

A blank month is no posting and gives no line. Where a column of row totals stands beside the months, every row is held
against it; total rows are held against the lines by `ledger_account`, like those of any ledger.
"""

from __future__ import annotations

import polars as pl

from consortia.findings import Finding, Place, Severity, msgid
from consortia.intake.extents import column_letters
from consortia.intake.layouts.amounts import careful_pence, quick_pence
from consortia.intake.layouts.document import Layout
from consortia.intake.layouts.months import LAST_MONTH, MonthColumn
from consortia.intake.ledger_rows import TEXT_COLUMNS, TOTAL, Rows, as_lines, stripped
from consortia.intake.ledger_sheets import Located, body_of
from consortia.intake.text_files import TextSheet, columns
from consortia.money import from_pence
from consortia.periods import FinancialYear

FAULTS = ["formula_error", "not_a_number", "too_large"]
# So many cells with their own heading again make a row a repeated heading.
HEADINGS_AGAIN = 3


def read_month_rows(sheet: TextSheet, located: Located, layout: Layout) -> Rows:
    """Lines and other rows of a sheet with a column for each month; every row below the headings is accounted."""
    taken = _taken(sheet, located, layout)
    sorted_out = _sorted_out(taken, located)
    rows = sorted_out.filter(pl.col("kind") == "line")
    cells = _unpivoted(rows, located, sheet)
    others = pl.concat([_faulty(cells), _beyond(rows), _no_lines(sorted_out)], how="diagonal_relaxed").sort("row")
    findings = (*_about_dates(sheet, located, cells), *_about_row_totals(sheet, rows))
    return Rows(as_lines(cells, sheet, located, layout), others, findings)


def _taken(sheet: TextSheet, located: Located, layout: Layout) -> pl.DataFrame:
    """Row, texts, and for month number n of the layout `raw{n}`, `pence{n}` and `fault{n}`; `beyond` and `elsewhere`.

    `elsewhere` tells whether a column that is not read holds anything in the row.
    """
    used = columns(sheet.width + sheet.extra)
    table = body_of(sheet, located.header).select("row", *used).collect()
    read = {*located.places.values(), *(month.column for month in located.months)}
    unread = [table[f"c{number}"].is_not_null() for number in range(sheet.width) if number not in read]
    nothing = pl.Series([None], dtype=pl.String).new_from_index(0, table.height)
    made: dict[str, pl.Series] = {"row": table["row"]}
    for role, name in TEXT_COLUMNS.items():
        if role in located.places:
            made[name] = stripped(table[f"c{located.places[role]}"])
    for number, month in enumerate(located.months):
        made |= _amounts(table[f"c{month.column}"], f"{number}", layout.factor)
    if "row_total" in located.places:
        made |= _amounts(table[f"c{located.places['row_total']}"], "_total", layout.factor)
    if "year" in located.places:
        made["year_text"] = stripped(table[f"c{located.places['year']}"])
    extra = used[sheet.width :]
    made["beyond"] = table.select(pl.coalesce(extra)).to_series() if extra else nothing
    made["elsewhere"] = pl.DataFrame(unread).select(pl.any_horizontal(pl.all())).to_series() if unread else (
        nothing.is_not_null()
    )  # fmt: skip
    return pl.DataFrame(made)


def _amounts(texts: pl.Series, name: str, unit: int) -> dict[str, pl.Series]:
    """Pence of a column's texts, quickly where they are plain and carefully else, and the faults of those."""
    # Blank text in quotation marks is blank.
    texts = texts.set((texts.str.strip_chars() == "").fill_null(False), None)
    pence = quick_pence(texts, unit=unit)
    fault = pl.Series([""], dtype=pl.String).new_from_index(0, len(texts))
    left = (pence.is_null() & texts.is_not_null()).arg_true()
    if not left.is_empty():
        read = careful_pence(texts.gather(left), unit=unit)
        pence, fault = pence.scatter(left, read["pence"]), fault.scatter(left, read["fault"])
    return {f"raw{name}": texts, f"pence{name}": pence, f"fault{name}": fault}


def _sorted_out(taken: pl.DataFrame, located: Located) -> pl.DataFrame:
    """The rows with their `kind`: line, total, note, heading or blank; `sum` is that of the months, else as stated.

    A row that has only dashes or blanks for its months is a note: it says nothing of any month.
    """
    numbers = range(len(located.months))
    texts = [name for name in TEXT_COLUMNS.values() if name in taken.columns]
    filled = pl.sum_horizontal([pl.col(name) != "" for name in texts])
    says_total = pl.any_horizontal([pl.col(name).str.contains(TOTAL) for name in texts])
    again = pl.sum_horizontal([
        (pl.col(f"raw{number}").str.strip_chars() == month.heading).fill_null(False)
        for number, month in enumerate(located.months)
    ])  # fmt: skip
    said = pl.any_horizontal([pl.col(f"pence{number}").is_not_null() for number in numbers])
    # A grand total may stand only under the total of the months.
    stated = pl.col("pence_total") if "pence_total" in taken.columns else pl.lit(None, dtype=pl.Int64)
    faulty = pl.any_horizontal([pl.col(f"fault{number}").is_in(FAULTS) for number in numbers])
    raw = pl.any_horizontal([pl.col(f"raw{number}").is_not_null() for number in numbers])
    kind = (
        pl.when(again >= HEADINGS_AGAIN).then(pl.lit("heading"))
        .when((said | stated.is_not_null()) & ((filled == 0) | says_total)).then(pl.lit("total"))
        .when((said | faulty) & (filled > 0)).then(pl.lit("line"))
        .when((filled == 0) & ~raw & ~pl.col("elsewhere") & pl.col("beyond").is_null()).then(pl.lit("blank"))
        .otherwise(pl.lit("note"))
    )  # fmt: skip
    total = pl.when(said).then(pl.sum_horizontal([pl.col(f"pence{number}") for number in numbers]))
    return taken.with_columns(kind=kind, sum=pl.coalesce(total, pl.when(kind == "total").then(stated)))


def _unpivoted(rows: pl.DataFrame, located: Located, sheet: TextSheet) -> pl.DataFrame:
    """One row for each filled month of each row, in the order of rows and columns; undated where no year is known."""
    kept = [name for name in ("row", *TEXT_COLUMNS.values()) if name in rows.columns]
    parts = [
        rows.filter(pl.col(f"raw{number}").is_not_null()).select(
            *kept,
            _day(month, located, rows).alias("date"),
            pl.col(f"pence{number}").alias("amount_pence"),
            pl.col(f"fault{number}").alias("fault"),
            pl.lit(column_letters(sheet.first_column + month.column + 1)).alias("column"),
        )
        for number, month in enumerate(located.months)
    ]
    return pl.concat(parts).sort("row", maintain_order=True)


def _day(month: MonthColumn, located: Located, rows: pl.DataFrame) -> pl.Expr:
    """The first day of the month, in the year that the row, else the file or the layout names."""
    if month.period.year is None and "year_text" in rows.columns:
        days = {text: month.period.first_day(_year_of(text)) for text in rows["year_text"].unique()}
        return pl.col("year_text").replace_strict(days, default=None, return_dtype=pl.Date)
    return pl.lit(month.period.first_day(located.period_year), dtype=pl.Date)


def _year_of(text: str) -> FinancialYear | None:
    try:
        return FinancialYear.parse(text)
    except ValueError:
        return None


def _faulty(cells: pl.DataFrame) -> pl.DataFrame:
    return cells.filter(pl.col("fault") != "").select(
        "row", "fault", kind=pl.lit("line"), beyond=pl.lit(None, dtype=pl.String)
    )


def _beyond(rows: pl.DataFrame) -> pl.DataFrame:
    damaged = rows.filter(pl.col("beyond").is_not_null())
    return damaged.select("row", "beyond", kind=pl.lit("line"), fault=pl.lit(""))


def _no_lines(rows: pl.DataFrame) -> pl.DataFrame:
    """Totals, notes, headings and blanks, with the sum of their months as their amount."""
    kept = [name for name in TEXT_COLUMNS.values() if name in rows.columns]
    return rows.filter(pl.col("kind") != "line").select(
        "row", "kind", "beyond", *kept, fault=pl.lit(""), amount_pence=pl.col("sum"), raw_amount=pl.col("raw0")
    )


def _about_dates(sheet: TextSheet, located: Located, cells: pl.DataFrame) -> list[Finding]:
    place = Place(sheet.file, sheet.sheet, f"row {located.header.row + 1}")
    found = []
    undated = cells["date"].null_count()
    if undated:
        sentence = msgid("Lines under months whose year is not known, so without a date: {count}.")
        remedy = msgid("Say it when you confirm the layout: --set period_year=2024-25.")
        values = (("count", f"{undated:,}"),)
        found.append(Finding("ledger-months-without-year", Severity.WARNING, sentence, remedy, place, values))
    if located.year_was_said and located.period_year:
        sentence = msgid("The months name no year; they were taken to be of {year}, as the layout says.")
        remedy = msgid("Confirm the layout again if this file is of another year.")
        values = (("year", str(located.period_year)),)
        found.append(Finding("ledger-months-year-said", Severity.WARNING, sentence, remedy, place, values))
    found.append(_told(located, cells, place))
    return found


def _told(located: Located, cells: pl.DataFrame, place: Place) -> Finding:
    months = located.months
    spans = {month.period.months for month in months}
    late = any(month.period.number > LAST_MONTH for month in months)
    if spans == {1} and not late:
        sentence = msgid("{count} columns of months, {first} to {last}, were turned into {lines} lines.")
    elif late:
        sentence = msgid(
            "{count} columns of months, {first} to {last}, were turned into {lines} lines; "
            "periods after the twelfth are dated 31 March."
        )
    else:
        sentence = msgid(
            "{count} columns of quarters, {first} to {last}, were turned into {lines} lines; "
            "each is dated the first day of its quarter."
        )
    values = (
        ("count", str(len(months))), ("first", months[0].heading), ("last", months[-1].heading),
        ("lines", f"{cells.height:,}"),
    )  # fmt: skip
    return Finding("ledger-months-unpivoted", Severity.NOTE, sentence, "", place, values)


def _about_row_totals(sheet: TextSheet, rows: pl.DataFrame) -> list[Finding]:
    """Whether the months of each row add up to the total that stands beside them, to the penny."""
    if "pence_total" not in rows.columns:
        return []
    stated = rows.filter(pl.col("pence_total").is_not_null())
    wrong = stated.filter(pl.col("pence_total") != pl.col("sum").fill_null(0))
    if wrong.is_empty():
        sentence = msgid("Rows whose months add up to the total beside them, to the penny: {count}.")
        place = Place(sheet.file, sheet.sheet)
        agreeing = (("count", f"{stated.height:,}"),)
        return [Finding("ledger-row-totals-agree", Severity.NOTE, sentence, "", place, agreeing)]
    gap = int((wrong["pence_total"] - wrong["sum"].fill_null(0)).sum())
    sentence = msgid(
        "Rows whose months do not add up to the total beside them: {count}; in all the totals are £{gap} more."
    )
    place = Place(sheet.file, sheet.sheet, f"row {wrong['row'][0]}" + (" ..." if wrong.height > 1 else ""))
    values = (("count", f"{wrong.height:,}"), ("gap", f"{from_pence(gap):,.2f}"))
    remedy = "Ask the partner which is right."
    return [Finding("ledger-row-totals-differ", Severity.WARNING, sentence, remedy, place, values)]
