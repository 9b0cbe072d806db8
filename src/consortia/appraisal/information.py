"""What it would be worth to know more before deciding: all of it, or one uncertain thing.

Source: methods.md 7.4. With perfect information the best option is taken in every draw; now, one option in all of them.
For some inputs, the expected worth of each option given them is found by regression (Strong, Oakley and Brennan 2014,
"Estimating multiparameter partial expected value of perfect information", Medical Decision Making 34:311-326).
A value is never below zero, and it is the most that finding out could be worth: no study tells all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.regression import Fit, explain


@dataclass(frozen=True, slots=True)
class Information:
    """What knowing something is worth, in the unit and price base of the worth of the options (pounds)."""

    value: float
    error: float
    """Monte Carlo standard error."""
    best_now: int
    """Place of the option with the highest mean: what would be done without knowing more."""
    chance_of_change: float
    """How often what is found out would lead to another option."""


def perfect_information(worth: FloatArray) -> Information:
    """What it is worth to know everything: E[max over options] - max over options of E, of worth [draw, option].

    An option to do nothing is a column of zeros. Raises ValueError for fewer than two draws or options.
    """
    _check(worth)
    best = int(worth.mean(axis=0).argmax())
    gains = worth.max(axis=1) - worth[:, best]
    return _gained(gains, best, 0.0)


def partial_information(worth: FloatArray, known: FloatArray) -> Information:
    """What it is worth to know some inputs, known [draw, input], before choosing between options, worth [draw, option].

    At most what it is worth to know everything. Raises ValueError as `perfect_information` does, and when the draws are
    too few for the number of inputs.
    """
    _check(worth)
    best = int(worth.mean(axis=0).argmax())
    fit = explain(known, worth - worth[:, [best]])
    chosen = fit.fitted.argmax(axis=1)
    gains = np.take_along_axis(fit.fitted, chosen[:, None], axis=1)[:, 0] - fit.fitted[:, best]
    found = _gained(gains, best, _error_of_fit(fit, chosen))
    most = perfect_information(worth).value
    return Information(min(found.value, most), found.error, best, found.chance_of_change)


def questions_about(worth: FloatArray, known: Mapping[str, FloatArray]) -> dict[str, Information]:
    """What knowing each named column [draw] is worth, the most valuable first; a column may be an input as drawn."""
    found = {name: partial_information(worth, column[:, None]) for name, column in known.items()}
    return dict(sorted(found.items(), key=lambda item: (-item[1].value, item[0])))


def _check(worth: FloatArray) -> None:
    if worth.ndim != 2 or worth.shape[0] < 2 or worth.shape[1] < 2:
        raise ValueError("the value of information needs two draws and two options at least")


def _gained(gains: FloatArray, best: int, error_of_fit: float) -> Information:
    gained = max(float(gains.mean()), 0.0)
    error = sqrt(float(gains.var()) / gains.size + error_of_fit**2)
    return Information(gained, error, best, float(np.mean(gains > 0)))


def _error_of_fit(fit: Fit, chosen: FloatArray) -> float:
    """How far the value moves with the fitted curves, the choices in each draw kept.

    The value is the sum over options of the mean of the fit where that option is chosen: a linear function of the fit,
    whose variance is that of the residuals (between options too) times the size of its projection on the terms.
    """
    draws, terms = fit.basis.shape
    options = fit.residuals.shape[1]
    weights = (chosen[:, None] == np.arange(options)) / draws
    spread = fit.residuals.T @ fit.residuals / (draws - terms)
    projected = fit.basis.T @ weights
    return sqrt(max(float(np.sum(spread * (projected.T @ projected))), 0.0))
