"""Where worth depends on size and total alone: the division is the dynamic programme's, for any number of players."""

import numpy as np
import pytest

from consortia.partnership import DuplicatedWork, LevelFactor, ScaleCurve, best_partition, price_groups
from consortia.partnership.size_partition import best_by_size

LEVELS = (LevelFactor("a", 0.0), LevelFactor("b", 0.25), LevelFactor("c", 1.0))


def drawn_model(model, players, seed):
    random = np.random.default_rng(seed)
    return model(
        cost=tuple(random.lognormal(14, 1, players) * (random.uniform(size=players) > 0.1)),
        gain=DuplicatedWork(random.uniform(-0.02, 0.1)),
        highest_rate=random.uniform(0.02, 0.2),
        setup_share=0.33,
        levels=LEVELS,
        pair_rate=random.choice([0.0, 0.002, 0.005, 0.02]),
        fixed=random.choice([0.0, 5_000.0, 100_000.0]),
    )


@pytest.mark.parametrize("seed", range(25))
def test_it_agrees_with_the_dynamic_programme(model, seed):
    drawn = drawn_model(model, 1 + seed % 10, seed)
    found, table = best_by_size(drawn), price_groups(drawn).value
    table[0] = 0.0
    assert found.value == pytest.approx(best_partition(table).value, rel=1e-9, abs=1e-6)
    assert table[list(found.groups)].sum() == pytest.approx(found.value)
    assert sum(found.groups) == table.size - 1


def test_three_hundred_players_are_divided_with_proof(model):
    found = best_by_size(drawn_model(model, 300, 9))
    assert found.proved
    assert sum(found.groups) == 2**300 - 1
    assert found.states == 300 * 301


def test_it_has_no_answer_where_it_counts_who_is_in_a_group(model):
    costs = (1.0, 2.0, 3.0)
    assert best_by_size(model(cost=costs, gain=ScaleCurve(0.9, costs))) is None
    assert best_by_size(model(cost=costs, unlikeness_rate=0.01, unlikeness=((0.0,) * 3,) * 3)) is None


def test_without_a_level_there_is_nothing_to_divide_by(model):
    assert best_by_size(model(levels=())) is None
