"""Adoption curves: where they start, where they end, and what they refuse."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from consortia.appraisal.adoption import bass, exponential, logistic, step, straight, tabled
from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.refusals import AppraisalError


def test_straight_progress_is_even() -> None:
    assert straight(start=1, end=5, horizon=6) == pytest.approx([0, 0, 0.25, 0.5, 0.75, 1, 1])


def test_a_step_within_a_year_gives_the_part_of_the_year_that_is_left() -> None:
    assert step(start=2, horizon=4) == pytest.approx([0, 0, 1, 1, 1])
    assert step(start=1.75, horizon=4) == pytest.approx([0, 0.25, 1, 1, 1])


def test_the_logistic_curve_is_nought_half_and_one_at_start_middle_and_end() -> None:
    curve = logistic(start=0, end=4, horizon=5)
    assert curve[[0, 2, 4, 5]] == pytest.approx([0, 0.5, 1, 1], abs=1e-15)
    assert curve[1] == pytest.approx(1 - curve[3])
    assert curve[1] < 0.25 < 0.75 < curve[3]


def test_a_flat_logistic_curve_is_nearly_straight() -> None:
    assert logistic(start=1, end=6, horizon=8, steepness=1e-3) == pytest.approx(
        straight(start=1, end=6, horizon=8), abs=1e-6
    )


def test_the_exponential_curve_takes_the_same_part_of_what_is_left_each_year() -> None:
    left = 1 - exponential(start=1, rate=0.5, horizon=5)
    assert left[1:] == pytest.approx(np.exp(-0.5 * np.arange(5)))
    assert left[0] == 1


def test_bass_solves_its_own_equation() -> None:
    """F' = (p + q F)(1 - F): checked at every year by a small difference."""
    p, q, years = 0.03, 0.38, np.arange(0, 12)
    now = bass(start=0, innovation=p, imitation=q, horizon=11)
    slope = (1 - now) * (p + q * now)
    later = np.array([bass(start=-1e-6, innovation=p, imitation=q, horizon=int(t))[-1] for t in years])
    assert (later - now) / 1e-6 == pytest.approx(slope, rel=1e-3)


def test_a_table_is_held_at_its_last_value() -> None:
    assert tabled([0.29, 0.78], start=1, horizon=4) == pytest.approx([0, 0.29, 0.78, 0.78, 0.78])


CURVES: list[Callable[[int], FloatArray]] = [
    lambda horizon: step(start=2, horizon=horizon),
    lambda horizon: straight(start=2, end=5, horizon=horizon),
    lambda horizon: logistic(start=2, end=5, horizon=horizon),
    lambda horizon: exponential(start=2, rate=0.7, horizon=horizon),
    lambda horizon: bass(start=2, innovation=0.1, imitation=0.5, horizon=horizon),
    lambda horizon: tabled([0.5, 0.9], start=2, horizon=horizon),
]


@pytest.mark.parametrize("curve", CURVES)
def test_every_curve_is_nought_before_it_starts_and_never_leaves_nought_to_one(
    curve: Callable[[int], FloatArray],
) -> None:
    parts = curve(15)
    assert parts.shape == (16,)
    assert parts[:2] == pytest.approx([0, 0])
    assert np.all((parts >= 0) & (parts <= 1))
    assert np.all(np.diff(parts) >= 0)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: straight(start=3, end=3, horizon=5),
        lambda: logistic(start=1, end=4, horizon=5, steepness=0),
        lambda: exponential(start=1, rate=-1, horizon=5),
        lambda: bass(start=1, innovation=0, imitation=0.4, horizon=5),
        lambda: tabled([], start=1, horizon=5),
        lambda: tabled([0.5, 78], start=1, horizon=5),
    ],
)
def test_a_curve_that_cannot_be_is_refused_with_what_to_do(wrong: Callable[[], FloatArray]) -> None:
    with pytest.raises(AppraisalError) as refused:
        wrong()
    assert refused.value.remedy
