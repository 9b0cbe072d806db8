"""Who leaves next when one leaves, what it costs the rest, and whether the work is shared as the gain is."""

import numpy as np
import pytest

from consortia.partnership.burden import burdens, evenness
from consortia.partnership.exit import ExitTerms, cascade, walk_away_price
from consortia.partnership.masks import group_sums, player_count
from consortia.partnership.shares import equal_rule, proportional_rule


def hub(savings, cost, players=4):
    """A group is worth what its members save less the cost of one hub; alone there is no hub and no saving."""
    value = group_sums(savings) - cost
    value[[0, *(1 << player for player in range(players))]] = 0.0
    return value


# Four partners save 40, 30, 20 and 10 by a hub of 55: 45 left. By equal shares of the hub, 13.75 each.
SAVINGS = [40.0, 30, 20, 10]


def equal_contributions(game, members):
    """Each keeps its saving and pays the same part of the hub."""
    saved = np.array([SAVINGS[member] for member in members])
    return saved - (saved.sum() - game[-1]) / len(members)


def test_when_the_largest_leaves_the_smallest_pay_more_than_they_save_and_go_one_by_one():
    found = cascade(hub(SAVINGS, 55.0), 0b1111, 0, rule=equal_contributions)
    # of the rest, each pays 55 / 3 = 18.33: 30, 20 and 10 save 11.67, 1.67 and -8.33, so the last goes;
    # then 27.50 each: 2.50 and -7.50, so the third goes; the second is alone
    assert found.departures[0].shares == pytest.approx((0, 11.67, 1.67, -8.33), abs=0.01)
    assert [one.player for one in found.departures] == [0, 3, 2]
    assert found.next_to_leave == 3
    assert found.left == 0


def test_what_a_departure_costs_the_rest_is_what_they_had_less_what_they_have():
    found = cascade(hub(SAVINGS, 55.0), 0b1111, 3, rule=equal_contributions)
    # with all: 60 - 3 x 13.75 less the last one's own; before 26.25 + 16.25 + 6.25 = 48.75, after 90 - 55 = 35
    assert found.departures[0].costs_the_rest == pytest.approx(48.75 - 35)
    assert [one.player for one in found.departures] == [3]
    assert found.left == 0b0111


def test_all_that_follows_counts():
    found = cascade(hub(SAVINGS, 55.0), 0b1111, 0, rule=equal_contributions)
    # the rest had 16.25 + 6.25 - 3.75 = 18.75 with the first, and nothing in the end
    assert found.costs_the_rest == pytest.approx(18.75)


def test_a_price_for_leaving_holds_the_group_together():
    terms = ExitTerms(leaver_pays=(0, 9, 9, 9), rest_bear=(0, 0, 0, 0))
    found = cascade(hub(SAVINGS, 55.0), 0b1111, 0, rule=equal_contributions, terms=terms)
    assert [one.player for one in found.departures] == [0]
    assert found.left == 0b1110


def test_cost_that_does_not_stop_can_drive_out_the_next():
    value = hub([30.0, 30, 30, 30], 40.0)
    terms = ExitTerms(leaver_pays=(0,) * 4, rest_bear=(60.0, 60, 60, 60))
    assert [one.player for one in cascade(value, 15, 0, rule=equal_rule).departures] == [0]
    # 90 - 40 - 60 = -10 for three: somebody goes, and then the pair is worth 60 - 40 - 120
    assert len(cascade(value, 15, 0, rule=equal_rule, terms=terms).departures) == 3


def test_the_walk_away_price_is_what_a_share_may_fall():
    value = hub(SAVINGS, 55.0)
    terms = ExitTerms(leaver_pays=(5, 0, 0, 0), rest_bear=(0,) * 4)
    assert walk_away_price(value, [20, 15, 8, 2], terms) == pytest.approx([25, 15, 8, 2])


def test_who_is_in_no_group_can_not_leave():
    with pytest.raises(ValueError, match="not a member"):
        cascade(hub(SAVINGS, 55.0), 0b0110, 0, rule=equal_rule)


@pytest.mark.parametrize("seed", range(10))
def test_those_left_hold_together(seed):
    rng = np.random.default_rng(seed)
    value = group_sums(rng.random(6)) * rng.random(64) - 0.5
    value[[1 << player for player in range(6)]] = 0.0
    rule = proportional_rule((rng.random(6) + 0.1).tolist())
    found = cascade(value, 63, int(rng.integers(6)), rule=rule)
    last = np.array(found.departures[-1].shares)
    assert player_count(value) == 6
    assert found.left == 0 or (last[[p for p in range(6) if found.left >> p & 1]] >= -1e-9).all()


def test_wrk_1_twenty_of_a_hundred_share_everything():
    assert evenness([5.0] * 20 + [0.0] * 80) == pytest.approx(0.20)


def test_wrk_2_loads_of_one_to_four():
    assert evenness([1, 2, 3, 4]) == pytest.approx(100 / (4 * 30))  # .8333


def test_who_works_above_its_part_of_the_gain_is_flagged():
    found = burdens(
        effort=[600, 200, 200], capacity=[500, 400, 400], benefit=[50, 25, 25], hosted=[90, 10, 0],
        population=[100, 100, 200],
    )  # fmt: skip
    assert [one.index for one in found] == pytest.approx([1.2, 0.8, 0.8])
    assert [one.load for one in found] == pytest.approx([1.2, 0.5, 0.5])
    assert [one.hosting_gap for one in found] == pytest.approx([0.65, -0.15, -0.5])
    assert [one.overloaded for one in found] == [True, False, False]


def test_who_works_and_gains_nothing_is_overloaded_without_an_index():
    first, _ = burdens(effort=[10, 10], capacity=[20, 20], benefit=[-5, 10], hosted=[0, 0], population=[1, 1])
    assert first.index is None
    assert first.overloaded
