"""What each limit costs: the best value without it, less the best value with all of them.

Each price is a difference of two solves. Two limits that cost nothing one by one (either is enough to forbid the better
grouping) may cost something together: the price of all says so. Nothing here knows of councils.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from consortia.partnership.grouping import best_value, limited
from consortia.partnership.limits import Limits, allowed_groups
from consortia.partnership.masks import FloatArray, player_count

NO_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class ConstraintPrice:
    """One limit, and what the best grouping would be worth more without it, in the unit of the table."""

    kind: str
    """Field of `Limits`: together, apart, largest, links, hosts, smallest, lightest, heaviest; or 'all'."""
    players: tuple[int, ...]
    """The players it names; none: it is about every group."""
    price: float


def constraint_prices(value: FloatArray, limits: Limits) -> tuple[ConstraintPrice, ...]:
    """Give the price of each limit, the dearest first, and last that of all together.

    `ValueError` if the limits together leave no way to divide the players.
    """
    held = _best(value, limits)
    each = [
        ConstraintPrice(kind, players, _best(value, without) - held)
        for (kind, players), without in _without_one(limits).items()
    ]
    every = ConstraintPrice("all", (), _best(value, NO_LIMITS) - held)
    return (*sorted(each, key=lambda one: -one.price), every)


def _best(value: FloatArray, limits: Limits) -> float:
    return best_value(limited(value, allowed_groups(player_count(value), limits)))


def _without_one(limits: Limits) -> Mapping[tuple[str, tuple[int, ...]], Limits]:
    """Give the limits that are left when one is taken back, by the one taken back."""
    left: dict[tuple[str, tuple[int, ...]], Limits] = {}
    for pair in limits.together:
        left["together", pair] = replace(limits, together=tuple(one for one in limits.together if one != pair))
    for pair in limits.apart:
        left["apart", pair] = replace(limits, apart=tuple(one for one in limits.apart if one != pair))
    for kind in ("largest", "links", "hosts", "smallest", "lightest", "heaviest"):
        if getattr(limits, kind) != getattr(NO_LIMITS, kind):
            left[kind, ()] = replace(limits, **{kind: getattr(NO_LIMITS, kind)})
    return left
