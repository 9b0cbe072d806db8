"""Ramps, delays and phasing."""

from __future__ import annotations

import numpy as np
import pytest

from consortia.appraisal import AppraisalError, Phasing
from consortia.appraisal.profiles import cumulative_ramp, delayed, persisted, phased, running

RAMP = cumulative_ramp((0.1, 0.4, 0.4, 0.1), start=1, horizon=6)


def test_the_ramp_adds_up_its_increments_from_the_start():
    assert list(RAMP) == pytest.approx([0, 0.1, 0.5, 0.9, 1, 1, 1])


def test_cost_is_spread_from_the_start():
    assert phased((0.3, 0.5, 0.2), start=2, horizon=6) == pytest.approx([0, 0, 0.3, 0.5, 0.2, 0, 0])


def test_what_falls_after_the_horizon_is_cut_off():
    assert phased((0.3, 0.5, 0.2), start=5, horizon=6) == pytest.approx([0, 0, 0, 0, 0, 0.3, 0.5])
    assert not phased((0.3, 0.5, 0.2), start=9, horizon=6).any()


def test_coordination_runs_from_the_start_for_good():
    assert running(start=2, horizon=4).tolist() == [0, 0, 1, 1, 1]


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        (0, [0, 0.1, 0.5, 0.9, 1, 1, 1]),
        (12, [0, 0, 0.1, 0.5, 0.9, 1, 1]),
        (6, [0, 0.05, 0.3, 0.7, 0.95, 1, 1]),
        (15, [0, 0, 0.075, 0.4, 0.8, 0.975, 1]),
        (120, [0] * 7),
    ],
)
def test_a_delay_shifts_by_whole_years_and_pro_rata_by_months(months, expected):
    assert delayed(RAMP, months)[0] == pytest.approx(expected)


def test_each_delay_has_its_own_row():
    assert delayed(RAMP, np.array([0.0, 6.0, 12.0])).shape == (3, 7)


def test_a_delay_backwards_is_refused():
    with pytest.raises(ValueError, match="cannot be negative"):
        delayed(RAMP, -1.0)


def test_a_one_off_saving_does_not_come_back_and_a_recurrent_one_does():
    assert persisted((5, 0, 0), (1,)).tolist() == [5, 0, 0]
    assert persisted((5, 0, 0), (1, 1, 1)).tolist() == [5, 5, 5]


@pytest.mark.parametrize("parts", [(0.5, 0.4), (1.2, -0.2), ()])
def test_a_phasing_that_loses_or_invents_money_is_refused(parts):
    with pytest.raises(AppraisalError, match=r"cost phasing .* does not add up to one"):
        Phasing(benefits=(1.0,), costs=parts)
