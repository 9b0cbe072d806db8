"""Reference classes of delivery: what a published record says of each service, by two models of its errors.

Source: methods.md 6.3. With heavy tails one cell far from the rest is an outlier; with normal errors it moves its
service. Neither is right, so both are shown, and the default is the average of their log medians.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp, isfinite, log, sqrt

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.delivery_sampler import (
    PRIORS,
    DeliveryDraws,
    Errors,
    Priors,
    TierDraws,
    TierRecord,
    sample_delivery,
)

NEW_SERVICE = "new_service"
"""A service that the record says nothing of."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """One entry of a record: how much of what a service planned for a year arrived, on average over councils."""

    tier: str
    service: str
    year: str
    ratio: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """Posterior mean with its 90% interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ServiceDelivery:
    """Delivered over planned of one service: the median with its 90% interval, and the range of one more year.

    It speaks of the average over many councils, not of one initiative, which varies far more.
    """

    service: str
    median: float
    low: float
    high: float
    p10: float
    p20: float
    p50: float
    p80: float
    p90: float


@dataclass(frozen=True, slots=True)
class TierDelivery:
    """One tier: mean of the logarithms, spread of services, scale of the errors, and each service and a new one."""

    mean: Estimate
    tau: Estimate
    sigma: Estimate
    services: tuple[ServiceDelivery, ...]

    def service(self, name: str) -> ServiceDelivery:
        """One service; a service that the record does not hold is a new one."""
        found = {each.service: each for each in self.services}
        return found.get(name, found[NEW_SERVICE])


@dataclass(frozen=True, slots=True)
class DeliveryFit:
    """What one model of the errors makes of a record; `draws` posterior draws of that seed."""

    errors: Errors
    tiers: Mapping[str, TierDelivery]
    tau_year: Estimate
    seed: int
    draws: int


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The median of a service by both models, and the default: the average of the two logarithms."""

    tier: str
    service: str
    heavy_tails: float
    normal: float

    @property
    def default(self) -> float:
        """The geometric mean of the two."""
        return sqrt(self.heavy_tails * self.normal)


def fit_delivery(
    record: Iterable[Delivered],
    *,
    errors: Errors,
    seed: int,
    priors: Priors = PRIORS,
    chains: int = 200,
    kept: int = 250,
) -> DeliveryFit:
    """Fits a record by one model of its errors; chains x kept posterior draws.

    Raises ValueError for an entry whose ratio is not above zero, since it has no logarithm: an entry of which nothing
    was delivered belongs to the chance of a slip, not to the ratio.
    """
    tiers = _tiers(tuple(record))
    drawn = sample_delivery(tiers, errors=errors, seed=seed, priors=priors, chains=chains, kept=kept)
    # Another stream than the sampler's, from the same seed.
    random = np.random.default_rng((seed, 1))
    fitted = {name: _tier(draws, drawn, random) for name, draws in drawn.tiers.items()}
    return DeliveryFit(errors, fitted, _estimate(drawn.tau_year), seed, chains * kept)


def side_by_side(heavy_tails: DeliveryFit, normal: DeliveryFit) -> tuple[SideBySide, ...]:
    """Every service of every tier by both models, a new service last."""
    return tuple(
        SideBySide(tier, each.service, each.median, normal.tiers[tier].service(each.service).median)
        for tier, fitted in heavy_tails.tiers.items()
        for each in fitted.services
    )


def _tiers(record: tuple[Delivered, ...]) -> dict[str, TierRecord]:
    wrong = [each for each in record if not (isfinite(each.ratio) and each.ratio > 0)]
    if wrong or not record:
        raise ValueError(f"a record of delivery needs ratios above zero, not {wrong[:3]}")
    return {tier: _tier_record([each for each in record if each.tier == tier]) for tier in _order(record, "tier")}


def _tier_record(record: list[Delivered]) -> TierRecord:
    services, years = _order(record, "service"), sorted({each.year for each in record})
    return TierRecord(
        logs=np.array([log(each.ratio) for each in record]),
        service=np.array([services.index(each.service) for each in record]),
        year=np.array([years.index(each.year) for each in record]),
        services=services,
        years=len(years),
    )


def _order(record: Iterable[Delivered], field: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(getattr(each, field)) for each in record))


def _tier(draws: TierDraws, model: DeliveryDraws, random: np.random.Generator) -> TierDelivery:
    count = draws.mean.size
    effects = {name: draws.effects[:, place] for place, name in enumerate(draws.services)}
    effects[NEW_SERVICE] = draws.tau * random.standard_normal(count)
    services = []
    for name, effect in effects.items():
        year = model.tau_year * random.standard_normal(count)
        error = draws.sigma * _unit_errors(model, count, random)
        # The median of a new service is that of the tier: its own effect is as often above zero as below.
        level = draws.mean if name == NEW_SERVICE else draws.mean + effect
        services.append(_service(name, level, draws.mean + effect + year + error))
    return TierDelivery(_estimate(draws.mean), _estimate(draws.tau), _estimate(draws.sigma), tuple(services))


def _unit_errors(model: DeliveryDraws, count: int, random: np.random.Generator) -> FloatArray:
    if model.errors == "normal":
        return random.standard_normal(count)
    return random.standard_t(model.priors.freedom, count)


def _service(name: str, level: FloatArray, one_more_year: FloatArray) -> ServiceDelivery:
    low, high = np.exp(np.quantile(level, (0.05, 0.95)))
    quantiles = np.exp(np.quantile(one_more_year, (0.1, 0.2, 0.5, 0.8, 0.9)))
    return ServiceDelivery(name, exp(float(level.mean())), float(low), float(high), *map(float, quantiles))


def _estimate(draws: FloatArray) -> Estimate:
    low, high = np.quantile(draws, (0.05, 0.95))
    return Estimate(float(draws.mean()), float(low), float(high))
