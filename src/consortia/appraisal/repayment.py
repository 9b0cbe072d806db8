"""Invest to save: money lent for a change and paid back from what it saves. Cash of each year, as a fund counts it.

Source: methods.md 5.7. The rate is the fund's own (or the Public Works Loan Board's), an argument.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from consortia.appraisal.refusals import AppraisalError


@dataclass(frozen=True, slots=True)
class Instalment:
    """One year of a repayment, pounds."""

    year: int
    """Years after the money was lent: 1, 2..."""
    opening: float
    interest: float
    payment: float
    closing: float


@dataclass(frozen=True, slots=True)
class Repayment:
    """A loan paid back from savings, year by year."""

    instalments: tuple[Instalment, ...]
    net_saving: tuple[float, ...]
    """What is left of each year's saving for the budget, pounds of that year; below zero where it does not suffice."""

    @property
    def repaid_in(self) -> int | None:
        """The year in which nothing is owed any more; None: not within the years looked at."""
        return next((one.year for one in self.instalments if one.closing <= _PENNY), None)

    @property
    def interest(self) -> float:
        """All interest together."""
        return sum(one.interest for one in self.instalments)


_PENNY = 0.005


def level_payment(amount: float, *, years: int, rate: float) -> float:
    """The same payment at the end of each of so many years that pays back an amount: amount / sum of (1 + r)^-k.

    Without interest it is the amount over the years. A payment at the beginning of each year is this over 1 + r.
    """
    if years < 1:
        raise AppraisalError("A repayment needs one year at least.", remedy="Give the number of yearly payments.")
    return amount / sum((1.0 + rate) ** -year for year in range(1, years + 1))


def repaid_level(amount: float, *, years: int, rate: float, savings: Sequence[float]) -> Repayment:
    """Equal payments over so many years, beginning a year after the money was lent, whatever has been saved by then."""
    payment = level_payment(amount, years=years, rate=rate)
    return _repaid(amount, rate, [payment if t < years else 0.0 for t in range(len(savings))], savings)


def repaid_from_savings(amount: float, *, rate: float, share: float, savings: Sequence[float]) -> Repayment:
    """The same part of each year's saving until nothing is owed; a year that saves nothing pays nothing."""
    return _repaid(amount, rate, [share * max(saving, 0.0) for saving in savings], savings)


def _repaid(amount: float, rate: float, payments: Sequence[float], savings: Sequence[float]) -> Repayment:
    owed, instalments = amount, []
    for year, planned in enumerate(payments, start=1):
        interest = owed * rate
        payment = min(planned, owed + interest)
        instalments.append(Instalment(year, owed, interest, payment, owed + interest - payment))
        owed = instalments[-1].closing
    net = [saving - one.payment for saving, one in zip(savings, instalments, strict=True)]
    return Repayment(tuple(instalments), tuple(net))
