"""Work that is open on a return and forbids no signature: who signs despite it says why, and signs that too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from consortia.errors import BlockedByFindings
from consortia.findings import Finding, Severity, named
from consortia.reference.taxonomy import service
from consortia.study import Acceptance, Return

SECTION_OPEN, QUERY_OPEN = "section-open", "query-open"
DESPITE = "Finish it, or sign despite it with a reason that becomes part of what is signed: --despite REASON."


def all_open_work(returned: Return) -> tuple[Finding, ...]:
    """Sections that were delegated and are not done, and questions that nobody has closed; contests block anyway."""
    return (*_sections(returned), *_queries(returned))


def open_work(returned: Return) -> tuple[Finding, ...]:
    """The same without what somebody has signed despite of, while it reads the same."""
    accepted = {one.told for one in returned.review.accepted}
    return tuple(one for one in all_open_work(returned) if told(one) not in accepted)


def signed_despite(returned: Return, *, reason: str, by: str, on: str) -> tuple[Acceptance, ...]:
    """Everything said to be right in the review with the open work added, each with the reason; none where none is.

    It is part of what is signed. Raises BlockedByFindings, with all that is open, where no reason is given.
    """
    found = open_work(returned)
    if found and not reason.strip():
        raise BlockedByFindings(f"Work is open: {' '.join(map(told, found))}", remedy=DESPITE)
    made = (Acceptance(code=one.code, told=told(one), by=by, on=on, reason=reason) for one in found)
    return (*returned.review.accepted, *made)


def told(finding: Finding) -> str:
    """What is open in a sentence, in English, as it is kept with the reason."""
    return replace(finding, remedy="").text()


def _sections(returned: Return) -> Iterator[Finding]:
    for one in returned.review.delegations:
        if not one.done_on:
            head = service(one.section)
            yield Finding(
                SECTION_OPEN,
                Severity.WARNING,
                "{section} was given to {name} and is not done.",
                "Mark it as done, or give a reason when you sign.",
                values=(("section", named(head.name, head.name_cy)), ("name", one.to)),
            )


def _queries(returned: Return) -> Iterator[Finding]:
    for one in returned.review.open_queries:
        if not one.contests:
            yield Finding(
                QUERY_OPEN,
                Severity.WARNING,
                "The question {key} on {line} is not closed.",
                "Close it by a reply, or give a reason when you sign.",
                values=(("key", one.key), ("line", one.line)),
            )
