"""What benchmarks/large.py and joint.py solve: published spending and real borders, priced by methods.md 8.1 rule 2.

And synthetic maps and prices, seeded: borders are a triangulation of random points without its longest links; thirty
services have economies of scale (cost together = the sum of their volumes to a power of 0.86 to 0.99), five levels, a
set-up cost for each member, and coordination that grows with pairs and distance. At `times` 20 groups of four or five
are the best, at 5 they want to be larger than eight: the limit binds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

FloatArray = npt.NDArray[np.float64]

HEADS = (
    "education", "highways", "childrens_social_care", "adult_social_care", "housing", "cultural", "environmental",
    "planning", "central",
)  # fmt: skip
WELSH_HEADS_EDITION, ENGLISH_EDITION = "wales-2024-25", "rsx-2024-25"
RATE, HIGHEST, ELASTICITY = 0.04, 0.12, 0.96
SAVING, SETUP, COORDINATION, FIRST_TWO_YEARS, SETUP_SHARE = 5.466, 0.937, 8.317, 0.6, 0.33
LEVELS = (0.1, 0.25, 0.55, 0.8, 1.0)
SERVICES, SPREAD = 30, 0.6
MEAN_COST, PER_MEMBER, PER_PAIR, PER_DISTANCE = 160.0, 0.4, 0.0015, 0.006
SYNTHETIC_LEVELS = np.array([0.1, 0.25, 0.55, 0.8, 1.0])
DEGREE = 5.2


def london() -> list[str]:
    """Give the codes of the London boroughs and the City."""
    return _codes("E09")


def wales() -> list[str]:
    """Give the codes of the Welsh authorities."""
    return _codes("W06")


def districts() -> list[str]:
    """Give the codes of England's district-level councils."""
    return sorted(code for start in ("E06", "E07", "E08", "E09") for code in _codes(start))


def links(codes: Sequence[str]) -> list[tuple[int, int]]:
    """Give who borders whom, river crossings and the Menai bridges counted."""
    from consortia.reference.geography import borders

    place = {code: number for number, code in enumerate(codes)}
    pairs = sorted(borders("2025", across_water=True))
    return [(place[one], place[other]) for one, other in pairs if one in place and other in place]


def spending(codes: Sequence[str], edition: str) -> list[FloatArray]:
    """Give one array of pounds a year for each head that the edition has; nothing published counts as nothing."""
    from consortia.reference.returns import published_cells

    measure = "net_current_expenditure" if edition.startswith("wales") else "total_expenditure"
    amounts = {
        (cell.service, cell.authority): float(cell.amount_thousand or 0) * 1000
        for cell in published_cells(edition, tuple(codes))
        if cell.measure == measure
    }
    heads = [np.array([max(amounts.get((head, code), 0.0), 0.0) for code in codes]) for head in HEADS]
    return [head for head in heads if head.any()]


def welsh_models(pair_rate: float, services: int | None = None) -> list[Any]:
    """Give a pricing model of every head that the Welsh authorities publish, by rule 2.

    For so many `services` the heads come round again at rates from half to one and a half of the usual one, and every
    third service is priced by a scale curve (rule 1) over the spending of its head.
    """
    heads = spending(wales(), WELSH_HEADS_EDITION)
    if services is None:
        return [_welsh_model(cost, _duplicated(RATE), pair_rate) for cost in heads]
    return service_models(heads, pair_rate, services)


def service_models(heads: Sequence[FloatArray], pair_rate: float, services: int) -> list[Any]:
    """Give so many services over some heads, as `welsh_models` says."""
    return [
        _welsh_model(heads[number % len(heads)], _gain(number, services, heads[number % len(heads)]), pair_rate)
        for number in range(services)
    ]


def _gain(number: int, services: int, volumes: FloatArray) -> Any:
    from consortia.partnership import ScaleCurve

    if number % 3 == 0:
        return ScaleCurve(ELASTICITY, tuple(np.maximum(volumes, 1.0)))
    return _duplicated(RATE * (0.5 + number / services))


def _duplicated(rate: float) -> Any:
    from consortia.partnership import DuplicatedWork

    return DuplicatedWork(rate)


def welsh_values(columns: Any, pair_rate: float, services: int) -> FloatArray:
    """Give what every group of Welsh authorities gains in each of these services: [service, group]."""
    from consortia.partnership.listed_values import price_listed

    models = welsh_models(pair_rate, services)
    return np.array([np.maximum(price_listed(model, columns).value, 0.0) for model in models])


def _welsh_model(cost: FloatArray, gain: Any, pair_rate: float) -> Any:
    from consortia.appraisal import ValueFactors
    from consortia.partnership import GroupModel, LevelFactor

    return GroupModel(
        cost=tuple(cost),
        gain=gain,
        highest_rate=HIGHEST,
        setup_share=SETUP_SHARE,
        levels=tuple(LevelFactor(f"level {factor}", factor) for factor in LEVELS),
        factors=ValueFactors(saving=SAVING, setup=SETUP, coordination=COORDINATION, first_two_years=FIRST_TWO_YEARS),
        pair_rate=pair_rate,
    )


def values(columns: Any, heads: Sequence[FloatArray], pair_rate: float) -> FloatArray:
    """Give every group's value, each head at its best level: what the project's `price_groups` gives, for a list."""
    size = columns.sizes
    total = np.zeros(len(columns))
    duplicated = (1 - 1 / size) / (1 - 1 / 4)
    for cost in heads:
        together = columns.sums(cost)
        gain = np.minimum(together * RATE * duplicated, HIGHEST * together)
        net = SAVING * gain - SETUP * SETUP_SHARE * FIRST_TWO_YEARS * gain
        net -= COORDINATION * pair_rate * together / size * (size * (size - 1) / 2)
        total += np.maximum(LEVELS[0] * net, LEVELS[-1] * net)
    return np.where(size > 1, total, 0.0)


def planar(players: int, seed: int) -> list[tuple[int, int]]:
    """Give who borders whom among random points: a triangulation without its longest links, but all of one piece."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import minimum_spanning_tree
    from scipy.spatial import Delaunay

    points = positions(players, seed)
    corners = Delaunay(points).simplices
    sides = np.concatenate([corners[:, pair] for pair in ([0, 1], [1, 2], [0, 2])])
    pairs = np.unique(np.sort(sides, axis=1), axis=0)
    lengths = np.hypot(*(points[pairs[:, 0]] - points[pairs[:, 1]]).T)
    tree = minimum_spanning_tree(coo_array((lengths, tuple(pairs.T)), shape=(players, players)).tocsr()).tocoo()
    shortest = pairs[np.argsort(lengths)][: round(DEGREE * players / 2)]
    kept = np.unique(np.concatenate([shortest, np.sort(np.stack([tree.row, tree.col], axis=1), axis=1)]), axis=0)
    return [(int(one), int(other)) for one, other in kept]


def positions(players: int, seed: int) -> FloatArray:
    """Give so many points of the unit square."""
    return np.random.default_rng(seed).random((players, 2))


def synthetic(columns: Any, seed: int, times: float, *, spread: float = SPREAD) -> FloatArray:
    """Give every group's value for every service: [service, group]. Not calibrated on real councils.

    `spread` is how much a service weighs differently with different players, as the deviation of a logarithm.
    """
    random, players = np.random.default_rng(seed + 1000), columns.players
    powers = np.linspace(0.86, 0.99, SERVICES)
    size = np.exp(random.normal(np.log(MEAN_COST), 0.7, SERVICES))[:, None] * random.lognormal(0, 0.6, players)
    cost = size * random.lognormal(0, spread, (SERVICES, players))
    volume = cost ** (1 / powers[:, None])
    result = np.zeros((SERVICES, len(columns)))
    _price(columns.members, cost, volume, powers, positions(players, seed), times, result)
    return result


def synthetic_total(columns: Any, seed: int, times: float) -> FloatArray:
    """Give every group's value over all services, a part of the list at a time."""
    parts = range(0, len(columns), 500_000)
    members = [type(columns)(columns.players, columns.members[start : start + 500_000]) for start in parts]
    return np.concatenate([synthetic(part, seed, times).sum(axis=0) for part in members])


@njit(cache=True)
def _price(members, cost, volume, powers, points, times, result):  # type: ignore[no-untyped-def]
    for place in range(members.shape[0]):
        group = members[place][members[place] >= 0]
        size = group.size
        if size < 2:
            continue
        distance = 0.0
        for one in range(size):
            for other in range(one):
                distance += np.sqrt(((points[group[one]] - points[group[other]]) ** 2).sum())
        for service in range(powers.size):
            together = together_volume = 0.0
            for player in group:
                together += cost[service, player]
                together_volume += volume[service, player]
            gain = together - together_volume ** powers[service] - PER_MEMBER * size
            pairs = together / size * times * (PER_PAIR * size * (size - 1) / 2 + PER_DISTANCE * distance)
            best = -np.inf
            for level in SYNTHETIC_LEVELS:
                best = max(best, level * gain - level * level * pairs)
            result[service, place] = best


def _codes(start: str) -> list[str]:
    from consortia.reference.authorities import all_authorities

    return sorted(one.code for one in all_authorities() if one.code.startswith(start) and not one.end)
