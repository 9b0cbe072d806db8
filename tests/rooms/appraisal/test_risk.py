"""How sure a value is: quantiles, the chance of a loss, and their standard errors."""

from __future__ import annotations

import numpy as np
import pytest

from consortia.appraisal.risk import risk_of


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


def test_the_target_is_met_by_draws_that_reach_it_and_missed_by_how_far_the_others_fall_short():
    """Draws -1, 0, 1, 2 against 1: two reach it; the others miss by 2 and 1, on average over all four 3/4."""
    risk = risk_of(np.array([99.0, -1.0, 0.0, 1.0, 2.0]), target=1.0)
    assert risk.chance_of_target == 0.5
    assert risk.expected_shortfall == (2 + 1) / 4


def test_without_a_target_nothing_is_said_of_one():
    risk = risk_of(np.array([99.0, -1.0, 2.0]))
    assert (risk.target, risk.chance_of_target, risk.expected_shortfall) == (None, None, None)
