"""The best division by scans of a whole table: the same as by the dynamic programme, and bounded where not proved."""

import numpy as np
import pytest

from consortia.partnership import best_partition, total_value
from consortia.partnership.columns import columns_of_masks
from consortia.partnership.grouping import limited
from consortia.partnership.limits import Limits, allowed_groups
from consortia.partnership.listed_values import price_listed
from consortia.partnership.table_partition import Effort, best_of_table
from consortia.partnership.value import DuplicatedWork, ScaleCurve


def nobody_at_nothing(table):
    table = table.copy()
    table[0] = 0.0
    return table


def services(model, players, seed, count=4):
    """Pricing models of a few services by both rules: costs and rates at random, ten per cent apart at most."""
    random = np.random.default_rng(seed)
    for number in range(count):
        cost = tuple(random.lognormal(14, 0.7, players))
        gain = ScaleCurve(0.96, cost) if number % 2 else DuplicatedWork(random.uniform(0.02, 0.08))
        yield model(cost=cost, gain=gain, highest_rate=0.15, pair_rate=random.uniform(0.005, 0.02), setup_share=0.33)


def exact_of(models):
    players = len(models[0].cost)
    return lambda masks: sum(price_listed(one, columns_of_masks(players, masks)).value for one in models)


@pytest.mark.parametrize("players", [1, 2, 5, 9])
def test_it_agrees_with_the_dynamic_programme_on_every_distribution(drawn_table, players):
    table = nobody_at_nothing(drawn_table(players, seed=players))
    found = best_of_table(table)
    assert found.proved
    assert found.value == pytest.approx(best_partition(table).value, rel=1e-9)


@pytest.mark.parametrize("players", [4, 7])
def test_it_agrees_with_every_division(drawn_table, every_division, players):
    table = nobody_at_nothing(drawn_table(players, seed=2))
    wanted = max(table[list(one)].sum() for one in every_division(players))
    assert best_of_table(table).value == pytest.approx(wanted, rel=1e-9)


@pytest.mark.parametrize("players", [12, 13, 15, 16])
def test_priced_tables_are_proved_with_few_scans(model, players):
    models = list(services(model, players, seed=players))
    table = total_value(models).value
    found, best = best_of_table(table), best_partition(table)
    assert found.proved
    assert found.value == pytest.approx(best.value, rel=1e-12)
    assert set(found.groups) == set(best.groups)
    assert found.rounds <= 60
    assert found.programmes <= found.rounds
    assert found.groups_looked_at <= (found.rounds + 8) * table.size
    assert found.kept < table.size / 10


@pytest.mark.parametrize("players", [12, 14])
def test_a_table_in_four_bytes_a_group_gives_the_same_division_and_its_exact_value(model, players):
    models = list(services(model, players, seed=1))
    whole, rounded = total_value(models), total_value(models, single=True)
    assert rounded.value.dtype == np.float32
    assert rounded.prices == whole.prices
    assert rounded.value == pytest.approx(whole.value, rel=2.0**-23)
    found = best_of_table(rounded.value, exact_of(models))
    assert found.proved
    assert found.value == pytest.approx(best_partition(whole.value).value, rel=1e-12)


def test_what_the_rounding_hides_is_found_by_the_exact_values():
    exact = np.zeros(16)
    exact[[0b0011, 0b1100, 0b0101, 0b1010]] = 1e8, 1e8, 1e8, 1e8 + 1
    rounded = exact.astype(np.float32)
    assert rounded[0b1010] == rounded[0b1100]
    found = best_of_table(rounded, lambda masks: exact[masks])
    assert (found.groups, found.value, found.proved) == ((0b0101, 0b1010), 2e8 + 1, True)


def test_forbidden_groups_are_in_no_division(drawn_table):
    table = nobody_at_nothing(drawn_table(9, seed=3))
    table = nobody_at_nothing(limited(table, allowed_groups(9, Limits(together=((0, 5),), apart=((1, 2),), largest=4))))
    assert best_of_table(table).value == pytest.approx(best_partition(table).value, rel=1e-9)


def test_no_way_to_divide_is_said():
    with pytest.raises(ValueError, match="no way to divide"):
        best_of_table(np.array([0.0, 1.0, -np.inf, -np.inf]))


def test_parts_of_groups_that_cover_everybody_are_no_division():
    pairs = np.full(8, -np.inf)
    pairs[[0b011, 0b101, 0b110]] = 1.0
    with pytest.raises(ValueError, match="no way to divide"):
        best_of_table(nobody_at_nothing(pairs))


@pytest.mark.parametrize("worth", [np.nan, np.inf])
def test_what_is_no_value_is_refused(worth):
    with pytest.raises(ValueError, match="a number or minus infinity"):
        best_of_table(np.array([0.0, 1.0, worth, 3.0]))


def test_what_is_not_proved_has_a_bound_above_the_best(drawn_table):
    table = nobody_at_nothing(drawn_table(10, seed=4))
    hurried, best = best_of_table(table, effort=Effort(scans=3, kept=0)), best_partition(table).value
    assert hurried.value <= best + 1e-9 * abs(best)
    assert hurried.bound >= best - 1e-9 * abs(best)
    assert not hurried.proved


def test_no_group_is_worth_more_than_its_members_are_priced(drawn_table):
    table = nobody_at_nothing(drawn_table(8, seed=5))
    found = best_of_table(table)
    members = np.arange(1, 256)[:, None] >> np.arange(8) & 1
    assert (members @ np.array(found.prices) - table[1:] >= -1e-9 * found.value).all()
    assert sum(found.prices) >= found.value * (1 - 1e-12)
