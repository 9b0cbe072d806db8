"""Published examples of weighing and choosing: Goodwin and Wright's office, Lorie and Savage's nine projects."""

from __future__ import annotations

import numpy as np
import pytest

from consortia.appraisal.priorities import efficient, first_shares, ranks, reversals, weighted_scores
from consortia.appraisal.selection import Limits, best_selection, best_selections, worth_of_a_pound

OFFICES = "ABCDEFG"
WEIGHTS = np.array([32.0, 26, 23, 10, 6, 3])
"""Closeness, visibility, image, size, comfort, parking: swing weights 100, 80, 70, 30, 20, 10, rounded as published."""
SCORES = np.array(
    [
        [100, 20, 80, 70, 40, 0, 60],
        [60, 80, 70, 50, 60, 0, 100],
        [100, 10, 0, 30, 90, 70, 20],
        [75, 30, 0, 55, 100, 0, 50],
        [0, 100, 10, 30, 60, 80, 50],
        [90, 30, 100, 90, 70, 0, 80],
    ]
).T
COSTS = np.array([30_000.0, 15_000, 5_000, 12_000, 30_000, 15_000, 10_000])

WORTH = np.array([14.0, 17, 17, 15, 40, 12, 14, 10, 12])
OUTLAYS = np.array([[12.0, 54, 6, 6, 30, 6, 48, 36, 18], [3, 7, 6, 2, 35, 6, 4, 3, 3]])
NINE = Limits(costs=OUTLAYS, most=np.array([50.0, 20.0]))


def test_the_offices_of_goodwin_and_wright_have_their_published_totals() -> None:
    totals = weighted_scores(SCORES, WEIGHTS)
    assert totals[0] == pytest.approx((32 * 100 + 26 * 60 + 23 * 100 + 10 * 75 + 6 * 0 + 3 * 90) / 100)  # 80.8
    assert totals.round(1).tolist() == [80.8, 39.4, 47.4, 52.3, 64.8, 20.9, 60.2]
    assert ranks(totals) == (1, 6, 5, 4, 2, 7, 3)


def test_with_the_weights_as_they_were_before_rounding_they_are_those_published_beside() -> None:
    totals = weighted_scores(SCORES, np.array([100.0, 80, 70, 30, 20, 10]))
    assert totals.round(1).tolist() == [80.5, 39.7, 47.7, 52.4, 64.5, 21.0, 60.3]


def test_no_other_office_gives_more_for_less_than_a_g_and_c() -> None:
    frontier = efficient(weighted_scores(SCORES, WEIGHTS), COSTS)
    assert [OFFICES[place] for place in np.flatnonzero(frontier)] == ["A", "C", "G"]


def test_no_weight_moved_by_a_fifth_takes_the_first_place_from_a_nor_do_most_weights() -> None:
    assert not [one for one in reversals(SCORES / 100, WEIGHTS, within=0.2) if one.above == 0]
    shares = first_shares(SCORES / 100, count=4096, seed=1)
    assert shares.sum() == pytest.approx(1)
    assert shares.argmax() == 0
    assert (shares == first_shares(SCORES / 100, count=4096, seed=1)).all()


def test_lorie_and_savages_nine_projects_are_worth_70_within_50_and_20() -> None:
    best = best_selection(WORTH, NINE)
    assert best is not None
    assert sorted(place + 1 for place in best.chosen) == [1, 3, 4, 6, 9]
    assert best.worth == 14 + 17 + 15 + 12 + 12 == 70
    assert best.spent == (12 + 6 + 6 + 6 + 18, 3 + 6 + 2 + 6 + 3) == (48, 20)
    assert best.proved


def test_were_parts_of_projects_possible_they_would_be_worth_70_27_and_a_pound_what_weingartner_says() -> None:
    bound, prices = worth_of_a_pound(WORTH, NINE)
    assert bound == pytest.approx(70.2727, abs=1e-4)
    assert prices == pytest.approx((0.13636, 1.86364), abs=1e-5)


def test_the_next_best_sets_come_in_order_and_differ() -> None:
    sets = best_selections(WORTH, NINE, 4)
    assert [one.worth for one in sets] == sorted((one.worth for one in sets), reverse=True)
    assert len({one.chosen for one in sets}) == 4
    assert all(one.proved for one in sets)
