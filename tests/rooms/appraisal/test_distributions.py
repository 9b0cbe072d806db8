"""Uncertain inputs: what stands for them in the central case, and that draws follow them."""

from __future__ import annotations

import numpy as np
import pytest

from consortia.appraisal import AppraisalError, Correlations, Draws, Pert, Triangular
from consortia.appraisal.distributions import Delay, DeliveryRatio, Slip

HALF = np.array([0.5])
EVENLY = (np.arange(4096) + 0.5) / 4096


@pytest.mark.parametrize(
    ("distribution", "central"),
    [
        (Pert(-2, 7, 18), (-2 + 4 * 7 + 18) / 6),
        (Triangular(0, 3, 9), 4),
        (DeliveryRatio(0.75, 0.6), 0.75),
        (Slip(0.25), 0),
        (Delay(9, 2), 9),
    ],
)
def test_draw_zero_is_the_central_value(distribution, central):
    assert Draws.sample({"x": distribution}, count=64, seed=1)["x"][0] == pytest.approx(central)


@pytest.mark.parametrize("distribution", [Pert(3, 3, 3), Triangular(3, 3, 3), DeliveryRatio(3 / 2, 0.0)])
def test_a_range_of_no_width_is_a_constant(distribution):
    assert set(distribution.ppf(EVENLY)) == {distribution.central}


@pytest.mark.parametrize("distribution", [Pert(-2, 7, 18), Triangular(-2, 7, 18)])
def test_mean_and_spread_of_the_draws_are_those_of_the_range(distribution):
    drawn = distribution.ppf(EVENLY)
    assert drawn.mean() == pytest.approx(distribution.mean, abs=0.01)
    assert drawn.std() == pytest.approx(distribution.sd, abs=0.01)


@pytest.mark.parametrize("mode", [0, 10])
def test_the_most_likely_value_may_stand_at_an_end(mode):
    for distribution in (Pert(0, mode, 10), Triangular(0, mode, 10)):
        drawn = distribution.ppf(EVENLY)
        assert drawn.min() >= 0
        assert drawn.max() <= 10
        assert np.all(np.diff(drawn) >= 0)


def test_nobody_delivers_more_than_two_and_a_half_times_the_plan():
    drawn = DeliveryRatio(0.93, 1.5).ppf(EVENLY)
    assert drawn.max() <= 2.5
    assert drawn.min() > 0


def test_the_cut_takes_little_off_the_median():
    assert DeliveryRatio(0.75, 0.6).ppf(HALF)[0] == pytest.approx(0.75, rel=0.02)


def test_one_plan_in_four_slips():
    assert Slip(0.25).ppf(EVENLY).mean() == 0.25


def test_the_delay_has_its_mean():
    assert Delay(9, 2).ppf(EVENLY).mean() == pytest.approx(9, rel=0.001)
    assert not Delay(0, 2).ppf(EVENLY).any()


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Pert(1, 0, 2),
        lambda: Triangular(0, 3, 2),
        lambda: Pert(0, float("nan"), 1),
        lambda: DeliveryRatio(0, 0.3),
        lambda: DeliveryRatio(3, 0.3),
        lambda: Slip(1.2),
        lambda: Delay(-1, 2),
        lambda: Delay(1, 0),
    ],
)
def test_what_cannot_be_drawn_from_is_refused(wrong):
    with pytest.raises(ValueError):
        wrong()


def test_correlations_that_cannot_be_are_refused_with_a_remedy():
    with pytest.raises(AppraisalError, match="Let the first be the lowest"):
        Correlations(different_service=0.5, same_service=0.2)
    with pytest.raises(AppraisalError, match="cannot exist together"):
        Correlations(different_service=0.0, same_service=0.6, same_programme=0.6)


def test_shares_of_more_than_the_whole_are_refused():
    with pytest.raises(AppraisalError, match="The correlations asked for 'x'"):
        Draws.sample({"x": Pert(0, 1, 2)}, count=64, seed=1, shares={"x": {"a": 0.7, "b": 0.7}})


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ({"service": "hr"}, 0.2),
        ({"service": "legal"}, 0.4),
        ({"service": "hr", "programme": "one platform"}, 0.6),
        ({"service": "legal", "programme": "one platform"}, 0.8),
    ],
)
def test_two_cases_are_as_alike_as_their_service_and_programme(case, drawn, second, expected):
    programme = second.get("programme", "")
    pair = [case("one", service="legal", programme=programme), case("two", **second)]
    draws = drawn(pair)
    logs = [np.log(draws[f"delivery|{key}"][1:]) for key in ("one", "two")]
    assert np.corrcoef(*logs)[0, 1] == pytest.approx(expected, abs=0.03)


def test_different_inputs_of_a_case_are_independent(case, drawn):
    draws = drawn([case()])
    assert np.corrcoef(draws["delivery|legal"][1:], draws["saving|legal"][1:])[0, 1] == pytest.approx(0, abs=0.03)
