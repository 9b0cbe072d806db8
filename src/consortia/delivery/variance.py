"""Promise against delivery: the variance, its colour, and what is late told from what is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Colour = Literal["green", "amber", "red"]


@dataclass(frozen=True, slots=True)
class Variance:
    """Delivered less promised, in whole pence and as a share of the promise; None where it is not known or n/a."""

    amount_pence: int | None
    share: float | None


def variance(*, promised_pence: int, delivered_pence: int | None) -> Variance:
    """Gives delivered less promised; the share is None (n/a) when nothing was promised.

    Both are None while delivery is not known.
    """
    if delivered_pence is None:
        return Variance(None, None)
    difference = delivered_pence - promised_pence
    return Variance(difference, difference / promised_pence if promised_pence else None)


@dataclass(frozen=True, slots=True)
class RatingLimits:
    """Where green ends and red begins. The defaults are judgement [J]: shares of the promise, and months of delay."""

    green_from: float = 0.95
    amber_from: float = 0.80
    red_from_months: float = 3.0


JUDGED_LIMITS = RatingLimits()


@dataclass(frozen=True, slots=True)
class Rating:
    """The colour of an initiative and the sentence that gives the reason."""

    colour: Colour
    reason: str


def rate(
    *,
    promised_pence: int,
    forecast_pence: int,
    months_late: float = 0.0,
    recovery_plan: bool = False,
    failed_cashable_test: bool = False,
    limits: RatingLimits = JUDGED_LIMITS,
) -> Rating | None:
    """Gives green, amber or red for a forecast (or final) saving against the promise; None when none was promised."""
    if promised_pence <= 0:
        return None
    if failed_cashable_test:
        return Rating("red", "Part of what was delivered failed the cashable test.")
    if months_late >= limits.red_from_months:
        return Rating("red", "Milestones are too late.")
    share = forecast_pence / promised_pence
    if share < limits.amber_from:
        return Rating("red", "The saving is far below the promise.")
    if months_late > 0 and not recovery_plan:
        return Rating("red", "Milestones are late and there is no recovery plan.")
    if share < limits.green_from or months_late > 0:
        return Rating("amber", "The saving is below the promise, or late with a recovery plan.")
    return Rating("green", "The saving is as promised.")


@dataclass(frozen=True, slots=True)
class Gap:
    """What a year is short of its promise, in whole pence: the part that came later, and the part that has not come."""

    slippage_pence: int
    shortfall_pence: int

    @property
    def amount_pence(self) -> int:
        """The whole gap of the year."""
        return self.slippage_pence + self.shortfall_pence


def gaps(promised_pence: Sequence[int], delivered_pence: Sequence[int | None]) -> tuple[Gap | None, ...]:
    """Tells slippage from shortfall, year by year, for the recurrent saving of one initiative at one partner.

    The part of a year's gap that a later year's delivery makes up is slippage (the cash of that year is gone, the
    base is not); the rest is shortfall, so far. None for a year whose delivery is not known;
    ValueError when the two do not cover the same years.
    """
    pairs = zip(promised_pence, delivered_pence, strict=True)
    return tuple(_gap(promised, delivered, delivered_pence[i + 1 :]) for i, (promised, delivered) in enumerate(pairs))


def _gap(promised: int, delivered: int | None, later: Sequence[int | None]) -> Gap | None:
    if delivered is None:
        return None
    missing = max(0, promised - delivered)
    best = max((amount for amount in later if amount is not None), default=delivered)
    late = min(missing, max(0, best - delivered))
    return Gap(late, missing - late)
