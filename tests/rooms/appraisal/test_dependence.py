"""Rank correlations asked for: they come true, work beside common factors, and are repaired when they cannot be."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import spearmanr

from consortia.appraisal import AppraisalError, Draws, Pert
from consortia.appraisal.dependence import Dependence, own_parts
from consortia.appraisal.distributions import Lognormal
from consortia.appraisal.nearest_correlation import is_correlation, nearest_correlation

INPUTS = {"delay": Pert(0, 6, 24), "cost": Lognormal(1, 4), "rate": Pert(-0.02, 0.05, 0.1)}


def ranks(draws: Draws, one: str, two: str) -> float:
    return float(spearmanr(draws[one][1:], draws[two][1:]).statistic)


def sample(dependence: Dependence, **changes) -> Draws:
    return Draws.sample(INPUTS, count=8192, seed=3, dependence=dependence, **changes)


def test_the_rank_correlations_asked_for_come_true_whatever_the_distributions():
    draws = sample(Dependence({("delay", "cost"): 0.7, ("rate", "cost"): -0.4}))
    assert ranks(draws, "delay", "cost") == pytest.approx(0.7, abs=0.01)
    assert ranks(draws, "cost", "rate") == pytest.approx(-0.4, abs=0.01)
    assert ranks(draws, "delay", "rate") == pytest.approx(0, abs=0.01)
    assert draws.repair is None


def test_a_pair_keeps_its_distributions():
    tied, free = sample(Dependence({("delay", "cost"): 0.7})), sample(Dependence({}))
    assert np.quantile(tied["cost"], 0.9) == pytest.approx(np.quantile(free["cost"], 0.9), rel=0.02)
    assert tied["cost"][0] == free["cost"][0]


def test_beside_common_factors_a_pair_asked_for_has_what_was_asked_and_the_others_what_the_factors_give():
    shares = {name: {"programme": 0.4} for name in INPUTS}
    draws = sample(Dependence({("delay", "cost"): 0.7}), shares=shares)
    common = 6 / np.pi * np.arcsin(0.4 / 2)
    assert ranks(draws, "delay", "cost") == pytest.approx(0.7, abs=0.01)
    assert ranks(draws, "delay", "rate") == pytest.approx(common, abs=0.01)
    assert ranks(draws, "cost", "rate") == pytest.approx(common, abs=0.01)


def test_an_input_that_no_correlation_names_keeps_its_draws_to_the_last_bit():
    assert np.array_equal(sample(Dependence({("delay", "cost"): 0.7}))["rate"], sample(Dependence({}))["rate"])


def test_the_order_in_which_correlations_are_named_makes_no_difference():
    one = sample(Dependence({("delay", "cost"): 0.7, ("rate", "cost"): 0.2}))
    other = sample(Dependence({("cost", "rate"): 0.2, ("cost", "delay"): 0.7}))
    assert all(np.array_equal(one[name], other[name]) for name in INPUTS)


def test_correlations_that_cannot_exist_together_are_repaired_and_it_is_said():
    """Two that both follow a third closely cannot be opposite to each other."""
    draws = sample(Dependence({("delay", "cost"): 0.9, ("rate", "cost"): 0.9, ("delay", "rate"): -0.9}))
    repair = draws.repair
    assert repair is not None
    assert [abs(move.asked) for move in repair.moves] == pytest.approx([0.9, 0.9, 0.9])
    assert abs(repair.largest.change) > 0.3
    assert repair.distance > abs(repair.largest.change)
    assert ranks(draws, *repair.largest.pair) == pytest.approx(repair.largest.given, abs=0.02)


def test_a_correlation_of_one_makes_two_inputs_follow_each_other():
    draws = sample(Dependence({("delay", "cost"): 1.0}))
    assert draws.repair is None
    assert ranks(draws, "delay", "cost") == pytest.approx(1, abs=1e-6)


def test_higham_example_of_the_nearest_correlation_matrix():
    """Higham 2002, section 4: no correlation matrix; the nearest is at the distance .5278."""
    given = np.array([[1.0, 1, 0], [1, 1, 1], [0, 1, 1]])
    near = nearest_correlation(given)
    assert not is_correlation(given)
    assert near == pytest.approx(np.array([[1, 0.7607, 0.1573], [0.7607, 1, 0.7607], [0.1573, 0.7607, 1]]), abs=5e-5)
    assert np.linalg.norm(near - given) == pytest.approx(0.5278, abs=5e-5)


def test_a_correlation_matrix_is_its_own_nearest():
    given = np.array([[1.0, 0.5, 0.2], [0.5, 1, -0.3], [0.2, -0.3, 1]])
    assert nearest_correlation(given) == pytest.approx(given, abs=1e-8)


def test_what_cannot_be_tied_is_refused():
    with pytest.raises(AppraisalError, match="asked for twice"):
        Dependence({("delay", "cost"): 0.5, ("cost", "delay"): 0.5})
    with pytest.raises(AppraisalError, match="no correlation is"):
        Dependence({("delay", "cost"): 1.5})
    with pytest.raises(AppraisalError, match="'wind', which is not drawn"):
        sample(Dependence({("delay", "wind"): 0.5}))
    with pytest.raises(AppraisalError, match="follows its common factors wholly"):
        sample(Dependence({("delay", "cost"): 0.5}), shares={"delay": {"programme": 1.0}})


def test_inputs_tied_through_a_third_are_one_group():
    asked = {("a", "b"): 0.5, ("c", "d"): 0.2, ("b", "e"): 0.1, ("f", "a"): 0.0}
    assert own_parts(Dependence(asked), {}).groups() == (("a", "b", "e"), ("c", "d"), ("f",))
