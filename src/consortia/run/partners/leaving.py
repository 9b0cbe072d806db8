"""What happens when a partner leaves a service: what it costs whom, who leaves next, what those left could still do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from consortia.partnership.circles import Circle
from consortia.partnership.exit import Cascade, Departure, ExitTerms, cascade, walk_away_price
from consortia.partnership.masks import FloatArray, groups_within, players_of
from consortia.partnership.worth_table import worth_table
from consortia.reference.level_rules import level_rule
from consortia.run.partners.agreed import EQUAL_CONTRIBUTION, agreed_rule, agreed_shares
from consortia.run.partners.arrangement import Arrangement
from consortia.run.setting import Setting


@dataclass(frozen=True)
class Exits:
    """The price of leaving one group of a service for each of its members."""

    service: Arrangement
    group: int
    rule: str
    shares: FloatArray
    """By the agreed rule within floors and caps, present value, one for each partner of the service."""
    terms: ExitTerms
    notice_months: float

    @property
    def members(self) -> tuple[int, ...]:
        """The members of the group."""
        return players_of(self.group)

    @property
    def circle(self) -> Circle:
        """The circle in which the group's own groups are priced."""
        return self.service.circle_of(self.group)

    @cached_property
    def walk_away(self) -> FloatArray:
        """By how much each one's share could fall before it is as well off alone, leaving paid for."""
        players = list(self.circle.players)
        prices = np.zeros(len(self.shares))
        prices[players] = walk_away_price(self.circle.game, self.shares[players].tolist(), self._terms_inside)
        return prices

    @property
    def _terms_inside(self) -> ExitTerms:
        pays, bear = (
            tuple(part[player] for player in self.circle.players)
            for part in (self.terms.leaver_pays, self.terms.rest_bear)
        )
        return ExitTerms(pays, bear)

    def follow(self, leaver: int) -> Cascade:
        """The departures that begin with one member's; players and groups are those of the service."""
        circle = self.circle
        rule = agreed_rule(self.service, circle, self.rule)
        first, group = circle.players.index(leaver), circle.inside(self.group)
        found = cascade(circle.after, group, first, rule=rule, terms=self._terms_inside)
        return Cascade(tuple(_outside(one, circle, len(self.service.partners)) for one in found.departures))

    def still_possible(self, leaver: int) -> float:
        """The most that the other members could be worth in whatever new groups suit them, exit costs left out."""
        rest = self.circle.inside(self.group ^ 1 << leaver)
        return float(worth_table(self.circle.after[groups_within(rest)])[-1])


def _outside(one: Departure, circle: Circle, players: int) -> Departure:
    """A departure within a circle as one of the service."""
    shares = [0.0] * players
    for player, share in zip(circle.players, one.shares, strict=True):
        shares[player] = share
    return replace(one, player=circle.players[one.player], left=circle.outside(one.left), shares=tuple(shares))


def exits_of(service: Arrangement, setting: Setting, *, rule: str) -> tuple[Exits, ...]:
    """The exit prices of every group of a service that is to form, under the agreed rule and the exit terms."""
    shares = agreed_shares(service, setting.definition, rule)
    return tuple(
        Exits(service, group, rule, shares, _terms(service, group, setting, rule), _notice(service, group, setting))
        for group in service.formed
    )


def _terms(service: Arrangement, group: int, setting: Setting, rule: str) -> ExitTerms:
    """What leaving the group costs each member and those who stay; today's pounds, not discounted.

    The leaver pays its part of the coordination cost until its notice is over, and its part of taking things apart. Of
    the coordination cost that should fall away with it, a part stays for some years and falls on the rest.
    """
    agreed = setting.definition.partnership.exit_of(service.proposal.service.code)
    value = setting.assumptions.value
    apart = None if agreed is None else agreed.disaggregation_cost
    stranded = agreed.stranded_share if agreed and agreed.stranded_share is not None else value("exit_stranded_share")
    years = agreed.stranded_years if agreed and agreed.stranded_years is not None else value("exit_stranded_years")
    count, circle = len(service.partners), service.circle_of(group)
    setup, coordination = circle.values.setup[circle.inside(group)], circle.values.coordination
    now = coordination[circle.inside(group)]
    pays, bear = np.zeros(count), np.zeros(count)
    for player in players_of(group):
        part = _part(service, group, player, rule)
        notice = _notice(service, group, setting) / 12 * part * now
        broken = value("exit_disaggregation_share") * setup * _part(service, group, player, "")
        falls = max(now - coordination[circle.inside(group ^ 1 << player)], 0.0)
        pays[player] = notice + (broken if apart is None else apart)
        bear[player] = max(stranded * years * falls - notice, 0.0)
    return ExitTerms(tuple(pays.tolist()), tuple(bear.tolist()))


def _notice(service: Arrangement, group: int, setting: Setting) -> float:
    """Months of notice: of the agreement, else of the study's own assumption, else of the group's level."""
    agreed = setting.definition.partnership.exit_of(service.proposal.service.code)
    if agreed is not None and agreed.notice_months is not None:
        return agreed.notice_months
    if "exit_notice_months" in setting.assumptions.own:
        return setting.assumptions.value("exit_notice_months")
    circle = service.circle_of(group)
    deepest = int(circle.values.level[circle.inside(group)])
    return level_rule(service.proposal.levels[deepest].code).notice_months


def _part(service: Arrangement, group: int, player: int, rule: str) -> float:
    """A member's part of the coordination cost: equal where contributions are equal, else by cost."""
    members = players_of(group)
    if rule == EQUAL_CONTRIBUTION:
        return 1 / len(members)
    return service.proposal.cost[player] / sum(service.proposal.cost[one] for one in members)
