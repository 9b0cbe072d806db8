"""Floors and caps on shares, and payments year by year."""

import numpy as np
import pytest

from consortia.partnership.damping import damped
from consortia.partnership.refusals import PartnershipError
from consortia.partnership.schedules import payment_schedule

NONE = -np.inf
ANY = np.inf


def test_what_a_floor_lifts_is_taken_from_the_others_by_weight():
    # -4 is lifted to 0; the 4 come from 10 alone, since 0 is at its floor
    assert damped(np.array([10.0, 0, -4]), floors=[0, 0, 0], caps=[ANY] * 3, weights=[1, 1, 1]) == pytest.approx(
        [6, 0, 0]
    )


def test_what_a_cap_cuts_goes_to_the_others_by_weight():
    # 4 over the cap, one part to the second and three to the third
    found = damped(np.array([10.0, 1, 1]), floors=[NONE] * 3, caps=[6, ANY, ANY], weights=[1, 1, 3])
    assert found == pytest.approx([6, 2, 4])


def test_shares_within_their_bounds_stay():
    shares = np.array([3.0, 2, 1])
    assert damped(shares, floors=[0] * 3, caps=[5] * 3, weights=[1, 1, 1]) == pytest.approx(shares)


@pytest.mark.parametrize("seed", range(10))
def test_bounds_are_kept_and_the_total_stays(seed):
    rng = np.random.default_rng(seed)
    shares, floors = rng.normal(0, 10, 5), rng.normal(-6, 2, 5)
    caps = floors + rng.random(5) * 40
    try:
        found = damped(shares, floors=floors.tolist(), caps=caps.tolist(), weights=(rng.random(5) + 0.1).tolist())
    except PartnershipError:
        assert not floors.sum() <= shares.sum() <= caps.sum()
        return
    assert found.sum() == pytest.approx(shares.sum())
    assert (found >= floors - 1e-9).all()
    assert (found <= caps + 1e-9).all()


def test_floors_above_the_total_are_refused_with_a_remedy():
    with pytest.raises(PartnershipError, match="leave no way to share 3"):
        damped(np.array([1.0, 1, 1]), floors=[2, 2, 2], caps=[ANY] * 3, weights=[1, 1, 1])


# Two partners. The first pays 100 for the change and has 50, 60 and 60 after; the second has 10 a year.
FLOWS = np.array([[-100.0, 50, 60, 60], [0, 10, 10, 10]])
UNDISCOUNTED = np.ones(4)


def test_each_ends_with_its_share_and_every_year_balances():
    found = payment_schedule(FLOWS, np.array([50.0, 50.0]), factors=UNDISCOUNTED, within=2)
    # alone: 70 and 30; 20 change hands in all
    assert found.cumulative[:, -1] == pytest.approx([50, 50])
    assert found.payments.sum(axis=0) == pytest.approx(np.zeros(4))
    assert found.moved == pytest.approx(20)


def test_nobody_is_in_the_red_from_the_agreed_year():
    # in year 2 the first has -100 + 50 + 60 = 10; in year 1 it is 50 short, and the pair 40
    found = payment_schedule(FLOWS, np.array([50.0, 50.0]), factors=UNDISCOUNTED, within=2)
    assert (found.cumulative[:, 2:] >= -0.01).all()


def test_a_group_in_the_red_itself_can_not_be_helped_by_payments():
    with pytest.raises(PartnershipError, match="40 in the red in year 1"):
        payment_schedule(FLOWS, np.array([50.0, 50.0]), factors=UNDISCOUNTED, within=1)


def test_a_share_below_zero_leaves_its_partner_in_the_red():
    with pytest.raises(PartnershipError, match="No payments keep every partner"):
        payment_schedule(FLOWS, np.array([110.0, -10.0]), factors=UNDISCOUNTED, within=2)


def test_shares_that_do_not_sum_to_the_flows_are_a_mistake():
    with pytest.raises(ValueError, match="do not sum"):
        payment_schedule(FLOWS, np.array([50.0, 60.0]), factors=UNDISCOUNTED, within=2)
