"""One-off costs: each a named sum, spent as planned, in its year."""

from __future__ import annotations

import pytest

from consortia.appraisal.home import Home, split_by
from consortia.appraisal.one_off import (
    Move,
    PayPoint,
    SystemChange,
    accommodation,
    alignment_cost,
    by_the_month,
    contract_exit,
    exempt_tax_lost,
    irrecoverable_vat,
    partial_exemption,
    pay_alignment,
    spent,
    stranded_overheads,
    system_change,
)
from consortia.appraisal.refusals import AppraisalError

HERE = Home(project="merger", partner="Ash", horizon=4)


def test_a_team_and_dual_running_are_paid_by_the_month() -> None:
    team = by_the_month("t", home=HERE, cost_a_year=240_000, first=1, months=18)
    assert team.planned == (0, 240_000, 120_000, 0, 0)
    assert not team.delivered  # spent whatever is delivered
    assert by_the_month("d", home=HERE, cost_a_year=600_000, first=2, months=3).planned == (0, 0, 150_000, 0, 0)


def test_a_system_change_has_a_contingency_on_what_it_costs_once_and_runs_on_afterwards() -> None:
    change = SystemChange(licences=50, implementation=100, migration=30, training=20, contingency=0.5, running=7)
    once, running = system_change("s", home=HERE, change=change, spread={0: 0.4, 1: 0.6})
    assert once.planned == pytest.approx((0.4 * 300, 0.6 * 300, 0, 0, 0))
    assert running.planned == (0, 0, 7, 7, 7)
    assert running.kind == "running_cost"


def test_pay_is_lifted_to_the_best_and_never_lowered() -> None:
    points = (PayPoint(pay=30_000, fte=10, on_cost=0.25), PayPoint(pay=32_000, fte=5, on_cost=0.25))
    assert alignment_cost(points) == 2_000 * 10 * 1.25
    assert alignment_cost(points[:1]) == 0


def test_pay_is_not_aligned_in_the_year_of_the_transfer() -> None:
    points = (PayPoint(pay=30_000, fte=10), PayPoint(pay=32_000, fte=5))
    stream = pay_alignment("p", home=HERE, points=points, transfer=1, phase=(0.5, 1.0))
    assert stream.planned == (0, 0, 10_000, 20_000, 20_000)


def test_tax_that_cannot_be_recovered_is_a_running_cost() -> None:
    stream = irrecoverable_vat("v", home=HERE, charge={1: 1_000, 2: 1_000}, vat_rate=0.2, recoverable=0.25)
    assert stream.planned == (0, 1_000 * 0.2 * 0.75, 150, 0, 0)


def test_above_the_limit_of_partial_exemption_all_of_the_tax_is_lost() -> None:
    assert exempt_tax_lost(49_000, total_tax=1_000_000, limit=0.05) == 0
    assert exempt_tax_lost(51_000, total_tax=1_000_000, limit=0.05) == 51_000


def test_partial_exemption_costs_what_is_lost_beyond_today() -> None:
    tax = {"exempt_tax": {1: 49_000, 2: 60_000}, "total_tax": 1_000_000, "limit": 0.05}
    assert partial_exemption("x", home=HERE, today=40_000, **tax).planned == (0, 0, 60_000, 0, 0)
    assert partial_exemption("x", home=HERE, today=51_000, **tax).planned == (0, -51_000, 9_000, 0, 0)


def test_leaving_a_contract_costs_what_is_still_due_and_a_fee() -> None:
    stream = contract_exit("c", home=HERE, year=2, monthly=1_000, months_left=9, part_due=0.5, fee=300)
    assert stream.planned == (0, 0, 1_000 * 9 * 0.5 + 300, 0, 0)


def test_a_move_costs_by_the_desk() -> None:
    move = Move(desks=120, cost_per_desk=450, fit_out=30_000, dilapidations=12_000)
    assert accommodation("m", home=HERE, year=1, move=move).planned == (0, 54_000 + 42_000, 0, 0, 0)


def test_overheads_stay_until_they_are_reduced() -> None:
    stream = stranded_overheads("o", home=HERE, recharge=100, first=1, left=(1, 0.6, 0.3))
    assert stream.planned == (0, 100, 60, 30, 0)


def test_money_already_spent_is_refused_and_money_after_the_horizon_is_not_seen() -> None:
    assert spent("x", home=HERE, amounts={1: 5, 9: 7}).planned == (0, 5, 0, 0, 0)
    with pytest.raises(AppraisalError, match="2 years before the base year"):
        spent("x", home=HERE, amounts={-2: 5})


def test_a_cost_is_split_by_weight() -> None:
    assert split_by({"fire": 1_500, "police": 4_500}) == {"fire": 0.25, "police": 0.75}
    with pytest.raises(AppraisalError):
        split_by({"fire": 0, "police": 0})
