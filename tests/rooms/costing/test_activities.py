"""Activities and time: idle capacity stands apart, overload is a signal of workload, nothing is divided by nothing."""

from __future__ import annotations

import pytest

from consortia.costing import Activity, Resource, Task, Team, TimeEquation, cost_activities, cost_team
from consortia.costing.activities import activity_findings
from consortia.costing.time_driven import practical_minutes

STAFF = Resource("staff", 100_000, {"visits": 3, "letters": 1})


def test_idle_capacity_stands_on_its_own_line_and_makes_no_user_dearer() -> None:
    few, many = (
        cost_activities([STAFF], [Activity("visits", {"a": units}, 100), Activity("letters", {"a": 1}, 1)])
        for units in (10.0, 90.0)
    )
    assert few.rates["rate"].to_list() == many.rates["rate"].to_list() == [7.5, 250.0]
    assert (few.unused_pence, many.unused_pence) == (67_500, 7_500)


def test_without_a_capacity_those_who_use_it_bear_all() -> None:
    costs = cost_activities([STAFF], [Activity("visits", {"a": 1, "b": 2}), Activity("letters", {"a": 5})])
    assert (costs.cost_of("a"), costs.cost_of("b"), costs.unused_pence) == (50_000, 50_000, 0)


def test_more_than_capacity_is_a_warning_and_a_line_below_zero() -> None:
    costs = cost_activities([STAFF], [Activity("visits", {"a": 150}, 100), Activity("letters", {"a": 1}, 1)])
    assert [one.code for one in costs.findings] == ["over-capacity"]
    assert "150%" in costs.findings[0].text()
    assert (costs.unused_pence, costs.cost_of("a")) == (-37_500, 137_500)


def test_an_activity_with_a_cost_and_no_volume_is_refused() -> None:
    idle = Activity("letters")
    (finding,) = activity_findings([STAFF], [Activity("visits", {"a": 1}), idle])
    assert finding.text().startswith("Activity letters has a cost, but no volume")
    with pytest.raises(ValueError, match="letters"):
        cost_activities([STAFF], [Activity("visits", {"a": 1}), idle])


def test_a_pool_that_nothing_draws_on_or_an_unknown_activity_is_told() -> None:
    faults = activity_findings([Resource("rent", 1, {}), Resource("van", 1, {"trips": 1})], [])
    assert [one.code for one in faults] == ["resource-undrawn", "activity-unknown"]


def test_a_time_equation_adds_minutes_for_what_a_case_has() -> None:
    equation = TimeEquation(5, {"new customer": 15, "page": 2.5})
    assert equation.minutes({"new customer": 1, "page": 4}) == 5 + 15 + 4 * 2.5
    with pytest.raises(ValueError, match="says nothing about weather"):
        equation.minutes({"weather": 1})


def test_totals_of_the_extras_give_the_minutes_of_all_cases() -> None:
    equation = TimeEquation(5, {"new": 15, "page": 2.5})
    each = [equation.minutes({"new": new, "page": pages}) for new, pages in ((1, 4), (0, 2), (0, 0))]
    assert Task("applications", 3, equation, {"new": 1, "page": 6}).minutes == sum(each)


def test_an_overloaded_team_has_unused_minutes_below_zero_and_a_signal_of_workload() -> None:
    cost = cost_team(Team("desk", 50_000, 1_000, (Task("calls", 300, TimeEquation(4)),)))
    assert (cost.unused_minutes, cost.unused_pence) == (-200, -10_000)
    assert "works 120% of its practical minutes: a sign of workload" in cost.findings[0].text()


def test_practical_minutes_are_a_share_of_those_paid_for() -> None:
    assert practical_minutes(875_000, share=0.8) == pytest.approx(700_000)
    with pytest.raises(ValueError, match="between 0 and 1"):
        practical_minutes(1, share=1.2)


def test_a_team_without_minutes_is_refused() -> None:
    with pytest.raises(ValueError, match="practical minutes above zero"):
        cost_team(Team("desk", 1, 0, ()))
