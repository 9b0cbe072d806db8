"""Pages on what the registers of a study offer: the sums, and a button that makes a project of a proposal."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from consortia.errors import StudyError
from consortia.report.worded import worded
from consortia.study.project_findings import project_findings
from consortia.web.accounts.access import signed_in
from consortia.web.definition.actions import change_record
from consortia.web.definition.faults import findings_at
from consortia.web.definition.listing import address
from consortia.web.definition.parts import PARTS
from consortia.web.definition.spots import Spot
from consortia.web.language import language, refusal, sentence
from consortia.web.options.proposals import Offer, offers_of, proposed
from consortia.web.pages import caution, notice, page
from consortia.web.studies.access import get_study_for_analyst
from consortia.web.studies.documents import load_definition


@require_GET
def options(request: HttpRequest, slug: str) -> HttpResponse:
    """What posts, buildings, systems and contracts offer when they are laid side by side, with the sums."""
    row = get_study_for_analyst(signed_in(request), slug)
    found, refused = load_definition(row), ""
    offers: tuple[Offer, ...] = ()
    try:
        offers = offers_of(found)
    except StudyError as error:
        refused = refusal(error)
    return page(
        request,
        "options/options.html",
        study=row,
        offers=[(worded(one.table, language()), one.proposals) for one in offers],
        refused=refused,
        address_of=lambda key: address(row, Spot(PARTS["projects"], key)),
    )


@require_POST
def make_project(request: HttpRequest, slug: str) -> HttpResponse:
    """Puts a proposal into the study as a project, and shows it there to be looked at and changed."""
    user = signed_in(request)
    row = get_study_for_analyst(user, slug)
    project = proposed(load_definition(row), request.POST.get("key", ""))
    if project is None:
        raise Http404
    spot = Spot(PARTS["projects"], project.key)
    after = change_record(row, spot.named(""), project.to_plain(), digest="", by=user)
    notice(request, sentence("The proposal is a project of the study now. Look at what it says, and change it."))
    if findings_at(project_findings(after), spot):
        caution(request, sentence("Something about it is to be settled; it stands below."))
    return redirect(address(row, spot))
