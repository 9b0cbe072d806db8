"""Seeded value tables, and who finds the best grouping in them: ours, HiGHS, brute force, and the machine's limit."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
Optima = list[tuple[float, bool]]
"""The best value found for each table, and whether it is proved."""
PATIENCE = 30.0
"""Seconds after which the integer programme gives up on a table."""


# ---- Tables: seeded, half priced as the project prices groups, half uniformly random. ----


def table(players: int, seed: int) -> FloatArray:
    """Give one value table; even seeds are priced by methods.md 8.1, odd seeds are |S| U(0, 1)."""
    from consortia.partnership.masks import group_sizes
    from consortia.partnership.value import price_groups

    if seed % 2 == 0:
        return price_groups(service_model(players, seed)).value
    sizes = group_sizes(players)
    return sizes * np.random.default_rng(seed).uniform(size=sizes.size)


def service_model(players: int, seed: int) -> Any:
    """Give the pricing model of one synthetic service: lognormal costs, partners scattered over a square."""
    from consortia.appraisal import ValueFactors
    from consortia.partnership import DuplicatedWork, GroupModel, LevelFactor

    random = np.random.default_rng(seed)
    place = random.uniform(size=(players, 2))
    distance = np.sqrt(((place[:, None] - place[None]) ** 2).sum(axis=2) / 2)
    return GroupModel(
        cost=tuple(random.lognormal(14, 0.6, players)),
        gain=DuplicatedWork(random.uniform(0.01, 0.08)),
        highest_rate=0.18,
        setup_share=0.33,
        levels=tuple(map(LevelFactor, ("coordination", "cooperation", "collaboration", "full"), (0.1, 0.25, 0.55, 1))),
        factors=ValueFactors(saving=4.5, setup=0.95, coordination=7.5, first_two_years=0.6),
        pair_rate=0.005,
        unlikeness_rate=0.01,
        unlikeness=tuple(map(tuple, distance)),
    )


# ---- Solvers: each takes the tables of a round and gives CPU seconds and the optima. ----


def clock(work: Callable[[], Optima], times: int = 1) -> tuple[float, Optima]:
    """Give the least CPU seconds of so many runs, and what the last gave."""
    spent = []
    for _ in range(times):
        start = time.process_time()
        optima = work()
        spent.append(time.process_time() - start)
    return min(spent), optima


def ours(tables: list[FloatArray]) -> tuple[float, Optima]:
    """The project's dynamic programme, its proof included."""
    from consortia.partnership import best_partition

    best_partition(np.zeros(4))
    return clock(lambda: [(best_partition(value).value, True) for value in tables], times=3)


def integer_programme(tables: list[FloatArray]) -> tuple[float, Optima]:
    """Set partitioning over all groups, solved to proof by HiGHS on one thread; built before the clock starts."""
    programmes = [set_partitioning(value) for value in tables]

    def solve(programme: Any) -> tuple[float, bool]:
        programme.run()
        status = programme.modelStatusToString(programme.getModelStatus())
        return float(programme.getObjectiveValue()), status == "Optimal"

    return clock(lambda: [solve(programme) for programme in programmes])


def set_partitioning(value: FloatArray) -> Any:
    """Give the programme: choose groups, each player in exactly one, for the highest total value."""
    import highspy

    players, groups = value.size.bit_length() - 1, value.size - 1
    group, player = np.nonzero(np.arange(1, value.size)[:, None] >> np.arange(players) & 1)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_, lp.sense_ = groups, players, highspy.ObjSense.kMaximize
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = value[1:], np.zeros(groups), np.ones(groups)
    lp.row_lower_ = lp.row_upper_ = np.ones(players)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.searchsorted(group, np.arange(groups + 1))
    lp.a_matrix_.index_, lp.a_matrix_.value_ = player, np.ones(player.size)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * groups
    programme = highspy.Highs()
    for option, setting in {"output_flag": False, "threads": 1, "mip_rel_gap": 0.0, "time_limit": PATIENCE}.items():
        programme.setOptionValue(option, setting)
    programme.passModel(lp)
    return programme


def brute_force(tables: list[FloatArray]) -> tuple[float, Optima]:
    """Every division of the players in plain Python; listed before the clock starts."""
    divisions = list(all_divisions(tables[0].size - 1))

    def solve(value: list[float]) -> tuple[float, bool]:
        return max(sum(value[group] for group in division) for division in divisions), True

    plain = [value.tolist() for value in tables]
    return clock(lambda: [solve(value) for value in plain])


def limit(tables: list[FloatArray]) -> tuple[float, Optima]:
    """No solver: as many additions and maxima as we look at pairs, in numpy over contiguous memory."""
    players = tables[0].size.bit_length() - 1
    pairs = 2 ** (players - 1) + (3 ** (players - 1) - 1) // 2
    first, second, best = np.zeros(min(pairs, 4096)), np.zeros(min(pairs, 4096)), np.zeros(min(pairs, 4096))

    def work() -> Optima:
        for _ in range(len(tables) * pairs // best.size):
            np.maximum(best, first + second, out=best)
        return []

    return clock(work, times=3)


def all_divisions(mask: int) -> Iterator[tuple[int, ...]]:
    """Give every division of a set, placing its lowest player first."""
    if not mask:
        yield ()
        return
    low = mask & -mask
    inside = others = mask ^ low
    while True:
        for rest in all_divisions(others ^ inside):
            yield (low | inside, *rest)
        if not inside:
            return
        inside = (inside - 1) & others


SOLVERS = {"ours": ours, "integer programme": integer_programme, "brute force": brute_force, "limit": limit}
