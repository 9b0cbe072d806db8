"""The best division into listed groups: the same as by looking at every division, bounded where not proved."""

import numpy as np
import pytest

from consortia.partnership.columns import columns_of, columns_of_masks
from consortia.partnership.connected_sets import connected_sets
from consortia.partnership.grouping import best_partition
from consortia.partnership.set_partition import best_division


def solve_table(table, **options):
    players = table.size.bit_length() - 1
    return best_division(columns_of_masks(players, np.arange(1, table.size)), table[1:], **options)


def priced(columns, seed):
    """Values with economies of scale, coordination that grows with pairs, and noise: singles are worth nothing."""
    random = np.random.default_rng(seed)
    cost = columns.sums(random.lognormal(0, 0.6, columns.players))
    size = columns.sizes
    value = cost * (0.06 * (1 - 1 / size) - 0.002 * size * (size - 1)) + random.normal(0, 0.002, size.size)
    return np.where(size > 1, value, 0.0)


@pytest.mark.parametrize("players", [3, 6, 10])
def test_it_agrees_with_the_dynamic_programme_on_every_distribution(drawn_table, players):
    table = drawn_table(players, seed=players)
    found = solve_table(table)
    assert found.proved
    assert found.value == pytest.approx(best_partition(table).value, rel=1e-9)


@pytest.mark.parametrize("players", [5, 8])
def test_it_agrees_with_every_division(drawn_table, every_division, players):
    table = drawn_table(players, seed=3)
    assert solve_table(table).value == pytest.approx(max(table[list(one)].sum() for one in every_division(players)))


@pytest.mark.parametrize("most", [1, 2, 3, 4])
def test_at_most_so_many_groups(drawn_table, every_division, most):
    table = drawn_table(7, seed=5)
    wanted = max(table[list(one)].sum() for one in every_division(7) if len(one) <= most)
    found = solve_table(table, most_groups=most)
    assert found.value == pytest.approx(wanted, rel=1e-9)
    assert len(found.groups) <= most
    assert found.proved


def test_the_integer_programme_agrees_where_the_search_may_take_no_states(drawn_table):
    table = drawn_table(9, seed=2)
    found = solve_table(table, most_states=1)
    assert found.method.startswith("integer programme")
    assert found.proved
    assert found.value == pytest.approx(best_partition(table).value, rel=1e-9)


def test_the_prices_bound_every_group_and_sum_to_the_relaxed_bound(drawn_table):
    table = drawn_table(8, seed=4)
    found = solve_table(table)
    masks = np.arange(1, 256)
    members = masks[:, None] >> np.arange(8) & 1
    assert (members @ np.array(found.prices) - table[1:] >= -1e-9 * abs(found.relaxed)).all()
    assert sum(found.prices) == pytest.approx(found.relaxed)
    assert found.relaxed >= found.value - 1e-9


def test_forty_players_on_a_grid_are_proved():
    links = [
        (one, one + step) for one in range(40) for step in (1, 8) if one + step < 40 and (step == 8 or one % 8 < 7)
    ]
    columns = connected_sets(40, links, largest=5)
    values = priced(columns, seed=1)
    search, programme = best_division(columns, values), best_division(columns, values, most_states=1)
    assert search.method == "search by losses"
    assert (search.proved, programme.proved) == (True, True)
    assert search.value == pytest.approx(programme.value, rel=1e-9)
    assert sorted(player for group in search.groups for player in group) == list(range(40))


def test_what_is_not_proved_has_a_bound_above_what_is():
    links = [
        (one, one + step) for one in range(40) for step in (1, 8) if one + step < 40 and (step == 8 or one % 8 < 7)
    ]
    columns = connected_sets(40, links, largest=5)
    values = priced(columns, seed=1)
    hurried = best_division(columns, values, most_states=1, patience=0.0)
    best = best_division(columns, values).value
    assert hurried.value <= best + 1e-9
    assert best <= hurried.bound + 1e-9


def test_no_way_to_divide_is_said():
    with pytest.raises(ValueError, match="no way to divide"):
        best_division(columns_of(3, [(0, 1), (1, 2)]), np.array([1.0, 1.0]))


def test_nothing_worth_sharing_leaves_everyone_alone():
    columns = columns_of(3, [(0,), (1,), (2,), (0, 1), (0, 1, 2)])
    found = best_division(columns, np.array([0.0, 0.0, 0.0, -2.0, -1.0]))
    assert (found.groups, found.value, found.proved) == (((0,), (1,), (2,)), 0.0, True)
