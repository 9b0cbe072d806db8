"""What no division into groups of whatever size and shape is worth more than: a bound that needs no list of groups.

A group's worth is not more than the sum over its members of what each brings in a group of that size at its best: the
saving on its own cost with the largest others beside it, less its part of the coordination of so many pairs alike. The
most of it over all sizes, added up over the players, bounds every division. Nothing here knows of councils.
"""

from collections.abc import Iterator

import numpy as np

from consortia.appraisal.proposals import duplicated_work
from consortia.partnership.masks import FloatArray
from consortia.partnership.value import DuplicatedWork, GroupModel, LevelFactor, ScaleCurve


def size_bound(model: GroupModel, *, largest: int | None = None) -> float:
    """Give a bound on the value of every division into groups (of at most so many members); present value.

    Limits can only lower what is reached; setting up costs at least its part of what a group saves.
    """
    players = len(model.cost)
    most = np.zeros(players)
    for size in range(2, min(largest or players, players) + 1):
        for level in model.levels:
            if level.factor > 0:
                most = np.maximum(most, _each(model, level, size))
    return float(most.sum())


def _each(model: GroupModel, level: LevelFactor, size: int) -> FloatArray:
    """The most that each player brings to any group of that size at a level."""
    factors, cost = model.factors, np.array(model.cost)
    per_gain = factors.saving - factors.setup * model.setup_share * factors.first_two_years
    coordination = level.factor * model.pair_rate * (size - 1) / 2 * cost + model.fixed / size
    return np.asarray(per_gain * level.factor * _saved(model, size) - factors.coordination * coordination)


def _saved(model: GroupModel, size: int) -> FloatArray:
    cost, gain = np.array(model.cost), model.gain
    if isinstance(gain, DuplicatedWork):
        return np.asarray(cost * min(gain.rate * duplicated_work(size), model.highest_rate))
    return np.asarray(cost * np.max(list(_by_curve(gain, size)), axis=0))


def _by_curve(curve: ScaleCurve, size: int) -> Iterator[FloatArray]:
    """The part saved beside the largest others, and beside the smallest: one of them is the most that size can do."""
    volumes = np.array(curve.volumes)
    limit = np.inf if curve.efficient_size is None else curve.efficient_size
    for ordered in (np.sort(volumes)[::-1], np.sort(volumes)):
        # A player among the others is counted twice: in `together` and as itself, which only widens the bound.
        together = volumes + ordered[: size - 1].sum()
        yield 1 - (np.minimum(together, limit) / np.minimum(volumes, limit)) ** (curve.elasticity - 1)
