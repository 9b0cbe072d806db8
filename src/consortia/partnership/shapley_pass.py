"""Shapley's rule in one pass over the table, which is read once: 2^n multiplications, not n 2^n.

phi_i = sum over the groups with player i of v(S) (w(s-1) + w(s)), less one sum c that is common to all, where w(s) =
s! (n-s-1)! / n! and w(n) = 0. Shares add up to v(N), so that c = (sum of those sums - v(N)) / n takes no pass. The sums
over groups with one of the ten lower players are column sums of the table in rows of 1,024, folded at the end; those
with a higher player are sums of whole rows. Nothing here knows of councils.
"""

from math import factorial
from typing import Final

import numpy as np
from numba import njit

from consortia.partnership.masks import FloatArray

LOW: Final = 10


def average_marginal_values(value: FloatArray) -> FloatArray:
    """Give every player's average marginal value over all orders of joining; `value[mask]`, nobody worth nothing."""
    players = value.size.bit_length() - 1
    low = min(players, LOW)
    columns, rows = _sums(np.ascontiguousarray(value, dtype=np.float64).reshape(-1, 1 << low), _weights(players, low))
    own = np.array([*_with_each(columns, low), *_with_each(rows, players - low)])
    return np.asarray(own - (own.sum() - value[-1]) / players)


def _weights(players: int, low: int) -> FloatArray:
    """w(s-1) + w(s) by [members of the row, lane]; nobody weighs nothing."""
    each = [factorial(s) * factorial(players - s - 1) / factorial(players) for s in range(players)]
    by_size = np.array([0.0, *each]) + np.array([*each, 0.0])
    by_size[0] = 0.0
    sizes = np.add.outer(np.arange(players - low + 1), np.bitwise_count(np.arange(1 << low)).astype(np.int64))
    return np.asarray(by_size[sizes])


def _with_each(sums: FloatArray, players: int) -> list[float]:
    """Sum of the entries whose bit is set, for each bit."""
    return [float(sums.reshape(-1, 2, 1 << player)[:, 1].sum()) for player in range(players)]


@njit(cache=True, nogil=True, fastmath={"reassoc", "nsz"})
def _sums(value, weights):  # type: ignore[no-untyped-def]
    """Weighted sum of every column and of every row."""
    height, lanes = value.shape
    columns, rows = np.zeros(lanes), np.empty(height)
    for row in range(height):
        members, rest = 0, row
        while rest:
            rest &= rest - 1
            members += 1
        total = 0.0
        for lane in range(lanes):
            weighed = value[row, lane] * weights[members, lane]
            columns[lane] += weighed
            total += weighed
        rows[row] = total
    return columns, rows
