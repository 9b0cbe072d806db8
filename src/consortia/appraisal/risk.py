"""How sure a value is: quantiles and the chance of a loss over the draws, each with its own standard error.

Source: methods.md 7.3. Draw 0, the central case, is no random draw and is left out of everything but `central`.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from consortia.appraisal.arrays import FloatArray


@dataclass(frozen=True, slots=True)
class Risk:
    """A value over the draws, pounds in the price base of the values; the chance is a part of one."""

    central: float
    mean: float
    p10: float
    p50: float
    p90: float
    chance_of_loss: float
    errors: StandardErrors


@dataclass(frozen=True, slots=True)
class StandardErrors:
    """Monte Carlo standard errors: how far another seed may move each number. They say nothing of the model."""

    mean: float
    p10: float
    p50: float
    p90: float
    chance_of_loss: float


def risk_of(values: FloatArray) -> Risk:
    """Sums up values [draw], the central one first. Quantiles are of type 7 (linear); a loss is below zero.

    Raises ValueError when there is no draw besides the central case.
    """
    if values.size < 2:
        raise ValueError("there is no draw besides the central case")
    drawn = values[1:]
    p10, p50, p90 = (float(value) for value in np.quantile(drawn, (0.1, 0.5, 0.9)))
    loss = float(np.mean(drawn < 0))
    return Risk(float(values[0]), float(np.mean(drawn)), p10, p50, p90, loss, _errors(drawn))


def _errors(drawn: FloatArray) -> StandardErrors:
    """As if the draws were independent; the Sobol sequence does better, so these are on the safe side."""
    p10, p50, p90 = (_quantile_error(drawn, part) for part in (0.1, 0.5, 0.9))
    mean = float(np.std(drawn)) / sqrt(drawn.size)
    return StandardErrors(mean, p10, p50, p90, _chance_error(int(np.sum(drawn < 0)), drawn.size))


def _quantile_error(drawn: FloatArray, part: float) -> float:
    """Woodruff: half the distance between the quantiles one standard error of the probability to either side."""
    step = sqrt(part * (1 - part) / drawn.size)
    low, high = np.quantile(drawn, (max(part - step, 0.0), min(part + step, 1.0)))
    return float(high - low) / 2


def _chance_error(losses: int, draws: int) -> float:
    """With two draws added on either side (Agresti and Coull), so that 0 of 4,096 is not shown as certain."""
    chance = (losses + 2) / (draws + 4)
    return sqrt(chance * (1 - chance) / (draws + 4))
