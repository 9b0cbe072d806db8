"""How savings and costs spread over the years: ramps, delays, phasing, savings that lapse, and the budget's view.

Source: methods.md 5.6. A profile has one value for each of t = 0..horizon; t = 0 is the base year.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isclose

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.refusals import AppraisalError

MONTHS_IN_YEAR = 12


@dataclass(frozen=True, slots=True)
class Phasing:
    """How a change comes in: parts of the steady-state saving and of the set-up cost, year by year from its start."""

    benefits: tuple[float, ...]
    """What each year adds to the yearly saving, as parts of the steady state; (.1, .4, .4, .1) reaches it in four."""
    costs: tuple[float, ...]
    """What each year pays of the set-up cost; (.3, .5, .2) over three years."""

    def __post_init__(self) -> None:
        """Refuse parts that do not add up to one: money would be lost or invented."""
        for what, parts in (("benefit", self.benefits), ("cost", self.costs)):
            if min(parts, default=-1.0) < 0 or not isclose(sum(parts), 1.0, abs_tol=1e-9):
                raise AppraisalError(
                    f"The {what} phasing {parts} does not add up to one with no part below zero.",
                    remedy=f"Change the parts of the {what} phasing so that they do.",
                )

    @property
    def first_two_years(self) -> float:
        """Saving planned for the first two years together, per pound of saving a year in the steady state."""
        return float(np.sum(cumulative_ramp(self.benefits, start=0, horizon=1)))


def cumulative_ramp(increments: Sequence[float], *, start: int, horizon: int) -> FloatArray:
    """The part of the steady-state saving reached in each year, 0 before `start`, rising by the increments."""
    return np.cumsum(phased(increments, start=start, horizon=horizon))


def phased(parts: Sequence[float], *, start: int, horizon: int) -> FloatArray:
    """The parts laid out year by year from `start`; what falls after the horizon is not seen."""
    profile = np.zeros(horizon + 1)
    seen = list(parts)[: max(horizon + 1 - start, 0)]
    profile[start : start + len(seen)] = seen
    return profile


def running(*, start: int, horizon: int) -> FloatArray:
    """One in every year from `start` to the horizon, zero before."""
    return (np.arange(horizon + 1) >= start).astype(np.float64)


def delayed(profile: FloatArray, months: FloatArray | float) -> FloatArray:
    """The profile shifted later by whole and part months; one row for each delay (a single delay gives one row).

    A part of a year is taken pro rata between the two neighbouring whole years. Before t = 0 there is nothing.
    """
    shift = np.atleast_1d(np.asarray(months, dtype=np.float64)) / MONTHS_IN_YEAR
    if np.any(shift < 0):
        raise ValueError("a delay cannot be negative")
    whole = np.floor(shift).astype(np.int64)
    part = (shift - whole)[:, None]
    return (1 - part) * _moved(profile, whole) + part * _moved(profile, whole + 1)


def persisted(new: Sequence[float], persistence: Sequence[float]) -> FloatArray:
    """Savings in effect in each year when those new in a year last only for a time: sum over s of new_s pi(t - s).

    `persistence` is the part still in effect 0, 1, 2... years later, nothing after its end: (1, 1) lasts one further
    year, (1,) is one-off. Years as in `new`, same unit and price base.
    """
    return np.convolve(np.asarray(new, dtype=np.float64), np.asarray(persistence, dtype=np.float64))[: len(new)]


def incremental(annual: Sequence[float]) -> FloatArray:
    """The medium-term financial plan's view: what each year adds to the year before, not the yearly total."""
    return np.diff(np.asarray(annual, dtype=np.float64), prepend=0.0)


def _moved(profile: FloatArray, years: np.ndarray) -> FloatArray:
    source = np.arange(profile.size) - years[:, None]
    return np.where(source >= 0, profile[np.maximum(source, 0)], 0.0)
