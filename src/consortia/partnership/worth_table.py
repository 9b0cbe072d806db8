"""What every set of players can reach by itself, split into groups as suits it best: the dynamic programme.

worth(S) = the most, over all groups T inside S that hold S's highest player, of value(T) + worth(S without T). Sets are
taken sixteen at a time: those that differ only in the four lowest players stand next to each other, and one step joins
sixteen groups to sixteen rests (81 pairs). Sets of one size need only smaller ones, so the threads take them side by
side; a maximum does not depend on their order, so any number of threads gives the same bits. Source: Yeh (1986),
Rothkopf, Pekec and Harstad (1998). Nothing here knows of councils.
"""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final

import numpy as np
from numba import njit

from consortia.partnership.masks import FloatArray, IntArray

LOW: Final = 4
LANES: Final = 1 << LOW
THREADS: Final = 4
SERIAL: Final = 1024
"""Tables of fewer blocks of sets are done by one thread: starting more would take longer."""


def worth_table(value: FloatArray) -> FloatArray:
    """Give the worth of every set of players; (3^n - 1)/2 pairs for n players. Minus infinity: it can not be split."""
    table = np.ascontiguousarray(value, dtype=np.float64)
    if table.size < LANES:
        return np.asarray(_small(table))
    blocks = table.reshape(-1, LANES)
    best = np.full(blocks.shape, -np.inf)
    best[0] = _small(blocks[0])
    if len(blocks) < SERIAL:
        _layer(blocks, best, np.arange(1, len(blocks)))
        return best.reshape(-1)
    with ThreadPoolExecutor(THREADS) as threads:
        for layer in _layers(len(blocks)):
            list(threads.map(partial(_layer, blocks, best), np.array_split(layer, THREADS)))
    return best.reshape(-1)


def pairs_of(players: int) -> int:
    """Give the number of (set, group) pairs that the table of so many players takes."""
    return (int(3**players) - 1) // 2


def _layers(blocks: int) -> list[IntArray]:
    """The numbers 1 to `blocks` - 1 by how many bits are set in them."""
    numbers = np.arange(1, blocks)
    sizes = np.bitwise_count(numbers)
    return [numbers[sizes == size] for size in range(1, int(sizes.max(initial=0)) + 1)]


@njit(cache=True)
def _small(value):  # type: ignore[no-untyped-def]
    """The same for a few players, set by set."""
    best = np.zeros(value.size)
    for place in range(1, value.size):
        low = place & -place
        others = place ^ low
        most = -np.inf
        chosen = 0
        while True:
            most = max(most, value[low | chosen] + best[others ^ chosen])
            if chosen == others:
                break
            chosen = (chosen - others) & others
        best[place] = most
    return best


@njit(inline="always")
def _join1(a, b):  # type: ignore[no-untyped-def]
    """Join two groups to two rests, of sets that differ in one player: (none, one) of each."""
    return a[0] + b[0], max(a[1] + b[0], a[0] + b[1])


@njit(inline="always")
def _most2(a, b):  # type: ignore[no-untyped-def]
    return max(a[0], b[0]), max(a[1], b[1])


@njit(inline="always")
def _join2(a, b):  # type: ignore[no-untyped-def]
    """The same for sets that differ in two players: pairs of pairs."""
    return _join1(a[0], b[0]), _most2(_join1(a[1], b[0]), _join1(a[0], b[1]))


@njit(inline="always")
def _most4(a, b):  # type: ignore[no-untyped-def]
    return _most2(a[0], b[0]), _most2(a[1], b[1])


@njit(inline="always")
def _join3(a, b):  # type: ignore[no-untyped-def]
    return _join2(a[0], b[0]), _most4(_join2(a[1], b[0]), _join2(a[0], b[1]))


@njit(inline="always")
def _most8(a, b):  # type: ignore[no-untyped-def]
    return _most4(a[0], b[0]), _most4(a[1], b[1])


@njit(inline="always")
def _join4(a, b):  # type: ignore[no-untyped-def]
    return _join3(a[0], b[0]), _most8(_join3(a[1], b[0]), _join3(a[0], b[1]))


@njit(inline="always")
def _most16(a, b):  # type: ignore[no-untyped-def]
    return _most8(a[0], b[0]), _most8(a[1], b[1])


@njit(inline="always")
def _lanes2(row, at):  # type: ignore[no-untyped-def]
    return (row[at], row[at + 1]), (row[at + 2], row[at + 3])


@njit(inline="always")
def _lanes(row):  # type: ignore[no-untyped-def]
    return (_lanes2(row, 0), _lanes2(row, 4)), (_lanes2(row, 8), _lanes2(row, 12))


@njit(inline="always")
def _put4(row, at, lanes):  # type: ignore[no-untyped-def]
    row[at], row[at + 1] = lanes[0]
    row[at + 2], row[at + 3] = lanes[1]


@njit(cache=True)
def _block(blocks, best, above):  # type: ignore[no-untyped-def]
    """The sixteen sets whose higher players are `above`: every group with the highest of them, joined to its rest."""
    top = 1
    while top * 2 <= above:
        top *= 2
    others = above ^ top
    most = _lanes(best[above])
    chosen = 0
    while True:
        most = _most16(most, _join4(_lanes(blocks[top | chosen]), _lanes(best[others ^ chosen])))
        if chosen == others:
            break
        chosen = (chosen - others) & others
    for half in range(2):
        _put4(best[above], 8 * half, most[half][0])
        _put4(best[above], 8 * half + 4, most[half][1])


@njit(cache=True, nogil=True)
def _layer(blocks, best, layer):  # type: ignore[no-untyped-def]
    for above in layer:
        _block(blocks, best, above)
