"""How sure it is that no other grouping is worth more: proved, or by how much at most it might be."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from consortia.report.words import Quantity, Words, msgid, say
from consortia.run.decisions import Decision

PROVED = msgid("Proved: no other grouping of the partners is worth more for any service, within the conditions.")
WITHIN = msgid(
    "Not proved for every service: by other groupings all services together could be worth up to {part} more than by "
    "these, within the conditions."
)
UNBOUNDED = msgid("Not proved for every service: the groupings are the best of those looked at.")


def proof_of(decisions: Sequence[Decision]) -> Words:
    """That the best groupings are proved, or what all services could be worth more at most; central case."""
    found = [one.option.grouping for one in decisions]
    held = sum(one.best.value for one in found)
    bound = sum(one.best.value if one.listing is None else max(one.listing.bound, one.best.value) for one in found)
    if all(one.best.proved for one in found) and bound <= held + abs(held) * 1e-9:
        return PROVED
    if held <= 0:
        return UNBOUNDED
    return say(WITHIN, part=Quantity(ceil((bound - held) / held * 1000) / 1000, "percent"))
