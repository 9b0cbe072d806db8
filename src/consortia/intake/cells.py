"""What one cell of a return says, or one sentence on why it cannot be read."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from consortia.errors import UnknownReference, suggest
from consortia.intake.wording import (
    NOT_KNOWN_MARKS,
    measure_of,
    measure_words,
    plain,
    service_of,
    service_words,
    status_of,
)
from consortia.money import pounds_from_text
from consortia.periods import FinancialYear
from consortia.reference.prices import deflator

# No authority of Great Britain spends a tenth of this; beyond it a figure is a slip of the keys.
LARGEST = Decimal(10) ** 12


class CellFault(ValueError):
    """A cell that cannot be read: the sentence, what to do about it, and the words to fill in both."""

    def __init__(self, sentence: str, remedy: str, **values: str) -> None:
        super().__init__(sentence.format(**values))
        self.sentence = sentence
        self.remedy = remedy
        self.values = tuple(values.items())


def read_year(value: Any) -> str:
    """A financial year such as 2024-25."""
    if isinstance(value, datetime.date):
        date = f"{value:%Y-%m-%d}"
        raise CellFault("The year is the date {date}.", "Write the financial year as text: 2024-25.", date=date)
    text = _text(value)
    if not text:
        raise CellFault("The year is blank.", "Write the financial year: 2024-25.")
    try:
        return str(FinancialYear.parse(text))
    except ValueError:
        raise CellFault("'{text}' is not a financial year.", "Write it as 2024-25.", text=_shown(text)) from None


def read_year_of(value: Any, years: Collection[str]) -> str:
    """A financial year among `years`, or where none is named any year whose prices can be converted."""
    year = read_year(value)
    if years and year not in years:
        raise CellFault(
            "{year} is no year of this study, which has {years}.", "Correct the year, or leave the row out.",
            year=year, years=", ".join(sorted(years)),
        )  # fmt: skip
    try:
        deflator(FinancialYear.parse(year))
    except UnknownReference:
        raise CellFault(
            "The prices of {year} are not known.", "Correct the year, or leave the row out.", year=year
        ) from None
    return year


def read_service(value: Any) -> str:
    """The code of a service."""
    found = service_of(_filled(value))
    if found is None:
        shown, hint = _shown(value), _hint(value, service_words())
        raise CellFault("'{text}' is not a service of the taxonomy.", "{hint}", text=shown, hint=hint)
    return found


def read_measure(value: Any) -> str:
    """The code of a measure."""
    found = measure_of(_filled(value))
    if found is None:
        shown, hint = _shown(value), _hint(value, measure_words())
        raise CellFault("'{text}' is not a measure of cost or income.", "{hint}", text=shown, hint=hint)
    return found


def read_number(value: Any) -> Decimal | None:
    """An exact number; None where the cell is blank or marked as not known, which is never zero."""
    if isinstance(value, bool | datetime.date | datetime.time | datetime.timedelta):
        shown = _shown(value)
        raise CellFault("There is '{text}' where an amount belongs.", "Format the cell as a number.", text=shown)
    if isinstance(value, int | float):
        number = Decimal(repr(value))
    elif not _text(value) or plain(value) in NOT_KNOWN_MARKS:
        return None
    else:
        number = _number_from(_text(value))
    if not -LARGEST < number < LARGEST:
        raise CellFault("{text} is beyond any council's budget.", "Correct the amount.", text=_shown(value))
    return number


def read_status(value: Any, amount: Decimal | None) -> str:
    """known, not_known or not_provided; a blank status follows from the amount."""
    text = _text(value)
    if not text:
        return "not_known" if amount is None else "known"
    status = status_of(text)
    if status is None:
        raise CellFault(
            "'{text}' is not a status.", "Write Known, Not known or Not provided, or leave it blank.", text=_shown(text)
        )
    if status == "known" and amount is None:
        raise CellFault(
            "The status is Known but there is no amount.", "Give the amount (0 if nil), or choose Not known."
        )
    if status != "known" and amount is not None:
        raise CellFault(
            "There is an amount, yet the status is '{text}'.", "Clear the amount, or choose Known.", text=_shown(text)
        )
    return status


def _filled(value: Any) -> str:
    text = _text(value)
    if not text:
        raise CellFault("The cell is blank.", "Choose a word from the list of the blank return.")
    return text


def _hint(value: Any, known: tuple[str, ...]) -> str:
    text = _text(value)
    near = suggest(text.capitalize(), known) or suggest(text.lower(), known)
    return near or "Choose a word from the list of the blank return."


def _number_from(text: str) -> Decimal:
    try:
        return pounds_from_text(text)
    except (ValueError, ArithmeticError):
        raise CellFault(
            "'{text}' is text in a number column.",
            "Write the amount in pounds as a number; leave it blank where it is not known.",
            text=_shown(text),
        ) from None


def _text(value: Any) -> str:
    """The cell as text; a whole number that a spreadsheet keeps as 2024.0 is read as 2024."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).replace("\u00a0", " ").strip()


def _shown(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 40 else f"{text[:37]}..."
