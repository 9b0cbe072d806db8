"""The value of an input at which the answer turns: net present value zero, the others at their central values.

Source: methods.md 5.2. A straight line is solved as one; anything else is searched and closed in on by Brent's method.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.distributions import Distribution
from consortia.appraisal.model import Model, central_rows, checked

_POINTS = 65
_STRAIGHT = 1e-9
_ENDS = (1e-3, 1 - 1e-3)


@dataclass(frozen=True, slots=True)
class SwitchingValue:
    """Where the model crosses zero as one input moves over a range, nearest to its central value."""

    name: str
    central: float
    low: float
    high: float
    value: float | None
    """None: none in the range."""

    @property
    def change(self) -> float | None:
        """How far the input must move, as a part of its central value; None: none in range, or the centre is zero."""
        return None if self.value is None or self.central == 0 else self.value / self.central - 1


def switching_values(
    model: Model,
    inputs: Mapping[str, Distribution],
    *,
    ranges: Mapping[str, tuple[float, float]] | None = None,
) -> tuple[SwitchingValue, ...]:
    """The switching value of each input, those that need the smallest change first and those with none last.

    An input is moved from its 0.1% to its 99.9% point unless `ranges` gives it another range.
    """
    found = [_switching_value(model, inputs, name, (ranges or {}).get(name)) for name in inputs]
    return tuple(sorted(found, key=_nearness))


def _nearness(found: SwitchingValue) -> tuple[bool, float, str]:
    if found.value is None:
        return True, 0.0, found.name
    width = found.high - found.low
    return False, abs(found.value - found.central) / width, found.name


def _switching_value(
    model: Model, inputs: Mapping[str, Distribution], name: str, given: tuple[float, float] | None
) -> SwitchingValue:
    low, high = given or (float(end) for end in inputs[name].ppf(np.array(_ENDS)))
    central = inputs[name].central

    def along(values: FloatArray) -> FloatArray:
        rows = central_rows(inputs, values.size) | {name: values}
        return checked(model(rows), values.size)

    if not low < high:
        return SwitchingValue(name, central, low, high, None)
    points = np.linspace(low, high, _POINTS)
    results = along(points)
    line = results[0] + (results[-1] - results[0]) * np.linspace(0, 1, _POINTS)
    if np.max(np.abs(results - line)) <= _STRAIGHT * np.max(np.abs(results)):
        return SwitchingValue(name, central, low, high, _on_a_line(points, results))
    crosses = np.flatnonzero(results[:-1] * results[1:] <= 0).tolist()
    crossings = [_close_in(along, points, results, at) for at in crosses]
    nearest = min(crossings, key=lambda value: abs(value - central), default=None)
    return SwitchingValue(name, central, low, high, nearest)


def _on_a_line(points: FloatArray, results: FloatArray) -> float | None:
    """p* = p - result / slope, where that lies in the range; an input without effect has none."""
    first, last = float(results[0]), float(results[-1])
    if first == last or first * last > 0:
        return None
    return float(points[0] - first * (points[-1] - points[0]) / (last - first))


def _close_in(along: Callable[[FloatArray], FloatArray], points: FloatArray, results: FloatArray, at: int) -> float:
    from scipy.optimize import brentq

    low, high = float(points[at]), float(points[at + 1])
    if results[at] == 0 or results[at + 1] == 0:
        return low if results[at] == 0 else high
    return float(brentq(lambda value: float(along(np.array([value]))[0]), low, high, xtol=1e-12 * (high - low)))
