"""Which partner of a service stands in which group, as the address of a page says it; nothing of it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from consortia.errors import StudyError
from consortia.partnership.masks import players_of
from consortia.report.hexmap import group_letter
from consortia.run.partners import Arrangement
from consortia.web.language import sentence

PREFIX = "in-"


@dataclass(frozen=True, slots=True)
class Seating:
    """The group of each partner of a service by code: 1 for A, 2 for B ..., 0 for a partner on its own."""

    service: str
    run: Mapping[str, int]
    """As the run has it."""
    chosen: Mapping[str, int]

    @property
    def moved(self) -> bool:
        """Whether anybody stands elsewhere than in the run."""
        return bool(self.moves)

    @property
    def moves(self) -> tuple[tuple[str, int, int], ...]:
        """Who stands elsewhere than in the run: the code, its group there and its group here."""
        return tuple((code, at, self.chosen[code]) for code, at in self.run.items() if at != self.chosen[code])

    @property
    def offered(self) -> tuple[int, ...]:
        """Where a partner can be put: on its own, in each of the groups, or in one new group."""
        used = max((*self.run.values(), *self.chosen.values()))
        return tuple(range(min(used + 1, len(self.run)) + 1))

    def members(self, group: int) -> tuple[str, ...]:
        """The partners in a group."""
        return tuple(code for code, place in self.chosen.items() if place == group)

    def with_move(self, code: str, group: int) -> Seating:
        """The same with one partner elsewhere."""
        return replace(self, chosen={**self.chosen, code: group})

    def masks(self) -> tuple[int, ...]:
        """The groups as bit masks in the order of the partners, those on their own last."""
        bits = {code: 1 << player for player, code in enumerate(self.run)}
        together = [
            sum(bits[code] for code in self.members(group)) for group in sorted(set(self.chosen.values())) if group
        ]
        return (*together, *(bits[code] for code in self.members(0)))

    def address(self, picked: str = "") -> str:
        """What stands after the question mark of the page that shows this."""
        moved = {PREFIX + code: group_letter(here) for code, _, here in self.moves}
        return "?" + urlencode({"service": self.service, **moved, **({"picked": picked} if picked else {})})


def seating_of(service: Arrangement, asked: Mapping[str, str]) -> Seating:
    """What the address asks for; a partner that it does not name stands where the run has it.

    StudyError for a group that is not offered.
    """
    formed = dict.fromkeys(service.partners, 0)
    for number, group in enumerate(service.formed, 1):
        formed |= {service.partners[player]: number for player in players_of(group)}
    chosen = {code: _group(asked.get(PREFIX + code), at, len(formed)) for code, at in formed.items()}
    return Seating(service.proposal.key, formed, chosen)


def _group(letter: str | None, at: int, partners: int) -> int:
    if letter is None:
        return at
    known = {group_letter(group): group for group in range(partners + 1)}
    if letter not in known:
        raise StudyError(
            sentence("There is no group {letter}.", letter=letter), remedy=sentence("Choose one of the list.")
        )
    return known[letter]
