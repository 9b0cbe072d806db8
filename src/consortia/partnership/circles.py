"""Partners looked at together: all of a service's, or, where they are too many, those of one chosen group.

Within a circle every group is priced, so that shares and stability are those of a game of its own. Groups are bit masks
over all partners outside of it and over its own players inside. Nothing here knows of councils.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from consortia.partnership.grouping import limited
from consortia.partnership.limits import Limits, Pair, allowed_groups
from consortia.partnership.masks import FloatArray, mask_of, players_of
from consortia.partnership.rules import PREFERENCE, Division, Weights, divide
from consortia.partnership.stability import Blocking
from consortia.partnership.value import GroupModel, GroupValues, ScaleCurve, price_groups

SHOWN = 3
"""Groups that would leave, kept with each rule."""


@dataclass(frozen=True, slots=True)
class Circle:
    """Some of the players of a service, and what every group of them is worth; present values."""

    players: tuple[int, ...]
    """Who they are; the first is bit 0 of the tables."""
    model: GroupModel
    """Of these players alone."""
    values: GroupValues
    game: FloatArray
    """What each group is worth within the limits; one alone is worth nothing."""
    after: FloatArray
    """The same without the wishes to stand together: what is open to those left once somebody has gone."""

    def holds(self, mask: int) -> bool:
        """Say whether all members of a group are in the circle."""
        return set(players_of(mask)) <= set(self.players)

    def inside(self, mask: int) -> int:
        """Give a group of the circle's players as a mask over them."""
        return sum(1 << place for place, player in enumerate(self.players) if mask >> player & 1)

    def outside(self, mask: int) -> int:
        """Give a mask over the circle's players as a group of all."""
        return mask_of([self.players[place] for place in players_of(mask)])

    def blocking(self, found: Sequence[Blocking]) -> tuple[Blocking, ...]:
        """Give groups that would leave as groups of all."""
        return tuple(replace(one, mask=self.outside(one.mask)) for one in found)


def circle_of(model: GroupModel, limits: Limits, players: Sequence[int]) -> Circle:
    """Give the circle of some players of a service: every group of theirs priced."""
    own, bound = model_inside(model, players), limits_inside(limits, players)
    values = price_groups(own)
    free = replace(bound, together=())
    return Circle(tuple(players), own, values, _open(values.value, bound), _open(values.value, free))


def model_inside(model: GroupModel, players: Sequence[int]) -> GroupModel:
    """Give the model of some of the players, in the order named."""
    gain, unlike = model.gain, model.unlikeness
    if isinstance(gain, ScaleCurve):
        gain = replace(gain, volumes=tuple(gain.volumes[one] for one in players))
    if unlike is not None:
        unlike = tuple(tuple(unlike[one][other] for other in players) for one in players)
    masks = {one: 1 << place for place, one in enumerate(players)}
    idle = [players_of(mask) for mask in model.idle if mask & ~mask_of(players) == 0]
    return replace(
        model,
        cost=tuple(model.cost[one] for one in players),
        gain=gain,
        unlikeness=unlike,
        idle=tuple(sum(masks[one] for one in group) for group in idle),
    )


def limits_inside(limits: Limits, players: Sequence[int]) -> Limits:
    """Give the limits as they stand among some of the players; a pair with somebody else is no limit here."""
    place = {player: number for number, player in enumerate(players)}

    def pairs(held: tuple[Pair, ...]) -> tuple[Pair, ...]:
        return tuple((place[one], place[other]) for one, other in held if one in place and other in place)

    return replace(
        limits,
        together=pairs(limits.together),
        apart=pairs(limits.apart),
        links=None if limits.links is None else pairs(limits.links),
        weights=tuple(limits.weights[one] for one in players) if limits.weights else (),
        hosts=None if limits.hosts is None else tuple(limits.hosts[one] for one in players),
    )


def divide_in(circles: Sequence[Circle], groups: Sequence[int], weights: Weights, *, players: int) -> list[Division]:
    """Divide the worth of each group by every rule, circle by circle; who is in no circle has nothing.

    A rule has an answer where it has one in every circle.
    """
    each = [_divided(circle, groups, weights) for circle in circles]
    known = [name for name in PREFERENCE if each and all(name in one for one in each)]
    return [_joined(name, circles, [one[name] for one in each], players) for name in known]


def shares_in(circles: Sequence[Circle], shared: Callable[[Circle], FloatArray], *, players: int) -> FloatArray:
    """Give every player's share, found circle by circle; who is in none has nothing."""
    shares = np.zeros(players)
    for circle in circles:
        shares[list(circle.players)] = shared(circle)
    return shares


def _divided(circle: Circle, groups: Sequence[int], weights: Weights) -> dict[str, Division]:
    own = [circle.inside(group) for group in groups if circle.holds(group)]
    weighed = {name: [held[one] for one in circle.players] for name, held in weights.items()}
    return {one.rule: one for one in divide(circle.after, own, weighed)}


def _joined(name: str, circles: Sequence[Circle], found: Sequence[Division], players: int) -> Division:
    refused = next((one.refused for one in found if one.refused is not None), None)
    if refused is not None:
        return Division(name, (), (), refused=refused)
    shares = np.zeros(players)
    blocking: list[Blocking] = []
    for circle, one in zip(circles, found, strict=True):
        shares[list(circle.players)] = one.shares
        blocking += circle.blocking(one.blocking)
    blocking.sort(key=lambda one: -one.gain)
    within = all(one.within for one in found)
    return Division(name, tuple(shares.tolist()), tuple(blocking[:SHOWN]), within)


def _open(value: FloatArray, limits: Limits) -> FloatArray:
    """Whatever the limits, a player may stand alone, and is worth nothing then."""
    players = value.size.bit_length() - 1
    game = limited(value, allowed_groups(players, limits))
    game[[1 << player for player in range(players)]] = 0.0
    return game
