"""Pricing every group (methods.md 8.1)."""

import numpy as np
import pytest

from consortia.partnership.value import DuplicatedWork, LevelFactor, ScaleCurve, price_groups

MILLION = 1_000_000
EVERYONE = 0b1111


def test_a_single_partner_is_worth_nothing(model):
    values = price_groups(model(pair_rate=0.005, fixed=10_000, setup_share=0.3))
    assert values.value[[0, 1, 2, 4, 8]].tolist() == [0] * 5
    assert values.level[[0, 1, 2, 4, 8]].tolist() == [-1] * 5


def test_rule_2_gives_a_group_of_four_the_printed_rate(model):
    values = price_groups(model())
    assert values.gross_saving[EVERYONE] == pytest.approx(10 * MILLION * 0.06)
    assert values.value[EVERYONE] == pytest.approx(6.0 * 600_000)


def test_rule_2_gives_a_pair_two_thirds_of_it(model):
    # (1 - 1/2) / (1 - 1/4) = 2/3 of 6% of (1m + 2m)
    assert price_groups(model()).gross_saving[0b0011] == pytest.approx(3 * MILLION * 0.06 * 2 / 3)


def test_rule_1_two_equal_partners_with_elasticity_nine_tenths_save_6_7_per_cent(model):
    values = price_groups(model(cost=(MILLION, MILLION), gain=ScaleCurve(0.9, (500.0, 500.0))))
    assert values.gross_saving[0b11] == pytest.approx(2 * MILLION * (1 - 2**-0.1))
    assert pytest.approx(0.067, abs=5e-4) == 1 - 2**-0.1


def test_rule_1_is_the_sum_of_each_members_gain(model):
    cost, volume, b, efficient = (3.0e6, 1.0e6, 2.0e6), (900.0, 100.0, 400.0), 0.85, 1_000.0
    values = price_groups(model(cost=cost, gain=ScaleCurve(b, volume, efficient)))
    growth = [min(1_400, efficient) / min(own, efficient) for own in volume]
    expected = sum(c * (1 - times ** (b - 1)) for c, times in zip(cost, growth, strict=True))
    assert values.gross_saving[0b111] == pytest.approx(expected)


def test_rule_1_a_partner_past_the_efficient_size_gains_nothing(model):
    values = price_groups(model(cost=(MILLION, MILLION), gain=ScaleCurve(0.8, (600.0, 700.0), 500.0)))
    assert values.value[0b11] == pytest.approx(0, abs=1e-6)


def test_the_gain_is_capped_at_the_high_end_of_the_range(model):
    assert price_groups(model(highest_rate=0.01)).gross_saving[EVERYONE] == pytest.approx(10 * MILLION * 0.01)


def test_set_up_is_a_share_of_the_first_two_years_saving(model):
    values = price_groups(model(setup_share=0.3))
    assert values.setup[EVERYONE] == pytest.approx(0.3 * 0.6 * 600_000)
    assert values.value[EVERYONE] == pytest.approx(6.0 * 600_000 - 1.0 * 0.3 * 0.6 * 600_000)


def test_a_group_that_loses_has_no_set_up_to_be_paid_back(model):
    values = price_groups(model(gain=DuplicatedWork(-0.02), setup_share=0.3))
    assert values.setup[EVERYONE] == 0
    assert values.value[EVERYONE] == pytest.approx(6.0 * -200_000)


def test_coordination_grows_with_the_pairs_of_the_mean_partner(model):
    values = price_groups(model(pair_rate=0.005, fixed=1_000))
    assert values.coordination[0b0011] == pytest.approx(1_000 + 0.005 * 1.5 * MILLION * 1)
    assert values.coordination[EVERYONE] == pytest.approx(1_000 + 0.005 * 2.5 * MILLION * 6)


def test_unlike_partners_cost_more_to_coordinate(model):
    unlike = ((0, 0.5, 0, 0), (0.5, 0, 0, 0), (0, 0, 0, 1.0), (0, 0, 1.0, 0))
    values = price_groups(model(unlikeness_rate=0.01, unlikeness=unlike))
    assert values.coordination[0b0011] == pytest.approx(0.01 * 1.5 * MILLION * 0.5)
    assert values.coordination[EVERYONE] == pytest.approx(0.01 * 2.5 * MILLION * (0.5 + 1.0) / 6)
    assert values.coordination[0b0101] == 0


def test_the_level_scales_saving_and_coordination(model):
    half = price_groups(model(levels=(LevelFactor("collaboration", 0.55),), pair_rate=0.005))
    full = price_groups(model(pair_rate=0.005))
    assert half.gross_saving == pytest.approx(0.55 * full.gross_saving)
    assert half.coordination == pytest.approx(0.55 * full.coordination)


def test_the_best_level_is_kept_for_every_group(model):
    levels = (LevelFactor("networking", 0.0), LevelFactor("coordination", 0.1), LevelFactor("full", 1.0))
    values = price_groups(model(levels=levels, pair_rate=0.025))
    # Four save 6% and coordinate for 6/4 of the pair rate. At 2.5%: 6 x 6% > 8 x 3.75%, so deeper is better. At 5%:
    # 6 x 6% < 8 x 7.5%, so they lose least where they share least.
    assert levels[values.level[0b0011]].code == "full"
    assert levels[values.level[EVERYONE]].code == "full"
    dear = price_groups(model(levels=levels, pair_rate=0.05))
    assert levels[dear.level[EVERYONE]].code == "coordination"
    assert dear.value[EVERYONE] < 0


def test_a_level_that_saves_nothing_is_not_priced(model):
    values = price_groups(model(levels=(LevelFactor("networking", 0.0),)))
    assert np.isneginf(values.value[EVERYONE])


@pytest.mark.parametrize(
    "changes",
    [
        {"cost": (1.0, float("nan"))},
        {"cost": (1.0, -1.0)},
        {"levels": (LevelFactor("deep", 1.0), LevelFactor("shallow", 0.1))},
        {"gain": ScaleCurve(0.9, (1.0, 2.0))},
        {"gain": ScaleCurve(0.9, (1.0, 2.0, 0.0, 3.0))},
        {"unlikeness": ((0.0, 1.0), (1.0, 0.0))},
    ],
)
def test_what_cannot_be_priced_is_refused(model, changes):
    with pytest.raises(ValueError):
        model(**changes)
