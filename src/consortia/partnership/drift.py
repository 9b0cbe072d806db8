"""Service levels that drift apart: who chooses more or less than was agreed bears what that choice costs.

A joint service is costed at one level for all. If one then chooses more, the extra would be spread over everybody by
the key of the agreement; if one chooses less, the cost that does not fall away would. Both are charged to the one who
chose. What several have chosen together (a step in cost from a level on) is borne by those at or above it, by use, as
in serial cost sharing (Moulin and Shenker 1992). Source: methods.md 10 and issue "will it hold"; nothing here knows of
councils.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from consortia.partnership.masks import FloatArray


@dataclass(frozen=True, slots=True)
class Step:
    """A cost a year that arises once anybody is at a level or above it."""

    level: float
    cost: float


@dataclass(frozen=True, slots=True)
class Drift:
    """What one player pays a year for a joint service whose members chose different levels; unit of the cost."""

    agreed: float
    """Its part of the cost at the agreed level."""
    charge: float
    """What its own choice adds to the cost, below zero where it takes off."""
    spread: float
    """What it would pay if all cost were shared by use, whoever chose it."""

    @property
    def pays(self) -> float:
        """Give what it pays: its agreed part and its choice."""
        return self.agreed + self.charge

    @property
    def spared(self) -> float:
        """Give what it would pay for the choices of others, were they not charged with them; below zero: it gains."""
        return self.spread - self.pays


def drift_charges(
    *,
    cost: float,
    use: Sequence[float],
    standard: float,
    levels: Sequence[float],
    varies: float,
    falls_away: float,
    steps: Sequence[Step] = (),
) -> tuple[Drift, ...]:
    """Give for each player what it pays a year when it has chosen its own level of a service costed at `standard`.

    `cost` is that of all at the standard, shared by `use`; `varies` the part of it that moves in proportion to the
    level; of what should fall away where somebody chooses less, `falls_away` in fact does. Payments add up to the whole
    cost.
    `ValueError` unless use, levels and standard are above zero and the parts lie between 0 and 1.
    """
    weights, chosen = np.asarray(use, dtype=np.float64), np.asarray(levels, dtype=np.float64)
    _check(weights, chosen, standard=standard, parts=(varies, falls_away))
    key = weights / weights.sum()
    agreed = cost * key
    moved = agreed * varies * (chosen / standard - 1)
    charge = np.where(moved > 0, moved, falls_away * moved) + _of_steps(steps, weights, chosen)
    spread = (cost + charge.sum()) * key
    return tuple(Drift(float(a), float(c), float(s)) for a, c, s in zip(agreed, charge, spread, strict=True))


def _of_steps(steps: Sequence[Step], weights: FloatArray, chosen: FloatArray) -> FloatArray:
    """Each step's cost over those at its level or above, by use."""
    total = np.zeros(weights.size)
    for step in steps:
        those = np.where(chosen >= step.level, weights, 0.0)
        if those.any():
            total += step.cost * those / those.sum()
    return total


def _check(weights: FloatArray, chosen: FloatArray, *, standard: float, parts: tuple[float, float]) -> None:
    if weights.size != chosen.size or not (weights > 0).all() or not (chosen > 0).all() or not standard > 0:
        raise ValueError("Every player needs a use and a level above zero, and the standard is above zero.")
    if not all(0 <= part <= 1 for part in parts):
        raise ValueError("What varies with the level and what falls away are parts between 0 and 1.")
