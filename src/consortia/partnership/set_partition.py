"""The best division of many players into groups from a list: value, bound, and whether it is proved.

First the prices that bound every division (column generation). Many players are then divided window by window, so that
little is left between a division and the bound; the search by losses looks at all that better it; where its states grow
too many, an integer programme does, over the groups that lose least. A group that loses more than what is left is in no
better division, so it may be left out ("reduced-cost fixing"). Nothing here knows of councils.
"""

from dataclasses import dataclass
from typing import Final

import highspy
import numpy as np

from consortia.partnership.column_generation import PlayerPrices, player_prices
from consortia.partnership.columns import Columns
from consortia.partnership.loss_search import FIRST_BUDGET, MOST_STATES, SLACK, search_losses
from consortia.partnership.masks import FloatArray, IntArray
from consortia.partnership.window_search import FIRST_PART, Windows, search_windows

FIRST_PROGRAMME: Final = 3_000
"""Groups in the first integer programme: those that lose least."""
MOST_IN_PROGRAMME: Final = 40_000
ALL_AT_ONCE: Final = 24
"""Players up to which windows would be the whole."""
FAR_APART: Final = 128
"""Players above which states grow beyond any budget unless the linear programme is all but whole."""
MOST_STATES_FAR_APART: Final = 50_000
PATIENCE: Final = 30.0
"""Seconds that one integer programme may take."""


@dataclass(frozen=True, slots=True)
class SetPartition:
    """A division of all players into listed groups, and how good it is at worst."""

    groups: tuple[tuple[int, ...], ...]
    """Each group's players, groups by lowest player."""
    places: tuple[int, ...]
    """Where in the list the same groups stand, in order of place."""
    value: float
    """The sum of the groups' values, in the unit of the values given."""
    bound: float
    """No division is worth more."""
    proved: bool
    relaxed: float
    """The bound of the linear programme. What it is above the value is the smallest outside subsidy that would make the
    best division stable, where the list holds every group."""
    prices: tuple[float, ...]
    """What every player must have if no listed group is to do better by itself; they sum to `relaxed` where the number
    of groups is not limited."""
    method: str
    columns_priced: int
    rounds: int
    kept: int
    """Groups that the last step looked at."""
    states: int
    """Sets of players covered that the searches looked at."""
    windows: int

    @property
    def gap(self) -> float:
        """Give what a better division could be worth more at most."""
        return max(self.bound - self.value, 0.0)


@dataclass(frozen=True, slots=True)
class _Found:
    """Places of groups that divide the players, the least bound known, and what it took."""

    places: IntArray
    bound: float
    method: str
    kept: int
    states: int = 0


def best_division(
    columns: Columns,
    values: FloatArray,
    *,
    most_groups: int | None = None,
    most_states: int = MOST_STATES,
    patience: float = PATIENCE,
) -> SetPartition:
    """Give the best division of all players into groups of the list (of at most so many groups), with its bound.

    `values` has one number for every group; minus infinity forbids it. `patience` is the most seconds for each integer
    programme, where neither windows nor the search of at most `most_states` states prove the best. `ValueError` if no
    division is possible or found, or a value is not a number.
    """
    listed, columns, values = _checked(columns, values)
    prices = player_prices(columns, values, most_groups=most_groups)
    if prices is None:
        raise ValueError("The groups given leave no way to divide the players.")
    scale = max(abs(prices.bound), 1e-6 * float(np.abs(values).max())) or 1.0
    many = columns.players > ALL_AT_ONCE and most_groups is None
    windows = search_windows(columns, prices.losses, scale=scale) if many else None
    task = _Task(columns, values, prices, scale, most_groups, windows)
    found = _by_windows(task) or _by_losses(task, most_states) or _by_programmes(task, patience)
    return _result(task, found, listed)


@dataclass(frozen=True, slots=True)
class _Task:
    """What is to be divided, what each group loses, and the division to better."""

    columns: Columns
    values: FloatArray
    prices: PlayerPrices
    scale: float
    most_groups: int | None
    windows: Windows | None

    @property
    def lost(self) -> float:
        """Give what the division to better loses; without one, no end."""
        return np.inf if self.windows is None else float(self.prices.losses[self.windows.places].sum())

    def near(self, loss: float) -> int:
        """Give how many groups lose no more than this."""
        return int((self.prices.losses <= loss + SLACK * self.scale).sum())


def _by_windows(task: _Task) -> _Found | None:
    """The windows' division is the best where it loses nothing."""
    if task.windows is None or task.lost > SLACK * task.scale:
        return None
    return _Found(task.windows.places, task.prices.bound, "search by windows", task.near(0.0))


def _by_losses(task: _Task, most_states: int) -> _Found | None:
    """Search the whole, up to what the windows' division loses; nothing if the states grow too many."""
    columns, prices = task.columns, task.prices
    search = search_losses(
        columns, prices.losses, scale=task.scale, group_price=prices.group_price, most_groups=task.most_groups,
        ceiling=task.lost, first_budget=None if task.windows is None else FIRST_PART * task.lost,
        most_states=most_states if columns.players <= FAR_APART else min(most_states, MOST_STATES_FAR_APART),
    )  # fmt: skip
    if search.places is None:
        return None
    places = np.sort(search.places)
    value = float(task.values[places].sum())
    return _Found(places, value, "search by losses", task.near(search.proved_to), search.states)


def _by_programmes(task: _Task, patience: float) -> _Found:
    """Solve over the groups that lose least, then over all that a better division could use."""
    columns, values, prices = task.columns, task.values, task.prices
    order = np.argsort(prices.losses, kind="stable")
    within = int(np.searchsorted(prices.losses[order], FIRST_BUDGET * task.scale, side="right"))
    count = min(max(FIRST_PROGRAMME, within), task.near(task.lost), MOST_IN_PROGRAMME, len(columns))
    places = _start(task)
    spare, bound = places, prices.bound
    while True:
        keep = np.union1d(order[:count], spare)
        places, limit = _integer_programme(columns, values, keep, task.most_groups, patience, places)
        left_out = prices.losses[order[count]] if count < len(columns) else np.inf
        bound = min(bound, max(limit, prices.bound - left_out))
        if not places.size:
            raise ValueError("No division was found in the time given.")
        needed = task.near(prices.bound - float(values[places].sum()))
        if needed <= count or count == MOST_IN_PROGRAMME:
            return _Found(places, bound, "integer programme over the groups that lose least", len(keep))
        count = min(needed, MOST_IN_PROGRAMME)


def _start(task: _Task) -> IntArray:
    """The windows' division; without one everyone alone, if that may be."""
    if task.windows is not None:
        return task.windows.places
    alone = np.flatnonzero(task.columns.sizes == 1)
    everyone = np.unique(task.columns.members[alone, 0]).size == alone.size == task.columns.players
    return alone if everyone else alone[:0]


def _integer_programme(
    columns: Columns,
    values: FloatArray,
    keep: IntArray,
    most_groups: int | None,
    patience: float,
    start: IntArray,
) -> tuple[IntArray, float]:
    """Give the best division into the groups kept (none found: empty) and the bound among them."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, setting in (("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0), ("time_limit", patience)):
        solver.setOptionValue(option, setting)
    scale = float(np.abs(values).max()) or 1.0
    listed = columns.where(_marked(len(columns), keep))
    solver.passModel(_set_partitioning(listed, values[np.sort(keep)] / scale, most_groups))
    if start.size:
        solver.setSolution(start.size, np.searchsorted(keep, np.sort(start)).astype(np.int32), np.ones(start.size))
    solver.run()
    info = solver.getInfo()
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return start, float(info.mip_dual_bound) * scale
    chosen = np.asarray(solver.getSolution().col_value) > 0.5
    return np.sort(keep)[chosen], float(info.mip_dual_bound) * scale


def _marked(count: int, places: IntArray) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    marks = np.zeros(count, np.bool_)
    marks[places] = True
    return marks


def _set_partitioning(columns: Columns, values: FloatArray, most_groups: int | None) -> highspy.HighsLp:
    """Give the programme: choose groups, each player in exactly one, for the highest total value."""
    programme = highspy.HighsLp()
    count, rows = len(columns), columns.players + (most_groups is not None)
    members = columns.members.astype(np.int32)
    if most_groups is not None:
        members = np.column_stack([members, np.full(count, columns.players, np.int32)])
    used = members >= 0
    programme.num_col_, programme.num_row_, programme.sense_ = count, rows, highspy.ObjSense.kMaximize
    programme.col_cost_, programme.col_lower_, programme.col_upper_ = values, np.zeros(count), np.ones(count)
    programme.row_lower_ = np.append(np.ones(columns.players), np.zeros(rows - columns.players))
    programme.row_upper_ = np.append(np.ones(columns.players), np.full(rows - columns.players, most_groups or 0))
    programme.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    programme.a_matrix_.start_ = np.append(0, np.cumsum(used.sum(axis=1))).astype(np.int32)
    programme.a_matrix_.index_, programme.a_matrix_.value_ = members[used], np.ones(int(used.sum()))
    programme.integrality_ = [highspy.HighsVarType.kInteger] * count
    return programme


def _result(task: _Task, found: _Found, listed: IntArray) -> SetPartition:
    columns, values, prices = task.columns, task.values, task.prices
    groups = sorted(columns.group(int(place)) for place in found.places)
    value = float(values[np.sort(found.places)].sum())
    proved = found.bound - value <= SLACK * task.scale
    return SetPartition(
        groups=tuple(groups),
        places=tuple(int(place) for place in np.sort(listed[found.places])),
        value=value,
        bound=value if proved else found.bound,
        proved=proved,
        relaxed=prices.bound,
        prices=tuple(float(price) for price in prices.prices),
        method=found.method,
        columns_priced=prices.columns_priced,
        rounds=prices.rounds,
        kept=found.kept,
        states=found.states + (task.windows.states if task.windows else 0),
        windows=task.windows.windows if task.windows else 0,
    )


def _checked(columns: Columns, values: FloatArray) -> tuple[IntArray, Columns, FloatArray]:
    """Leave out what is forbidden, and say which groups are left; refuse what is not a value."""
    values = np.asarray(values, dtype=np.float64)
    if values.shape != (len(columns),) or np.isnan(values).any() or np.isposinf(values).any():
        raise ValueError("Every group has one value: a number, or minus infinity (forbidden).")
    allowed = np.isfinite(values)
    if not allowed.any():
        raise ValueError("The groups given leave no way to divide the players.")
    return np.flatnonzero(allowed), columns.where(allowed), np.ascontiguousarray(values[allowed])
