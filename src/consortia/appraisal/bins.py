"""Sums of outcomes over bins of equal chance of each independent driver: one pass over the draws, in small blocks."""

from __future__ import annotations

import numpy as np
from numba import njit

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.sobol import Sobol

_BLOCK = 1_024
"""Draws whose outcomes stay near the processor while one driver after another is looked at."""
_WIDTH = 8
"""Outcomes come in so many side by side: what is missing is added as zeros."""


def sums_of_points(points: Sobol, outcomes: FloatArray, bins: int) -> tuple[FloatArray, FloatArray]:
    """For each dimension of a sequence the sums of outcomes [draw, outcome] in each bin, and the draws in each bin.

    [dimension, bin, outcome] and [dimension, bin]; summed in the order of the draws. A point falls into the bin of its
    coordinate: no draw is sorted, and no distribution asked.
    """
    draws, columns = outcomes.shape
    wide = np.zeros((draws, -(-(columns + 1) // _WIDTH) * _WIDTH))
    wide[:, :columns], wide[:, columns] = outcomes, 1.0
    sums = np.zeros((points.scramble.size, bins, wide.shape[1]))
    for first in range(0, draws, _BLOCK):
        some = wide[first : first + _BLOCK]
        _add_by_bin(points.points(first, len(some)), some, sums)
    return sums[:, :, :columns], sums[:, :, columns]


def sums_of_normal(driver: FloatArray, outcomes: FloatArray, bins: int) -> tuple[FloatArray, FloatArray]:
    """The same for one standard normal [draw]: [bin, outcome] and [bin]."""
    from scipy.special import ndtr

    sums = np.zeros((1, bins, outcomes.shape[1] + 1))
    chance = np.minimum(ndtr(driver), 1 - 2.0**-53)
    _add_by_bin(chance[None], np.column_stack([outcomes, np.ones(len(outcomes))]), sums)
    return sums[0, :, :-1], sums[0, :, -1]


@njit(cache=True, nogil=True)
def _add_by_bin(chances: FloatArray, outcomes: FloatArray, sums: FloatArray) -> None:
    """Chances [driver, draw], from 0 to below 1."""
    bins = sums.shape[1]
    for driver in range(chances.shape[0]):
        for draw in range(chances.shape[1]):
            place = int(chances[driver, draw] * bins)
            for outcome in range(outcomes.shape[1]):
                sums[driver, place, outcome] += outcomes[draw, outcome]
