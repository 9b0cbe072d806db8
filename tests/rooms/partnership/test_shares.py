"""Dividing what a group is worth."""

from itertools import permutations

import numpy as np
import pytest

from consortia.partnership.rules import divide
from consortia.partnership.shares import (
    equal_rule,
    proportional,
    proportional_rule,
    shapley,
    within_groups,
)


def average_marginal_value(value, players):
    """Shapley's rule from its definition: the average over all orders of joining."""
    orders = list(permutations(range(players)))
    shares = np.zeros(players)
    for order in orders:
        present = 0
        for player in order:
            shares[player] += value[present | 1 << player] - (value[present] if present else 0)
            present |= 1 << player
    return shares / len(orders)


@pytest.mark.parametrize("players", range(1, 8))
def test_shapley_is_the_average_over_all_orders(players):
    value = np.random.default_rng(players).normal(size=1 << players)
    assert shapley(value) == pytest.approx(average_marginal_value(value, players))


@pytest.mark.parametrize("players", [10, 11, 14])
def test_shapley_of_many_players_is_each_ones_part_of_every_bargain(players):
    # A group is worth so much for each bargain whose makers it holds: the makers share a bargain equally.
    random = np.random.default_rng(players)
    bargains = {int(makers): random.normal() for makers in random.integers(1, 1 << players, 30)}
    masks = np.arange(1 << players)
    value = sum(worth * (masks & makers == makers) for makers, worth in bargains.items())
    parts = [
        [worth / makers.bit_count() * (makers >> i & 1) for i in range(players)] for makers, worth in bargains.items()
    ]
    assert shapley(value) == pytest.approx(np.sum(parts, axis=0))


def test_shapley_does_not_ask_what_nobody_is_worth():
    assert shapley(np.array([-np.inf, 1.0, 2.0, 5.0])) == pytest.approx([2, 3])


def test_shapley_of_the_glove_game():
    # One left glove and two right ones: only a pair is worth anything (CG-1).
    assert shapley(np.array([0, 0, 0, 1, 0, 1, 0, 1.0])) == pytest.approx([2 / 3, 1 / 6, 1 / 6])


def test_shapley_refuses_a_group_without_a_value():
    with pytest.raises(ValueError, match="every group"):
        shapley(np.array([0, 0, 0, -np.inf]))


def test_proportional_follows_the_weights():
    assert proportional(90, [1, 2, 0]).tolist() == [30, 60, 0]


@pytest.mark.parametrize("weights", [[0, 0], [-1, 2], [float("nan"), 1]])
def test_weights_that_cannot_share_are_refused(weights):
    with pytest.raises(ValueError, match="weights"):
        proportional(90, weights)


@pytest.mark.parametrize("rule", [equal_rule, proportional_rule([1, 2, 3, 4])])
def test_each_group_shares_its_own_value_among_its_own_members(rule):
    value = np.zeros(16)
    value[0b0101], value[0b1010] = 10.0, 6.0
    shares = within_groups(value, (0b0101, 0b1010), rule)
    assert shares[0] + shares[2] == pytest.approx(10)
    assert shares[1] + shares[3] == pytest.approx(6)


def test_who_stands_alone_keeps_its_own():
    value = np.array([0.0, 5.0, 7.0, 1.0])
    assert within_groups(value, (1, 2), proportional_rule([0, 0])).tolist() == [5.0, 7.0]


def test_a_set_that_may_not_form_counts_as_what_its_parts_reach():
    value = np.array([0.0, 0, 0, 4, 0, -np.inf, 0, 12])
    # Players 0 and 2 may not pair, so they count as two singles: the same game with 0 in place of minus infinity.
    expected = shapley(np.array([0.0, 0, 0, 4, 0, 0, 0, 12]))
    (division,) = [one for one in divide(value, (7,), {}) if one.rule == "shapley"]
    assert division.shares == pytest.approx(expected)
