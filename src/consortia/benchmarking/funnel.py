"""Funnel plots: limits that widen for small authorities, and for the differences between areas that are always there.

Source: Spiegelhalter, Funnel plots for comparing institutional performance, Statistics in Medicine 24 (2005) 1185-1202.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from consortia.findings import msgid

Floats = npt.NDArray[np.float64]
Dispersion = Literal["none", "multiplicative", "additive"]

WARNING, ALARM = 0.025, 0.001  # one-sided chances of the inner and outer limits, about 2 and 3 standard deviations
WINSORISED = 0.1  # share of the scores drawn in at each end before the over-dispersion is measured
FEWEST_FOR_DISPERSION = 8  # fewer say nothing of how areas differ [J]
NORMAL_975 = 1.96  # as Breslow and Day print it; the published values are made with it

FEW_FOR_DISPERSION = msgid(
    "Fewer than 8 areas: limits are for chance alone, as how much areas differ cannot be measured."
)


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    """One area: its figure, its standard score with the over-dispersion in it, and where it lies.

    `position`: "within", or "low"/"high" beyond the inner limits, or "very low"/"very high" beyond the outer ones.
    """

    value: float
    score: float
    lower: float
    upper: float
    lowest: float
    highest: float
    position: str


@dataclass(frozen=True, slots=True)
class Funnel:
    """The points in the order given, with phi (scores' mean square; 1 is chance alone) and tau (added deviation)."""

    target: float
    points: tuple[FunnelPoint, ...]
    phi: float
    tau: float
    dispersion: Dispersion
    caveats: tuple[str, ...]


def funnel(
    values: Sequence[float], deviations: Sequence[float], *, target: float, dispersion: Dispersion = "additive"
) -> Funnel:
    """Gives each figure's place in a normal funnel about `target`, all in the figure's unit.

    `deviations`: standard deviation by chance alone of each figure at the target. phi = mean squared score after the
    outer tenths are drawn in; where it is above 1, limits are target ± z s sqrt(phi) (multiplicative) or
    target ± z sqrt(s² + tau²) (additive, the default). ValueError for a deviation of zero or below.
    """
    seen, chance = np.array(values, dtype=np.float64), np.array(deviations, dtype=np.float64)
    if len(seen) != len(chance) or not (chance > 0).all():
        raise ValueError("every figure needs its standard deviation, above zero")
    few = len(seen) < FEWEST_FOR_DISPERSION
    phi = dispersion_of((seen - target) / chance) if len(seen) else 1.0
    over = dispersion if phi > 1 and not few else "none"
    tau = added_deviation(phi, chance) if over == "additive" else 0.0
    wide = chance * math.sqrt(phi) if over == "multiplicative" else np.sqrt(chance**2 + tau**2)
    points = tuple(_point(value, target, each) for value, each in zip(seen.tolist(), wide.tolist(), strict=True))
    return Funnel(target, points, phi, tau, over, (FEW_FOR_DISPERSION,) if few else ())


def dispersion_of(scores: Floats) -> float:
    """Gives phi: the mean square of the scores, drawn in to their 10% and 90% quantiles (formula 12)."""
    low, high = np.quantile(scores, [WINSORISED, 1 - WINSORISED])
    return float(np.mean(np.clip(scores, low, high) ** 2))


def added_deviation(phi: float, deviations: Floats) -> float:
    """Gives tau of the additive model by the method of moments: tau² = [I phi - (I - 1)] / [sum w - sum w² / sum w]."""
    count, weights = len(deviations), 1 / deviations**2
    room = float(weights.sum() - (weights**2).sum() / weights.sum())
    excess = count * phi - (count - 1)
    return math.sqrt(excess / room) if excess > 0 and room > 0 else 0.0


def proportion_limits(
    denominator: int, target: float, *, chances: Sequence[float] = (WARNING, 1 - WARNING)
) -> tuple[float, ...]:
    """Gives exact binomial limits of a proportion, interpolated between whole numbers (appendix A.1.1).

    r is the smallest number with F(r) > p; the limit is (r - (F(r) - p) / (F(r) - F(r - 1))) / denominator.
    """
    from scipy.stats import binom

    return tuple(_interpolated(binom(denominator, target), chance) / denominator for chance in chances)


def ratio_limits(expected: float, *, chances: Sequence[float] = (WARNING, 1 - WARNING)) -> tuple[float, ...]:
    """Gives exact Poisson limits of observed over expected, interpolated between whole numbers (appendix A.1.2)."""
    from scipy.stats import poisson

    return tuple(_interpolated(poisson(expected), chance) / expected for chance in chances)


def poisson_interval(count: int, *, chance: float = 0.05) -> tuple[float, float]:
    """Gives the exact interval for the mean behind a count (Garwood 1936): half of chi-squared quantiles."""
    from scipy.special import gammaincinv

    # The chi-squared quantile with 2 k degrees of freedom, halved, is the inverse of the incomplete gamma function.
    lower = float(gammaincinv(count, chance / 2)) if count else 0.0
    return lower, float(gammaincinv(count + 1, 1 - chance / 2))


def byar_interval(count: int) -> tuple[float, float]:
    """Gives Byar's approximation of the 95% interval for the mean behind a count (Breslow and Day 1987)."""
    if not count:
        return 0.0, _byar(1, NORMAL_975)
    return _byar(count, -NORMAL_975), _byar(count + 1, NORMAL_975)


def _byar(count: int, z: float) -> float:
    return count * (1 - 1 / (9 * count) + z / (3 * math.sqrt(count))) ** 3


def _interpolated(spread: object, chance: float) -> float:
    """Of a frozen scipy distribution of whole numbers."""
    number = int(spread.ppf(chance))  # type: ignore[attr-defined]
    here, before = float(spread.cdf(number)), float(spread.cdf(number - 1))  # type: ignore[attr-defined]
    return number - (here - chance) / (here - before)


def _point(value: float, target: float, deviation: float) -> FunnelPoint:
    from scipy.special import ndtri

    inner, outer = -float(ndtri(WARNING)) * deviation, -float(ndtri(ALARM)) * deviation
    away = value - target
    side = "high" if away > 0 else "low"
    position = "within" if abs(away) <= inner else side if abs(away) <= outer else f"very {side}"
    limits = (target - inner, target + inner, target - outer, target + outer)
    return FunnelPoint(value, away / deviation, *limits, position)
