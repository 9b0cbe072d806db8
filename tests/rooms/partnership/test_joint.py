"""All services on one grouping or on few: proved where it is said so, and never above the free optima."""

from itertools import product

import numpy as np
import pytest

from consortia.partnership.grouping import best_partition
from consortia.partnership.joint import at_most, one_grouping


@pytest.fixture
def tables(drawn_table):
    return [drawn_table(5, seed) for seed in range(4)]


def brute_force(tables, divisions, most):
    worth = np.array([[table[list(one)].sum() for one in divisions] for table in tables])
    bundlings = product(range(most), repeat=len(tables))
    return max(
        sum(
            worth[[place for place, own in enumerate(each) if own == bundle]].sum(axis=0).max()
            for bundle in range(most)
        )
        for each in bundlings
    )


def test_one_grouping_for_all_is_the_best_of_the_sum(tables):
    joint = one_grouping(tables)
    assert joint.proved
    assert joint.value == pytest.approx(best_partition(np.sum(tables, axis=0)).value)


@pytest.mark.parametrize("different", [1, 2, 3])
def test_few_groupings_agree_with_every_way_to_bundle(tables, every_division, different):
    joint = at_most(tables, different)
    assert joint.value == pytest.approx(brute_force(tables, every_division(5), different))
    assert joint.proved


def test_the_price_of_simplicity_falls_to_nothing(tables):
    prices = [at_most(tables, different).price_of_simplicity for different in (1, 2, 3, 4)]
    assert prices == sorted(prices, reverse=True)
    assert prices[-1] == pytest.approx(0, abs=1e-9)


def test_many_services_are_bounded_by_their_free_optima(drawn_table):
    tables = [drawn_table(6, seed) for seed in range(14)]
    one, few, free = (at_most(tables, different) for different in (1, 4, 14))
    assert one.value <= few.value + 1e-9 <= few.bound + 2e-9
    assert few.bound == pytest.approx(few.free)
    assert len(set(few.bundle_of)) <= 4
    assert few.value == pytest.approx(
        sum(t[list(few.groupings[b].groups)].sum() for t, b in zip(tables, few.bundle_of, strict=True))
    )
    assert free.proved


def test_services_that_agree_need_one_grouping(drawn_table):
    joint = at_most([drawn_table(5, 1)] * 20, 3)
    assert (joint.proved, set(joint.bundle_of)) == (True, {0})


def test_no_service_is_refused():
    with pytest.raises(ValueError, match="at least one service"):
        one_grouping([])
