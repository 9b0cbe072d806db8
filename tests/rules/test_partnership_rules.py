"""Properties of grouping, sharing and pricing that hold for any input."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consortia.appraisal import ValueFactors
from consortia.partnership import (
    DuplicatedWork,
    GroupModel,
    LevelFactor,
    Limits,
    allowed_groups,
    best_partition,
    best_partitions,
    divide,
    is_stable,
    price_groups,
    shapley,
    solve_service,
)
from consortia.partnership.column_generation import player_prices
from consortia.partnership.columns import columns_of_masks
from consortia.partnership.grouping import best_value, limited, singletons
from consortia.partnership.masks import group_sums
from consortia.partnership.window_search import search_windows
from consortia.partnership.worth_table import worth_table

LEVELS = (LevelFactor("coordination", 0.1), LevelFactor("collaboration", 0.55), LevelFactor("full_integration", 1.0))
FACTORS = ValueFactors(saving=6.3, setup=0.97, coordination=8.3, first_two_years=0.6)
PLAYERS = st.integers(2, 6)


@st.composite
def tables(draw):
    """Give a table over all groups in which a single player is worth nothing."""
    players = draw(PLAYERS)
    amount = st.floats(-1e6, 1e6, allow_nan=False, width=32)
    value = np.array(draw(st.lists(amount, min_size=1 << players, max_size=1 << players)))
    value[[0, *(1 << player for player in range(players))]] = 0.0
    return value


@st.composite
def models(draw):
    """Give a pricing model of two to six partners at any rate and any coordination cost."""
    players = draw(PLAYERS)
    return GroupModel(
        cost=tuple(draw(st.lists(st.floats(0, 1e8), min_size=players, max_size=players))),
        gain=DuplicatedWork(draw(st.floats(-0.05, 0.2))),
        highest_rate=0.18,
        setup_share=draw(st.floats(0.18, 0.59)),
        levels=LEVELS,
        factors=FACTORS,
        pair_rate=draw(st.floats(0, 0.05)),
        fixed=draw(st.floats(0, 1e5)),
    )


def players_in(value):
    return value.size.bit_length() - 1


def renamed(value, order):
    """Give the table after player i has become player order[i]."""
    new = group_sums([1 << place for place in order]).astype(int)
    moved = np.empty_like(value)
    moved[new] = value
    return moved


@settings(deadline=None)  # the first call compiles or imports
@given(tables())
def test_the_best_is_never_worse_than_doing_nothing(value):
    assert singletons(value).value == 0
    assert best_partition(value).value >= 0


@given(tables())
def test_the_groups_of_a_grouping_hold_every_player_once(value):
    for grouping in best_partitions(value, 4):
        assert sum(grouping.groups) == value.size - 1
        assert sum(group.bit_count() for group in grouping.groups) == players_in(value)


@given(tables())
def test_value_and_grouping_agree(value):
    best = best_partition(value)
    assert best.value == pytest.approx(value[list(best.groups)].sum(), abs=1e-6)
    assert best.value == pytest.approx(best_value(value), abs=1e-5)


@given(tables(), st.data())
def test_renaming_players_changes_no_total_and_no_share(value, data):
    order = data.draw(st.permutations(range(players_in(value))))
    other = renamed(value, order)
    assert best_partition(other).value == pytest.approx(best_partition(value).value, abs=1e-5)
    assert shapley(other)[order] == pytest.approx(shapley(value), abs=1e-5)
    assert is_stable(other, shapley(other)) == is_stable(value, shapley(value))


@given(tables(), st.data())
def test_a_limit_never_raises_the_best(value, data):
    players = players_in(value)
    pair = tuple(data.draw(st.permutations(range(players)))[:2])
    for limits in (Limits(together=(pair,)), Limits(apart=(pair,)), Limits(largest=2), Limits(links=(pair,))):
        allowed = allowed_groups(players, limits)
        assert best_partition(limited(value, allowed)).value <= best_partition(value).value + 1e-5


@settings(deadline=None)  # the first call compiles or imports
@given(tables())
def test_shares_sum_to_what_is_shared(value):
    total = 1e-9 * max(1.0, np.abs(value).max())
    assert shapley(value).sum() == pytest.approx(value[-1], abs=total * len(value))
    groups = best_partition(value).groups
    weights = [1.0] * players_in(value)
    for division in divide(value, groups, {"budget": weights, "population": weights, "use": weights}):
        if division.refused is None:
            assert sum(division.shares) == pytest.approx(value[list(groups)].sum(), abs=1e3 * total)


@given(PLAYERS, st.lists(st.floats(-1e6, 1e6), min_size=7, max_size=7))
def test_partners_alike_get_the_same_by_shapley(players, by_size):
    sizes = group_sums([1.0] * players).astype(int)
    shares = shapley(np.array([0.0, *by_size])[sizes])
    assert shares == pytest.approx([shares.mean()] * players, abs=1e-6)


@given(tables())
def test_a_partner_that_adds_nothing_gets_nothing_by_shapley(value):
    with_one_more = np.concatenate([value, value])  # the new player changes no group's value
    assert shapley(with_one_more)[-1] == pytest.approx(0, abs=1e-5)


@given(tables())
def test_what_a_set_reaches_is_never_less_than_its_own_value(value):
    assert (worth_table(value)[1:] >= value[1:]).all()


@given(models(), st.floats(1, 5))
def test_dearer_coordination_never_raises_the_best(model, dearer):
    more = GroupModel(**{**fields(model), "pair_rate": model.pair_rate * dearer, "fixed": model.fixed * dearer})
    assert best_value(price_groups(more).value) <= best_value(price_groups(model).value) + 1e-3


@given(models())
def test_a_deeper_ceiling_never_lowers_the_best(model):
    shallow = GroupModel(**{**fields(model), "levels": LEVELS[:1]})
    assert best_value(price_groups(model).value) >= best_value(price_groups(shallow).value) - 1e-3


@given(models())
def test_no_group_gains_more_than_the_cap(model):
    gross = price_groups(model).gross_saving
    assert (gross <= model.highest_rate * group_sums(model.cost) + 1e-6).all()


@settings(max_examples=50, deadline=None)
@given(models())
def test_the_answer_for_a_service_shares_all_of_its_value(model):
    budgets = [cost + 1 for cost in model.cost]
    answer = solve_service(model, partners=[str(place) for place in range(len(budgets))], budgets=budgets)
    assert answer.best.value >= 0
    for division in answer.divisions:
        if division.refused is None:
            assert sum(division.shares) == pytest.approx(answer.best.value, rel=1e-9, abs=1e-6)
    assert answer.share == (answer.best.value > 0)


def fields(model):
    return {name: getattr(model, name) for name in model.__slots__}


@given(tables(), st.integers(0, 1000))
@settings(max_examples=40, deadline=None)
def test_a_window_over_all_players_is_divided_in_the_best_way(value, seed):
    columns = columns_of_masks(players_in(value), np.arange(1, value.size))
    prices = player_prices(columns, value[1:])
    found = search_windows(columns, prices.losses, scale=max(prices.bound, 1.0), seed=seed)
    assert sorted(columns.members[found.places][columns.members[found.places] >= 0]) == list(range(players_in(value)))
    assert value[1:][found.places].sum() == pytest.approx(best_value(value), rel=1e-6, abs=1e-3)
