"""Nearest neighbours on a table small enough to do by hand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from consortia.benchmarking import nearest_neighbours, standard_scores
from consortia.benchmarking.neighbours import FEW_COMPARED, FEW_INDICATORS, NONE_COMPARED


@dataclass(frozen=True)
class Table:
    """A table of indicators."""

    authorities: tuple[str, ...]
    names: tuple[str, ...]
    values: np.ndarray


NAMES = ("age", "density", "pay", "homes", "pupils")


def table(rows: dict[str, list[float]], names: tuple[str, ...] = NAMES) -> Table:
    return Table(tuple(rows), names, np.array(list(rows.values()), dtype=float))


FOUR = {
    "A": [1.0, 1.0, 1.0, 1.0, 1.0],
    "B": [2.0, 1.0, 1.0, 1.0, 1.0],
    "C": [9.0, 9.0, 9.0, 9.0, 9.0],
    "D": [1.0, 2.0, 2.0, 1.0, 1.0],
}
SAME = dict.fromkeys("ABCD", "UA")


def test_the_nearest_come_first_and_the_farthest_is_at_distance_one() -> None:
    found = nearest_neighbours("A", table(FOUR), kinds=SAME, k=3)
    assert found.codes == ("B", "D", "C")
    assert [neighbour.distance for neighbour in found][-1] == 1.0
    assert found.compared == 3


def test_the_distance_is_the_root_of_the_squared_differences_of_scores() -> None:
    scores = standard_scores(table(FOUR).values)
    near, far = (float(np.sqrt(((scores[0] - scores[i]) ** 2).sum())) for i in (1, 2))
    found = nearest_neighbours("A", table(FOUR), kinds=SAME)
    assert found.nearest[0].distance == pytest.approx(near / far)


def test_contributions_explain_the_distance_and_add_up_to_one() -> None:
    first = nearest_neighbours("A", table(FOUR), kinds=SAME).nearest[0]
    assert first.contributions[0] == ("age", 1.0)
    assert sum(share for _, share in first.contributions) == pytest.approx(1.0)


def test_only_areas_of_the_same_kind_are_compared() -> None:
    found = nearest_neighbours("A", table(FOUR), kinds={"A": "UA", "B": "SC", "C": "UA", "D": "UA"})
    assert set(found.codes) == {"C", "D"}


def test_a_missing_indicator_is_made_up_by_the_others() -> None:
    rows = FOUR | {"B": [2.0, np.nan, 1.0, 1.0, 1.0]}
    scores = standard_scores(table(rows).values)
    age = abs(scores[0][0] - scores[1][0])  # the only one of the four shared that differs
    far = float(np.sqrt(((scores[0] - scores[2]) ** 2).sum()))
    found = nearest_neighbours("A", table(rows), kinds=SAME).nearest[0]
    assert found.code == "B"
    assert found.distance == pytest.approx(np.sqrt(5 / 4) * age / far)
    assert found.variables == 4


def test_an_area_with_fewer_than_four_in_five_indicators_is_left_out_and_named() -> None:
    rows = FOUR | {"B": [2.0, np.nan, np.nan, 1.0, 1.0]}
    found = nearest_neighbours("A", table(rows), kinds=SAME)
    assert found.left_out == ("B",)
    assert FEW_INDICATORS in found.caveats


def test_one_outlying_value_does_not_decide_alone() -> None:
    values = np.append(np.zeros(99), 1e9).reshape(-1, 1)
    assert standard_scores(values).max() == 3.0


def test_an_indicator_without_spread_says_nothing() -> None:
    assert standard_scores(np.array([[7.0], [7.0]])).tolist() == [[0.0], [0.0]]


def test_weights_change_who_is_near() -> None:
    weighed = nearest_neighbours("A", table(FOUR), kinds=SAME, weights={"age": 100.0})
    assert weighed.codes[0] == "D"


def test_a_weight_for_no_indicator_is_an_error() -> None:
    with pytest.raises(ValueError, match="no indicator weather"):
        nearest_neighbours("A", table(FOUR), kinds=SAME, weights={"weather": 1.0})


def test_an_area_without_indicators_has_no_neighbours() -> None:
    with pytest.raises(ValueError, match="Z has no indicators"):
        nearest_neighbours("Z", table(FOUR), kinds=SAME)


def test_fewer_areas_than_asked_for_are_said_to_be_few() -> None:
    assert FEW_COMPARED in nearest_neighbours("A", table(FOUR), kinds=SAME, k=15).caveats


def test_areas_that_are_exactly_alike_are_at_distance_zero() -> None:
    rows = {"A": FOUR["A"], "B": FOUR["A"]}
    (found,) = nearest_neighbours("A", table(rows), kinds=SAME)
    assert found.distance == 0.0


def test_an_area_with_too_few_indicators_itself_is_told_so() -> None:
    rows = FOUR | {"A": [1.0, np.nan, np.nan, np.nan, 1.0]}
    found = nearest_neighbours("A", table(rows), kinds=SAME)
    assert len(found) == 0
    assert found.caveats == (NONE_COMPARED,)
