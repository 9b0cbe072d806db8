"""What to do about a finding, as it is done on the site; the intake tells the commands of the command line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from consortia.findings import Finding
from consortia.intake.reviewing import ACCEPTABLE
from consortia.report.words import msgid

MISSING = msgid("Send or map what is missing, or accept it as it is with a reason, under Review.")
STATE_THE_YEAR = msgid("State the year when you confirm the columns, or choose the column that holds it.")
REMEDIES = {
    "ledger-undated-file": STATE_THE_YEAR,
    "ledger-lines-undated": STATE_THE_YEAR,
    **dict.fromkeys(ACCEPTABLE, MISSING),
    "older-than-ledger": msgid("Apply the mapping to the return again."),
    "ledger-not-used": msgid("Map its codes and apply the mapping, or take its files out of the ledger."),
    "unmapped": msgid("Map the codes; more than 0.5% blocks a signature."),
    "layout-thousands": msgid("Choose pounds if they are not."),
    "layout-second-table": msgid(
        "Where this is wrong, name the cell of its first heading under 'Another table is meant'."
    ),
    "layout-table-left-out": msgid(
        "Where this is wrong, name the cell of its first heading under 'Another table is meant'."
    ),
}

LACKS = {
    "ledger-part-year": msgid("Months without postings"),
    "ledger-services-gone": msgid("Services that the ledger has nothing on"),
    "ledger-amount-not-known": msgid("Lines without an amount that can be read"),
    "ledger-files-alike": msgid("Files that hold the same"),
    "section-open": msgid("Sections that are not done"),
    "query-open": msgid("Questions that are not closed"),
}


def for_the_site(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings with the remedies of the site."""
    return tuple(replace(one, remedy=REMEDIES.get(one.code, one.remedy)) for one in findings)
