"""Which uncertainty makes the spread: first-order indices from the draws that were made anyway, no run more.

Source: methods.md 7.4. The draws are sorted by one independent driver into bins of equal size; the part of the
variance that lies between the bins is what is explained by that driver alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.bins import bin_of, sums_by_bin
from consortia.appraisal.draws import Driver, Sampling
from consortia.appraisal.driver_groups import DriverGroup, driver_groups
from consortia.appraisal.regression import explain

BINS = 32


@dataclass(frozen=True, slots=True)
class FirstOrder:
    """The part of the variance that one group of drivers explains alone, with its Monte Carlo standard error."""

    group: DriverGroup
    share: float
    error: float


def first_order(sampling: Sampling, outcome: FloatArray, *, seed: int, bins: int = BINS) -> tuple[FirstOrder, ...]:
    """First-order index of every independent driver of an outcome [draw] (without the central case), largest first.

    The drivers are those of the draws of that seed, made again: not the inputs themselves, which move together.
    Together they are at most one, and less by what drivers do only in company. Raises ValueError for fewer than eight
    draws a bin.
    """
    return first_orders(sampling, outcome[:, None], seed=seed, bins=bins)[0]


def first_orders(
    sampling: Sampling, outcomes: FloatArray, *, seed: int, bins: int = BINS
) -> tuple[tuple[FirstOrder, ...], ...]:
    """The same for each of several outcomes [draw, outcome], such as the worth to each partner, in one pass."""
    if outcomes.ndim != 2 or outcomes.shape[0] < 8 * bins:
        raise ValueError(f"{bins} bins need at least {8 * bins} draws of one outcome")
    centred = np.ascontiguousarray(outcomes - outcomes.mean(axis=0), dtype=np.float64)
    normals = sampling.normals(count=len(centred), seed=seed)
    groups = driver_groups(sampling)
    shares = [_shares(group, normals, centred, bins) for group in groups]
    return tuple(_ordered(groups, [each[place] for each in shares]) for place in range(centred.shape[1]))


def _ordered(groups: tuple[DriverGroup, ...], shares: list[tuple[float, float]]) -> tuple[FirstOrder, ...]:
    found = [FirstOrder(group, *share) for group, share in zip(groups, shares, strict=True)]
    return tuple(sorted(found, key=lambda each: (-each.share, each.group.name)))


def _shares(
    group: DriverGroup, normals: Mapping[Driver, FloatArray], centred: FloatArray, bins: int
) -> list[tuple[float, float]]:
    """For each outcome the share of one group, and its error."""
    columns = group.columns(normals)
    if columns.shape[1] > 1:
        fit = explain(columns, centred)
        shares, terms = fit.explained, fit.basis.shape[1]
    else:
        shares, terms = _between_bins(columns[:, 0], centred, bins), bins
    return [(float(share), _error(float(share), terms, len(centred))) for share in shares]


def _between_bins(driver: FloatArray, centred: FloatArray, bins: int) -> FloatArray:
    """Part of each variance between bins of a standard normal, less what chance alone puts there (omega squared)."""
    place = bin_of(driver, bins)
    counts = np.maximum(np.bincount(place, minlength=bins), 1)[:, None]
    total = np.sum(centred**2, axis=0)
    between = np.sum(sums_by_bin(place, centred, bins) ** 2 / counts, axis=0)
    within = (total - between) / (len(centred) - bins)
    return np.where(total > 0, (between - (bins - 1) * within) / np.where(total > 0, total + within, 1.0), 0.0)


def _error(share: float, terms: int, draws: int) -> float:
    """That of a noncentral chi-square with as many degrees of freedom as terms; for independent draws."""
    share = min(max(share, 0.0), 1.0)
    return sqrt(2 * (terms - 1) * (1 - share) ** 2 + 4 * draws * share * (1 - share)) / draws
