"""Draws of what a record of delivery tells: how much arrives, how services differ, how years differ, how cells scatter.

Model (methods.md 6.3), for ln(delivered / planned) of tier g, service s, year t:

    y = mu_g + a_gs + b_gt + e,   a ~ N(0, tau_g^2),   b ~ N(0, tau_year^2),   e ~ Student t (4 degrees) or normal,
    of scale sigma_g
    mu ~ N(0, .25^2),   tau_g and sigma_g ~ half-normal(.5),   tau_year ~ half-normal(.25)

Gibbs sampling, many short chains side by side: the effects of a tier in one draw, each scale twice (given the effects,
and given the effects in units of it), since either alone moves slowly where a scale is near zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from consortia.appraisal.arrays import FloatArray

Errors = Literal["student_t", "normal"]
IntArray = npt.NDArray[np.int64]
_GRID = np.geomspace(1e-3, 4.0, 240)
"""Values that a scale may take when it is drawn given the effects; steps of 3.5%."""


@dataclass(frozen=True, slots=True)
class Priors:
    """What is believed before the record: full delivery, and how far things may differ (logarithms)."""

    mean_sd: float = 0.25
    scale_sd: float = 0.5
    year_sd: float = 0.25
    freedom: float = 4.0


PRIORS = Priors()


@dataclass(frozen=True, slots=True, eq=False)
class TierRecord:
    """Logarithms of delivered over planned of one tier, with the place of their service and year."""

    logs: FloatArray
    service: IntArray
    year: IntArray
    services: tuple[str, ...]
    years: int

    @property
    def design(self) -> FloatArray:
        """[cell, 1 + services + years]: a one for the mean, the service and the year of each cell."""
        rows = np.arange(self.logs.size)
        design = np.zeros((self.logs.size, 1 + len(self.services) + self.years))
        design[:, 0] = 1
        design[rows, 1 + self.service] = 1
        design[rows, 1 + len(self.services) + self.year] = 1
        return design


@dataclass(frozen=True, slots=True, eq=False)
class TierDraws:
    """Posterior draws of one tier: mean [draw], service effects [draw, service], scales [draw]."""

    services: tuple[str, ...]
    mean: FloatArray
    effects: FloatArray
    tau: FloatArray
    sigma: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class DeliveryDraws:
    """Posterior draws of the whole model."""

    errors: Errors
    tiers: Mapping[str, TierDraws]
    tau_year: FloatArray
    priors: Priors


@dataclass(slots=True, eq=False)
class _Tier:
    """The state of all chains for one tier."""

    record: TierRecord
    design: FloatArray
    products: FloatArray
    effects: FloatArray
    weights: FloatArray
    tau: FloatArray
    sigma: FloatArray

    @property
    def of_services(self) -> slice:
        return slice(1, 1 + len(self.record.services))

    @property
    def of_years(self) -> slice:
        return slice(1 + len(self.record.services), None)

    @property
    def residuals(self) -> FloatArray:
        return np.asarray(self.record.logs - self.effects @ self.design.T)


def sample_delivery(
    records: Mapping[str, TierRecord],
    *,
    errors: Errors,
    seed: int,
    priors: Priors = PRIORS,
    chains: int = 200,
    warm_up: int = 150,
    kept: int = 250,
) -> DeliveryDraws:
    """Draws chains x kept sets of parameters from their posterior distribution."""
    random = np.random.default_rng(seed)
    tiers = {name: _begin(record, chains, random) for name, record in records.items()}
    tau_year = random.uniform(0.02, 0.3, chains)
    states = []
    for step in range(warm_up + kept):
        for tier in tiers.values():
            _draw_effects(tier, tau_year, priors, random)
            _draw_scales(tier, priors, errors, random)
        tau_year = _draw_year_scale(list(tiers.values()), tau_year, priors, random)
        if step >= warm_up:
            states.append(({name: _copy(tier) for name, tier in tiers.items()}, tau_year.copy()))
    gathered = {name: _gather(tiers[name].record, [state[0][name] for state in states]) for name in tiers}
    return DeliveryDraws(errors, gathered, np.concatenate([state[1] for state in states]), priors)


def _begin(record: TierRecord, chains: int, random: np.random.Generator) -> _Tier:
    design = record.design
    products = np.einsum("ip,iq->ipq", design, design).reshape(record.logs.size, -1)
    return _Tier(
        record, design, products,
        effects=np.zeros((chains, design.shape[1])),
        weights=np.ones((chains, record.logs.size)),
        tau=random.uniform(0.02, 0.5, chains),
        sigma=random.uniform(0.05, 0.6, chains),
    )  # fmt: skip


def _draw_effects(tier: _Tier, tau_year: FloatArray, priors: Priors, random: np.random.Generator) -> None:
    """Mean, services and years of a tier together: normal, given the scales and the weight of each cell."""
    chains, terms = tier.effects.shape
    precision = tier.weights / tier.sigma[:, None] ** 2
    matrix = (precision @ tier.products).reshape(chains, terms, terms)
    prior = np.empty((chains, terms))
    prior[:, 0] = 1 / priors.mean_sd**2
    prior[:, tier.of_services] = 1 / tier.tau[:, None] ** 2
    prior[:, tier.of_years] = 1 / tau_year[:, None] ** 2
    matrix[:, np.arange(terms), np.arange(terms)] += prior
    factor = np.linalg.cholesky(matrix)
    aim = (precision * tier.record.logs) @ tier.design
    half = np.linalg.solve(factor, aim[:, :, None]) + random.standard_normal((chains, terms, 1))
    tier.effects = np.linalg.solve(factor.transpose(0, 2, 1), half)[:, :, 0]


def _draw_scales(tier: _Tier, priors: Priors, errors: Errors, random: np.random.Generator) -> None:
    """Spread of services, spread of cells, and (with heavy tails) the weight of each cell."""
    effects = tier.effects[:, tier.of_services]
    tier.tau = _scale_given(np.sum(effects**2, axis=1), effects.shape[1], priors.scale_sd, random)
    tier.tau, tier.effects[:, tier.of_services] = _rescaled([tier], "of_services", tier.tau, priors.scale_sd, random)[0]
    squares = tier.residuals**2
    tier.sigma = _scale_given(np.sum(tier.weights * squares, axis=1), squares.shape[1], priors.scale_sd, random)
    if errors == "student_t":
        rate = (priors.freedom + squares / tier.sigma[:, None] ** 2) / 2
        tier.weights = random.standard_gamma((priors.freedom + 1) / 2, squares.shape) / rate


def _draw_year_scale(
    tiers: Sequence[_Tier], tau_year: FloatArray, priors: Priors, random: np.random.Generator
) -> FloatArray:
    """Spread of years, one for all tiers."""
    effects = np.hstack([tier.effects[:, tier.of_years] for tier in tiers])
    tau_year = _scale_given(np.sum(effects**2, axis=1), effects.shape[1], priors.year_sd, random)
    for tier, (tau, years) in zip(tiers, _rescaled(tiers, "of_years", tau_year, priors.year_sd, random), strict=True):
        tau_year, tier.effects[:, tier.of_years] = tau, years
    return tau_year


def _scale_given(squares: FloatArray, count: int, prior_sd: float, random: np.random.Generator) -> FloatArray:
    """A standard deviation given the sum of squares of `count` effects, under a half-normal prior; on a grid."""
    logs = (1 - count) * np.log(_GRID) - _GRID**2 / (2 * prior_sd**2) - squares[:, None] / (2 * _GRID**2)
    upto = np.cumsum(np.exp(logs - logs.max(axis=1, keepdims=True)), axis=1)
    places = np.sum(upto < random.uniform(size=(squares.size, 1)) * upto[:, -1:], axis=1)
    return np.asarray(_GRID[np.minimum(places, _GRID.size - 1)])


def _rescaled(
    tiers: Sequence[_Tier], part: str, scale: FloatArray, prior_sd: float, random: np.random.Generator
) -> list[tuple[FloatArray, FloatArray]]:
    """A scale given the effects in units of it (normal, cut off at zero), and the effects that follow it."""
    from scipy.special import ndtr, ndtri

    precision, aim = np.full(scale.size, 1 / prior_sd**2), np.zeros(scale.size)
    units = []
    for tier in tiers:
        place = getattr(tier, part)
        unit = tier.effects[:, place] / scale[:, None]
        moved = unit @ tier.design[:, place].T
        rest = tier.residuals + scale[:, None] * moved
        weight = tier.weights / tier.sigma[:, None] ** 2
        precision += np.sum(weight * moved**2, axis=1)
        aim += np.sum(weight * moved * rest, axis=1)
        units.append(unit)
    mean, sd = aim / precision, 1 / np.sqrt(precision)
    below = ndtr(-mean / sd)
    drawn = mean + sd * ndtri(below + (1 - below) * random.uniform(size=scale.size))
    new = np.where(np.isfinite(drawn), np.maximum(drawn, _GRID[0]), scale)
    return [(new, new[:, None] * unit) for unit in units]


def _copy(tier: _Tier) -> tuple[FloatArray, FloatArray, FloatArray]:
    return tier.effects[:, : tier.of_services.stop].copy(), tier.tau.copy(), tier.sigma.copy()


def _gather(record: TierRecord, states: Sequence[tuple[FloatArray, FloatArray, FloatArray]]) -> TierDraws:
    effects, tau, sigma = (np.concatenate(parts) for parts in zip(*states, strict=True))
    return TierDraws(record.services, effects[:, 0], effects[:, 1:], tau, sigma)
