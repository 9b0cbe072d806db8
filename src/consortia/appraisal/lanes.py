"""Operations on yearly amounts of draws side by side: rows [year, lane].

Only `appraise_draws` keeps its compiled code, so that these are compiled with it, and never older than it.
"""

from __future__ import annotations

from numba import njit

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.fused import fused
from consortia.appraisal.layout import IntArray

LANES = 256
"""Draws side by side: what they need in a year stays near the processor. Spare lanes are worked out too."""


@njit()
def fill(rows: FloatArray, value: float) -> None:
    """Sets all amounts."""
    for t in range(rows.shape[0]):
        for i in range(LANES):
            rows[t, i] = value


@njit()
def copy(row: FloatArray, to: FloatArray) -> None:
    """Copies the first row."""
    for i in range(LANES):
        to[0, i] = row[0, i]


@njit()
def add(times: float, amount: FloatArray, total: FloatArray) -> None:
    """Adds an amount so many times."""
    for t in range(total.shape[0]):
        for i in range(LANES):
            total[t, i] += times * amount[t, i]


@njit()
def discount(sign: float, factors: FloatArray, amount: FloatArray, worth: FloatArray) -> None:
    """Adds the present value of an amount to a worth [lane]; a sign of 0: it does not count."""
    if sign != 0.0:
        for t in range(factors.size):
            factor = sign * factors[t]
            for i in range(LANES):
                worth[i] += factor * amount[t, i]


@njit()
def leave(
    driver: IntArray, size: FloatArray, cap: FloatArray, parts: range, begin: int, end: int, driven: FloatArray,
    left: FloatArray,
) -> None:  # fmt: skip
    """What the parts of a line leave of it, together, in years `begin` to `end`, the last one left out: prod(1 - f)."""
    years = left.shape[0]
    for t in range(begin, end):
        for i in range(LANES):
            left[t, i] = 1.0
    for part in parts:
        row, times, least = driver[part] * years, -size[part], 1.0 - cap[part]
        for t in range(begin, end):
            for i in range(LANES):
                left[t, i] *= max(fused(times, driven[row + t, i], 1.0), least)
