"""Floors and caps on shares: whatever a rule gives, nobody gets less than a floor or more than a cap.

What is cut off one is spread over those who still have room, by their weights, so that the total stays the same.
"""

from collections.abc import Sequence

import numpy as np

from consortia.partnership.masks import FloatArray
from consortia.partnership.refusals import PartnershipError


def damped(
    shares: FloatArray, *, floors: Sequence[float], caps: Sequence[float], weights: Sequence[float]
) -> FloatArray:
    """Give the shares moved alike, by weight, until they lie between floors and caps and still have the same total.

    share = between(floor, rule's share + level x weight, cap), at the level that keeps the total. All in the unit of
    the shares. `PartnershipError` where no shares between floors and caps have that total.
    """
    lowest, highest = np.asarray(floors, dtype=np.float64), np.asarray(caps, dtype=np.float64)
    parts, total = np.asarray(weights, dtype=np.float64), float(np.sum(shares))
    if not (lowest <= highest).all() or not (parts > 0).all():
        raise ValueError("No floor may lie above its cap, and every weight must be above zero.")
    if not lowest.sum() <= total <= highest.sum():
        raise PartnershipError(
            f"Floors of {lowest.sum():,.0f} and caps of {highest.sum():,.0f} leave no way to share {total:,.0f}.",
            remedy="Lower a floor or raise a cap.",
        )
    levels = np.unique(np.r_[(lowest - shares) / parts, (highest - shares) / parts])
    levels = levels[np.isfinite(levels)]
    if not levels.size:
        return np.asarray(shares, dtype=np.float64)

    def at(level: float) -> FloatArray:
        return np.clip(shares + level * parts, lowest, highest)

    sums = np.array([at(level).sum() for level in levels])
    below, above = float(parts[np.isinf(lowest)].sum()), float(parts[np.isinf(highest)].sum())
    return at(_level(levels, sums, total=total, below=below, above=above))


def _level(levels: FloatArray, sums: FloatArray, *, total: float, below: float, above: float) -> float:
    """The level at which the sum, which rises in straight pieces between the levels, reaches the total.

    Below the lowest level only the weights without a floor still move, above the highest those without a cap.
    """
    if total < sums[0]:
        return float(levels[0] - (sums[0] - total) / below)
    if total > sums[-1]:
        return float(levels[-1] + (total - sums[-1]) / above)
    return float(np.interp(total, sums, levels))
