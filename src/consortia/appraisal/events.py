"""Uncertain inputs that jump: an event that happens or not, and what comes to nothing with some chance."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.distributions import Distribution


@dataclass(frozen=True, slots=True)
class Bernoulli:
    """1 with the given probability, else 0: a risk that strikes, a bid that is won.

    Its central value is the probability, so that the central case carries the expected cost of a risk (Green Book:
    base cost and quantified risk). `Slip` is the event whose central case is that it does not happen.
    """

    probability: float

    def __post_init__(self) -> None:
        """Refuse what is no probability: `ValueError`."""
        if not 0 <= self.probability <= 1:
            raise ValueError(f"{self.probability} is not a probability, which lies between 0 and 1")

    @property
    def mean(self) -> float:
        """The probability."""
        return self.probability

    @property
    def central(self) -> float:
        """The probability."""
        return self.probability

    @property
    def sd(self) -> float:
        """Standard deviation: sqrt(p (1 - p))."""
        return sqrt(self.probability * (1 - self.probability))

    def ppf(self, probability: FloatArray) -> FloatArray:
        """1 for the highest probabilities, 0 for the rest."""
        return (probability > 1 - self.probability).astype(np.float64)


@dataclass(frozen=True, slots=True)
class OrNothing:
    """Zero with the given probability, else what the distribution has: a plan of which nothing may ever come.

    Its central value is the median, nothing included: zero where nothing is the likelier.
    """

    of: Distribution
    chance: float

    def __post_init__(self) -> None:
        """Refuse what is no probability: `ValueError`."""
        if not 0 <= self.chance <= 1:
            raise ValueError(f"{self.chance} is not a probability, which lies between 0 and 1")

    @property
    def central(self) -> float:
        """The median."""
        return float(self.ppf(np.array([0.5]))[0])

    def ppf(self, probability: FloatArray) -> FloatArray:
        """Zero up to the chance of nothing; above it the values of the distribution in their order."""
        if self.chance == 1:
            return np.zeros_like(probability)
        given_any = np.clip((probability - self.chance) / (1.0 - self.chance), 0.0, 1.0)
        return np.where(given_any > 0, self.of.ppf(given_any), 0.0)
