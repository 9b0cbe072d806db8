"""From what somebody said about a range to a distribution.

Source: methods.md 7.1. A range of P10 and P90 is fitted as one; it is never taken for the lowest and highest value,
which would make the range a quarter too narrow or worse.
"""

from __future__ import annotations

from math import isfinite
from typing import Literal

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.distributions import (
    Constant,
    Distribution,
    Lognormal,
    Pert,
    Triangular,
    Uniform,
)

Shape = Literal["pert", "triangular", "uniform", "lognormal"]
SHAPES: tuple[Shape, ...] = ("pert", "triangular", "uniform", "lognormal")
_TENTHS = np.array([0.1, 0.9])
_STARTS = ((0.5, 0.8), (0.1, 1.3), (1.3, 0.1), (0.01, 2.0), (2.0, 0.01))
"""Where the search for the ends begins, in multiples of the distance from P10 to P90."""
BRACKETED: dict[str, type[Pert] | type[Triangular]] = {"pert": Pert, "triangular": Triangular}
"""The shapes between a lowest and a highest value with a most likely one."""


def elicited(shape: Shape, low: float, mode: float | None, high: float) -> Distribution:
    """The distribution of a stated range; a range of no width is a constant.

    `low` and `high` are the lowest and highest value; of a lognormal they are P10 and P90. A uniform and a lognormal
    have no use for the most likely value. Raises ValueError for a range that is none.
    """
    if shape not in SHAPES:
        raise ValueError(f"'{shape}' is not a shape; there are {', '.join(SHAPES)}")
    if low == high and mode in (None, low):
        return Constant(low)
    if shape == "uniform":
        return Uniform(low, high)
    if shape == "lognormal":
        return Lognormal(low, high)
    if mode is None:
        raise ValueError(f"a {shape} range needs its most likely value")
    return BRACKETED[shape](low, mode, high)


def from_percentiles(shape: Shape, p10: float, mode: float, p90: float) -> Pert | Triangular:
    """The range whose P10, most likely value and P90 are those that an expert gave.

    Raises ValueError when the three do not rise, or when no such range of that shape has them (a most likely value
    too near one of the two).
    """
    if not (isfinite(p10) and isfinite(p90) and p10 < mode < p90):
        raise ValueError(f"P10 {p10}, most likely {mode} and P90 {p90} must be known and must rise")
    for start in _STARTS:
        fitted = _fitted(BRACKETED[shape], (p10, mode, p90), start)
        if fitted is not None:
            return fitted
    raise ValueError(f"no {shape} range has P10 {p10}, most likely {mode} and P90 {p90}; use P10 and P90 alone")


def _fitted(
    kind: type[Pert] | type[Triangular], stated: tuple[float, float, float], start: tuple[float, float]
) -> Pert | Triangular | None:
    """Solves for the distances of the ends from the most likely value, in multiples of P10 to P90."""
    from scipy.optimize import root

    p10, mode, p90 = stated
    unit, wanted = p90 - p10, np.array([p10, p90])

    def range_of(logs: FloatArray) -> Pert | Triangular:
        below, above = unit * np.exp(np.clip(logs, -20, 5))
        return kind(float(mode - below), mode, float(mode + above))

    def misses(logs: FloatArray) -> FloatArray:
        return np.asarray((range_of(logs).ppf(_TENTHS) - wanted) / unit, dtype=np.float64)

    found = root(misses, np.log(start), tol=1e-12).x
    return range_of(found) if np.max(np.abs(misses(found))) < 1e-8 else None
