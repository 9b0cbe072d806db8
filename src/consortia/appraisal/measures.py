"""What a series of yearly flows is worth: net present value, payback.

Flows are one real pound amount for each of t = 0, 1, 2...; saving positive, cost negative. Source: methods.md 5.2.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from consortia.appraisal.arrays import FloatArray

Flows = Sequence[float] | npt.NDArray[np.float64]


def npv(flows: Flows, factors: Flows) -> float:
    """Net present value in pounds of the price base of `flows`; one discount factor for each year.

    Raises ValueError when the flows and the factors are not equally many.
    """
    return float(np.sum(_present_values(flows, factors)))


def payback(flows: Flows) -> float | None:
    """Years from t = 0 until the sum of the flows so far is no longer negative, and stays so; None: never.

    Inside a year the flow is taken as even. A series that dips below zero again pays back at its last crossing; one
    that is never below zero pays back at once (0).
    """
    so_far = np.cumsum(np.asarray(flows, dtype=np.float64))
    below = np.flatnonzero(so_far < 0)
    if below.size == 0:
        return 0.0
    last = int(below[-1])
    if last == so_far.size - 1:
        return None
    return last + float(-so_far[last] / (so_far[last + 1] - so_far[last]))


def discounted_payback(flows: Flows, factors: Flows) -> float | None:
    """As `payback`, on present values: years until the money spent has come back with the discount rate on it."""
    return payback(_present_values(flows, factors))


def _present_values(flows: Flows, factors: Flows) -> FloatArray:
    if len(flows) != len(factors):
        raise ValueError(f"{len(flows)} flows and {len(factors)} discount factors: give one factor for each year")
    return np.asarray(flows, dtype=np.float64) * np.asarray(factors, dtype=np.float64)
