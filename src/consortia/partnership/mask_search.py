"""The division that loses least among groups written as masks, where it is known what so many players lose at least.

The lowest player not yet covered is covered next, by every group that fits; a state is the set covered. A state that
has lost more than the budget, what the players still to be covered lose at least added, is left out; states that cover
the same players are one. Every division within the budget is met, so the best of them is the best of all. Nothing here
knows of councils.
"""

from typing import Final, NamedTuple

import numpy as np
from numba import njit

from consortia.partnership.masks import FloatArray, IntArray

FIRST_ROOM: Final = 1 << 14


class Least(NamedTuple):
    """The division found, as places in the list (empty: none is within the budget), and the work it took."""

    places: IntArray
    loss: float
    states: int
    whole: bool
    """False: there were more states than allowed, and the search was given up."""


def least_loss(
    masks: IntArray,
    losses: FloatArray,
    rest: FloatArray,
    *,
    players: int,
    budget: float,
    most_states: int,
    most_steps: int,
) -> Least:
    """Give the division that loses least, if no more than the budget; `rest[k]` is what k players lose at least.

    Given up beyond so many states, or so many groups tried.
    """
    first = np.bitwise_count((masks & -masks) - 1).astype(np.int64)
    order = np.lexsort((losses, first))
    starts = np.searchsorted(first[order], np.arange(players + 1))
    room = min(FIRST_ROOM, most_states)
    while True:
        path, states, loss, steps = _cover(masks[order], losses[order], starts, rest, budget, room, most_steps)
        if states <= room:
            return Least(order[path], float(loss), int(states), True)
        if room >= most_states or steps > most_steps:
            return Least(order[:0], np.inf, int(states), False)
        room = min(room * 16, most_states)


@njit(inline="always")
def _slot(keys, table, key):  # type: ignore[no-untyped-def]
    """Where a state with this key is, or would be, in the table of states."""
    mixed = (np.uint64(key) ^ np.uint64(0x9E3779B97F4A7C15)) * np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(29)
    slot = np.int64(mixed & np.uint64(table.size - 1))
    while table[slot] >= 0 and keys[table[slot]] != key:
        slot = (slot + 1) & (table.size - 1)
    return slot


@njit(inline="always")
def _power_of_two(least):  # type: ignore[no-untyped-def]
    size = 2
    while size < least:
        size *= 2
    return size


@njit(inline="always")
def _members(mask):  # type: ignore[no-untyped-def]
    count = 0
    while mask:
        mask &= mask - 1
        count += 1
    return count


@njit(cache=True)
def _path(state, above, via):  # type: ignore[no-untyped-def]
    """The groups that led to a state; none: empty."""
    path = []
    while state > 0:
        path.append(via[state])
        state = above[state]
    return np.array(path, np.int64) if path else np.empty(0, np.int64)


@njit(cache=True, nogil=True)
def _cover(masks, losses, starts, rest, budget, room, most_steps):  # type: ignore[no-untyped-def]
    """The groups of the best division within the budget, how many states there were, its loss, the groups tried."""
    players = starts.size - 1
    keys, lost = np.zeros(room + 1, np.int64), np.zeros(room + 1)
    above, via = np.full(room + 1, -1), np.full(room + 1, -1)
    after, heads = np.full(room + 1, -1), np.full(players + 1, -1)
    table = np.full(_power_of_two(2 * (room + 2)), -1)
    table[_slot(keys, table, 0)] = 0
    heads[0], states, steps = 0, 1, 0
    for place in range(players):
        state = heads[place]
        while state >= 0:
            covered, so_far = keys[state], lost[state]
            if steps > most_steps:
                return np.empty(0, np.int64), room + 1, np.inf, steps
            for group in range(starts[place], starts[place + 1]):
                loss = so_far + losses[group]
                steps += 1
                if loss > budget:
                    break
                if covered & masks[group]:
                    continue
                key = covered | masks[group]
                if loss + rest[players - _members(key)] > budget:
                    continue
                slot = _slot(keys, table, key)
                known = table[slot]
                if known < 0:
                    if states >= room:
                        return np.empty(0, np.int64), room + 1, np.inf, steps
                    known, open_place = states, _members((key + 1 & ~key) - 1)
                    table[slot], keys[known], lost[known] = known, key, np.inf
                    after[known], heads[open_place] = heads[open_place], known
                    states += 1
                if loss < lost[known]:
                    lost[known], above[known], via[known] = loss, state, group
            state = after[state]
    last = heads[players]
    return _path(last, above, via), states, lost[last] if last >= 0 else np.inf, steps
