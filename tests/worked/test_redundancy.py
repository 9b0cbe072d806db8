"""RED-1: redundancy pay by the Employment Rights Act 1996, section 162, with the sums spelled out (methods.md 5.10)."""

from __future__ import annotations

from datetime import date

from consortia.appraisal.redundancy import Leaver, redundancy_pay, statutory_weeks
from consortia.reference.redundancy import weekly_limit


def limit(ends: date) -> float:
    return float(weekly_limit(ends).amount)


def test_red1_a_published_case() -> None:
    """Employed since 1 February 2015, out on 31 May 2021 at 25, £700 a week: three years begun at 22 or above, three
    below; the limit is 544."""
    ends = date(2021, 5, 31)
    assert statutory_weeks(age=25, years=6) == 3 * 1 + 3 * 0.5
    assert redundancy_pay(Leaver(key="a", age=25, years=6, weekly_pay=700), limit=limit(ends)) == 4.5 * 544
    assert 4.5 * 544 == 2_448


def test_red1_the_most_that_the_statute_gives() -> None:
    """Twenty years, all begun at 41 or above."""
    assert statutory_weeks(age=61, years=20) == 20 * 1.5
    leaver = Leaver(key="a", age=61, years=20, weekly_pay=1_000)
    assert redundancy_pay(leaver, limit=limit(date(2025, 4, 6))) == 30 * 719
    assert 30 * 719 == 21_570


def test_red1_the_trap_of_splitting_the_service_at_the_birthday() -> None:
    """45 years old with ten years: a public calculator takes five years at 1.5 and five at 1. But the fifth year
    backwards began at 40; the statute wants "not below 41 in that year", so four at 1.5 and six at 1."""
    assert statutory_weeks(age=45, years=10) == 4 * 1.5 + 6 * 1
    assert statutory_weeks(age=45, years=10) == 12.0
    assert statutory_weeks(age=45, years=10) != 5 * 1.5 + 5 * 1
