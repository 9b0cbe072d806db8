"""What one cell of a return says, or one sentence on why it cannot be read."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from consortia.errors import suggest
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
        remedy = "Write the financial year as text: 2024-25."
        raise CellFault("The year is the date {date}.", remedy, date=f"{value:%Y-%m-%d}")
    text = _text(value)
    if not text:
        raise CellFault("The year is blank.", "Write the financial year: 2024-25.")
    try:
        return str(FinancialYear.parse(text))
    except ValueError:
        raise CellFault("'{text}' is not a financial year.", "Write it as 2024-25.", text=_shown(text)) from None


def read_service(value: Any) -> str:
    """The code of a service."""
    return _read_word(value, service_of, service_words, "'{text}' is not a service of the taxonomy.")


def read_measure(value: Any) -> str:
    """The code of a measure."""
    return _read_word(value, measure_of, measure_words, "'{text}' is not a measure of cost or income.")


def read_number(value: Any) -> Decimal | None:
    """An exact number; None where the cell is blank or marked as not known, which is never zero."""
    if isinstance(value, bool | datetime.date | datetime.time | datetime.timedelta):
        sentence = "There is '{text}' where an amount belongs."
        raise CellFault(sentence, "Format the cell as a number and write the amount in pounds.", text=_shown(value))
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
        remedy = "Write Known, Not known or Not provided, or leave it blank."
        raise CellFault("'{text}' is not a status.", remedy, text=_shown(text))
    if status == "known" and amount is None:
        remedy = "Give the amount (0 if nil), or choose Not known."
        raise CellFault("The status is Known but there is no amount.", remedy)
    if status != "known" and amount is not None:
        remedy = "Clear the amount, or choose Known."
        raise CellFault("There is an amount, yet the status is '{text}'.", remedy, text=_shown(text))
    return status


def _read_word(
    value: Any, code_of: Callable[[str], str | None], known: Callable[[], tuple[str, ...]], sentence: str
) -> str:
    text = _text(value)
    found = code_of(text)
    if found:
        return found
    if not text:
        raise CellFault("The cell is blank.", "Choose a word from the list of the blank return.")
    hint = suggest(text.capitalize(), known()) or suggest(text.lower(), known())
    remedy = "{hint}" if hint else "Choose a word from the list of the blank return."
    raise CellFault(sentence, remedy, text=_shown(text), hint=hint)


def _number_from(text: str) -> Decimal:
    try:
        return pounds_from_text(text)
    except (ValueError, ArithmeticError):
        remedy = "Write the amount in pounds as a number; leave it blank where it is not known."
        raise CellFault("'{text}' is text in a number column.", remedy, text=_shown(text)) from None


def _text(value: Any) -> str:
    """The cell as text; a whole number that a spreadsheet keeps as 2024.0 is read as 2024."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).replace("\u00a0", " ").strip()


def _shown(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 40 else f"{text[:37]}..."
