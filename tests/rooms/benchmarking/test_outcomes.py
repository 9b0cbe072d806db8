"""Cost beside outcome, index numbers and shrinkage: what they say and what they refuse."""

from __future__ import annotations

import pytest

from consortia.benchmarking import (
    composite_unit_cost,
    cost_and_outcome,
    potential,
    price_index,
    reliability,
    shrunk_potential,
    spread,
)
from consortia.benchmarking.outcomes import FEW_PAIRS, NO_COST, NO_OUTCOME, NOT_ITS_SERVICE

COSTS = {"A": 10.0, "B": 20.0, "C": 30.0, "D": 40.0, "E": None, "F": 25.0, "G": 25.0}
OUTCOMES = {"A": 90.0, "B": 50.0, "C": 80.0, "D": 40.0, "E": 70.0, "F": None, "G": 99.0}


def table(*, up: bool = True):
    return cost_and_outcome("ABCDEFG", COSTS, OUTCOMES, eligible=set("ABCDEF"), higher_is_better=up)


def test_each_council_has_its_quadrant_and_no_rank() -> None:
    found = {row.code: row.standing for row in table().rows}
    # medians of A to D: 25 and 65
    assert [found[code] for code in "ABCD"] == [
        "lower_cost_better", "lower_cost_worse", "higher_cost_better", "higher_cost_worse",
    ]  # fmt: skip


def test_a_low_outcome_may_be_the_better_one() -> None:
    assert {row.code: row.standing for row in table(up=False).rows}["A"] == "lower_cost_worse"


def test_who_cannot_be_placed_is_told_why_and_keeps_what_is_known() -> None:
    found = {row.code: row for row in table().rows}
    assert [found[code].reason for code in "EFG"] == [NO_COST, NO_OUTCOME, NOT_ITS_SERVICE]
    assert (found["G"].cost, found["G"].standing) == (25.0, None)
    assert table().n == 4
    assert FEW_PAIRS in table().caveats


def test_a_council_at_the_median_is_on_neither_side() -> None:
    found = cost_and_outcome("ABC", COSTS, OUTCOMES, eligible=set("ABC"), higher_is_better=True)
    assert found.rows[1].standing == "in_the_middle"


def test_an_index_of_different_services_is_an_error() -> None:
    with pytest.raises(ValueError, match="same services"):
        price_index(({"a": 1.0}, {"b": 1.0}), ({"a": 1.0}, {"a": 1.0}))
    with pytest.raises(ValueError, match="above zero"):
        composite_unit_cost({"a": 1.0}, {"a": 0.0}, peers={"a": 1.0})


def test_a_shrunk_potential_is_smaller_and_says_so() -> None:
    bound = potential("central", 40.0, volume=1_000.0, peers=spread([10.0, 20, 30, 40, 50, 60, 70, 80]))
    assert bound is not None
    found = shrunk_potential(bound, 0.6)
    assert found.amount == pytest.approx(7_500.0)  # 12,500 * 0.6
    assert len(found.caveats) == len(bound.caveats) + 1
    with pytest.raises(ValueError, match="between 0 and 1"):
        shrunk_potential(bound, 1.2)


def test_differences_that_do_not_last_are_not_reliable() -> None:
    swapping = [(10.0, 20.0) if place % 2 else (20.0, 10.0) for place in range(10)]
    assert reliability(swapping) == 0.0


def test_too_few_authorities_have_no_reliability() -> None:
    assert reliability([(1.0, 2.0)] * 7) is None
    assert reliability([(1.0, None)] * 20) is None
