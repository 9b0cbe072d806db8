"""Players that wish to stand together share together or not at all: a wish forces nobody into a loss."""

from dataclasses import replace

import pytest

from consortia.appraisal.factors import ValueFactors
from consortia.partnership import GroupModel, LevelFactor, Limits, price_groups, solve_service
from consortia.partnership.columns import columns_of_masks
from consortia.partnership.limits import bound_sets
from consortia.partnership.listed_service import solve_listed
from consortia.partnership.listed_values import price_listed
from consortia.partnership.value import DuplicatedWork

PAIR = Limits(together=((0, 1),))
NAMES = ("A", "B", "C", "D")


@pytest.fixture
def dear() -> GroupModel:
    """A and B cost so little that to share with anybody does not pay for its coordination; C and D gain."""
    return GroupModel(
        cost=(1.0, 1.0, 1_000.0, 1_000.0),
        gain=DuplicatedWork(0.2),
        highest_rate=0.5,
        setup_share=0.0,
        levels=(LevelFactor("full", 1.0),),
        factors=ValueFactors(saving=1.0, setup=1.0, coordination=1.0, first_two_years=1.0),
        pair_rate=0.1,
        fixed=10.0,
        idle=bound_sets(PAIR.together),
    )


def test_pairs_that_meet_bind_all_their_players_to_each_other():
    assert bound_sets(((0, 1), (3, 4), (1, 2))) == (0b00111, 0b11000)


def test_players_bound_to_each_other_stay_alone_where_they_would_lose(dear):
    found = solve_service(dear, partners=NAMES, budgets=dear.cost, limits=PAIR)
    forced = solve_service(replace(dear, idle=()), partners=NAMES, budgets=dear.cost, limits=PAIR)
    free = solve_service(replace(dear, idle=()), partners=NAMES, budgets=dear.cost)
    assert found.best.groups == (0b0001, 0b0010, 0b1100)
    assert [one.members for one in found.groups] == [("C", "D")]
    assert found.best.value == pytest.approx(free.best.value)
    assert forced.best.value < found.best.value


def test_they_never_share_one_without_the_other(dear):
    found = solve_service(dear, partners=NAMES, budgets=dear.cost, limits=PAIR)
    each = [found.best, *(one.grouping for one in found.runners_up)]
    assert all((mask & 0b11).bit_count() != 1 for one in each for mask in one.together)


def test_a_list_of_groups_prices_rest_as_the_table_does(dear):
    columns = columns_of_masks(4, list(range(1, 16)))
    assert price_listed(dear, columns).value == pytest.approx(price_groups(dear).value[1:])


def test_among_listed_groups_they_stay_alone_too(dear):
    masks = [1 << 2, 1 << 3, 0b0011, 0b1100, 0b0111, 0b1011, 0b1111]
    columns, weights = columns_of_masks(4, masks), {"budget": dear.cost}
    found = solve_listed(dear, partners=NAMES, columns=columns, weights=weights, gains={}, limits=PAIR)
    assert found.best.groups == (0b0001, 0b0010, 0b1100)
    assert [one.members for one in found.groups] == [("C", "D")]
