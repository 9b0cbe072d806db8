"""What services, partners and groups are called in tables."""

from __future__ import annotations

from collections.abc import Sequence

from consortia.partnership.masks import players_of
from consortia.report.words import Words, msgid
from consortia.run.partners.arrangement import Arrangement, Sharing
from consortia.run.partners.temptation import ACROSS
from consortia.study import Text

ACROSS_GROUPS = msgid("Across groups, or with partners on their own")


def title_of(service: Arrangement) -> Text:
    """What the service is called."""
    return Text(en=service.proposal.title("en"), cy=service.proposal.title("cy"))


def name_of(arranged: Sharing, code: str) -> Text:
    """A partner's name."""
    return arranged.definition.partner(code).name


def names_of(arranged: Sharing, service: Arrangement, mask: int) -> tuple[Text, ...]:
    """The names of a group's members."""
    return tuple(name_of(arranged, service.partners[player]) for player in players_of(mask))


def group_or_across(arranged: Sharing, service: Arrangement, group: int) -> Words | tuple[Words, ...]:
    """The members of a group, or words for sets across the groups."""
    return ACROSS_GROUPS if group == ACROSS else names_of(arranged, service, group)


def names_of_groups(arranged: Sharing, service: Arrangement, groups: Sequence[int]) -> Text:
    """Groups side by side: "A, B | C, D"."""
    named = [names_of(arranged, service, group) for group in groups]
    english = " | ".join(", ".join(name.en for name in group) for group in named)
    welsh = " | ".join(", ".join(name.in_language("cy") for name in group) for group in named)
    return Text(en=english, cy=welsh)
