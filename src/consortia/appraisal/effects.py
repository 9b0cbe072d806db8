"""What a change brings in, from how it comes about to a stream: a part of a line, units, spend, amounts by year.

Each function shows one sum; amounts are real pounds of the base year. The kinds (cashable, non-cashable, avoidance,
income, one-off) stay apart: a stream has one, and nothing here adds two of them. Source: methods.md 5.4 to 5.8.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.home import Home
from consortia.appraisal.refusals import AppraisalError
from consortia.appraisal.streams import Stream


def rate_of_line(
    key: str,
    *,
    home: Home,
    line: str,
    rate: float,
    adoption: FloatArray,
    kind: str = "cashable",
    cap: float | None = None,
) -> Stream:
    """A part of a budget line: rate x the part adopted. It grows with the line, and meets what others leave of it.

    A rate below zero is extra cost. Refuses a rate above one: nobody saves more than a line costs.
    """
    if rate > 1:
        raise AppraisalError(
            f"'{key}' would save {rate:.0%} of line '{line}', more than there is.",
            remedy="Give the rate as a part of the line: 0.15 for 15%.",
        )
    planned = tuple(float(part) for part in rate * adoption)
    return replace(home.stream(key, kind=kind, planned=planned), line=line, of_line=True, cap=cap)


def units_saved(unit_cost: float, *, volume: float, rate: float, adoption: FloatArray) -> FloatArray:
    """Unit cost x volume x the part of it that changes x the part adopted, pounds of each year.

    A volume that grows multiplies it along its own path.
    """
    return np.asarray(unit_cost * volume * rate * adoption)


def at_scale(stream: Stream, *, volume: float, needed: float) -> Stream:
    """The stream as it is where the scale suffices, and nothing of it where it does not: no part of a minimum works."""
    return stream if volume >= needed else replace(stream, planned=(0.0,) * len(stream.planned))


@dataclass(frozen=True, slots=True, kw_only=True)
class Spend:
    """What one partner buys in one category: pounds a year, and the part that could be let anew in the horizon."""

    partner: str
    category: str
    amount: float
    open_share: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledCategory:
    """One category over all partners, with its arithmetic: the part open to the market x the price won by size."""

    category: str
    spend: float
    open_spend: float
    partners: tuple[str, ...]
    saving: float
    """Pounds a year: open spend x rate, nothing where only one partner buys."""


def pooled(spending: Sequence[Spend], *, rate: float) -> tuple[PooledCategory, ...]:
    """Categories that partners could buy together, most attractive to the market (largest open spend) first.

    A category that only one partner buys is listed and saves nothing: there is nothing to pool.
    """
    categories = dict.fromkeys(spend.category for spend in spending)
    found = [_pool([spend for spend in spending if spend.category == category], rate) for category in categories]
    return tuple(sorted(found, key=lambda pool: (-pool.open_spend, pool.category)))


def _pool(spending: Sequence[Spend], rate: float) -> PooledCategory:
    open_spend = sum(spend.amount * spend.open_share for spend in spending)
    partners = tuple(dict.fromkeys(spend.partner for spend in spending))
    return PooledCategory(
        category=spending[0].category,
        spend=sum(spend.amount for spend in spending),
        open_spend=open_spend,
        partners=partners,
        saving=open_spend * rate if len(partners) > 1 else 0.0,
    )
