"""The small values that records are made of: words in two languages, financial years, ranges."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, StringConstraints, model_validator

from consortia.periods import FinancialYear
from consortia.study.records import Record


def _is_financial_year(text: str) -> str:
    return str(FinancialYear.parse(text))


Year = Annotated[str, AfterValidator(_is_financial_year)]


def _is_a_day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise ValueError(f"'{text}' is not a day; write it as 2027-03-31") from None


Day = Annotated[str, AfterValidator(_is_a_day)]
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


class Range(Record):
    """Lowest, most likely and highest value that an expert would defend; read as a PERT distribution."""

    low: float
    mode: float
    high: float

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.low <= self.mode <= self.high:
            raise ValueError(f"low {self.low}, mode {self.mode}, high {self.high} must not fall")
        return self
