"""Ledgers in by the project itself: a confirmed layout, as a council loads its ledger every month."""

from __future__ import annotations

from pathlib import Path

import consortia  # noqa: F401 - before anything loads polars, as in use: it says how long freed memory is kept

# isort: split
import fastexcel  # noqa: F401 - imports are paid once, not per file
from intake_ledgers import BOOK_HEADINGS, FORMS

from consortia.intake.layouts.document import Layout, LayoutColumn
from consortia.intake.ledger_files import read_ledger
from consortia.study.ledger_store import write_parquet


def files(folder: Path, out: Path) -> list[int]:
    """The ten text files, each to a Parquet table."""
    totals = []
    for number, form in enumerate(FORMS):
        read = read_ledger(folder / f"{number}.csv", _layout(f"P{number}", form.headings))
        write_parquet(read.lines, out / f"{number}.parquet")
        totals.append(read.sum_pence)
    return totals


def book(folder: Path, out: Path) -> list[int]:
    """The workbook, lines and all."""
    del out
    return [read_ledger(folder / "book.xlsx", _layout("P", BOOK_HEADINGS)).sum_pence]


def _layout(partner: str, headings: dict[str, str]) -> Layout:
    columns = [LayoutColumn.model_validate({"role": role, "heading": heading}) for role, heading in headings.items()]
    return Layout(partner=partner, columns=tuple(columns))
