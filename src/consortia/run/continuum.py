"""The shared map of a consortium: every function on its level, what is agreed, and what the evidence proposes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from consortia.findings import Finding, Severity, Value, listed, named
from consortia.reference.collaboration import level
from consortia.reference.level_rules import level_rule
from consortia.reference.taxonomy import service
from consortia.report.words import Quantity, Words, msgid, say
from consortia.run.decisions import Decision
from consortia.study import Definition, Text
from consortia.study.placements import Placement

NONE = "none"
NO_GAIN = msgid("No group of these does better than doing nothing: exchange good practice, share nothing.")
TOO_RISKY = msgid("A group might gain, but is too likely to lose money: exchange good practice until it is surer.")


@dataclass(frozen=True, slots=True)
class Standing:
    """One function on one level for some partners: placed by them, or proposed because nobody has placed it."""

    key: str
    function: Text
    service: str
    level: str
    members: tuple[str, ...]
    placement: Placement | None
    """None: a proposal from the evidence of the run; nobody has agreed to it."""
    evidence: Words = ""
    """For a proposal: what speaks for the level."""

    @property
    def waiting(self) -> tuple[str, ...]:
        """The members that have not agreed yet."""
        agreed = {one.partner for one in self.placement.agreed} if self.placement else set()
        return tuple(code for code in self.members if code not in agreed)


def standings(definition: Definition, decisions: Sequence[Decision]) -> tuple[Standing, ...]:
    """What the partners have placed, then a proposal for every service examined that they have not."""
    placed = [_placed(one, definition) for one in definition.partnership.placements]
    done = {one.service for one in placed if one.service}
    proposed = [each for one in decisions if one.proposal.service.code not in done for each in _proposed(one)]
    return (*placed, *proposed)


def placement_findings(definition: Definition) -> tuple[Finding, ...]:
    """Placements whose level promises what is not in place, or lies deeper than is sensible for the service."""
    placements = definition.partnership.placements
    return tuple(finding for one in placements for finding in (*_lacking(one), *_too_deep(one)))


def _placed(one: Placement, definition: Definition) -> Standing:
    return Standing(one.key, one.function, one.service, one.level, one.members or definition.codes, one)


def _proposed(decision: Decision) -> Iterable[Standing]:
    proposal = decision.proposal
    title, code = Text(en=proposal.title("en"), cy=proposal.title("cy")), proposal.service.code
    inside: set[str] = set()
    for group in decision.formed:
        inside |= {*group.price.members}
        said = say(
            msgid("The level at which this group is worth most: {value} over the whole period, central case."),
            value=Quantity(group.price.value, "money"),
        )
        yield Standing(proposal.key, title, code, group.price.level, group.price.members, None, said)
    outside = tuple(one for one in proposal.members if one not in inside)
    if outside:
        why = TOO_RISKY if decision.reason == "too_risky" else NO_GAIN
        yield Standing(proposal.key, title, code, "networking", outside, None, why)


def _lacking(one: Placement) -> Iterable[Finding]:
    """A level means something: what it needs must be in place, or the name of a shallower one fits better."""
    if one.in_place is None or one.level == NONE:
        return
    missing = [feature for feature in level_rule(one.level).needs if feature not in one.in_place]
    if missing:
        yield Finding(
            "level-without-its-meaning",
            Severity.WARNING,
            "{function} is placed on {level}, but this is not in place: {missing}.",
            "Put it in place (an action with a day), or call the function what it is today.",
            values=(
                ("function", _said(one.function)),
                ("level", _level_name(one.level)),
                ("missing", listed([named(*FEATURE_NAMES[feature]) for feature in missing])),
            ),
        )


def _too_deep(one: Placement) -> Iterable[Finding]:
    if not one.service or one.level == NONE:
        return
    ceiling = service(one.service).ceiling
    if level(one.level).order > level(ceiling).order:
        yield Finding(
            "level-deeper-than-sensible",
            Severity.NOTE,
            "{function} is placed on {level}, deeper than is sensible for {service} by default ({ceiling}; judgement).",
            "Say in the reasons why it can be done here.",
            values=(
                ("function", _said(one.function)),
                ("level", _level_name(one.level)),
                ("service", service(one.service).said),
                ("ceiling", _level_name(ceiling)),
            ),
        )


def _said(text: Text) -> Value:
    return named(text.en, text.in_language("cy"))


def _level_name(code: str) -> Value:
    found = level(code)
    return named(found.name, found.name_cy)


FEATURE_NAMES = {
    "exchange": ("exchange of practice", "cyfnewid arfer"),
    "aligned_policies": ("aligned policies", "polisïau wedi'u cysoni"),
    "joint_solutions": ("joint solutions", "atebion ar y cyd"),
    "shared_resources": ("shared resources", "adnoddau a rennir"),
    "shared_risk": ("shared risk and reward", "risg a budd a rennir"),
    "pooled_budget": ("a pooled budget", "cyllideb gyfun"),
    "common_service": ("one common service", "un gwasanaeth cyffredin"),
}
