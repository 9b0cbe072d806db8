"""Sums of outcomes over bins of equal chance of a standard normal: one pass over the draws."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from consortia.appraisal.arrays import FloatArray


def bin_of(driver: FloatArray, bins: int) -> npt.NDArray[np.int64]:
    """The bin of each draw of a standard normal."""
    from scipy.special import ndtr

    return np.asarray(np.minimum(ndtr(driver) * bins, bins - 1), dtype=np.int64)


@njit(cache=True, nogil=True)
def sums_by_bin(place: npt.NDArray[np.int64], outcomes: FloatArray, bins: int) -> FloatArray:
    """[bin, outcome]: the sum of outcomes [draw, outcome] over the draws of each bin, in the order of the draws."""
    sums = np.zeros((bins, outcomes.shape[1]))
    for draw in range(place.size):
        for outcome in range(outcomes.shape[1]):
            sums[place[draw], outcome] += outcomes[draw, outcome]
    return sums
