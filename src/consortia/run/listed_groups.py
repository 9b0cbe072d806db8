"""Which groups are looked at where too many partners provide a service to look at every one.

Those that hang together: by common borders, and where the service is not bound to the map also by likeness and by the
partners' wishes; up to the largest size of which the list is not too long to search well.
"""

from __future__ import annotations

from collections.abc import Iterator

from consortia.errors import StudyError
from consortia.partnership import Columns, Limits, allowed_columns, connected_sets
from consortia.partnership.masks import MOST_PLAYERS
from consortia.run.map_links import map_links
from consortia.run.proposals import Proposal

MOST_LISTED = 6_000
"""Longer lists make the search slower than the larger groups are worth [judgement]."""
LARGEST = 8
"""A group of more costs more to coordinate than one more member saves by any range of the reference [judgement]."""
ALIKE = 3
"""Partners least unlike it that each is linked with."""

Pair = tuple[int, int]


def too_many(proposal: Proposal) -> bool:
    """Say whether more partners provide a service than a table over all groups can take."""
    return len(proposal.members) > MOST_PLAYERS


def listed_groups(proposal: Proposal, limits: Limits) -> Columns:
    """The groups to look at that the limits allow, everybody alone among them.

    StudyError where the smallest group allowed is larger than the largest that can be listed.
    """
    links = limits.links if limits.links is not None else tuple(_links(proposal, limits))
    listed = near_each_other(len(proposal.members), links, limits)
    largest = int(listed.sizes.max())
    if limits.smallest is not None and limits.smallest > largest:
        raise StudyError(
            f"{proposal.title()}: groups of {limits.smallest} among {len(proposal.members)} partners are too many to "
            f"look at; the largest that can be looked at have {largest}.",
            remedy="Allow smaller groups, or split the study by region.",
        )
    return listed.where(allowed_columns(listed, limits))


def near_each_other(players: int, links: tuple[Pair, ...], limits: Limits) -> Columns:
    """All that hang together by the links, of the largest size within the limits at which they are not too many."""
    for largest in range(min(limits.largest or LARGEST, LARGEST), 2, -1):
        try:
            return connected_sets(players, links, largest=largest, most=MOST_LISTED)
        except ValueError:
            continue
    return connected_sets(players, links, largest=2)


def _links(proposal: Proposal, limits: Limits) -> Iterator[Pair]:
    """Who stands near whom: borders, likeness (without it those next in the list), and wishes to stand together."""
    yield from map_links(proposal)
    yield from limits.together
    for player in range(len(proposal.members)):
        yield from ((player, other) for other in _most_like(proposal, player))


def _most_like(proposal: Proposal, player: int) -> list[int]:
    others = [one for one in range(len(proposal.members)) if one != player]
    if proposal.unlikeness is None:
        return sorted(others, key=lambda one: abs(proposal.cost[one] - proposal.cost[player]))[:ALIKE]
    row = proposal.unlikeness[player]
    return sorted(others, key=lambda one: (row[one], abs(one - player)))[:ALIKE]
