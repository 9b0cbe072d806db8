"""Ordinary least squares with standard errors that do not assume the same noise everywhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
# An authority that the fit must pass through says nothing about the noise; HC3 would divide by zero.
HIGHEST_LEVERAGE = 1 - 1e-8


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted line: coefficients with their HC3 standard errors, residuals in the unit of the response."""

    coefficients: Floats
    errors: Floats
    residuals: Floats
    freedom: int

    def band(self, place: int, *, error_rate: float) -> tuple[float, float]:
        """The interval of one coefficient that misses the truth at `error_rate`, by Student's t."""
        from scipy.special import stdtrit

        reach = float(stdtrit(self.freedom, 1 - error_rate / 2)) * float(self.errors[place])
        centre = float(self.coefficients[place])
        return centre - reach, centre + reach


def least_squares(response: Floats, design: Floats) -> Fit:
    """Gives the least-squares fit of `response` on the columns of `design`, errors by HC3 (MacKinnon and White 1985).

    HC3 divides each residual by (1 - leverage), which keeps its promise in small samples (Long and Ervin 2000).
    ValueError when the columns say the same thing twice or there are not more rows than columns.
    """
    rows, columns = design.shape
    if rows <= columns or np.linalg.matrix_rank(design) < columns:
        raise ValueError(f"{columns} columns cannot be told apart in {rows} rows")
    inverse = np.linalg.inv(design.T @ design)
    coefficients = inverse @ design.T @ response
    residuals = response - design @ coefficients
    leverage = np.minimum(np.einsum("ij,jk,ik->i", design, inverse, design), HIGHEST_LEVERAGE)
    scaled = design * (residuals / (1 - leverage))[:, None]
    spread = inverse @ (scaled.T @ scaled) @ inverse
    return Fit(coefficients, np.sqrt(np.diag(spread)), residuals, rows - columns)
