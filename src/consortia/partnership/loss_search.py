"""The best division found through what each group loses against a bound: a dynamic programme over covered sets.

Under prices that bound every division, a division's value is the bound less the losses of its groups. The players stand
in an order in which those who could share are near each other; a state is the set of players covered so far, and its
first player not yet covered is covered next by every group that fits. States that lose more than a budget are left out,
states that cover the same players are one. The first budget at which a whole division appears proves it the best: every
division that loses less would have appeared too. Nothing here knows of councils.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from numba import njit

from consortia.partnership.columns import Columns
from consortia.partnership.masks import FloatArray, IntArray

FIRST_BUDGET: Final = 2e-5
"""Of the bound: where the search begins."""
WIDER: Final = 1.6
MOST_STATES: Final = 2_000_000
SLACK: Final = 1e-9
"""Rounding of sums of losses, as a fraction of the bound."""

Words = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class LossSearch:
    """What the search found: the groups (places in the list), or nothing, and the work it took."""

    places: tuple[int, ...] | None
    """The best division; `None`: none loses less than `proved_to`."""
    proved_to: float
    """Every division that loses no more than this has been looked at."""
    states: int


def search_losses(
    columns: Columns,
    losses: FloatArray,
    *,
    scale: float,
    first_budget: float | None = None,
    ceiling: float = np.inf,
    group_price: float = 0.0,
    most_groups: int | None = None,
    most_states: int = MOST_STATES,
) -> LossSearch:
    """Give the division that loses least, if it loses no more than `ceiling` and the states stay below `most_states`.

    `scale` is the size of the bound (the first budget, unless given, is a small part of it); with a limit on the number
    of groups every group not used loses `group_price`.
    """
    budget, proved, states = min(FIRST_BUDGET * scale if first_budget is None else first_budget, ceiling), 0.0, 0
    while True:
        near = np.flatnonzero(losses <= budget + SLACK * scale)
        table = _Table(columns, losses, near)
        found, work, full = table.search(budget + SLACK * scale, group_price, most_groups, most_states)
        states += work
        if found is not None or full:
            return LossSearch(found, budget if not full else proved, states)
        proved = budget
        everything = near.size == len(losses) and budget > losses.sum()
        if budget >= ceiling or everything:
            return LossSearch(None, proved, states)
        budget = min(budget * WIDER, ceiling)


class _Table:
    """The groups worth looking at, in words of bits in the narrow order, by their first player, least loss first."""

    def __init__(self, columns: Columns, losses: FloatArray, near: IntArray) -> None:
        place_of = _narrow_order(columns)
        words, first = _as_words(columns.members[near], place_of, -(-columns.players // 64))
        order = np.lexsort((losses[near], first))
        self.players = columns.players
        self.places, self.words, self.losses = near[order], words[order], losses[near][order]
        self.starts = np.searchsorted(first[order], np.arange(columns.players + 1))

    def search(
        self, budget: float, group_price: float, most_groups: int | None, most_states: int
    ) -> tuple[tuple[int, ...] | None, int, bool]:
        """Give the best division within the budget, the states looked at, and whether there were too many."""
        room = min(1 << 14, most_states)
        while True:
            limit = -1 if most_groups is None else most_groups
            path, states = _cover(self.words, self.losses, self.starts, budget, limit, group_price, room)
            if states <= room:
                found = tuple(int(self.places[one]) for one in path) if path.size else None
                return found, int(states), False
            if room >= most_states:
                return None, int(states), True
            room = min(room * 16, most_states)


def _narrow_order(columns: Columns) -> IntArray:
    """Give every player's place in an order that keeps near each other those who could share as a couple.

    Source: reverse Cuthill-McKee.
    """
    from scipy.sparse.csgraph import reverse_cuthill_mckee

    place_of = np.empty(columns.players, np.int64)
    place_of[reverse_cuthill_mckee(links_of(columns), symmetric_mode=True)] = np.arange(columns.players)
    return place_of


def links_of(columns: Columns) -> Any:
    """Give who could share as a couple, as a sparse matrix; where no couple is listed, the first two of each group."""
    from scipy.sparse import coo_array

    members, players = columns.members, columns.players
    couples = members[columns.sizes == 2]
    row, column = (couples if len(couples) else members)[:, [0, min(1, members.shape[1] - 1)]].T.astype(np.int32)
    row, column = row[column >= 0], column[column >= 0]
    pairs = np.unique(np.stack([np.append(row, column), np.append(column, row)]), axis=1)
    return coo_array((np.ones(pairs.shape[1]), (pairs[0], pairs[1])), shape=(players, players)).tocsr()


@njit(cache=True)
def _as_words(members, place_of, count):  # type: ignore[no-untyped-def]
    """The groups as bits by place in the order, and the first place of each."""
    words = np.zeros((members.shape[0], count), np.uint64)
    first = np.full(members.shape[0], place_of.size, np.int64)
    for row in range(members.shape[0]):
        for at in range(members.shape[1]):
            if members[row, at] < 0:
                break
            place = place_of[members[row, at]]
            words[row, place >> 6] |= np.uint64(1) << np.uint64(place & 63)
            first[row] = min(first[row], place)
    return words, first


@njit(inline="always")
def _first_open(words, players):  # type: ignore[no-untyped-def]
    """The first place whose bit is not set."""
    place = 0
    while place < players and words[place >> 6] >> np.uint64(place & 63) & np.uint64(1):
        place += 1
    return place


@njit(inline="always")
def _slot(keys, table, key):  # type: ignore[no-untyped-def]
    """Where a state with this key is, or would be, in the table of states."""
    mixed = np.uint64(0x9E3779B97F4A7C15)
    for word in key:
        mixed = (mixed ^ word) * np.uint64(0xBF58476D1CE4E5B9)
        mixed ^= mixed >> np.uint64(29)
    slot = np.int64(mixed & np.uint64(table.size - 1))
    while table[slot] >= 0:
        same = True
        for at in range(key.size):
            same = same and keys[table[slot], at] == key[at]
        if same:
            break
        slot = (slot + 1) & (table.size - 1)
    return slot


@njit(inline="always")
def _fits(covered, words, most_groups):  # type: ignore[no-untyped-def]
    """Whether a group leaves out everybody covered, and the number of groups allows one more."""
    for at in range(words.size):
        if covered[at] & words[at]:
            return False
    return most_groups < 0 or covered[words.size] < np.uint64(most_groups)


@njit(cache=True, nogil=True)
def _cover(words, losses, starts, budget, most_groups, group_price, room):  # type: ignore[no-untyped-def]
    """The groups of the division that loses least within the budget (none: empty), and how many states there were.

    The last word of a state's key counts its groups where their number is limited.
    """
    players, count = starts.size - 1, words.shape[1]
    keys = np.zeros((room + 1, count + 1), np.uint64)
    lost, above, via = np.zeros(room + 1), np.full(room + 1, -1), np.full(room + 1, -1)
    after, heads = np.full(room + 1, -1), np.full(players + 1, -1)
    size = 2
    while size < 2 * (room + 2):
        size *= 2
    table = np.full(size, -1)
    key = np.zeros(count + 1, np.uint64)
    table[_slot(keys, table, key)] = 0
    heads[0], states = 0, 1
    for place in range(players):
        state = heads[place]
        while state >= 0:
            for group in range(starts[place], starts[place + 1]):
                loss = lost[state] + losses[group]
                if loss > budget:
                    break
                if not _fits(keys[state], words[group], most_groups):
                    continue
                key[:] = keys[state]
                for at in range(count):
                    key[at] |= words[group, at]
                if most_groups >= 0:
                    key[count] += np.uint64(1)
                slot = _slot(keys, table, key)
                known = table[slot]
                if known < 0:
                    if states >= room:
                        return np.empty(0, np.int64), room + 1
                    known, open_place = states, _first_open(key, players)
                    table[slot], keys[known], lost[known] = known, key, np.inf
                    after[known], heads[open_place] = heads[open_place], known
                    states += 1
                if loss < lost[known]:
                    lost[known], above[known], via[known] = loss, state, group
            state = after[state]
    return _path(heads[players], after, lost, above, via, keys[:, count], most_groups, group_price, budget), states


@njit(inline="always")
def _path(state, after, lost, above, via, used, most_groups, group_price, budget):  # type: ignore[no-untyped-def]
    """The groups of the best whole division: groups not used lose the price of a group each."""
    best, least = -1, budget
    while state >= 0:
        unused = 0.0 if most_groups < 0 else group_price * (most_groups - np.int64(used[state]))
        if lost[state] + unused <= least:
            best, least = state, lost[state] + unused
        state = after[state]
    path = []
    while best > 0:
        path.append(via[best])
        best = above[best]
    return np.array(path, np.int64) if path else np.empty(0, np.int64)
