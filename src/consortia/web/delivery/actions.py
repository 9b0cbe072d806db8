"""What people do with the case and the account: each action is one transaction with its event inside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from consortia.delivery import ActualLine
from consortia.errors import BlockedByFindings
from consortia.findings import Finding, Severity, named
from consortia.intake.actuals import read_actuals
from consortia.report.words import msgid
from consortia.run.savings import partner_name
from consortia.study import Definition
from consortia.web.accounts.events import record
from consortia.web.accounts.models import User
from consortia.web.delivery.access import (
    answers_for,
    case_of,
    check_can_agree,
    check_can_send_actuals,
    takes_over_actuals,
)
from consortia.web.delivery.account import account_with, lines_to_text
from consortia.web.delivery.models import Actuals, AgreedCase
from consortia.web.language import sentence
from consortia.web.runs.models import Run
from consortia.web.studies.access import standing_in
from consortia.web.studies.documents import findings_to_text, load_definition
from consortia.web.studies.models import Study
from consortia.web.studies.uploads import keep_content, under_its_name

OTHERS_ROW = msgid("The row is about {partner}, which you do not answer for: it was not booked.")
OTHERS_REMEDY = msgid("Take it out; a finance officer of {partner} or the study's analyst sends it.")


@dataclass(frozen=True, slots=True)
class Received:
    """What came of a file of actuals: the number of rows that were booked, and everything that was found in it."""

    booked: int
    findings: tuple[Finding, ...]


@transaction.atomic
def agree_case(run: Run, *, by: User, replace: bool = False) -> AgreedCase:
    """Records that the partners agreed to a run. Raises NotAllowed or BlockedByFindings.

    A case with actuals on its account is only replaced when told to.
    """
    check_can_agree(by, run)
    if takes_over_actuals(run.study) and not replace:
        raise BlockedByFindings(
            sentence("A case is agreed already, and actuals are on its account."),
            remedy=sentence("To hold them against this run from now on, go back and tick the box."),
        )
    case = AgreedCase.objects.create(study=run.study, run=run, agreed_by=by)
    record("agree_case", by=by, subject=str(run), fingerprint=run.fingerprint)
    return case


def receive_actuals(study: Study, *, name: str, content: bytes, by: User) -> Received:
    """Takes in a file of budgeted and delivered savings; it is kept as it is, its faults become findings.

    A row of a partner that the person does not answer for is one of them. Raises NotAllowed for who sends nothing at
    all, BlockedByFindings without an agreed case, IntakeError for a file that cannot be read.
    """
    standing = standing_in(study, by)
    check_can_send_actuals(standing)
    case = case_of(study)
    if case is None:
        raise BlockedByFindings(sentence("No run was agreed as the case yet."))
    digest = keep_content(content)
    with under_its_name(digest, name) as path:
        read, findings = read_actuals(path)
    lines = tuple(line for line in read if answers_for(standing, line))
    findings += _refused((line for line in read if not answers_for(standing, line)), load_definition(study))
    held = account_with(case, lines)
    with transaction.atomic():
        Actuals.objects.create(
            case=case,
            name=name,
            sha256=digest,
            lines=lines_to_text(lines),
            findings=findings_to_text(findings),
            sent_by=by,
        )
        record("receive_actuals", by=by, subject=f"{study.slug}/account", file=name, sha256=digest, lines=len(lines))
    return Received(len(held.entries), (*findings, *held.findings))


@transaction.atomic
def withdraw_actuals(sent: Actuals, *, by: User) -> None:
    """Takes a file out of the account; it stays on record."""
    sent.withdrawn = True
    sent.save(update_fields=["withdrawn"])
    record("withdraw_actuals", by=by, subject=f"{sent.case.study.slug}/account", file=sent.name, sha256=sent.sha256)


def _refused(lines: Iterable[ActualLine], definition: Definition) -> tuple[Finding, ...]:
    """A finding for each row of a partner that the sender does not answer for."""
    names = [(line, partner_name(line.partner, definition)) for line in lines]
    return tuple(
        Finding(
            "row-of-another-partner",
            Severity.ERROR,
            OTHERS_ROW,
            OTHERS_REMEDY,
            line.place,
            (("partner", named(name.en, name.cy)),),
        )
        for line, name in names
    )
