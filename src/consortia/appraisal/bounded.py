"""A distribution seen through a factor and up to a ceiling, as a saving rate is for a group of a given size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.distributions import Distribution


@dataclass(frozen=True, slots=True)
class Bounded:
    """Factor x a drawn value, at most `highest`."""

    of: Distribution
    factor: float
    highest: float

    @property
    def central(self) -> float:
        """Of the central value."""
        return min(self.of.central * self.factor, self.highest)

    def bound(self, values: FloatArray) -> FloatArray:
        """What values of the distribution are, seen so."""
        return np.minimum(values * self.factor, self.highest)

    def ppf(self, probability: FloatArray) -> FloatArray:
        """The value at each probability, for a factor that is not below zero."""
        return self.bound(self.of.ppf(probability))
