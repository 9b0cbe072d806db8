"""What the review of the returns means for a run: lines changed, lines contested, money that nobody has mapped."""

from __future__ import annotations

from collections.abc import Iterator

from consortia.findings import Finding, Severity
from consortia.intake.mapping.ledger_return import MOST_UNMAPPED
from consortia.intake.signing import unmapped_share
from consortia.study import Return, Study


def review_caveats(study: Study) -> tuple[Finding, ...]:
    """A finding for each partner whose lines were changed, are contested, or are unmapped beyond the quality gate."""
    named = ((study.definition.partner(one.partner).name.en, one) for one in study.returns)
    return tuple(finding for name, returned in named for finding in _caveats(name, returned))


def _caveats(name: str, returned: Return) -> Iterator[Finding]:
    changed = {one.line for one in returned.review.in_effect}
    if changed:
        yield Finding(
            "lines-changed",
            Severity.NOTE,
            "{partner}: lines changed after they were sent, with their totals: {count}.",
            "The review of the return shows each with before, after, who and why.",
            values=(("partner", name), ("count", str(len(changed)))),
        )
    if returned.review.open_contests:
        yield Finding(
            "lines-contested",
            Severity.WARNING,
            "{partner}: contested lines that are not settled: {count}.",
            "Settle them before these figures are relied on.",
            values=(("partner", name), ("count", str(len(returned.review.open_contests)))),
        )
    if unmapped_share(returned) > MOST_UNMAPPED:
        yield Finding(
            "unmapped-in-run",
            Severity.WARNING,
            "{partner}: {share} of the gross is on no service yet.",
            "Map the codes, then run again.",
            values=(("partner", name), ("share", f"{unmapped_share(returned):.1%}")),
        )
