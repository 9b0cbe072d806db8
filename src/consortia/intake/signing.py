"""Whether a return may be signed: one rule, asked in two ways."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from consortia.errors import BlockedByFindings, ConsortiaError
from consortia.findings import Finding, Severity
from consortia.intake.mapping.ledger_return import MOST_UNMAPPED
from consortia.study import Return
from consortia.study.adjustments import stale
from consortia.study.mapping import UNMAPPED
from consortia.study.returns import TOTAL_MEASURES


def check_can_sign(returned: Return, *, findings: Iterable[Finding] = ()) -> None:
    """Raises BlockedByFindings with the sentence why the return cannot be signed; `findings` are those of its data.

    Errors, open contests, adjustments that fit no line, and more than 0.5% of gross unmapped stand in the way [J].
    """
    if returned.costs.is_empty():
        raise BlockedByFindings("The return has no lines.", remedy="Load a file first.")
    errors = [one for one in (*findings, *stale(returned.costs, returned.review.adjustments)) if _is_error(one)]
    if errors:
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        raise BlockedByFindings(f"Errors block the signature: {errors[0].text()}{more}", remedy="Resolve them first.")
    contests = returned.review.open_contests
    if contests:
        listed = ", ".join(f"{one.key} on {one.line}" for one in contests)
        raise BlockedByFindings(f"Contested lines are open: {listed}.", remedy="Accept or close each of them first.")
    share = unmapped_share(returned)
    if share > MOST_UNMAPPED:
        raise BlockedByFindings(
            f"{share:.2%} of the gross is unmapped; at most {MOST_UNMAPPED:.1%} may be.",
            remedy="Map more codes (`consortia map`), the largest first.",
        )


def can_sign(returned: Return, *, findings: Iterable[Finding] = ()) -> bool:
    """True when `check_can_sign` has no objection."""
    try:
        check_can_sign(returned, findings=findings)
    except ConsortiaError:
        return False
    return True


def unmapped_share(returned: Return) -> float:
    """The part of the gross amount (no totals, every amount without its sign) that is on no service yet."""
    parts = returned.costs.filter(~pl.col("measure").is_in(TOTAL_MEASURES) & (pl.col("service") != "total"))
    gross = int(parts["amount_pence"].abs().sum())
    unmapped = int(parts.filter(pl.col("service") == UNMAPPED)["amount_pence"].abs().sum())
    return unmapped / gross if gross else 0.0


def _is_error(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR
