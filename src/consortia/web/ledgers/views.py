"""Pages of a partner's ledger: files in, what each column is, the rows behind a line of the return."""

from __future__ import annotations

from typing import cast

import polars as pl
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from consortia.errors import ConsortiaError, NotAllowed
from consortia.findings import Finding
from consortia.intake.ledger_years import undated_layout
from consortia.intake.mapping.ledger_return import trace_line
from consortia.money import from_pence
from consortia.report.language import gravest_first
from consortia.report.worded import WordedTable, worded
from consortia.report.words import Quantity
from consortia.study import CostLine, Return
from consortia.study.tables import records_of
from consortia.web.accounts.access import signed_in
from consortia.web.fields import posted
from consortia.web.language import counted, language, refusal, sentence
from consortia.web.ledgers import actions
from consortia.web.ledgers.forms import LayoutForm, LeaveOutForm, LedgerFileForm
from consortia.web.ledgers.layouts import ROLE_NAMES, earlier_layout, proposed_for, shown_columns, starting_layout
from consortia.web.ledgers.readings import Reading, from_text
from consortia.web.ledgers.store import header_of, layout_of, ledger_of, lines_of
from consortia.web.ledgers.tables import account_table, files_table, postings_table
from consortia.web.pages import caution, notice, page
from consortia.web.remedies import for_the_site
from consortia.web.studies.access import can_send, check_can_send, get_return_for
from consortia.web.studies.documents import load_return
from consortia.web.studies.models import PartnerReturn, Upload

FINDINGS_SHOWN = 100  # a file may have a total after every few rows


@require_http_methods(["GET", "POST"])
def ledger(request: HttpRequest, slug: str, partner: str) -> HttpResponse:
    """The partner's ledger: its files with their control totals and findings; a form that sends a file."""
    row = get_return_for(signed_in(request), slug, partner)
    form = LedgerFileForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = _received(request, row, form)
        if upload:
            return _read_or_ask(request, row, upload)
    return _show(request, row, form)


@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, slug: str, partner: str, pk: int) -> HttpResponse:
    """What each column of a file seems to be and why; confirmed or corrected, the file is read."""
    user = signed_in(request)
    row = get_return_for(user, slug, partner)
    check_can_send(user, row)
    upload = get_object_or_404(Upload, partner_return=row, pk=pk)
    tables = [name.strip() for name in request.GET.get("table", "").split(";") if name.strip()]
    proposed = proposed_for(row, upload, tables=tables)
    start = starting_layout(proposed, None if tables else layout_of(ledger_of(row)) or earlier_layout(row, user))
    shown = shown_columns(upload, proposed, start)
    form = LayoutForm(posted(request), columns=shown, start=start)
    if form.is_valid() and _read(request, row, upload, form):
        return redirect("ledger", slug, partner)
    return page(
        request,
        "ledgers/columns.html",
        study=row.study,
        row=row,
        upload=upload,
        proposed=proposed,
        tables="; ".join(tables),
        findings=for_the_site((*proposed.findings, *undated_layout(start))),
        role_names=ROLE_NAMES,
        columns=shown,
        form=form,
        status=400 if form.errors else 200,
    )


@require_POST
def leave_out(request: HttpRequest, slug: str, partner: str) -> HttpResponse:
    """Takes the lines of one file out of the ledger."""
    row = get_return_for(signed_in(request), slug, partner)
    form = LeaveOutForm(request.POST)
    if not form.is_valid():
        return _show(request, row, LedgerFileForm(), left_out=form)
    name = form.cleaned_data["file"]
    actions.leave_out_file(row, name=name, reason=form.cleaned_data["reason"], by=signed_in(request))
    notice(request, sentence("The lines of {file} were taken out of the ledger.", file=name))
    return redirect("ledger", slug, partner)


@require_GET
def rows(request: HttpRequest, slug: str, partner: str) -> HttpResponse:
    """The ledger rows that one line of the return is made of."""
    row = get_return_for(signed_in(request), slug, partner)
    returned, lines = load_return(row), lines_of(ledger_of(row))
    line = _line(returned, request.GET.get("line", ""))
    if lines is None or not returned.is_from_ledger:
        raise Http404
    found = trace_line(lines, returned.mapping, line)
    total = from_pence(int(found["amount_pence"].sum()))
    return page(
        request,
        "ledgers/rows.html",
        study=row.study,
        row=row,
        line=line,
        table=worded(postings_table(found, line), language()),
        total=Quantity(float(total), "unit_cost"),
        amount=Quantity(float(line.amount or 0), "unit_cost"),
        agrees=found.is_empty() or total == line.amount,
    )


def _received(request: HttpRequest, row: PartnerReturn, form: LedgerFileForm) -> Upload | None:
    """The file as it was kept; None with a fault in the form when it shows no ledger."""
    file: UploadedFile[bytes] = form.cleaned_data["file"]
    try:
        return actions.receive_ledger(row, name=file.name or "", content=file.read(), by=signed_in(request))
    except NotAllowed:
        raise
    except ConsortiaError as error:
        form.add_error("file", refusal(error))
        return None


def _read_or_ask(request: HttpRequest, row: PartnerReturn, upload: Upload) -> HttpResponse:
    """Reads a file by the remembered layout where it fits; otherwise asks what its columns are."""
    ask = redirect("ledger-columns", row.study.slug, row.partner, upload.pk)
    layout = layout_of(ledger_of(row))
    # A year that a person stated was that of another file.
    if layout is None or layout.period_year:
        return ask
    try:
        _say(request, actions.read_file(row, upload, layout, by=signed_in(request)))
    except ConsortiaError as error:
        caution(request, refusal(error))
        return ask
    return redirect("ledger", row.study.slug, row.partner)


def _read(request: HttpRequest, row: PartnerReturn, upload: Upload, form: LayoutForm) -> bool:
    """True when the file was read by the confirmed layout; otherwise the fault is in the form."""
    try:
        _say(
            request,
            actions.read_file(row, upload, form.layout(), by=signed_in(request), instead=form.cleaned_data["instead"]),
        )
    except NotAllowed:
        raise
    except ConsortiaError as error:
        form.add_error(None, refusal(error))
        return False
    return True


def _say(request: HttpRequest, reading: Reading) -> None:
    lines = sum(one.lines for one in reading.accounts)
    pounds = float(from_pence(sum(one.sum_pence for one in reading.accounts)))
    notice(
        request,
        counted(
            "{count} line was read from {file}, £{sum} in all.", "{count} lines were read from {file}, £{sum} in all.",
            lines, file=reading.file, sum=Quantity(pounds, "unit_cost"),
        ),
    )  # fmt: skip


def _line(returned: Return, key: str) -> CostLine:
    """The line of the return; Http404 when there is none."""
    found = records_of(CostLine, returned.costs.filter(pl.col("key") == key))
    line = next(iter(found), None)
    if line is None:
        raise Http404
    return cast("CostLine", line)


def _shown_reading(reading: Reading) -> tuple[Reading, WordedTable, tuple[Finding, ...], int]:
    """A reading with its account, its gravest findings, and how many more there are."""
    findings = gravest_first(for_the_site(reading.findings))
    return (
        reading,
        worded(account_table(reading), language()),
        findings[:FINDINGS_SHOWN],
        len(findings[FINDINGS_SHOWN:]),
    )


def _show(
    request: HttpRequest, row: PartnerReturn, form: LedgerFileForm, *, left_out: LeaveOutForm | None = None
) -> HttpResponse:
    kept = ledger_of(row)
    header = header_of(kept)
    forms = {
        one.name: LeaveOutForm(initial={"file": one.name}, auto_id=f"id_%s_{number}")
        for number, one in enumerate(header.files)
    }
    if left_out is not None:
        forms[left_out["file"].value()] = left_out
    uploads = {one.sha256: one for one in row.uploads.all()}
    return page(
        request,
        "ledgers/ledger.html",
        study=row.study,
        row=row,
        form=form,
        header=header,
        files=worded(files_table(header), language()),
        uploads=uploads,
        readings=[_shown_reading(one) for one in from_text(kept.readings)],
        layout=layout_of(kept),
        leave_out=forms,
        may_send=can_send(signed_in(request), row),
        status=400 if form.errors or left_out is not None else 200,
    )
