"""Ledger lines: what a council's ledger says of each posting, with the file, sheet and row it stands in."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import polars as pl
from pydantic import Field

from consortia.study.records import Record

LEDGER_FILE = "ledger.parquet"


class LedgerLine(Record):
    """One line of a ledger. Nominal pounds of its day; codes are text, so that their leading zeros stay."""

    partner: str
    file: str = Field(description="file that the line was read from")
    sheet: str = Field(default="", description="sheet of the workbook; empty for text files")
    row: int = Field(description="row of that sheet, counted from 1 as a spreadsheet shows it")
    date: datetime.date | None = Field(description="day of payment or posting; empty when the file gives none")
    financial_year: str = Field(default="", description="year of that day, 2024-25; empty without a day")
    cost_centre_code: str = ""
    cost_centre: str = ""
    account_code: str = ""
    account: str = ""
    service_text: str = Field(default="", description="the partner's own name of the service")
    directorate_text: str = Field(default="", description="the partner's own name of the directorate")
    supplier: str = ""
    description: str = ""
    amount_pence: int | None = Field(description="pence, nominal; empty when the file shows no readable amount")
    currency: str = "GBP"
    account_group: str = Field(default="", description="subjective group where the file gives one")
    supplier_code: str = ""
    reference: str = Field(default="", description="transaction number")
    capital_or_revenue: str = ""
    column: str = Field(default="", description="column of the amount, where each month has one; else empty")


LEDGER_SCHEMA: dict[str, Any] = {
    **dict.fromkeys(LedgerLine.model_fields, pl.String),
    "row": pl.UInt32,
    "date": pl.Date,
    "amount_pence": pl.Int64,
}


def empty_ledger() -> pl.DataFrame:
    """A ledger without lines."""
    return pl.DataFrame(schema=LEDGER_SCHEMA)


def ledger_path(folder: Path, partner: str) -> Path:
    """Where a study folder keeps a partner's ledger."""
    return folder / "returns" / partner / LEDGER_FILE


def read_ledger_table(folder: Path, partner: str) -> pl.LazyFrame | None:
    """A partner's ledger lines, read only as far as they are used; None when none was loaded."""
    path = ledger_path(folder, partner)
    if not path.exists():
        return None
    kept = pl.scan_parquet(path)
    missing = set(LEDGER_SCHEMA) - set(kept.collect_schema().names())
    # Columns without any text are not kept, and those of one text as one entry (ledger_store).
    return kept.with_columns([pl.lit("").alias(name) for name in sorted(missing)]).select(
        [pl.col(name).cast(dtype) for name, dtype in LEDGER_SCHEMA.items()]
    )
