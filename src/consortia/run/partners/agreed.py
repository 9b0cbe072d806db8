"""The gain of each group as the partners have agreed to share it: the rule, with its floors and caps."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from consortia.errors import StudyError
from consortia.partnership import PartnershipError
from consortia.partnership.circles import Circle, shares_in
from consortia.partnership.damping import damped
from consortia.partnership.masks import FloatArray, mask_of, players_of
from consortia.partnership.rules import rule_within
from consortia.partnership.shares import ShareRule, within_groups
from consortia.run.partners.arrangement import Arrangement
from consortia.study import Definition
from consortia.study.partnership import concerns

EQUAL_CONTRIBUTION = "equal_contribution"


def agreed_name(definition: Definition, rule: str = "") -> str:
    """The rule asked for, else that of the partners' terms, else the study's."""
    return rule or definition.partnership.rule or definition.sharing_rule


def agreed_rule(service: Arrangement, circle: Circle, name: str) -> ShareRule:
    """The agreed rule for one group of a circle at a time; StudyError where it needs something that is not known."""
    if name == EQUAL_CONTRIBUTION:
        return equal_contribution(service, circle)
    weights = {kind: [held[player] for player in circle.players] for kind, held in service.weights.items()}
    try:
        return rule_within(name, weights)
    except KeyError:
        raise StudyError(
            f"The gain of {service.proposal.title()} cannot be shared by {name}: not every partner's is known.",
            remedy="Choose another rule of sharing.",
        ) from None


def agreed_shares(service: Arrangement, definition: Definition, name: str) -> FloatArray:
    """Each partner's share of its group by the agreed rule, within its floor and cap; present value, pounds.

    StudyError where the rule has no answer, or floors and caps leave none.
    """
    return agreed_shares_in(service, service.groups, definition, rule=name)


def agreed_shares_in(service: Arrangement, groups: Sequence[int], definition: Definition, *, rule: str) -> FloatArray:
    """The same for any groups, which hold every partner of the service once; each must be allowed to form."""

    def shared(circle: Circle) -> FloatArray:
        own = [circle.inside(group) for group in groups if circle.holds(group)]
        return within_groups(circle.after, own, agreed_rule(service, circle, rule))

    try:
        shares = shares_in(service.circles(groups), shared, players=len(service.partners))
        return _within_limits(service, definition, shares, formed=[one for one in groups if one & (one - 1)])
    except PartnershipError as error:
        raise StudyError(f"{service.proposal.title()}: {error.what}", remedy=error.remedy) from None


def equal_contribution(service: Arrangement, circle: Circle) -> ShareRule:
    """Each member keeps the saving on its own cost and pays an equal part of the group's coordination cost.

    Most joint services of councils are paid for so. A member's saving is its part, by cost, of what the group is worth
    before coordination.
    """
    cost = np.array(circle.model.cost)
    coordination = service.factors.coordination * circle.values.coordination

    def rule(game: FloatArray, members: tuple[int, ...]) -> FloatArray:
        own = cost[list(members)]
        together = float(coordination[mask_of(members)])
        return np.asarray((float(game[-1]) + together) * own / own.sum() - together / len(members))

    return rule


def _within_limits(
    service: Arrangement, definition: Definition, shares: FloatArray, *, formed: Sequence[int]
) -> FloatArray:
    limits = {
        one.partner: one
        for one in definition.partnership.share_limits
        if concerns(one.services, service.proposal.service.code)
    }
    found = shares.copy()
    for group in formed:
        members = list(players_of(group))
        own = [limits.get(service.partners[player]) for player in members]
        if any(own):
            found[members] = damped(
                shares[members],
                floors=[-np.inf if one is None or one.floor is None else one.floor for one in own],
                caps=[np.inf if one is None or one.cap is None else one.cap for one in own],
                weights=_weights(service, members),
            )
    return found


def _weights(service: Arrangement, members: Sequence[int]) -> list[float]:
    return [service.proposal.gross[player] for player in members]
