"""Payments between partners year by year, so that each ends with its share and nobody is out of pocket too long.

A partner that hosts a service pays for change first and a rule's share is a present value; this finds what to pay each
other in each year: as little money moved as possible, every year balanced. Source: methods.md 10.3.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from consortia.partnership.masks import FloatArray
from consortia.partnership.refusals import PartnershipError

PENNY: Final = 0.01


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
    `shares` present values that sum to that of all flows. `PartnershipError` where the group itself is in the red in a
    year from `within` on, or a share below zero can not be reached without its partner being so.
    """
    _check(flows, shares, factors)
    _refuse_red(flows, within)
    found = _solve(flows, shares, factors, within)
    if found is None:
        raise PartnershipError(
            f"No payments keep every partner out of the red from year {within} on and give each its share.",
            remedy="Agree a later year, or a rule under which nobody's share is below zero.",
        )
    return Schedule(found, np.cumsum(flows + found, axis=1))


def _solve(flows: FloatArray, shares: FloatArray, factors: FloatArray, within: int) -> FloatArray | None:
    """The linear programme: what is received less what is paid, by partner and year, least in all."""
    from scipy.optimize import linprog
    from scipy.sparse import eye, hstack, kron, vstack

    partners, years = flows.shape
    balanced = kron(np.ones((1, partners)), eye(years))
    worth = kron(eye(partners), factors[None, :])
    sums = kron(eye(partners), np.tril(np.ones((years, years)))[within:])
    red = np.cumsum(flows, axis=1)[:, within:].ravel()
    equal = np.r_[np.zeros(years), shares - flows @ factors]
    rows = vstack([balanced, worth])
    found = linprog(
        np.ones(2 * flows.size),
        A_ub=hstack([-sums, sums]).tocsr(),
        b_ub=red,
        A_eq=hstack([rows, -rows]).tocsr(),
        b_eq=equal,
        bounds=(0, None),
    )
    if found.status != 0:
        return None
    received, paid = np.asarray(found.x).reshape(2, partners, years)
    return np.asarray(received - paid)


def _check(flows: FloatArray, shares: FloatArray, factors: FloatArray) -> None:
    if flows.ndim != 2 or len(shares) != len(flows) or len(factors) != flows.shape[1]:
        raise ValueError("Flows by partner and year, a share for each partner and a factor for each year are needed.")
    if abs(float((flows @ factors).sum() - np.sum(shares))) > PENNY:
        raise ValueError("The shares do not sum to the present value of the flows.")


def _refuse_red(flows: FloatArray, within: int) -> None:
    together = np.cumsum(flows.sum(axis=0))
    red = [year for year in range(within, together.size) if together[year] < -PENNY]
    if red:
        raise PartnershipError(
            f"The group itself is {-together[red[0]]:,.0f} in the red in year {red[0]}: no payments between partners "
            "change that.",
            remedy="Agree a later year, or find money from outside for the change.",
        )
