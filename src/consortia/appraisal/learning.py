"""What recorded outturns teach: the reference class before them and after, for each service and maturity of plan.

Source: methods.md 6.4: conjugate normal on the logarithm of delivered over planned, the class weighing as much as four
initiatives. Late and never are told apart, since they are priced apart: a slip is nothing in the first year that a plan
was due, and it comes a year later; nothing is nothing in two years or more. Each chance is a beta of the same weight;
the reference classes have no chance of nothing, only outturns bring one. The spread is learned too (normal and
scaled inverse chi-square): a class that kept its spread would not hold what it promises where councils differ more.
The spread of a class is that of one more initiative: the lognormal has the P10 and P90 of the predictive Student t.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, fsum, isfinite, log, sqrt
from typing import Protocol

from consortia.appraisal.distributions import LARGEST_DELIVERY_RATIO, DeliveryRatio, Slip
from consortia.appraisal.events import OrNothing
from consortia.appraisal.refusals import AppraisalError

PRIOR_WEIGHT = 4.0
"""How many initiatives a reference class weighs as much as [J]."""


class Maturity(Protocol):
    """A class of plans, as the reference data have it."""

    @property
    def slip_probability(self) -> float:
        """Chance that nothing comes in the year it was planned for."""

    @property
    def median(self) -> float:
        """Median of delivered over planned, where anything comes."""

    @property
    def sigma(self) -> float:
        """Standard deviation of its logarithm."""


@dataclass(frozen=True, slots=True)
class Outturn:
    """What one initiative planned for the years on record and what it delivered, in pounds of one price base."""

    initiative: str
    service: str
    maturity: str
    planned: float
    delivered: float
    years: int = 1
    """Years on record since it was due."""
    slipped: bool = False
    """Whether nothing came in the first of them; what was planned is then what was due a year later."""

    def __post_init__(self) -> None:
        """Refuse a plan that is not above zero and a delivery below zero: AppraisalError."""
        if not (isfinite(self.planned) and self.planned > 0):
            raise AppraisalError(
                f"'{self.initiative}' planned {self.planned}, so nothing can be said of the part delivered.",
                remedy="Record a plan above zero.",
            )
        if not (isfinite(self.delivered) and self.delivered >= 0):
            raise AppraisalError(
                f"'{self.initiative}' is recorded with {self.delivered} delivered.",
                remedy="Record zero where nothing arrived; an extra cost belongs to costs.",
            )

    @property
    def ratio(self) -> float:
        """Delivered over planned."""
        return self.delivered / self.planned

    @property
    def nothing(self) -> bool:
        """Nothing came, and a slip of a year does not explain it."""
        return self.delivered == 0 and self.years > 1

    @property
    def late(self) -> bool:
        """Nothing came in the first year: it slips, as far as the record goes."""
        return self.slipped or (self.delivered == 0 and not self.nothing)


@dataclass(frozen=True, slots=True)
class DeliveryClass:
    """How initiatives of one kind deliver, and how many initiatives that belief weighs as much as.

    An initiative adds to the weight of what it tells of and to no other (one that delivers nothing: not to that of the
    ratio), so that learning one by one comes to the same as learning all at once.
    """

    slip_probability: float
    median: float
    sigma: float
    chance_weight: float = PRIOR_WEIGHT
    ratio_weight: float = PRIOR_WEIGHT
    highest: float = LARGEST_DELIVERY_RATIO
    """No higher ratio is drawn; the highest on record where that is more."""
    nothing: float = 0.0
    """Chance that nothing ever comes."""
    nothing_weight: float = PRIOR_WEIGHT

    @property
    def ratio(self) -> DeliveryRatio:
        """Delivered over planned where anything is delivered."""
        return DeliveryRatio(self.median, self.sigma, self.highest)

    @property
    def delivery(self) -> DeliveryRatio | OrNothing:
        """Delivered over planned, as an uncertain input: nothing with its chance, else the ratio."""
        return OrNothing(self.ratio, self.nothing) if self.nothing else self.ratio

    @property
    def slip(self) -> Slip:
        """Whether it comes a year later than planned, as an uncertain input."""
        return Slip(self.slip_probability)

    @property
    def nothing_in_its_year(self) -> float:
        """Chance that the year planned for has nothing: it never comes, or a year later."""
        return self.nothing + (1.0 - self.nothing) * self.slip_probability


@dataclass(frozen=True, slots=True)
class Learned:
    """A class before the outturns and after, with the outturns it learned from."""

    service: str
    maturity: str
    prior: DeliveryClass
    posterior: DeliveryClass
    outturns: tuple[Outturn, ...]

    @property
    def late(self) -> int:
        """How many came a year late, or had not come after the one year on record."""
        return sum(each.late for each in self.outturns)

    @property
    def nothing(self) -> int:
        """How many delivered nothing in two years or more."""
        return sum(each.nothing for each in self.outturns)


def reference_class(maturity: Maturity, *, offset: float = 0.0, weight: float = PRIOR_WEIGHT) -> DeliveryClass:
    """The class of a plan before any outturn: its maturity, its median moved by the service's offset (logarithm)."""
    return DeliveryClass(maturity.slip_probability, maturity.median * exp(offset), maturity.sigma, weight, weight)


def updated(prior: DeliveryClass, outturns: Sequence[Outturn]) -> DeliveryClass:
    """The class after outturns; without any it is what it was.

    Those that delivered nothing move the chance of a slip, or that of nothing, not the ratio: zero has no logarithm.
    Of what has not come after one year nobody can say whether it ever will: it moves the slip alone.
    """
    if not outturns:
        return prior
    logs = [log(each.ratio) for each in outturns if each.delivered > 0]
    never, late = sum(each.nothing for each in outturns), sum(each.late for each in outturns)
    slip, slip_weight = _chance(prior.slip_probability, prior.chance_weight, late, len(outturns) - never)
    nothing, nothing_weight = _chance(prior.nothing, prior.nothing_weight, never, len(logs) + never)
    median, sigma = _ratio_after(prior, logs)
    highest = max(prior.highest, *(each.ratio for each in outturns))
    weight = prior.ratio_weight + len(logs)
    return DeliveryClass(slip, median, sigma, slip_weight, weight, highest, nothing, nothing_weight)


def _chance(prior: float, weight: float, times: int, of: int) -> tuple[float, float]:
    """A chance after so many times it happened, of so many that could tell; and what it then weighs."""
    return (weight * prior + times) / (weight + of), weight + of


def learn(outturns: Iterable[Outturn], priors: Mapping[tuple[str, str], DeliveryClass]) -> tuple[Learned, ...]:
    """Prior and posterior of each class (service, maturity) that has a prior, those without an outturn too.

    Raises AppraisalError for an outturn whose service and maturity have no prior.
    """
    recorded = tuple(outturns)
    for each in recorded:
        if (each.service, each.maturity) not in priors:
            raise AppraisalError(
                f"'{each.initiative}' is of '{each.service}' at '{each.maturity}', which is no reference class.",
                remedy="Name a service and a maturity of plan that the study knows.",
            )
    found = []
    for (service, maturity), prior in priors.items():
        of_class = tuple(each for each in recorded if (each.service, each.maturity) == (service, maturity))
        found.append(Learned(service, maturity, prior, updated(prior, of_class), of_class))
    return tuple(found)


def _ratio_after(prior: DeliveryClass, logs: Sequence[float]) -> tuple[float, float]:
    """Median and sigma: the prior counts as its weight in initiatives with its own mean and spread."""
    if not logs:
        return prior.median, prior.sigma
    count, before = len(logs), log(prior.median)
    mean = fsum(logs) / count
    weight = prior.ratio_weight + count
    squares = (
        prior.ratio_weight * (prior.sigma / _widening(prior.ratio_weight)) ** 2
        + fsum((each - mean) ** 2 for each in logs)
        + prior.ratio_weight * count / weight * (mean - before) ** 2
    )
    median = exp((prior.ratio_weight * before + count * mean) / weight)
    return median, sqrt(squares / weight) * _widening(weight)


def _widening(weight: float) -> float:
    """How much wider one more initiative is than the spread of the class, since neither mean nor spread is known.

    Student t of so many degrees, at P90, over the normal distribution, times sqrt(1 + 1 / weight).
    """
    from scipy.special import ndtri, stdtrit

    return float(stdtrit(weight, 0.9) / ndtri(0.9)) * sqrt(1 + 1 / weight)
