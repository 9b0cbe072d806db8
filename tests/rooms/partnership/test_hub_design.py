"""A division for every service where each distinct group costs its hub once: as by trying every choice, or bounded."""

from itertools import product

import numpy as np
import pytest

from consortia.partnership.columns import columns_of_masks
from consortia.partnership.connected_sets import connected_sets
from consortia.partnership.hub_design import best_design
from consortia.partnership.hub_prices import hub_prices
from consortia.partnership.hub_task import HubTask

ALL_OF_FOUR = columns_of_masks(4, np.arange(1, 16))


def best_of_all(tables, hub_cost, divisions):
    """Try every choice of a division for every service."""
    return max(
        sum(table[list(division)].sum() for table, division in zip(tables, choice, strict=True))
        - hub_cost * sum(1 for group in {one for division in choice for one in division} if group & (group - 1))
        for choice in product(divisions, repeat=len(tables))
    )


@pytest.mark.parametrize("hub_cost", [0.0, 0.5, 3.0])
def test_it_agrees_with_every_choice_on_every_distribution(drawn_table, every_division, hub_cost):
    tables = [drawn_table(4, seed) for seed in (1, 2, 3)]
    found = best_design(ALL_OF_FOUR, np.array(tables)[:, 1:], hub_cost)
    assert found.value == pytest.approx(best_of_all(tables, hub_cost, every_division(4)), rel=1e-9)
    assert found.proved


@pytest.mark.parametrize("iterations", [0, 1, 10, 1000])
def test_the_prices_bound_every_choice_however_early_they_end(drawn_table, every_division, iterations):
    tables = [drawn_table(4, seed) for seed in (4, 5)]
    task = HubTask(ALL_OF_FOUR, np.array(tables)[:, 1:].T.copy(), 2.0)
    prices = hub_prices(task, start=np.zeros((4, 2)), reached=0.0, most_iterations=iterations)
    assert prices.bound >= best_of_all(tables, 2.0, every_division(4)) - 1e-9 * abs(prices.bound)


def test_a_group_forbidden_to_one_service_may_serve_another():
    values = np.zeros((2, 15))
    values[:, 0b0011 - 1], values[0, 0b0111 - 1] = 1.0, 5.0
    values[1, 0b0111 - 1] = -np.inf
    found = best_design(ALL_OF_FOUR, values, 0.5)
    assert found.divisions == (((0, 1, 2), (3,)), ((0, 1), (2,), (3,)))
    assert (found.hubs, found.value) == (((0, 1), (0, 1, 2)), 5.0)


@pytest.fixture(scope="module")
def country():
    """Give the groups of at most three of 15 players on a grid, and what six unlike services gain by them."""
    links = [(one, one + 1) for one in range(14) if one % 5 < 4] + [(one, one + 5) for one in range(10)]
    columns, random = connected_sets(15, links, largest=3), np.random.default_rng(1)
    gain = np.array([0.0, 0.0, 0.10, 0.09])[columns.sizes]
    return columns, np.array([columns.sums(random.lognormal(0, 0.6, 15)) * gain for _ in range(6)])


@pytest.fixture(scope="module")
def designs(country):
    """Give the best choices at three costs of a hub."""
    return [best_design(*country, cost, patience=2.0) for cost in (0.0, 0.05, 100.0)]


def test_what_is_not_proved_is_bounded_and_no_worse_than_either_extreme(designs):
    for found in designs:
        assert found.value <= found.bound <= 1.01 * found.value + 1e-9
        assert found.value >= max(found.common, found.apart)
        assert all(sorted(player for group in one for player in group) == list(range(15)) for one in found.divisions)


def test_the_work_is_the_same_on_every_machine(designs):
    assert max(found.iterations for found in designs) <= 1000
    assert max(found.tried for found in designs) <= 130


def test_dearer_hubs_are_fewer_and_worth_less(designs):
    values, hubs = [one.value for one in designs], [len(one.hubs) for one in designs]
    assert (values, hubs) == (sorted(values, reverse=True), sorted(hubs, reverse=True))
    assert (values[-1], hubs[-1]) == (0.0, 0)


def test_without_services_or_with_a_cost_below_zero_nothing_is_chosen():
    with pytest.raises(ValueError, match="at least one service"):
        best_design(ALL_OF_FOUR, np.zeros((0, 15)), 1.0)
    with pytest.raises(ValueError, match="costs nothing or more"):
        best_design(ALL_OF_FOUR, np.zeros((1, 15)), -1.0)
