"""What every group of partners would be worth, at its best level of integration, as present value in pounds.

Source: methods.md 8.1, "Default value of a group" [J]. The present value itself is the appraisal's: it hands over four
factors, so a group and an appraised case are priced in one place. Amounts are pounds at the price base of the costs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from consortia.appraisal.factors import ValueFactors
from consortia.appraisal.proposals import duplicated_work
from consortia.partnership.masks import FloatArray, group_sizes, group_sums, pair_sums


@dataclass(frozen=True, slots=True)
class DuplicatedWork:
    """Rule 2, where the scale curve cannot tell: only fixed work done several times is shared."""

    rate: float
    """Saving at full integration as a fraction of addressable gross cost, as a group of four would see it."""


@dataclass(frozen=True, slots=True)
class ScaleCurve:
    """Rule 1, where the scale curve finds an effect: unit cost falls with the group's volume, up to a size."""

    elasticity: float
    """b: cost grows as volume to this power; below 1 size saves."""
    volumes: tuple[float, ...]
    """Each partner's volume (its denominator), all above zero."""
    efficient_size: float | None = None
    """Above this volume size saves nothing more; `None`: no such size is known."""


Gain = DuplicatedWork | ScaleCurve


@dataclass(frozen=True, slots=True)
class LevelFactor:
    """A level of integration and the part of the full saving that it reaches."""

    code: str
    factor: float


@dataclass(frozen=True, slots=True)
class GroupModel:
    """All that the value of a group of partners depends on, for one service. Costs in real pounds a year."""

    cost: tuple[float, ...]
    """Each partner's harmonised addressable gross cost."""
    gain: Gain
    highest_rate: float
    """The gain is capped at this fraction of the group's cost (the high end of the reference range)."""
    setup_share: float
    """Set-up cost as a fraction of the first two years' gross saving."""
    levels: tuple[LevelFactor, ...]
    """The levels to price, up to the service's ceiling."""
    factors: ValueFactors
    pair_rate: float = 0.0
    """k1: coordination a year for each pair at full integration, as a fraction of the group's mean partner's cost."""
    fixed: float = 0.0
    """k0: coordination a year of any group, pounds, whatever the level."""
    unlikeness_rate: float = 0.0
    """k2: coordination a year at unlikeness 1 at full integration, as a fraction of the mean partner's cost."""
    unlikeness: tuple[tuple[float, ...], ...] | None = None
    """How unlike each pair is (systems, distance, service levels), 0 to 1; a group is as unlike as its mean pair.
    `None`: not known, and not priced."""

    def __post_init__(self) -> None:
        """Refuse what cannot be priced: `ValueError` with the reason."""
        _check(self)


@dataclass(frozen=True, slots=True)
class GroupValues:
    """One entry for every group: the index is the group as a bit mask. Single partners and nobody are worth 0."""

    value: FloatArray
    """Present value over the horizon, pounds; minus infinity for two and more where there is no level to price."""
    level: npt.NDArray[np.int8]
    """Index into the model's levels of the best one; -1 for single partners."""
    gross_saving: FloatArray
    """Annual gross saving in the steady state at that level, pounds."""
    setup: FloatArray
    """Set-up cost at that level, pounds, undiscounted."""
    coordination: FloatArray
    """Annual coordination cost at that level, pounds."""


def price_groups(model: GroupModel) -> GroupValues:
    """Give every group its value at its best level (methods.md 8.1 rule 3).

    v(S) = saving factor x gross saving - set-up factor x set-up - coordination factor x coordination, where gross
    saving = level factor x gain at full integration. A level of factor 0 costs and saves nothing: it is the same as
    doing nothing and is not priced. Of levels with the same value the shallower wins.
    """
    gain, pairs = full_gain(model), full_coordination(model)
    best = _unpriced(len(model.cost))
    for index, level in enumerate(model.levels):
        if level.factor > 0:
            best = _better(best, _at_level(model, gain, pairs, index))
    return _with_singles_at_zero(best)


def full_gain(model: GroupModel) -> FloatArray:
    """Give every group's annual gross saving at full integration, pounds, capped (methods.md 8.1 rules 1 to 3)."""
    cost = group_sums(model.cost)
    gain = model.gain
    if isinstance(gain, DuplicatedWork):
        saved = cost * (gain.rate * _duplication(len(model.cost)))
    else:
        saved = cost - _cost_together(model.cost, gain)
    return np.minimum(saved, model.highest_rate * cost)


def full_coordination(model: GroupModel) -> FloatArray:
    """Give every group's annual coordination cost at full integration, pounds, without k0 (which no level changes)."""
    sizes = group_sizes(len(model.cost))
    pairs = sizes * (sizes - 1) / 2
    weights = model.pair_rate * pairs
    if model.unlikeness is not None:
        weights = weights + model.unlikeness_rate * pair_sums(np.array(model.unlikeness)) / np.maximum(pairs, 1)
    return group_sums(model.cost) / np.maximum(sizes, 1) * weights


def _duplication(players: int) -> FloatArray:
    """Part of p_s that every group sees by its size; nobody sees nothing."""
    by_size = np.array([0.0, *(duplicated_work(members) for members in range(1, players + 1))])
    return by_size[group_sizes(players)]


def _cost_together(cost: Sequence[float], curve: ScaleCurve) -> FloatArray:
    """Sum of C_i (min(Q_S, q*) / min(q_i, q*))^(b-1) over the members, by two subset sums."""
    limit = np.inf if curve.efficient_size is None else curve.efficient_size
    volumes = np.array(curve.volumes)
    weighted = np.array(cost) * np.minimum(volumes, limit) ** (1 - curve.elasticity)
    together = np.minimum(group_sums(volumes), limit)
    together[0] = 1.0  # nobody has no volume; its cost is zero in any case
    return group_sums(weighted) * together ** (curve.elasticity - 1)


def _at_level(model: GroupModel, gain: FloatArray, pairs: FloatArray, index: int) -> GroupValues:
    factor, present = model.levels[index].factor, model.factors
    saving = factor * gain
    setup = model.setup_share * present.first_two_years * np.maximum(saving, 0.0)
    coordination = model.fixed + factor * pairs
    value = present.saving * saving - present.setup * setup - present.coordination * coordination
    return GroupValues(value, np.full(gain.size, index, np.int8), saving, setup, coordination)


def _better(first: GroupValues, second: GroupValues) -> GroupValues:
    """Keep for every group the better of two; the first if they are equal."""
    higher = second.value > first.value
    return GroupValues(
        np.where(higher, second.value, first.value),
        np.where(higher, second.level, first.level),
        np.where(higher, second.gross_saving, first.gross_saving),
        np.where(higher, second.setup, first.setup),
        np.where(higher, second.coordination, first.coordination),
    )


def _unpriced(players: int) -> GroupValues:
    size = 1 << players
    nothing = np.zeros(size)
    return GroupValues(np.full(size, -np.inf), np.full(size, -1, np.int8), nothing, nothing, nothing)


def _with_singles_at_zero(values: GroupValues) -> GroupValues:
    alone = group_sizes(values.value.size.bit_length() - 1) < 2
    return GroupValues(
        np.where(alone, 0.0, values.value),
        np.where(alone, np.int8(-1), values.level),
        np.where(alone, 0.0, values.gross_saving),
        np.where(alone, 0.0, values.setup),
        np.where(alone, 0.0, values.coordination),
    )


def _check(model: GroupModel) -> None:
    partners = len(model.cost)
    if not all(np.isfinite(cost) and cost >= 0 for cost in model.cost):
        raise ValueError("A group is priced from costs that are known and not negative.")
    factors = [level.factor for level in model.levels]
    if factors != sorted(factors):
        raise ValueError("Levels go from the shallowest to the deepest.")
    if isinstance(model.gain, ScaleCurve):
        _check_volumes(model.gain.volumes, partners)
    if model.unlikeness is not None and {len(model.unlikeness), *map(len, model.unlikeness)} != {partners}:
        raise ValueError(f"The unlikeness of {partners} partners is a square of that size.")


def _check_volumes(volumes: tuple[float, ...], partners: int) -> None:
    if len(volumes) != partners or not all(np.isfinite(volume) and volume > 0 for volume in volumes):
        raise ValueError("The scale curve needs every partner's volume, known and above zero.")
