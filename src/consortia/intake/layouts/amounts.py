"""Amounts as ledgers write them, read exactly: a careful reader for any text, a quick one for whole columns.

The quick reader goes from the plainest way of writing an amount to the fullest, each step over the texts that are left;
whatever it leaves goes through the careful reader: both give the same pence (tests/rules/test_ledger_rules.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

import polars as pl

from consortia.money import pounds_from_text

NIL = frozenset({"nil", "zero", "dim"})
# Marks of "there is no figure here", and the texts that spreadsheets show for a formula that failed.
NO_FIGURE = frozenset(
    {"", "n/a", "na", "n/k", "[x]", "[z]", "[c]", "..", ".", "*", "-", "–", "—", "nil return", "null", "none", "tbc"}
)
FORMULA_ERRORS = frozenset(
    {"#error!", "#name?", "#n/a", "#ref!", "#div/0!", "#value!", "#num!", "#null!", "#spill!", "#calc!", "########"}
)
# No authority of Great Britain pays a tenth of this in one line; beyond it a figure is a slip of the keys.
LARGEST = Decimal(10) ** 11

_SIGN_WORD = re.compile(r"\s*(CR|DR)\s*$", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:\.\d*)?|\.\d+")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d*)?")
_POWER = re.compile(r"[+-]?\d+(?:\.\d*)?E[+-]?\d{1,2}", re.IGNORECASE)
_PENCE = re.compile(r"\d\.\d\d(?!\d)")
# A figure of a spreadsheet carries binary noise after the fifteenth digit; a tenth of a penny is no noise.
NOISE = Decimal("0.00001")
# What polars' own regular expressions take for one amount: one sign at most, and commas only before three digits.
_FIGURE = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?"
_WRITTEN = rf"^ *(?:(?:-? ?£? ?|£ ?- ?){_FIGURE}|\(£? ?{_FIGURE}\)|£? ?{_FIGURE} ?-) *$"


@dataclass(frozen=True)
class Reading:
    """What an amount says: exact pence, or None with the reason."""

    pence: int | None
    fault: Literal["", "no_figure", "formula_error", "not_a_number", "too_large", "part_of_a_penny"] = ""


def read_amount(text: str, *, unit: int = 1) -> Reading:
    """Exact pence of an amount in pounds (`unit` 1) or thousands of pounds (1000).

    Knows £, thousands commas, brackets, a minus before or after, CR and DR, `1.2E+5`. Parts of a penny are rounded half
    to even and said so. A comma before other than three digits is refused: it might be a decimal comma.
    """
    bare = text.replace("\u00a0", " ").strip()
    if bare.casefold() in FORMULA_ERRORS or (bare.startswith("#") and bare.strip("#") == ""):
        return Reading(None, "formula_error" if bare else "no_figure")
    if bare.casefold() in NIL:
        return Reading(0)
    if bare.strip("£$ ").casefold() in NO_FIGURE:
        return Reading(None, "no_figure")
    pounds = _pounds(bare)
    if pounds is None:
        return Reading(None, "not_a_number")
    pence = pounds * unit * 100
    if abs(pounds * unit) >= LARGEST:
        return Reading(None, "too_large")
    whole = pence.to_integral_value()
    return Reading(int(whole), "" if abs(pence - whole) <= NOISE * 100 else "part_of_a_penny")


def quick_pence(texts: pl.Series, *, unit: int = 1) -> pl.Series:
    """Pence as Int64 where a text plainly is an amount; null where only the careful reader may tell."""
    pounds = texts.cast(pl.Float64, strict=False)
    for read in (_marked, _written):
        left = (pounds.is_null() & texts.is_not_null()).arg_true()
        if left.is_empty():
            break
        # Where all are left, as in a column of pound signs, picking them out would take longer than reading them.
        is_all = len(left) == len(texts)
        pounds = read(texts) if is_all else pounds.scatter(left, read(texts.gather(left)))
    return _whole_pence(pounds, unit)


def _marked(texts: pl.Series) -> pl.Series:
    """Pounds of the texts that are plain figures behind a pound sign."""
    if not (texts >= "£").any():
        return pl.Series([None], dtype=pl.Float64).new_from_index(0, len(texts))
    return texts.str.strip_prefix("£").cast(pl.Float64, strict=False)


def _written(texts: pl.Series) -> pl.Series:
    """Pounds of the texts with commas, spaces, brackets, or a minus before or behind."""
    figures = texts.str.strip_chars("£()- ").str.replace_all(",", "", literal=True).cast(pl.Float64, strict=False)
    parts = {"figure": figures, "good": texts.str.contains(_WRITTEN), "minus": texts.str.contains("[(-]")}
    figure = pl.when("minus").then(-pl.col("figure")).otherwise("figure")
    return pl.DataFrame(parts).select(pl.when("good").then(figure)).to_series()


def _whole_pence(pounds: pl.Series, unit: int) -> pl.Series:
    pence = pounds * (100 * unit)
    whole = pence.round()
    plain = ((pence - whole).abs() < 0.001) & (whole.abs() < float(LARGEST) * 100)
    if not plain.all(ignore_nulls=False):
        whole = whole.set(~plain.fill_null(False), None)
    return whole.cast(pl.Int64)


def careful_pence(texts: pl.Series, *, unit: int = 1) -> pl.DataFrame:
    """`pence` and `fault` of every text by the careful reader, each distinct text read once."""
    distinct = texts.unique()
    read = [read_amount(text or "", unit=unit) for text in distinct]
    table = pl.DataFrame(
        {"text": distinct, "pence": [one.pence for one in read], "fault": [one.fault for one in read]},
        schema={"text": pl.String, "pence": pl.Int64, "fault": pl.String},
    )
    joined = texts.rename("text").to_frame().join(table, on="text", how="left", nulls_equal=True, maintain_order="left")
    return joined.select("pence", "fault")


def looks_like_amount(text: str) -> bool:
    """True for a text that the careful reader reads as a figure."""
    return read_amount(text).pence is not None


def shows_pence(text: str) -> bool:
    """True for an amount written with two decimal places, as pounds are and thousands of pounds seldom."""
    return _PENCE.search(text) is not None


def _pounds(bare: str) -> Decimal | None:
    sign_word = _SIGN_WORD.search(bare)
    body = _SIGN_WORD.sub("", bare)
    if _POWER.fullmatch(body):
        return Decimal(body)
    digits = re.sub(r"[£\s()\u2212-]", "", body).lstrip("+")
    if not (_NUMBER.fullmatch(digits) or _GROUPED.fullmatch(digits)) or body.count("-") + body.count("\u2212") > 1:
        return None
    if "(" in body and "-" in body:
        # Whether "(-5.00)" means five or minus five, nobody can tell.
        return None
    if not re.fullmatch(r"[(£\s+\u2212-]*[\d.,]+[)\s\u2212-]*", body) or body.count("(") != body.count(")"):
        return None
    try:
        pounds = pounds_from_text(body.replace("+", ""))
    except (ValueError, InvalidOperation):
        return None
    return -abs(pounds) if sign_word and sign_word[1].upper() == "CR" else pounds
