"""A partner's return made anew from its ledger by its mapping; what was said and done on its lines stays."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

import polars as pl

from consortia.errors import StudyError, suggest
from consortia.intake.mapping.ledger_return import LedgerReturn, return_lines
from consortia.intake.mapping.suggestions import known_targets
from consortia.intake.reviewing import carried_over
from consortia.study import MappingLine, Return, Upload
from consortia.study.ledger_store import LedgerFile
from consortia.study.mapping import check_shares


def mapped_return(
    returned: Return,
    ledger: pl.DataFrame,
    mapping: tuple[MappingLine, ...],
    *,
    files: Iterable[LedgerFile],
    years: Collection[str],
    on: str,
) -> tuple[Return, LedgerReturn]:
    """The return with the lines of the ledger under this mapping, and the account of them; nominal pence.

    Raises StudyError for shares that do not sum to one and for targets that there are not.
    """
    check_shares(mapping)
    check_targets(mapping)
    built = return_lines(ledger, mapping, years=years)
    uploads = tuple(Upload(name=one.name, sha256=one.sha256) for one in files)
    header = returned.header.model_copy(update={"source": "ledger", "uploads": uploads, "basis": "outturn"})
    review = carried_over(returned.review, built.costs, on=on)
    made = replace(returned, header=header, costs=built.costs, mapping=mapping, review=review, findings=())
    return made, built


def check_targets(lines: Iterable[MappingLine]) -> None:
    """Raises StudyError with the first target that a code of its side cannot be mapped to, and the nearest ones."""
    for line in lines:
        known = known_targets(line.side)
        if line.target not in known:
            raise StudyError(f"'{line.target}' is no target of a {line.side} code.", remedy=suggest(line.target, known))
