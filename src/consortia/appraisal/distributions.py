"""Uncertain inputs: the value at any probability, the mean, and the value that stands for it in the central case.

Source: methods.md 7.1 (PERT, triangular) and 6.4 (delivery ratio, slip, delay). `ppf` is the inverse of the cumulative
distribution on an array of probabilities strictly between 0 and 1, so that any sampling scheme can drive it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, expm1, inf, isfinite, log, sqrt
from typing import Protocol

import numpy as np
from numba import njit

from consortia.appraisal.arrays import FloatArray

LARGEST_DELIVERY_RATIO = 2.5
"""Nobody is taken to deliver more than two and a half times the plan (methods.md 6.4 [J]); a study may change it."""


P10_TO_P90 = 2.563103131089201
"""Standard deviations between the two of a normal distribution: twice its 90% point."""


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
        flat = np.ravel(np.asarray(probability, dtype=np.float64))
        values = np.empty_like(flat)
        _invert_triangle(flat, self.low, self.mode, self.high, values)
        return values.reshape(np.shape(probability))


@dataclass(frozen=True, slots=True)
class Uniform:
    """Every value from the lowest to the highest is as likely as the next."""

    low: float
    high: float

    def __post_init__(self) -> None:
        """Refuse a range out of order: `ValueError`."""
        _check_range(self.low, self.low, self.high)

    @property
    def mean(self) -> float:
        """(low + high) / 2."""
        return (self.low + self.high) / 2

    @property
    def central(self) -> float:
        """The mean."""
        return self.mean

    @property
    def sd(self) -> float:
        """Standard deviation: (high - low) / sqrt(12)."""
        return (self.high - self.low) / sqrt(12)

    def ppf(self, probability: FloatArray) -> FloatArray:
        """The value at each probability."""
        return self.low + (self.high - self.low) * probability


@dataclass(frozen=True, slots=True)
class Lognormal:
    """A positive quantity of which somebody stated the values undershot, and overshot, one time in ten.

    mu = (ln P10 + ln P90) / 2, sigma = (ln P90 - ln P10) / 2.563103 (methods.md 7.1).
    """

    p10: float
    p90: float

    def __post_init__(self) -> None:
        """Refuse values that are not above zero, or out of order: `ValueError`."""
        if not (0 < self.p10 < inf and 0 < self.p90 < inf):
            raise ValueError(f"P10 and P90 of a lognormal must be above zero, not {self.p10} and {self.p90}")
        if self.p10 > self.p90:
            raise ValueError(f"P10, {self.p10}, is above P90, {self.p90}")

    @property
    def median(self) -> float:
        """The geometric mean of P10 and P90."""
        return sqrt(self.p10) * sqrt(self.p90)

    @property
    def sigma(self) -> float:
        """Standard deviation of the logarithm."""
        return log(self.p90 / self.p10) / P10_TO_P90

    @property
    def mean(self) -> float:
        """median exp(sigma^2 / 2): above the median, since the upper tail is long."""
        return self.median * exp(self.sigma**2 / 2)

    @property
    def central(self) -> float:
        """The mean, as of every range that somebody states."""
        return self.mean

    @property
    def sd(self) -> float:
        """Standard deviation."""
        return self.mean * sqrt(expm1(self.sigma**2))

    def ppf(self, probability: FloatArray) -> FloatArray:
        """The value at each probability."""
        from scipy.special import ndtri

        return np.asarray(self.median * np.exp(self.sigma * ndtri(probability)), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that is not uncertain."""

    value: float

    def __post_init__(self) -> None:
        """Refuse what is no number: `ValueError`."""
        if not isfinite(self.value):
            raise ValueError(f"{self.value} is not a known number")

    @property
    def central(self) -> float:
        """The value."""
        return self.value

    def ppf(self, probability: FloatArray) -> FloatArray:
        """The value at every probability."""
        return np.full_like(probability, self.value)


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
    """Each fault has its own sentence: whoever gave the range reads it."""
    if not (isfinite(low) and isfinite(mode) and isfinite(high)):
        raise ValueError(f"the lowest, most likely and highest value must be known numbers, not {low}, {mode}, {high}")
    if low > high:
        raise ValueError(f"the lowest value, {low}, is above the highest, {high}")
    if low > mode:
        raise ValueError(f"the lowest value, {low}, is above the most likely, {mode}")
    if mode > high:
        raise ValueError(f"the most likely value, {mode}, is above the highest, {high}")


@njit(cache=True, nogil=True)
def _invert_triangle(probability: FloatArray, low: float, mode: float, high: float, values: FloatArray) -> None:
    """Compiled: fifteen times as fast as with arrays, and many inputs are triangular."""
    width = high - low
    for draw in range(probability.size):
        rising = probability[draw] * width < mode - low
        area = probability[draw] * width * (mode - low) if rising else (1 - probability[draw]) * width * (high - mode)
        values[draw] = low + np.sqrt(area) if rising else high - np.sqrt(area)
