"""What is uncertain in the documents, as named inputs of the programme; what is certain stays a number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from consortia.appraisal.distributions import Constant, Distribution
from consortia.appraisal.elicitation import BRACKETED, elicited, from_percentiles
from consortia.appraisal.events import Bernoulli
from consortia.appraisal.paths import Path
from consortia.findings import Finding, Place, Severity
from consortia.study import Definition
from consortia.study.estimates import Estimate
from consortia.study.project_findings import estimates_in


@dataclass(frozen=True, slots=True)
class Relative:
    """A distribution over its own central value: a multiplier of what is planned, with the central value 1."""

    of: Distribution

    @property
    def central(self) -> float:
        """One."""
        return 1.0

    def ppf(self, probability: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """The value at each probability, over the central one."""
        return self.of.ppf(probability) / self.of.central


@dataclass(frozen=True, slots=True)
class Given:
    """An estimate in the terms of a stream: what is planned, and the input that multiplies it, if there is one."""

    planned: float
    inputs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Inputs:
    """Collects the inputs, their common factors and the paths of a programme while it is compiled.

    `together` are the latent correlations between services, within a service and within a programme (methods.md 6.3).
    """

    together: tuple[float, float, float]
    inputs: dict[str, Distribution] = field(default_factory=dict)
    shares: dict[str, Mapping[str, float]] = field(default_factory=dict)
    paths: dict[str, Path] = field(default_factory=dict)

    def draw(self, name: str, distribution: Distribution, shares: Mapping[str, float] | None = None) -> str:
        """Adds an input; gives its name."""
        self.inputs[name] = distribution
        if shares:
            self.shares[name] = shares
        return name

    def path(self, name: str, path: Path) -> str:
        """Adds a path; gives its name."""
        self.paths[name] = path
        return name

    def relative(self, name: str, estimate: Estimate) -> Given:
        """What is planned of an estimate and the multiplier that is drawn; a range around zero is drawn as it is."""
        distribution = distribution_of(estimate)
        if isinstance(distribution, Constant):
            return Given(distribution.value)
        if not distribution.central:
            return Given(1.0, (self.draw(name, distribution),))
        return Given(distribution.central, (self.draw(name, Relative(distribution)),))

    def scalar(self, name: str, estimate: Estimate) -> str | float:
        """A number, or the name of the input that is drawn: what a path takes."""
        distribution = distribution_of(estimate)
        return distribution.value if isinstance(distribution, Constant) else self.draw(name, distribution)

    def chance(self, name: str, probability: float) -> tuple[str, ...]:
        """The input of an event; nothing where it is certain."""
        return () if probability == 1 else (self.draw(name, Bernoulli(probability)),)

    def common(self, what: str, *, service: str, programme: str) -> dict[str, float]:
        """Common factors of the same input of two projects, more alike in one service and in one programme."""
        base, same_service, same_programme = self.together
        shares = {what: base}
        if service:
            shares[f"{what}|service|{service}"] = same_service - base
        if programme:
            shares[f"{what}|programme|{programme}"] = same_programme - base
        return shares


def distribution_of(estimate: Estimate) -> Distribution:
    """The distribution that an estimate states; a number is a constant."""
    if estimate.value is not None:
        return Constant(estimate.value)
    if estimate.low is None or estimate.high is None:
        raise ValueError("an estimate needs a value or a range; `project_findings` tells which")
    if estimate.ends == "p10_p90" and estimate.shape in BRACKETED and estimate.mode is not None:
        return from_percentiles(estimate.shape, estimate.low, estimate.mode, estimate.high)
    return elicited(estimate.shape, estimate.low, estimate.mode, estimate.high)


def unfitted(definition: Definition, *, file: str) -> Iterator[Finding]:
    """Ranges given by P10 and P90 that no range of their shape has, each with its place."""
    for what in ("lines", "projects"):
        for place, estimate in estimates_in(getattr(definition, what), what):
            if estimate.ends == "limits" or estimate.fault:
                continue
            try:
                distribution_of(estimate)
            except ValueError:
                given = {name: f"{getattr(estimate, name):g}" for name in ("low", "mode", "high")}
                yield Finding(
                    "estimate-unfitted",
                    Severity.ERROR,
                    "No {shape} range has P10 {low}, most likely value {mode} and P90 {high}.",
                    "Give the lowest and highest value, or P10 and P90 alone with `shape: lognormal`.",
                    Place(file, cell=place),
                    (("shape", estimate.shape), *given.items()),
                )


def central_of(estimate: Estimate) -> float:
    """The value of an estimate in the central case."""
    return distribution_of(estimate).central
