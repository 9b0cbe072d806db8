"""Pages on which an analyst changes the definition of a study."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from consortia.study import Definition
from consortia.study.project_findings import project_findings
from consortia.web.accounts.access import signed_in
from consortia.web.definition import actions
from consortia.web.definition.codes import KINDS
from consortia.web.definition.derived import groups_of, peeled
from consortia.web.definition.entries import Group
from consortia.web.definition.faults import findings_at
from consortia.web.definition.forms import FieldsForm, TextForm, text_of
from consortia.web.definition.listing import address, chapters_of, listed
from consortia.web.definition.parts import PARTS
from consortia.web.definition.spots import Plain, Spot, digest_of, record_at, records_at
from consortia.web.fields import posted
from consortia.web.language import sentence
from consortia.web.pages import notice, page
from consortia.web.studies.access import get_study_for_analyst
from consortia.web.studies.documents import load_definition
from consortia.web.studies.models import Study

HOLDERS = frozenset(part.held_by for part in PARTS.values() if part.held_by)


@require_GET
def definition(request: HttpRequest, slug: str) -> HttpResponse:
    """What the study's definition holds, part by part, with what stands in the way of its appraisal."""
    row = get_study_for_analyst(signed_in(request), slug)
    found = load_definition(row)
    return page(
        request,
        "definition/definition.html",
        study=row,
        chapters=chapters_of(row, found),
        findings=project_findings(found),
    )


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, slug: str, part: str) -> HttpResponse:
    """One record: a form that changes it, or a form for a new one; `text` asks for the record as text."""
    row = get_study_for_analyst(signed_in(request), slug)
    found, spot = load_definition(row), _spot(request, part)
    old = _old(request, found, spot)
    begun = _begun(request, spot, old)
    form = _form(request, () if "text" in request.GET else _groups(spot, begun), old, begun, found)
    if request.method == "POST" and "more" in request.POST and isinstance(form, FieldsForm):
        return _show(request, row, spot, form, old, meanwhile=None)
    saved = _saved(request, row, spot, form) if request.method == "POST" and form.is_valid() else None
    if isinstance(saved, Spot):
        notice(request, sentence("The study was changed. Runs that were made before are out of date."))
        return redirect(_after(row, saved))
    return _show(request, row, spot, form, old, meanwhile=saved)


@require_POST
def remove(request: HttpRequest, slug: str, part: str) -> HttpResponse:
    """Takes a record out of the definition, as the person saw it."""
    user = signed_in(request)
    row = get_study_for_analyst(user, slug)
    spot = _spot(request, part)
    if spot.part.single:
        raise Http404
    actions.remove_record(row, spot, digest=request.POST.get("digest", ""), by=user)
    notice(request, sentence("'{key}' was taken out. Runs that were made before are out of date.", key=spot.key))
    return redirect(_after(row, spot.named("")))


def _spot(request: HttpRequest, part: str) -> Spot:
    """The spot that the address names."""
    if part not in PARTS:
        raise Http404
    return Spot(PARTS[part], request.GET.get("key", ""), request.GET.get("within", ""))


def _old(request: HttpRequest, found: Definition, spot: Spot) -> Plain:
    """The record as it stands; empty for a new one, and for one that was taken out while somebody changed it."""
    plain = found.to_plain()
    try:
        if not spot.part.single:
            records_at(plain, spot.part, spot.within)
    except KeyError:
        raise Http404 from None
    try:
        return record_at(plain, spot) if spot.key or spot.part.single else {}
    except KeyError:
        if request.method == "POST":
            return {}
        raise Http404 from None


def _begun(request: HttpRequest, spot: Spot, old: Plain) -> Plain:
    """What the form shows: the record, or the kind that a new one begins with."""
    if old or spot.part.key not in KINDS:
        return old
    kind = request.GET.get("kind", "")
    return {"kind": kind if kind in KINDS[spot.part.key] else next(iter(KINDS[spot.part.key]))}


def _groups(spot: Spot, begun: Plain) -> tuple[Group, ...]:
    """The groups of fields of a record: of its kind, where there is a choice of kinds."""
    wanted = peeled(spot.part.record).of
    for each in get_args(wanted) or (wanted,):
        one = peeled(each).of
        kinds = get_args(one.model_fields["kind"].annotation) if spot.part.key in KINDS else ()
        if not kinds or begun.get("kind") in kinds:
            held = [part.field for part in PARTS.values() if part.held_by == spot.part.key]
            return groups_of(one, only=spot.part.fields, without=held)
    return ()


def _form(
    request: HttpRequest, groups: Sequence[Group], old: Plain, begun: Plain, found: Definition
) -> FieldsForm | TextForm:
    seen = {"digest": digest_of(old or None)}
    if not groups:
        return TextForm(posted(request), initial=seen | {"text": text_of(old or begun)})
    if more := request.POST.get("more", ""):
        seen = {"digest": request.POST.get("digest", "")}
        return FieldsForm(groups=groups, old=begun, definition=found, typed=request.POST, more=more, initial=seen)
    return FieldsForm(posted(request), groups=groups, old=begun, definition=found, initial=seen)


def _saved(
    request: HttpRequest, row: Study, spot: Spot, form: FieldsForm | TextForm
) -> actions.ChangedMeanwhile | Spot | None:
    """The spot of what was kept; what changed meanwhile; or None, with the faults in the form."""
    given = form.record()
    try:
        actions.change_record(row, spot, given, digest=form.cleaned_data["digest"], by=signed_in(request))
    except actions.Faulty as error:
        form.tell(error.faults)
        return None
    except actions.ChangedMeanwhile as error:
        return error
    return spot.named(str(given.get("key", spot.key)))


def _after(row: Study, spot: Spot) -> str:
    """Where to go after a change: the record that holds it, a project that has just been begun, or all parts."""
    if spot.holder:
        return address(row, spot.holder)
    if spot.part.key in HOLDERS and spot.key:
        return address(row, spot)
    return f"{reverse('definition', args=[row.slug])}#part-{spot.part.key}"


def _show(
    request: HttpRequest,
    row: Study,
    spot: Spot,
    form: FieldsForm | TextForm,
    old: Plain,
    *,
    meanwhile: actions.ChangedMeanwhile | None,
) -> HttpResponse:
    found = load_definition(row)
    plain, kind = found.to_plain(), request.GET.get("kind", "")
    held = [part for part in PARTS.values() if part.held_by == spot.part.key] if old else []
    return page(
        request,
        "definition/record.html",
        study=row,
        spot=spot,
        holder=spot.holder and (spot.holder, address(row, spot.holder)),
        form=form,
        groups=form.groups if isinstance(form, FieldsForm) else (),
        has_fields=bool(_groups(spot, _begun(request, spot, old))),
        addresses={"fields": address(row, spot, kind=kind), "text": address(row, spot, kind=kind, text="1")},
        digest=digest_of(meanwhile.now if meanwhile else old or None) if meanwhile else form["digest"].value(),
        meanwhile=meanwhile,
        now=text_of(meanwhile.now) if meanwhile and meanwhile.now else "",
        held=[listed(row, found, plain, part, spot.key) for part in held],
        old=old,
        findings=findings_at(project_findings(found), spot) if old else (),
        remove=address(row, spot, view="remove-record") if old and not spot.part.single else "",
        status=409 if meanwhile else 400 if form.errors else 200,
    )
