"""The same ledgers by what people use today: pandas, duckdb, plain Python, openpyxl."""

from __future__ import annotations

import csv
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
from intake_ledgers import FORMS, TEXTS, Form

# Plain Python would take minutes: it reads this many of the ten files, and its times are scaled (intake.py).
PATIENT_FILES = 2


def pandas(folder: Path, out: Path) -> list[int]:
    """What an analyst writes: every column as text, then whole-column operations."""
    import pandas as pd

    totals = []
    for number, form in enumerate(FORMS):
        frame = pd.read_csv(
            folder / f"{number}.csv", sep=form.separator, skiprows=form.title, dtype=str, encoding=form.encoding
        )
        frame = frame.rename(columns={heading: role for role, heading in form.headings.items()})
        text = frame["amount"].str.replace("£", "").str.replace(",", "")
        negative = text.str.startswith("(") | text.str.endswith("-") | text.str.startswith("-")
        size = pd.to_numeric(text.str.strip("()-"))
        frame["amount_pence"] = (size * 100).round().astype("int64") * negative.map({True: -1, False: 1})
        if form.day == "serial":
            frame["date"] = pd.to_datetime(frame["date"].astype(int), unit="D", origin="1899-12-30")
        else:
            style = "%Y-%m-%d %H:%M:%S" if "00:00" in form.day else form.day
            frame["date"] = pd.to_datetime(frame["date"], format=style)
        for role in TEXTS:
            frame[role] = frame[role].fillna("").str.strip()
        start = frame["date"].dt.year - (frame["date"].dt.month < 4)
        frame["financial_year"] = start.astype(str) + "-" + ((start + 1) % 100).astype(str).str.zfill(2)
        frame["formula"] = (
            frame[list(TEXTS)].apply(lambda column: column.str.startswith(("=", "+", "-", "@"))).any(axis=1)
        )
        frame["file"], frame["row"] = f"{number}.csv", np.arange(len(frame)) + form.title + 2
        frame.drop(columns="amount").to_parquet(out / f"{number}.parquet")
        totals.append(int(frame["amount_pence"].sum()))
    return totals


def duckdb(folder: Path, out: Path) -> list[int]:
    """One SQL statement a file, in the order of the file."""
    import duckdb as db

    con = db.connect(config={"threads": 2})
    totals = []
    for number, form in enumerate(FORMS):
        source = _as_utf8(folder / f"{number}.csv", form)
        names = form.headings
        amount, day = f'"{names["amount"]}"', _sql_day(form)
        size = f"CAST(replace(replace(ltrim(rtrim({amount}, '()-'), '()-'), '£', ''), ',', '') AS DECIMAL(18, 2))"
        signs = " OR ".join(f"{amount} LIKE '{shape}'" for shape in ("(%", "%-", "-%"))
        start = f"year({day} - INTERVAL 3 MONTH)"
        flags = " OR ".join(f"""regexp_matches("{names[role]}", '^[=+@-]')""" for role in TEXTS)
        kept = ", ".join(f"""trim(coalesce("{names[role]}", '')) AS {role}""" for role in TEXTS)
        con.execute(
            f"""COPY (SELECT '{number}.csv' AS file, row_number() OVER () + {form.title + 1} AS row, {day} AS date,
            {start} || '-' || right(CAST({start} + 1 AS VARCHAR), 2) AS financial_year, {flags} AS formula, {kept},
            CAST(100 * {size} AS BIGINT) * CASE WHEN {signs} THEN -1 ELSE 1 END AS amount_pence
            FROM read_csv('{source}', all_varchar=true, header=true, delim='{form.separator}', skip={form.title},
            quote='"')) TO '{out / f"{number}.parquet"}' (FORMAT parquet)"""
        ).fetchall()
        totals.append(int(con.execute(f"SELECT sum(amount_pence) FROM '{out / f'{number}.parquet'}'").fetchall()[0][0]))
    return totals


def _as_utf8(path: Path, form: Form) -> Path:
    if form.encoding == "cp1252":
        copy = path.with_suffix(".utf8")
        copy.write_bytes(path.read_bytes().decode("cp1252").encode())
        return copy
    return path


def _sql_day(form: Form) -> str:
    heading = form.headings["date"]
    if form.day == "serial":
        return f"""DATE '1899-12-30' + CAST("{heading}" AS INTEGER)"""
    if "00:00" in form.day:
        return f"""CAST(CAST("{heading}" AS TIMESTAMP) AS DATE)"""
    return f"""CAST(strptime("{heading}", '{form.day}') AS DATE)"""


def csv_and_decimal(folder: Path, out: Path) -> list[int]:
    """Row by row in plain Python, exact; the first files only."""
    totals = []
    for number, form in enumerate(FORMS[:PATIENT_FILES]):
        with (folder / f"{number}.csv").open(encoding=form.encoding, newline="") as file:
            reader = csv.reader(file, delimiter=form.separator)
            place = {heading: column for column, heading in enumerate(next(reader))}
            day, amount = place[form.headings["date"]], place[form.headings["amount"]]
            lines = []
            for row, cells in enumerate(reader, 2):
                pence = int(Decimal(cells[amount].replace("£", "").replace(",", "")) * 100)
                lines.append((str(number), row, datetime.strptime(cells[day], form.day).date(), cells, pence))
        totals.append(sum(line[-1] for line in lines))
    del out
    return totals


def openpyxl_book(folder: Path, out: Path) -> list[int]:
    """Read-only, cell values only, summed exactly."""
    import openpyxl

    page = openpyxl.load_workbook(folder / "book.xlsx", read_only=True).worksheets[0]
    del out
    return [sum(round(row[4] * 100) for row in page.iter_rows(min_row=2, values_only=True))]
