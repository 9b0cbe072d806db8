"""What stops and what is stranded; what a service may cost, with floors that no target goes below."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

from consortia.costing import (
    BudgetTarget,
    Component,
    Department,
    Function,
    GapClosing,
    Harmonised,
    Stop,
    allocate,
    analyse_value,
    elements_of,
    stranded_on,
    target_gaps,
    what_stops,
)
from consortia.costing.value_index import zone_of

DEPARTMENTS = (Department("IT", 600, {"payroll": 1, "parks": 2}), Department("payroll", 500), Department("parks", 800))


def test_an_allocated_overhead_is_not_saved_unless_somebody_says_what_stops() -> None:
    split = what_stops(elements_of(allocate(DEPARTMENTS), "payroll"), {"payroll": Stop(0.8, "four of five posts")})
    assert (split.full_pence, split.avoidable_pence) == (700, 400)
    assert (split.stranded_pence, split.retained_pence) == (200, 100)


def test_stranded_overhead_falls_on_what_stays() -> None:
    assert stranded_on(200, {"parks": 3, "roads": 1}) == {"parks": 150, "roads": 50}


def test_what_stops_must_be_part_of_the_cost() -> None:
    elements = elements_of(allocate(DEPARTMENTS), "payroll")
    with pytest.raises(ValueError, match="rent"):
        what_stops(elements, {"rent": Stop(0.5, "moved out")})
    with pytest.raises(ValueError, match="payroll"):
        what_stops(elements, {"payroll": Stop(1.5, "more than all")})


def test_a_gap_is_current_cost_less_what_is_affordable(harmonised: Callable[..., Harmonised]) -> None:
    lines = harmonised({"planning": {"total_expenditure": 900}}).lines
    targets = [BudgetTarget("A", "planning", 80_000, 5_000), BudgetTarget("A", "fire", 1_000)]
    gaps = target_gaps(lines, targets, year="2024-25", measure="total_cost")
    assert gaps.select("allowable_pence", "gap_pence").rows() == [(75_000, 15_000), (1_000, None)]
    assert gaps["status"].to_list() == ["known", "not_known"]


def test_savings_close_a_gap_or_leave_a_rest() -> None:
    assert GapClosing(15_000, (("share", 9_000), ("digital", 4_000))).left_pence == 2_000


def planning(*, allowable: int, floor: int = 0):
    functions = (Function("decide applications", 60), Function("advise", 40))
    components = (
        Component("statutory register", 40_000, {"decide applications": 1}, floor_pence=floor),
        Component("officers", 50_000, {"decide applications": 2, "advise": 1}),
        Component("reception", 10_000, {"advise": 3}),
    )
    return analyse_value(components, functions, allowable_pence=allowable, tolerance=10)


def test_a_floor_takes_from_the_others_by_importance() -> None:
    # Importance: register 0.6/3 = 0.20, officers 0.6*2/3 + 0.4/4 = 0.50, reception 0.4*3/4 = 0.30.
    free, floored = planning(allowable=80_000), planning(allowable=80_000, floor=24_000)
    assert [one.target_pence for one in free.components] == [16_000, 40_000, 24_000]
    assert [one.target_pence for one in floored.components] == [24_000, 35_000, 21_000]
    assert [one.at_floor for one in floored.components] == [True, False, False]


def test_floors_above_the_budget_are_kept_and_said() -> None:
    found = planning(allowable=20_000, floor=30_000)
    assert [one.target_pence for one in found.components] == [30_000, 0, 0]
    assert "£100.00 more than the affordable budget" in found.findings[0].text()


def test_costs_and_targets_by_function_add_up_too() -> None:
    functions = planning(allowable=80_000).functions
    # Officers' 50,000 split 0.4 : 0.1 between the functions; the register decides, the reception advises.
    assert [one.cost_pence for one in functions] == [40_000 + 40_000, 10_000 + 10_000]
    assert [one.target_pence for one in functions] == [48_000, 32_000]


def test_a_component_that_serves_no_function_is_shown_as_such() -> None:
    components = (Component("desk", 700, {"advise": 1}), Component("art", 300, {}))
    found = analyse_value(components, [Function("advise", 1)], allowable_pence=900, tolerance=10)
    assert [(one.code, one.cost_pence) for one in found.functions] == [("advise", 700), ("", 300)]
    assert found.components[1].value_index == 0
    assert found.components[1].zone == "reduce"


def test_small_components_may_be_further_off_than_large_ones() -> None:
    assert zone_of(0.04, 0.09, tolerance=10) == "in_zone"
    assert zone_of(0.40, 0.45, tolerance=10) == "reduce"
    assert zone_of(0.45, 0.40, tolerance=10) == "enhance"


def test_a_function_that_nothing_gives_to_is_refused() -> None:
    with pytest.raises(ValueError, match="see dream"):
        analyse_value(
            [Component("desk", 700, {"advise": 1})],
            [Function("advise", 1), Function("dream", 1)],
            allowable_pence=900,
            tolerance=10,
        )


def test_no_target_is_set_against_a_line_twice(harmonised: Callable[..., Harmonised]) -> None:
    lines = harmonised({"planning": {"total_expenditure": 900}}).lines
    with pytest.raises(pl.exceptions.ComputeError):
        target_gaps(pl.concat([lines, lines]), [BudgetTarget("A", "planning", 1)], year="2024-25", measure="total_cost")
