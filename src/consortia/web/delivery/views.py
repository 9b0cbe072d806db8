"""Pages of the agreed case and the savings account."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from consortia.errors import ConsortiaError, IntakeError
from consortia.report.worded import worded
from consortia.run.savings import account_table, total_table, years_of
from consortia.web.accounts.access import signed_in
from consortia.web.clock import this_year
from consortia.web.delivery import actions
from consortia.web.delivery.access import case_of, get_actuals_for, may_send_actuals
from consortia.web.delivery.account import account_of, visible_findings
from consortia.web.delivery.files import sent_files
from consortia.web.delivery.forms import ActualsForm
from consortia.web.delivery.models import AgreedCase
from consortia.web.fields import posted
from consortia.web.language import counted, language, refusal, sentence
from consortia.web.pages import notice, page
from consortia.web.runs.access import get_run_for
from consortia.web.studies.access import Standing, get_study_for, standing_in
from consortia.web.studies.documents import load_definition
from consortia.web.studies.models import Study


@require_POST
def agree(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Records a run as the agreed case."""
    user = signed_in(request)
    replace = bool(request.POST.get("replace"))
    actions.agree_case(get_run_for(user, slug, number), by=user, replace=replace)
    notice(request, sentence("The run is now the agreed case; the savings account is held against it."))
    return redirect("account", slug)


@require_http_methods(["GET", "POST"])
def account(request: HttpRequest, slug: str) -> HttpResponse:
    """The savings account; a form that sends a file of actuals."""
    user = signed_in(request)
    study = get_study_for(user, slug)
    standing = standing_in(study, user)
    form = ActualsForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid() and _received(request, study, form):
        return redirect("account", slug)
    case = case_of(study)
    context = _shown_account(request, study, case, standing) if case else {}
    return page(
        request,
        "delivery/account.html",
        study=study,
        case=case,
        form=form,
        analyst=standing.analyst,
        may_send=may_send_actuals(standing),
        files=sent_files(study, standing, user),
        status=400 if form.errors else 200,
        **context,
    )


@require_POST
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Takes a file out of the account."""
    user = signed_in(request)
    actions.withdraw_actuals(get_actuals_for(user, get_study_for(user, slug), pk), by=user)
    notice(request, sentence("The file counts no more; it stays on record."))
    return redirect("account", slug)


def _received(request: HttpRequest, study: Study, form: ActualsForm) -> bool:
    file: UploadedFile[bytes] = form.cleaned_data["file"]
    try:
        came = actions.receive_actuals(study, name=file.name or "", content=file.read(), by=signed_in(request))
    except IntakeError as error:
        form.add_error("file", refusal(error))
        return False
    notice(request, counted("{count} row was booked.", "{count} rows were booked.", came.booked))
    if came.findings:
        found = counted("There is {count} finding.", "There are {count} findings.", len(came.findings))
        notice(request, found)
    return True


def _shown_account(request: HttpRequest, study: Study, case: AgreedCase, standing: Standing) -> dict[str, object]:
    """The tables of the account in the year that was asked for, or the sentence why there is none."""
    shown: dict[str, object] = {"no_account": "", "tables": [], "findings": (), "years": (), "year": ""}
    definition = load_definition(study)
    try:
        held = account_of(case)
    except ConsortiaError as error:
        return shown | {"no_account": refusal(error)}
    years, now = years_of(held), str(this_year())
    year = next((each for each in (request.GET.get("year"), now) if each in years), years[0])
    totals = total_table(held, definition, sees=standing.sees)
    tables = totals, account_table(held, definition, sees=standing.sees, year=year)
    return shown | {
        "tables": [worded(table, language()) for table in tables],
        "findings": visible_findings(held, definition, standing),
        "years": years,
        "year": year,
    }
