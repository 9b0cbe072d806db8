"""Whether a return may be signed, asked with everything that is open on it: the command line and the site ask here."""

from __future__ import annotations

from dataclasses import replace

from consortia.findings import Finding
from consortia.intake import signing
from consortia.intake.open_work import open_work, signed_despite
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


def ready_to_sign(returned: Return, *, base_year: str, despite: str, by: str, on: str) -> Return:
    """The return as it may be signed: what is open on it and the reason to sign `despite` it are part of it.

    Raises BlockedByFindings where something stands in the way, or work is open and no reason is given.
    """
    check_can_sign(returned, base_year=base_year)
    accepted = signed_despite(returned, reason=despite, by=by, on=on)
    return replace(returned, review=returned.review.model_copy(update={"accepted": accepted}))


def standing(returned: Return, *, base_year: str) -> Words:
    """In a sentence whether the return is signed, was signed before it changed, can be signed, or not yet."""
    header = returned.header
    if header.signed_digest and header.signed_digest == return_digest(returned):
        return say(msgid("Signed by {name}, {day}."), name=header.signed_by, day=header.signed_on)
    open_ones = signing_objections(returned, base_year=base_year)
    if header.signed_digest:
        sentence = msgid("{name} signed it on {day}; it was changed since and has to be signed anew.")
        return say(sentence, name=header.signed_by, day=header.signed_on)
    if open_ones:
        return msgid("It cannot be signed yet.")
    waiting = open_work(returned)
    despite = msgid("It can be signed, with a reason for signing despite work that is open: {count}.")
    return say(despite, count=len(waiting)) if waiting else msgid("It can be signed.")
