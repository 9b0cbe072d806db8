"""A stochastic cost frontier: what part of a high cost is inefficiency, and what part is chance.

Source: Aigner, Lovell and Schmidt 1977 (half-normal); efficiency by Battese and Coelli 1988; FRONTIER 4.1 as reference.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from consortia.benchmarking.envelopment import Refused
from consortia.benchmarking.regression import least_squares
from consortia.findings import msgid

Floats = npt.NDArray[np.float64]

FEWEST_UNITS = 50  # below this the two kinds of noise cannot be told apart [J]
# Twice the gain in log-likelihood must exceed this for inefficiency to be there at 5% (Kodde and Palm 1986, 1 df).
KODDE_PALM_5 = 2.706

WRONG_SKEW = msgid(
    "The costs above the line are not more drawn out than those below it, so nothing in them looks like inefficiency."
)
TOO_FEW_UNITS = msgid("{units} units are too few for a stochastic frontier, which needs {needed}.")
NOT_CERTAIN = msgid("Chance alone explains these costs nearly as well: the efficiencies may be nothing.")
SHAPE = msgid(
    "Efficiencies rest on the assumed shape of inefficiency (half-normal); their order is safer than their size."
)


@dataclass(frozen=True, slots=True)
class Frontier:
    """The fitted frontier: coefficients in the order of the columns (constant last), and an efficiency for each unit.

    `sigma_u`, `sigma_v`: standard deviations of inefficiency (before it is folded) and of chance, in logarithms;
    `gamma` = sigma_u² / (sigma_u² + sigma_v²). An efficiency of 0.9: the frontier would cost about 90% of the cost.
    """

    coefficients: tuple[float, ...]
    sigma_u: float
    sigma_v: float
    log_likelihood: float
    efficiencies: tuple[float, ...]
    likelihood_ratio: float
    caveats: tuple[str, ...]

    @property
    def gamma(self) -> float:
        """The part of inefficiency in the variance of the two together."""
        return self.sigma_u**2 / (self.sigma_u**2 + self.sigma_v**2)


def cost_frontier(log_cost: Floats, drivers: Floats) -> Frontier | Refused:
    """Gives the frontier ln C = x'b + v + u with v normal and u half-normal, or the reason why there is none.

    `log_cost`: natural logarithms of cost in one price base; `drivers`: one column for each driver (without constant).
    Maximum likelihood from least squares as a start. Refused with fewer than 50 units or the wrong skew.
    """
    units = len(log_cost)
    if units < FEWEST_UNITS:
        return Refused(TOO_FEW_UNITS, (("units", units), ("needed", FEWEST_UNITS)))
    design = np.column_stack([drivers, np.ones(units)])
    start = least_squares(log_cost, design)
    if np.mean(start.residuals**3) <= 0:
        return Refused(WRONG_SKEW)
    best = _maximise(log_cost, design, *_moments(start.coefficients, start.residuals))
    return _frontier(best, log_cost, design, start.residuals)


def log_likelihood(residuals: Floats, sigma_u: float, sigma_v: float) -> float:
    """Gives the log-likelihood of composed residuals v + u:

    n ln 2 - n ln sigma - n/2 ln 2 pi - sum e² / 2 sigma² + sum ln Phi(e lambda / sigma), lambda = sigma_u / sigma_v.
    """
    from scipy.special import log_ndtr

    count, sigma = len(residuals), np.hypot(sigma_u, sigma_v)
    squares = -(residuals @ residuals) / (2 * sigma**2)
    fold = log_ndtr(residuals * sigma_u / sigma_v / sigma).sum()
    return float(count * (np.log(2) - np.log(sigma) - np.log(2 * np.pi) / 2) + squares + fold)


def efficiencies(residuals: Floats, sigma_u: float, sigma_v: float) -> Floats:
    """Gives E[exp(-u) | e] for each composed residual e = v + u (Battese and Coelli 1988, for a cost frontier)."""
    from scipy.special import log_ndtr

    total = sigma_u**2 + sigma_v**2
    centre, spread = residuals * sigma_u**2 / total, sigma_u * sigma_v / np.sqrt(total)
    folded = log_ndtr(centre / spread - spread) - log_ndtr(centre / spread)
    return np.asarray(np.exp(folded - centre + spread**2 / 2))


def _moments(coefficients: Floats, residuals: Floats) -> tuple[Floats, float, float]:
    """Corrected least squares: sigma_u from the third moment, the constant lowered by the mean of u."""
    skew = float(np.mean(residuals**3)) / (np.sqrt(2 / np.pi) * (4 / np.pi - 1))
    sigma_u = skew ** (1 / 3)
    left = float(residuals @ residuals / len(residuals)) - (1 - 2 / np.pi) * sigma_u**2
    sigma_v = np.sqrt(max(left, 0.05 * sigma_u**2))
    lowered = coefficients.copy()
    lowered[-1] -= np.sqrt(2 / np.pi) * sigma_u
    return lowered, float(sigma_u), float(sigma_v)


def _maximise(log_cost: Floats, design: Floats, start: Floats, sigma_u: float, sigma_v: float) -> Floats:
    """The coefficients, then the logarithms of sigma_u and sigma_v, where the likelihood is highest."""
    from scipy.optimize import minimize

    def worse(values: Floats) -> float:
        return -log_likelihood(log_cost - design @ values[:-2], *np.exp(values[-2:]))

    first = np.concatenate([start, np.log([sigma_u, sigma_v])])
    climbed = minimize(worse, first, method="Nelder-Mead", options={"maxiter": 4000, "xatol": 1e-7, "fatol": 1e-9})
    return np.asarray(minimize(worse, climbed.x, method="BFGS").x)


def _frontier(best: Floats, log_cost: Floats, design: Floats, plain: Floats) -> Frontier:
    sigma_u, sigma_v = (float(each) for each in np.exp(best[-2:]))
    residuals = log_cost - design @ best[:-2]
    height = log_likelihood(residuals, sigma_u, sigma_v)
    variance = float(plain @ plain) / len(plain)
    chance_alone = -len(plain) / 2 * (np.log(2 * np.pi * variance) + 1)
    ratio = 2 * (height - chance_alone)
    caveats = (SHAPE,) if ratio > KODDE_PALM_5 else (NOT_CERTAIN, SHAPE)
    each = efficiencies(residuals, sigma_u, sigma_v)
    return Frontier(tuple(best[:-2].tolist()), sigma_u, sigma_v, height, tuple(each.tolist()), ratio, caveats)
