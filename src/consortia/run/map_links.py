"""Which partners border each other."""

from __future__ import annotations

from collections.abc import Sequence

from consortia.reference.geography import borders
from consortia.run.proposals import Proposal


def map_links(proposal: Proposal) -> tuple[tuple[int, int], ...]:
    """Which of the proposal's members border each other, as pairs of their places."""
    return links_among(proposal.members)


def links_among(codes: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Which of the partners named by code border each other, as pairs of their places."""
    known = borders()
    return tuple(
        (i, j)
        for i, first in enumerate(codes)
        for j, second in enumerate(codes)
        if i < j and ((first, second) in known or (second, first) in known)
    )
