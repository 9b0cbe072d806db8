"""The whole answer for one service."""

from dataclasses import replace

import numpy as np
import pytest

from consortia.partnership import (
    DuplicatedWork,
    Limits,
    PartnershipError,
    ScaleCurve,
    allowed_groups,
    selection_frequency,
    solve_service,
)

PARTNERS = ("Ash", "Beech", "Cedar", "Dogwood")
RANGE = {"low": DuplicatedWork(-0.02), "mode": DuplicatedWork(0.06), "high": DuplicatedWork(0.12)}


def solve(model, **settings):
    return solve_service(model, partners=PARTNERS, budgets=model.cost, **settings)


def test_without_coordination_cost_everybody_shares(model):
    answer = solve(model())
    assert [group.members for group in answer.groups] == [PARTNERS]
    assert answer.best.value == pytest.approx(6.0 * 600_000)
    assert answer.share


def test_with_coordination_cost_smaller_groups_win(model):
    # Present value per pound of cost: a pair 6 x 4% - 8 x k/2, four 6 x 6% - 8 x 3k/2; at k = 2%: 16% against 12%.
    answer = solve(model(pair_rate=0.02))
    assert [len(group.members) for group in answer.groups] == [2, 2]
    assert answer.best.value == pytest.approx(0.16 * 10_000_000)


def test_a_saving_below_zero_ends_in_do_not_share(model):
    answer = solve(model(gain=DuplicatedWork(-0.02), pair_rate=0.005))
    assert not answer.share
    assert answer.best.value == answer.do_nothing.loses == 0
    assert answer.most_promising.value < 0


def test_do_nothing_is_listed_with_the_pounds_it_loses(model):
    answer = solve(model(pair_rate=0.02))
    assert answer.do_nothing.grouping.groups == (1, 2, 4, 8)
    assert answer.do_nothing.loses == answer.best.value


def test_runners_up_lose_more_and_more(model):
    losses = [one.loses for one in solve(model(pair_rate=0.012)).runners_up]
    assert len(losses) == 4
    assert losses == sorted(losses)
    assert losses[0] >= 0


def test_equally_good_groupings_are_said(model):
    # All costs alike and pairs best: three ways to make two pairs of four.
    answer = solve(model(cost=(1e6,) * 4, pair_rate=0.02))
    assert answer.equally_good == 3
    assert [one.loses for one in answer.runners_up[:2]] == [0, 0]


def test_every_rule_shares_the_whole_and_states_whether_it_holds(model):
    answer = solve(model(pair_rate=0.005))
    assert [division.rule for division in answer.divisions] == [
        *("budget", "equal", "equal_charge", "scrb", "cost_gap", "shapley"),
        *("equal_profit", "nucleolus", "nucleolus_per_head"),
    ]
    for division in answer.divisions:
        assert sum(division.shares) == pytest.approx(answer.best.value, rel=1e-9)
        assert division.stable == (not division.blocking)


def test_equal_shares_are_blocked_by_the_large_and_budget_shares_hold(model):
    answer = solve(model())
    by_rule = {division.rule: division for division in answer.divisions}
    blocking = by_rule["equal"].blocking[0]
    # Cedar and Dogwood alone: 6 x 4% of 7m = 1.68m, less than half of 3.6m; with Beech 6 x 16/3% of 9m = 2.88m > 2.7m.
    assert answer.names(blocking.mask) == ("Beech", "Cedar", "Dogwood")
    assert blocking.gain == pytest.approx(2_880_000 - 2_700_000)
    assert by_rule["budget"].stable
    assert answer.recommended.rule == "budget"


def test_the_parts_of_a_groups_price_add_up(model):
    (group,) = solve(model(pair_rate=0.004, setup_share=0.3)).groups
    assert group.value == pytest.approx(6 * group.gross_saving - group.setup - 8 * group.coordination)
    assert group.level == "full_integration"


def test_limits_hold_and_the_groupings_compared_are_counted(model):
    answer = solve(model(), limits=Limits(largest=2))
    assert max(group.mask.bit_count() for group in answer.groups) == 2
    assert answer.groupings_compared == 10  # 1 of singles, 6 with one pair, 3 with two
    assert answer.groups_priced == 6


def test_do_nothing_stays_listed_when_partners_must_stand_together(model):
    answer = solve(model(gain=DuplicatedWork(-0.02)), limits=Limits(together=((0, 1),)))
    assert answer.groups[0].members == ("Ash", "Beech")
    assert answer.do_nothing.loses == answer.best.value < 0
    assert not answer.divisions[0].stable


def test_a_service_that_only_allows_networking_is_not_shared(model):
    answer = solve(model(levels=()))
    assert not answer.share
    assert answer.most_promising is None


def test_variations_say_where_the_best_grouping_changes(model):
    answer = solve(model(pair_rate=0.005), gains=RANGE)
    holds = {(one.gain, one.coordination_multiple): one.holds for one in answer.variations}
    assert len(holds) == 9
    assert holds["mode", 1.0]
    assert not any(holds["low", multiple] for multiple in (0.5, 1.0, 2.0))
    assert answer.steadiness == sum(holds.values()) / 9


def test_without_a_range_nothing_is_said_about_steadiness(model):
    assert solve(model()).steadiness is None


def test_selection_frequency_is_the_share_of_draws_at_which_the_grouping_stays_best(model):
    pricing = model(pair_rate=0.02)
    answer = solve(pricing)
    # Nobody shares below p = 2%: a pair saves 6 x 2p/3 and coordinates for 8 x 1%, so it pays from p = 2%; two pairs
    # are best until four pay more: 6p - 24% > 4p - 8% from p = 8%.
    drawn = np.linspace(0.0, 0.10, 1_000)
    chosen = selection_frequency(pricing, answer.best, allowed=allowed_groups(4, Limits()), drawn=drawn, points=1_000)
    assert chosen == pytest.approx(frequency_by_definition(pricing, answer.best, drawn))


def frequency_by_definition(pricing, chosen, drawn):
    answers = [solve(replace(pricing, gain=DuplicatedWork(rate))) for rate in drawn]
    return sum(answer.best.groups == chosen.groups for answer in answers) / len(answers)


def test_a_few_points_stand_for_many_draws(model):
    pricing = model(pair_rate=0.02)
    best, allowed = solve(pricing).best, allowed_groups(4, Limits())
    drawn = np.random.default_rng(1).uniform(-0.02, 0.12, 5_000)
    few, all_ = (
        selection_frequency(pricing, best, allowed=allowed, drawn=drawn, points=points) for points in (64, 5_000)
    )
    assert few == pytest.approx(all_, abs=2 / 64)


def test_the_elasticity_is_what_is_drawn_for_a_scale_curve(model):
    pricing = model(gain=ScaleCurve(0.85, (100.0, 200.0, 300.0, 400.0)))
    best, allowed = solve(pricing).best, allowed_groups(4, Limits())
    # At an elasticity above 1 size costs: nobody shares there. Half of the draws lie above.
    assert selection_frequency(pricing, best, allowed=allowed, drawn=[0.8, 0.9, 1.05, 1.1]) == 0.5


def test_no_draws_give_no_frequency(model):
    with pytest.raises(ValueError, match="at least one"):
        selection_frequency(model(), solve(model()).best, allowed=allowed_groups(4, Limits()), drawn=[])


@pytest.mark.parametrize("partners", [("Ash", "Ash", "Beech", "Cedar"), ("Ash", "Beech")])
def test_partners_that_do_not_match_their_costs_are_refused(model, partners):
    with pytest.raises(ValueError):
        solve_service(model(), partners=partners, budgets=(1, 2, 3, 4))


def test_wishes_that_contradict_each_other_are_said(model):
    with pytest.raises(PartnershipError, match=r"contradict each other.*Take back"):
        solve(model(), limits=Limits(together=((0, 1),), apart=((0, 1),)))


def test_more_partners_than_the_exact_search_takes_are_refused_with_what_to_do(model):
    many = [f"Partner {place}" for place in range(23)]
    with pytest.raises(PartnershipError, match=r"23 partners.*at most 22.*Split the study"):
        solve_service(model(cost=(1e6,) * 23), partners=many, budgets=[1e6] * 23)
