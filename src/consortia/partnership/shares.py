"""How a group may divide what it is worth: equal, in proportion to something, or by Shapley's rule.

Every rule takes the table over all groups of the players who share and gives one amount for each, in the table's unit.
Nothing here knows of councils.
"""

from collections.abc import Callable, Sequence

import numpy as np

from consortia.partnership.masks import FloatArray, groups_within, player_count, players_of
from consortia.partnership.shapley_pass import average_marginal_values

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
    """Give every player its average marginal value over all orders of joining (Shapley 1953); exact, one pass.

    Nobody is worth nothing, whatever the table says of it. `ValueError` if a group has no value.
    """
    player_count(value)
    if value[0] != 0:
        value = np.concatenate([[0.0], value[1:]])
    with np.errstate(invalid="ignore"):  # infinite values are refused below
        shares = average_marginal_values(value)
    if not np.isfinite(shares).all():
        raise ValueError("Shapley's rule needs the value of every group.")
    return shares


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
