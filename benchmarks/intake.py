"""Ledgers in: ten partners' files in ten layouts to one table of pence, ours against pandas, duckdb and plain Python.

    python benchmarks/intake.py            ten files of 1,000,000 lines, and a workbook of 100,000: some minutes
    python benchmarks/intake.py --quick    does it run at all? 20,000 lines a file

Every competitor lives in a process of its own and reads the same seeded files in interleaved rounds. Times are CPU
seconds of that process; memory is its peak. Each reading must meet every file's control total to the penny, and keep
file and row of each line; one that does not ends the run with code 1.
What is compared, and how to read it: benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

SEED = 20261121
FIRST_DAY = date(2025, 4, 1)
NEEDS = {"pandas": ("pandas", "pyarrow"), "duckdb": ("duckdb",), "openpyxl": ("openpyxl",)}
TEXT_PEERS = ("ours", "pandas", "duckdb", "csv and Decimal", "limit: text only")
BOOK_PEERS = ("ours", "openpyxl", "limit: unzip")
# Plain Python would take minutes: it reads this many of the ten files, and its times are scaled.
PATIENT_FILES = 2
TEXTS = ("cost_centre_code", "account", "service", "supplier", "reference")


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
        *[
            pl.col(name).alias(form.headings[name])
            for name in ("cost_centre_code", "account", "service", "supplier", "reference")
        ],
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


def ours(folder: Path, out: Path) -> list[int]:
    """By a confirmed layout, as a council loads its ledger every month."""
    from consortia.intake.layouts.document import Layout, LayoutColumn
    from consortia.intake.ledger_files import read_ledger
    from consortia.study.ledger_store import write_parquet

    totals = []
    for number, form in enumerate(FORMS):
        columns = tuple(LayoutColumn(role=role, heading=heading) for role, heading in form.headings.items())
        read = read_ledger(folder / f"{number}.csv", Layout(partner=f"P{number}", columns=columns))
        write_parquet(read.lines, out / f"{number}.parquet")
        totals.append(read.sum_pence)
    return totals


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


def text_only(folder: Path, out: Path) -> None:
    """The limit: the same files parsed into columns of text, nothing made of them."""
    for number, form in enumerate(FORMS):
        source: Any = folder / f"{number}.csv"
        scan = pl.scan_csv(
            source, separator=form.separator, skip_rows=form.title, infer_schema=False, encoding="utf8-lossy"
        )
        scan.select(pl.all().count()).collect(engine="streaming")
    del out


def write_book(path: Path, rows: int) -> int:
    """A workbook of one ledger sheet of five columns, and its control total in pence."""
    import xlsxwriter

    table, total = ledger(rows, SEED)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        page = book.add_worksheet("Ledger")
        style = book.add_format({"num_format": "dd/mm/yyyy"})
        page.write_row(0, 0, ["Payment Date", "Cost Centre", "Expense Type", "Supplier Name", "Net Amount"])
        kept = table.select("day", "cost_centre_code", "account", "supplier", "pence")
        for row, (day, centre, account, supplier, pence) in enumerate(kept.iter_rows(), 1):
            page.write_datetime(row, 0, datetime.combine(FIRST_DAY + timedelta(days=day), datetime.min.time()), style)
            page.write_string(row, 1, centre)
            page.write_string(row, 2, account)
            page.write_string(row, 3, supplier)
            page.write_number(row, 4, pence / 100)
    return total


def our_book(folder: Path, out: Path) -> list[int]:
    """The workbook by a confirmed layout, lines and all."""
    from consortia.intake.layouts.document import Layout, LayoutColumn
    from consortia.intake.ledger_files import read_ledger

    roles = {"date": "Payment Date", "cost_centre_code": "Cost Centre", "account": "Expense Type"}
    roles |= {"supplier": "Supplier Name", "amount": "Net Amount"}
    columns = tuple(LayoutColumn(role=role, heading=heading) for role, heading in roles.items())
    del out
    return [read_ledger(folder / "book.xlsx", Layout(partner="P", columns=columns)).sum_pence]


def openpyxl_book(folder: Path, out: Path) -> list[int]:
    """Read-only, cell values only, summed exactly."""
    import openpyxl

    page = openpyxl.load_workbook(folder / "book.xlsx", read_only=True).worksheets[0]
    del out
    return [sum(round(row[4] * 100) for row in page.iter_rows(min_row=2, values_only=True))]


def unzip_book(folder: Path, out: Path) -> None:
    """The limit: the parts of the workbook unpacked."""
    with zipfile.ZipFile(folder / "book.xlsx") as packed:
        for name in packed.namelist():
            packed.read(name)
    del out


TASKS: dict[str, Callable[[Path, Path], list[int] | None]] = {
    "text ours": ours, "text pandas": pandas, "text duckdb": duckdb, "text csv and Decimal": csv_and_decimal,
    "text limit: text only": text_only,
    "book ours": our_book, "book openpyxl": openpyxl_book, "book limit: unzip": unzip_book,
}  # fmt: skip


def work(task: str, folder: str) -> None:
    """Does one task in this process and prints its CPU seconds, wall, peak memory and totals."""
    with tempfile.TemporaryDirectory(dir=folder) as out:
        _warm(task)
        before, began = time.process_time(), time.perf_counter()
        totals = TASKS[task](Path(folder), Path(out))
        cpu, wall = time.process_time() - before, time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"cpu": cpu, "wall": wall, "peak": peak, "totals": totals}))


def _warm(task: str) -> None:
    """Imports before the clock starts: they are paid once, not per file."""
    for package in NEEDS.get(task.split(" ", 1)[1], ()):
        __import__(package)
    if task.endswith("ours"):
        __import__("fastexcel")
        __import__("consortia.intake.ledger_files")


def main() -> int:
    """Writes the files, lets the competitors take turns, prints the tables; 1 when a total is not met."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--work", nargs=2, help=argparse.SUPPRESS)
    options.add_argument("--make", nargs=2, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.make:
        print(json.dumps(write_files(Path(chosen.make[0]), int(chosen.make[1]))))
        return 0
    if chosen.work:
        work(*chosen.work)
        return 0
    rows, book_rows, rounds = (20_000, 5_000, 1) if chosen.quick else (1_000_000, 100_000, chosen.rounds)
    with tempfile.TemporaryDirectory() as folder:
        # In a process of its own: a child's peak memory begins with that of its parent.
        made = subprocess.run(
            [sys.executable, __file__, "--make", folder, str(rows)], capture_output=True, text=True, check=True
        )
        totals = json.loads(made.stdout)
        size = sum(path.stat().st_size for path in Path(folder).iterdir())
        print(f"{len(FORMS)} files of {rows:,} lines, {size / 1e6:,.0f} MB; seed {SEED}; {_machine()}")
        good = contest("text", TEXT_PEERS, Path(folder), rows * len(FORMS), totals, rounds=rounds)
        book_total = write_book(Path(folder) / "book.xlsx", book_rows)
        print(f"\nOne workbook of {book_rows:,} lines")
        return 0 if contest("book", BOOK_PEERS, Path(folder), book_rows, [book_total], rounds=rounds) and good else 1


def contest(kind: str, peers: tuple[str, ...], folder: Path, rows: int, totals: list[int], *, rounds: int) -> bool:
    """Interleaved rounds of all peers; prints medians and ratios to ours; False when a total was not met."""
    present = [peer for peer in peers if _is_present(peer)]
    times: dict[str, list[dict[str, Any]]] = {peer: [] for peer in present}
    for _ in range(rounds):
        for peer in present:
            times[peer].append(_measured(f"{kind} {peer}", folder))
    good = True
    print(f"{'':18}{'CPU-s':>9}{'wall':>9}{'lines/CPU-s':>14}{'peak MB':>9}   times ours: median (range)")
    for peer in present:
        scale = len(FORMS) / PATIENT_FILES if peer == "csv and Decimal" else 1
        good &= _print_peer(peer, times[peer], times["ours"], rows, scale, totals)
    return good


def _print_peer(
    peer: str, runs: list[dict[str, Any]], base: list[dict[str, Any]], rows: int, scale: float, totals: list[int]
) -> bool:
    cpu = statistics.median(run["cpu"] for run in runs) * scale
    wall = statistics.median(run["wall"] for run in runs) * scale
    peak = max(run["peak"] for run in runs) / 1e6
    ratios = [run["cpu"] * scale / own["cpu"] for run, own in zip(runs, base, strict=True)]
    spread = f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
    print(f"{peer:18}{cpu:9.2f}{wall:9.2f}{rows / cpu:14,.0f}{peak:9,.0f}   {spread}")
    met = all(run["totals"] is None or run["totals"] == totals[: len(run["totals"])] for run in runs)
    if not met:
        print(f"{peer}: a control total was NOT met")
    return met


def _measured(task: str, folder: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, __file__, "--work", task, str(folder)],
        capture_output=True, text=True, check=False, env={**os.environ, "POLARS_MAX_THREADS": "2"},
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{task} failed:\n{done.stderr[-2000:]}")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _is_present(peer: str) -> bool:
    missing = [package for package in NEEDS.get(peer, ()) if find_spec(package) is None]
    if missing:
        print(f"{peer} is left out: {', '.join(missing)} is not installed (`uv pip install --group bench`).")
    return not missing


def _machine() -> str:
    packages = []
    for name in ("polars", "fastexcel", "pandas", "duckdb", "openpyxl"):
        try:
            packages.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    load = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    return f"{load}, Python {platform.python_version()}, {', '.join(packages)}"


if __name__ == "__main__":
    raise SystemExit(main())
