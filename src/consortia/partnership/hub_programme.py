"""The integer programme behind `hub_design`: which of a few groups to open, and which service uses which of them."""

from dataclasses import dataclass
from typing import Final

import highspy
import numpy as np

from consortia.partnership.hub_prices import HubPrices
from consortia.partnership.hub_task import Choice, HubTask
from consortia.partnership.masks import FloatArray, IntArray

MARGIN: Final = 1e-7
"""Of the bound: uses are left out only if they lose clearly more than is left to gain."""


@dataclass(frozen=True, slots=True)
class Solved:
    """A choice among the groups that could be opened."""

    choice: Choice
    bound: float
    """No choice that opens these groups only is worth more."""


@dataclass(frozen=True, slots=True)
class _Uses:
    """Which service could use which group: parallel arrays, and the hub of each (-1: a player alone)."""

    places: IntArray
    services: IntArray
    hubs: IntArray
    opened: IntArray
    """The places of the groups that could be opened."""


def solve_hubs(task: HubTask, opened: IntArray, *, prices: HubPrices, begun: Choice, patience: float) -> Solved:
    """Give the best choice that opens none but the groups `opened`, within `patience` seconds of wall time.

    `begun` is a choice among them: uses of groups that lose more against the prices than a better one could still gain
    are left out.
    """
    uses = _uses(task, opened, prices, begun)
    worths = np.concatenate([np.full(opened.size, -task.hub_cost), task.values[uses.places, uses.services]])
    scale, before = float(np.abs(worths).max()) or 1.0, _as_solution(uses, begun)
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, setting in (("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0), ("time_limit", patience)):
        solver.setOptionValue(option, setting)
    solver.passModel(_programme(task, uses, worths / scale))
    solver.setSolution(worths.size, np.arange(worths.size, dtype=np.int32), before)
    solver.run()
    used = np.asarray(solver.getSolution().col_value)[opened.size :] > 0.5
    limit = float(solver.getInfo().mip_dual_bound) * scale
    found = tuple(np.sort(uses.places[used & (uses.services == service)]) for service in range(task.services))
    better = _whole(task, found) and task.worth(found) > task.worth(begun)
    return Solved(found if better else begun, max(limit, task.worth(begun)))


def _whole(task: HubTask, choice: Choice) -> bool:
    """Say whether every service divides all players: what was not finished in time may not."""
    return all(int(task.columns.sizes[places].sum()) == task.columns.players for places in choice)


def _uses(task: HubTask, opened: IntArray, prices: HubPrices, begun: Choice) -> _Uses:
    """The uses that lose no more than is left to gain, those of the choice begun with, and every player alone."""
    places = np.concatenate([opened, np.flatnonzero(task.columns.sizes == 1)])
    values = task.values[places]
    filled = np.vstack([prices.prices, np.zeros(task.services)])
    gains = values - filled[task.columns.members[places]].sum(axis=1)
    gap = prices.bound - task.worth(begun) + MARGIN * abs(prices.bound)
    keep = np.isfinite(values) & ((gains >= -gap) | (np.arange(places.size) >= opened.size)[:, None])
    for service, used in enumerate(begun):
        keep[np.isin(places, used), service] = True
    row, service_of = np.nonzero(keep)
    return _Uses(places[row], service_of, np.where(row < opened.size, row, -1), opened)


def _programme(task: HubTask, uses: _Uses, worths: FloatArray) -> highspy.HighsLp:
    """Give the programme: every service divides all players; a group is used only where it is opened."""
    from scipy.sparse import coo_array

    players, hubs, count = task.columns.players, uses.opened.size, worths.size
    covered, members = players * task.services, task.columns.members[uses.places]
    use, at = np.nonzero(members >= 0)
    linked = np.flatnonzero(uses.hubs >= 0)
    links = covered + np.arange(linked.size)
    row = np.concatenate([uses.services[use] * players + members[use, at], links, links])
    column = np.concatenate([hubs + use, hubs + linked, uses.hubs[linked]])
    entry = np.concatenate([np.ones(use.size + linked.size), -np.ones(linked.size)])
    matrix = coo_array((entry, (row, column)), shape=(covered + linked.size, count)).tocsc()
    programme = highspy.HighsLp()
    programme.num_col_, programme.num_row_, programme.sense_ = count, matrix.shape[0], highspy.ObjSense.kMaximize
    programme.col_cost_, programme.col_lower_, programme.col_upper_ = worths, np.zeros(count), np.ones(count)
    programme.row_lower_ = np.append(np.ones(covered), np.full(linked.size, -1.0))
    programme.row_upper_ = np.append(np.ones(covered), np.zeros(linked.size))
    programme.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    programme.a_matrix_.start_, programme.a_matrix_.index_ = matrix.indptr, matrix.indices
    programme.a_matrix_.value_ = matrix.data
    programme.integrality_ = [highspy.HighsVarType.kInteger] * count
    return programme


def _as_solution(uses: _Uses, choice: Choice) -> FloatArray:
    used = np.zeros(uses.places.size)
    for service, places in enumerate(choice):
        used[(uses.services == service) & np.isin(uses.places, places)] = 1.0
    opened = np.isin(uses.opened, np.concatenate(choice)).astype(np.float64)
    return np.concatenate([opened, used])
