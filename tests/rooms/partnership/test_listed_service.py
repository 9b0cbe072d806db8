"""Where there are too many partners for a table over all groups: the best of listed groups, each a game of its own."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consortia.appraisal import ValueFactors
from consortia.partnership import (
    DuplicatedWork,
    GroupModel,
    LevelFactor,
    Limits,
    PartnershipError,
    ScaleCurve,
    best_partitions,
    price_groups,
    solve_service,
)
from consortia.partnership.circles import circle_of
from consortia.partnership.columns import columns_of_masks
from consortia.partnership.listed_service import listed_frequency, listed_worth, retest_listed, solve_listed
from consortia.partnership.size_bound import size_bound

COST = (1.0e6, 1.4e6, 1.9e6, 2.3e6, 2.8e6, 3.1e6)
PARTNERS = ("Ash", "Beech", "Cedar", "Dogwood", "Elm", "Fir")
EVERY_GROUP = columns_of_masks(6, np.arange(1, 64))
MODEL = GroupModel(
    cost=COST,
    gain=DuplicatedWork(0.05),
    highest_rate=0.12,
    setup_share=0.33,
    levels=(LevelFactor("cooperation", 0.25), LevelFactor("collaboration", 0.55)),
    factors=ValueFactors(5.466, 0.937, 8.317, 0.6),
    pair_rate=0.008,
)
RANGE = {"low": DuplicatedWork(-0.02), "mode": DuplicatedWork(0.05), "high": DuplicatedWork(0.1)}


def listed(model=MODEL):
    weights = {"budget": COST}
    return solve_listed(
        model, partners=PARTNERS, columns=EVERY_GROUP, weights=weights, gains=RANGE, limits=Limits()
    )  # fmt: skip


def test_with_every_group_listed_the_answer_is_that_of_the_table():
    own, table = listed(), solve_service(MODEL, partners=PARTNERS, budgets=COST, gains=RANGE)
    assert own.best.value == pytest.approx(table.best.value)
    assert own.best.proved
    assert [one.loses for one in own.runners_up] == pytest.approx([one.loses for one in table.runners_up], abs=1e-3)
    assert [one.holds for one in own.variations] == [one.holds for one in table.variations]
    assert own.most_promising.value == pytest.approx(table.most_promising.value)


def test_each_group_is_shared_out_as_a_game_of_its_own():
    answer = listed()
    shares = dict(zip(PARTNERS, answer.divisions[0].shares, strict=True))
    for group in answer.groups:
        assert sum(shares[name] for name in group.members) == pytest.approx(group.value)
        part = [COST[PARTNERS.index(name)] for name in group.members]
        assert shares[group.members[0]] == pytest.approx(group.value * part[0] / sum(part))


def test_a_circle_knows_its_players_among_all():
    circle = circle_of(replace(MODEL, cost=(9e9, 1e5, 1e6, 3e6)), Limits(), (1, 2, 3))
    assert circle.model.cost == (1e5, 1e6, 3e6)
    assert circle.outside(0b101) == 0b1010
    assert circle.inside(0b1010) == 0b101
    assert circle.holds(0b0110)
    assert not circle.holds(0b0011)


def test_limits_hold_inside_a_circle_too():
    circle = circle_of(MODEL, Limits(apart=((0, 4), (4, 5)), largest=2), (0, 4, 5))
    assert np.isneginf(circle.game[[0b011, 0b110, 0b111]]).all()
    assert np.isfinite(circle.game[0b101])


def test_the_choice_is_tested_on_draws_among_the_listed():
    best = listed().best
    assert listed_frequency(MODEL, best, columns=EVERY_GROUP, drawn=[MODEL.gain, DuplicatedWork(-0.01)]) == 0.5
    again = retest_listed(MODEL, best, columns=EVERY_GROUP, drawn=[MODEL, replace(MODEL, gain=DuplicatedWork(0.0))])
    assert again.central == pytest.approx(best.value)
    assert again.survives == 0.5
    assert again.regret > 0


def test_wishes_that_contradict_each_other_are_refused():
    alone = columns_of_masks(6, np.array([1, 2, 4, 8, 16]))
    with pytest.raises(PartnershipError, match="contradict"):
        listed_worth(MODEL, alone)


def test_the_bound_is_reached_where_everybody_can_stand_in_a_group_of_the_best_size():
    # Six alike; three is the best size: two groups of three are the bound to the penny.
    alike = replace(MODEL, cost=(2e6,) * 6)
    assert size_bound(alike) == pytest.approx(listed(alike).best.value)


gains = st.one_of(
    st.floats(-0.05, 0.15).map(DuplicatedWork),
    st.tuples(st.floats(0.8, 1.1), st.lists(st.floats(10, 1e5), min_size=5, max_size=5)).map(
        lambda drawn: ScaleCurve(drawn[0], tuple(drawn[1]), 5e4)
    ),
)


@settings(max_examples=60, deadline=None)
@given(
    cost=st.lists(st.floats(1e3, 1e7), min_size=5, max_size=5), gain=gains, pair_rate=st.floats(0, 0.03),
    fixed=st.floats(0, 1e5),
)  # fmt: skip
def test_no_division_is_worth_more_than_the_bound(cost, gain, pair_rate, fixed):
    model = replace(MODEL, cost=tuple(cost), gain=gain, pair_rate=pair_rate, fixed=fixed)
    best = best_partitions(price_groups(model).value, 1)[0].value
    assert best <= size_bound(model) + 1e-6 * max(abs(best), 1.0)
