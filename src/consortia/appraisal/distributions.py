"""Uncertain inputs: the value at any probability, the mean, and the value that stands for it in the central case.

Source: methods.md 7.1 (PERT, triangular) and 6.4 (delivery ratio, slip, delay). `ppf` is the inverse of the cumulative
distribution on an array of probabilities strictly between 0 and 1, so that any sampling scheme can drive it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, inf, isfinite, log, sqrt
from typing import Protocol

import numpy as np

from consortia.appraisal.arrays import FloatArray

LARGEST_DELIVERY_RATIO = 2.5
"""Nobody is taken to deliver more than two and a half times the plan (methods.md 6.4 [J]); a study may change it."""


class Distribution(Protocol):
    """An uncertain input."""

    @property
    def central(self) -> float:
        """Its value in the central case, draw 0."""

    def ppf(self, probability: FloatArray) -> FloatArray:
        """Its value at each probability."""


@dataclass(frozen=True, slots=True)
class Pert:
    """Lowest, most likely and highest value, as a beta distribution that weighs the most likely one four times."""

    low: float
    mode: float
    high: float

    def __post_init__(self) -> None:
        """Refuse a range out of order: `ValueError`."""
        _check_range(self.low, self.mode, self.high)

    @property
    def mean(self) -> float:
        """(low + 4 mode + high) / 6."""
        return (self.low + 4 * self.mode + self.high) / 6

    @property
    def central(self) -> float:
        """The mean."""
        return self.mean

    @property
    def sd(self) -> float:
        """Standard deviation: the square root of (mean - low)(high - mean) / 7."""
        return sqrt((self.mean - self.low) * (self.high - self.mean) / 7)

    def ppf(self, probability: FloatArray) -> FloatArray:
        """The value at each probability; the constant where low and high are the same."""
        from scipy.special import betaincinv

        width = self.high - self.low
        if width == 0:
            return np.full_like(probability, self.low)
        alpha = 1 + 4 * (self.mode - self.low) / width
        beta = 1 + 4 * (self.high - self.mode) / width
        return np.asarray(self.low + width * betaincinv(alpha, beta, probability), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Triangular:
    """Lowest, most likely and highest value, with straight sides: heavier towards the ends than PERT."""

    low: float
    mode: float
    high: float

    def __post_init__(self) -> None:
        """Refuse a range out of order: `ValueError`."""
        _check_range(self.low, self.mode, self.high)

    @property
    def mean(self) -> float:
        """(low + mode + high) / 3."""
        return (self.low + self.mode + self.high) / 3

    @property
    def central(self) -> float:
        """The mean."""
        return self.mean

    @property
    def sd(self) -> float:
        """Standard deviation."""
        low, mode, high = self.low, self.mode, self.high
        return sqrt((low**2 + mode**2 + high**2 - low * mode - low * high - mode * high) / 18)

    def ppf(self, probability: FloatArray) -> FloatArray:
        """The value at each probability; the constant where low and high are the same."""
        width = self.high - self.low
        if width == 0:
            return np.full_like(probability, self.low)
        rising = self.low + np.sqrt(probability * width * (self.mode - self.low))
        falling = self.high - np.sqrt((1 - probability) * width * (self.high - self.mode))
        return np.where(probability * width < self.mode - self.low, rising, falling)


@dataclass(frozen=True, slots=True)
class DeliveryRatio:
    """Delivered over planned: lognormal around its median, cut off at `highest` (methods.md 6.4)."""

    median: float
    sigma: float
    highest: float = LARGEST_DELIVERY_RATIO

    def __post_init__(self) -> None:
        """Refuse a median that is not above zero and below the cut, or a negative spread: `ValueError`."""
        if not 0 < self.median < self.highest or not 0 <= self.sigma < inf:
            raise ValueError(f"a delivery ratio of median {self.median} and sigma {self.sigma} cannot be drawn from")

    @property
    def central(self) -> float:
        """The median (before the cut, which takes off little)."""
        return self.median

    def ppf(self, probability: FloatArray) -> FloatArray:
        """The ratio at each probability, given that it is not above the cut."""
        from scipy.special import ndtr, ndtri

        if self.sigma == 0:
            return np.full_like(probability, self.median)
        below_cut = ndtr(log(self.highest / self.median) / self.sigma)
        return np.asarray(self.median * np.exp(self.sigma * ndtri(probability * below_cut)), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Slip:
    """Whether a proposal slips: 1 with the given probability, else 0."""

    probability: float

    def __post_init__(self) -> None:
        """Refuse what is no probability: `ValueError`."""
        if not 0 <= self.probability <= 1:
            raise ValueError(f"{self.probability} is not a probability")

    @property
    def central(self) -> float:
        """No slip."""
        return 0.0

    def ppf(self, probability: FloatArray) -> FloatArray:
        """1 for the highest probabilities, 0 for the rest."""
        return (probability > 1 - self.probability).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Delay:
    """Months of delay: gamma distribution of the given mean; the larger the shape, the narrower."""

    mean: float
    shape: float

    def __post_init__(self) -> None:
        """Refuse a negative mean or a shape that is not above zero: `ValueError`."""
        if not 0 <= self.mean < inf or not 0 < self.shape < inf:
            raise ValueError(f"a delay of mean {self.mean} months and shape {self.shape} cannot be drawn from")

    @property
    def central(self) -> float:
        """The mean, months."""
        return self.mean

    def ppf(self, probability: FloatArray) -> FloatArray:
        """Months at each probability."""
        from scipy.special import gammaincinv

        return np.asarray(self.mean / self.shape * gammaincinv(self.shape, probability), dtype=np.float64)


def offset_median(median: float, offset: float) -> float:
    """The median delivery ratio of a plan's maturity class moved by a service's offset on the log scale."""
    return median * exp(offset)


def _check_range(low: float, mode: float, high: float) -> None:
    if not (isfinite(low) and isfinite(high) and low <= mode <= high):
        raise ValueError(f"low {low}, mode {mode}, high {high} must be known and must not fall")
