"""Text that a spreadsheet would run as a formula: found in what is read, made harmless in what is written."""

from __future__ import annotations

import re

import polars as pl

# An apostrophe in front makes every spreadsheet show the text as it stands.
GUARD = "'"
_STARTS = ("=", "+", "-", "@", "\t", "\r")
_HARMLESS = re.compile(r"[+-]?[\d.,\s%()-]*")


def is_formula_text(text: str) -> bool:
    """True for text that begins with = + - @ and is no mere number, dash or telephone number."""
    return text.startswith(_STARTS) and not _HARMLESS.fullmatch(text)


def neutralised(text: str) -> str:
    """The text as it may be written to a CSV or a workbook: formula text behind an apostrophe."""
    return GUARD + text if is_formula_text(text) else text


def may_be_formula(texts: pl.Series) -> pl.Series:
    """A quick look at the first letter, by comparing: true for every formula text, and for little else."""
    # All of the marks stand before the letters, where most texts begin, and on either side of the figures.
    early = texts < "A"
    if not early.any():
        return early
    return early & (texts > "") & ~((texts >= "0") & (texts < ":"))


def is_formula(column: str) -> pl.Expr:
    """`is_formula_text` over a column."""
    text = pl.col(column)
    starts = pl.any_horizontal([text.str.starts_with(mark) for mark in _STARTS])
    return starts & ~text.str.contains(rf"^{_HARMLESS.pattern}$")


def neutralised_column(column: str) -> pl.Expr:
    """`neutralised` over a column."""
    return pl.when(is_formula(column)).then(pl.lit(GUARD) + pl.col(column)).otherwise(pl.col(column)).alias(column)
