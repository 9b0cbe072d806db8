"""Postings of a ledger that are in no line of the return: why, and what they are, so that nothing leaves unseen."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import polars as pl

from consortia.intake.mapping.codes import SIDES
from consortia.intake.mapping.postings import is_capital
from consortia.money import from_pence
from consortia.study import MappingLine
from consortia.study.ledger_origin import LeftOut
from consortia.study.mapping import EXCLUDED

GROUP = ["financial_year", "reason", "code"]


def reason_of(rows: pl.DataFrame, years: Collection[str]) -> pl.Expr:
    """Why a mapped posting is in no line (a reason of LeftOut); empty when it is in one. No `years`: all count."""
    year = pl.col("financial_year").fill_null("")
    elsewhere = ~year.is_in(list(years)) if years else pl.lit(False)
    return (
        pl.when(year == "").then(pl.lit("no_year"))
        .when(elsewhere).then(pl.lit("another_year"))
        .when(is_capital(rows)).then(pl.lit("capital"))
        .when(pl.col("fate") == EXCLUDED).then(pl.lit("excluded"))
        .otherwise(pl.lit(""))
    )  # fmt: skip


def left_out_of(rows: pl.DataFrame, mapping: Iterable[MappingLine]) -> tuple[LeftOut, ...]:
    """The postings that have a `reason`, added up by year, reason and excluded code; nominal pounds."""
    excluded = [line for line in mapping if line.target == EXCLUDED]
    told: dict[tuple[str, str], str] = {(line.side, line.local): _told(line) for line in excluded}
    which = [
        pl.when(pl.col(f"to_{side}") == EXCLUDED).then(pl.concat_str(pl.lit(f"{side}/"), f"local_{side}"))
        for side in SIDES
    ]
    coded = rows.with_columns(
        pl.col("financial_year").fill_null(""),
        code=pl.when(pl.col("reason") == EXCLUDED).then(pl.coalesce(which)).otherwise(pl.lit("")),
    )
    sums = coded.group_by(GROUP).agg(pl.col("ledger_pence").sum()).sort(GROUP)
    return tuple(
        LeftOut(year=year, reason=reason, words=_words(code, told), amount=from_pence(pence))
        for year, reason, code, pence in sums.select(*GROUP, "ledger_pence").iter_rows()
    )


def _words(code: str, told: dict[tuple[str, str], str]) -> str:
    side, _, local = code.partition("/")
    return told.get((side, local), local)


def _told(line: MappingLine) -> str:
    """Code, words and reason of an exclusion: 5000 Suspense (balance sheet)."""
    named = line.words if line.words.startswith(line.local) else f"{line.local} {line.words}".strip()
    return f"{named} ({line.reason})" if line.reason else named
