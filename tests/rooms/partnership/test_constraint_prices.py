"""Limits are the same for a table and for a list, and what each costs: the difference of two solves."""

from dataclasses import replace

import numpy as np
import pytest

from consortia.partnership.column_limits import allowed_columns
from consortia.partnership.columns import columns_of_masks
from consortia.partnership.constraint_prices import constraint_prices
from consortia.partnership.grouping import best_partition, limited
from consortia.partnership.limits import Limits, allowed_groups

PEOPLE = (10.0, 20.0, 30.0, 40.0, 50.0, 60.0)
EVERY_KIND = (
    Limits(together=((0, 1),), apart=((2, 3), (0, 4))),
    Limits(hosts=(0.0, 90.0, 0.0, 0.0, 200.0, 0.0), weights=PEOPLE),
    Limits(hosts=(0.0,) * 6),
    Limits(smallest=3, largest=4),
    Limits(weights=PEOPLE, lightest=60, heaviest=150),
)


@pytest.mark.parametrize("limits", EVERY_KIND)
def test_a_list_of_groups_is_limited_as_the_table_is(limits):
    masks = np.arange(1, 64)
    assert allowed_columns(columns_of_masks(6, masks), limits).tolist() == allowed_groups(6, limits)[1:].tolist()


def best(table, limits):
    return best_partition(limited(table, allowed_groups(6, limits))).value


def test_each_price_is_the_difference_of_two_solves(drawn_table):
    table = drawn_table(6, seed=9)
    limits = Limits(
        together=((0, 1), (2, 4)),
        apart=((0, 5),),
        largest=4,
        weights=PEOPLE,
        lightest=40,
        hosts=(99.0, 0, 150.0, 0, 0, 0),
    )
    prices = {(one.kind, one.players): one.price for one in constraint_prices(table, limits)}
    held = best(table, limits)
    assert prices["together", (0, 1)] == pytest.approx(best(table, replace(limits, together=((2, 4),))) - held)
    assert prices["apart", (0, 5)] == pytest.approx(best(table, replace(limits, apart=())) - held)
    assert prices["hosts", ()] == pytest.approx(best(table, replace(limits, hosts=None)) - held)
    assert prices["lightest", ()] == pytest.approx(best(table, replace(limits, lightest=None)) - held)
    assert prices["all", ()] == pytest.approx(best(table, Limits()) - held)
    assert len(prices) == 7


def test_no_limit_has_a_price_below_nothing(drawn_table):
    limits = Limits(together=((0, 1),), apart=((2, 3),), largest=3)
    assert all(one.price >= -1e-9 for one in constraint_prices(drawn_table(6, seed=1), limits))
