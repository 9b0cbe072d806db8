"""Whether a return may be signed, asked with everything that is open on it: the command line and the site ask here."""

from __future__ import annotations

from consortia.findings import Finding
from consortia.intake import signing
from consortia.report.words import Words, msgid, say
from consortia.run.review_tables import open_findings
from consortia.study import Return
from consortia.study.fingerprints import return_digest


def signing_objections(returned: Return, *, base_year: str) -> tuple[Finding, ...]:
    """Everything that stands in the way of a signature, what the quality rules say of the base year among it."""
    return signing.objections(returned, findings=open_findings(returned, base_year=base_year))


def check_can_sign(returned: Return, *, base_year: str) -> None:
    """Raises BlockedByFindings with the first of `signing_objections`, and how many more there are."""
    signing.check_can_sign(returned, findings=open_findings(returned, base_year=base_year))


def standing(returned: Return, *, base_year: str) -> Words:
    """In a sentence whether the return is signed, was signed before it changed, can be signed, or not yet."""
    header = returned.header
    if header.signed_digest and header.signed_digest == return_digest(returned):
        return say(msgid("Signed by {name}, {day}."), name=header.signed_by, day=header.signed_on)
    open_ones = signing_objections(returned, base_year=base_year)
    if header.signed_digest:
        sentence = msgid("{name} signed it on {day}; it was changed since and has to be signed anew.")
        return say(sentence, name=header.signed_by, day=header.signed_on)
    return msgid("It cannot be signed yet.") if open_ones else msgid("It can be signed.")
