"""What holds for every comparison, whatever the figures."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from consortia.benchmarking import nearest_neighbours, robust_scores, spread

figures = st.lists(st.none() | st.floats(-1e6, 1e6), max_size=30)
CODES = tuple(f"E{number}" for number in range(8))
indicator_values = arrays(float, (8, 5), elements=st.integers(0, 50).map(float))


def neighbours(values: np.ndarray, of: str = "E0"):
    table = SimpleNamespace(authorities=CODES, names=tuple("abcde"), values=values)
    return nearest_neighbours(of, table, kinds=dict.fromkeys(CODES, "UA"))


@given(figures)
def test_the_cuts_of_a_spread_are_in_order_and_every_figure_is_counted(values: list[float | None]) -> None:
    found = spread(values)
    assert found.n + found.missing == len(values)
    cuts = [found.lowest, found.first_quartile, found.median, found.third_quartile, found.highest]
    known = [cut for cut in cuts if cut is not None]
    assert known == sorted(known)


@given(figures)
def test_a_missing_figure_never_gets_a_score(values: list[float | None]) -> None:
    scores = robust_scores(values)
    assert all(score is None for value, score in zip(values, scores, strict=True) if value is None)


@given(indicator_values)
def test_the_unit_of_an_indicator_does_not_change_who_is_near(values: np.ndarray) -> None:
    other_units = values * np.array([1.0, 1000.0, 0.5, 4.0, 2.0]) + np.array([0.0, 7.0, -3.0, 100.0, 1.0])
    one, other = neighbours(values), neighbours(other_units)
    apart = {neighbour.code: neighbour.distance for neighbour in other}
    assert {neighbour.code: neighbour.distance for neighbour in one} == pytest.approx(apart)


@given(indicator_values)
def test_distances_rise_from_the_nearest_to_one_and_open_to_their_indicators(values: np.ndarray) -> None:
    found = neighbours(values)
    distances = [neighbour.distance for neighbour in found]
    assert distances == sorted(distances)
    assert distances[-1] in (0.0, 1.0)
    shares = [sum(share for _, share in neighbour.contributions) for neighbour in found if neighbour.distance]
    assert shares == pytest.approx([1.0] * len(shares))


@given(indicator_values)
def test_two_areas_are_as_far_from_each_other_whichever_is_asked(values: np.ndarray) -> None:
    there = next(each for each in neighbours(values, "E0") if each.code == "E1")
    back = next(each for each in neighbours(values, "E1") if each.code == "E0")
    assert dict(there.contributions) == pytest.approx(dict(back.contributions))
