"""Rules that look at what each player adds to the whole: equal charge, alternate cost avoided (SCRB), cost gap.

They are written for savings: `value[mask]` is what a group saves against each member alone. `savings_of_costs` makes
that table from a table of costs, and a cost share is then the cost alone less the share of the saving. Sources:
methods.md 10.1; Straffin and Heaney (1981) for the Tennessee Valley rules, Tijs and Driessen (1986) for the cost gap.
"""

import numpy as np

from consortia.partnership.masks import FloatArray, group_sums, player_count
from consortia.partnership.refusals import PartnershipError


def savings_of_costs(cost: FloatArray) -> FloatArray:
    """Give what every group saves: the costs of its members alone less its cost together. `cost[0]` is not read."""
    saving = group_sums(alone(cost)) - cost
    saving[0] = 0.0
    return np.asarray(saving)


def alone(table: FloatArray) -> FloatArray:
    """Give the entry of every player alone."""
    return np.asarray(table[[1 << player for player in range(player_count(table))]])


def marginal(value: FloatArray) -> FloatArray:
    """Give what the whole would lose with each player: v(N) - v(N without i). In costs: alone less separable cost."""
    everyone = value.size - 1
    return np.array([value[-1] - value[everyone ^ (1 << player)] for player in range(player_count(value))])


def equal_charge(value: FloatArray) -> FloatArray:
    """Give each its marginal value, and all the same part of the difference (equal sharing of non-separable cost)."""
    added = marginal(value)
    return np.asarray(added + (value[-1] - added.sum()) / added.size)


def separable_costs_remaining_benefits(value: FloatArray) -> FloatArray:
    """Share in proportion to what each adds to the whole (SCRB, alternate cost avoided).

    In costs: each pays its separable cost, and the rest is shared by the benefit that remains to each. A player that
    adds less than nothing counts as adding nothing. `PartnershipError` where nobody adds anything.
    """
    remaining = np.maximum(marginal(value), 0.0)
    if remaining.sum() <= 0:
        raise PartnershipError(
            "No partner adds anything to the whole, so benefits cannot be shared by what each adds.",
            remedy="Choose another rule for sharing the gains.",
        )
    return np.asarray(remaining * value[-1] / remaining.sum())


def cost_gap(value: FloatArray) -> FloatArray:
    """Give each its marginal value less a part of the gap, weighed by the least gap of the groups it is in.

    The gap of a group is what its members add to the whole, less what it is worth. Defined where the gap of all is not
    negative and no more than the least gaps together: else `PartnershipError`.
    """
    added = marginal(value)
    gap = group_sums(added) - value
    gap[0] = np.inf
    players = player_count(value)
    least = np.array([gap.reshape(-1, 2, 1 << player)[:, 1].min() for player in range(players)])
    whole = float(gap[-1])
    noise = 1e-9 * max(float(np.abs(value[1:]).max()), 1e-300)
    if abs(whole) <= noise:
        return added
    if whole < 0 or least.min() < -noise or least.sum() < whole - noise:
        raise PartnershipError(
            "The cost-gap rule has no answer here: what the partners add to the whole does not cover it.",
            remedy="Choose another rule for sharing the gains.",
        )
    return np.asarray(added - whole * np.maximum(least, 0.0) / np.maximum(least, 0.0).sum())
