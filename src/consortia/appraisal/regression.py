"""The part of an outcome that some inputs explain: a smooth curve in each, and in company in each pair.

Cubic splines by least squares; enough for a few inputs and some thousand draws (Strong, Oakley and Brennan 2014 use
the same idea with other smoothers).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from consortia.appraisal.arrays import FloatArray

KNOTS = 7
FEW_VALUES = 8
_NOTHING_NEW = 1e-11
MOST_IN_PAIRS = 6
"""Beyond this many inputs only the curve in each is fitted."""


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Outcomes [draw, outcome] as inputs explain them, with what a test of the fit needs."""

    fitted: FloatArray
    residuals: FloatArray
    basis: FloatArray
    """[draw, term] orthonormal columns that the outcomes were projected on."""

    @property
    def explained(self) -> FloatArray:
        """For each outcome the part of its variance that the inputs explain, adjusted for the number of terms."""
        draws, terms = self.basis.shape
        outcomes = self.fitted + self.residuals
        total = np.var(outcomes, axis=0, ddof=1)
        left = np.sum(self.residuals**2, axis=0) / (draws - terms)
        return np.where(total > 0, 1 - left / np.where(total > 0, total, 1.0), 0.0)


def explain(inputs: FloatArray, outcomes: FloatArray) -> Fit:
    """Fits outcomes [draw, outcome] by inputs [draw, input].

    Raises ValueError when there are too few draws for the number of terms that the inputs need.
    """
    terms = _terms(inputs)
    if outcomes.shape[0] < 4 * terms.shape[1]:
        raise ValueError(f"{outcomes.shape[0]} draws are too few to fit {terms.shape[1]} terms; draw more")
    basis = _orthonormal(terms)
    fitted = basis @ (basis.T @ outcomes)
    return Fit(fitted, outcomes - fitted, basis)


def _terms(inputs: FloatArray) -> FloatArray:
    each = [_curve(column) for column in inputs.T]
    joint: list[FloatArray] = []
    if inputs.shape[1] <= MOST_IN_PAIRS:
        low: list[FloatArray] = [_standard(curve)[:, :2] for curve in each]
        joint = [one[:, [i]] * two for one, two in combinations(low, 2) for i in range(one.shape[1])]
    return np.asarray(np.hstack([np.ones((inputs.shape[0], 1)), *each, *joint]), dtype=np.float64)


def _curve(column: FloatArray) -> FloatArray:
    """Terms of one input: one for each value of an input that has few, else a cubic with knots at its quantiles."""
    values = np.unique(column)
    if values.size <= FEW_VALUES:
        return np.asarray(column[:, None] == values[1:], dtype=np.float64)
    unit = (column - column.mean()) / column.std()
    knots = np.unique(np.quantile(unit, np.linspace(0, 1, KNOTS + 2)[1:-1]))
    powers = np.column_stack([unit, unit**2, unit**3])
    return np.asarray(np.hstack([powers, np.maximum(unit[:, None] - knots, 0.0) ** 3]), dtype=np.float64)


def _standard(terms: FloatArray) -> FloatArray:
    spread = terms.std(axis=0)
    return np.asarray((terms - terms.mean(axis=0)) / np.where(spread > 0, spread, 1.0), dtype=np.float64)


def _orthonormal(terms: FloatArray) -> FloatArray:
    """Columns that span the same outcomes; terms that say nothing new are dropped.

    From the products of the terms, twice: far quicker than to decompose the terms themselves, and the second round
    takes away the rounding of the first.
    """
    scaled = np.hstack([terms[:, :1], _standard(terms[:, 1:])])
    sizes, vectors = np.linalg.eigh(scaled.T @ scaled)
    kept = sizes > _NOTHING_NEW * sizes[-1]
    rough = scaled @ (vectors[:, kept] / np.sqrt(sizes[kept]))
    return np.asarray(rough @ np.linalg.inv(np.linalg.cholesky(rough.T @ rough)).T, dtype=np.float64)
