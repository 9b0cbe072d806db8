"""Redundancy pay and pension strain: the edges of the rules."""

from __future__ import annotations

from datetime import date

import pytest

from consortia.appraisal.redundancy import (
    Leaver,
    RedundancyTerms,
    earliest_leaving,
    notice_weeks,
    redundancy_bill,
    redundancy_pay,
    statutory_weeks,
    strain_bill,
    strain_payments,
)
from consortia.appraisal.refusals import AppraisalError


@pytest.mark.parametrize(
    ("age", "years", "weeks"),
    [
        (30, 1, 0),  # under two years: nothing
        (30, 2, 2),
        (19, 3, 1.5),  # 18, 17, 16 at the beginning of each year: half a week each
        (23, 2, 1.5),  # begun at 22: one; begun at 21: a half
        (42, 2, 2.5),  # begun at 41: one and a half; begun at 40: one
        (66, 40, 30),  # no more than twenty years count
        (50, 20, 24.5),  # nine years begun at 41 to 49, eleven before: 9 x 1.5 + 11
    ],
)
def test_weeks_at_the_edges_of_the_statute(age: int, years: int, weeks: float) -> None:
    assert statutory_weeks(age=age, years=years) == weeks


def test_pay_under_the_limit_counts_as_it_is() -> None:
    assert redundancy_pay(Leaver(key="a", age=35, years=5, weekly_pay=400), limit=719) == 5 * 400


def test_an_enhancement_multiplies_the_weeks_and_may_count_real_pay() -> None:
    leaver = Leaver(key="a", age=50, years=20, weekly_pay=900)
    assert redundancy_pay(leaver, limit=719) == 24.5 * 719
    assert redundancy_pay(leaver, limit=719, terms=RedundancyTerms(multiplier=2)) == 2 * 24.5 * 719
    assert redundancy_pay(leaver, limit=719, terms=RedundancyTerms(actual_pay=True)) == 24.5 * 900


def test_no_terms_pay_less_than_the_statute() -> None:
    leaver = Leaver(key="a", age=50, years=20, weekly_pay=500)
    assert redundancy_pay(leaver, limit=719, terms=RedundancyTerms(multiplier=0.5)) == 24.5 * 500


def test_the_bill_is_the_sum_over_leavers() -> None:
    young = Leaver(key="young", age=25, years=6, weekly_pay=700)
    old = Leaver(key="old", age=61, years=20, weekly_pay=700)
    assert redundancy_bill([young, old], limit=544) == (4.5 + 30) * 544


def test_a_pension_strain_that_nobody_quoted_is_not_nought() -> None:
    young = Leaver(key="young", age=54, years=6, weekly_pay=700)
    quoted = Leaver(key="quoted", age=57, years=20, weekly_pay=700, pension_strain=62_000)
    unknown = Leaver(key="unknown", age=58, years=20, weekly_pay=700)
    no_member = Leaver(key="no member", age=58, years=20, weekly_pay=700, pension_strain=0)
    assert strain_bill([young, quoted, no_member], from_age=55) == 62_000
    with pytest.raises(AppraisalError, match="The pension strain of unknown is not known"):
        strain_bill([young, quoted, unknown], from_age=55)


def test_the_pension_strain_is_paid_at_once_or_in_level_payments_of_the_same_worth() -> None:
    quoted = [Leaver(key="quoted", age=57, years=20, weekly_pay=700, pension_strain=40_000)]
    assert strain_payments(quoted, from_age=55) == [40_000]
    one, two, three = strain_payments(quoted, from_age=55, payments=3, rate=0.04)
    assert one == two == three > 40_000 / 3
    assert one + two / 1.04 + three / 1.04**2 == pytest.approx(40_000)


def test_notice_is_a_week_for_each_year_up_to_twelve() -> None:
    assert [notice_weeks(years) for years in (0, 1, 2, 7, 12, 30)] == [1, 1, 2, 7, 12, 12]


def test_nobody_leaves_before_consultation_and_notice_are_over() -> None:
    decided = date(2026, 4, 1)
    assert earliest_leaving(decided, years=4, leavers=3) == date(2026, 4, 29)
    assert earliest_leaving(decided, years=4, leavers=20) == date(2026, 5, 29)  # 30 days more
    assert earliest_leaving(decided, years=20, leavers=120) == date(2026, 8, 8)  # 45 days and twelve weeks
