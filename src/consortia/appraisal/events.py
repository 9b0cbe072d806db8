"""Uncertain inputs that jump: an event that happens or not."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from consortia.appraisal.arrays import FloatArray


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
