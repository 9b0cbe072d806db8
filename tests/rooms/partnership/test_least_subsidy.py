"""The least money from outside that makes a division hold."""

from __future__ import annotations

import numpy as np
import pytest

from consortia.partnership.least_core import least_core
from consortia.partnership.masks import group_sizes
from consortia.partnership.subsidy import least_subsidy


def test_three_of_whom_any_two_can_have_everything_need_half_as_much_again() -> None:
    """x1+x2, x1+x3, x2+x3 >= 1 sum to 2 (x1+x2+x3) >= 3: at least 1.5 must be paid, and there is 1."""
    majority = (group_sizes(3) >= 2).astype(float)
    assert least_subsidy(majority, [0b111]) == pytest.approx(0.5)


def test_a_game_with_a_division_that_holds_needs_nothing() -> None:
    sizes = group_sizes(4).astype(float)
    assert least_subsidy(sizes**2, [0b1111]) == pytest.approx(0.0, abs=1e-9)


def test_money_is_needed_just_where_the_core_is_empty() -> None:
    rng = np.random.default_rng(5)
    for _ in range(20):
        value = rng.uniform(0, 1, 32) * group_sizes(5)
        value[[0, 1, 2, 4, 8, 16]] = 0.0
        needs = least_subsidy(value, [0b11111]) > 1e-7
        assert needs != least_core(value).has_core


def test_groups_that_cannot_form_ask_for_nothing() -> None:
    value = np.array([0.0, 0.0, 0.0, 2.0, 0.0, -np.inf, -np.inf, 3.0])
    assert least_subsidy(value, [0b111]) == pytest.approx(0.0)
