"""Rules by marginal value, nucleolus, core, equal profit, Owen: what they promise on any game."""

import numpy as np
import pytest

from consortia.partnership.equal_profit import equal_profit
from consortia.partnership.least_core import least_core
from consortia.partnership.marginal_rules import (
    cost_gap,
    equal_charge,
    marginal,
    separable_costs_remaining_benefits,
)
from consortia.partnership.masks import group_sizes, groups_within, players_of
from consortia.partnership.nucleolus import is_nucleolus, nucleolus
from consortia.partnership.owen import owen
from consortia.partnership.refusals import PartnershipError
from consortia.partnership.rules import divide, recommended
from consortia.partnership.shares import shapley
from consortia.partnership.stability import is_stable
from consortia.partnership.worth_table import worth_table

PLAYERS = 6


def game(seed, players=PLAYERS):
    """A random game in which nobody alone is worth anything."""
    value = np.random.default_rng(seed).random(1 << players) * (group_sizes(players) - 1)
    value[0] = 0.0
    return value


def market(seed, players=PLAYERS):
    """A game that has a core: a group is worth the lesser of what its members own of two goods."""
    rng = np.random.default_rng(seed)
    owned = rng.random((2, players))
    members = np.arange(1 << players)[:, None] >> np.arange(players) & 1
    return np.minimum(members @ owned[0], members @ owned[1])


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("per_head", [False, True])
def test_the_nucleolus_meets_kohlbergs_criterion(seed, per_head):
    value = game(seed)
    found = nucleolus(value, per_head=per_head)
    assert is_nucleolus(value, found.shares, per_head=per_head)
    assert found.shares.sum() == pytest.approx(value[-1])


@pytest.mark.parametrize("seed", range(4))
def test_every_stage_of_the_nucleolus_settles_something_new(seed):
    # What each set can reach split at its best: many sets are settled by others, and none of them takes a stage.
    value = worth_table(game(seed, players=8) - 2.0 * (group_sizes(8) > 1))
    found = nucleolus(value)
    assert is_nucleolus(value, found.shares)
    assert found.stages < 8


@pytest.mark.parametrize("seed", range(6))
def test_a_division_moved_off_the_nucleolus_fails_kohlbergs_criterion(seed):
    value = game(seed)
    moved = nucleolus(value).shares + np.array([0.01, -0.01, 0, 0, 0, 0])
    assert not is_nucleolus(value, moved)


@pytest.mark.parametrize("seed", range(6))
def test_the_nucleolus_lies_in_the_core_where_there_is_one(seed):
    value = market(seed)
    assert least_core(value).has_core
    assert is_stable(value, nucleolus(value).shares)


@pytest.mark.parametrize("seed", range(6))
def test_the_nucleolus_of_a_group_is_in_the_core_of_its_own_game_where_there_is_one(seed):
    value, groups = game(seed), (0b000111, 0b111000)
    by_rule = {one.rule: one for one in divide(value, groups, {})}
    for group in groups:
        own = value[groups_within(group)]
        if least_core(own).has_core:
            shares = np.array(by_rule["nucleolus"].shares)[list(players_of(group))]
            assert is_stable(own, shares)


def test_the_nucleolus_across_groups_is_left_out_where_all_stand_in_one_group():
    rules = [one.rule for one in divide(game(0), (0b111111,), {})]
    assert "nucleolus" in rules
    assert "nucleolus_across" not in rules


def test_a_rule_that_holds_within_groups_is_recommended_where_none_holds_across_them():
    value = np.zeros(8)
    value[[0b011, 0b101, 0b110]] = 2.0
    best = recommended(divide(value, (0b011, 0b100), {}))
    assert best is not None
    assert best.within
    assert not best.stable


@pytest.mark.parametrize("seed", range(6))
def test_the_least_core_is_the_worst_treatment_that_the_nucleolus_leaves(seed):
    value = game(seed)
    shares = nucleolus(value).shares
    members = np.arange(1, value.size - 1)[:, None] >> np.arange(PLAYERS) & 1
    assert least_core(value).surplus == pytest.approx((members @ shares - value[1:-1]).min(), abs=1e-9)


def test_no_core_is_said_with_the_subsidy_that_each_group_would_need():
    majority = np.where(group_sizes(3) >= 2, 1.0, 0.0)  # any two of three share 1
    found = least_core(majority)
    assert not found.has_core
    assert found.surplus == pytest.approx(-1 / 3)  # each has 1/3, a pair 2/3 of 1


def test_who_can_not_form_a_group_can_not_complain():
    value = np.where(group_sizes(3) >= 2, 1.0, 0.0)
    value[0b011] = -np.inf
    assert nucleolus(value).shares == pytest.approx([0, 0, 1], abs=1e-9)


@pytest.mark.parametrize("rule", [equal_charge, separable_costs_remaining_benefits, shapley])
def test_shares_sum_to_the_total(rule):
    value = market(3)
    assert rule(value).sum() == pytest.approx(value[-1])


@pytest.mark.parametrize("rule", [equal_charge, separable_costs_remaining_benefits, cost_gap, shapley])
def test_partners_alike_get_the_same(rule):
    value = np.array([0, 0, 1, 3, 4, 6, 6, 6, 9])[group_sizes(5)].astype(float)
    assert np.ptp(rule(value)) == pytest.approx(0, abs=1e-12)
    assert np.ptp(nucleolus(value).shares) == pytest.approx(0, abs=1e-9)


def test_a_partner_that_adds_less_than_nothing_gets_nothing_by_remaining_benefits():
    value = np.array([0, 0, 0, 10, 0, 0, 0, 8.0])
    assert marginal(value)[2] == -2
    assert separable_costs_remaining_benefits(value) == pytest.approx([4, 4, 0])


def test_nobody_adding_anything_is_refused_with_a_remedy():
    value = np.array([0, 0, 0, 10, 0, 10, 10, 10.0])
    with pytest.raises(PartnershipError, match="adds anything"):
        separable_costs_remaining_benefits(value)


def test_the_cost_gap_rule_says_when_it_has_no_answer():
    value = np.array([0, 0, 0, 10, 0, 10, 10, 10.0])
    with pytest.raises(PartnershipError, match="no answer"):
        cost_gap(value)


@pytest.mark.parametrize("seed", range(6))
def test_equal_profit_stays_in_the_core_and_no_rule_there_is_more_alike(seed):
    value, base = market(seed), np.arange(1.0, PLAYERS + 1)
    shares = equal_profit(value, base)
    assert is_stable(value, shares)
    assert np.ptp(shares / base) <= np.ptp(nucleolus(value).shares / base) + 1e-9


@pytest.mark.parametrize("seed", range(4))
def test_owen_with_one_block_or_each_alone_is_shapley(seed):
    value = game(seed)
    for blocks in ([0b111111], [1, 2, 4, 8, 16, 32]):
        assert owen(value, blocks) == pytest.approx(shapley(value))


def test_owen_gives_blocks_what_shapley_between_them_gives():
    value, blocks = game(5), [0b000011, 0b001100, 0b110000]
    shares = owen(value, blocks)
    between = np.array([value[sum(b for place, b in enumerate(blocks) if k >> place & 1)] for k in range(8)])
    assert [shares[[0, 1]].sum(), shares[[2, 3]].sum(), shares[[4, 5]].sum()] == pytest.approx(shapley(between))
