"""Whether a return may be signed, asked with everything that is open on it: the command line and the site ask here."""

from __future__ import annotations

from consortia.findings import Finding
from consortia.intake import signing
from consortia.run.review_tables import open_findings
from consortia.study import Return


def signing_objections(returned: Return, *, base_year: str) -> tuple[Finding, ...]:
    """Everything that stands in the way of a signature, what the quality rules say of the base year among it."""
    return signing.objections(returned, findings=open_findings(returned, base_year=base_year))


def check_can_sign(returned: Return, *, base_year: str) -> None:
    """Raises BlockedByFindings with the first of `signing_objections`, and how many more there are."""
    signing.check_can_sign(returned, findings=open_findings(returned, base_year=base_year))
