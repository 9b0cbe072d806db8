"""First-order and total indices of any model, by running it on two samples and on their mixtures.

Source: methods.md 7.4; first order as Saltelli et al. 2010, total as Jansen 1999 ("Variance based sensitivity analysis
of model output", Computer Physics Communications 117:35-43).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.draws import Driver, Sampling
from consortia.appraisal.driver_groups import DriverGroup, driver_groups
from consortia.appraisal.model import Model, checked
from consortia.appraisal.refusals import AppraisalError
from consortia.appraisal.replicates import replicate_seeds
from consortia.appraisal.sobol import HIGHEST_DIMENSION, Sobol

_LEAST = 64


@dataclass(frozen=True, slots=True)
class SobolIndex:
    """What one group of drivers explains: alone, and with all it does in company. Parts of the variance."""

    group: DriverGroup
    first: float
    total: float
    first_error: float
    total_error: float


@dataclass(frozen=True, slots=True)
class SobolIndices:
    """Indices of all groups, the largest total first, with the variance they are parts of and the runs they took."""

    variance: float
    indices: tuple[SobolIndex, ...]
    runs: int


def sobol_indices(
    model: Model,
    sampling: Sampling,
    *,
    count: int = 1024,
    replicates: int = 8,
    seed: int,
    of: Sequence[DriverGroup] | None = None,
) -> SobolIndices:
    """Runs a model count x replicates x (groups + 2) times. Tied inputs, and common factors, count as one group each.

    `of` names the groups that are asked about; None: all of them.

    Each replicate is a scramble of its own: one unlucky scramble then neither spoils the answer nor goes unseen in its
    errors. Raises AppraisalError for a count that is no power of two or below 64, or for too many inputs; ValueError
    for a model that does not give a number.
    """
    groups = driver_groups(sampling) if of is None else tuple(of)
    seeds = replicate_seeds(seed, replicates)
    runs = [_replicate(model, sampling, groups, count, each) for each in seeds]
    ordered = sorted((_index(each, runs) for each in groups), key=lambda index: (-index.total, index.group.name))
    variance = float(np.mean([run.variance for run in runs]))
    return SobolIndices(variance, tuple(ordered), count * replicates * (len(groups) + 2))


@dataclass(frozen=True, slots=True)
class _Replicate:
    """Of one scramble: the variance, and the parts of it that each group explains alone and in all."""

    variance: float
    parts: dict[DriverGroup, tuple[float, float]]


def _replicate(model: Model, sampling: Sampling, groups: tuple[DriverGroup, ...], count: int, seed: int) -> _Replicate:
    one, two = _samples(sampling, count, seed)
    a, b = _run(model, sampling, one), _run(model, sampling, two)
    centre = (a.mean() + b.mean()) / 2
    a, b = a - centre, b - centre
    parts = {}
    for group in groups:
        mixed = _run(model, sampling, one | {driver: two[driver] for driver in group.drivers}) - centre
        parts[group] = float(np.mean(b * (mixed - a))), float(np.mean((a - mixed) ** 2)) / 2
    return _Replicate(float(np.mean(a**2 + b**2) / 2), parts)


def _index(group: DriverGroup, runs: list[_Replicate]) -> SobolIndex:
    """Saltelli's first-order and Jansen's total estimate over all replicates; errors by leaving each out."""
    variances, parts = np.array([run.variance for run in runs]), np.array([run.parts[group] for run in runs])
    if not variances.sum() > 0:
        return SobolIndex(group, 0.0, 0.0, 0.0, 0.0)
    first, total = parts.sum(axis=0) / variances.sum()
    others = (parts.sum(axis=0) - parts) / (variances.sum() - variances)[:, None]
    errors = np.sqrt((len(runs) - 1) * np.var(others, axis=0))
    return SobolIndex(group, float(first), float(total), float(errors[0]), float(errors[1]))


def _samples(sampling: Sampling, count: int, seed: int) -> tuple[dict[Driver, FloatArray], dict[Driver, FloatArray]]:
    """Two samples of the drivers that are independent of each other: halves of one sequence of twice the dimensions."""
    from scipy.special import ndtri

    drivers = sampling.drivers
    if count < _LEAST or count & (count - 1):
        raise AppraisalError(
            f"{count} runs are too few or not a power of two.", remedy="Ask for 1024, 2048 or the like."
        )
    if 2 * len(drivers) > HIGHEST_DIMENSION:
        raise AppraisalError(f"{len(drivers)} inputs are too many for this study.", remedy="Study fewer inputs.")
    points = ndtri(Sobol.scrambled(2 * len(drivers), count=count, seed=seed).points(0, count))
    return dict(zip(drivers, points, strict=False)), dict(zip(drivers, points[len(drivers) :], strict=True))


def _run(model: Model, sampling: Sampling, normals: dict[Driver, FloatArray]) -> FloatArray:
    rows = next(iter(normals.values())).size if normals else 0
    return checked(model(sampling.columns(normals)), rows)
