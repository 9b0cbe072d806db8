"""Who may see and do what with the agreed case and its savings account."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from consortia.delivery import ActualLine
from consortia.errors import BlockedByFindings, ConsortiaError, NotAllowed
from consortia.run.group_totals import exposed_partners
from consortia.web.accounts.models import User
from consortia.web.delivery.models import Actuals, AgreedCase
from consortia.web.language import refusal, sentence
from consortia.web.runs.access import Names, is_out_of_date, released_in
from consortia.web.runs.calculation import result_of
from consortia.web.runs.models import Run, Status
from consortia.web.studies.access import Standing, standing_in
from consortia.web.studies.models import Study


def case_of(study: Study) -> AgreedCase | None:
    """The case that holds: the one agreed last; None before the first."""
    cases = AgreedCase.objects.filter(study=study).select_related("run", "agreed_by").defer("run__result")
    return cases.first()


def check_can_agree(user: User, run: Run, *, released: Names | None = None) -> None:
    """Raises the sentence why the person cannot make this run the case.

    `released` as `released_in` gave it, where it is at hand.
    """
    if not standing_in(run.study, user).analyst:
        raise NotAllowed(sentence("Only the study's analysts record which run was agreed."))
    if run.status != Status.DONE:
        raise BlockedByFindings(sentence("Only a finished run can be agreed as the case."))
    if is_out_of_date(run):
        raise BlockedByFindings(
            sentence("The documents changed after this run."), remedy=sentence("Run the study again, then agree.")
        )
    result = result_of(run)
    if not result.case:
        raise BlockedByFindings(
            sentence("This run promises nothing, so there is nothing to hold delivery against."),
            remedy=sentence("Load better figures, then run the study again."),
        )
    exposed = exposed_partners(result, released_in(run) if released is None else released)
    if exposed:
        raise BlockedByFindings(
            sentence(
                "These partners could be worked out from the totals of their groups: {partners}.", partners=exposed
            ),
            remedy=sentence("A finance officer of each lets the others see its return first, on the page of this run."),
        )


def objection_to_agreeing(user: User, run: Run, *, released: Names | None = None) -> str:
    """The sentence of `check_can_agree`, empty when it has no objection."""
    try:
        check_can_agree(user, run, released=released)
    except ConsortiaError as error:
        return refusal(error)
    return ""


def takes_over_actuals(study: Study) -> bool:
    """True when another agreed run would be held against actuals that were sent for an earlier one."""
    return Actuals.objects.filter(case__study=study, withdrawn=False).exists()


def may_send_actuals(standing: Standing) -> bool:
    """True for analysts and for finance officers of any partner."""
    return standing.analyst or bool(standing.finance_officer_of)


def check_can_send_actuals(standing: Standing) -> None:
    """Raises NotAllowed unless the person is an analyst or a finance officer."""
    if not may_send_actuals(standing):
        raise NotAllowed(sentence("Only finance officers and the study's analysts send actuals."))


def answers_for(standing: Standing, line: ActualLine) -> bool:
    """True when the person may send this line: an analyst any, a finance officer those of her own partner."""
    return standing.analyst or line.partner in standing.finance_officer_of


def get_actuals_for(user: User, study: Study, pk: int) -> Actuals:
    """A file of actuals that the person sent, or any for an analyst; Http404 otherwise."""
    known = Actuals.objects.filter(case__study=study).select_related("sent_by", "case")
    if not standing_in(study, user).analyst:
        known = known.filter(sent_by=user)
    return get_object_or_404(known, pk=pk)
