"""Whatever serves whom, every method of costing brings out what went in, to the penny."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from consortia.costing import (
    Activity,
    Department,
    Resource,
    Stop,
    Task,
    Team,
    TimeEquation,
    allocate,
    compare_methods,
    cost_activities,
    cost_team,
    what_stops,
)
from consortia.costing.allocation import METHODS, Allocation, Method, department_findings
from consortia.costing.avoidable import elements_of, stranded_on
from consortia.costing.pennies import share_rows
from consortia.costing.traces import what_makes_up, where_it_went
from consortia.costing.value_index import floored_targets
from consortia.money import share_out

VOLUME = st.just(0.0) | st.floats(0.01, 10_000)
AMOUNT = st.integers(-(10**9), 10**12)


@st.composite
def departments(draw: st.DrawFn) -> tuple[Department, ...]:
    """Up to six support and four operating departments, without closed loops."""
    support = [f"S{i}" for i in range(draw(st.integers(0, 6)))]
    operating = [f"O{i}" for i in range(draw(st.integers(1, 4)))]
    codes = [*support, *operating]
    served = {code: {other: draw(VOLUME) for other in codes} for code in support}
    found = tuple(Department(code, draw(AMOUNT), served.get(code, {})) for code in codes)
    assume(not department_findings(found))
    return found


def answers(found: Sequence[Department]) -> list[Allocation]:
    return [one for one in compare_methods(found) if isinstance(one, Allocation)]


@given(found=departments())
@settings(max_examples=150, deadline=None)
def test_every_method_conserves_the_total(found: tuple[Department, ...]) -> None:
    total = sum(one.direct_pence for one in found)
    assert [sum(one.full_costs.values()) for one in answers(found)] == [total] * len(answers(found))


@given(found=departments())
@settings(max_examples=100, deadline=None)
def test_every_department_s_own_cost_is_found_again_once(found: tuple[Department, ...]) -> None:
    for one in answers(found):
        for department in found:
            traced = where_it_went(one.traces, source=department.code, of="source", by=["department"])
            assert traced["amount_pence"].sum() == department.direct_pence


@given(found=departments())
@settings(max_examples=100, deadline=None)
def test_reciprocal_is_where_passing_on_round_after_round_ends(found: tuple[Department, ...]) -> None:
    """The fixed point, found without algebra: each support department passes on all that it has, again and again."""
    costs = {one.code: float(one.direct_pence) for one in found}
    support = {one.code: {k: v for k, v in one.serves.items() if k != one.code} for one in found if one.is_support}
    assume(all(sum(v for k, v in uses.items() if k[0] == "O") > 0.05 * sum(uses.values()) for uses in support.values()))
    for _ in range(2_000):
        for code, uses in support.items():
            held, costs[code] = costs[code], 0.0
            for receiver, volume in uses.items():
                costs[receiver] += held * volume / sum(uses.values())
    solved = allocate(found).full_costs
    assert solved == pytest.approx({code: costs[code] for code in solved}, rel=1e-9, abs=len(support) + 1.0)


@pytest.mark.parametrize("method", METHODS)
@given(found=departments(), seed=st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_in_which_departments_are_listed_changes_nothing(
    method: Method, found: tuple[Department, ...], seed: object
) -> None:
    assume(method in [one.method for one in answers(found)])
    shuffled = list(found)
    seed.shuffle(shuffled)  # type: ignore[attr-defined]
    assert allocate(shuffled, method=method).full_costs == allocate(found, method=method).full_costs


@given(found=departments(), factor=st.floats(0.1, 100), own=st.floats(0, 1_000))
@settings(max_examples=60, deadline=None)
def test_neither_the_unit_of_a_driver_nor_use_of_one_s_own_work_matters(
    found: tuple[Department, ...], factor: float, own: float
) -> None:
    scaled = [
        Department(d.code, d.direct_pence, {k: v * factor for k, v in d.serves.items()} | {d.code: own})
        if d.is_support and any(v > 0 for k, v in d.serves.items() if k != d.code)
        else d
        for d in found
    ]
    before, after = allocate(found).full_costs, allocate(scaled).full_costs
    assert after == pytest.approx(before, rel=1e-9, abs=len(found))


@given(found=departments(), data=st.data())
@settings(max_examples=60, deadline=None)
def test_what_stops_what_is_stranded_and_what_stays_are_the_whole_cost(
    found: tuple[Department, ...], data: st.DataObject
) -> None:
    operating = next(one.code for one in found if not one.is_support)
    elements = elements_of(allocate(found), operating)
    stops = {one.source: Stop(data.draw(st.floats(0, 1)), "said so") for one in elements[::2]}
    split = what_stops(elements, stops)
    assert split.avoidable_pence + split.stranded_pence + split.retained_pence == split.full_pence
    assert split.full_pence == sum(one.amount_pence for one in elements)
    assert sum(stranded_on(split.stranded_pence, {"a": 2.0, "b": 1.0}).values()) == split.stranded_pence


@st.composite
def pools(draw: st.DrawFn) -> tuple[list[Resource], list[Activity]]:
    codes = [f"A{i}" for i in range(draw(st.integers(1, 4)))]
    capacity = st.none() | st.floats(1, 10_000)
    activities = [
        Activity(code, {"x": draw(st.floats(0.01, 5_000)), "y": draw(VOLUME)}, draw(capacity)) for code in codes
    ]
    resources = [
        Resource(f"R{i}", draw(AMOUNT), {code: draw(st.floats(0.01, 100)) for code in codes})
        for i in range(draw(st.integers(1, 4)))
    ]
    return resources, activities


@given(given_pools=pools())
@settings(max_examples=100, deadline=None)
def test_both_traces_of_activity_costs_add_up(given_pools: tuple[list[Resource], list[Activity]]) -> None:
    resources, activities = given_pools
    costs = cost_activities(resources, activities)
    for one in resources:
        went = where_it_went(costs.flows, source=one.code, of="resource", by=["activity", "cost_object"])
        assert went["amount_pence"].sum() == one.amount_pence
    objects = costs.flows["cost_object"].unique().to_list()
    made = [what_makes_up(costs.flows, target=name, of="cost_object", by=["resource"]) for name in objects]
    assert sum(table["amount_pence"].sum() for table in made) == sum(one.amount_pence for one in resources)


@given(given_pools=pools())
@settings(max_examples=60, deadline=None)
def test_an_activity_costs_the_same_rate_to_all_who_use_it(given_pools: tuple[list[Resource], list[Activity]]) -> None:
    resources, activities = given_pools
    costs = cost_activities(resources, activities)
    for one, rate in zip(activities, costs.rates["rate"], strict=True):
        for user, volume in one.uses.items():
            paid = costs.flows.filter((pl.col("activity") == one.code) & (pl.col("cost_object") == user))
            assert paid["amount_pence"].sum() == pytest.approx(rate * volume * 100, rel=1e-9, abs=len(resources) + 0.01)


@given(cost=AMOUNT, minutes=st.floats(1, 1e6), cases=st.lists(st.floats(0, 1e4), max_size=6))
@settings(max_examples=100, deadline=None)
def test_a_team_s_tasks_and_unused_minutes_cost_what_the_team_costs(
    cost: int, minutes: float, cases: list[float]
) -> None:
    team = Team("t", cost, minutes, tuple(Task(str(i), each, TimeEquation(7)) for i, each in enumerate(cases)))
    found = cost_team(team)
    assert found.lines["amount_pence"].sum() == cost
    assert (found.unused_minutes < 0) == bool(found.findings)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=8), st.integers(0, 10**9), st.data())
@settings(max_examples=100, deadline=None)
def test_targets_add_up_and_never_go_below_a_floor(weights: list[float], allowable: int, data: st.DataObject) -> None:
    floors = [data.draw(st.integers(0, 10**9 // len(weights))) for _ in weights]
    targets = floored_targets(np.array(weights), floors, allowable)
    assert sum(targets) == max(allowable, sum(floors))
    assert all(target >= floor for target, floor in zip(targets, floors, strict=True))


@given(total=AMOUNT, weights=st.lists(st.floats(0, 1e6), min_size=1, max_size=20))
def test_many_amounts_are_split_as_one_is(total: int, weights: list[float]) -> None:
    assume(sum(weights) > 1e-6)
    parts = share_rows(np.array([total, total]), np.array([weights, weights]))
    assert parts.sum(axis=1).tolist() == [total, total]
    assert max(abs(a - b) for a, b in zip(parts[0].tolist(), share_out(total, weights), strict=True)) <= 1


def test_parts_beyond_what_a_float_holds_to_the_penny_still_add_up() -> None:
    parts = share_rows(np.array([630_740_865_993]), np.array([[14_287.0, -14_286.0]]))
    assert parts.sum() == 630_740_865_993
    assert sum(share_out(10**18 + 1, [1.0, 2.0, 4.0])) == 10**18 + 1
