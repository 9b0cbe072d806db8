"""How sure a value is: quantiles, the chance of a loss and of a target over the draws, each with its standard error.

Source: methods.md 7.3. Draw 0, the central case, is no random draw and is left out of everything but `central`.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from consortia.appraisal.arrays import FloatArray

HALF_A_PENNY = 0.005


@dataclass(frozen=True, slots=True)
class Risk:
    """A value over the draws, pounds in the price base of the values; a chance is a part of one."""

    central: float
    mean: float
    p10: float
    p50: float
    p90: float
    chance_of_loss: float
    errors: StandardErrors
    target: float | None = None
    chance_of_target: float | None = None
    """The part of the draws that reach the target or pass it; None: no target."""
    expected_shortfall: float | None = None
    """How far below the target the draws are on average, those that reach it counted as zero; None: no target."""

    @property
    def certain(self) -> bool:
        """Whether every draw comes to the same, so that a chance is known and not counted in draws."""
        return self.errors.mean < HALF_A_PENNY


@dataclass(frozen=True, slots=True)
class StandardErrors:
    """Monte Carlo standard errors: how far another seed may move each number. They say nothing of the model."""

    mean: float
    p10: float
    p50: float
    p90: float
    chance_of_loss: float
    chance_of_target: float | None = None
    expected_shortfall: float | None = None


def risk_of(values: FloatArray, *, target: float | None = None) -> Risk:
    """Sums up values [draw], the central one first. Quantiles are of type 7 (linear); a loss is below zero.

    The errors are those of independent draws; the Sobol sequence does better, so they are on the safe side.
    `risk_of_replicates` measures them. Raises ValueError when there is no draw besides the central case.
    """
    if values.size < 2:
        raise ValueError("there is no draw besides the central case")
    drawn = values[1:]
    ordered = np.sort(drawn)  # once for all quantiles: numpy sorts faster than it selects, and then hardly has to look
    p10, p50, p90 = (float(value) for value in np.quantile(ordered, (0.1, 0.5, 0.9)))
    loss = float(np.mean(drawn < 0))
    if target is None:
        return Risk(float(values[0]), float(np.mean(drawn)), p10, p50, p90, loss, _errors(drawn, ordered, None))
    missed = np.maximum(target - drawn, 0.0)
    return Risk(
        float(values[0]), float(np.mean(drawn)), p10, p50, p90, loss, _errors(drawn, ordered, target),
        target, float(np.mean(drawn >= target)), float(np.mean(missed)),
    )  # fmt: skip


def chance_error(happened: float, draws: int) -> float:
    """Standard error of a chance, of independent draws in which something happened so many times.

    With two draws added on either side (Agresti and Coull), so that 0 of 4,096 is not shown as certain.
    """
    chance = (happened + 2) / (draws + 4)
    return sqrt(chance * (1 - chance) / (draws + 4))


def _errors(drawn: FloatArray, ordered: FloatArray, target: float | None) -> StandardErrors:
    p10, p50, p90 = (_quantile_error(ordered, part) for part in (0.1, 0.5, 0.9))
    loss = chance_error(int(np.sum(drawn < 0)), drawn.size)
    if target is None:
        return StandardErrors(_mean_error(drawn), p10, p50, p90, loss)
    reached = chance_error(int(np.sum(drawn >= target)), drawn.size)
    missed = _mean_error(np.maximum(target - drawn, 0.0))
    return StandardErrors(_mean_error(drawn), p10, p50, p90, loss, reached, missed)


def _mean_error(drawn: FloatArray) -> float:
    return float(np.std(drawn)) / sqrt(drawn.size)


def _quantile_error(ordered: FloatArray, part: float) -> float:
    """Woodruff: half the distance between the quantiles one standard error of the probability to either side."""
    step = sqrt(part * (1 - part) / ordered.size)
    low, high = np.quantile(ordered, (max(part - step, 0.0), min(part + step, 1.0)))
    return float(high - low) / 2
