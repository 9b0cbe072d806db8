"""Where each pound of the support departments ends, as shares of the others: the algebra behind the three methods.

P[i, k] is the part of department i's output that department k uses; the first columns are the support departments in
the order of the rows, the rest the operating ones. Nothing here knows money or departments' names.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Shares = NDArray[np.float64]


def normalised(use: Shares) -> Shares:
    """Shares of output from volumes used: a department's use of its own output is left out, each row adds up to one.

    A row without use stays zero.
    """
    outward = use.astype(np.float64).copy()
    np.fill_diagonal(outward, 0.0)
    sums = outward.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(outward, sums, out=np.zeros_like(outward), where=sums > 0))


def direct_shares(P: Shares) -> Shares:
    """Final shares when what support departments do for each other is left out; a row is zero where it cannot be."""
    S = P.shape[0]
    outside = P[:, S:]
    sums = outside.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(outside, sums, out=np.zeros_like(outside), where=sums > 0))


def step_down_shares(P: Shares, order: Sequence[int]) -> Shares:
    """Final shares when departments close one after the other and a closed one receives nothing more.

    Worked backwards: the department that closes last passes on to operating departments only.
    """
    S = P.shape[0]
    final = np.zeros((S, P.shape[1] - S))
    later: list[int] = []
    for i in reversed(order):
        onward = P[i, later].sum() + P[i, S:].sum()
        if onward > 0:
            final[i] = (P[i, later] @ final[later] + P[i, S:]) / onward
        later.append(i)
    return final


def reciprocal_shares(P: Shares) -> Shares:
    """Final shares when all support departments serve each other at once: (I - P_SS)^-1 P_SO."""
    S = P.shape[0]
    return np.asarray(np.clip(np.linalg.solve(np.eye(S) - P[:, :S], P[:, S:]), 0.0, None))


def full_costs(P: Shares, costs: NDArray[np.float64]) -> NDArray[np.float64]:
    """What each support department passes on: its own cost and its part of the others', x = (I - P_SS^T)^-1 b."""
    S = P.shape[0]
    return np.asarray(np.linalg.solve(np.eye(S) - P[:, :S].T, costs))


def step_order(P: Shares) -> tuple[int, ...]:
    """The usual order of closing: the largest part of output to other support departments first, ties as listed.

    A department is passed over while its closing would leave another without anybody to pass its cost to.
    """
    S = P.shape[0]
    wish = sorted(range(S), key=lambda i: (-round(float(P[i, :S].sum()), 12), i))
    order: list[int] = []
    while wish:
        chosen = next((i for i in wish if not trapped(P, closed=(*order, i))), wish[0])
        order.append(chosen)
        wish.remove(chosen)
    return tuple(order)


def trapped(P: Shares, *, closed: Sequence[int] = ()) -> tuple[int, ...]:
    """The support departments, not closed yet, whose cost can reach no operating department."""
    S = P.shape[0]
    reaching = P[:, S:].sum(axis=1) > 0
    reaching[list(closed)] = False
    is_open = np.ones(S, dtype=bool)
    is_open[list(closed)] = False
    while True:
        further = reaching | (is_open & ((P[:, :S] > 0) @ reaching))
        if np.array_equal(further, reaching):
            return tuple(int(i) for i in np.flatnonzero(is_open & ~reaching))
        reaching = further


def closed_loops(P: Shares) -> tuple[tuple[int, ...], ...]:
    """The sets of support departments that serve only each other, so that (I - P_SS) has no inverse."""
    S = P.shape[0]
    caught = trapped(P)
    reach = {i: frozenset(_reached(P[:, :S] > 0, i)) for i in caught}
    loops = {nodes for nodes in reach.values() if all(reach[j] == nodes for j in nodes)}
    return tuple(sorted(tuple(sorted(nodes)) for nodes in loops))


def _reached(links: NDArray[np.bool_], start: int) -> set[int]:
    found, ahead = {start}, [start]
    while ahead:
        new = set(np.flatnonzero(links[ahead.pop()]).tolist()) - found
        found |= new
        ahead += new
    return found
