"""Draws of uncertain inputs, with common factors, the same for the same seed in whatever order the inputs come.

Source: methods.md 7.2 (Gaussian copula) and 7.3 (scrambled Sobol sequence, a power of two). Draw 0 is the central case:
every input at its central value. It is a row of the same array, not a second calculation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.distributions import Distribution
from consortia.appraisal.refusals import AppraisalError

HIGHEST_DIMENSION = 21_201
"""The Sobol sequence is tabulated up to this dimension (Joe and Kuo 2008)."""
_HALF_STEP = 2.0**-31
"""Half a step of the 30-bit sequence: moves it off 0, where the normal distribution has no value."""

Shares = Mapping[str, Mapping[str, float]]
"""For each input the part of its latent variance that comes from each common factor; the rest is its own."""


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """For each input an array [count + 1]; the first value is the central one."""

    columns: Mapping[str, FloatArray]
    count: int
    seed: int

    @classmethod
    def sample(
        cls, inputs: Mapping[str, Distribution], *, count: int, seed: int, shares: Shares | None = None
    ) -> Draws:
        """Draws each input `count` times.

        Two inputs that share factors have the latent normal correlation: sum over the factors of the square root of
        the product of their shares. Raises AppraisalError when `count` is no power of two, when shares add up to more
        than one, or when there are more inputs than the sequence has dimensions.
        """
        shares = shares or {}
        _check(inputs, count, shares)
        latent = _latent(inputs, count, seed, shares)
        columns = {name: _column(inputs[name], latent, shares.get(name, {}), name) for name in inputs}
        return cls(columns, count, seed)

    def __getitem__(self, name: str) -> FloatArray:
        """The draws of one input, the central value first."""
        return self.columns[name]


def _latent(
    inputs: Mapping[str, Distribution], count: int, seed: int, shares: Shares
) -> dict[tuple[str, str], FloatArray]:
    """One standard normal column for each input and each factor; sorted by name, so that order makes no difference."""
    from scipy.special import ndtri
    from scipy.stats import qmc

    factors = {factor for name in inputs for factor in shares.get(name, {})}
    names = sorted([("input", name) for name in inputs] + [("factor", factor) for factor in factors])
    if not names:
        return {}
    if len(names) > HIGHEST_DIMENSION:
        raise AppraisalError(f"{len(names)} uncertain inputs are too many to draw.", remedy="Study fewer services.")
    points = qmc.Sobol(len(names), scramble=True, rng=np.random.default_rng(seed)).random_base2(count.bit_length() - 1)
    normal = ndtri(np.ascontiguousarray(points.T) + _HALF_STEP)
    return dict(zip(names, normal, strict=True))


def _column(
    distribution: Distribution, latent: Mapping[tuple[str, str], FloatArray], shares: Mapping[str, float], name: str
) -> FloatArray:
    from scipy.special import ndtr

    normal = sqrt(max(1.0 - sum(sorted(shares.values())), 0.0)) * latent["input", name]
    for factor in sorted(shares):
        normal = normal + sqrt(shares[factor]) * latent["factor", factor]
    column = np.concatenate([[distribution.central], distribution.ppf(ndtr(normal))])
    column.setflags(write=False)
    return column


def _check(inputs: Mapping[str, Distribution], count: int, shares: Shares) -> None:
    if count < 1 or count & (count - 1):
        raise AppraisalError(f"{count} draws are not a power of two.", remedy="Ask for 4096, 8192 or the like.")
    for name in inputs:
        parts = list(shares.get(name, {}).values())
        if min(parts, default=0.0) < 0 or sum(parts) > 1 + 1e-12:
            raise AppraisalError(
                f"The correlations asked for '{name}' cannot exist together.", remedy="Lower one of them."
            )
