"""Whether ranges hold what they promise: how many outturns that took no part in the fit fell inside.

A range that promises 80% should hold eight outturns in ten. The exact binomial interval (Clopper and Pearson 1934)
says what the number seen allows to conclude; where that is next to nothing, that is the answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from consortia.appraisal.learning import DeliveryClass
from consortia.findings import msgid

PROMISED = 0.8
"""P10 to P90."""
CONFIDENCE = 0.95
MARGIN = 0.15
"""A share this much below the promise must be ruled out before a range is said to hold [J]; takes some 45 outturns."""


class Verdict(StrEnum):
    """What the outturns allow to conclude."""

    HOLDS = "holds"
    DOES_NOT_HOLD = "does_not_hold"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Forecast:
    """The range stated for a case before its outturn was known, or without using it."""

    case: str
    low: float
    high: float

    def __post_init__(self) -> None:
        """Refuse a range out of order: `ValueError`."""
        if not self.low <= self.high:
            raise ValueError(f"the range of '{self.case}' runs from {self.low} to {self.high}")


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many outturns fell inside their ranges, and what share of all outturns that allows (95% exact interval)."""

    promised: float
    cases: int
    below: int
    inside: int
    above: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """Part of the outturns inside."""
        return self.inside / self.cases

    @property
    def verdict(self) -> Verdict:
        """Whether the ranges hold their promise within sampling error, break it, or too few outturns tell."""
        if not self.low <= self.promised <= self.high:
            return Verdict.DOES_NOT_HOLD
        return Verdict.HOLDS if self.low >= self.promised - MARGIN else Verdict.TOO_FEW

    @property
    def sentence(self) -> str:
        """The verdict as a sentence of the catalogue, with `{inside}`, `{cases}`, `{promised}`, `{low}`, `{high}`."""
        return _SENTENCES[self.verdict]


_SENTENCES = {
    Verdict.HOLDS: msgid(
        "{inside} of {cases} outturns fell inside ranges that promise {promised}: they hold it within sampling error "
        "({low} to {high})."
    ),
    Verdict.DOES_NOT_HOLD: msgid(
        "{inside} of {cases} outturns fell inside ranges that promise {promised}: they do not hold it "
        "({low} to {high})."
    ),
    Verdict.TOO_FEW: msgid(
        "{inside} of {cases} outturns fell inside ranges that promise {promised}: too few to tell whether they hold it "
        "({low} to {high})."
    ),
}


def coverage(forecasts: Sequence[Forecast], outturns: Mapping[str, float], *, promised: float = PROMISED) -> Coverage:
    """Counts the outturns inside, below and above the range of their case.

    The cases must not have been used for the ranges, and are counted as independent; where they share a year or a
    council the interval is too narrow. Raises ValueError without a forecast, and for one without an outturn.
    """
    missing = [each.case for each in forecasts if each.case not in outturns]
    if missing or not forecasts:
        raise ValueError(f"no outturn is known for {missing}" if missing else "there is no forecast to hold to account")
    below = sum(outturns[each.case] < each.low for each in forecasts)
    above = sum(outturns[each.case] > each.high for each in forecasts)
    inside = len(forecasts) - below - above
    low, high = exact_interval(inside, len(forecasts))
    return Coverage(promised, len(forecasts), below, inside, above, low, high)


def exact_interval(happened: int, cases: int, *, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Clopper and Pearson's interval of a share, from quantiles of the beta distribution."""
    from scipy.special import betaincinv

    tail = (1 - confidence) / 2
    low = 0.0 if happened == 0 else float(betaincinv(happened, cases - happened + 1, tail))
    high = 1.0 if happened == cases else float(betaincinv(happened + 1, cases - happened, 1 - tail))
    return low, high


def range_of(known: DeliveryClass, *, promised: float = PROMISED) -> tuple[float, float]:
    """The middle range of delivered over planned of a class in the year planned for, the chance of nothing included.

    Where that chance (never, or a year later) is larger than the lower tail, the range begins at zero.
    """
    tails = np.array([(1 - promised) / 2, (1 + promised) / 2])
    none = known.nothing_in_its_year
    given_any = (tails - none) / (1 - none) if none < 1 else -tails
    ends = known.ratio.ppf(np.clip(given_any, 1e-12, 1 - 1e-12))
    low, high = (float(end) if part > 0 else 0.0 for end, part in zip(ends, given_any, strict=True))
    return low, high
