"""Paybacks at the edges, and measures that cannot be given."""

from __future__ import annotations

import pytest

from consortia.appraisal.discounting import discount_factors
from consortia.appraisal.measures import npv, payback


@pytest.mark.parametrize(
    ("flows", "years"),
    [
        ((-10, 3, 3), None),
        ((0, 0, 0), 0),
        ((5, 1, 1), 0),
        ((0, 2, 2), 0),
        ((-4, 4), 1),
        ((-4, 8), 0.5),
        ((0, -4, 8), 1.5),
        ((-2, 4, -4, 4), 2.5),  # above zero at .5, below at 2, above for good at 2.5
        ((-2, 4, -4), None),  # above for a while, below at the end
        ((5, -8, 6), 1.5),  # begins above zero, yet owes money in between
    ],
)
def test_payback(flows, years):
    assert payback(flows) == years


def test_one_factor_is_needed_for_each_flow():
    with pytest.raises(ValueError, match="3 flows and 2 discount factors"):
        npv((1, 2, 3), (1, 0.9))


def test_a_year_without_a_rate_is_refused(schedule):
    with pytest.raises(ValueError, match="no rate for year 31"):
        discount_factors(type(schedule)(bands=((0, 30, 0.035),)), 40)
