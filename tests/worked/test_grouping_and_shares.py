"""Published and derived examples of grouping and sharing: CSG-1, CSG-2, TVA-1, SKANE-1 of methods.md 9.7 and 10.5.

At the end, the example of docs/methods/partnership.md.
"""

import numpy as np
import pytest

from consortia.appraisal import ValueFactors
from consortia.partnership import DuplicatedWork, GroupModel, LevelFactor, price_groups, solve_service
from consortia.partnership.grouping import best_partitions, count_divisions, limited
from consortia.partnership.least_core import least_core
from consortia.partnership.limits import Limits, allowed_groups, connected_groups
from consortia.partnership.marginal_rules import (
    cost_gap,
    equal_charge,
    savings_of_costs,
    separable_costs_remaining_benefits,
)
from consortia.partnership.masks import group_sizes, group_sums, mask_of
from consortia.partnership.nucleolus import is_nucleolus, nucleolus
from consortia.partnership.shares import equal, proportional, shapley
from consortia.partnership.stability import blocking_groups, is_stable


def table(values, players):
    """Write {'12': 50} as a table over all groups of the players named by one letter each."""
    filled = np.zeros(1 << len(players))
    for names, amount in values.items():
        filled[mask_of([players.index(name) for name in names])] = amount
    return filled


def names(groups, players):
    return ["".join(name for place, name in enumerate(players) if group >> place & 1) for group in groups]


# CSG-1: Rahwan and Jennings (2008), four agents.
RAHWAN = {
    "1": 30, "2": 40, "3": 25, "4": 45,
    "12": 50, "13": 60, "14": 80, "23": 55, "24": 70, "34": 80,
    "123": 90, "124": 120, "134": 100, "234": 115,
    "1234": 140,
}  # fmt: skip


def test_csg_1_the_best_grouping_of_four_agents_is_worth_150():
    best = best_partitions(table(RAHWAN, "1234"), 1)[0]
    assert names(best.groups, "1234") == ["1", "2", "34"]
    assert best.value == 30 + 40 + 80 == 150
    assert best.proved


def test_csg_1_the_second_best_is_worth_145_and_four_groupings_reach_it():
    listed = best_partitions(table(RAHWAN, "1234"), 15)
    second = [names(grouping.groups, "1234") for grouping in listed if grouping.value == 145]
    assert [grouping.value for grouping in listed[:2]] == [150, 145]
    assert sorted(second) == [["1", "234"], ["124", "3"], ["13", "2", "4"], ["14", "2", "3"]]
    assert 30 + 115 == 120 + 25 == 60 + 40 + 45 == 80 + 40 + 25 == 145


def test_csg_1_takes_twenty_one_pairs():
    assert best_partitions(table(RAHWAN, "1234"), 1)[0].pairs_evaluated == 2**3 + (3**3 - 1) // 2 == 21


# CSG-2: South East Wales ten and who borders whom.
SOUTH_EAST = (
    "Bridgend", "Vale", "RCT", "Merthyr", "Cardiff",
    "Caerphilly", "BlaenauGwent", "Torfaen", "Monmouthshire", "Newport",
)  # fmt: skip
BORDERS = """Bridgend-RCT Bridgend-Vale Vale-RCT Vale-Cardiff Cardiff-RCT Cardiff-Caerphilly Cardiff-Newport
RCT-Caerphilly RCT-Merthyr Merthyr-Caerphilly Caerphilly-Newport Caerphilly-Torfaen Caerphilly-BlaenauGwent
BlaenauGwent-Monmouthshire BlaenauGwent-Torfaen Torfaen-Newport Torfaen-Monmouthshire Monmouthshire-Newport"""
LINKS = tuple(tuple(SOUTH_EAST.index(name) for name in border.split("-")) for border in BORDERS.split())


def test_csg_2_474_groups_of_the_ten_hang_together_on_the_map():
    connected = connected_groups(10, LINKS)
    by_size = np.bincount(group_sizes(10)[connected], minlength=11)[1:]
    assert len(LINKS) == 18
    assert by_size.tolist() == [10, 18, 36, 64, 97, 112, 86, 40, 10, 1]
    assert connected.sum() == 10 + 18 + 36 + 64 + 97 + 112 + 86 + 40 + 10 + 1 == 474


def test_csg_2_5367_of_the_115975_groupings_are_contiguous():
    assert count_divisions(allowed_groups(10, Limits())) == 115_975
    assert count_divisions(allowed_groups(10, Limits(links=LINKS))) == 5_367


def test_csg_2_58_groupings_make_exactly_two_consortia_and_seven_of_them_are_five_and_five():
    connected = connected_groups(10, LINKS)
    everyone = (1 << 10) - 1
    with_first = np.arange(1, everyone, 2)  # the side that holds Bridgend, so each division is counted once
    sides = with_first[connected[with_first] & connected[everyone ^ with_first]]
    west = mask_of([SOUTH_EAST.index(name) for name in ("Bridgend", "Vale", "RCT", "Merthyr", "Cardiff")])
    assert len(sides) == 58
    assert (group_sizes(10)[sides] == 5).sum() == 7
    assert west in sides


def test_csg_2_the_best_contiguous_grouping_uses_only_connected_groups():
    connected = connected_groups(10, LINKS)
    value = np.random.default_rng(2).normal(group_sizes(10), 1.0)
    best = best_partitions(limited(value, connected), 1)[0]
    assert all(connected[group] for group in best.groups)
    assert sum(best.groups) == (1 << 10) - 1


# TVA-1: Tennessee Valley Authority 1938 (Ransmeier 1942; Straffin and Heaney 1981), thousand dollars:
# navigation, flood control, power.
TVA_COST = table(
    {"N": 163_520, "F": 140_826, "P": 250_096, "NF": 301_607, "NP": 378_821, "FP": 367_370, "NFP": 412_584}, "NFP"
)
TVA_ALONE = TVA_COST[[1, 2, 4]]
TVA_SAVING = group_sums(TVA_ALONE) - TVA_COST


def test_tva_1_the_cost_game_becomes_a_saving_game():
    assert TVA_SAVING.tolist() == [
        0, 0, 0, 163_520 + 140_826 - 301_607,
        0, 163_520 + 250_096 - 378_821, 140_826 + 250_096 - 367_370,
        163_520 + 140_826 + 250_096 - 412_584,
    ]  # fmt: skip
    assert TVA_SAVING[7] == 141_858


def test_tva_1_shapley():
    charge = TVA_ALONE - shapley(TVA_SAVING)
    # Navigation: alone in two orders of six, after flood control once, after power once, last in two.
    navigation = (2 * 163_520 + (301_607 - 140_826) + (378_821 - 250_096) + 2 * (412_584 - 367_370)) / 6
    assert navigation == pytest.approx(117_829, abs=0.1)
    assert charge == pytest.approx([117_829, 100_756.5, 193_998.5], abs=0.1)
    assert charge.sum() == pytest.approx(412_584, abs=1e-6)


def test_tva_1_equal_and_proportional_to_stand_alone_cost():
    assert equal(412_584, 3) == pytest.approx([412_584 / 3] * 3)
    assert equal(412_584, 3)[0] == pytest.approx(137_528, abs=0.1)
    assert pytest.approx(121_682.2, abs=0.1) == 412_584 * 163_520 / (163_520 + 140_826 + 250_096)
    assert proportional(412_584, TVA_ALONE) == pytest.approx([121_682.2, 104_794.6, 186_107.1], abs=0.1)


def test_tva_1_separable_costs():
    separable = [412_584 - TVA_COST[7 ^ bit] for bit in (1, 2, 4)]
    assert separable == [412_584 - 367_370, 412_584 - 378_821, 412_584 - 301_607] == [45_214, 33_763, 110_977]
    assert 412_584 - sum(separable) == 222_630


def test_tva_1_nucleolus():
    charge = TVA_ALONE - nucleolus(TVA_SAVING).shares
    assert charge == pytest.approx([116_234, 93_540, 202_810], abs=0.1)


def test_tva_1_separable_costs_remaining_benefits_and_the_cost_gap_are_the_same():
    # separable 45,214 / 33,763 / 110,977; the other 222,630 by what each saves beyond them
    published = [117_475.5, 99_157.3, 195_951.2]
    assert TVA_ALONE - separable_costs_remaining_benefits(TVA_SAVING) == pytest.approx(published, abs=0.1)
    assert TVA_ALONE - cost_gap(TVA_SAVING) == pytest.approx(published, abs=0.1)


def test_tva_1_equal_charge():
    # 45,214 + 222,630 / 3 = 119,424, and so on
    assert TVA_ALONE - equal_charge(TVA_SAVING) == pytest.approx([119_424, 107_973, 185_187], abs=0.1)


def test_tva_1_the_three_rules_leave_nobody_better_off_alone():
    for charge in (TVA_ALONE - shapley(TVA_SAVING), equal(412_584, 3), proportional(412_584, TVA_ALONE)):
        assert is_stable(TVA_SAVING, TVA_ALONE - charge)


def test_tva_1_charging_flood_control_more_than_its_own_dam_is_named():
    saving = TVA_ALONE - np.array([412_584 - 150_000 - 120_000, 150_000, 120_000])
    (first, *_) = blocking_groups(TVA_SAVING, saving)
    # Navigation pays 142,584 and flood control 150,000: together 292,584, less than their joint 301,607; but flood
    # control alone would pay 140,826, which is 9,174 less.
    assert (first.mask, first.gain) == (0b010, pytest.approx(150_000 - 140_826))


# SKANE-1: Young, Okada and Hashimoto (1979), six groups of municipalities, million Swedish crowns.
SKANE = """A 21.95, H 17.08, K 10.91, L 15.88, M 20.81, T 21.98, AH 34.69, AK 32.86, AL 37.83, AM 42.76, AT 43.93,
HK 22.96, HL 25.00, HM 37.89, HT 39.06, KL 26.79, KM 31.45, KT 32.89, LM 31.10, LT 37.86, MT 39.41, AHK 40.74,
AHL 43.22, AHM 55.50, AHT 56.67, AKL 48.74, AKM 53.40, AKT 54.84, ALM 53.05, ALT 59.81, AMT 61.36, HKL 27.26,
HKM 42.55, HKT 44.94, HLM 45.81, HLT 46.98, HMT 56.49, KLM 42.01, KLT 48.77, KMT 50.32, LMT 51.46, AHKL 48.95,
AHKM 60.25, AHKT 62.72, AHLM 64.03, AHLT 65.20, AHMT 74.10, AKLM 63.96, AKLT 70.72, AKMT 72.27, ALMT 73.41,
HKLM 48.07, HKLT 49.24, HKMT 59.35, HLMT 64.41, KLMT 56.61, AHKLM 69.76, AHKLT 70.93, AHKMT 77.42, AHLMT 83.00,
AKLMT 73.97, HKLMT 66.46, AHKLMT 83.82"""
SKANE_COST = table({who: float(cost) for who, cost in map(str.split, SKANE.split(","))}, "AHKLMT")
SKANE_ALONE = SKANE_COST[[1, 2, 4, 8, 16, 32]]
SKANE_SAVING = group_sums(SKANE_ALONE) - SKANE_COST


def test_skane_1_shapley():
    charge = SKANE_ALONE - shapley(SKANE_SAVING)
    assert charge == pytest.approx([20.01, 10.71, 6.61, 10.37, 16.94, 19.18], abs=0.02)


def test_skane_1_all_63_groups_cost_something():
    assert np.count_nonzero(SKANE_COST) == 63
    assert savings_of_costs(SKANE_COST) == pytest.approx(SKANE_SAVING)


def test_skane_1_separable_costs_remaining_benefits():
    charge = SKANE_ALONE - separable_costs_remaining_benefits(SKANE_SAVING)
    assert charge == pytest.approx([19.54, 13.28, 5.62, 10.90, 16.66, 17.82], abs=0.02)


def test_skane_1_the_complete_nucleolus():
    charge = SKANE_ALONE - nucleolus(SKANE_SAVING).shares
    assert charge == pytest.approx([20.35, 12.06, 5.00, 8.61, 18.32, 19.49], abs=0.01)
    assert is_nucleolus(SKANE_SAVING, SKANE_ALONE - charge)


def test_skane_1_the_print_of_1979_stopped_too_early():
    printed = np.array([20.35, 12.06, 5.00, 8.61, 18.60, 19.21])
    complete = SKANE_ALONE - nucleolus(SKANE_SAVING).shares
    assert printed[4] + printed[5] == pytest.approx(complete[4] + complete[5], abs=0.01)  # 37.81 either way
    early = complete + np.array([0, 0, 0, 0, 0.28, -0.28])
    assert not is_nucleolus(SKANE_SAVING, SKANE_ALONE - early)


def test_skane_1_scrb_is_outside_the_core_and_hkl_is_named():
    # H, K and L would pay 13.28 + 5.62 + 10.90 = 29.80 against 27.26 by themselves
    (first,) = blocking_groups(SKANE_SAVING, separable_costs_remaining_benefits(SKANE_SAVING), count=1)
    assert names([first.mask], "AHKLMT") == ["HKL"]
    assert first.gain == pytest.approx(2.54, abs=0.01)


def test_skane_1_has_a_core_and_the_nucleolus_lies_in_it():
    assert least_core(SKANE_SAVING).surplus == pytest.approx(1.60, abs=0.001)
    assert is_stable(SKANE_SAVING, nucleolus(SKANE_SAVING).shares)


def test_skane_1_shapley_is_not_stable_and_hkl_is_named():
    (first,) = blocking_groups(SKANE_SAVING, shapley(SKANE_SAVING), count=1)
    assert names([first.mask], "AHKLMT") == ["HKL"]
    assert first.gain == pytest.approx(10.71 + 6.61 + 10.37 - 27.26, abs=0.02)


# The example of docs/methods/partnership.md: five councils, customer contact at 3%, collaboration.
COUNCILS = ("Ash", "Beech", "Cedar", "Dogwood", "Elm")
CONTACT = GroupModel(
    cost=(1.0e6, 1.5e6, 2.0e6, 2.5e6, 3.0e6),
    gain=DuplicatedWork(0.03),
    highest_rate=0.10,
    setup_share=0.33,
    levels=(LevelFactor("coordination", 0.10), LevelFactor("cooperation", 0.25), LevelFactor("collaboration", 0.55)),
    factors=ValueFactors(saving=5.466, setup=0.937, coordination=8.317, first_two_years=0.6),
    pair_rate=0.005,
)
RATES = {"low": DuplicatedWork(-0.01), "mode": DuplicatedWork(0.05), "high": DuplicatedWork(0.10)}


@pytest.fixture(scope="module")
def contact():
    return solve_service(CONTACT, partners=COUNCILS, budgets=CONTACT.cost, gains=RATES)


def test_docs_example_a_pair_and_three_are_best(contact):
    small, large = contact.groups
    assert (small.members, large.members) == (("Ash", "Beech"), ("Cedar", "Dogwood", "Elm"))
    assert small.gross_saving == pytest.approx(0.55 * 0.03 * 2 / 3 * 2_500_000) == pytest.approx(27_500)
    assert small.setup == pytest.approx(0.33 * 0.6 * 27_500)
    assert small.coordination == pytest.approx(0.55 * 0.005 * 1_250_000 * 1)
    assert small.value == pytest.approx(5.466 * 27_500 - 0.937 * 5_445 - 8.317 * 3_437.5)
    assert large.value == pytest.approx(5.466 * 110_000 - 0.937 * 21_780 - 8.317 * 20_625)
    assert contact.best.value == pytest.approx(116_623 + 409_314, abs=1)


def test_docs_example_all_five_together_are_worth_less():
    everyone = price_groups(CONTACT).value[0b11111]
    assert everyone == pytest.approx(5.466 * 176_000 - 0.937 * 34_848 - 8.317 * 55_000)
    assert everyone == pytest.approx(471_928, abs=1)


def test_docs_example_runners_up_and_what_was_compared(contact):
    assert [round(one.loses) for one in contact.runners_up] == [3_963, 7_926, 7_926, 11_889]
    assert (contact.groupings_compared, contact.groups_priced, contact.best.pairs_evaluated) == (52, 26, 56)
    assert contact.equally_good == 1


def test_docs_example_shares(contact):
    shares = {division.rule: [round(share) for share in division.shares] for division in contact.divisions}
    assert shares == {
        "budget": [46_649, 69_974, 109_150, 136_438, 163_726],
        "equal": [58_312, 58_312, 136_438, 136_438, 136_438],
        "equal_charge": [58_312, 58_312, 113_113, 136_438, 159_763],
        "scrb": [58_312, 58_312, 118_363, 136_438, 154_513],
        "cost_gap": [58_312, 58_312, 113_113, 136_438, 159_763],
        "shapley": [58_312, 58_312, 124_776, 136_438, 148_100],
        "equal_profit": [46_649, 69_974, 109_150, 136_438, 163_726],
        "nucleolus": [58_312, 58_312, 113_113, 136_438, 159_763],
        "nucleolus_per_head": [58_312, 58_312, 113_113, 136_438, 159_763],
        "nucleolus_across": [44_668, 71_955, 109_150, 136_438, 163_726],
    }


def test_docs_example_who_would_do_better_alone(contact):
    first = {division.rule: division.blocking[0] for division in contact.divisions}
    named = {rule: (contact.names(one.mask), round(one.gain)) for rule, one in first.items()}
    assert named["budget"] == named["equal_profit"] == (("Ash", "Beech", "Cedar"), 19_815)
    assert named["equal"] == (("Beech", "Dogwood", "Elm"), 50_839)
    assert named["equal_charge"] == named["cost_gap"] == (("Beech", "Dogwood", "Elm"), 27_514)
    assert named["scrb"] == (("Beech", "Dogwood", "Elm"), 32_764)
    assert named["shapley"] == (("Beech", "Dogwood", "Elm"), 39_176)
    assert named["nucleolus"] == (("Beech", "Dogwood", "Elm"), 27_514)
    assert contact.recommended.rule == "budget"
    assert contact.recommended.within
    assert not contact.recommended.stable


def test_docs_example_no_division_of_these_groups_is_stable(contact):
    value = price_groups(CONTACT).value
    value[[1 << player for player in range(5)]] = 0.0
    assert least_core(value, contact.best.groups).surplus == pytest.approx(-19_815, abs=1)
    (division,) = [one for one in contact.divisions if one.rule == "nucleolus_across"]
    assert is_nucleolus(value, np.array(division.shares), groups=contact.best.groups)
    assert round(division.blocking[0].gain) == 19_815


def test_docs_example_the_answer_holds_in_two_of_nine_variations(contact):
    together = {(one.gain, one.coordination_multiple): one.grouping.together for one in contact.variations}
    assert [setting for setting, groups in together.items() if not groups] == [("low", 0.5), ("low", 1.0), ("low", 2.0)]
    assert [setting for setting, groups in together.items() if groups == (0b11111,)] == [
        ("mode", 0.5), ("mode", 1.0), ("high", 0.5), ("high", 1.0),
    ]  # fmt: skip
    assert contact.steadiness == pytest.approx(2 / 9)


# CG-1 and CG-2: small games with known answers.
GLOVES = table({"LA": 1, "LB": 1, "LAB": 1}, "LAB")


def test_cg_1_one_left_glove_and_two_right_ones():
    assert shapley(GLOVES) == pytest.approx([2 / 3, 1 / 6, 1 / 6])
    assert nucleolus(GLOVES).shares == pytest.approx([1, 0, 0], abs=1e-9)


def test_cg_2_two_users_of_one_plant():
    alone = np.array([80.0, 36.0])
    saving = savings_of_costs(np.array([0.0, 80, 36, 85]))  # 80 + 36 - 85 = 31 saved together
    assert saving[3] == 31
    assert alone - shapley(saving) == pytest.approx([64.50, 20.50])  # 80 - 15.5 and 36 - 15.5
    assert proportional(85, alone) == pytest.approx([58.62, 26.38], abs=0.005)
    assert (85 - 80, 85 - 36) == (5, 49)  # who comes last pays the increment
