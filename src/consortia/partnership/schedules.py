"""Payments between partners year by year, so that each ends with its share and nobody is out of pocket too long.

A partner that hosts a service pays for change first and a rule's share is a present value; this finds what to pay each
other in each year: as level as possible from year to year, every year balanced. Source: methods.md 10.3.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from consortia.partnership.masks import FloatArray
from consortia.partnership.refusals import PartnershipError

PENNY: Final = 0.01
NOTHING: Final = 1e-9
"""A distance that is rounding: no payments do what is asked."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Payments [partner, year], received above zero and paid below; each year sums to nothing. Real pounds."""

    payments: FloatArray
    cumulative: FloatArray
    """Each partner's running total, its own flows and the payments, [partner, year]."""

    @property
    def moved(self) -> float:
        """Pounds that change hands over all years."""
        return float(np.maximum(self.payments, 0.0).sum())


def payment_schedule(flows: FloatArray, shares: FloatArray, *, factors: FloatArray, within: int) -> Schedule:
    """Give the payments that bring each partner to its share and out of the red from year `within` on.

    `flows` [partner, year] are each one's own net savings, real pounds, `factors` the discount factor of each year, and
    `shares` present values that sum to that of all flows. `PartnershipError` where a share is below zero, where the
    group itself is in the red in a year from `within` on, or where no payments do it.
    """
    _check(flows, shares, factors)
    _refuse_loser(shares)
    _refuse_red(flows, within)
    found = _solve(flows, shares, factors, within)
    if found is None:
        raise PartnershipError(
            f"No payments keep every partner out of the red from year {within} on and give each its share.",
            remedy="Agree a later year, or another rule.",
        )
    return Schedule(found, np.cumsum(flows + found, axis=1))


def _solve(flows: FloatArray, shares: FloatArray, factors: FloatArray, within: int) -> FloatArray | None:
    """The payments that do it with the least sum of discounted squares, nothing where none do; only one answer.

    Weighed so, payments that nothing constrains are the same real pounds every year. Least distance programming.
    Source: Lawson and Hanson, Solving Least Squares Problems (1974), chapter 23.
    """
    from scipy.linalg import null_space
    from scipy.optimize import nnls

    scale, weights = float(np.abs(flows).max()) or 1.0, np.sqrt(np.tile(factors, len(flows)))
    fixed, owed = _bound_to(flows / scale, shares / scale, factors)
    sums, least = _out_of_the_red(flows / scale, within)
    fixed, sums = fixed / weights, sums / weights
    level = np.linalg.pinv(fixed) @ owed
    free = null_space(fixed)
    table = np.vstack([(sums @ free).T, least - sums @ level])
    parts, distance = nnls(table, np.r_[np.zeros(free.shape[1]), 1.0])
    if distance < NOTHING:
        return None
    left = table @ parts - np.r_[np.zeros(free.shape[1]), 1.0]
    payments = (level - free @ (left[:-1] / left[-1])) / weights
    return np.asarray(payments.reshape(flows.shape) * scale)


def _bound_to(flows: FloatArray, shares: FloatArray, factors: FloatArray) -> tuple[FloatArray, FloatArray]:
    """What payments must equal: every year balances, and each partner comes to its share."""
    partners, years = flows.shape
    balanced = np.kron(np.ones((1, partners)), np.eye(years))
    worth = np.kron(np.eye(partners), factors[None, :])
    owed = np.r_[np.zeros(years), shares - flows @ factors]
    return np.asarray(np.vstack([balanced, worth]), dtype=np.float64), np.asarray(owed)


def _out_of_the_red(flows: FloatArray, within: int) -> tuple[FloatArray, FloatArray]:
    """What payments must reach at least: each partner's total to date, from year `within` on, is not below zero."""
    partners, years = flows.shape
    sums = np.kron(np.eye(partners), np.tril(np.ones((years, years)))[within:])
    return np.asarray(sums, dtype=np.float64), -np.cumsum(flows, axis=1)[:, within:].ravel()


def _check(flows: FloatArray, shares: FloatArray, factors: FloatArray) -> None:
    if flows.ndim != 2 or len(shares) != len(flows) or len(factors) != flows.shape[1]:
        raise ValueError("Flows by partner and year, a share for each partner and a factor for each year are needed.")
    if abs(float((flows @ factors).sum() - np.sum(shares))) > PENNY:
        raise ValueError("The shares do not sum to the present value of the flows.")


def _refuse_loser(shares: FloatArray) -> None:
    """A share below zero has no schedule: discounting alone could hide the loss, paid early and given back late."""
    if shares.min() < -PENNY:
        raise PartnershipError(
            f"A share of {shares.min():,.0f} is below zero: its partner is out of pocket in the end, "
            "whatever it is paid in between.",
            remedy="Agree a rule under which nobody's share is below zero.",
        )


def _refuse_red(flows: FloatArray, within: int) -> None:
    together = np.cumsum(flows.sum(axis=0))
    red = [year for year in range(within, together.size) if together[year] < -PENNY]
    if red:
        raise PartnershipError(
            f"The group itself is {-together[red[0]]:,.0f} in the red in year {red[0]}: no payments between partners "
            "change that.",
            remedy="Agree a later year, or find money from outside for the change.",
        )
