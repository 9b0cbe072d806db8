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


def test_a_share_below_zero_has_no_schedule_even_where_discounting_would_hide_it():
    # paid 10 early and given back 10 late is no loss in pounds, and one in present value
    factors = np.array([1.0, 0.9, 0.8, 0.7])
    shares = np.array([0.0, -2.0])
    shares[0] = float((FLOWS @ factors).sum()) + 2
    with pytest.raises(PartnershipError, match="A share of -2 is below zero"):
        payment_schedule(FLOWS, shares, factors=factors, within=3)


def test_payments_are_level_where_nothing_forbids_it():
    # the second's 30 alone become 50: 20 in four years, 5 in each, discounted or not
    found = payment_schedule(FLOWS, np.array([50.0, 50.0]), factors=UNDISCOUNTED, within=3)
    assert found.payments == pytest.approx(np.array([[-5.0] * 4, [5.0] * 4]))
    factors = 0.965 ** np.arange(4)
    worth = FLOWS @ factors + np.array([-5.0, 5.0]) * factors.sum()
    found = payment_schedule(FLOWS, worth, factors=factors, within=3)
    assert found.payments == pytest.approx(np.array([[-5.0] * 4, [5.0] * 4]))


def test_like_partners_are_paid_alike():
    flows = np.vstack([FLOWS, FLOWS[1]])
    found = payment_schedule(flows, np.array([40.0, 45.0, 45.0]), factors=UNDISCOUNTED, within=2)
    assert found.payments[1] == pytest.approx(found.payments[2])


@pytest.mark.parametrize("seed", range(5))
def test_a_second_solver_finds_no_more_level_payments(seed):
    rng = np.random.default_rng(seed)
    flows = np.hstack([-rng.random((3, 1)) * 10, rng.random((3, 4)) * 10])
    factors, within = 0.965 ** np.arange(5), 3
    shares = np.full(3, float((flows @ factors).sum()) / 3)
    found = payment_schedule(flows, shares, factors=factors, within=within)
    assert (found.payments**2 @ factors).sum() == pytest.approx(least_squares(flows, shares, factors, within), rel=1e-6)


def least_squares(flows, shares, factors, within):
    """The least sum of discounted squares by sequential quadratic programming."""
    from scipy.optimize import minimize

    def totals(x):
        return np.cumsum(flows + x.reshape(flows.shape), axis=1)

    rules = [
        {"type": "eq", "fun": lambda x: x.reshape(flows.shape)[:-1].sum(axis=0) + x.reshape(flows.shape)[-1]},
        {"type": "eq", "fun": lambda x: ((flows + x.reshape(flows.shape)) @ factors - shares)[:-1]},
        {"type": "ineq", "fun": lambda x: totals(x)[:, within:].ravel()},
    ]
    weights = np.tile(factors, len(flows))
    found = minimize(
        lambda x: (weights * x**2).sum(),
        np.zeros(flows.size),
        jac=lambda x: 2 * weights * x,
        constraints=rules,
        options={"ftol": 1e-12},
    )
    assert found.success
    return found.fun


def test_shares_that_do_not_sum_to_the_flows_are_a_mistake():
    with pytest.raises(ValueError, match="do not sum"):
        payment_schedule(FLOWS, np.array([50.0, 60.0]), factors=UNDISCOUNTED, within=2)
