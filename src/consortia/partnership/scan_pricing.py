"""Prices of players where every group is possible: scans of a whole table of values, two to the power of the players.

A group is its lower twelve players (its lane) and the others (its row), as in `price_rows`: what a row asks for its
higher players is one number, so that a scan subtracts, compares and goes on, at about the speed of reading the table.
Nothing here knows of councils.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numba import njit

from consortia.partnership.column_generation import Scan
from consortia.partnership.masks import FloatArray, IntArray, Worths, group_sums, players_of
from consortia.partnership.price_rows import LOW, THREADS, size_halves

TABLE_MOST: Final = 28
"""Players whose table takes 1 GiB in four bytes a group."""
GROUPS_A_ROUND: Final = 150
PIECES: Final = 16
"""Parts of the table that the threads take turns at."""


@dataclass(frozen=True)
class WholeTable:
    """The values of all groups as they are, looked at in units of `scale`; nobody's entry must be zero or less."""

    table: Worths
    scale: float

    @cached_property
    def rows(self) -> Worths:
        """The table as [row, lane]."""
        return self.table.reshape(-1, min(self.table.size, 1 << LOW))

    @cached_property
    def players(self) -> int:
        """Players in all."""
        return self.table.size.bit_length() - 1

    @cached_property
    def _sizes(self) -> tuple[IntArray, IntArray]:
        return size_halves(self.players)

    @cached_property
    def _heads(self) -> FloatArray:
        """One over the members, by those of the row and by lane; nobody counts as one."""
        lanes, rows = self._sizes
        return np.asarray(1.0 / np.maximum(np.add.outer(np.arange(rows.max() + 1), lanes), 1))

    def __len__(self) -> int:
        """Groups looked at in one scan."""
        return self.table.size

    def first(self) -> IntArray:
        """Give the single players that may stand alone."""
        alone = 1 << np.arange(self.players)
        return np.asarray(alone[np.isfinite(self.table[alone])])

    def group(self, place: int) -> tuple[int, ...]:
        """Give the players of a group."""
        return players_of(place)

    def worths(self, places: IntArray) -> FloatArray:
        """Give what groups are worth, in the unit of the scale."""
        return np.asarray(self.table[places], np.float64) / self.scale

    def asked(self, masks: IntArray, prices: FloatArray) -> FloatArray:
        """Give the sum of the prices of the members of groups."""
        low, high = group_sums(prices[:-1][:LOW]), group_sums(prices[:-1][LOW:])
        return np.asarray(low[masks & (low.size - 1)] + high[masks >> LOW])

    def scan(self, prices: FloatArray) -> Scan:
        """Look at all groups: the best of each stretch of rows, and the prices raised until none is worth more."""
        low, high = self._asked(prices)
        lanes, rows = self._sizes
        best, most = np.empty(len(self.rows)), np.zeros(len(self.rows))
        tops = np.zeros((PIECES, lanes.size))

        def look(piece: int) -> None:
            first, last = self._piece(piece)
            _scan_rows(self.rows, first, last, low, high, rows, self._heads, best, most, tops[piece])

        with ThreadPoolExecutor(THREADS) as threads:
            list(threads.map(look, range(PIECES)))
        raised = prices + np.append(_by_player(tops.max(axis=0), most, self.players) / self.scale, 0.0)
        return Scan(self._best_groups(best, low), raised)

    def least_losses(self, prices: FloatArray) -> FloatArray:
        """Give by size the least that a group of so many loses against prices that none is worth more than."""
        low, high = self._asked(prices)
        lanes, rows = self._sizes
        best = np.full((PIECES, int(rows.max()) + 1, lanes.size), -np.inf)

        def look(piece: int) -> None:
            _best_by_size(self.rows, *self._piece(piece), low, high, rows, best[piece])

        with ThreadPoolExecutor(THREADS) as threads:
            list(threads.map(look, range(PIECES)))
        losses, sizes = np.full(self.players + 1, np.inf), np.add.outer(np.arange(best.shape[1]), lanes)
        np.minimum.at(losses, sizes, -best.max(axis=0))
        losses[0] = np.inf
        return np.maximum(losses / self.scale, 0.0)

    def near(self, prices: FloatArray, loss: float, rest: FloatArray, most: int) -> IntArray | None:
        """Give every group that loses no more than this, what the others lose at least (`rest`, by number) added.

        `None` if they are more than `most`.
        """
        low, high = self._asked(prices)
        lanes, rows = self._sizes
        others = rest[self.players - np.add.outer(np.arange(rows.max() + 1), lanes)] * self.scale
        counts = np.zeros(len(self.rows), np.int64)

        def count(piece: int) -> None:
            _count_near(self.rows, *self._piece(piece), low, high - loss * self.scale, rows, others, counts)

        with ThreadPoolExecutor(THREADS) as threads:
            list(threads.map(count, range(PIECES)))
        if counts.sum() > most:
            return None
        found = np.empty(int(counts.sum()), np.int64)
        _list_near(self.rows, np.flatnonzero(counts), low, high - loss * self.scale, rows, others, found)
        return found[found > 0]

    def _asked(self, prices: FloatArray) -> tuple[FloatArray, FloatArray]:
        """What the members ask for, by lane and by row, in the unit of the table."""
        asked = prices[:-1] * self.scale
        return group_sums(asked[:LOW]), group_sums(asked[LOW:]) - prices[-1] * self.scale

    def _piece(self, piece: int) -> tuple[int, int]:
        return piece * len(self.rows) // PIECES, (piece + 1) * len(self.rows) // PIECES

    def _best_groups(self, best: FloatArray, low: FloatArray) -> IntArray:
        """The best group of the best row of each stretch; in a table of few rows, of each row."""
        stretches = np.array_split(np.arange(best.size), min(GROUPS_A_ROUND, best.size))
        rows = [int(stretch[best[stretch].argmax()]) for stretch in stretches]
        return np.array([row << LOW | int((self.rows[row] - low).argmax()) for row in rows], np.int64)


def largest_size(table: Worths) -> float:
    """Give the size of the largest value that is finite; `ValueError` for a not-a-number or plus infinity."""
    largest = float(_largest_size(table))
    if not np.isfinite(largest):
        raise ValueError("The value of a group is a number or minus infinity (forbidden).")
    return largest


def _by_player(lanes: FloatArray, rows: FloatArray, players: int) -> FloatArray:
    """The most of what each player's groups have above their price, a head; from the most by lane and by row."""
    halves = [(lanes, place) for place in range(min(players, LOW))] + [(rows, place) for place in range(players - LOW)]
    return np.array([half.reshape(-1, 2, 1 << place)[:, 1].max() for half, place in halves])


@njit(cache=True)
def _largest_size(table):  # type: ignore[no-untyped-def]
    largest = 0.0
    for place in range(1, table.size):
        worth = np.float64(table[place])
        if worth != -np.inf:
            if not worth < np.inf:
                return np.inf
            largest = max(largest, abs(worth))
    return largest


@njit(cache=True, nogil=True, fastmath={"nnan", "nsz"})
def _scan_rows(table, first, last, low, high, members, heads, best, most, tops):  # type: ignore[no-untyped-def]
    """For each row the most that a group is worth above its price; and a head, by row and by lane, where above zero."""
    for row in range(first, last):
        values, asked = table[row], high[row]
        top = -np.inf
        for i in range(low.size):
            gain = np.float64(values[i]) - low[i]
            if gain > top:
                top = gain
        best[row] = top - asked
        if top > asked:
            head = heads[members[row]]
            top = 0.0
            for i in range(low.size):
                gain = (np.float64(values[i]) - low[i] - asked) * head[i]
                if gain > tops[i]:
                    tops[i] = gain
                if gain > top:
                    top = gain
            most[row] = top


@njit(cache=True, nogil=True, fastmath={"nnan", "nsz"})
def _best_by_size(table, first, last, low, high, members, best):  # type: ignore[no-untyped-def]
    """For each number of higher players and each lane the most that a group is worth above its price."""
    for row in range(first, last):
        values, asked, top = table[row], high[row], best[members[row]]
        for i in range(low.size):
            gain = np.float64(values[i]) - low[i] - asked
            if gain > top[i]:
                top[i] = gain


@njit(cache=True, nogil=True)
def _count_near(table, first, last, low, least, members, others, counts):  # type: ignore[no-untyped-def]
    for row in range(first, last):
        values, needed, rest, count = table[row], least[row], others[members[row]], 0
        for i in range(low.size):
            count += np.float64(values[i]) - low[i] >= needed + rest[i]
        counts[row] = count


@njit(cache=True)
def _list_near(table, rows, low, least, members, others, found):  # type: ignore[no-untyped-def]
    at = 0
    for row in rows:
        for i in range(low.size):
            if np.float64(table[row, i]) - low[i] >= least[row] + others[members[row], i]:
                found[at] = row * low.size + i
                at += 1
