"""Uncertain inputs that jump: an event that happens or not, and scenarios of which one comes true."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum, isfinite, sqrt

import numpy as np

from consortia.appraisal.arrays import FloatArray

_ROUNDING = 1e-9


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
class Discrete:
    """One of a few values, each with its probability; the probabilities add up to one."""

    values: tuple[float, ...]
    probabilities: tuple[float, ...]

    def __post_init__(self) -> None:
        """Refuse values that are not known, and probabilities that are none: `ValueError`."""
        if not self.values or len(self.values) != len(self.probabilities):
            raise ValueError(f"{len(self.values)} values and {len(self.probabilities)} probabilities: give one each")
        if not all(map(isfinite, self.values)):
            raise ValueError(f"the values must be known numbers, not {self.values}")
        total = fsum(self.probabilities)
        if not all(0 <= part <= 1 for part in self.probabilities) or abs(total - 1) > _ROUNDING:
            raise ValueError(f"the probabilities {self.probabilities} must each be 0 to 1 and add up to 1, not {total}")

    @property
    def mean(self) -> float:
        """The values weighed by their probabilities."""
        return fsum(value * part for value, part in zip(self.values, self.probabilities, strict=True))

    @property
    def central(self) -> float:
        """The mean."""
        return self.mean

    @property
    def sd(self) -> float:
        """Standard deviation."""
        pairs = zip(self.values, self.probabilities, strict=True)
        return sqrt(fsum(part * (value - self.mean) ** 2 for value, part in pairs))

    def ppf(self, probability: FloatArray) -> FloatArray:
        """The value at each probability; the values in rising order, whatever order they were given in."""
        order = np.argsort(self.values, kind="stable")
        values, upto = np.array(self.values, dtype=np.float64)[order], np.cumsum(np.array(self.probabilities)[order])
        places = np.searchsorted(upto, probability, side="left")
        return values[np.minimum(places, len(values) - 1)]
