"""Who may see and do what with the agreed case and its savings account."""

from __future__ import annotations

from collections.abc import Iterable

from django.shortcuts import get_object_or_404

from consortia.delivery import ActualLine
from consortia.errors import BlockedByFindings, ConsortiaError, NotAllowed
from consortia.web.accounts.models import User
from consortia.web.delivery.models import Actuals, AgreedCase
from consortia.web.language import sentence
from consortia.web.runs.access import is_out_of_date
from consortia.web.runs.models import Run, Status
from consortia.web.studies.access import Standing, standing_in
from consortia.web.studies.models import Study


def case_of(study: Study) -> AgreedCase | None:
    """The case that holds: the one agreed last; None before the first."""
    cases = AgreedCase.objects.filter(study=study).select_related("run", "agreed_by").defer("run__result")
    return cases.first()


def check_can_agree(user: User, run: Run) -> None:
    """Raises the sentence why the person cannot make this run the case."""
    if not standing_in(run.study, user).analyst:
        raise NotAllowed(sentence("Only the study's analysts record which run was agreed."))
    if run.status != Status.DONE:
        raise BlockedByFindings(sentence("Only a finished run can be agreed as the case."))
    if is_out_of_date(run):
        raise BlockedByFindings(
            sentence("The documents changed after this run."), remedy=sentence("Run the study again, then agree.")
        )


def can_agree(user: User, run: Run) -> bool:
    """True when `check_can_agree` has no objection."""
    try:
        check_can_agree(user, run)
    except ConsortiaError:
        return False
    return True


def may_send_actuals(standing: Standing) -> bool:
    """True for analysts and for finance officers of any partner."""
    return standing.analyst or bool(standing.finance_officer_of)


def check_can_send_lines(standing: Standing, lines: Iterable[ActualLine]) -> None:
    """Raises NotAllowed when a line is about a partner that the person does not answer for."""
    if standing.analyst:
        return
    others = sorted({line.partner for line in lines} - standing.finance_officer_of)
    if others or not may_send_actuals(standing):
        raise NotAllowed(
            sentence("The file holds lines that you may not send: {partners}.", partners=", ".join(others)),
            remedy=sentence("Take out the rows of other partners, then send it again."),
        )


def get_actuals_for(user: User, study: Study, pk: int) -> Actuals:
    """A file of actuals that the person sent, or any for an analyst; Http404 otherwise."""
    known = Actuals.objects.filter(case__study=study).select_related("sent_by", "case")
    if not standing_in(study, user).analyst:
        known = known.filter(sent_by=user)
    return get_object_or_404(known, pk=pk)
