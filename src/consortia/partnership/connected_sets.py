"""All groups that hang together on a map, up to a size: each found once, without looking at any other group.

The members of a group are added to its lowest one, always from the neighbours found so far and not yet passed by; a
neighbour passed by is left out of everything that follows. Source: Wernicke (2006), "ESU". An explicit stack takes the
place of recursion. Nothing here knows of councils.
"""

from collections.abc import Iterable

import numpy as np
from numba import njit

from consortia.partnership.columns import NOBODY, Columns
from consortia.partnership.masks import IntArray

Pair = tuple[int, int]

MOST_SETS = 8_000_000
"""More groups than this are refused before memory is taken for them."""


def connected_sets(
    players: int, links: Iterable[Pair], *, largest: int | None = None, most: int = MOST_SETS
) -> Columns:
    """Give every connected group of at most `largest` members, single players included.

    `ValueError` if a link names no pair of players, or if there are more than `most` groups.
    """
    starts, neighbours = _neighbours(players, links)
    width = min(largest or players, players)
    counts = np.zeros(width + 1, np.int64)
    nothing = np.zeros((0, width), np.int16)
    if _walk(starts, neighbours, width, most, counts, nothing) > most:
        raise ValueError(f"More than {most:,} groups hang together; a smaller largest size makes fewer.")
    members = np.full((int(counts.sum()), width), NOBODY, np.int16)
    _walk(starts, neighbours, width, most, np.zeros_like(counts), members)
    return Columns(players, members)


def count_connected(
    players: int, links: Iterable[Pair], *, largest: int | None = None, most: int = 10**10
) -> tuple[int, ...]:
    """Give how many connected groups of 1, 2, 3 ... members there are; errors as above, without taking memory."""
    starts, neighbours = _neighbours(players, links)
    width = min(largest or players, players)
    counts = np.zeros(width + 1, np.int64)
    if _walk(starts, neighbours, width, most, counts, np.zeros((0, width), np.int16)) > most:
        raise ValueError(f"More than {most:,} groups hang together.")
    return tuple(int(count) for count in counts[1:])


def _neighbours(players: int, links: Iterable[Pair]) -> tuple[IntArray, IntArray]:
    """Give each player's neighbours in one row after another, and where each row starts."""
    own: list[set[int]] = [set() for _ in range(players)]
    for first, second in links:
        if first == second or not (0 <= first < players and 0 <= second < players):
            raise ValueError(f"({first}, {second}) is not a pair of two of the {players} players.")
        own[first].add(second)
        own[second].add(first)
    starts = np.cumsum([0, *map(len, own)])
    return starts, np.array([one for each in own for one in sorted(each)], np.int64)


@njit(inline="always")
def _meet(starts, neighbours, root, newest, seen, found, end):  # type: ignore[no-untyped-def]
    """Add the newest member's neighbours above the root that were not met before; give where they end."""
    for place in range(starts[newest], starts[newest + 1]):
        other = neighbours[place]
        if other > root and not seen[other]:
            seen[other] = True
            found[end] = other
            end += 1
    return end


@njit(cache=True, nogil=True)
def _walk(starts, neighbours, width, most, counts, members):  # type: ignore[no-untyped-def]
    """Count the groups by size, stop above `most`; write them into `members` if it has rows.

    `found` holds the neighbours met so far, in the order they were met; at depth d those before `end[d]` are known and
    those before `at[d]` have been taken or passed by.
    """
    players = starts.size - 1
    seen = np.zeros(players, np.bool_)
    found = np.empty(players + 1, np.int64)
    group = np.empty(width + 1, np.int64)
    at, end = np.zeros(width + 2, np.int64), np.zeros(width + 2, np.int64)
    total = 0
    for root in range(players):
        group[0], depth, fresh = root, 0, True
        seen[root] = True
        while depth >= 0:
            if fresh:
                if members.shape[0]:
                    for place in range(depth + 1):
                        members[total, place] = group[place]
                counts[depth + 1] += 1
                total += 1
                if total > most:
                    return total
                end[depth + 1] = end[depth]
                at[depth + 1] = at[depth]
                fresh = False
                if depth + 1 < width:
                    end[depth + 1] = _meet(starts, neighbours, root, group[depth], seen, found, end[depth])
            if depth + 1 < width and at[depth + 1] < end[depth + 1]:
                group[depth + 1] = found[at[depth + 1]]
                at[depth + 1] += 1
                depth += 1
                fresh = True
            else:
                for place in range(end[depth], end[depth + 1]):
                    seen[found[place]] = False
                depth -= 1
        seen[root] = False
    return total
