"""Where an amount belongs: to which project and partner, over which years. Every effect, cost and term starts here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.profiles import MONTHS_IN_YEAR
from consortia.appraisal.refusals import AppraisalError
from consortia.appraisal.streams import COST_KINDS, Stream


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Whose a stream is, over t = 0..`horizon`, and which draws and path move it."""

    project: str
    partner: str
    horizon: int
    inputs: tuple[str, ...] = ()
    """Drawn multipliers, relative to planned."""
    path: str | None = None

    def stream(self, key: str, *, kind: str, planned: Sequence[float] | FloatArray) -> Stream:
        """A stream of amounts, pounds of each year; costs are spent as planned, savings arrive as delivered."""
        return Stream(
            key=key,
            project=self.project,
            partner=self.partner,
            kind=kind,
            planned=tuple(float(amount) for amount in planned),
            inputs=self.inputs,
            path=self.path,
            delivered=kind not in COST_KINDS,
        )


def by_year(amounts: Mapping[int, float], *, horizon: int) -> FloatArray:
    """Amounts named by year t, laid out over t = 0..`horizon`; what falls after the horizon is not seen.

    Refuses a year before the base year: money already spent is not part of a decision.
    """
    if min(amounts, default=0) < 0:
        raise AppraisalError(
            f"An amount falls {-min(amounts)} years before the base year.",
            remedy="Leave it out: what is spent already is the same whatever is decided.",
        )
    profile = np.zeros(horizon + 1)
    for year, amount in amounts.items():
        if year <= horizon:
            profile[year] += amount
    return profile


def for_months(pounds_a_year: float, *, months: float, first: int, horizon: int) -> FloatArray:
    """A yearly amount paid for so many months from the beginning of year `first`, by the months in each year."""
    left = months - MONTHS_IN_YEAR * (np.arange(horizon + 1) - first)
    part = np.clip(left, 0, MONTHS_IN_YEAR) / MONTHS_IN_YEAR
    return np.where(np.arange(horizon + 1) >= first, part, 0.0) * pounds_a_year


def split_by(weights: Mapping[str, float]) -> dict[str, float]:
    """Parts that add up to one, by weight: floor space, posts, budgets. Refuses weights without a whole."""
    whole = sum(weights.values())
    if whole <= 0 or min(weights.values()) < 0:
        raise AppraisalError(
            f"The weights {dict(weights)} share nothing out.", remedy="Give weights above zero, such as floor space."
        )
    return {name: weight / whole for name, weight in weights.items()}
