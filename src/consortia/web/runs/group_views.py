"""The page of a run on which partners are moved between groups, and one may be asked to leave; nothing is kept."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET
from markupsafe import Markup

from consortia.errors import ConsortiaError
from consortia.report.hexmap import FILLS, group_letter, map_svg
from consortia.report.sharing_tables import RULES
from consortia.report.worded import worded
from consortia.run.partners import Arrangement, Sharing
from consortia.run.partners.agreed import agreed_name
from consortia.run.partners.naming import title_of
from consortia.web.accounts.access import signed_in
from consortia.web.headers import with_our_script
from consortia.web.language import language, refusal
from consortia.web.pages import page
from consortia.web.runs.access import check_can_try_groups, get_finished_run_for
from consortia.web.runs.regrouping import (
    arranged_for,
    exits_with,
    groups_table,
    keep_only,
    left_with_table,
    map_for,
    moves_of,
    regrouped_as,
    said_of,
    said_of_leaving,
)
from consortia.web.runs.seating import PREFIX, Seating, seating_of
from consortia.web.studies.access import standing_in


@require_GET
@with_our_script
def groups(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The groups of one service of a finished run, as the run has them or as the address asks for."""
    user = signed_in(request)
    row = get_finished_run_for(user, slug, number)
    check_can_try_groups(row, standing_in(row.study, user))
    arranged = arranged_for(row)
    service = _service(arranged, request.GET.get("service", ""))
    known: dict[str, Any] = {
        "run": row,
        "study": row.study,
        "services": arranged.services,
        "title_of": title_of,
        "service": service,
    }
    if service is None:
        return page(request, "runs/groups.html", **known)
    keep_only(service, arranged)
    seating = seating_of(service, request.GET.dict())
    known |= _shown(seating, service, arranged, picked=_partner(request, "picked", service))
    return page(request, "runs/groups.html", **known, **_leaving(request, service, arranged))


def _service(arranged: Sharing, key: str) -> Arrangement | None:
    """The service asked for, or the first; None where none is to be shared. Http404 for another."""
    found = [one for one in arranged.services if key in {"", one.proposal.key}]
    if key and not found:
        raise Http404
    return found[0] if found else None


def _partner(request: HttpRequest, name: str, service: Arrangement) -> str:
    code = request.GET.get(name, "")
    if code and code not in service.partners:
        raise Http404
    return code


def _shown(seating: Seating, service: Arrangement, arranged: Sharing, *, picked: str) -> dict[str, Any]:
    """The map, the partners with their groups, and what it costs whom; or why there is no answer."""
    hexes = map_for(seating, service, arranged)
    links = {code: seating.address(code) + "#moves" for code in service.partners}
    drawn = Markup(map_svg(hexes, language(), key="groups", links=links))  # noqa: S704  (drawn by us; its texts are escaped)
    known: dict[str, Any] = {
        "seating": seating,
        "prefix": PREFIX,
        "letter": group_letter,
        "drawing": drawn,
        "fills": len(FILLS),
        "names": {code: arranged.definition.partner(code).name for code in service.partners},
        "picked": picked,
        "rule": RULES[agreed_name(arranged.definition)],
        "price_base": arranged.setting.price_base,
        "period": arranged.setting.period,
        "refused": "",
        "moves": (),
    }
    try:
        return known | _answer(seating, service, arranged, picked=picked)
    except ConsortiaError as error:
        return known | {"refused": refusal(error)}


def _answer(seating: Seating, service: Arrangement, arranged: Sharing, *, picked: str) -> dict[str, Any]:
    before = regrouped_as(Seating(seating.service, seating.run, seating.run), service, arranged)
    after = regrouped_as(seating, service, arranged)
    return {
        "parts": list(zip(service.partners, before.shares.tolist(), after.shares.tolist(), strict=True)),
        "said": said_of(before, after, arranged, seating),
        "table": worded(groups_table(before, after, arranged, seating), language()),
        "moves": moves_of(picked, seating, service, arranged) if picked else (),
    }


def _leaving(request: HttpRequest, service: Arrangement, arranged: Sharing) -> dict[str, Any]:
    """What follows when the partner asked about leaves its group of the run."""
    leaver = _partner(request, "leaves", service)
    known: dict[str, Any] = {"leaver": leaver, "left_with": None, "leaving_said": (), "leaving_refused": ""}
    try:
        exits = exits_with(leaver, service, arranged) if leaver else None
    except ConsortiaError as error:
        return known | {"leaving_refused": refusal(error)}
    if exits is None:
        return known
    table = worded(left_with_table(leaver, exits, arranged), language())
    return known | {"left_with": table, "leaving_said": said_of_leaving(leaver, exits, arranged)}
