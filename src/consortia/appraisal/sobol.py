"""Scrambled Sobol points that can be had from anywhere in the sequence, by their number.

A point is the exclusive or of direction numbers, one for each bit of the Gray code of its number, and of the scramble.
So any worker can make any block of points by itself and they are the same points. Source: methods.md 7.3; direction
numbers and scramble are scipy's (Joe and Kuo 2008; Matousek 1998).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

from consortia.appraisal.arrays import FloatArray

BITS = 30
"""A coordinate is a multiple of 2^-30."""
HIGHEST_DIMENSION = 21_201
"""The direction numbers are tabulated up to this dimension."""
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False, slots=True)
class Sobol:
    """A scrambled sequence: all that is needed to make any of its first 2^m points."""

    scramble: IntArray
    """The point with number 0, [dimension]."""
    directions: IntArray
    """[m, dimension]"""

    @classmethod
    def scrambled(cls, dimensions: int, *, count: int, seed: int) -> Sobol:
        """The sequence of that seed, as far as point `count` - 1; `count` is a power of two.

        The direction numbers are read off scipy's points: the Gray code of 2^(j+1) - 1 is the single bit j.
        """
        if dimensions == 0:
            return cls(np.empty(0, dtype=np.int64), np.empty((count.bit_length() - 1, 0), dtype=np.int64))
        from scipy.stats import qmc

        sequence = qmc.Sobol(dimensions, scramble=True, bits=BITS, rng=np.random.default_rng(seed))
        scramble = _whole(sequence.random(1))
        directions = np.empty((count.bit_length() - 1, dimensions), dtype=np.int64)
        for bit in range(directions.shape[0]):
            sequence.fast_forward(2 ** (bit + 1) - 1 - sequence.num_generated)
            directions[bit] = _whole(sequence.random(1)) ^ scramble
        return cls(scramble, directions)

    def only(self, dimensions: Sequence[int]) -> Sobol:
        """The same sequence in some of its dimensions."""
        places = np.asarray(dimensions, dtype=np.int64)
        return Sobol(self.scramble[places], np.ascontiguousarray(self.directions[:, places]))

    def points(self, first: int, count: int) -> FloatArray:
        """Points number `first` and following, [dimension, count], strictly between 0 and 1."""
        points = np.empty((self.scramble.size, count))
        _fill(points, self.scramble, self.directions, first)
        return points


def _whole(point: FloatArray) -> IntArray:
    return np.asarray(point[0] * 2.0**BITS, dtype=np.int64)


@njit(cache=True, nogil=True)
def _fill(points: FloatArray, scramble: IntArray, directions: IntArray, first: int) -> None:
    """Each point differs from the one before by the direction of the lowest bit that its number has set.

    Half a step of the 30 bits moves it off 0, where the normal distribution has no value.
    """
    lowest = np.empty(points.shape[1], dtype=np.int64)
    for place in range(1, points.shape[1]):
        bit = 0
        while not ((first + place) >> bit) & 1:
            bit += 1
        lowest[place] = bit
    gray = first ^ (first >> 1)
    for dimension in range(points.shape[0]):
        whole = scramble[dimension]
        for bit in range(directions.shape[0]):
            if (gray >> bit) & 1:
                whole ^= directions[bit, dimension]
        points[dimension, 0] = whole * 2.0**-30 + 2.0**-31
        for place in range(1, points.shape[1]):
            whole ^= directions[lowest[place], dimension]
            points[dimension, place] = whole * 2.0**-30 + 2.0**-31
