"""Invest to save: what is paid back when, and what is left for the budget."""

from __future__ import annotations

import pytest

from consortia.appraisal.refusals import AppraisalError
from consortia.appraisal.repayment import level_payment, repaid_from_savings, repaid_level


def test_a_level_payment_is_worth_the_amount() -> None:
    payment = level_payment(1_000, years=4, rate=0.05)
    assert sum(payment / 1.05**year for year in range(1, 5)) == pytest.approx(1_000)
    assert level_payment(1_000, years=4, rate=0) == 250


def test_level_payments_are_due_whether_or_not_anything_is_saved() -> None:
    loan = repaid_level(600, years=3, rate=0, savings=(0, 300, 500, 500))
    assert loan.net_saving == (-200, 100, 300, 500)
    assert loan.repaid_in == 3


def test_interest_runs_on_what_is_owed() -> None:
    loan = repaid_level(1_000, years=2, rate=0.1, savings=(700, 700))
    first, second = loan.instalments
    payment = 1_000 * 0.1 / (1 - 1.1**-2)
    assert (first.interest, first.payment) == pytest.approx((100, payment))
    assert second.interest == pytest.approx((1_100 - payment) * 0.1)
    assert second.closing == pytest.approx(0)
    assert loan.interest == pytest.approx(2 * payment - 1_000)


def test_a_part_of_each_saving_pays_until_nothing_is_owed() -> None:
    loan = repaid_from_savings(500, rate=0, share=0.5, savings=(400, 0, 400, 400))
    assert [one.payment for one in loan.instalments] == [200, 0, 200, 100]
    assert loan.net_saving == (200, 0, 200, 300)
    assert loan.repaid_in == 4


def test_a_loan_that_the_savings_never_pay_back_is_never_repaid() -> None:
    loan = repaid_from_savings(1_000, rate=0.1, share=1, savings=(50, 50))
    assert loan.repaid_in is None
    assert loan.instalments[-1].closing == pytest.approx((1_000 * 1.1 - 50) * 1.1 - 50)


def test_a_repayment_needs_a_year() -> None:
    with pytest.raises(AppraisalError):
        level_payment(1, years=0, rate=0)
