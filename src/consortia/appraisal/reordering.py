"""Rank correlation for samples that exist already, by re-ordering them; each sample keeps exactly its values.

Source: Iman and Conover 1982, "A distribution-free approach to inducing rank correlation among input variables",
Communications in Statistics B 11:311-334; methods.md 7.2.
"""

from __future__ import annotations

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.dependence import latent_correlation
from consortia.appraisal.nearest_correlation import firm, is_correlation, nearest_correlation


def reorder(samples: FloatArray, spearman: FloatArray, *, seed: int) -> FloatArray:
    """The samples [draw, input], each column in a new order, so that their rank correlations are near those wanted.

    Near means within about .03 at 1,000 draws. A matrix that is no correlation matrix is replaced by the nearest.
    Raises ValueError when the matrix does not fit the samples or there are no more draws than inputs.
    """
    draws, inputs = samples.shape
    if spearman.shape != (inputs, inputs) or draws <= inputs:
        raise ValueError(f"{draws} draws of {inputs} inputs cannot take correlations of shape {spearman.shape}")
    scores = _scores(draws, inputs, seed)
    wanted = _factor(np.array([[latent_correlation(value) for value in row] for row in spearman]))
    found = np.linalg.cholesky(np.corrcoef(scores, rowvar=False).reshape(inputs, inputs))
    tied = scores @ np.linalg.inv(found).T @ wanted.T
    ranks = np.argsort(np.argsort(tied, axis=0, kind="stable"), axis=0, kind="stable")
    return np.asarray(np.take_along_axis(np.sort(samples, axis=0), ranks, axis=0), dtype=np.float64)


def _scores(draws: int, inputs: int, seed: int) -> FloatArray:
    """van der Waerden scores, each column in an order of its own."""
    from scipy.special import ndtri

    scores = ndtri(np.arange(1, draws + 1) / (draws + 1))
    random = np.random.default_rng(seed)
    return np.column_stack([random.permutation(scores) for _ in range(inputs)])


def _factor(latent: FloatArray) -> FloatArray:
    np.fill_diagonal(latent, 1.0)
    used = firm(latent) if is_correlation(latent) else nearest_correlation(latent)
    return np.asarray(np.linalg.cholesky(used), dtype=np.float64)
