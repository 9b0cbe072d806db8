"""One input at a time from its P10 to its P90, the others at their central values: what moves the answer most.

Source: methods.md 7.4. It does not see that inputs move together, or matter more in company; `sobol.py` does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.distributions import Distribution
from consortia.appraisal.model import Model, central_rows, checked

TENTHS = (0.1, 0.9)
_ALMOST_SURE = (1e-9, 1 - 1e-9)


@dataclass(frozen=True, slots=True)
class Bar:
    """One input: its two values, and what the model gives at each."""

    name: str
    low: float
    high: float
    at_low: float
    at_high: float
    whole_range: bool
    """True for an event too rare to show between P10 and P90: its two values are then the lowest and the highest."""

    @property
    def swing(self) -> float:
        """Distance between the two results."""
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True, slots=True)
class Tornado:
    """The result at the central case and a bar for each input, the widest first."""

    central: float
    bars: tuple[Bar, ...]


def tornado(model: Model, inputs: Mapping[str, Distribution]) -> Tornado:
    """Moves each input from P10 to P90 in a model; values in the unit of the model. One call, two rows an input."""
    ends = {name: _ends(each) for name, each in inputs.items()}
    rows = central_rows(inputs, 1 + 2 * len(inputs))
    for place, name in enumerate(inputs):
        rows[name][1 + 2 * place : 3 + 2 * place] = ends[name][0]
    values = checked(model(rows), 1 + 2 * len(inputs))
    bars = (_bar(name, *ends[name], values[1 + 2 * place :]) for place, name in enumerate(inputs))
    return Tornado(float(values[0]), tuple(sorted(bars, key=lambda bar: (-bar.swing, bar.name))))


def _bar(name: str, ends: FloatArray, whole_range: bool, values: FloatArray) -> Bar:
    return Bar(name, float(ends[0]), float(ends[1]), float(values[0]), float(values[1]), whole_range)


def _ends(distribution: Distribution) -> tuple[FloatArray, bool]:
    tenths = distribution.ppf(np.array(TENTHS))
    if tenths[0] != tenths[1]:
        return tenths, False
    ends = distribution.ppf(np.array(_ALMOST_SURE))
    return ends, bool(ends[0] != ends[1])
