"""Pages of costs: activities and overheads of one partner, and what services may cost."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from consortia.costing.allocation import Method
from consortia.errors import ConsortiaError, NotAllowed
from consortia.report.worded import worded
from consortia.run.cost_tables import METHODS as METHOD_NAMES
from consortia.web.accounts.access import signed_in
from consortia.web.costs.actions import receive_activities
from consortia.web.costs.activities import EXAMPLE, METHODS, Shown, shown_costs
from consortia.web.costs.forms import ActivitiesForm
from consortia.web.costs.target_costs import shown_targets
from consortia.web.fields import posted
from consortia.web.language import language, refusal, sentence
from consortia.web.pages import notice, page
from consortia.web.studies.access import can_send, get_return_for, get_study_for, standing_in
from consortia.web.studies.documents import load_return
from consortia.web.studies.models import PartnerReturn


@require_http_methods(["GET", "POST"])
def costs(request: HttpRequest, slug: str, partner: str) -> HttpResponse:
    """What a partner's activities cost, overheads by three methods side by side; a form that sends the document."""
    row = get_return_for(signed_in(request), slug, partner)
    form = ActivitiesForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid() and _received(request, row, form):
        return redirect("costs", slug, partner)
    method = request.GET.get("method", "reciprocal")
    if method not in METHODS:
        raise Http404
    return _show(request, row, form, method, request.GET.get("trace", ""))


@require_GET
def targets(request: HttpRequest, slug: str) -> HttpResponse:
    """What each service may cost, and what closes the gap."""
    user = signed_in(request)
    study = get_study_for(user, slug)
    standing = standing_in(study, user)
    refused = ""
    try:
        tables, findings = shown_targets(study, standing)
    except ConsortiaError as error:
        tables, findings, refused = (), (), refusal(error)
    return page(
        request,
        "costs/targets.html",
        study=study,
        standing=standing,
        tables=[worded(each, language()) for each in tables],
        findings=findings,
        refused=refused,
    )


def _received(request: HttpRequest, row: PartnerReturn, form: ActivitiesForm) -> bool:
    """True when the document became part of the return; otherwise its faults are in the form."""
    file: UploadedFile[bytes] = form.cleaned_data["file"]
    try:
        receive_activities(row, name=file.name or "", content=file.read(), by=signed_in(request))
    except NotAllowed:
        raise
    except ConsortiaError as error:
        form.add_error("file", refusal(error))
        return False
    notice(request, sentence("The activities were read."))
    return True


def _show(request: HttpRequest, row: PartnerReturn, form: ActivitiesForm, method: Method, trace: str) -> HttpResponse:
    document, shown, refused = load_return(row).activities, Shown(), ""
    try:
        shown = shown_costs(document, method=method, trace=trace) if document else shown
    except ConsortiaError as error:
        refused = refusal(error)
    return page(
        request,
        "costs/costs.html",
        study=row.study,
        row=row,
        document=document,
        tables=[worded(each, language()) for each in shown.tables],
        findings=shown.findings,
        traceable=shown.traceable,
        refused=refused,
        methods={code: METHOD_NAMES[code] for code in METHODS},
        method=method,
        trace=trace,
        form=form,
        example=EXAMPLE.read_text(encoding="utf-8"),
        may_send=can_send(signed_in(request), row),
        status=400 if form.errors else 200,
    )
