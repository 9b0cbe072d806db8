"""A division made better window by window: always a division, never better than the best, the same every time."""

import numpy as np
import pytest

from consortia.partnership.column_generation import player_prices
from consortia.partnership.columns import columns_of_masks
from consortia.partnership.connected_sets import connected_sets
from consortia.partnership.grouping import best_partition
from consortia.partnership.set_partition import best_division
from consortia.partnership.window_search import search_windows
from consortia.reference.authorities import all_authorities
from consortia.reference.geography import borders

DISTRICTS = ("E06", "E07", "E08", "E09")


def grid(wide, high):
    right = [(one, one + 1) for one in range(wide * high) if one % wide < wide - 1]
    return right + [(one, one + wide) for one in range(wide * (high - 1))]


def by_size(columns, seed):
    """Each player brings its own amount, groups of four are the best: any cover of the map by fours is."""
    amounts = columns.sums(np.random.default_rng(seed).lognormal(0, 0.5, columns.players))
    return amounts * np.array([0, 0, 0.120, 0.146, 0.149, 0.142])[columns.sizes]


@pytest.fixture(scope="module")
def england():
    """Give the groups of at most four district-level councils that hang together on the map of 2025."""
    codes = sorted(one.code for one in all_authorities() if one.code[:3] in DISTRICTS and not one.end)
    place = {code: number for number, code in enumerate(codes)}
    pairs = [
        (place[one], place[other])
        for one, other in borders("2025", across_water=True)
        if one in place and other in place
    ]
    columns = connected_sets(len(codes), pairs, largest=4)
    return columns, by_size(columns, seed=1)


@pytest.fixture
def many():
    columns = connected_sets(144, grid(4, 36), largest=5)
    return columns, by_size(columns, seed=1)


def test_a_whole_country_comes_near_its_bound_with_the_same_work_on_every_machine(england):
    columns, values = england
    prices = player_prices(columns, values)
    found = search_windows(columns, prices.losses, scale=prices.bound)
    assert prices.losses[found.places].sum() <= 1e-3 * prices.bound
    assert (found.windows <= 1_000, found.states <= 8_000_000) == (True, True)


def test_a_map_that_fours_can_cover_is_covered_by_fours(many):
    found = best_division(*many)
    assert found.proved
    assert {len(group) for group in found.groups} == {4}


def test_the_same_seed_gives_the_same_windows(many):
    columns, values = many
    prices = player_prices(columns, values)
    first, second = (search_windows(columns, prices.losses, scale=prices.bound, seed=3) for _ in range(2))
    assert first.places.tolist() == second.places.tolist()
    assert (first.windows, first.states) == (second.windows, second.states)


def test_no_windows_leave_the_groups_that_lose_least_and_the_others_alone(many):
    columns, values = many
    prices = player_prices(columns, values)
    begun = search_windows(columns, prices.losses, scale=prices.bound, most_windows=0)
    covered = columns.members[begun.places]
    assert sorted(covered[covered >= 0].tolist()) == list(range(144))
    assert prices.bound - prices.losses[begun.places].sum() == pytest.approx(values[begun.places].sum())


def test_one_window_over_all_players_finds_the_best_on_every_distribution(drawn_table):
    table = drawn_table(8, seed=8)
    columns = columns_of_masks(8, np.arange(1, 256))
    prices = player_prices(columns, table[1:])
    found = search_windows(columns, prices.losses, scale=abs(prices.bound))
    assert table[1:][found.places].sum() == pytest.approx(best_partition(table).value, rel=1e-9)


def test_who_may_not_stand_alone_leaves_nothing_to_begin_with():
    columns = connected_sets(30, [(one, one + 1) for one in range(29)], largest=3)
    without = columns.where(columns.members[:, 0] != 29)
    values = by_size(without, seed=2)
    assert search_windows(without, np.zeros(len(without)), scale=1.0) is None
    assert best_division(without.where(without.sizes > 1), values[without.sizes > 1]).proved
