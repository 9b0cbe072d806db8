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
from consortia.partnership.masks import FloatArray, Worths
from consortia.partnership.price_rows import (
    NO_CURVE,
    NO_PAIRS,
    Curve,
    Terms,
    add_all,
    halves,
    pair_halves,
    price_all,
    size_halves,
)


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
    idle: tuple[int, ...] = ()
    """Groups, as masks, whose members wish to stand together: they may do so and share nothing, which is worth 0."""

    def __post_init__(self) -> None:
        """Refuse what cannot be priced: `ValueError` with the reason."""
        _check(self)


@dataclass(frozen=True, slots=True)
class GroupValues:
    """One entry for every group: the index is the group as a bit mask. Single partners and nobody are worth 0."""

    value: FloatArray
    """Present value over the horizon, pounds; minus infinity for two and more where there is no level to price."""
    level: npt.NDArray[np.int8]
    """Index into the model's levels of the best one; -1 for single partners and for groups that share nothing."""
    gross_saving: FloatArray
    """Annual gross saving in the steady state at that level, pounds."""
    setup: FloatArray
    """Set-up cost at that level, pounds, undiscounted."""
    coordination: FloatArray
    """Annual coordination cost at that level, pounds."""


@dataclass(frozen=True, slots=True)
class TotalValue:
    """What every group is worth over several services, each at its best level; single partners and nobody 0."""

    value: Worths
    """Present value over the horizon, pounds; minus infinity for two and more where a service has no level to price."""
    prices: int
    """Prices worked out, the same on every machine: groups times services, whatever the number of levels."""


def price_groups(model: GroupModel) -> GroupValues:
    """Give every group its value at its best level (methods.md 8.1 rule 3).

    v(S) = saving factor x gross saving - set-up factor x set-up - coordination factor x coordination, where gross
    saving = level factor x gain at full integration. A level of factor 0 costs and saves nothing: it is the same as
    doing nothing and is not priced. Of levels with the same value the shallower wins.
    """
    players, priced = len(model.cost), _priced_levels(model)
    if not priced:
        return _at_rest(_unpriced(players), model.idle)
    found = price_all(_terms(model))
    deep = found.deep == 1
    factor = np.where(deep, model.levels[priced[-1]].factor, model.levels[priced[0]].factor)
    saving = factor * found.gain
    values = GroupValues(
        value=found.value,
        level=np.where(deep, np.int8(priced[-1]), np.int8(priced[0])),
        gross_saving=saving,
        setup=model.setup_share * model.factors.first_two_years * np.maximum(saving, 0.0),
        coordination=model.fixed + factor * found.pairs,
    )
    for table in (values.value, values.gross_saving, values.setup, values.coordination):
        table[_alone(players)] = 0.0
    values.level[_alone(players)] = -1
    return _at_rest(values, model.idle)


def total_value(models: Sequence[GroupModel], *, single: bool = False) -> TotalValue:
    """Give what every group is worth over all services at once, as `price_groups` prices each of them.

    `single` keeps four bytes a group instead of eight: a pound in ten million. Groups that may share nothing do so in
    one service at a time only. `ValueError` unless there is a service, and all have the same number of partners.
    """
    if len({len(model.cost) for model in models}) != 1:
        raise ValueError("Services are added up for the same partners, and there is at least one service.")
    players = len(models[0].cost)
    idle = list(models[0].idle) if len(models) == 1 else []
    value, prices = _forbidden(players, single=single), 0
    if all(map(_priced_levels, models)):
        value, prices = add_all([_terms(model) for model in models], single=single)
        value[_alone(players)] = 0.0
    value[idle] = np.maximum(value[idle], 0.0)
    return TotalValue(value, prices)


def brings_by_size(model: GroupModel) -> tuple[FloatArray, float] | None:
    """Give what a pound of cost brings to a group by the group's size (alone: nothing), and what every group costs.

    `None` where more than its total cost and its size counts: by a scale curve, or where unlikeness is priced.
    """
    levels = _priced_levels(model)
    if isinstance(model.gain, ScaleCurve) or not levels or (model.unlikeness_rate and model.unlikeness is not None):
        return None
    rate, (per_gain, per_loss, per_pairs) = _rate_by_size(model), _present_values(model)
    worth = np.where(rate > 0, per_gain, per_loss) * rate - per_pairs * _pair_weight(model)
    brings = np.maximum(model.levels[levels[0]].factor * worth, model.levels[levels[-1]].factor * worth)
    brings[:2] = 0.0
    return np.asarray(brings), float(model.factors.coordination * model.fixed)


def _priced_levels(model: GroupModel) -> list[int]:
    """The shallowest and the deepest level that save anything; of levels with the same factor the first."""
    factors = [level.factor for level in model.levels]
    saving = [factor for factor in factors if factor > 0]
    return [factors.index(saving[0]), factors.index(saving[-1])] if saving else []


def _terms(model: GroupModel) -> Terms:
    """What the price of a group is made of, by halves and by size."""
    players, priced = len(model.cost), _priced_levels(model)
    per_gain, per_loss, per_pairs = _present_values(model)
    sizes = np.arange(players + 1)
    unlike = model.unlikeness if model.unlikeness_rate else None
    return Terms(
        sizes=size_halves(players),
        cost=halves(model.cost),
        rate=_rate_by_size(model),
        curve=_curve(model.cost, model.gain) if isinstance(model.gain, ScaleCurve) else NO_CURVE,
        pair_weight=_pair_weight(model),
        unlike_weight=model.unlikeness_rate / (np.maximum(sizes * (sizes - 1) / 2, 1) * np.maximum(sizes, 1)),
        unlike=NO_PAIRS if unlike is None else pair_halves(np.array(unlike, dtype=np.float64)),
        per_gain=per_gain,
        per_loss=per_loss,
        per_pairs=per_pairs,
        shallowest=float(model.levels[priced[0]].factor),
        deepest=float(model.levels[priced[-1]].factor),
        always=float(model.factors.coordination * model.fixed),
    )


def _present_values(model: GroupModel) -> tuple[float, float, float]:
    """Of a pound a year gained (its set-up taken off), lost, and spent on coordination."""
    present = model.factors
    gained = present.saving - present.setup * model.setup_share * present.first_two_years
    return float(gained), float(present.saving), float(present.coordination)


def _pair_weight(model: GroupModel) -> FloatArray:
    """By size: coordination of the pairs at full integration per pound of the group's cost."""
    sizes = np.arange(len(model.cost) + 1)
    return np.asarray(model.pair_rate * (sizes * (sizes - 1) / 2) / np.maximum(sizes, 1))


def _rate_by_size(model: GroupModel) -> FloatArray:
    """The part of its cost that a group saves by its size, capped; by a scale curve the cap alone. Nobody: nothing."""
    highest = np.full(len(model.cost) + 1, float(model.highest_rate))
    if isinstance(model.gain, ScaleCurve):
        return highest
    part = np.array([0.0, *(duplicated_work(members) for members in range(1, highest.size))])
    return np.asarray(np.minimum(model.gain.rate * part, highest))


def _curve(cost: Sequence[float], curve: ScaleCurve) -> Curve:
    """Cost together: sum of C_i (min(Q_S, q*) / min(q_i, q*))^(b-1) over the members, by two subset sums."""
    limit = np.inf if curve.efficient_size is None else float(curve.efficient_size)
    volumes = np.array(curve.volumes, dtype=np.float64)
    weighted = np.array(cost) * np.minimum(volumes, limit) ** (1 - curve.elasticity)
    return Curve(halves(weighted), halves(volumes), float(curve.elasticity - 1), limit)


def _forbidden(players: int, *, single: bool = False) -> Worths:
    value: Worths = np.empty(1 << players, np.float32) if single else np.empty(1 << players)
    value[:] = -np.inf
    value[_alone(players)] = 0.0
    return value


def _unpriced(players: int) -> GroupValues:
    value, nothing = np.asarray(_forbidden(players), np.float64), np.zeros(1 << players)
    return GroupValues(value, np.full(value.size, -1, np.int8), nothing, nothing, nothing)


def _at_rest(values: GroupValues, idle: Sequence[int]) -> GroupValues:
    """Let groups that may share nothing do so where sharing gains nothing."""
    masks = [mask for mask in idle if values.value[mask] <= 0]
    for table in (values.value, values.gross_saving, values.setup, values.coordination):
        table[masks] = 0.0
    values.level[masks] = -1
    return values


def _alone(players: int) -> list[int]:
    """Nobody, and every single partner."""
    return [0, *(1 << player for player in range(players))]


def _check(model: GroupModel) -> None:
    partners = len(model.cost)
    if not all(np.isfinite(cost) and cost >= 0 for cost in model.cost):
        raise ValueError("A group is priced from costs that are known and not negative.")
    if not all(0 < mask < 1 << partners for mask in model.idle):
        raise ValueError("A group that may share nothing is one of these partners.")
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
