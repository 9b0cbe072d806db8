"""What day it is, for the calculating rooms, which have no clock of their own."""

from __future__ import annotations

from django.utils.timezone import localdate

from consortia.periods import FinancialYear

FIRST_MONTH = 4  # April


def this_year() -> FinancialYear:
    """The financial year of today."""
    today = localdate()
    return FinancialYear(today.year if today.month >= FIRST_MONTH else today.year - 1)
