"""The price of every group in one pass: what `value` asks for all groups of partners at once.

A group is its lower twelve players (its lane) and the others (its row), so that its cost, volume or unlikeness is a sum
of the lane's part, of the row's part and, for pairs, of what crosses: the lanes of a row lie next to each other and
take one loop. No level needs a pass of its own: f x (worth of the gain - cost of pairs) - cost of k0 is linear in the
level's factor f, so the best level is the deepest where a group gains and the shallowest where it does not. Rows need
nothing of each other: any number of threads gives the same bits. Nothing here knows of councils.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, NamedTuple

import numpy as np
from numba import njit

from consortia.partnership.masks import FloatArray, IntArray, Worths, group_sums, pair_sums

LOW: Final = 12
"""Lower players: 4,096 lanes of eight bytes, so that what a row needs stays near the processor."""
ROWS: Final = 16
"""Rows handed over at once: every service is added to them before the next are fetched."""
THREADS: Final = 2
SERIAL: Final = 64
"""Tables of fewer rows are done by one thread: starting more would take longer."""


class Halves(NamedTuple):
    """Subset sums of an amount for each player, for the lanes and for the rows."""

    low: FloatArray
    high: FloatArray


class Curve(NamedTuple):
    """The scale curve: cost together = weighted sum x min(volume, limit) to the power. Empty: there is none."""

    weighted: Halves
    volume: Halves
    power: float
    limit: float


class Pairs(NamedTuple):
    """Sums over the pairs of each group: within lanes and rows, [higher player, lower player]. Empty: not priced."""

    within: Halves
    across: FloatArray


class Terms(NamedTuple):
    """One service, as its price is worked out: pounds of a year, and present values per pound of them."""

    sizes: tuple[IntArray, IntArray]
    """Members of each lane and of each row."""
    cost: Halves
    rate: FloatArray
    """By size: the part of its cost that a group saves at full integration. Where there is a curve: at most."""
    curve: Curve
    pair_weight: FloatArray
    """By size: coordination at full integration per pound of cost."""
    unlike_weight: FloatArray
    """By size: the same per unit of the pairs' unlikeness."""
    unlike: Pairs
    per_gain: float
    per_loss: float
    """Where the gain is below zero, set-up costs nothing."""
    per_pairs: float
    shallowest: float
    deepest: float
    always: float
    """Present value of what no level changes (k0)."""


class Found(NamedTuple):
    """What a pass writes for every group, [row, lane]."""

    value: FloatArray
    deep: FloatArray
    """1 where the deepest level is the best, 0 where the shallowest."""
    gain: FloatArray
    pairs: FloatArray


def halves(amounts: Sequence[float] | FloatArray) -> Halves:
    """Give the subset sums of the lower twelve and of the other players."""
    return Halves(group_sums(amounts[:LOW]), group_sums(amounts[LOW:]))


def pair_halves(matrix: FloatArray) -> Pairs:
    """Give the sums over pairs, likewise."""
    within = Halves(pair_sums(matrix[:LOW, :LOW]), pair_sums(matrix[LOW:, LOW:]))
    return Pairs(within, np.ascontiguousarray(matrix[LOW:, :LOW]))


def size_halves(players: int) -> tuple[IntArray, IntArray]:
    """Give the members of every lane and of every row."""
    low = min(players, LOW)
    lanes, rows = np.arange(1 << low), np.arange(1 << (players - low))
    return np.bitwise_count(lanes).astype(np.int64), np.bitwise_count(rows).astype(np.int64)


NO_CURVE: Final = Curve(Halves(np.empty(0), np.empty(0)), Halves(np.empty(0), np.empty(0)), 1.0, np.inf)
NO_PAIRS: Final = Pairs(Halves(np.empty(0), np.empty(0)), np.empty((0, 0)))


def price_all(terms: Terms) -> Found:
    """Give value, level, gain and coordination of every group; single players and nobody as if they were groups."""
    found = Found(*(np.empty((terms.cost.high.size, terms.cost.low.size)) for _ in Found._fields))

    def price(first: int) -> int:
        part = Found(*(array[first : first + ROWS] for array in found))
        return int(_price_rows(terms, first, _powers(terms, first), part))

    _each_block(len(found.value), price)
    return Found(*(array.reshape(-1) for array in found))


def add_all(services: Sequence[Terms], *, single: bool = False) -> tuple[Worths, int]:
    """Give every group's value over all services, each at its best level, and how many prices were worked out.

    `single`: added up in eight bytes and kept in four, so that the table takes half the memory.
    """
    rows, lanes = services[0].cost.high.size, services[0].cost.low.size
    total = np.empty((rows, lanes), np.float32 if single else np.float64)

    def add(first: int) -> int:
        part = np.zeros((min(ROWS, rows - first), lanes))
        prices = sum(int(_add_rows(terms, first, _powers(terms, first), part)) for terms in services)
        total[first : first + ROWS] = part
        return prices

    return total.reshape(-1), _each_block(len(total), add)


def _each_block(rows: int, work: Callable[[int], int]) -> int:
    """Do the work from each first row, and count it."""
    firsts = range(0, rows, ROWS)
    if rows < SERIAL:
        return sum(map(work, firsts))
    with ThreadPoolExecutor(THREADS) as threads:
        return sum(threads.map(work, firsts))


def _powers(terms: Terms, first: int) -> FloatArray:
    """Volume to the curve's power, [row, lane]; numpy raises several numbers to a power at once, numba one."""
    if not terms.curve.volume.low.size:
        return np.empty((ROWS, 0))
    volume, limit = terms.curve.volume, terms.curve.limit
    together = np.minimum(np.add.outer(volume.high[first : first + ROWS], volume.low), limit)
    if first == 0:
        together[0, 0] = 1.0  # nobody has no volume; its cost is zero in any case
    return np.asarray(together**terms.curve.power)


@njit(inline="always")
def _gains(terms, row, powers, gain):  # type: ignore[no-untyped-def]
    """Annual gross saving at full integration, capped."""
    cost, rate, lanes = terms.cost.low, terms.rate, terms.sizes[0]
    above, others = terms.cost.high[row], terms.sizes[1][row]
    for i in range(gain.size):
        gain[i] = (above + cost[i]) * rate[others + lanes[i]]
    if powers.size:
        weighted, more = terms.curve.weighted.low, terms.curve.weighted.high[row]
        for i in range(gain.size):
            gain[i] = min((above + cost[i]) - (more + weighted[i]) * powers[i], gain[i])


@njit(inline="always")
def _pair_costs(terms, row, across, pairs):  # type: ignore[no-untyped-def]
    """Annual coordination cost at full integration, without k0."""
    cost, weight, lanes = terms.cost.low, terms.pair_weight, terms.sizes[0]
    above, others = terms.cost.high[row], terms.sizes[1][row]
    for i in range(pairs.size):
        pairs[i] = (above + cost[i]) * weight[others + lanes[i]]
    if terms.unlike.within.low.size:
        _cross(terms.unlike, row, across)
        within, unlike = terms.unlike.within.low, terms.unlike_weight
        for i in range(pairs.size):
            pairs[i] += (above + cost[i]) * (unlike[others + lanes[i]] * (within[i] + across[i]))


@njit(inline="always")
def _cross(unlike, row, across):  # type: ignore[no-untyped-def]
    """Sum over pairs with a higher player, by doubling."""
    across[0] = unlike.within.high[row]
    lower = 0
    while 1 << lower < across.size:
        more = 0.0
        for higher in range(unlike.across.shape[0]):
            if row >> higher & 1:
                more += unlike.across[higher, lower]
        bit = 1 << lower
        for i in range(bit):
            across[bit + i] = across[i] + more
        lower += 1


@njit(inline="always")
def _net(terms, gain, pairs):  # type: ignore[no-untyped-def]
    """Present value at full integration, before k0."""
    worth = terms.per_gain * gain if gain > 0.0 else terms.per_loss * gain
    return worth - terms.per_pairs * pairs


@njit(cache=True, nogil=True)
def _price_rows(terms, first, powers, found):  # type: ignore[no-untyped-def]
    rows, lanes = found.value.shape
    across = np.empty(lanes)
    for row in range(rows):
        gain, pairs = found.gain[row], found.pairs[row]
        _gains(terms, first + row, powers[row], gain)
        _pair_costs(terms, first + row, across, pairs)
        for i in range(lanes):
            net = _net(terms, gain[i], pairs[i])
            found.value[row, i] = max(terms.shallowest * net, terms.deepest * net) - terms.always
            found.deep[row, i] = 1.0 if terms.deepest * net > terms.shallowest * net else 0.0
    return rows * lanes


@njit(cache=True, nogil=True)
def _add_rows(terms, first, powers, total):  # type: ignore[no-untyped-def]
    rows, lanes = total.shape
    gain, pairs, across = np.empty(lanes), np.empty(lanes), np.empty(lanes)
    for row in range(rows):
        _gains(terms, first + row, powers[row], gain)
        _pair_costs(terms, first + row, across, pairs)
        for i in range(lanes):
            net = _net(terms, gain[i], pairs[i])
            total[row, i] += max(terms.shallowest * net, terms.deepest * net) - terms.always
    return rows * lanes
