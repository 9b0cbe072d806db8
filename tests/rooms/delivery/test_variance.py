"""Variance, colour and the difference between late and lost."""

from __future__ import annotations

import pytest

from consortia.delivery import RatingLimits, gaps, rate, variance


def test_the_share_of_a_promise_of_nothing_is_not_applicable() -> None:
    difference = variance(promised_pence=0, delivered_pence=500)
    assert (difference.amount_pence, difference.share) == (500, None)


@pytest.mark.parametrize(
    ("forecast", "months", "plan", "colour"),
    [
        (95, 0, False, "green"),
        (94, 0, False, "amber"),
        (80, 0, False, "amber"),
        (79, 0, False, "red"),
        (100, 2, True, "amber"),
        (100, 2, False, "red"),
        (100, 3, True, "red"),
    ],
)
def test_colours_follow_the_judged_limits(forecast: int, months: float, plan: bool, colour: str) -> None:
    rating = rate(promised_pence=100, forecast_pence=forecast, months_late=months, recovery_plan=plan)
    assert rating is not None
    assert rating.colour == colour


def test_a_failed_cashable_test_is_red_whatever_the_amount() -> None:
    rating = rate(promised_pence=100, forecast_pence=100, failed_cashable_test=True)
    assert rating is not None
    assert rating.colour == "red"


def test_the_limits_can_be_changed() -> None:
    rating = rate(promised_pence=100, forecast_pence=85, limits=RatingLimits(green_from=0.85))
    assert rating is not None
    assert rating.colour == "green"


def test_without_a_promise_there_is_no_colour() -> None:
    assert rate(promised_pence=0, forecast_pence=100) is None


def test_a_gap_that_a_later_year_makes_up_in_part_is_split() -> None:
    (first, second) = gaps([100, 100], [40, 70])
    assert first is not None
    assert (first.slippage_pence, first.shortfall_pence) == (30, 30)
    assert second is not None
    assert (second.slippage_pence, second.shortfall_pence) == (0, 30)


def test_a_year_that_was_not_reported_has_no_gap() -> None:
    assert gaps([100], [None]) == (None,)


def test_different_numbers_of_years_are_an_error() -> None:
    with pytest.raises(ValueError, match=r"longer|shorter"):
        gaps([100, 100], [40])
