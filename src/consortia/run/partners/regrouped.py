"""A service in groups that somebody chose by hand: what each is worth, who then has what, and whether that holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from consortia.partnership import Blocking
from consortia.partnership.masks import FloatArray, players_of
from consortia.run.partners.agreed import agreed_shares_in
from consortia.run.partners.arrangement import Arrangement
from consortia.run.partners.temptation import most_tempted
from consortia.study import Definition


@dataclass(frozen=True)
class Regrouped:
    """Groups of a service as bit masks over its partners. Present values, pounds of the base year."""

    service: Arrangement
    groups: tuple[int, ...]
    """As asked for: every partner of the service stands in one."""
    forbidden: tuple[int, ...]
    """Those that the study's wishes and limits do not allow: their members are counted alone."""
    shares: FloatArray
    """What each partner has by the agreed rule, within floors and caps."""
    tempted: Blocking | None
    """The partners that would gain most by forming a group of their own; None: it holds."""

    def worth(self, group: int) -> float:
        """What one of the groups is worth; nothing where it may not form."""
        return 0.0 if group in self.forbidden else self.service.worth_of(group)

    @property
    def total(self) -> float:
        """What all the groups are worth together."""
        return sum(self.worth(group) for group in self.groups)


def regroup(service: Arrangement, groups: Sequence[int], definition: Definition, *, rule: str) -> Regrouped:
    """The service in these groups, shared by the rule.

    StudyError where the rule has no answer, or floors and caps leave none.
    """
    forbidden = tuple(group for group in groups if service.worth_of(group) == -inf)
    able = [group for group in groups if group not in forbidden]
    alone = [1 << player for group in forbidden for player in players_of(group)]
    shares = agreed_shares_in(service, (*able, *alone), definition, rule=rule)
    tempted = most_tempted(service, (*able, *alone), shares, count=1)
    return Regrouped(service, tuple(groups), forbidden, shares, tempted[0] if tempted else None)
