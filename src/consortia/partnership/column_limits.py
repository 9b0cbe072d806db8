"""Which of the listed groups the limits allow: the same answer as for a table over all groups."""

import numpy as np

from consortia.partnership.columns import Columns
from consortia.partnership.limits import Limits
from consortia.partnership.masks import BoolArray, FloatArray


def allowed_columns(columns: Columns, limits: Limits) -> BoolArray:
    """Say for every listed group whether the limits allow it.

    That its members hang together is for whoever lists the groups: `connected_sets` lists no others.
    """
    sizes = columns.sizes
    keep = sizes <= (limits.largest or columns.players)
    for first, second in limits.together:
        keep &= columns.having(first) == columns.having(second)
    for first, second in limits.apart:
        keep &= ~(columns.having(first) & columns.having(second))
    weight = columns.sums(limits.weights or (0.0,) * columns.players)
    heaviest = np.inf if limits.heaviest is None else limits.heaviest
    fits = (sizes >= (limits.smallest or 0)) & (weight >= (limits.lightest or 0.0)) & (weight <= heaviest)
    return np.asarray(keep & ((sizes < 2) | (fits & _hosted(columns, limits, weight))))


def _hosted(columns: Columns, limits: Limits, weight: FloatArray) -> BoolArray:
    if limits.hosts is None:
        return np.ones(weight.size, np.bool_)
    able = np.zeros(weight.size, np.bool_)
    for player, most in enumerate(limits.hosts):
        able |= columns.having(player) & (weight <= most) & (most > 0)
    return able
