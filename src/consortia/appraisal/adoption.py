"""How a change is taken up: the part of its full effect reached in each year, from 0 to 1, by a named curve.

Source: methods.md 5.6. Every curve gives one value for each of t = 0..horizon (t = 0 is the base year) and is 0 before
it starts. `straight`, `logistic` and `step` reach 1 and stay there; `exponential` and `bass` come near it and never
arrive; `tabled` holds its last value. Delay a curve with `profiles.delayed`, which keeps its shape.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.refusals import AppraisalError

STEEPNESS = 6.0
"""How sharply the logistic curve rises, per whole rise [J]: 6 takes it through 0.18 at a quarter and 0.82 at three."""


def step(*, start: float, horizon: int) -> FloatArray:
    """The whole effect from `start`; a start within a year gives that year the part of it that is left."""
    return np.clip(_years(horizon) + 1.0 - start, 0.0, 1.0)


def straight(*, start: float, end: float, horizon: int) -> FloatArray:
    """Even progress: (t - start) / (end - start), 0 at the start and 1 from the end. Refuses an end not after it."""
    return np.clip((_years(horizon) - start) / _length(start, end), 0.0, 1.0)


def logistic(*, start: float, end: float, horizon: int, steepness: float = STEEPNESS) -> FloatArray:
    """Slow, fast, slow: the logistic curve, stretched so that it is 0 at the start, 1/2 midway and 1 at the end."""
    if steepness <= 0:
        raise AppraisalError(
            f"A logistic adoption curve with steepness {steepness:g} does not rise.",
            remedy="Give a steepness above zero; 6 is usual.",
        )
    way = np.clip((_years(horizon) - start) / _length(start, end), 0.0, 1.0)
    bottom, top = _sigmoid(-steepness / 2), _sigmoid(steepness / 2)
    return (_sigmoid(steepness * (way - 0.5)) - bottom) / (top - bottom)


def exponential(*, start: float, rate: float, horizon: int) -> FloatArray:
    """Fast at first: 1 - e^(-rate (t - start)); each year takes the same part of what is left."""
    if rate <= 0:
        raise AppraisalError(
            f"An exponential adoption curve with rate {rate:g} does not rise.", remedy="Give a rate above zero."
        )
    return -np.expm1(-rate * np.maximum(_years(horizon) - start, 0.0))


def bass(*, start: float, innovation: float, imitation: float, horizon: int) -> FloatArray:
    """Bass (1969): users who come by themselves (p) and by the example of others (q), cumulative.

    F(t) = (1 - e^-(p+q)t) / (1 + (q/p) e^-(p+q)t), t counted from the start. Refuses p of zero: nobody would begin.
    """
    _check_bass(innovation, imitation)
    fading = np.exp(-(innovation + imitation) * np.maximum(_years(horizon) - start, 0.0))
    return (1.0 - fading) / (1.0 + imitation / innovation * fading)


def tabled(parts: Sequence[float], *, start: int, horizon: int) -> FloatArray:
    """The part reached in the first, second, third... year from `start`, as given; the last one is held.

    Refuses an empty table and a part outside 0 to 1; a part may fall, for instance when a service is withdrawn again.
    """
    if not parts or min(parts) < 0 or max(parts) > 1:
        raise AppraisalError(
            f"The adoption table {tuple(parts)} is no list of parts from 0 to 1.",
            remedy="Give the part of the full effect reached in each year; 78% is 0.78.",
        )
    place = np.minimum(np.arange(horizon + 1) - start, len(parts) - 1)
    return np.where(place >= 0, np.asarray(parts, dtype=np.float64)[np.maximum(place, 0)], 0.0)


def _years(horizon: int) -> FloatArray:
    return np.arange(horizon + 1, dtype=np.float64)


def _length(start: float, end: float) -> float:
    if end <= start:
        raise AppraisalError(
            f"An adoption curve from year {start:g} to year {end:g} does not go forward.",
            remedy="Let it end after it starts, or use a step.",
        )
    return end - start


def _sigmoid(x: FloatArray | float) -> FloatArray:
    return np.asarray(1.0 / (1.0 + np.exp(-np.asarray(x, dtype=np.float64))))


def _check_bass(innovation: float, imitation: float) -> None:
    if innovation <= 0 or imitation < 0:
        raise AppraisalError(
            f"A Bass curve with p = {innovation:g} and q = {imitation:g} cannot start.",
            remedy="Give p above zero and q not below it; 0.03 and 0.38 are the usual starting values.",
        )
