"""Discount factors from a schedule of rates that may fall over time.

Source: HM Treasury Green Book (2026), real social time preference rate; the schedule itself is reference data and an
argument here. Discounting applies to real values only: deflate first, and never discount a budget in cash.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from consortia.appraisal.arrays import FloatArray


class DiscountBands(Protocol):
    """A schedule of yearly rates: each band is (first year, last year or None for ever, rate)."""

    @property
    def bands(self) -> Sequence[tuple[int, int | None, float]]:
        """The bands, in any order, which together cover every year from 1 to the horizon."""


def discount_factors(schedule: DiscountBands, years: int) -> FloatArray:
    """The value today of a real pound in each of t = 0..`years`: DF(t) = product over k = 1..t of 1/(1 + r_k).

    t = 0 is the base year and is not discounted. Raises ValueError when the schedule gives no rate for a year.
    """
    rates = np.array([_rate(schedule, year) for year in range(1, years + 1)], dtype=np.float64)
    return np.concatenate([[1.0], np.cumprod(1.0 / (1.0 + rates))])


def _rate(schedule: DiscountBands, year: int) -> float:
    for first, last, rate in schedule.bands:
        if first <= year and (last is None or year <= last):
            return rate
    raise ValueError(f"the discount schedule has no rate for year {year}")
