"""The gain of each group as the partners have agreed to share it: the rule, with its floors and caps."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from consortia.errors import StudyError
from consortia.findings import Finding, Severity, Value, listed, named
from consortia.partnership import PartnershipError
from consortia.partnership.circles import Circle, shares_in
from consortia.partnership.damping import damped
from consortia.partnership.masks import FloatArray, mask_of, players_of
from consortia.partnership.rules import rule_within
from consortia.partnership.shares import ShareRule, within_groups
from consortia.run.partners.arrangement import Arrangement
from consortia.study import Definition
from consortia.study.partnership import ShareLimit

EQUAL_CONTRIBUTION = "equal_contribution"
PENNY = 0.01
TOO_HIGH = (
    "{service}: the floors agreed ({floors}) come to {total}, more than the {worth} that {group} are worth together: "
    "the others would have to pay for them."
)


class FloorsTooHigh(StudyError):
    """The floors of a group's members come to more than it is worth; `finding` says which, in both languages."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        filled = finding.filled()
        super().__init__(finding.sentence.format(**filled), remedy=finding.remedy)


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
    code, found = service.proposal.service.code, shares.copy()
    limits = {one: limit for one in service.partners if (limit := definition.partnership.limit_of(one, code))}
    for group in formed:
        members = list(players_of(group))
        own = [limits.get(service.partners[player]) for player in members]
        if any(own):
            _refuse_more_than_there_is(service, definition, own, members=members, worth=float(shares[members].sum()))
            found[members] = damped(
                shares[members],
                floors=[-np.inf if one is None or one.floor is None else one.floor for one in own],
                caps=[np.inf if one is None or one.cap is None else one.cap for one in own],
                weights=_weights(service, members),
            )
    return found


def _refuse_more_than_there_is(
    service: Arrangement,
    definition: Definition,
    limits: Sequence[ShareLimit | None],
    *,
    members: Sequence[int],
    worth: float,
) -> None:
    """Floors must be met from what the group is worth, never by charging a member that has stated none."""
    floors = {one.partner: one.floor for one in limits if one is not None and one.floor is not None}
    if floors and sum(floors.values()) > max(worth, 0.0) + PENNY:
        values = (
            ("service", service.proposal.said),
            ("group", listed(said_name(definition, service.partners[player]) for player in members)),
            ("floors", listed(_floor(said_name(definition, code), floor) for code, floor in floors.items())),
            ("total", f"£{sum(floors.values()):,.0f}"),
            ("worth", f"£{worth:,.0f}"),
        )
        remedy = "Lower a floor, or take one out."
        raise FloorsTooHigh(Finding("floors-above-worth", Severity.WARNING, TOO_HIGH, remedy, values=values))


def said_name(definition: Definition, code: str) -> Value:
    """A partner's name as a value of a finding, in both languages."""
    name = definition.partner(code).name
    return named(name.en, name.in_language("cy"))


def _floor(name: Value, amount: float) -> Value:
    english, welsh = (name, name) if isinstance(name, str) else name
    return named(f"{english} £{amount:,.0f}", f"{welsh} £{amount:,.0f}")


def pushed_below_zero(service: Arrangement, definition: Definition, shares: FloatArray, *, rule: str) -> list[str]:
    """The partners that would pay for others' floors and caps: by the rule alone they would not, and agreed to none."""
    terms = definition.partnership
    free = definition.model_copy(update={"partnership": terms.model_copy(update={"share_limits": ()})})
    by_rule = agreed_shares(service, free, rule)
    return [
        code
        for code, share, before in zip(service.partners, shares, by_rule, strict=True)
        if share < -PENNY and share < before - PENNY and before >= -PENNY and _has_no_floor(code, service, definition)
    ]


def _has_no_floor(code: str, service: Arrangement, definition: Definition) -> bool:
    limit = definition.partnership.limit_of(code, service.proposal.service.code)
    return limit is None or limit.floor is None


def _weights(service: Arrangement, members: Sequence[int]) -> list[float]:
    return [service.proposal.gross[player] for player in members]
