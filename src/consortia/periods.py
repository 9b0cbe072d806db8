"""Years as councils use them, financial (April to March) and academic, and the price base of a series."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

# An academic year has five of its twelve months in the financial year that follows it (April to August).
MONTHS_OF_EARLIER_ACADEMIC_YEAR = 5


@dataclass(frozen=True, slots=True, order=True)
class FinancialYear:
    """A year from 1 April of `start` to 31 March, written "2024-25"."""

    start: int

    @classmethod
    def parse(cls, text: str) -> FinancialYear:
        """Reads "2024-25", "2024/25" or "2024-2025"; raises ValueError for anything else."""
        match = re.fullmatch(r"\s*(\d{4})\s*[-/\u2013]\s*(\d{2}|\d{4})\s*", text)
        if not match or int(match[2]) % 100 != (int(match[1]) + 1) % 100:
            raise ValueError(f"'{text}' is not a financial year; write it as 2024-25")
        return cls(int(match[1]))

    def plus(self, years: int) -> FinancialYear:
        """The financial year that many years later."""
        return FinancialYear(self.start + years)

    def __str__(self) -> str:
        return f"{self.start}-{(self.start + 1) % 100:02d}"


@dataclass(frozen=True, slots=True)
class PriceBase:
    """Whether a series is in cash of each year (nominal) or in the prices of one year (real)."""

    year: FinancialYear | None = None

    @property
    def is_real(self) -> bool:
        """True when the series is in the prices of one year."""
        return self.year is not None

    def __str__(self) -> str:
        return f"real, {self.year} prices" if self.year else "nominal (cash of each year)"


NOMINAL = PriceBase()


def financial_from_academic(earlier: Decimal, later: Decimal) -> Decimal:
    """A financial year's share of two academic years, evenly spread: 5/12 of the earlier and 7/12 of the later.

    The earlier academic year gives April to August, the later September to March (the usual DfE split).
    """
    months = MONTHS_OF_EARLIER_ACADEMIC_YEAR
    return (earlier * months + later * (12 - months)) / 12
