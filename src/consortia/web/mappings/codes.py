"""The partner's own codes as the page lists them: amount, what each is mapped to, what is suggested and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from consortia.intake.mapping.codes import LocalCode, codes_of
from consortia.intake.mapping.memory import Memory
from consortia.intake.mapping.suggestions import Suggestion, suggest_targets
from consortia.money import from_pence
from consortia.study import MappingLine
from consortia.study.mapping import Side
from consortia.web.mappings.in_hand import InHand

Targets = tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One local code: pounds without their sign, its share of the whole, what it is mapped to and by whom.

    No targets: it is unmapped. `suggestion` is there for unmapped codes only.
    """

    code: LocalCode
    pounds: float
    share: float
    targets: Targets
    by: str = ""
    suggestion: Suggestion | None = None


def codes_in(hand: InHand, side: Side) -> tuple[CodeRow, ...]:
    """The codes of one side, the largest first, without suggestions."""
    codes = [code for code in codes_of(hand.lines) if code.side == side]
    gross = sum(code.gross_pence for code in codes)
    return tuple(_row(code, hand.mapping, gross) for code in codes)


def with_suggestions(rows: Iterable[CodeRow], memory: Memory) -> tuple[CodeRow, ...]:
    """The rows, those that are not mapped with what is suggested for them."""
    shown = tuple(rows)
    found = suggest_targets((row.code for row in shown if not row.targets), memory)
    by_code = {(one.code.side, one.code.local): one for one in found}
    return tuple(
        CodeRow(row.code, row.pounds, row.share, row.targets, row.by, by_code.get((row.code.side, row.code.local)))
        for row in shown
    )


def targets_of(mapping: Iterable[MappingLine], side: Side, local: str) -> Targets:
    """What a code is mapped to, with the shares."""
    return tuple((line.target, line.share) for line in mapping if (line.side, line.local) == (side, local))


def _row(code: LocalCode, mapping: Iterable[MappingLine], gross: int) -> CodeRow:
    lines = [line for line in mapping if (line.side, line.local) == (code.side, code.local)]
    return CodeRow(
        code,
        float(from_pence(code.gross_pence)),
        code.gross_pence / gross if gross else 0.0,
        tuple((line.target, line.share) for line in lines),
        lines[0].by if lines else "",
    )
