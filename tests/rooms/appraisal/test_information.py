"""What finding out is worth: never below zero, never above knowing everything, and right where it can be worked out."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from consortia.appraisal.distributions import Uniform
from consortia.appraisal.draws import Sampling
from consortia.appraisal.information import (
    partial_information,
    perfect_information,
    questions_about,
)


def options(worth: np.ndarray) -> np.ndarray:
    """Going ahead, or doing nothing."""
    return np.column_stack([worth, np.zeros_like(worth)])


def normal_worth(mean: float, spread: float) -> float:
    """E max(0, W) - max(0, mean) for W normal: what it is worth to know W."""
    return float(spread * norm.pdf(mean / spread) + mean * norm.cdf(mean / spread) - max(mean, 0))


NORMALS = np.random.default_rng(3).normal(size=(8192, 3))
DEMAND, PRICE, OTHER = NORMALS.T
WORTH = options(0.3 + DEMAND + 2 * PRICE)


def test_knowing_one_of_two_normals_is_worth_what_the_formula_says():
    found = partial_information(WORTH, DEMAND[:, None])
    assert found.value == pytest.approx(normal_worth(0.3, 1), abs=3 * found.error)
    assert 0.01 < found.error < 0.03


def test_knowing_both_is_worth_as_much_as_knowing_everything():
    both = partial_information(WORTH, np.column_stack([DEMAND, PRICE]))
    assert both.value == pytest.approx(perfect_information(WORTH).value, rel=0.01)
    assert both.value == pytest.approx(normal_worth(0.3, np.sqrt(5)), abs=3 * both.error)


def test_what_has_nothing_to_do_with_it_is_worth_nothing():
    found = partial_information(WORTH, OTHER[:, None])
    assert 0 <= found.value <= 3 * found.error


def test_inputs_that_matter_only_together_are_seen_together():
    """The sign of a product says nothing of either factor alone."""
    worth = options(5 * DEMAND * PRICE)
    alone = partial_information(worth, DEMAND[:, None])
    together = partial_information(worth, np.column_stack([DEMAND, PRICE]))
    assert alone.value < 0.2 < together.value
    assert together.value == pytest.approx(perfect_information(worth).value, rel=0.02)


def test_an_event_is_worth_knowing_by_its_two_values():
    """With a chance of 1/4 of -30 instead of +6: E = -3, so nothing is done; knowing gives 6 in three of four draws."""
    strikes = np.tile([1.0, 0.0, 0.0, 0.0], 500)
    found = partial_information(options(6 - 36 * strikes), strikes[:, None])
    assert found.best_now == 1
    assert found.value == pytest.approx(6 * 3 / 4)
    assert found.chance_of_change == 0.75


def test_where_one_option_is_best_whatever_comes_knowing_is_worth_nothing():
    found = perfect_information(options(10 + np.abs(DEMAND)))
    assert (found.value, found.chance_of_change, found.best_now) == (0, 0, 0)


def test_the_most_valuable_question_comes_first():
    sampling = Sampling.of({name: Uniform(-1, 1) for name in ("small", "large", "none")})
    drawn = sampling.columns(sampling.normals(count=4096, seed=2))
    asked = questions_about(options(drawn["small"] + 3 * drawn["large"]), drawn)
    assert next(iter(asked)) == "large"
    assert asked["large"].value == pytest.approx(3 / 4, abs=0.05)


def test_one_option_is_no_choice_and_few_draws_no_answer():
    with pytest.raises(ValueError, match="two options"):
        perfect_information(np.ones((5, 1)))
    with pytest.raises(ValueError, match="too few to fit"):
        partial_information(WORTH[:16], DEMAND[:16, None])
