"""The prices of players that bound every division from above: a linear programme fed by scans of all possible groups.

Choose parts of groups so that every player is in exactly one, for the highest value. The programme starts with few
groups; one scan of all of them under the prices it gives finds those worth more than their players' prices, until there
are none. The prices are then raised until no group at all is worth more than its players (rounding included), so that
their sum bounds every division, and each group has a loss: its players' prices less its value. Source: Gilmore and
Gomory (1961); Barnhart et al. (1998). Nothing here knows of councils.
"""

from dataclasses import dataclass
from typing import Final

import highspy
import numpy as np
from numba import njit

from consortia.partnership.columns import Columns
from consortia.partnership.masks import FloatArray, IntArray

EXACT: Final = 1e-10
"""Groups that better the prices by less than this fraction of the largest value are left to the raising of prices."""
GROUPS_A_ROUND: Final = 200
MOST_ROUNDS: Final = 400
STEADY: Final = 0.5
"""Part of the best prices so far in the prices scanned with: keeps degenerate programmes from swinging."""


@dataclass(frozen=True, slots=True)
class PlayerPrices:
    """Prices under which no group is worth more than its members' prices and the price of a group."""

    prices: FloatArray
    """Of every player: also what it must get if nobody is to do better elsewhere."""
    group_price: float
    """Of forming one more group, where their number is limited; otherwise 0."""
    bound: float
    """No division is worth more."""
    losses: FloatArray
    """Of every group: what choosing it takes off the bound; never negative."""
    rounds: int
    columns_priced: int
    """Groups looked at in all scans."""


def player_prices(columns: Columns, values: FloatArray, *, most_groups: int | None = None) -> PlayerPrices | None:
    """Give the prices with the lowest bound on divisions (into at most so many groups); `None` if there is none."""
    scale = float(np.abs(values).max(initial=0.0)) or 1.0
    values = values / scale
    programme = _Programme(columns, values, most_groups)
    rounds = priced = 0
    kept, bound = np.zeros(columns.players + 1), np.inf
    converged = False
    while not converged and rounds < MOST_ROUNDS:
        now = programme.solve()
        for weight in (STEADY, 0.0) if np.isfinite(bound) else (0.0,):
            tried = weight * kept + (1 - weight) * now
            gains = _gains(columns.members, values, tried)
            rounds, priced = rounds + 1, priced + len(columns)
            raised = _raised(columns.members, gains, tried)
            if _total(raised, most_groups) < bound:
                kept, bound = raised, _total(raised, most_groups)
            if programme.add(_best_of_blocks(gains, GROUPS_A_ROUND), now, EXACT):
                break
        else:
            converged = True
    if programme.artificial > 1e-7:
        return None
    losses = np.maximum(-_gains(columns.members, values, kept), 0.0)
    return PlayerPrices(kept[:-1] * scale, float(-kept[-1]) * scale, bound * scale, losses * scale, rounds, priced)


class _Programme:
    """The linear programme over the groups taken in so far; its last price is that of a group (zero or less)."""

    def __init__(self, columns: Columns, values: FloatArray, most_groups: int | None) -> None:
        self.columns, self.values = columns, values
        self.taken = np.zeros(len(columns), np.bool_)
        self.most_groups = most_groups
        self._solver = highspy.Highs()  # type: ignore[no-untyped-call]
        self._solver.setOptionValue("output_flag", False)
        self._solver.setOptionValue("threads", 1)
        self._solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
        for _ in range(columns.players):
            self._solver.addRow(1.0, 1.0, 0, np.zeros(0, np.int32), np.zeros(0))
        if most_groups is not None:
            self._solver.addRow(-highspy.kHighsInf, float(most_groups), 0, np.zeros(0, np.int32), np.zeros(0))
        self._add_artificial()
        self._take(_first_groups(columns, values))

    def solve(self) -> FloatArray:
        """Give the prices of the players and, last, less the price of a group."""
        self._solver.run()
        duals = np.asarray(self._solver.getSolution().row_dual)
        return duals if self.most_groups is not None else np.append(duals, 0.0)

    def add(self, places: IntArray, prices: FloatArray, least: float) -> bool:
        """Take in those of the groups that are worth more than these prices; say whether there were any."""
        fresh = places[~self.taken[places]]
        better = _gains(self.columns.members[fresh], self.values[fresh], prices) > least
        self._take(fresh[better])
        return bool(better.any())

    @property
    def artificial(self) -> float:
        """How much of the players no group covers in the last solution."""
        return float(np.sum(self._solver.getSolution().col_value[: self.columns.players]))

    def _add_artificial(self) -> None:
        players = self.columns.players
        penalty = -(2.0 * players + 1.0)
        self._add_columns(np.full(players, penalty), [np.array([player]) for player in range(players)])

    def _take(self, places: IntArray) -> None:
        places = np.unique(places)
        self.taken[places] = True
        limit = () if self.most_groups is None else (self.columns.players,)
        rows = [np.array([*self.columns.group(int(place)), *limit]) for place in places]
        self._add_columns(self.values[places], rows)

    def _add_columns(self, costs: FloatArray, rows: list[IntArray]) -> None:
        starts = np.cumsum([0, *map(len, rows)], dtype=np.int32)
        index = np.concatenate([*rows, np.zeros(0, np.int64)]).astype(np.int32)
        none, many = np.zeros(len(rows)), np.full(len(rows), highspy.kHighsInf)
        self._solver.addCols(len(rows), costs, none, many, index.size, starts[:-1], index, np.ones(index.size))


def _total(prices: FloatArray, most_groups: int | None) -> float:
    return float(prices[:-1].sum()) - float(prices[-1]) * (most_groups or 0)


def _first_groups(columns: Columns, values: FloatArray) -> IntArray:
    """The single players, and for each player the group with the highest value a head."""
    a_head = values / np.maximum(columns.sizes, 1)
    best = _best_of_players(columns.members, a_head, columns.players)
    return np.concatenate([np.flatnonzero(columns.sizes == 1), best[best >= 0]])


@njit(cache=True, nogil=True)
def _gains(members, values, prices):  # type: ignore[no-untyped-def]
    """What every group is worth above its members' prices; `prices` ends with what one more group adds."""
    gains = np.empty(values.size)
    for place in range(values.size):
        gain = values[place] + prices[-1]
        for at in range(members.shape[1]):
            player = members[place, at]
            if player < 0:
                break
            gain -= prices[player]
        gains[place] = gain
    return gains


@njit(cache=True, nogil=True)
def _raised(members, gains, prices):  # type: ignore[no-untyped-def]
    """Raise the players' prices just until no group is worth more: each member carries an equal part of the excess."""
    raised = prices.copy()
    for place in range(gains.size):
        if gains[place] > 0:
            size = 0
            while size < members.shape[1] and members[place, size] >= 0:
                size += 1
            for at in range(size):
                player = members[place, at]
                raised[player] = max(raised[player], prices[player] + gains[place] / size)
    return raised


@njit(cache=True, nogil=True)
def _best_of_blocks(gains, blocks):  # type: ignore[no-untyped-def]
    """The best group of each of so many stretches of the list."""
    length = -(-gains.size // blocks)
    best = np.empty(-(-gains.size // length), np.int64)
    for block in range(best.size):
        stop = min(gains.size, (block + 1) * length)
        best[block] = block * length + np.argmax(gains[block * length : stop])
    return best


@njit(cache=True)
def _best_of_players(members, a_head, players):  # type: ignore[no-untyped-def]
    """For each player the group with the highest number; -1 if it is in none."""
    best = np.full(players, -1, np.int64)
    for place in range(a_head.size):
        for at in range(members.shape[1]):
            player = members[place, at]
            if player < 0:
                break
            if best[player] < 0 or a_head[place] > a_head[best[player]]:
                best[player] = place
    return best
