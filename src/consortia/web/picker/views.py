"""The page on which partners are picked on the hexagon map."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from consortia.errors import NotAllowed
from consortia.reference.atlas import areas
from consortia.web.accounts.access import signed_in
from consortia.web.language import sentence
from consortia.web.pages import page
from consortia.web.picker.choosing import FIELD, choice_of
from consortia.web.studies.access import may_make_studies


@require_GET
def pick(request: HttpRequest) -> HttpResponse:
    """One map with those chosen, who borders them, and a way on to the form for a new study."""
    user = signed_in(request)
    if not may_make_studies(user):
        raise NotAllowed(sentence("Only analysts make studies."))
    choice = choice_of(request.GET.get("area", ""), request.GET.getlist(FIELD), user)
    return page(request, "picker/pick.html", choice=choice, areas=areas(), field=FIELD)
