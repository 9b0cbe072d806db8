"""What was mapped before: by the partner itself, in an earlier study, or by another partner of this one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from consortia.intake.mapping.likeness import stems
from consortia.study import MappingLine
from consortia.study.mapping import Side


@dataclass(frozen=True, slots=True)
class Remembered:
    """An accepted mapping of one code: its words then, where it was accepted, and its targets with their shares."""

    local: str
    words: str
    own: bool
    where: str
    targets: tuple[tuple[str, Decimal], ...]


class Memory:
    """Accepted mappings, found by code (only the partner's own) or by words (anybody's)."""

    def __init__(self) -> None:
        """An empty memory."""
        self._codes: dict[tuple[Side, str], list[Remembered]] = {}
        self._words: dict[tuple[Side, tuple[str, ...]], list[Remembered]] = {}

    def learn(self, lines: Iterable[MappingLine], *, where: str, own: bool) -> Memory:
        """Adds the accepted lines of one return; `where` is said with the suggestion. Gives the memory itself."""
        for (side, local), group in _grouped(lines).items():
            targets = tuple(sorted((line.target, line.share) for line in group))
            found = Remembered(local, group[0].words, own, where, targets)
            if own:
                self._codes.setdefault((side, local), []).append(found)
            if stems(found.words):
                self._words.setdefault((side, stems(found.words)), []).append(found)
        return self

    def of_code(self, side: Side, local: str) -> tuple[Remembered, ...]:
        """How the partner itself mapped this code."""
        return tuple(self._codes.get((side, local), ()))

    def of_words(self, side: Side, words: str) -> tuple[Remembered, ...]:
        """How codes with the same words were mapped, the partner's own first; none where others disagree."""
        found = self._words.get((side, stems(words)), ())
        own = tuple(one for one in found if one.own)
        others = tuple(one for one in found if not one.own)
        agreed = others if len({one.targets for one in others}) == 1 else ()
        return (*own, *agreed)


def _grouped(lines: Iterable[MappingLine]) -> Mapping[tuple[Side, str], list[MappingLine]]:
    found: dict[tuple[Side, str], list[MappingLine]] = {}
    for line in lines:
        found.setdefault((line.side, line.local), []).append(line)
    return found
