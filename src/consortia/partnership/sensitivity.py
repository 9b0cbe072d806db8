"""How easily the best grouping of one service flips when the assumptions move within their ranges.

Source: methods.md 8.1 point 4 and 9.5 (the chosen grouping is the winner of a comparison: say how often it stays it).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from consortia.partnership.grouping import Grouping, best_partition, best_value, limited
from consortia.partnership.masks import BoolArray, FloatArray
from consortia.partnership.value import DuplicatedWork, Gain, GroupModel, total_value

COORDINATION_MULTIPLES: Final = (0.5, 1.0, 2.0)
"""The coordination cost per pair is tried at half, at one and at twice its value [J]."""
SAME_VALUE: Final = 1e-9
"""Two groupings whose values differ by less than this fraction are equally good: rounding noise."""


@dataclass(frozen=True, slots=True)
class Variation:
    """The best grouping under one other combination of assumptions."""

    gain: str
    """Name of the saving assumption tried, such as 'low'."""
    coordination_multiple: float
    grouping: Grouping
    holds: bool
    """Whether the grouping chosen in the central case is still (one of) the best."""


def vary(
    model: GroupModel, chosen: Grouping, *, allowed: BoolArray, gains: Mapping[str, Gain]
) -> tuple[Variation, ...]:
    """Give the best grouping for each saving assumption at half, one and twice the coordination cost per pair."""
    return tuple(
        _vary_once(_with(model, gain, multiple), chosen, allowed=allowed, name=name, multiple=multiple)
        for name, gain in gains.items()
        for multiple in COORDINATION_MULTIPLES
    )


def selection_frequency(
    model: GroupModel, chosen: Grouping, *, allowed: BoolArray, drawn: Sequence[float] | FloatArray, points: int = 64
) -> float:
    """Give the part of the draws at which the chosen grouping is still (one of) the best, 0 to 1.

    `drawn` are saving rates where the model is priced by duplicated work, elasticities where by a scale curve. They are
    represented by `points` of them at equal steps of rank, so the answer is about 1/points away from the share of all
    draws; every point prices all groups anew, at their best levels. `ValueError` if nothing was drawn.
    """
    stays = [
        _holds(chosen, _table(_with(model, _gain_at(model.gain, float(one)), 1.0), allowed))
        for one in _representatives(drawn, points)
    ]
    return sum(stays) / len(stays)


def _vary_once(model: GroupModel, chosen: Grouping, *, allowed: BoolArray, name: str, multiple: float) -> Variation:
    table = _table(model, allowed)
    best = best_partition(table)
    return Variation(name, multiple, best, _as_good(table, chosen, best.value))


def _gain_at(gain: Gain, drawn: float) -> Gain:
    return DuplicatedWork(drawn) if isinstance(gain, DuplicatedWork) else replace(gain, elasticity=drawn)


def _with(model: GroupModel, gain: Gain, multiple: float) -> GroupModel:
    return replace(model, gain=gain, pair_rate=model.pair_rate * multiple)


def _table(model: GroupModel, allowed: BoolArray) -> FloatArray:
    return limited(total_value((model,)).value, allowed)


def _holds(chosen: Grouping, table: FloatArray) -> bool:
    return _as_good(table, chosen, best_value(table))


def _as_good(table: FloatArray, chosen: Grouping, best: float) -> bool:
    """Who stands alone is worth nothing, even where a wish lets it stand alone only if others do."""
    return best - float(table[list(chosen.together)].sum()) <= SAME_VALUE * abs(best)


def _representatives(drawn: Sequence[float] | FloatArray, points: int) -> FloatArray:
    """Take the middle draw of each of so many equally likely slices."""
    ranked = np.sort(np.asarray(drawn, dtype=np.float64))
    if ranked.size == 0:
        raise ValueError("The selection frequency needs at least one draw.")
    count = min(points, ranked.size)
    return ranked[((np.arange(count) + 0.5) * ranked.size / count).astype(np.int64)]
