"""Which of the partners of a proposal border each other."""

from __future__ import annotations

from consortia.reference.geography import borders
from consortia.run.proposals import Proposal


def map_links(proposal: Proposal) -> tuple[tuple[int, int], ...]:
    """Which of the proposal's members border each other, as pairs of their places."""
    known = borders()
    members = proposal.members
    return tuple(
        (i, j)
        for i, first in enumerate(members)
        for j, second in enumerate(members)
        if i < j and ((first, second) in known or (second, first) in known)
    )
