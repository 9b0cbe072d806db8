"""Whole pence split by weight, many amounts at once: each row adds up to its amount exactly."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Pence = NDArray[np.int64]
Weights = NDArray[np.float64]


def share_rows(amounts: Pence, weights: Weights) -> Pence:
    """Splits each amount over the weights of its row (largest remainder; ties to the first), as `money.share_out` does.

    A weight may be negative (a team that does more than its capacity). Raises ValueError when the weights of a row
    that has an amount do not add up to more than zero.
    """
    wholes = weights.sum(axis=1)
    if np.any((wholes <= 0) & (amounts != 0)):
        raise ValueError("the weights of an amount must add up to more than zero")
    exact = amounts[:, None] * (weights / np.where(wholes > 0, wholes, 1.0)[:, None])
    parts = np.floor(exact).astype(np.int64)
    # Beyond 2**53 pence a floating-point part is no whole penny: what all parts lack or have too much is theirs alike.
    alike, missing = np.divmod(amounts - parts.sum(axis=1), weights.shape[1])
    ranks = np.argsort(np.argsort(parts - exact, axis=1, kind="stable"), axis=1, kind="stable")
    return np.asarray(parts + alike[:, None] + (ranks < missing[:, None]), dtype=np.int64)
