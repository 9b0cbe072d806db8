"""Why no two partners may share a service at all: which rule of the study or of the map forbids every group."""

from __future__ import annotations

from itertools import combinations

from consortia.partnership import Limits
from consortia.report.words import Words, msgid, say
from consortia.run.groups import limits_of
from consortia.run.proposals import Proposal
from consortia.study import Definition


def why_no_group(proposal: Proposal, definition: Definition) -> Words:
    """The rule that forbids every group of the partners of a proposal, in a sentence with what could be changed."""
    limits = limits_of(proposal, definition)
    members = tuple(definition.partner(code).name for code in proposal.members)
    if not any(level.factor > 0 for level in proposal.levels):
        return msgid("No level of working together that is open to this service saves anything.")
    if limits.links is not None and not limits.links:
        sentence = msgid("It is shared across a common border only (adjacency), and no two of {partners} have one.")
        return say(sentence, partners=members)
    if limits.hosts is not None and not any(limits.hosts):
        return say(msgid("All of {partners} would buy it and none would host it."), partners=members)
    if _all_apart(limits, len(members)):
        return say(msgid("The links of this study keep {partners} apart from each other."), partners=members)
    if definition.partnership.bounds or limits.hosts is not None:
        sentence = msgid(
            "No group of {partners} is of a size that the study allows, agrees with its links and has a host."
        )
        return say(sentence, partners=members)
    sentence = msgid("Every group of {partners} breaks a link of this study (together or apart) or lacks a border.")
    return say(sentence, partners=members)


def _all_apart(limits: Limits, count: int) -> bool:
    apart = {frozenset(pair) for pair in limits.apart}
    return all(frozenset(pair) in apart for pair in combinations(range(count), 2))
