"""How the gain of each service is shared as the partners have agreed, and who would leave under that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from consortia.errors import StudyError
from consortia.findings import Finding, Severity, Value, listed
from consortia.partnership import Blocking
from consortia.partnership.masks import FloatArray
from consortia.run.partners.agreed import FloorsTooHigh, agreed_name, agreed_shares, pushed_below_zero, said_name
from consortia.run.partners.arrangement import Arranged, Arrangement
from consortia.run.partners.temptation import (
    Temptation,
    looks_across,
    most_tempted,
    temptations,
    tempted_across,
    tempted_inside,
)
from consortia.study import Definition

NAMED = 25
"""Sets of partners that would leave, named for each group; the others are counted."""
PLAIN = {"rule": None, "share_limits": ()}


@dataclass(frozen=True)
class Agreement:
    """One service with each partner's share as agreed, or why that cannot be; present value, pounds."""

    service: Arrangement
    rule: str
    """The rule that `shares` stand on."""
    shares: FloatArray
    refused: StudyError | None = None
    """Why what is agreed has no answer here; the shares are then by the study's own rule, without floors and caps."""
    pushed: tuple[Value, ...] = ()
    """Names of partners that pay for the floors and caps of others, in both languages."""

    @cached_property
    def blocking(self) -> tuple[Blocking, ...]:
        """The sets of partners that would gain most by themselves, most first; empty: it holds."""
        return most_tempted(self.service, self.service.groups, self.shares, count=NAMED)

    @cached_property
    def temptations(self) -> tuple[Temptation, ...]:
        """The same for each group by itself, then across the groups."""
        return temptations(self.service, self.shares, count=NAMED)

    def tempting(self, group: int) -> Blocking | None:
        """The set with members of this group that would gain most by itself; it may reach into other groups."""
        sets = tempted_inside(self.service, group, self.shares, count=1).sets
        if looks_across(self.service):
            sets += tempted_across(self.service, self.shares, count=1, touching=group).sets
        return max(sets, key=lambda one: one.gain, default=None)

    def share_of(self, code: str) -> float:
        """A partner's share; nothing for who does not provide the service."""
        return float(self.shares[self.service.partners.index(code)]) if code in self.service.partners else 0.0


def agreements_of(arranged: Arranged, rule: str = "") -> dict[str, Agreement]:
    """What is agreed, or `rule` in its place, for every service to be shared, by the key of its proposal."""
    name = agreed_name(arranged.definition, rule)
    return {one.proposal.key: _agreement(one, arranged.definition, name) for one in arranged.services}


def refusals(agreements: Sequence[Agreement]) -> tuple[Finding, ...]:
    """A warning for each service in which what is agreed has no answer, or makes others pay for floors and caps."""
    return tuple(finding for one in agreements for finding in (*_refusal(one), *_pushed(one)))


def _refusal(one: Agreement) -> tuple[Finding, ...]:
    if one.refused is None:
        return ()
    why = (one.refused.finding,) if isinstance(one.refused, FloorsTooHigh) else ()
    return (
        *why,
        Finding(
            "agreement-has-no-answer",
            Severity.WARNING,
            "{service}: what is agreed about shares has no answer here; the study's own rule stands in.",
            "Choose another rule, or change the floors and caps.",
            values=(("service", one.service.proposal.said),),
        ),
    )


def _pushed(one: Agreement) -> tuple[Finding, ...]:
    """Said where a partner that has stated no floor would pay so that others have theirs, or keep to their caps."""
    if not one.pushed:
        return ()
    return (
        Finding(
            "floors-charge-others",
            Severity.WARNING,
            "{service}: by the floors and caps that are agreed, {partners} would pay where the rule alone charges "
            "nothing.",
            "Lower a floor or raise a cap, or have them agree to it as a floor of their own.",
            values=(("service", one.service.proposal.said), ("partners", listed(one.pushed))),
        ),
    )


def _agreement(service: Arrangement, definition: Definition, name: str) -> Agreement:
    try:
        shares = agreed_shares(service, definition, name)
        pushed = pushed_below_zero(service, definition, shares, rule=name)
        names = tuple(said_name(definition, code) for code in pushed)
        return Agreement(service, name, shares, pushed=names)
    except StudyError as error:
        plain = definition.model_copy(update={"partnership": definition.partnership.model_copy(update=PLAIN)})
        rule = definition.sharing_rule
        return Agreement(service, rule, agreed_shares(service, plain, rule), refused=error)
