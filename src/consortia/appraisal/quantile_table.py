"""A smooth distribution as a table over the normal scale: what a draw is for a standard normal z.

The inverse of a beta or gamma distribution takes a microsecond; a cubic spline through it takes nanoseconds. On
the normal scale these inverses are smooth, so that 64 places to a standard deviation are right to a part in 10^9.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numba import njit

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.bounded import Bounded
from consortia.appraisal.distributions import Delay, DeliveryRatio, Distribution, Pert

SMOOTH = (Pert, Delay, DeliveryRatio)
"""Distributions whose inverse is slow and smooth; every other one is asked for each draw."""
_FURTHEST = 8.0
"""Standard deviations: beyond them a probability can hardly be told from 0 or 1."""
_PLACES = 64


def is_smooth(distribution: Distribution) -> bool:
    """Whether a table is worth its while."""
    return is_smooth(distribution.of) if isinstance(distribution, Bounded) else isinstance(distribution, SMOOTH)


@dataclass(frozen=True, eq=False, slots=True)
class QuantileTable:
    """Cubic pieces, [4, places], highest power first, over -8 to 8 standard deviations."""

    pieces: FloatArray

    @classmethod
    @lru_cache(maxsize=256)
    def of(cls, distribution: Distribution) -> QuantileTable:
        """The table of a smooth distribution; kept, since many inputs have the same."""
        from scipy.interpolate import CubicSpline
        from scipy.special import ndtr

        nodes = np.linspace(-_FURTHEST, _FURTHEST, int(2 * _FURTHEST * _PLACES) + 1)
        spline = CubicSpline(nodes, distribution.ppf(np.clip(ndtr(nodes), 2.0**-60, 1 - 2.0**-53)))
        return cls(np.ascontiguousarray(spline.c))

    def at(self, normal: FloatArray) -> FloatArray:
        """The value of each draw, given its standard normal."""
        values = np.empty_like(normal)
        _interpolate(values, normal, self.pieces)
        return values


@njit(cache=True, nogil=True)
def _interpolate(values: FloatArray, normal: FloatArray, pieces: FloatArray) -> None:
    for lane in range(normal.size):
        place = (normal[lane] + 8.0) * 64.0
        piece = min(max(int(place), 0), pieces.shape[1] - 1)
        x = min(max(normal[lane], -8.0), 8.0) - (piece / 64.0 - 8.0)
        a, b, c, d = pieces[0, piece], pieces[1, piece], pieces[2, piece], pieces[3, piece]
        values[lane] = ((a * x + b) * x + c) * x + d
