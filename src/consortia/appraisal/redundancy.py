"""What it costs when posts go: statutory redundancy pay, a council's own enhancement, and the pension strain.

Statutory pay follows the Employment Rights Act 1996, sections 155, 162 and 227: complete years of service are counted
backwards from the day on which the employment ends. The limit on a week's pay is reference data and an argument here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from consortia.appraisal.refusals import AppraisalError
from consortia.appraisal.repayment import level_payment

LONGEST_COUNTED = 20
SHORTEST_COUNTED = 2
LONGEST_NOTICE = 12
CONSULTATION = ((100, 45), (20, 30))
"""(leavers from, days of consultation before a dismissal takes effect), the larger first."""


@dataclass(frozen=True, slots=True)
class RedundancyTerms:
    """What a council pays on top of the statute; the statute alone by default."""

    multiplier: float = 1.0
    """Times the statutory weeks: 2.2 pays 66 weeks where the statute pays 30."""
    actual_pay: bool = False
    """A week's real pay counts, not cut at the statutory limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaver:
    """Somebody whose post goes: age and complete years of service on the last day; pounds of that day."""

    key: str
    age: int
    years: int
    weekly_pay: float
    pension_strain: float | None = None
    """What the pension fund asks the council for, from its quotation; None: not known; 0 for no member."""


STATUTE = RedundancyTerms()


def statutory_weeks(*, age: int, years: int) -> float:
    """Weeks of pay: 1.5 for each year not below 41, 1 not below 22, else 0.5; at most 20 years, none below 2.

    A year of service counts at the age at its *beginning*. Splitting the service at a birthday instead gives a
    45-year-old with ten years 12.5 weeks; the statute gives 12.
    """
    if years < SHORTEST_COUNTED:
        return 0.0
    return sum(_weeks_of_year(age - back) for back in range(1, min(years, LONGEST_COUNTED) + 1))


def redundancy_pay(leaver: Leaver, *, limit: float, terms: RedundancyTerms = STATUTE) -> float:
    """What one leaver is paid, never less than the statute gives; pounds of the last day."""
    weeks = statutory_weeks(age=leaver.age, years=leaver.years)
    pay = leaver.weekly_pay if terms.actual_pay else min(leaver.weekly_pay, limit)
    return weeks * max(pay * terms.multiplier, min(leaver.weekly_pay, limit))


def redundancy_bill(leavers: Sequence[Leaver], *, limit: float, terms: RedundancyTerms = STATUTE) -> float:
    """What all leavers are paid together; pounds of the last day."""
    return sum(redundancy_pay(leaver, limit=limit, terms=terms) for leaver in leavers)


def strain_bill(leavers: Sequence[Leaver], *, from_age: int) -> float:
    """What the pension fund asks for all leavers; pounds. Nothing for those below `from_age`: their pension waits.

    From that age (reference parameter `pension_strain_age`) a redundant member of the local government pension scheme
    draws the pension at once, unreduced. Refuses when somebody that old has no quotation: the strain is often more
    than the redundancy pay itself.
    """
    old_enough = [leaver for leaver in leavers if leaver.age >= from_age]
    unknown = [leaver.key for leaver in old_enough if leaver.pension_strain is None]
    if unknown:
        raise AppraisalError(
            f"The pension strain of {', '.join(unknown)} is not known; they are {from_age} or older.",
            remedy="Ask the pension fund for a quotation, or put 0 for those who are no members of the scheme.",
        )
    return sum(leaver.pension_strain or 0.0 for leaver in old_enough)


def strain_payments(leavers: Sequence[Leaver], *, from_age: int, payments: int = 1, rate: float = 0.0) -> list[float]:
    """The same at once or, where the fund agrees, in level payments from then on with its interest; cash of each year.

    Refuses what `strain_bill` refuses.
    """
    payment = level_payment(strain_bill(leavers, from_age=from_age), years=payments, rate=rate) / (1.0 + rate)
    return [payment] * payments


def notice_weeks(years: int) -> int:
    """Weeks of notice that the employer must give at least: one, then one for each complete year, at most twelve.

    Employment Rights Act 1996, section 86; a contract may give more.
    """
    return min(max(years, 1), LONGEST_NOTICE)


def earliest_leaving(decided: date, *, years: int, leavers: int) -> date:
    """The first day on which a post decided on can end: consultation, then notice. No saving begins before it.

    Consultation of 30 days from 20 leavers and 45 from 100 (Trade Union and Labour Relations (Consolidation) Act 1992,
    section 188); notice is given when it is over.
    """
    days = next((days for number, days in CONSULTATION if leavers >= number), 0)
    return decided + timedelta(days=days, weeks=notice_weeks(years))


def _weeks_of_year(age_at_start: int) -> float:
    if age_at_start >= 41:
        return 1.5
    return 1.0 if age_at_start >= 22 else 0.5
