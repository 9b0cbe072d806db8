"""Pages on which an analyst changes the definition of a study."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from consortia.study import Definition, Text
from consortia.study.project_findings import project_findings
from consortia.web.accounts.access import signed_in
from consortia.web.definition import actions
from consortia.web.definition.choices import COST_KINDS, EFFECT_KINDS, WORDED
from consortia.web.definition.entries import Group, groups_for
from consortia.web.definition.faults import findings_at
from consortia.web.definition.forms import FieldsForm, RecordForm, TextForm, text_of
from consortia.web.definition.parts import PARTS, Part, Plain, Spot, digest_of, record_at, records_at
from consortia.web.fields import posted
from consortia.web.language import language, sentence
from consortia.web.pages import notice, page
from consortia.web.studies.access import get_study_for_analyst
from consortia.web.studies.documents import load_definition
from consortia.web.studies.models import Study

KINDS = {"effects": EFFECT_KINDS, "costs": WORDED["cost_kinds"]}
BEGUN: dict[str, Plain] = {"projects": {"active": True, "maturity": "outline_case"}}
HOLDERS = frozenset(part.held_by for part in PARTS.values() if part.held_by)
FIRST_KIND = {"effects": "rate_of_line", "costs": COST_KINDS[0]}


@dataclass(frozen=True, slots=True)
class Listed:
    """The records of a part as a page lists them: key, title and address of each, and where one is added."""

    part: Part
    records: tuple[tuple[str, str, str], ...]
    add: str
    kinds: tuple[tuple[str, str], ...] = ()


@require_GET
def definition(request: HttpRequest, slug: str) -> HttpResponse:
    """What the study's definition holds, part by part, with what stands in the way of its appraisal."""
    row = get_study_for_analyst(signed_in(request), slug)
    found = load_definition(row)
    plain = found.to_plain()
    return page(
        request,
        "definition/definition.html",
        study=row,
        parts=[_listed(row, plain, part) for part in PARTS.values() if not part.held_by],
        findings=project_findings(found),
    )


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, slug: str, part: str) -> HttpResponse:
    """One record: a form that changes it, or a form for a new one; `text` asks for the record as text."""
    row = get_study_for_analyst(signed_in(request), slug)
    found, spot = load_definition(row), _spot(request, part)
    old = _old(request, found, spot)
    begun = _begun(request, spot, old)
    form = _form(request, () if "text" in request.GET else groups_for(spot, begun), old, begun, found)
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
        records_at(plain, spot.part, spot.within)
    except KeyError:
        raise Http404 from None
    try:
        return record_at(plain, spot) if spot.key else {}
    except KeyError:
        if request.method == "POST":
            return {}
        raise Http404 from None


def _begun(request: HttpRequest, spot: Spot, old: Plain) -> Plain:
    """What the form shows: the record over the defaults that are no empty field, or what a new one begins with."""
    if old or spot.part.key not in KINDS:
        return BEGUN.get(spot.part.key, {}) | old
    kind = request.GET.get("kind", "")
    return {"kind": kind if kind in KINDS[spot.part.key] else FIRST_KIND[spot.part.key]}


def _form(request: HttpRequest, groups: Sequence[Group], old: Plain, begun: Plain, found: Definition) -> RecordForm:
    seen = {"digest": digest_of(old or None)}
    if groups:
        return FieldsForm(posted(request), groups=groups, old=begun, definition=found, initial=seen)
    return TextForm(posted(request), initial=seen | {"text": text_of(old or begun)})


def _saved(request: HttpRequest, row: Study, spot: Spot, form: RecordForm) -> actions.ChangedMeanwhile | Spot | None:
    """The spot of what was kept; what changed meanwhile; or None, with the faults in the form."""
    given = form.record()
    try:
        actions.change_record(row, spot, given, digest=form.cleaned_data["digest"], by=signed_in(request))
    except actions.Faulty as error:
        form.tell(error.faults)
        return None
    except actions.ChangedMeanwhile as error:
        return error
    return spot.named(str(given["key"]))


def _after(row: Study, spot: Spot) -> str:
    """Where to go after a change: the record that holds it, a project that has just been begun, or all parts."""
    if spot.holder:
        return _address(row, spot.holder)
    if spot.part.key in HOLDERS and spot.key:
        return _address(row, spot)
    return f"{reverse('definition', args=[row.slug])}#part-{spot.part.key}"


def _address(row: Study, spot: Spot, *, view: str = "change-record", **more: str) -> str:
    named = {"key": spot.key, "within": spot.within} | more
    query = urlencode({name: value for name, value in named.items() if value})
    return f"{reverse(view, args=[row.slug, spot.part.key])}{f'?{query}' if query else ''}"


def _listed(row: Study, plain: Plain, part: Part, within: str = "") -> Listed:
    """The records of a part with their names and addresses."""
    words = language()
    records = tuple(
        (
            one["key"],
            words.words(Text(**one["title"])) if one.get("title") else "",
            _address(row, Spot(part, one["key"], within)),
        )
        for one in records_at(plain, part, within)
    )
    kinds = tuple(
        (sentence(said), _address(row, Spot(part, "", within), kind=kind))
        for kind, said in KINDS.get(part.key, {}).items()
    )
    return Listed(part, records, _address(row, Spot(part, "", within)), kinds)


def _show(
    request: HttpRequest,
    row: Study,
    spot: Spot,
    form: RecordForm,
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
        holder=spot.holder and (spot.holder, _address(row, spot.holder)),
        form=form,
        groups=form.groups if isinstance(form, FieldsForm) else (),
        has_fields=bool(groups_for(spot, _begun(request, spot, old))),
        addresses={"fields": _address(row, spot, kind=kind), "text": _address(row, spot, kind=kind, text="1")},
        digest=digest_of(meanwhile.now if meanwhile else old or None) if meanwhile else form["digest"].value(),
        meanwhile=meanwhile,
        now=text_of(meanwhile.now) if meanwhile and meanwhile.now else "",
        held=[_listed(row, plain, part, spot.key) for part in held],
        old=old,
        findings=findings_at(project_findings(found), spot.place) if old else (),
        remove=_address(row, spot, view="remove-record"),
        status=409 if meanwhile else 400 if form.errors else 200,
    )
