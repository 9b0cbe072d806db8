"""Which line of the common tree a partner's own code belongs to: mapping lines with split shares that sum to one."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby
from typing import Literal

from pydantic import Field

from consortia.errors import StudyError
from consortia.study.fractions import ExactShare
from consortia.study.records import Record

Side = Literal["service", "cost_type"]
UNMAPPED, EXCLUDED = "unmapped", "excluded"
# Six places keep the split of a posting in whole numbers: a penny times a million fits 64 bits up to GBP 90 billion.
PLACES = 6


class MappingLine(Record):
    """One local code, or the part of it that `share` says, and the service or the cost type that it stands for.

    `target` is a code of the service taxonomy or a measure; `excluded` is what is no service spending (balance sheet,
    housing revenue account); what has no line is unmapped.
    """

    side: Side = Field(description="service (cost centre or the like) or cost_type (account or the like)")
    local: str = Field(description="the partner's code, or its words where it has no code")
    words: str = Field(default="", description="what the partner calls it")
    target: str
    share: ExactShare = Field(default=Decimal(1), gt=0, decimal_places=PLACES)
    reason: str = Field(default="", description="why: typed, remembered, published list, likeness")
    confidence: ExactShare | None = Field(default=None, description="of the suggestion that was accepted")
    by: str = Field(description="who accepted it")
    on: str = Field(default="", description="date, 2026-04-30")


def check_shares(lines: Iterable[MappingLine]) -> None:
    """Raises StudyError with every local code whose shares do not sum to one, or that names a target twice."""
    faults = [fault for (side, local), group in _by_local(lines) if (fault := _fault(side, local, group))]
    if faults:
        raise StudyError("; ".join(faults) + ".", remedy="Correct the shares, then try again; nothing was changed.")


def merged(kept: Iterable[MappingLine], new: Iterable[MappingLine]) -> tuple[MappingLine, ...]:
    """The mapping after new lines: a code mapped anew loses its old lines; always sorted."""
    newer = list(new)
    replaced = {(line.side, line.local) for line in newer}
    left = [line for line in kept if (line.side, line.local) not in replaced]
    return tuple(sorted([*left, *newer], key=_order))


def _fault(side: str, local: str, group: list[MappingLine]) -> str:
    total = sum((line.share for line in group), Decimal(0))
    targets = [line.target for line in group]
    if total != 1:
        return f"the shares of {side} '{local}' sum to {total.normalize():f}, not to 1"
    return f"{side} '{local}' names a target twice" if len(set(targets)) < len(targets) else ""


def _by_local(lines: Iterable[MappingLine]) -> list[tuple[tuple[str, str], list[MappingLine]]]:
    ordered = sorted(lines, key=_order)
    return [(key, list(group)) for key, group in groupby(ordered, key=lambda line: (line.side, line.local))]


def _order(line: MappingLine) -> tuple[str, str, str]:
    return (line.side, line.local, line.target)
