"""Which uncertainty makes the spread: first-order indices from the draws that were made anyway, no run more.

Source: methods.md 7.4. The draws are told apart by one independent driver into bins of equal chance; the part of the
variance that lies between the bins is what is explained by that driver alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.bins import sums_of_normal, sums_of_points
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
    groups = driver_groups(sampling)
    shares = _of_single_drivers(groups, sampling, centred, seed, bins)
    if len(shares) < len(groups):
        normals = sampling.normals(count=len(centred), seed=seed)
        shares |= {group: _of_several(group, normals, centred, bins) for group in groups if group not in shares}
    return tuple(_ordered(groups, [shares[group][place] for group in groups]) for place in range(centred.shape[1]))


def _ordered(groups: tuple[DriverGroup, ...], shares: list[tuple[float, float]]) -> tuple[FirstOrder, ...]:
    found = [FirstOrder(group, *share) for group, share in zip(groups, shares, strict=True)]
    return tuple(sorted(found, key=lambda each: (-each.share, each.group.name)))


def _of_single_drivers(
    groups: tuple[DriverGroup, ...], sampling: Sampling, centred: FloatArray, seed: int, bins: int
) -> dict[DriverGroup, list[tuple[float, float]]]:
    """For each group that is one driver, and each outcome, the share and its error: straight from the points."""
    single = [group for group in groups if group.weights in ((), (1.0,)) and len(group.drivers) == 1]
    place = {driver: row for row, driver in enumerate(sampling.drivers)}
    points = sampling.sequence(count=len(centred), seed=seed).only([place[group.drivers[0]] for group in single])
    sums, counts = sums_of_points(points, centred, bins)
    total = np.sum(centred**2, axis=0)
    return {
        group: _with_errors(_between_bins(mine, draws, total), bins, len(centred))
        for group, mine, draws in zip(single, sums, counts, strict=True)
    }


def _of_several(
    group: DriverGroup, normals: Mapping[Driver, FloatArray], centred: FloatArray, bins: int
) -> list[tuple[float, float]]:
    """The same for a group of several drivers, whether they come to one normal or not."""
    columns = group.columns(normals)
    if columns.shape[1] > 1:
        fit = explain(columns, centred)
        return _with_errors(fit.explained, fit.basis.shape[1], len(centred))
    sums, counts = sums_of_normal(columns[:, 0], centred, bins)
    return _with_errors(_between_bins(sums, counts, np.sum(centred**2, axis=0)), bins, len(centred))


def _between_bins(sums: FloatArray, counts: FloatArray, total: FloatArray) -> FloatArray:
    """Part of each variance between bins of equal chance, less what chance alone puts there (omega squared)."""
    bins, draws = counts.size, counts.sum()
    between = np.sum(sums**2 / np.maximum(counts, 1)[:, None], axis=0)
    within = (total - between) / (draws - bins)
    return np.where(total > 0, (between - (bins - 1) * within) / np.where(total > 0, total + within, 1.0), 0.0)


def _with_errors(shares: FloatArray, terms: int, draws: int) -> list[tuple[float, float]]:
    return [(float(share), _error(float(share), terms, draws)) for share in shares]


def _error(share: float, terms: int, draws: int) -> float:
    """That of a noncentral chi-square with as many degrees of freedom as terms; for independent draws."""
    share = min(max(share, 0.0), 1.0)
    return sqrt(2 * (terms - 1) * (1 - share) ** 2 + 4 * draws * share * (1 - share)) / draws
