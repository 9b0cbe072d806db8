"""Is the work shared as the gain is? Load, burden index and how even they are.

Source: methods.md 15; Jain, Chiu and Hawe (1984) for the index of fairness. "Avoid over-burdening one partner" is
one of the lessons of the shared services that went before. Nothing here knows of councils.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from consortia.partnership.masks import FloatArray

HEAVY: Final = 1.25
"""A burden index above this is flagged [J]."""


@dataclass(frozen=True, slots=True)
class Burden:
    """What one player brings and what it gains."""

    load: float | None
    """Hours committed over hours it can spare; `None` where it has none to spare."""
    effort_share: float
    """Its part of all effort."""
    benefit_share: float
    """Its part of all gains; nothing for who loses."""
    hosting_gap: float
    """Its part of what is hosted less its part of the people served: above zero it hosts more than its part."""

    @property
    def index(self) -> float | None:
        """Effort over benefit: 1 is in proportion; `None` for who works and gains nothing."""
        if self.benefit_share > 0:
            return self.effort_share / self.benefit_share
        return None if self.effort_share > 0 else 1.0

    @property
    def overloaded(self) -> bool:
        """Say whether it has committed more than it has, or works well above its part of the gain."""
        too_much = self.load > 1 if self.load is not None else self.effort_share > 0
        return too_much or self.index is None or self.index > HEAVY


def burdens(
    *,
    effort: Sequence[float],
    capacity: Sequence[float],
    benefit: Sequence[float],
    hosted: Sequence[float],
    population: Sequence[float],
) -> tuple[Burden, ...]:
    """Give the burden of each player: hours of effort and capacity, pounds of benefit and of spending hosted, people.

    `ValueError` unless all have the same length and none but benefit holds an amount below zero.
    """
    rows = [np.asarray(row, dtype=np.float64) for row in (effort, capacity, benefit, hosted, population)]
    if len({row.size for row in rows}) > 1 or any((row < 0).any() for row in (rows[0], rows[1], rows[3], rows[4])):
        raise ValueError("Effort, capacity, benefit, hosting and population need one amount for each, none below zero.")
    hours, spare, gains, hosting, people = rows
    given, gained = parts(hours), parts(np.maximum(gains, 0.0))
    gap = parts(hosting) - parts(people) if hosting.any() else np.zeros(hours.size)
    return tuple(
        Burden(float(hours[i] / spare[i]) if spare[i] else None, float(given[i]), float(gained[i]), float(gap[i]))
        for i in range(hours.size)
    )


def parts(amounts: FloatArray) -> FloatArray:
    """Give what part of all each has; nothing for anybody where there is nothing."""
    total = float(amounts.sum())
    return amounts / total if total else np.zeros(amounts.size)


def evenness(amounts: Sequence[float] | FloatArray) -> float:
    """Give Jain's index, (sum x)^2 / (n sum x^2): 1 when all have the same, 1/n when one has everything."""
    found = np.asarray(amounts, dtype=np.float64)
    squares = float((found**2).sum())
    return float(found.sum()) ** 2 / (found.size * squares) if squares else 1.0
