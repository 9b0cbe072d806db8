"""The partner's own codes as the page lists them: amount, what each is mapped to, what is suggested and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from consortia.intake.mapping.codes import SIDES, LocalCode, codes_of, with_codes
from consortia.intake.mapping.memory import Memory
from consortia.intake.mapping.suggestions import Suggestion, suggest_targets
from consortia.money import from_pence
from consortia.study import MappingLine
from consortia.study.mapping import EXCLUDED, Side
from consortia.web.mappings.in_hand import InHand

Targets = tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One local code: pounds without their sign, its share of what counts, what it is mapped to and by whom.

    Pounds are of the study's years. No targets: it is unmapped. `suggestion` is there for unmapped codes only.
    """

    code: LocalCode
    pounds: float
    share: float
    targets: Targets
    by: str = ""
    suggestion: Suggestion | None = None


def codes_in(hand: InHand, side: Side) -> tuple[CodeRow, ...]:
    """The codes of one side, the largest first, without suggestions.

    Amounts and shares are of what may be in the return, so that the shares are of the same whole as what is unmapped.
    """
    codes = [code for code in codes_of(hand.lines) if code.side == side]
    of_the_years, counted = _gross(hand.of_the_years, side), _gross(_without_excluded(hand), side)
    whole = sum(counted.values())
    rows = [
        _row(code, hand.mapping, pence=of_the_years.get(code.local, 0), counted=counted.get(code.local, 0), whole=whole)
        for code in codes
    ]
    return tuple(sorted(rows, key=lambda row: -row.pounds))


def _gross(lines: pl.DataFrame, side: Side) -> Mapping[str, int]:
    return {code.local: code.gross_pence for code in codes_of(lines) if code.side == side}


def _without_excluded(hand: InHand) -> pl.DataFrame:
    """The lines but for those of a code that is left out as a whole, on either side."""
    coded = with_codes(hand.of_the_years)
    for side in SIDES:
        out = [one.local for one in hand.mapping if one.side == side and one.target == EXCLUDED and one.share == 1]
        coded = coded.filter(~pl.col(f"local_{side}").is_in(out))
    return coded.drop(f"local_{side}" for side in SIDES)


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


def _row(code: LocalCode, mapping: Iterable[MappingLine], *, pence: int, counted: int, whole: int) -> CodeRow:
    lines = [line for line in mapping if (line.side, line.local) == (code.side, code.local)]
    return CodeRow(
        code,
        float(from_pence(pence)),
        counted / whole if whole else 0.0,
        tuple((line.target, line.share) for line in lines),
        lines[0].by if lines else "",
    )
