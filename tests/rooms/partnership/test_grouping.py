"""The exact search for the best groupings."""

import numpy as np
import pytest

from consortia.partnership.grouping import (
    best_partition,
    best_partitions,
    best_value,
    count_best,
    count_divisions,
    limited,
    singletons,
)
from consortia.partnership.masks import groups_within
from consortia.partnership.worth_table import worth_table

BELL = (1, 1, 2, 5, 15, 52, 203, 877, 4_140, 21_147, 115_975)


@pytest.mark.parametrize("players", range(1, 9))
def test_brute_force_agrees_for_every_distribution(players, drawn_table, every_division):
    for seed in range(3):
        value = drawn_table(players, seed)
        totals = {division: sum(value[list(division)]) for division in every_division(players)}
        best = best_partition(value)
        assert best.value == pytest.approx(max(totals.values()))
        assert totals[best.groups] == pytest.approx(best.value)
        assert best_value(value) == pytest.approx(best.value)


@pytest.mark.parametrize("players", [1, 2, 3, 5, 8])
def test_the_five_best_are_the_five_best_of_brute_force(players, drawn_table, every_division):
    value = drawn_table(players, 7)
    totals = sorted((sum(value[list(division)]) for division in every_division(players)), reverse=True)
    listed = best_partitions(value, 5)
    assert [one.value for one in listed] == pytest.approx(totals[:5])
    assert len({one.groups for one in listed}) == len(listed) == min(5, BELL[players])


@pytest.mark.parametrize("seed", range(20))
def test_ties_rank_by_fewest_sharing_then_by_lowest_masks(seed, every_division):
    value = np.random.default_rng(seed).integers(-1, 2, 32).astype(float)

    def rank(division):
        sharing = sum(group.bit_count() for group in division if group.bit_count() > 1)
        return -sum(value[list(division)]), sharing, division

    expected = sorted(every_division(5), key=rank)[:5]
    assert [one.groups for one in best_partitions(value, 5)] == expected


def test_nothing_to_gain_means_do_nothing():
    best = best_partition(np.zeros(1 << 6))
    assert best.groups == singletons(np.zeros(1 << 6)).groups == (1, 2, 4, 8, 16, 32)
    assert best.together == ()


def test_rounding_noise_does_not_break_a_tie():
    value = np.zeros(8)
    value[0b011] = 0.1 + 0.2
    value[0b101] = 0.3
    noisy = value.copy()
    noisy[0b011], noisy[0b101] = value[0b101], value[0b011]
    assert best_partition(value).groups == best_partition(noisy).groups == (0b011, 0b100)


def test_equally_good_groupings_are_counted(every_division):
    value = np.random.default_rng(4).integers(0, 3, 64).astype(float)
    totals = [sum(value[list(division)]) for division in every_division(6)]
    assert count_best(value) == totals.count(max(totals))


@pytest.mark.parametrize("players", range(1, 16))
def test_the_work_does_not_depend_on_the_values(players):
    for seed in range(2):
        value = np.random.default_rng(seed).normal(size=1 << players)
        pairs = best_partition(value).pairs_evaluated
        assert pairs == 2 ** (players - 1) + (3 ** (players - 1) - 1) // 2


@pytest.mark.parametrize("players", range(1, 11))
def test_all_groups_allowed_makes_as_many_divisions_as_bells_number(players):
    allowed = np.ones(1 << players, dtype=bool)
    assert count_divisions(allowed) == BELL[players]


def test_a_forbidden_group_is_never_used():
    value = np.arange(16.0) ** 2
    allowed = np.ones(16, dtype=bool)
    allowed[[0b1111, 0b1110]] = False
    assert best_partition(limited(value, allowed)).groups == (0b1101, 0b0010)


def test_what_a_set_is_worth_is_its_own_best_division():
    value = np.random.default_rng(5).normal(size=64)
    assert worth_table(value)[63] == pytest.approx(best_partition(value).value)
    assert worth_table(value)[0b000111] == pytest.approx(
        max(value[7], value[3] + value[4], value[5] + value[2], value[6] + value[1], value[1] + value[2] + value[4])
    )


def test_no_way_to_divide_is_said():
    value = np.full(8, -np.inf)
    for search in (best_partition, best_value):
        with pytest.raises(ValueError, match="no way to divide"):
            search(value)


@pytest.mark.parametrize("table", [np.zeros(7), np.zeros(1), np.zeros((2, 2)), np.array([0.0, np.nan])])
def test_a_table_that_is_not_one_is_refused(table):
    with pytest.raises(ValueError):
        best_partition(table)


def test_asking_for_no_division_is_refused():
    with pytest.raises(ValueError, match="At least one"):
        best_partitions(np.zeros(4), 0)


def test_several_threads_give_what_one_gives():
    value = np.random.default_rng(11).normal(size=1 << 14)  # enough sets for several threads
    value[0] = 0.0
    together = worth_table(value)
    assert together[-1] == best_value(value)
    for mask in (0b11111111, 0b10101010101010, (1 << 13) - 1):
        assert together[mask] == pytest.approx(best_partition(value[groups_within(mask)]).value, abs=1e-12)
