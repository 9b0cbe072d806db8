"""A published rate of councils in a funnel: which lie outside what chance and lasting differences explain."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from consortia.benchmarking import Funnel, funnel
from consortia.benchmarking.funnel import FEWEST_FOR_DISPERSION
from consortia.errors import ConsortiaError
from consortia.reference.outcomes import (
    Outcome,
    OutcomeIndicator,
    outcome_indicator,
    outcome_indicators,
    outcome_years,
    outcomes,
)

# The normal limits of a proportion are crude where fewer than this many cases, or cases without it, are expected [J].
FEWEST_EXPECTED = 5
REMEDY = "Rates with the count behind them: `consortia funnel` without an indicator lists them."


@dataclass(frozen=True, slots=True)
class FunnelOfRate:
    """The funnel of one indicator and year: shares of `among` (cases, or thousand pounds), councils in the same order.

    `left_out` had too few cases for limits. `is_money`: no cases stand behind it, so that only how far the councils
    differ from each other sets the width of the limits.
    """

    indicator: OutcomeIndicator
    year: str
    councils: tuple[str, ...]
    among: tuple[float, ...]
    found: Funnel
    left_out: tuple[str, ...]

    @property
    def is_money(self) -> bool:
        """True where amounts stand behind the rate, which are no cases."""
        return self.indicator.counted == "amounts"


def funnel_indicators() -> tuple[OutcomeIndicator, ...]:
    """The indicators that have the count behind their rate."""
    return tuple(one for one in outcome_indicators() if one.counted)


def funnel_of(indicator: str, *, year: str = "") -> FunnelOfRate:
    """The funnel of a published rate about the rate of all councils together; of the newest year unless one is named.

    The deviation by chance is that of a proportion, sqrt(p (1 - p) / n). Differences beyond chance widen the limits:
    additive for cases, multiplicative for amounts, where the unit that they are counted in then makes no difference.
    ConsortiaError where the rate is published without a count, not for the year, or for too few councils.
    """
    one = outcome_indicator(indicator)
    chosen = _year(one, year)
    counted = {code: each for code, each in outcomes(one.code, chosen).items() if each.numerator is not None}
    target = _share_of_all(counted)
    fitting = {code: each for code, each in counted.items() if _has_enough(one, each, target)}
    if len(fitting) < FEWEST_FOR_DISPERSION:
        raise ConsortiaError(
            f"{len(fitting)} councils with this rate in {chosen} are too few for a funnel; "
            f"it needs {FEWEST_FOR_DISPERSION}.",
            remedy=REMEDY,
        )
    return _made(one, chosen, fitting, tuple(code for code in counted if code not in fitting))


def _year(one: OutcomeIndicator, year: str) -> str:
    held = outcome_years(one.code)
    if not one.counted:
        raise ConsortiaError(
            f"Of '{one.code}' only the rate is published, and a funnel needs the count behind it.", remedy=REMEDY
        )
    if year and year not in held:
        raise ConsortiaError(f"'{one.code}' is not held for {year}.", remedy=f"It is held for {', '.join(held)}.")
    return year or held[-1]


def _made(one: OutcomeIndicator, year: str, fitting: Mapping[str, Outcome], left_out: tuple[str, ...]) -> FunnelOfRate:
    target = _share_of_all(fitting)
    among = [_among(each) for each in fitting.values()]
    found = funnel(
        [(each.numerator or 0.0) / size for each, size in zip(fitting.values(), among, strict=True)],
        [math.sqrt(target * (1 - target) / size) for size in among],
        target=target,
        dispersion="multiplicative" if one.counted == "amounts" else "additive",
    )
    return FunnelOfRate(one, year, tuple(fitting), tuple(among), found, left_out)


def _share_of_all(counted: Mapping[str, Outcome]) -> float:
    whole = sum(_among(each) for each in counted.values())
    return sum(each.numerator or 0.0 for each in counted.values()) / whole if whole else 0.0


def _has_enough(one: OutcomeIndicator, each: Outcome, target: float) -> bool:
    size = _among(each)
    return size > 0 and (one.counted == "amounts" or size * min(target, 1 - target) >= FEWEST_EXPECTED)


def _among(each: Outcome) -> float:
    return each.denominator or 0.0
