"""What stated figures imply about each other: a rate, a total, a sum of parts. Checks that a reader could make by hand.

A difference within the rounding of what was printed is no difference. Source: product.md rows 2, 144, 152 and 159.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

TWICE = 2.0
"""A rate more than twice, or less than half, of a known one is queried [J]."""


@dataclass(frozen=True, slots=True)
class RateCheck:
    """The rate that a claim implies beside a known one; pounds a unit."""

    implied: float
    known: float
    limit: float = TWICE

    @property
    def ratio(self) -> float:
        """Implied over known."""
        return self.implied / self.known

    @property
    def query(self) -> bool:
        """True when they are too far apart for the claim to stand without an explanation."""
        return self.ratio > self.limit or self.ratio < 1.0 / self.limit


def check_rate(amount: float, *, units: float, known: float, limit: float = TWICE) -> RateCheck:
    """A claimed saving over the units it came from, against what a unit is known to cost."""
    return RateCheck(amount / units, known, limit)


@dataclass(frozen=True, slots=True)
class ImpliedTotal:
    """The whole that a count and its share imply, with the ends that the rounding of the share leaves open."""

    total: float
    low: float
    high: float


def implied_total(count: float, *, share: float, rounded_to: float = 0.01) -> ImpliedTotal:
    """Count over share: 62 posts that are 45% of the posts imply about 138. The share is known to half a step."""
    half = rounded_to / 2
    high = count / (share - half) if share > half else float("inf")
    return ImpliedTotal(count / share, count / (share + half), high)


def in_common(totals: Sequence[ImpliedTotal]) -> tuple[float, float] | None:
    """The totals that fit every one of them; None: no single total does, so that the whole must have changed."""
    low, high = max(one.low for one in totals), min(one.high for one in totals)
    return (low, high) if low <= high else None


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Parts against the total that was stated, in one unit."""

    parts: float
    stated: float
    rounding: float
    """What rounding of the parts and the total could make up."""

    @property
    def difference(self) -> float:
        """Parts less what was stated; below zero: something is missing."""
        return self.parts - self.stated

    @property
    def agrees(self) -> bool:
        """True when rounding can explain the difference."""
        return abs(self.difference) <= self.rounding


def reconciled(
    parts: Sequence[float], *, stated: float, printed_to: float = 0.0, stated_to: float | None = None
) -> Reconciliation:
    """Whether parts add up to a stated total, when each part is printed to so much and the total to `stated_to`.

    The tolerance is half a step for each part and for the total (in the same steps unless told otherwise), and a hair
    for the arithmetic of the machine.
    """
    hair = 1e-9 * max(1.0, abs(stated))
    total_step = printed_to if stated_to is None else stated_to
    return Reconciliation(sum(parts), stated, (printed_to * len(parts) + total_step) / 2 + hair)
