"""A partner's return made anew from its ledger by its mapping; what was said and done on its lines stays."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

import polars as pl

from consortia.errors import StudyError, suggest
from consortia.intake.mapping.alike import alike_findings
from consortia.intake.mapping.coverage import coverage_findings, heads_with_money, kept_findings
from consortia.intake.mapping.ledger_return import NO_POSTING, LedgerReturn, return_lines
from consortia.intake.mapping.suggestions import known_targets
from consortia.intake.reviewing import carried_over
from consortia.money import from_pence
from consortia.study import MappingLine, Return, ReturnHeader, Upload
from consortia.study.ledger_header import LedgerFile
from consortia.study.ledger_origin import LedgerOrigin
from consortia.study.mapping import check_shares
from consortia.study.returns import FROM_LEDGER


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

    The lines of years that the ledger does not hold stay as they were. What the ledger lacks, and files of it that hold
    the same, stand among the findings of the return.

    Raises StudyError for shares that do not sum to one and for targets that there are not.
    """
    check_shares(mapping)
    check_targets(mapping)
    built = return_lines(ledger, mapping, years=years)
    before = heads_with_money(returned)
    kept = _of_other_years(returned, built.costs)
    costs = pl.concat([kept, built.costs]).sort("year", "service", "measure", "key")
    about = coverage_findings(ledger, mapping, costs=built.costs, before=before)
    found = (*built.findings, *about, *alike_findings(ledger), *kept_findings(kept))
    made = replace(
        returned, header=_header(returned, built, ledger, files=files, before=before), costs=costs, mapping=mapping,
        review=carried_over(returned.review, costs, on=on), findings=found,
    )  # fmt: skip
    return made, replace(built, findings=found)


def _of_other_years(returned: Return, made: pl.DataFrame) -> pl.DataFrame:
    """What the return held of years that the ledger has not, other than from an earlier state of the ledger."""
    others = returned.costs.filter(~pl.col("year").is_in(made["year"].unique().to_list()))
    if not returned.is_from_ledger:
        return others
    earlier = [one.name for one in returned.header.uploads]
    return others.filter(~pl.col("file").is_in(earlier) & (pl.col("heading") != NO_POSTING))


def _header(
    returned: Return, built: LedgerReturn, ledger: pl.DataFrame, *, files: Iterable[LedgerFile], before: tuple[str, ...]
) -> ReturnHeader:
    """The header with the ledger's files and what the return is made of."""
    origin = LedgerOrigin(
        total=from_pence(int(ledger["amount_pence"].sum() or 0)),
        gross=from_pence(built.gross_pence),
        unmapped=from_pence(built.unmapped_pence),
        left_out=built.left_out,
        before=before,
    )
    uploads = tuple(Upload(name=one.name, sha256=one.sha256, read_as=one.read_as) for one in files)
    return returned.header.model_copy(
        update={"source": FROM_LEDGER, "uploads": uploads, "basis": "outturn", "ledger": origin}
    )


def check_targets(lines: Iterable[MappingLine]) -> None:
    """Raises StudyError with the first target that a code of its side cannot be mapped to, and the nearest ones."""
    for line in lines:
        known = known_targets(line.side)
        if line.target not in known:
            raise StudyError(f"'{line.target}' is no target of a {line.side} code.", remedy=suggest(line.target, known))
