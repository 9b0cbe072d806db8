"""How a group may divide what it is worth: equal, in proportion to something, or by Shapley's rule.

Every rule takes the table over all groups of the players who share and gives one amount for each, in the table's unit.
Nothing here knows of councils.
"""

from collections.abc import Callable, Sequence
from math import factorial

import numpy as np

from consortia.partnership.masks import FloatArray, group_sizes, groups_within, player_count, players_of

ShareRule = Callable[[FloatArray, tuple[int, ...]], FloatArray]
"""A rule for one group: the table over the groups inside it, and who its members are, to one amount for each."""


def equal(total: float, players: int) -> FloatArray:
    """Give every player the same part of the total."""
    return np.full(players, total / players)


def proportional(total: float, weights: Sequence[float] | FloatArray) -> FloatArray:
    """Give every player the part of the total that its weight is of all weights.

    `ValueError` if a weight is negative or not a number, or all are zero.
    """
    parts = np.asarray(weights, dtype=np.float64)
    if not np.isfinite(parts).all() or (parts < 0).any() or parts.sum() <= 0:
        raise ValueError("Shares in proportion need weights that are known, not negative and not all zero.")
    return np.asarray(total * parts / parts.sum())


def shapley(value: FloatArray) -> FloatArray:
    """Give every player its average marginal value over all orders of joining (Shapley 1953).

    Exact, one pass: the sum over the groups with player i of v(S) (w(s-1) + w(s)), less one sum that is common to all,
    where w(s) = s! (n-s-1)! / n! and w(n) = 0. The value of nobody is zero. `ValueError` if a group has no value.
    """
    players = player_count(value)
    if not np.isfinite(value[1:]).all():
        raise ValueError("Shapley's rule needs the value of every group.")
    sizes = group_sizes(players)
    weights = np.array([factorial(s) * factorial(players - s - 1) / factorial(players) for s in range(players)] + [0.0])
    with_player = np.where(sizes > 0, value * (weights[sizes - 1] + weights[sizes]), 0.0)
    common = float((value * weights[sizes])[1:].sum())
    own = [with_player.reshape(-1, 2, 1 << player)[:, 1].sum() for player in range(players)]
    return np.array(own) - common


def equal_rule(game: FloatArray, members: tuple[int, ...]) -> FloatArray:
    """Share the group's value equally."""
    return equal(float(game[-1]), len(members))


def proportional_rule(weights: Sequence[float]) -> ShareRule:
    """Give the rule that shares a group's value in proportion to the weights (one for each player of the whole)."""

    def rule(game: FloatArray, members: tuple[int, ...]) -> FloatArray:
        return proportional(float(game[-1]), [weights[member] for member in members])

    return rule


def within_groups(value: FloatArray, groups: Sequence[int], rule: ShareRule) -> FloatArray:
    """Share each group's value among its own members only (Aumann and Dreze 1974); who stands alone keeps its own.

    The groups must hold every player once. Every single player's value must be a number: it is what it walks away with.
    """
    shares = np.zeros(player_count(value))
    for group in groups:
        members = players_of(group)
        game = value[groups_within(group)]
        shares[list(members)] = rule(game, members) if len(members) > 1 else game[-1]
    return shares
