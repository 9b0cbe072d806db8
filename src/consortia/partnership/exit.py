"""What happens when a partner leaves: what it costs the rest, who leaves next, and where it ends.

A partner stays while its share of what its group is worth is not less than it has alone, the price of leaving counted.
When one leaves, the rest are worth less, cost that does not stop falls on them, and the same rule shares what is left;
that may be too little for somebody else. Source: methods.md 10 and 15; the case behind it is a Welsh consortium of six
that ended when one council's contribution rose fourfold. Nothing here knows of councils.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from consortia.partnership.masks import FloatArray, groups_within, player_count, players_of
from consortia.partnership.refusals import PartnershipError
from consortia.partnership.shares import ShareRule

NOISE: Final = 1e-9
"""A loss below this part of the group's worth is rounding, no reason to leave."""


@dataclass(frozen=True, slots=True)
class ExitTerms:
    """What leaving costs, present value in the unit of the table, one amount for each player."""

    leaver_pays: tuple[float, ...]
    """What it costs the one who leaves: notice, its part of systems to be taken apart, staff to be taken back."""
    rest_bear: tuple[float, ...]
    """What falls on those who stay: overheads and contracts that do not stop, less what the leaver pays them."""


@dataclass(frozen=True, slots=True)
class Departure:
    """One partner leaves a group."""

    player: int
    left: int
    """Those who stay, as a bit mask."""
    worth: float
    """What they are worth together, what fell on them taken off."""
    shares: tuple[float, ...]
    """What each of all players then has by the rule; 0 for who is not in the group."""
    costs_the_rest: float
    """How much less those who stay have than before this departure, all together. Below zero: they gain."""


@dataclass(frozen=True, slots=True)
class Cascade:
    """The departures that follow from one, in order; the first is the one asked about."""

    departures: tuple[Departure, ...]

    @property
    def next_to_leave(self) -> int | None:
        """Name who leaves next, because it would be better off alone; `None`: the rest hold together."""
        return self.departures[1].player if len(self.departures) > 1 else None

    @property
    def left(self) -> int:
        """Those who hold together in the end, as a bit mask; nobody where one alone would remain."""
        return self.departures[-1].left

    @property
    def costs_the_rest(self) -> float:
        """What the first departure, with all that follow from it, costs everybody but the one who began."""
        return sum(one.costs_the_rest for one in self.departures) + sum(self._own_losses())

    def _own_losses(self) -> list[float]:
        """What each later leaver had before it left."""
        return [
            before.shares[after.player] for before, after in zip(self.departures, self.departures[1:], strict=False)
        ]


def walk_away_price(value: FloatArray, shares: Sequence[float], terms: ExitTerms | None = None) -> FloatArray:
    """Give for each player by how much its share could fall before it is as well off alone, leaving paid for."""
    players = player_count(value)
    alone = value[[1 << player for player in range(players)]]
    return np.asarray(np.asarray(shares) - alone + (terms or free_exit(players)).leaver_pays)


def free_exit(players: int) -> ExitTerms:
    """Give terms under which leaving costs nobody anything."""
    return ExitTerms((0.0,) * players, (0.0,) * players)


def cascade(value: FloatArray, group: int, first: int, *, rule: ShareRule, terms: ExitTerms | None = None) -> Cascade:
    """Follow what happens when player `first` leaves `group`, until those left hold together or only one is.

    `value` as for `best_partition`; `rule` shares the worth of those left among them. Of several who would be better
    off alone, the one with most to gain goes first. `ValueError` if `first` is not one of two or more members.
    """
    if not group >> first & 1 or not group & (group - 1):
        raise ValueError(f"Player {first} is not a member of a group of two or more.")
    costs = terms or free_exit(player_count(value))
    departures: list[Departure] = []
    shares, fallen = _shares(value, group, rule, 0.0), 0.0
    leaver: int | None = first
    while leaver is not None:
        group ^= 1 << leaver
        fallen += costs.rest_bear[leaver]
        now = _shares(value, group, rule, fallen)
        departures.append(_departure(leaver, group, before=shares, after=now))
        shares, leaver = now, _next(value, group, now, costs)
    return Cascade(tuple(departures))


def _departure(leaver: int, group: int, *, before: FloatArray, after: FloatArray) -> Departure:
    stay = list(players_of(group))
    lost = float(before[stay].sum() - after[stay].sum())
    left = group if group & (group - 1) else 0
    return Departure(leaver, left, float(after.sum()), tuple(after.tolist()), lost)


def _next(value: FloatArray, group: int, shares: FloatArray, costs: ExitTerms) -> int | None:
    """Who of a group of two or more would gain most by leaving; nobody when all are as well off inside."""
    members = players_of(group)
    if len(members) < 2:
        return None
    better = {one: float(value[1 << one]) - costs.leaver_pays[one] - shares[one] for one in members}
    most = max(members, key=lambda one: better[one])
    return most if better[most] > NOISE * max(abs(float(value[group])), 1.0) else None


def _shares(value: FloatArray, group: int, rule: ShareRule, fallen: float) -> FloatArray:
    """What each member has by the rule when so much has fallen on the group; a group that may not form has nothing.

    One left alone has what it has alone, less what has fallen on it.
    """
    shares = np.zeros(player_count(value))
    members = players_of(group)
    if len(members) == 1:
        shares[members[0]] = value[group] - fallen
    elif members:
        game = value[groups_within(group)].copy()
        game[-1] = (game[-1] if np.isfinite(game[-1]) else 0.0) - fallen
        shares[list(members)] = _by(rule, game, members)
    return shares


def _by(rule: ShareRule, game: FloatArray, members: tuple[int, ...]) -> FloatArray:
    """Share by the rule; equally where it has no answer for those left."""
    try:
        return rule(game, members)
    except PartnershipError:
        return np.full(len(members), game[-1] / len(members))
