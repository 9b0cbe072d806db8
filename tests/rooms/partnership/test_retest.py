"""The chosen grouping tested again: how often it survives draws, its worth there, what it costs where it does not."""

from dataclasses import replace

import numpy as np
import pytest

from consortia.appraisal import ValueFactors
from consortia.partnership import DuplicatedWork, GroupModel, LevelFactor, best_partition, price_groups, retest

# One pound of saving a year is worth 5, set-up 1, coordination 8; saving (1 - 1/2) / (3/4) = 2/3 of the rate at two.
MODEL = GroupModel(
    cost=(900.0, 900.0),
    gain=DuplicatedWork(0.10),
    highest_rate=1.0,
    setup_share=0.0,
    levels=(LevelFactor("full_integration", 1.0),),
    factors=ValueFactors(saving=5.0, setup=1.0, coordination=8.0, first_two_years=0.5),
    fixed=50.0,
)
EVERYTHING = np.array([False, True, True, True])


def test_the_choice_survives_the_draws_in_which_it_is_still_the_best():
    """Together: 5 x 1800 x rate x 2/3 - 8 x 50 = 6000 rate - 400: 200 at .10, 800 at .20, -400 at 0, -160 at .04."""
    drawn = [replace(MODEL, gain=DuplicatedWork(rate)) for rate in (0.20, 0.10, 0.0, 0.04)]
    found = retest(MODEL, best_partition(price_groups(MODEL).value), allowed=EVERYTHING, drawn=drawn)
    assert found.central == pytest.approx(200)
    assert found.mean == pytest.approx((800 + 200 - 400 - 160) / 4)
    assert found.survives == 2 / 4
    assert found.regret == pytest.approx((400 + 160) / 4)
    assert found.misses_by == pytest.approx((400 + 160) / 2)
    assert found.curse == pytest.approx(200 - 110)


def test_a_choice_that_always_survives_misses_by_nothing():
    found = retest(MODEL, best_partition(price_groups(MODEL).value), allowed=EVERYTHING, drawn=[MODEL, MODEL])
    assert (found.survives, found.regret, found.misses_by, found.curse) == (1.0, 0.0, None, 0.0)


def test_levels_stay_as_chosen_where_a_draw_would_choose_another():
    """Fixed at the deep level: 6000 x .1 x 1 - 400 = 200; the shallow one saves half of it for the same money."""
    two = replace(MODEL, levels=(LevelFactor("collaboration", 0.5), LevelFactor("full_integration", 1.0)))
    shallow_now = replace(two, levels=(LevelFactor("collaboration", 0.9), LevelFactor("full_integration", 0.9001)))
    found = retest(two, best_partition(price_groups(two).value), allowed=EVERYTHING, drawn=[shallow_now])
    assert found.mean == pytest.approx(6000 * 0.1 * 0.9001 - 400)


def test_nothing_drawn_is_refused():
    with pytest.raises(ValueError, match="at least one draw"):
        retest(MODEL, best_partition(price_groups(MODEL).value), allowed=EVERYTHING, drawn=[])
