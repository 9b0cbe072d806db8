"""Overheads: closed loops are named, an order may be given, a method without an answer says so."""

from __future__ import annotations

import pytest

from consortia.costing import Allocation, Department, NotAllocated, allocate, compare_methods
from consortia.costing.allocation import department_findings
from consortia.costing.traces import what_makes_up, where_it_went

OPERATING = (Department("O1", 100), Department("O2", 200))


def test_departments_that_serve_only_each_other_are_named() -> None:
    loop = (Department("A", 10, {"B": 1}), Department("B", 20, {"A": 3}), Department("C", 5, {"A": 1, "O1": 1}))
    (finding,) = department_findings((*loop, *OPERATING))
    assert finding.text().startswith("A closed loop: A & B serve nobody else")
    with pytest.raises(ValueError, match="A & B"):
        allocate((*loop, *OPERATING))


def test_a_department_caught_behind_a_loop_is_no_part_of_it() -> None:
    caught = (Department("A", 10, {"B": 1}), Department("B", 20, {"A": 3}), Department("C", 5, {"A": 1}))
    assert [dict(one.values)["departments"] for one in department_findings((*caught, *OPERATING))] == ["A & B"]


def test_a_department_that_serves_only_itself_is_a_loop_of_one() -> None:
    (finding,) = department_findings((Department("A", 10, {"A": 2}), *OPERATING))
    assert dict(finding.values)["departments"] == "A"


def test_unknown_receivers_negative_volumes_and_twins_are_all_told() -> None:
    faulty = (Department("A", 1, {"X": 1, "O1": -2}), Department("O1", 1), Department("O1", 2))
    assert {one.code for one in department_findings(faulty)} == {
        "department-twice",
        "department-unknown",
        "volume-negative",
    }


def test_direct_has_no_answer_for_a_department_that_serves_support_only() -> None:
    chain = (Department("A", 100, {"B": 1}), Department("B", 0, {"O1": 1, "O2": 3}))
    direct, step_down, reciprocal = compare_methods((*chain, *OPERATING))
    assert direct == NotAllocated("direct", ("A",))
    assert isinstance(step_down, Allocation)
    assert isinstance(reciprocal, Allocation)
    assert step_down.full_costs == reciprocal.full_costs == {"O1": 125, "O2": 275}


def test_the_usual_order_never_closes_a_department_too_early() -> None:
    chain = (Department("A", 100, {"B": 1}), Department("B", 0, {"C": 1}), Department("C", 0, {"O1": 1}))
    for listed in (chain, chain[::-1]):
        assert allocate((*listed, *OPERATING), method="step_down").order == ("A", "B", "C")


def test_an_order_that_is_given_is_used_and_reported() -> None:
    pair = (Department("A", 100, {"B": 1, "O1": 9}), Department("B", 100, {"A": 5, "O2": 5}))
    usual = allocate((*pair, *OPERATING), method="step_down")
    given = allocate((*pair, *OPERATING), method="step_down", order=("A", "B"))
    assert (usual.order, given.order) == (("B", "A"), ("A", "B"))
    assert given.full_costs == {"O1": 100 + 90, "O2": 200 + 110}
    with pytest.raises(ValueError, match="each support department once"):
        allocate((*pair, *OPERATING), method="step_down", order=("A",))


def test_an_order_that_leaves_a_cost_behind_is_no_answer() -> None:
    chain = (Department("A", 100, {"B": 1}), Department("B", 0, {"A": 1, "O1": 1}))
    found = compare_methods((*chain, *OPERATING), order=("B", "A"))
    assert found[1] == NotAllocated("step_down", ("A",))


def test_both_traces_open_the_same_flow() -> None:
    found = allocate((Department("A", 90, {"O1": 1, "O2": 2}), *OPERATING))
    made = what_makes_up(found.traces, target="O2", of="department", by=["source"])
    went = where_it_went(found.traces, source="A", of="source", by=["department"])
    assert made.rows() == [("O2", 200), ("A", 60)]
    assert went.rows() == [("O2", 60), ("O1", 30)]


def test_without_support_departments_everybody_keeps_their_cost() -> None:
    assert allocate(OPERATING).full_costs == {"O1": 100, "O2": 200}
