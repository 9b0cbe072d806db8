"""What people say about a range: every shape, its refusals in words, and percentiles taken for percentiles."""

from __future__ import annotations

import numpy as np
import pytest

from consortia.appraisal.distributions import Constant, Lognormal, Pert, Triangular, Uniform
from consortia.appraisal.elicitation import elicited, from_percentiles
from consortia.appraisal.events import Bernoulli

EVENLY = (np.arange(8192) + 0.5) / 8192
TENTHS = np.array([0.1, 0.9])


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ("pert", Pert(1, 2, 4)),
        ("triangular", Triangular(1, 2, 4)),
        ("uniform", Uniform(1, 4)),
        ("lognormal", Lognormal(1, 4)),
    ],
)
def test_each_shape_makes_its_distribution(shape, expected):
    assert elicited(shape, 1, 2, 4) == expected


def test_a_stated_range_of_no_width_is_a_constant():
    assert elicited("pert", 3, 3, 3) == Constant(3)
    assert set(Constant(3).ppf(EVENLY)) == {3}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (lambda: elicited("pert", 5, 3, 9), "the lowest value, 5, is above the most likely, 3"),
        (lambda: elicited("triangular", 1, 9, 4), "the most likely value, 9, is above the highest, 4"),
        (lambda: elicited("uniform", 5, None, 4), "the lowest value, 5, is above the highest, 4"),
        (lambda: elicited("pert", 1, None, 4), "needs its most likely value"),
        (lambda: elicited("lognormal", 0, None, 4), "must be above zero"),
        (lambda: elicited("lognormal", 5, None, 4), "P10, 5, is above P90, 4"),
        (lambda: elicited("bell", 1, 2, 3), "'bell' is not a shape"),
        (lambda: Pert(0, float("nan"), 1), "must be known numbers"),
        (lambda: Bernoulli(1.5), "not a probability"),
        (lambda: Constant(float("inf")), "not a known number"),
    ],
)
def test_a_range_that_is_none_is_refused_in_a_sentence(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        wrong()


@pytest.mark.parametrize(
    "distribution",
    [Uniform(2, 5), Lognormal(10, 40), Bernoulli(0.3)],
    ids=lambda distribution: type(distribution).__name__,
)
def test_draws_have_the_mean_and_spread_of_the_distribution_and_it_is_the_central_value(distribution):
    drawn = distribution.ppf(EVENLY)
    assert distribution.central == distribution.mean
    assert drawn.mean() == pytest.approx(distribution.mean, rel=0.002)
    assert drawn.std() == pytest.approx(distribution.sd, rel=0.01)


def test_a_lognormal_has_the_percentiles_it_was_given():
    assert Lognormal(10, 40).ppf(TENTHS) == pytest.approx([10, 40], rel=1e-12)
    assert Lognormal(10, 40).median == pytest.approx(20)


@pytest.mark.parametrize("shape", ["pert", "triangular"])
@pytest.mark.parametrize("mode", [10.01, 20, 44.9])
def test_percentiles_that_an_expert_gave_are_fitted_not_relabelled(shape, mode):
    fitted = from_percentiles(shape, 10, mode, 45)
    assert fitted.ppf(TENTHS) == pytest.approx([10, 45])
    assert fitted.mode == mode
    assert fitted.low < 10 < 45 < fitted.high


def test_percentiles_that_do_not_rise_are_refused():
    with pytest.raises(ValueError, match="must rise"):
        from_percentiles("pert", 10, 50, 45)
