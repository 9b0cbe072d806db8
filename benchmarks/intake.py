"""Ledgers in: ten partners' files in ten layouts to one table of pence, ours against pandas, duckdb and plain Python.

    python benchmarks/intake.py            ten files of 1,000,000 lines, and a workbook of 100,000: some minutes
    python benchmarks/intake.py --book     the workbook only
    python benchmarks/intake.py --quick    does it run at all? 20,000 lines a file

Every competitor lives in a process of its own and reads the same seeded files in interleaved rounds. Times are CPU
seconds of that process; memory is its peak. Each reading must meet every file's control total to the penny, and keep
file and row of each line; one that does not ends the run with code 1.
What is compared, and how to read it: benchmarks/README.md. The files are made by intake_ledgers.py and read by
intake_ours.py, intake_competitors.py and intake_limits.py.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

NEEDS = {"pandas": ("pandas", "pyarrow"), "duckdb": ("duckdb",), "openpyxl": ("openpyxl",)}
TEXT_PEERS = ("ours", "pandas", "duckdb", "csv and Decimal", "limit: text only")
BOOK_PEERS = ("ours", "openpyxl", "limit: unzip", "limit: reader")
FILES = 10
# Plain Python would take minutes: it reads two of the ten files, and its times are scaled.
SCALED = {"csv and Decimal": 5}
# Each reads in a process of its own, which imports nothing of the others: module and function.
TASKS = {
    "text ours": ("intake_ours", "files"),
    "text pandas": ("intake_competitors", "pandas"),
    "text duckdb": ("intake_competitors", "duckdb"),
    "text csv and Decimal": ("intake_competitors", "csv_and_decimal"),
    "text limit: text only": ("intake_limits", "text_only"),
    "book ours": ("intake_ours", "book"),
    "book openpyxl": ("intake_competitors", "openpyxl_book"),
    "book limit: unzip": ("intake_limits", "unzip"),
    "book limit: reader": ("intake_limits", "reader_alone"),
}


def work(task: str, folder: str) -> None:
    """Does one task in this process and prints its CPU seconds, wall, peak memory and totals."""
    for package in NEEDS.get(task.split(" ", 1)[1], ()):
        import_module(package)
    module, function = TASKS[task]
    read = getattr(import_module(module), function)
    with tempfile.TemporaryDirectory(dir=folder) as out:
        # Imports come before the clock starts: they are paid once, not per file.
        before, began = time.process_time(), time.perf_counter()
        totals = read(Path(folder), Path(out))
        cpu, wall = time.process_time() - before, time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"cpu": cpu, "wall": wall, "peak": peak, "totals": totals}))


def main() -> int:
    """Writes the files, lets the competitors take turns, prints the tables; 1 when a total is not met."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--quick", action="store_true")
    options.add_argument("--book", action="store_true")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--work", nargs=2, help=argparse.SUPPRESS)
    options.add_argument("--make", nargs=3, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.make:
        print(json.dumps(make(*chosen.make)))
        return 0
    if chosen.work:
        work(*chosen.work)
        return 0
    rows, book_rows, rounds = (20_000, 5_000, 1) if chosen.quick else (1_000_000, 100_000, chosen.rounds)
    with tempfile.TemporaryDirectory() as folder:
        good = chosen.book or _texts(Path(folder), rows, rounds)
        total = _made("book", folder, book_rows)
        print(f"\nOne workbook of {book_rows:,} lines; {_machine()}")
        return 0 if contest("book", BOOK_PEERS, Path(folder), book_rows, total, rounds=rounds) and good else 1


def make(kind: str, folder: str, rows: str) -> list[int]:
    """Writes the text files or the workbook, and gives the control totals in pence."""
    ledgers = import_module("intake_ledgers")
    if kind == "book":
        return [ledgers.write_book(Path(folder) / "book.xlsx", int(rows))]
    totals: list[int] = ledgers.write_files(Path(folder), int(rows))
    return totals


def _texts(folder: Path, rows: int, rounds: int) -> bool:
    totals = _made("text", str(folder), rows)
    size = sum(path.stat().st_size for path in folder.iterdir())
    print(f"{FILES} files of {rows:,} lines, {size / 1e6:,.0f} MB; {_machine()}")
    return contest("text", TEXT_PEERS, folder, rows * FILES, totals, rounds=rounds)


def _made(kind: str, folder: str, rows: int) -> list[int]:
    """Made in a process of its own: a child's peak memory begins with that of its parent."""
    words = [sys.executable, __file__, "--make", kind, folder, str(rows)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    totals: list[int] = json.loads(done.stdout)
    return totals


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
        scale = SCALED.get(peer, 1)
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
