"""ABC-1, ABC-2 and TC-1 of the methods, with the arithmetic spelled out; the amounts are those of the books, in pounds.

ABC-1: Horngren et al., *Cost Accounting*, two support departments. ABC-2: Kaplan and Anderson, Harvard Business Review,
November 2004; one quarter. TC-1: Blocher et al., *Cost Management*, the yacht M33.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from consortia.costing import (
    Component,
    Department,
    Function,
    Task,
    Team,
    TimeEquation,
    allocate,
    analyse_value,
    compare_methods,
    cost_team,
)
from consortia.costing.target_cost import BudgetTarget
from consortia.money import to_pence

DEPARTMENTS = (
    Department("maintenance", to_pence(6_300_000), {"systems": 1_600, "machining": 2_400, "assembly": 4_000}),
    Department("systems", to_pence(1_452_150), {"maintenance": 200, "machining": 1_600, "assembly": 200}),
    Department("machining", to_pence(4_000_000)),
    Department("assembly", to_pence(2_000_000)),
)
TOTAL = to_pence(6_300_000 + 1_452_150 + 4_000_000 + 2_000_000)


def test_direct_leaves_out_what_the_support_departments_do_for_each_other() -> None:
    machining = 4_000_000 + 6_300_000 * Decimal(2_400) / 6_400 + 1_452_150 * Decimal(1_600) / 1_800
    assembly = 2_000_000 + 6_300_000 * Decimal(4_000) / 6_400 + 1_452_150 * Decimal(200) / 1_800
    assert (machining, assembly) == (7_653_300, 6_098_850)
    costs = allocate(DEPARTMENTS, method="direct").full_costs
    assert costs == {"machining": to_pence(7_653_300), "assembly": to_pence(6_098_850)}
    assert sum(costs.values()) == TOTAL == to_pence(13_752_150)


def test_step_down_closes_maintenance_first_and_says_so() -> None:
    systems = 1_452_150 + 6_300_000 * Decimal(1_600) / 8_000  # 2,712,150 when it closes
    machining = 4_000_000 + 6_300_000 * Decimal(2_400) / 8_000 + systems * Decimal(1_600) / 1_800
    assert (systems, machining) == (2_712_150, 8_300_800)
    allocation = allocate(DEPARTMENTS, method="step_down")
    assert allocation.order == ("maintenance", "systems")  # 20% of its hours to support, systems 10%
    assert dict(allocation.passed_on)["systems"] == to_pence(2_712_150)
    assert allocation.full_costs == {"machining": to_pence(8_300_800), "assembly": to_pence(5_451_350)}


def test_reciprocal_solves_both_departments_at_once() -> None:
    maintenance = (6_300_000 + Decimal("0.1") * 1_452_150) / (1 - Decimal("0.1") * Decimal("0.2"))
    systems = 1_452_150 + Decimal("0.2") * maintenance
    assert (maintenance, systems) == (6_576_750, 2_767_500)
    machining = 4_000_000 + Decimal("0.3") * maintenance + Decimal("0.8") * systems
    assert machining == 8_187_025
    allocation = allocate(DEPARTMENTS)
    assert dict(allocation.passed_on) == {"maintenance": to_pence(6_576_750), "systems": to_pence(2_767_500)}
    assert allocation.full_costs == {"machining": to_pence(8_187_025), "assembly": to_pence(5_565_125)}


def test_the_three_methods_stand_side_by_side_and_each_adds_up() -> None:
    found = compare_methods(DEPARTMENTS)
    assert [one.method for one in found] == ["direct", "step_down", "reciprocal"]
    assert [one.traces["amount_pence"].sum() for one in found] == [TOTAL] * 3


def test_customer_service_costs_80_pence_a_minute_and_leaves_97120_unused() -> None:
    tasks = (("orders", 49_000, 8), ("inquiries", 1_400, 44), ("credit checks", 2_500, 50))
    team = Team("customer service", to_pence(560_000), 700_000, tuple(Task(n, q, TimeEquation(t)) for n, q, t in tasks))
    cost = cost_team(team)
    assert cost.rate == 560_000 / 700_000 == 0.80
    assert cost.lines["cost_each"].to_list()[:3] == pytest.approx([8 * 0.80, 44 * 0.80, 50 * 0.80])
    assert cost.lines["amount_pence"].to_list() == [to_pence(x) for x in (313_600, 49_280, 100_000, 97_120)]
    used = 49_000 * 8 + 1_400 * 44 + 2_500 * 50
    assert (used, cost.unused_minutes) == (578_600, 700_000 - 578_600)
    assert cost.unused_pence == to_pence(560_000 - 462_880) == to_pence(Decimal("0.80") * 121_400)


FUNCTIONS = (Function("safety", 33), Function("styling", 15), Function("performance", 20), Function("comfort", 32))
YACHT = {
    "hull and keel": (36, (30, 40, 50, 30)),
    "standing rig": (18, (30, 20, 20, 10)),
    "sails": (20, (10, 10, 30, 10)),
    "electrical": (16, (20, 10, 0, 0)),
    "other": (30, (10, 20, 0, 50)),
}


def the_yacht():
    components = [
        Component(name, to_pence(cost * 1_000), dict(zip((f.code for f in FUNCTIONS), given, strict=True)))
        for name, (cost, given) in YACHT.items()
    ]
    return analyse_value(components, FUNCTIONS, allowable_pence=to_pence(120_000), tolerance=10).components


def test_the_importance_of_the_hull_is_the_weighted_sum_of_what_it_gives() -> None:
    assert pytest.approx(0.355) == 0.33 * 0.30 + 0.15 * 0.40 + 0.20 * 0.50 + 0.32 * 0.30
    assert [one.importance for one in the_yacht()] == pytest.approx([0.355, 0.201, 0.140, 0.081, 0.223], abs=0.0005)


def test_the_value_index_is_importance_over_cost_share() -> None:
    yacht = the_yacht()
    assert [one.cost_share for one in yacht] == pytest.approx([0.300, 0.150, 0.1667, 0.1333, 0.250], abs=0.0001)
    assert yacht[0].value_index == pytest.approx(0.355 / (36 / 120))
    assert [one.value_index for one in yacht] == pytest.approx([1.183, 1.340, 0.840, 0.608, 0.892], abs=0.0005)


def test_target_costs_follow_importance_and_add_up_to_120_thousand() -> None:
    targets = [one.target_pence for one in the_yacht()]
    assert targets == [to_pence(pounds) for pounds in (42_600, 24_120, 16_800, 9_720, 26_760)]
    assert sum(targets) == to_pence(120_000)


def test_rig_and_hull_may_cost_more_electrics_and_the_rest_should_cost_less() -> None:
    zones = {one.code: one.zone for one in the_yacht()}
    # Hull: sqrt(35.5^2 - 10^2) = 34.06 > 30.0. Sails: sqrt(14.0^2 + 10^2) = 17.20 > 16.67 > sqrt(14.0^2 - 10^2) = 9.80.
    # Other: sqrt(22.3^2 + 10^2) = 24.44 < 25.0.
    assert zones == {
        "hull and keel": "enhance",
        "standing rig": "enhance",
        "sails": "in_zone",
        "electrical": "reduce",
        "other": "reduce",
    }


def test_a_budget_of_2_8_million_less_30_per_cent_leaves_1_96_million() -> None:
    """North Somerset, in DCLG (2014): bidders then priced the services at about £2m."""
    target = BudgetTarget("E06000024", "central", to_pence(2_800_000), to_pence(2_800_000 * Decimal("0.30")))
    assert target.allowable_pence == to_pence(1_960_000)
