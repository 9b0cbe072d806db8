"""Overlapping initiatives, and how sure a value is."""

from __future__ import annotations

import numpy as np
import pytest

from consortia.appraisal.overlaps import attribute, combined_rate
from consortia.appraisal.risk import risk_of


def test_beyond_eight_initiatives_the_log_share_is_the_default():
    rates = np.linspace(0.01, 0.1, 9)
    assert np.array_equal(attribute(rates), attribute(rates, "log"))
    assert np.array_equal(attribute(rates[:8]), attribute(rates[:8], "shapley"))


def test_who_saves_the_whole_line_takes_it_all_by_log():
    assert attribute((1.0, 0.3), "log").tolist() == [1, 0]
    assert attribute((1.0, 1.0), "log").tolist() == [0.5, 0.5]


def test_initiatives_that_cancel_each_other_still_add_up():
    rates = (0.5, -1.0)  # .5 x 2 = 1: nothing is saved together
    assert combined_rate(rates) == 0
    assert attribute(rates, "log").sum() == pytest.approx(0)


def test_equal_initiatives_have_equal_shapley_parts_whatever_their_order():
    parts = attribute((0.1, 0.2, 0.1), "shapley")
    assert parts[0] == pytest.approx(parts[2])


def test_a_rate_above_the_whole_line_is_refused():
    with pytest.raises(ValueError, match="one at most"):
        combined_rate((0.2, 1.1))


def test_the_chance_of_loss_counts_draws_below_zero():
    risk = risk_of(np.array([99.0, -1.0, 0.0, 1.0, 2.0]))
    assert risk.chance_of_loss == 0.25
    assert risk.central == 99
    assert risk.mean == 0.5


def test_a_chance_of_zero_is_not_shown_as_certain():
    risk = risk_of(np.ones(4097))
    assert risk.chance_of_loss == 0
    assert 0 < risk.errors.chance_of_loss < 0.001


def test_standard_errors_are_those_of_a_normal_sample():
    """With s = 1 and N = 40,000: mean 1/200 = .005; median sqrt(pi/2)/200 = .00627."""
    drawn = np.concatenate([[0.0], np.random.default_rng(1).standard_normal(40_000)])
    errors = risk_of(drawn).errors
    assert errors.mean == pytest.approx(0.005, rel=0.02)
    assert errors.p50 == pytest.approx(0.00627, rel=0.1)
    assert errors.chance_of_loss == pytest.approx(0.5 / 200, rel=0.01)


def test_the_central_case_alone_has_no_risk_to_state():
    with pytest.raises(ValueError, match="no draw besides"):
        risk_of(np.array([1.0]))
