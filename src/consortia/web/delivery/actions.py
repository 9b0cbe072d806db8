"""What people do with the case and the account: each action is one transaction with its event inside."""

from __future__ import annotations

from django.db import transaction

from consortia.errors import BlockedByFindings
from consortia.intake.actuals import read_actuals
from consortia.web.accounts.events import record
from consortia.web.accounts.models import User
from consortia.web.delivery.access import case_of, check_can_agree, check_can_send_lines
from consortia.web.delivery.account import lines_to_text
from consortia.web.delivery.models import Actuals, AgreedCase
from consortia.web.language import sentence
from consortia.web.runs.models import Run
from consortia.web.studies.access import standing_in
from consortia.web.studies.documents import findings_to_text
from consortia.web.studies.models import Study
from consortia.web.studies.uploads import keep_content, under_its_name


@transaction.atomic
def agree_case(run: Run, *, by: User) -> AgreedCase:
    """Records that the partners agreed to a run. Raises NotAllowed or BlockedByFindings."""
    check_can_agree(by, run)
    case = AgreedCase.objects.create(study=run.study, run=run, agreed_by=by)
    record("agree_case", by=by, subject=str(run), fingerprint=run.fingerprint)
    return case


def receive_actuals(study: Study, *, name: str, content: bytes, by: User) -> Actuals:
    """Takes in a file of budgeted and delivered savings; it is kept as it is, its faults become findings.

    Raises NotAllowed for lines of partners that the person does not answer for, BlockedByFindings without an agreed
    case, IntakeError for a file that cannot be read.
    """
    case = case_of(study)
    if case is None:
        raise BlockedByFindings(sentence("No run was agreed as the case yet."))
    digest = keep_content(content)
    with under_its_name(digest, name) as path:
        lines, findings = read_actuals(path)
    check_can_send_lines(standing_in(study, by), lines)
    with transaction.atomic():
        sent = Actuals.objects.create(
            case=case,
            name=name,
            sha256=digest,
            lines=lines_to_text(lines),
            findings=findings_to_text(findings),
            sent_by=by,
        )
        record("receive_actuals", by=by, subject=f"{study.slug}/account", file=name, sha256=digest, lines=len(lines))
    return sent


@transaction.atomic
def withdraw_actuals(sent: Actuals, *, by: User) -> None:
    """Takes a file out of the account; it stays on record."""
    sent.withdrawn = True
    sent.save(update_fields=["withdrawn"])
    record("withdraw_actuals", by=by, subject=f"{sent.case.study.slug}/account", file=sent.name, sha256=sent.sha256)
