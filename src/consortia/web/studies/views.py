"""Pages of studies and returns."""

from __future__ import annotations

from functools import partial

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from consortia.errors import ConsortiaError, IntakeError, NotAllowed
from consortia.intake.open_work import open_work
from consortia.intake.replaced_return import Blanked
from consortia.intake.signing import unsettled
from consortia.report.worded import worded
from consortia.run.bridge_tables import service_text
from consortia.web.accounts.access import signed_in
from consortia.web.accounts.events import record
from consortia.web.accounts.models import Event
from consortia.web.downloads import attachment
from consortia.web.fields import posted
from consortia.web.language import counted, language, refusal, sentence
from consortia.web.pages import caution, notice, page
from consortia.web.picker.choosing import as_lines, choice_of
from consortia.web.remedies import for_the_site
from consortia.web.runs.access import runs_of
from consortia.web.studies import actions
from consortia.web.studies.access import (
    can_send,
    get_return_for,
    get_study_for,
    get_study_for_analyst,
    may_make_studies,
    objections_to_signing,
    returns_of,
    standing_in,
    studies_for,
)
from consortia.web.studies.bridge import bridge_tables, ledger_lines_of, services_of
from consortia.web.studies.documents import (
    findings_from_text,
    load_definition,
    load_return,
    return_workbook,
    study_as_zip,
)
from consortia.web.studies.events import EVENTS
from consortia.web.studies.forms import NewStudyForm, ReturnForm, SignForm
from consortia.web.studies.models import PartnerReturn, Upload
from consortia.web.studies.tables import ledger_rows_address, lines_table, years_of
from consortia.web.studies.uploads import path_of

EVENTS_SHOWN = 200


@require_GET
def studies(request: HttpRequest) -> HttpResponse:
    """The studies that the person takes part in."""
    user = signed_in(request)
    names = Prefetch(
        "returns", queryset=PartnerReturn.objects.select_related("organisation").only("study", "organisation")
    )
    shown = studies_for(user).select_related("owner").defer("definition", "findings")
    return page(request, "studies/studies.html", studies=shown.prefetch_related(names), may_make=may_make_studies(user))


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Makes a study from published returns."""
    user = signed_in(request)
    if not may_make_studies(user):
        raise NotAllowed(sentence("Only analysts make studies."))
    picked = choice_of(request.GET, user)
    form = NewStudyForm(posted(request), user=user, initial={"partners": as_lines(picked.chosen)})
    if form.is_valid():
        try:
            study = actions.start_from_published(**form.cleaned_data, by=user)
        except ConsortiaError as error:
            form.add_error(None, refusal(error))
        else:
            return redirect("study", study.slug)
    return page(request, "studies/new.html", form=form, on_map=picked.address)


@require_GET
def study(request: HttpRequest, slug: str) -> HttpResponse:
    """A study: its partners and the state of their returns, its runs, what to do next."""
    user = signed_in(request)
    row = get_study_for(user, slug)
    standing = standing_in(row, user)
    return page(
        request,
        "studies/study.html",
        study=row,
        standing=standing,
        returns=list(returns_of(row)),
        runs=list(runs_of(row)),
        findings=findings_from_text(row.findings) if standing.analyst else (),
        scenarios=load_definition(row).scenarios if standing.analyst else (),
        case=row.cases.select_related("run").defer("run__result").first(),
    )


@require_http_methods(["GET", "POST"])
def partner_return(request: HttpRequest, slug: str, partner: str) -> HttpResponse:
    """One partner's return: its lines and findings; a form that sends a file."""
    user = signed_in(request)
    row = get_return_for(user, slug, partner)
    form = ReturnForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid() and _received(request, row, form):
        return redirect("return", slug, partner)
    return _show_return(request, row, form, _sign_form(row))


@require_GET
def bridge(request: HttpRequest, slug: str, partner: str) -> HttpResponse:
    """What was done to the numbers of one return, service by service or within one of them."""
    row = get_return_for(signed_in(request), slug, partner)
    services = {code: service_text(code) for code in services_of(row)}
    service = request.GET.get("service", "")
    if service and service not in services:
        raise Http404
    tables = bridge_tables(row, service=service)
    lines = ledger_lines_of(row, service=service) if service else ()
    return page(
        request,
        "studies/bridge.html",
        study=row.study,
        row=row,
        tables=[worded(each, language()) for each in tables],
        services=services,
        service=service,
        ledger_lines=[(key, ledger_rows_address(row, key)) for key in lines],
    )


@require_POST
def sign(request: HttpRequest, slug: str, partner: str) -> HttpResponse:
    """Signs the return as it was shown."""
    user = signed_in(request)
    row = get_return_for(user, slug, partner)
    form = SignForm(request.POST, has_open_work=bool(open_work(load_return(row))))
    if not form.is_valid():
        return _show_return(request, row, ReturnForm(), form)
    actions.sign(row, digest=form.cleaned_data["digest"], by=user, despite=form.cleaned_data.get("despite", ""))
    notice(request, sentence("The return is signed."))
    return redirect("return", slug, partner)


@require_POST
def withdraw(request: HttpRequest, slug: str, partner: str) -> HttpResponse:
    """Takes the signature back."""
    user = signed_in(request)
    actions.withdraw_signature(get_return_for(user, slug, partner), by=user)
    notice(request, sentence("The signature was taken back."))
    return redirect("return", slug, partner)


@require_GET
def upload(request: HttpRequest, slug: str, partner: str, pk: int) -> HttpResponse:
    """A file as it was sent."""
    user = signed_in(request)
    row = get_return_for(user, slug, partner)
    sent = get_object_or_404(Upload, partner_return=row, pk=pk)
    path = path_of(sent.sha256)
    if not path.exists():
        raise Http404
    record("download_upload", by=user, subject=str(row), file=sent.name, sha256=sent.sha256)
    return attachment(path.read_bytes(), name=sent.name, as_bytes=True)


@require_GET
def workbook(request: HttpRequest, slug: str, partner: str) -> HttpResponse:
    """The return as a workbook for the partner to correct or fill in; it is read back as it is."""
    row = get_return_for(signed_in(request), slug, partner)
    content = return_workbook(row)
    record("download_workbook", by=signed_in(request), subject=str(row))
    return attachment(content, name=f"{slug}-{partner}.xlsx")


@require_GET
def export(request: HttpRequest, slug: str) -> HttpResponse:
    """The study folder as a zip file, for the command line."""
    user = signed_in(request)
    row = get_study_for_analyst(user, slug)
    content = study_as_zip(row)
    record("export_study", by=user, subject=row.slug, fingerprint=row.fingerprint)
    return attachment(content, name=f"{row.slug}.zip")


@require_GET
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """What everybody did to the study, latest first."""
    row = get_study_for_analyst(signed_in(request), slug)
    about = Event.objects.filter(subject=row.slug) | Event.objects.filter(subject__startswith=f"{row.slug}/")
    latest = about.order_by("-at", "-pk")[:EVENTS_SHOWN]
    return page(request, "studies/history.html", study=row, events=latest, names=EVENTS)


def _received(request: HttpRequest, row: PartnerReturn, form: ReturnForm) -> bool:
    """True when the file became the return; otherwise its faults are in the form."""
    file: UploadedFile[bytes] = form.cleaned_data["file"]
    try:
        received = actions.receive_return(
            row, name=file.name or "", content=file.read(), by=signed_in(request), blanks=form.cleaned_data["blanks"]
        )
    except IntakeError as error:
        form.add_error("file", refusal(error))
        return False
    if not received.rows:
        form.add_error("file", sentence("No row of the file could be read; the return is as it was."))
        form.findings = received.findings
        return False
    notice(request, counted("{count} row was read.", "{count} rows were read.", received.rows))
    _say_blanked(request, received.blanked)
    return True


def _say_blanked(request: HttpRequest, blanked: Blanked) -> None:
    if blanked.lost:
        numbers = {"count": f"{blanked.lost:,}", "all": f"{blanked.asked:,}"}
        caution(request, sentence("Amounts that were known and are blank in this file: {count} of {all}.", **numbers))


def _sign_form(row: PartnerReturn) -> SignForm:
    return SignForm(initial={"digest": row.digest}, has_open_work=bool(open_work(load_return(row))))


def _show_return(request: HttpRequest, row: PartnerReturn, form: ReturnForm, sign_form: SignForm) -> HttpResponse:
    user = signed_in(request)
    returned = load_return(row)
    objections = tuple(objections_to_signing(user, row))
    years = years_of(returned)
    year = request.GET.get("year", "")
    year = year if year in years else next(iter(years), "")
    return page(
        request,
        "studies/return.html",
        study=row.study,
        row=row,
        header=returned.header,
        form=form,
        sign_form=sign_form,
        findings=for_the_site(form.findings or unsettled(returned, returned.findings)),
        table=worded(lines_table(returned, year=year), language()) if year else None,
        rows_of=partial(ledger_rows_address, row),
        years=years,
        year=year,
        uploads=row.uploads.select_related("sent_by"),
        signature=row.signature,
        may_send=can_send(user, row),
        open_work=open_work(returned),
        not_signed_because=tuple(map(refusal, objections)),
        may_sign=not any(isinstance(each, NotAllowed) for each in objections),
        status=400 if form.errors or sign_form.errors else 200,
    )
