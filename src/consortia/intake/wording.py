"""The words of a return as people write them, in English and Welsh, and what they stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from consortia.reference.taxonomy import services

MEASURES: dict[str, tuple[str, str]] = {
    "employees": ("Employees", "Gweithwyr"),
    "running_expenses": ("Running expenses", "Costau rhedeg"),
    "third_party_payments": ("Third-party payments", "Taliadau trydydd parti"),
    "transfer_payments": ("Transfer payments", "Taliadau trosglwyddo"),
    "support_services": ("Support services recharged in", "Gwasanaethau cymorth a ailgodir"),
    "internal_purchases": ("Bought from own services", "Prynwyd gan wasanaethau mewnol"),
    "capital_charges": ("Capital charges", "Taliadau cyfalaf"),
    "total_expenditure": ("Total expenditure without capital charges", "Cyfanswm gwariant heb daliadau cyfalaf"),
    "sales_fees_charges": ("Sales, fees and charges", "Gwerthiannau, ffioedd a thaliadau"),
    "other_income": ("Other income", "Incwm arall"),
    "specific_grants": ("Specific grants", "Grantiau penodol"),
    "internal_income": ("Sold to own services", "Gwerthwyd i wasanaethau mewnol"),
    "total_income": ("Total income", "Cyfanswm incwm"),
    "net_current_expenditure": ("Net current expenditure", "Gwariant cyfredol net"),
}
STATUSES: dict[str, tuple[str, str]] = {
    "known": ("Known", "Hysbys"),
    "not_known": ("Not known", "Ddim yn hysbys"),
    "not_provided": ("Not provided", "Heb ei ddarparu"),
}
COLUMNS: dict[str, tuple[str, str]] = {
    "year": ("Year", "Blwyddyn"),
    "service": ("Service", "Gwasanaeth"),
    "measure": ("Measure", "Mesur"),
    "amount": ("Amount (£)", "Swm (£)"),
    "status": ("Status", "Statws"),
    "value": ("Value", "Gwerth"),
    "source": ("Source", "Ffynhonnell"),
}
# Other words that people use for the same column; thousands are not among them, on purpose.
OTHER_WORDS = {"financial year": "year", "blwyddyn ariannol": "year", "service code": "service", "amount": "amount",
               "swm": "amount", "amount £": "amount", "pounds": "amount", "volume": "value"}  # fmt: skip
# How published tables and finance teams mark a figure that they do not have.
NOT_KNOWN_MARKS = frozenset({"[x]", "[z]", "..", "n/k", "not known", "unknown", "ddim yn hysbys"})


def plain(text: Any) -> str:
    """Small letters and single blanks, for comparing words."""
    return re.sub(r"\s+", " ", str(text).replace("\u00a0", " ")).strip().casefold()


def label(words: tuple[str, str], code: str) -> str:
    """The words in both languages with the code in brackets, as the blank return's lists show them."""
    return f"{words[0]} / {words[1]} [{code}]"


def column_of(heading: Any) -> str | None:
    """The column that a heading names, in either language or in both ("Year / Blwyddyn"); None for any other."""
    whole = plain(heading)
    for part in (whole, *(part.strip() for part in whole.split("/"))):
        found = _columns().get(part)
        if found:
            return found
    return None


def measure_of(text: str) -> str | None:
    """The measure that the words or the code name; None when nothing answers to them."""
    return _found(text, _codes_by_word("measures"))


def status_of(text: str) -> str | None:
    """The status that the words or the code name; None when nothing answers to them."""
    return _found(text, _codes_by_word("statuses"))


def service_of(text: str) -> str | None:
    """The service that the words, in either language, or the code name; None when nothing answers to them."""
    return _found(text, _codes_by_word("services"))


def measure_words() -> tuple[str, ...]:
    """Words and codes of every measure, for suggestions."""
    return tuple(word for code, (english, _) in MEASURES.items() for word in (code, english))


def service_words() -> tuple[str, ...]:
    """Names and codes of every service, for suggestions."""
    return tuple(word for one in services() for word in (one.name, one.code))


def _found(text: str, codes: Mapping[str, str]) -> str | None:
    bracketed = re.search(r"\[([a-z0-9_.]+)\]\s*$", text)
    return codes.get(bracketed[1] if bracketed else plain(text))


@cache
def _columns() -> dict[str, str]:
    words = {plain(word): column for column, pair in COLUMNS.items() for word in (*pair, column)}
    return words | OTHER_WORDS


@cache
def _codes_by_word(kind: str) -> dict[str, str]:
    if kind == "services":
        pairs = {one.code: (one.name, one.name_cy) for one in services()}
    else:
        pairs = MEASURES if kind == "measures" else STATUSES
    words = {plain(word): code for code, pair in pairs.items() for word in pair if word}
    return words | {code.casefold(): code for code in pairs} | {plain(code.replace("_", " ")): code for code in pairs}
