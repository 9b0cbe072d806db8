"""The partner's own codes in a ledger, on each of the two sides that are mapped: what was it for, what was bought."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from consortia.study.mapping import Side

# The columns of a ledger that say it, the most telling first; a ledger may have any of them.
NAMING = {
    "service": ("cost_centre_code", "cost_centre", "service_text", "directorate_text"),
    "cost_type": ("account_code", "account", "account_group"),
}
DESCRIBING = {"service": ("cost_centre", "service_text", "directorate_text"), "cost_type": ("account", "account_group")}
SIDES: tuple[Side, ...] = ("service", "cost_type")


@dataclass(frozen=True, slots=True)
class LocalCode:
    """One code of a partner's ledger with the partner's words for it, its postings and their gross amount in pence.

    `without_amount` of the postings have an amount that is not known, and are in no sum.
    """

    side: Side
    local: str
    words: str
    postings: int
    gross_pence: int
    without_amount: int = 0


def with_codes(ledger: pl.DataFrame) -> pl.DataFrame:
    """The ledger with the columns `local_service` and `local_cost_type`; an empty text where a row has neither."""
    return ledger.with_columns(_first(ledger, NAMING[side]).alias(f"local_{side}") for side in SIDES)


def codes_of(ledger: pl.DataFrame) -> tuple[LocalCode, ...]:
    """Every local code of the ledger, the largest gross first; the order of the rows is of no account."""
    coded = with_codes(ledger)
    return tuple(code for side in SIDES for code in _codes(coded, side))


def _codes(coded: pl.DataFrame, side: Side) -> list[LocalCode]:
    words = pl.concat_str([_text(coded, name) for name in DESCRIBING[side]], separator=" / ").alias("words")
    sums = (
        coded.select(pl.col(f"local_{side}").alias("local"), words, pl.col("amount_pence").abs())
        .group_by("local", "words")
        .agg(
            pl.len().alias("postings"),
            pl.col("amount_pence").null_count().alias("unknown"),
            pl.col("amount_pence").sum(),
        )
        .sort("postings", "words", descending=[True, False])
        .group_by("local", maintain_order=True)
        .agg(pl.col("words").first(), pl.col("postings", "unknown", "amount_pence").sum())
        .sort("amount_pence", "local", descending=[True, False])
    )
    return [
        LocalCode(side, local, _plain(words), count, pence, unknown)
        for local, words, count, pence, unknown in sums.select(
            "local", "words", "postings", "amount_pence", "unknown"
        ).iter_rows()
    ]


def _first(ledger: pl.DataFrame, names: tuple[str, ...]) -> pl.Expr:
    texts = [_text(ledger, name) for name in names]
    return pl.coalesce(*(pl.when(text != "").then(text) for text in texts), pl.lit(""))


def _text(ledger: pl.DataFrame, name: str) -> pl.Expr:
    if name not in ledger.columns:
        return pl.lit("")
    return pl.col(name).cast(pl.String).str.strip_chars().fill_null("")


def _plain(words: str) -> str:
    """The parts that say something, each once."""
    parts = (part.strip() for part in words.split(" / "))
    return " / ".join(dict.fromkeys(part for part in parts if part))
