"""Listed groups are worth what the table over all groups says."""

from dataclasses import replace

import numpy as np
import pytest

from consortia.appraisal import ValueFactors
from consortia.partnership import DuplicatedWork, GroupModel, LevelFactor, ScaleCurve, price_groups
from consortia.partnership.columns import columns_of_masks
from consortia.partnership.listed_values import price_listed

MODEL = GroupModel(
    cost=(1.0e6, 2.5e6, 0.4e6, 3.1e6, 0.9e6),
    gain=DuplicatedWork(0.05),
    highest_rate=0.055,
    setup_share=0.33,
    levels=tuple(LevelFactor(str(factor), factor) for factor in (0.0, 0.25, 0.55, 1.0)),
    factors=ValueFactors(saving=5.466, setup=0.937, coordination=8.317, first_two_years=0.6),
    pair_rate=0.005,
    fixed=9_000.0,
    unlikeness_rate=0.01,
    unlikeness=tuple(tuple(0.0 if i == j else ((i + j) % 4) / 4 for j in range(5)) for i in range(5)),
)
CURVE = ScaleCurve(0.9, (100.0, 260.0, 40.0, 300.0, 90.0), efficient_size=500.0)


@pytest.mark.parametrize("model", [MODEL, replace(MODEL, gain=CURVE), replace(MODEL, unlikeness=None)])
def test_a_list_of_all_groups_has_the_values_and_levels_of_the_table(model):
    masks = np.arange(1, 32)
    listed, table = price_listed(model, columns_of_masks(5, masks)), price_groups(model)
    assert listed.value == pytest.approx(table.value[masks])
    assert listed.level.tolist() == table.level[masks].tolist()


def test_without_a_level_to_price_only_single_players_have_a_value():
    listed = price_listed(replace(MODEL, levels=()), columns_of_masks(5, [1, 3]))
    assert listed.value.tolist() == [0.0, -np.inf]
