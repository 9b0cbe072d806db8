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
    if outcome.ndim != 1 or outcome.size < 8 * bins:
        raise ValueError(f"{bins} bins need at least {8 * bins} draws of one outcome")
    normals = sampling.normals(count=outcome.size, seed=seed)
    found = [_share(group, normals, outcome, bins) for group in driver_groups(sampling)]
    return tuple(sorted(found, key=lambda each: (-each.share, each.group.name)))


def _share(group: DriverGroup, normals: Mapping[Driver, FloatArray], outcome: FloatArray, bins: int) -> FirstOrder:
    columns = group.columns(normals)
    if columns.shape[1] > 1:
        fit = explain(columns, outcome[:, None])
        share, terms = float(fit.explained[0]), fit.basis.shape[1]
    else:
        share, terms = _between_bins(columns[:, 0], outcome, bins), bins
    return FirstOrder(group, share, _error(share, terms, outcome.size))


def _between_bins(driver: FloatArray, outcome: FloatArray, bins: int) -> float:
    """Part of the variance between bins of a standard normal, less what chance alone puts there (omega squared)."""
    from scipy.special import ndtr

    place = np.minimum((ndtr(driver) * bins).astype(np.int64), bins - 1)
    counts = np.bincount(place, minlength=bins)
    centred = outcome - outcome.mean()
    total = float(centred @ centred)
    if total == 0:
        return 0.0
    between = float(np.sum(np.bincount(place, weights=centred, minlength=bins) ** 2 / np.maximum(counts, 1)))
    within = (total - between) / (outcome.size - bins)
    return (between - (bins - 1) * within) / (total + within)


def _error(share: float, terms: int, draws: int) -> float:
    """That of a noncentral chi-square with as many degrees of freedom as terms; for independent draws."""
    share = min(max(share, 0.0), 1.0)
    return sqrt(2 * (terms - 1) * (1 - share) ** 2 + 4 * draws * share * (1 - share)) / draws
