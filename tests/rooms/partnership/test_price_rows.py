"""The price of every group in one pass is what methods.md 8.1 says, group by group and level by level."""

import math
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from consortia.appraisal import ValueFactors
from consortia.partnership.masks import players_of
from consortia.partnership.value import (
    DuplicatedWork,
    GroupModel,
    LevelFactor,
    ScaleCurve,
    price_groups,
    total_value,
)

LEVELS = tuple(LevelFactor(str(factor), factor) for factor in (0.0, 0.1, 0.25, 0.55, 0.8, 1.0))


def study(players, seed):
    """One random service; seeds take turns at the two rules, at unlikeness, k0 and a rate that loses."""
    random = np.random.default_rng(seed)
    volumes = tuple(random.lognormal(11, 1, players))
    curve = ScaleCurve(random.uniform(0.8, 1.05), volumes, sum(volumes) / 3 if seed % 4 == 1 else None)
    return GroupModel(
        cost=tuple(random.lognormal(14, 0.8, players) * (random.uniform(size=players) > 0.1)),
        gain=curve if seed % 2 else DuplicatedWork(random.uniform(-0.02, 0.1)),
        highest_rate=random.uniform(0.02, 0.2),
        setup_share=0.33,
        levels=LEVELS[seed % 3 :],
        factors=ValueFactors(saving=4.5, setup=0.95, coordination=7.5, first_two_years=0.6),
        pair_rate=random.uniform(0, 0.01),
        fixed=random.uniform(0, 20_000) if seed % 3 else 0.0,
        unlikeness_rate=0.01,
        unlikeness=tuple(map(tuple, random.uniform(size=(players, players)))) if seed % 5 else None,
    )


def plain_price(model, mask):
    """One group in plain Python: value, level, gross saving, set-up and coordination a year, at its best level."""
    members = players_of(mask)
    if len(members) < 2:
        return 0.0, -1, 0.0, 0.0, 0.0
    full, apart = plain_gain(model, members), plain_coordination(model, members)
    prices = []
    for index, level in enumerate(model.levels):
        saving, coordination = level.factor * full, model.fixed + level.factor * apart
        setup = model.setup_share * model.factors.first_two_years * max(saving, 0)
        worth = model.factors.saving * saving - model.factors.setup * setup - model.factors.coordination * coordination
        prices += [(worth, index, saving, setup, coordination)] if level.factor > 0 else []
    return max(prices, key=lambda price: (price[0], -price[1]))


def plain_gain(model, members):
    cost = math.fsum(model.cost[i] for i in members)
    if isinstance(model.gain, DuplicatedWork):
        saved = cost * model.gain.rate * (1 - 1 / len(members)) / (1 - 1 / 4)
    else:
        volumes, limit = model.gain.volumes, model.gain.efficient_size or math.inf
        together = min(math.fsum(volumes[i] for i in members), limit)
        power = model.gain.elasticity - 1
        saved = math.fsum(model.cost[i] * (1 - (together / min(volumes[i], limit)) ** power) for i in members)
    return min(saved, model.highest_rate * cost)


def plain_coordination(model, members):
    pairs = list(combinations(members, 2))
    weight = model.pair_rate * len(pairs)
    if model.unlikeness is not None:
        weight += model.unlikeness_rate * math.fsum(model.unlikeness[j][i] for i, j in pairs) / len(pairs)
    return math.fsum(model.cost[i] for i in members) / len(members) * weight


def check_against_plain(model, masks):
    values, slack = price_groups(model), 1e-12 * sum(model.cost)
    for mask in masks:
        worth, level, saving, setup, coordination = plain_price(model, mask)
        found = [table[mask] for table in (values.value, values.gross_saving, values.setup, values.coordination)]
        assert found == pytest.approx([worth, saving, setup, coordination], rel=1e-9, abs=slack)
        assert values.level[mask] == level


@pytest.mark.parametrize("seed", range(20))
def test_every_group_of_a_small_study_is_priced_as_by_hand(seed):
    players = 2 + seed % 6
    check_against_plain(study(players, seed), range(1 << players))


@pytest.mark.parametrize("players", [12, 13, 15, 18])
@pytest.mark.parametrize("seed", [1, 2])
def test_groups_that_reach_over_rows_blocks_and_threads_are_priced_as_by_hand(players, seed):
    model = study(players, seed)
    check_against_plain(model, np.random.default_rng(seed).integers(1 << players, size=60).tolist())


def test_a_total_is_the_sum_over_the_services():
    models = [study(13, seed) for seed in range(4)]
    apart = sum(price_groups(model).value for model in models)
    assert total_value(models).value == pytest.approx(apart, rel=1e-12, abs=1e-6)


def test_five_levels_take_as_many_prices_as_one():
    model = study(13, 3)
    shallow = replace(model, levels=model.levels[-1:])
    assert total_value([model, model, model]).prices == total_value([shallow] * 3).prices == 3 * 2**13


def test_a_service_without_a_level_to_price_leaves_only_single_partners():
    total = total_value([study(3, 2), replace(study(3, 1), levels=())])
    assert total.value.tolist() == [0, 0, 0, -np.inf, 0, -np.inf, -np.inf, -np.inf]


def test_services_of_different_partners_are_not_added_up():
    with pytest.raises(ValueError, match="same partners"):
        total_value([study(3, 1), study(4, 1)])
    with pytest.raises(ValueError, match="at least one service"):
        total_value([])
