"""Rules of priorities: the set chosen is the best of all sets, and ranks turn exactly where it is said."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consortia.appraisal.priorities import rank_ranges, ranks, reversals, weighted_scores
from consortia.appraisal.selection import Limits, Selection, best_selection, otherwise

MOST = 6
pounds = st.integers(-500, 1000).map(float)
pairs = st.lists(st.tuples(st.integers(0, MOST - 1), st.integers(0, MOST - 1)), max_size=3)


@st.composite
def problems(draw: Any) -> tuple[np.ndarray, Limits]:
    count = draw(st.integers(1, MOST))
    alone = np.array(draw(st.lists(pounds, min_size=count, max_size=count)))
    costs = np.array([draw(st.lists(st.integers(0, 100), min_size=count, max_size=count))], dtype=float)
    inside = lambda held: [pair for pair in held if pair[0] != pair[1] and max(pair) < count]  # noqa: E731
    must = frozenset(draw(st.lists(st.integers(0, count - 1), max_size=1)))
    most = np.array([float(draw(st.integers(0, 250)))])
    limits = Limits(costs=costs, most=most, excludes=inside(draw(pairs)), needs=inside(draw(pairs)), must=must)
    return alone, limits


def every_set(count: int) -> list[frozenset[int]]:
    return [frozenset(one) for size in range(count + 1) for one in combinations(range(count), size)]


def by_hand(alone: np.ndarray, limits: Limits, worth: Any) -> float | None:
    return max((worth(one) for one in every_set(len(alone)) if limits.allow(one)), default=None)


def checked(found: Selection | None, most: float | None, limits: Limits) -> None:
    assert (found is None) == (most is None)
    if found is not None and most is not None:
        assert found.proved
        assert limits.allow(found.chosen)
        assert found.worth == pytest.approx(most, abs=0.011)


@settings(max_examples=60, deadline=None)
@given(problems())
def test_the_set_chosen_is_the_best_of_all_sets_that_keep_the_limits(problem: tuple[np.ndarray, Limits]) -> None:
    alone, limits = problem
    checked(best_selection(alone, limits), by_hand(alone, limits, lambda one: sum(alone[list(one)])), limits)


@settings(max_examples=40, deadline=None)
@given(problems(), st.integers(0, 80))
def test_it_is_the_best_where_projects_save_less_together_than_alone(problem: Any, less: int) -> None:
    alone, limits = problem

    def worth(one: frozenset[int]) -> float:
        return float(sum(alone[list(one)]) - less * max(len(one) - 1, 0))

    checked(best_selection(alone, limits, worth=worth), by_hand(alone, limits, worth), limits)


@settings(max_examples=30, deadline=None)
@given(problems())
def test_deciding_a_project_the_other_way_is_never_worth_more(problem: tuple[np.ndarray, Limits]) -> None:
    alone, limits = problem
    found = best_selection(alone, limits)
    if found is not None:
        assert all(lost is None or lost >= -0.011 for lost in otherwise(alone, limits, found))


scores = st.lists(st.lists(st.integers(0, 10), min_size=3, max_size=3), min_size=2, max_size=5)
weights = st.lists(st.integers(1, 50), min_size=3, max_size=3)


@settings(max_examples=80, deadline=None)
@given(scores, weights)
def test_at_its_turn_a_pair_is_equal_and_beyond_it_the_other_way_round(held: Any, given_weights: Any) -> None:
    table, weigh = np.array(held) / 10, np.array(given_weights, dtype=float)
    for one in reversals(table, weigh, within=0.5):
        for beyond, sign in ((1.0, 0), (1.001, -1), (0.999, 1)):
            moved = weigh.copy()
            moved[one.criterion] *= 1 + one.change * beyond
            totals = weighted_scores(table, moved)
            lead = totals[one.above] - totals[one.below]
            assert lead == pytest.approx(0, abs=1e-9) if sign == 0 else lead * sign > 0


@settings(max_examples=60, deadline=None)
@given(scores, weights, st.floats(-0.2, 0.2), st.integers(0, 2))
def test_no_weight_within_the_range_gives_a_rank_outside_its_range(
    held: Any, given_weights: Any, by: Any, at: Any
) -> None:
    table, weigh = np.array(held) / 10, np.array(given_weights, dtype=float)
    ranges = rank_ranges(table, weigh, within=0.2)
    moved = weigh.copy()
    moved[at] *= 1 + by
    totals = weighted_scores(table, moved)
    if len(totals) == len({round(one, 9) for one in totals}):  # equal totals share a rank, which no turn has
        assert all(low <= rank <= high for rank, (low, high) in zip(ranks(totals), ranges, strict=True))
