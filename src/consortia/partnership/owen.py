"""Owen's rule (1977): groups that bargain as blocks share first between them, then each block among its members.

Within a block it counts what its members could do with the other blocks without the rest of their own, so who has
better outside options gets more than under the rule of Aumann and Dreze.
"""

from collections.abc import Sequence
from math import factorial

import numpy as np

from consortia.partnership.masks import FloatArray, groups_within, player_count, players_of
from consortia.partnership.shares import shapley


def owen(value: FloatArray, blocks: Sequence[int]) -> FloatArray:
    """Give the shares of the whole's value `value[-1]` when the blocks (which hold every player once) bargain as one.

    With one block, or with every player a block, it is Shapley's rule. `ValueError` if a group has no value.
    """
    shares = np.zeros(player_count(value))
    for block in blocks:
        others = [other for other in blocks if other != block]
        shares[list(players_of(block))] = shapley(_bargain(value, block, others))
    return shares


def _bargain(value: FloatArray, block: int, others: Sequence[int]) -> FloatArray:
    """What each part of a block adds, on average over the orders in which the blocks come."""
    parts = groups_within(block)
    mean = np.zeros(parts.size)
    for chosen in range(1 << len(others)):
        before = sum(others[place] for place in players_of(chosen))
        came = chosen.bit_count()
        weight = factorial(came) * factorial(len(others) - came) / factorial(len(others) + 1)
        mean += weight * (value[parts | before] - (value[before] if before else 0.0))
    mean[0] = 0.0
    return mean
