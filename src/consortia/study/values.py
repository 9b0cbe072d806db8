"""The small values that records are made of: words in two languages, financial years, ranges."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, StringConstraints, model_validator

from consortia.findings import msgid
from consortia.periods import FinancialYear
from consortia.study.records import Record, Refused


def _is_financial_year(given: Any) -> str:
    """The year as it is written; YAML reads 2028 as a number, and of 40,000 among years it makes a year 0."""
    try:
        return str(FinancialYear.parse(str(given)))
    except ValueError:
        sentence = msgid("'{year}' is not a financial year; write it as 2024-25.")
        remedy = msgid("An amount beside it has no comma in it: 40000, not 40,000.") if given == 0 else ""
        raise Refused("no-financial-year", sentence, remedy, year=str(given)) from None


Year = Annotated[str, BeforeValidator(_is_financial_year)]


def _is_a_day(given: Any) -> str:
    """The day as it is written; YAML reads 2027-03-31 without quotation marks as a date."""
    try:
        return date.fromisoformat(str(given)).isoformat() if given else ""
    except ValueError:
        sentence = msgid("'{day}' is not a day; write it as 2027-03-31.")
        raise Refused("no-day", sentence, "", day=str(given)) from None


Day = Annotated[str, BeforeValidator(_is_a_day)]
"""A day written as 2027-03-31; empty where none is known."""
Key = Annotated[str, StringConstraints(pattern=r"^[^.|\s]+$")]
"""A key that can stand in the place of a field: `projects.libraries.effects.counter`."""


class Text(Record):
    """The same words in English and Welsh; Welsh may be empty, then the English is shown and marked as such."""

    en: str
    cy: str = ""

    def in_language(self, language: str) -> str:
        """The words in "en" or "cy"."""
        return self.cy or self.en if language == "cy" else self.en


FALLING = msgid("Lowest, most likely and highest value must not fall: {given}.")


class Range(Record):
    """Lowest, most likely and highest value that an expert would defend; read as a PERT distribution."""

    low: float
    mode: float
    high: float

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.low <= self.mode <= self.high:
            given = f"{self.low:g}, {self.mode:g}, {self.high:g}"
            raise Refused("range-order", FALLING, "", given=given)
        return self
