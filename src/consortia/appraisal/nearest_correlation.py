"""The nearest matrix that is a correlation matrix.

Source: Higham 2002, "Computing the nearest correlation matrix", IMA Journal of Numerical Analysis 22:329-343:
alternating projections with Dykstra's correction, onto the positive semidefinite matrices and onto unit diagonals.
"""

from __future__ import annotations

import numpy as np

from consortia.appraisal.arrays import FloatArray

_ROUNDS = 2_000
_CLOSE = 1e-12
_SMALLEST = 1e-9
"""Smallest eigenvalue that is left, so that the matrix has a Cholesky factor."""


def is_correlation(matrix: FloatArray) -> bool:
    """Whether a symmetric matrix with ones on its diagonal can be the correlations of anything."""
    return bool(np.linalg.eigvalsh(matrix)[0] >= -_SMALLEST)


def nearest_correlation(matrix: FloatArray) -> FloatArray:
    """The correlation matrix with the least sum of squared changes to a symmetric matrix."""
    near, correction = matrix.copy(), np.zeros_like(matrix)
    for _ in range(_ROUNDS):
        aim = near - correction
        valid = _without_negative_parts(aim, 0.0)
        correction = valid - aim
        before, near = near, valid.copy()
        np.fill_diagonal(near, 1.0)
        if np.linalg.norm(near - before) <= _CLOSE * np.linalg.norm(near):
            break
    return firm(near)


def firm(matrix: FloatArray) -> FloatArray:
    """The same to about nine digits, with every eigenvalue above zero and ones on the diagonal."""
    positive = _without_negative_parts(matrix, _SMALLEST)
    size = np.sqrt(np.diag(positive))
    scaled = positive / np.outer(size, size)
    np.fill_diagonal(scaled, 1.0)
    return np.asarray(scaled, dtype=np.float64)


def _without_negative_parts(matrix: FloatArray, smallest: float) -> FloatArray:
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    return np.asarray((vectors * np.maximum(values, smallest)) @ vectors.T, dtype=np.float64)
