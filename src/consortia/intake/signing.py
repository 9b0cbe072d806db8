"""Whether a return may be signed: one rule, asked in two ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import polars as pl

from consortia.errors import BlockedByFindings, ConsortiaError
from consortia.findings import Finding, Place, Severity
from consortia.intake.mapping.ledger_return import MOST_UNMAPPED
from consortia.study import Return
from consortia.study.adjustments import stale
from consortia.study.line_parts import rows_meant
from consortia.study.mapping import UNMAPPED
from consortia.study.returns import TOTAL_MEASURES


def objections(returned: Return, *, findings: Iterable[Finding] = ()) -> tuple[Finding, ...]:
    """Everything that stands in the way of a signature; `findings` are those of the return's data.

    No lines, a ledger that the return is not made from, errors (those on the file that was loaded too, until it is
    loaded anew, except what was accepted with a reason), open contests, adjustments that fit no line, and more than
    0.5% of the gross unmapped [J].
    """
    told = (*unsettled(returned, returned.findings), *findings, *stale(returned.costs, returned.review.adjustments))
    errors = [one for one in dict.fromkeys(told) if _is_error(one) and one.code != "unmapped"]
    return (*_empty(returned), *not_of_ledger(returned), *errors, *_contested(returned), *_unmapped(returned))


def not_of_ledger(returned: Return) -> Iterator[Finding]:
    """That a ledger is loaded which the return was not made from, or not from all of it as it stands now."""
    made_from = set(returned.header.uploads) if returned.is_from_ledger else set()
    if set(returned.loaded) == made_from:
        return
    files = (("files", ", ".join(one.name for one in returned.loaded) or "–"),)
    if returned.is_from_ledger:
        yield Finding(
            "older-than-ledger",
            Severity.ERROR,
            "The return is older than its ledger, which has other files by now: {files}.",
            "Make it anew from the ledger (`consortia map FOLDER --partner P --remake`).",
            values=files,
        )
    else:
        yield Finding(
            "ledger-not-used",
            Severity.ERROR,
            "A ledger is loaded and the return was not made from it: {files}.",
            "Map its codes (`consortia map`), or take its files out (`consortia ledger --remove`).",
            values=files,
        )


def unsettled(returned: Return, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings on the file of a return, without those accepted, or on lines that an adjustment has changed since."""
    accepted = {one.told for one in returned.review.accepted}
    changed = [rows_meant(returned.costs, one.line, whole=one.whole) for one in returned.review.in_effect]
    cells = {Place(*row) for rows in changed for row in rows.select("file", "sheet", "cell").iter_rows()}
    return tuple(
        one for one in findings if one.text() not in accepted and (one.place is None or one.place not in cells)
    )


def check_can_sign(returned: Return, *, findings: Iterable[Finding] = ()) -> None:
    """Raises BlockedByFindings with the first objection to a signature, and how many more there are."""
    found = objections(returned, findings=findings)
    if found:
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        raise BlockedByFindings(f"The return cannot be signed yet: {found[0].text()}{more}")


def can_sign(returned: Return, *, findings: Iterable[Finding] = ()) -> bool:
    """True when `check_can_sign` has no objection."""
    try:
        check_can_sign(returned, findings=findings)
    except ConsortiaError:
        return False
    return True


def told_once(told: Iterable[Finding], blocking: Iterable[Finding]) -> tuple[Finding, ...]:
    """What was told, then what stands in the way, without saying twice that too much is unmapped."""
    first = tuple(told)
    amount_is_told = any(one.code == "unmapped" and _is_error(one) for one in first)
    more = (one for one in blocking if not (amount_is_told and one.code == "too-much-unmapped"))
    return tuple(dict.fromkeys((*first, *more)))


def unmapped_share(returned: Return) -> float:
    """The part of the gross amount (no totals, every amount without its sign) that is on no service yet.

    Of a return that was made from a ledger, counted posting by posting: the one share that is said everywhere.
    """
    if returned.header.ledger is not None:
        return returned.header.ledger.unmapped_share
    parts = returned.costs.filter(~pl.col("measure").is_in(TOTAL_MEASURES) & (pl.col("service") != "total"))
    gross = int(parts["amount_pence"].abs().sum())
    unmapped = int(parts.filter(pl.col("service") == UNMAPPED)["amount_pence"].abs().sum())
    return unmapped / gross if gross else 0.0


def _empty(returned: Return) -> Iterator[Finding]:
    if returned.costs.is_empty():
        yield Finding("no-lines", Severity.ERROR, "The return has no lines.", "Load a file first.")


def _contested(returned: Return) -> Iterator[Finding]:
    if returned.review.open_contests:
        listed = ", ".join(f"{one.key} on {one.line}" for one in returned.review.open_contests)
        yield Finding(
            "contested",
            Severity.ERROR,
            "Contested lines are open: {lines}.",
            "Accept or close each of them first.",
            values=(("lines", listed),),
        )


def _unmapped(returned: Return) -> Iterator[Finding]:
    share = unmapped_share(returned)
    if share > MOST_UNMAPPED:
        yield Finding(
            "too-much-unmapped",
            Severity.ERROR,
            "{share} of the gross is unmapped; at most {most} may be.",
            "Map more codes, the largest first.",
            values=(("share", f"{share:.2%}"), ("most", f"{MOST_UNMAPPED:.1%}")),
        )


def _is_error(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR
