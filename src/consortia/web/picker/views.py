"""The pages on which partners are picked on the hexagon map, for a new study or for one that is under way."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from consortia.errors import ConsortiaError, NotAllowed
from consortia.reference.atlas import areas
from consortia.web.accounts.access import signed_in
from consortia.web.language import counted, refusal, sentence
from consortia.web.pages import notice, page
from consortia.web.picker.actions import add_partners
from consortia.web.picker.choosing import FIELD, Choice, choice_of
from consortia.web.studies.access import get_study_for_analyst, may_make_studies
from consortia.web.studies.documents import load_definition
from consortia.web.studies.models import Study


@require_GET
def pick(request: HttpRequest) -> HttpResponse:
    """One map with those chosen, who borders them, and a way on to the form for a new study."""
    user = signed_in(request)
    if not may_make_studies(user):
        raise NotAllowed(sentence("Only analysts make studies."))
    return _show(request, choice_of(request.GET, user), study=None, after=reverse("new-study"))


@require_GET
def pick_more(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for a study that is under way: its partners are ticked already, and stay."""
    row = get_study_for_analyst(signed_in(request), slug)
    return _show(request, _joining(request, row), study=row, after=reverse("add-partners", args=[slug]))


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """Says who would join and with which returns; a press of the button makes them partners."""
    user = signed_in(request)
    row = get_study_for_analyst(user, slug)
    refused = ""
    if request.method == "POST":
        try:
            added = add_partners(row, codes=request.POST.getlist(FIELD), by=user)
        except ConsortiaError as error:
            refused = refusal(error)
        else:
            notice(request, counted("{count} partner was added.", "{count} partners were added.", len(added)))
            return redirect("study", slug)
    choice, status = _joining(request, row), 400 if refused else 200
    editions = load_definition(row).editions
    known: dict[str, Any] = {"study": row, "choice": choice, "field": FIELD, "editions": editions}
    return page(request, "picker/add.html", status=status, refused=refused, **known)


def _joining(request: HttpRequest, row: Study) -> Choice:
    asked = request.POST if request.method == "POST" else request.GET
    return choice_of(asked, signed_in(request), fixed=load_definition(row).codes)


def _show(request: HttpRequest, choice: Choice, *, study: Study | None, after: str) -> HttpResponse:
    here = reverse("pick-partners", args=[study.slug]) if study else reverse("pick-councils")
    known: dict[str, Any] = {
        "choice": choice,
        "areas": areas(),
        "field": FIELD,
        "study": study,
        "after": after,
        "here": here,
    }
    return page(request, "picker/pick.html", **known)
