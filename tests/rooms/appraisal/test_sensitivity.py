"""What moves the answer: tornado, switching values, and indices on the independent drivers behind the inputs."""

from __future__ import annotations

import numpy as np
import pytest

from consortia.appraisal import AppraisalError, Pert
from consortia.appraisal.dependence import Dependence
from consortia.appraisal.distributions import Constant, Slip, Uniform
from consortia.appraisal.draws import Sampling
from consortia.appraisal.driver_groups import driver_groups
from consortia.appraisal.events import Bernoulli
from consortia.appraisal.first_order import first_order, first_orders
from consortia.appraisal.saltelli import sobol_indices
from consortia.appraisal.switching import switching_values
from consortia.appraisal.tornado import tornado

INPUTS = {"rate": Uniform(0, 1), "cost": Uniform(0, 10), "volume": Constant(100)}
SEED = 11
SHARED = {"a": {"common": 0.5}, "b": {"common": 0.5}}


def worth(columns):
    """Rate x volume less cost x 7: the rate moves it by 80 between P10 and P90, the cost by 56."""
    return columns["rate"] * columns["volume"] - 7 * columns["cost"]


class TestTornado:
    def test_bars_go_from_p10_to_p90_with_the_others_central(self):
        found = tornado(worth, INPUTS)
        rate = next(bar for bar in found.bars if bar.name == "rate")
        assert found.central == 0.5 * 100 - 7 * 5
        assert (rate.low, rate.high) == pytest.approx((0.1, 0.9))
        assert (rate.at_low, rate.at_high) == pytest.approx((0.1 * 100 - 35, 0.9 * 100 - 35))

    def test_the_widest_comes_first_and_what_is_certain_has_no_width(self):
        assert [(bar.name, round(bar.swing, 6)) for bar in tornado(worth, INPUTS).bars] == [
            ("rate", 80),
            ("cost", 56),
            ("volume", 0),
        ]

    def test_an_event_too_rare_for_p90_is_shown_over_its_whole_range(self):
        bars = tornado(lambda columns: -10 * columns["slip"], {"slip": Slip(0.02)}).bars
        assert bars[0].whole_range
        assert (bars[0].at_low, bars[0].at_high) == (0, -10)

    def test_a_model_that_gives_no_number_is_refused(self):
        with pytest.raises(ValueError, match="a known number for each"):
            tornado(lambda columns: columns["rate"] * np.nan, INPUTS)


class TestSwitchingValues:
    def test_a_straight_line_is_solved_exactly(self):
        rate = next(each for each in switching_values(worth, INPUTS) if each.name == "rate")
        assert rate.value == pytest.approx(7 * 5 / 100, rel=1e-12)
        assert rate.change == pytest.approx(0.35 / 0.5 - 1)

    def test_a_curve_is_closed_in_on_and_the_nearest_crossing_taken(self):
        """(x - 1)(x - 4) is zero at 1 and at 4; from 3, 4 is nearer."""
        found = switching_values(lambda columns: (columns["x"] - 1) * (columns["x"] - 4), {"x": Uniform(0, 6)})
        assert found[0].central == 3
        assert found[0].value == pytest.approx(4, rel=1e-9)

    def test_none_in_range_is_an_answer_and_comes_last(self):
        found = switching_values(worth, INPUTS, ranges={"cost": (0, 6)})
        assert [(each.name, each.value is None) for each in found] == [
            ("rate", False),
            ("cost", True),
            ("volume", True),
        ]

    def test_an_input_without_effect_has_none(self):
        found = switching_values(lambda columns: columns["rate"] * 0 + 5, {"rate": Uniform(0, 1)})
        assert found[0].value is None
        assert found[0].change is None


class TestIndices:
    """The sum of three inputs, two of which move together."""

    def test_inputs_that_move_together_give_their_part_to_the_factor_and_the_sum_is_no_more_than_one(self):
        """On the normal scale own 2 x 1/2, common (2 sqrt(1/2))^2 and c 1, of 4; uniforms are nearly linear in it."""
        inputs = {name: Uniform(0, 1) for name in "abc"}
        sampling = Sampling.of(inputs, shares=SHARED)
        drawn = sampling.columns(sampling.normals(count=8192, seed=SEED))
        found = first_order(sampling, sum(drawn.values()), seed=SEED)
        shares = {each.group.name: each.share for each in found}
        assert shares["common"] == pytest.approx(0.5, abs=0.02)
        assert shares["c"] == pytest.approx(0.25, abs=0.02)
        assert 0.95 < sum(shares.values()) < 1
        assert {each.group.kind for each in found} == {"factor", "own part", "input"}

    def test_a_factor_that_only_one_input_follows_belongs_to_that_input(self):
        shares = {"a": {"alone": 0.3, "common": 0.2, "none": 0.0}, "b": {"common": 0.2}}
        groups = driver_groups(Sampling.of({name: Uniform(0, 1) for name in "ab"}, shares=shares))
        assert [(group.name, group.kind, len(group.drivers)) for group in groups] == [
            ("a", "own part", 2),
            ("b", "own part", 1),
            ("common", "factor", 1),
        ]

    def test_an_input_with_a_factor_of_its_own_explains_what_it_would_without(self):
        sampling = Sampling.of({"a": Uniform(0, 1)}, shares={"a": {"alone": 0.4}})
        drawn = sampling.columns(sampling.normals(count=4096, seed=SEED))
        assert [each.share for each in first_order(sampling, drawn["a"], seed=SEED)] == [pytest.approx(1, abs=0.01)]

    def test_inputs_tied_by_a_correlation_count_as_one(self):
        inputs = {name: Uniform(0, 1) for name in "abc"}
        sampling = Sampling.of(inputs, dependence=Dependence({("a", "b"): 0.8}))
        drawn = sampling.columns(sampling.normals(count=8192, seed=SEED))
        outcome = sum(drawn.values())
        found = {each.group.name: each.share for each in first_order(sampling, outcome, seed=SEED)}
        # Var(a + b) = (2 + 2 x .8)/12 of (3.6 + 1)/12.
        assert found == {"a & b": pytest.approx(3.6 / 4.6, abs=0.02), "c": pytest.approx(1 / 4.6, abs=0.02)}

    def test_tied_inputs_and_factors_are_groups_of_the_model_runs_too(self):
        inputs = {name: Uniform(0, 1) for name in "abc"}
        sampling = Sampling.of(inputs, dependence=Dependence({("a", "b"): 0.8}))
        found = sobol_indices(lambda columns: columns["a"] + columns["b"] + columns["c"], sampling, seed=1)
        assert [index.group.name for index in found.indices] == ["a & b", "c"]
        assert [index.total for index in found.indices] == pytest.approx([3.6 / 4.6, 1 / 4.6], abs=0.02)

    def test_what_has_no_effect_has_no_share_beyond_its_error(self):
        sampling = Sampling.of({name: Uniform(0, 1) for name in "ab"})
        drawn = sampling.columns(sampling.normals(count=4096, seed=SEED))
        found = {each.group.name: each for each in first_order(sampling, drawn["a"] ** 2, seed=SEED)}
        assert abs(found["b"].share) < 4 * found["b"].error
        assert found["b"].error < 0.003

    def test_an_outcome_that_does_not_move_has_no_shares(self):
        sampling = Sampling.of({"a": Pert(0, 1, 3), "event": Bernoulli(0.1)})
        assert [each.share for each in first_order(sampling, np.ones(512), seed=1)] == [0, 0]
        assert [index.total for index in sobol_indices(lambda c: c["a"] * 0, sampling, seed=1).indices] == [0, 0]

    def test_several_outcomes_in_one_pass_have_the_indices_that_each_has_alone(self):
        sampling = Sampling.of({name: Uniform(0, 1) for name in "ab"})
        drawn = sampling.columns(sampling.normals(count=1024, seed=SEED))
        outcomes = np.column_stack([drawn["a"], drawn["a"] + 2 * drawn["b"]])
        for outcome, together in zip(outcomes.T, first_orders(sampling, outcomes, seed=SEED), strict=True):
            alone = first_order(sampling, outcome, seed=SEED)
            assert [each.group for each in together] == [each.group for each in alone]
            assert [each.share for each in together] == pytest.approx([each.share for each in alone])

    def test_too_few_draws_or_runs_are_refused(self):
        sampling = Sampling.of({"a": Pert(0, 1, 3)})
        with pytest.raises(ValueError, match="at least 256 draws"):
            first_order(sampling, np.ones(128), seed=1)
        with pytest.raises(AppraisalError, match="too few or not a power of two"):
            sobol_indices(lambda columns: columns["a"], sampling, count=100, seed=1)
