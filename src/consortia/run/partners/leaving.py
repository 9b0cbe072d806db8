"""What happens when a partner leaves a service: what it costs whom, who leaves next, what those left could still do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from consortia.partnership.exit import Cascade, ExitTerms, cascade, walk_away_price
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

    @cached_property
    def walk_away(self) -> FloatArray:
        """By how much each one's share could fall before it is as well off alone, leaving paid for."""
        return walk_away_price(self.service.game, self.shares.tolist(), self.terms)

    def follow(self, leaver: int) -> Cascade:
        """The departures that begin with one member's."""
        rule = agreed_rule(self.service, self.rule)
        return cascade(self.service.after, self.group, leaver, rule=rule, terms=self.terms)

    def still_possible(self, leaver: int) -> float:
        """The most that the other members could be worth in whatever new groups suit them, exit costs left out."""
        rest = self.group ^ 1 << leaver
        return float(worth_table(self.service.after[groups_within(rest)])[-1])


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
    count = len(service.partners)
    pays, bear = np.zeros(count), np.zeros(count)
    for player in players_of(group):
        part = _part(service, group, player, rule)
        notice = _notice(service, group, setting) / 12 * part * service.values.coordination[group]
        broken = value("exit_disaggregation_share") * service.values.setup[group] * _part(service, group, player, "")
        falls = max(service.values.coordination[group] - service.values.coordination[group ^ 1 << player], 0.0)
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
    return level_rule(service.proposal.levels[int(service.values.level[group])].code).notice_months


def _part(service: Arrangement, group: int, player: int, rule: str) -> float:
    """A member's part of the coordination cost: equal where contributions are equal, else by cost."""
    members = players_of(group)
    if rule == EQUAL_CONTRIBUTION:
        return 1 / len(members)
    return service.proposal.cost[player] / sum(service.proposal.cost[one] for one in members)
