"""What listed groups would be worth, where there are too many players for a table over all groups.

The same sums as `value.price_groups`, for the groups of a list: a test holds the two together.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from consortia.appraisal.proposals import duplicated_work
from consortia.partnership.columns import NOBODY, Columns
from consortia.partnership.masks import BoolArray, FloatArray, players_of
from consortia.partnership.value import DuplicatedWork, GroupModel


@dataclass(frozen=True, slots=True)
class ListedValues:
    """One entry for every listed group. Single players are worth 0."""

    value: FloatArray
    """Present value over the horizon; minus infinity for two and more where there is no level to price."""
    level: npt.NDArray[np.int8]
    """Index into the model's levels of the best one; -1 for single players and for groups that share nothing."""


def price_listed(model: GroupModel, columns: Columns) -> ListedValues:
    """Give every listed group its value at its best level (methods.md 8.1 rule 3); of equal levels the shallower."""
    gain, pairs, factors = _gain(model, columns), _coordination(model, columns), model.factors
    value, level = np.full(len(columns), -np.inf), np.full(len(columns), -1, np.int8)
    for index, each in enumerate(model.levels):
        if each.factor > 0:
            saving = each.factor * gain
            setup = model.setup_share * factors.first_two_years * np.maximum(saving, 0.0)
            coordination = model.fixed + each.factor * pairs
            now = factors.saving * saving - factors.setup * setup - factors.coordination * coordination
            better = now > value
            value, level = np.where(better, now, value), np.where(better, np.int8(index), level)
    alone = (columns.sizes < 2) | (_may_idle(model, columns) & (value <= 0))
    return ListedValues(np.where(alone, 0.0, value), np.where(alone, np.int8(-1), level))


def _may_idle(model: GroupModel, columns: Columns) -> BoolArray:
    """Say which of the groups may stand together and share nothing."""
    idle = {players_of(mask) for mask in model.idle}
    if not idle:
        return np.zeros(len(columns), np.bool_)
    return np.array([columns.group(place) in idle for place in range(len(columns))], np.bool_)


def _gain(model: GroupModel, columns: Columns) -> FloatArray:
    """Annual gross saving at full integration, capped."""
    cost, gain = columns.sums(model.cost), model.gain
    if isinstance(gain, DuplicatedWork):
        by_size = np.array([0.0, *(duplicated_work(members) for members in range(1, columns.members.shape[1] + 1))])
        saved = cost * gain.rate * by_size[columns.sizes]
    else:
        limit = np.inf if gain.efficient_size is None else gain.efficient_size
        volumes = np.array(gain.volumes)
        weighted = np.array(model.cost) * np.minimum(volumes, limit) ** (1 - gain.elasticity)
        together = np.minimum(columns.sums(volumes), limit)
        saved = cost - columns.sums(weighted) * together ** (gain.elasticity - 1)
    return np.asarray(np.minimum(saved, model.highest_rate * cost))


def _coordination(model: GroupModel, columns: Columns) -> FloatArray:
    """Annual coordination cost at full integration, without k0."""
    sizes = columns.sizes
    pairs = sizes * (sizes - 1) / 2
    weights = model.pair_rate * pairs
    if model.unlikeness is not None:
        weights = weights + model.unlikeness_rate * _unlike(np.array(model.unlikeness), columns) / np.maximum(pairs, 1)
    return np.asarray(columns.sums(model.cost) / np.maximum(sizes, 1) * weights)


def _unlike(matrix: FloatArray, columns: Columns) -> FloatArray:
    """The sum over the pairs of each group's members."""
    padded = np.pad(matrix, ((0, 1), (0, 1)))
    members = np.where(columns.members == NOBODY, len(matrix), columns.members)
    total = np.zeros(len(columns))
    for one, other in combinations(range(members.shape[1]), 2):
        total += padded[members[:, one], members[:, other]]
    return total
