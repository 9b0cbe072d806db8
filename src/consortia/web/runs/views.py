"""Pages of runs: start one, watch it, read it, take its papers."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from consortia.errors import ConsortiaError, StudyError
from consortia.report.figures import UnknownFigure
from consortia.report.headline import headline
from consortia.report.language import EVIDENCE
from consortia.report.paper import PaperContent
from consortia.report.stated import source_of, value_of
from consortia.report.tables import Table
from consortia.report.worded import worded
from consortia.run.programme.caveats import PROJECT_CAVEATS
from consortia.study.scenarios import BASE
from consortia.web.accounts.access import signed_in
from consortia.web.accounts.events import record
from consortia.web.accounts.models import User
from consortia.web.delivery.access import objection_to_agreeing, takes_over_actuals
from consortia.web.delivery.forms import AgreeForm
from consortia.web.downloads import attachment
from consortia.web.language import language, refusal, sentence
from consortia.web.pages import notice, page
from consortia.web.runs import actions
from consortia.web.runs.access import (
    check_can_see_papers,
    get_finished_run_for,
    get_run_for,
    is_out_of_date,
    objection_to_releasing,
    project_tables_for,
    released_in,
    returns_to_release,
    sees_everything,
    visible_content,
    visible_tables,
)
from consortia.web.runs.agreement_views import agreement_tables
from consortia.web.runs.calculation import result_of
from consortia.web.runs.cautions import cautions_of, findings_of
from consortia.web.runs.comparing import request_comparison, table_of
from consortia.web.runs.comparison import difference, key_of, may_count_sharing, sides_of, text_of
from consortia.web.runs.figures import figure_links, opened
from consortia.web.runs.models import Comparison, Run, Status
from consortia.web.runs.papers import PAPERS, paper_path
from consortia.web.runs.pictures import charts_for, maps_for, picture_of
from consortia.web.studies.access import Standing, get_return_for, get_study_for, get_study_for_analyst, standing_in
from consortia.web.studies.documents import load_definition
from consortia.web.studies.models import Study

SECONDS_BETWEEN_LOOKS = 3
MAIN_TABLES = frozenset({"decision", "by_partner", "alternatives"})


@require_POST
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Puts a run in the queue and shows it."""
    user = signed_in(request)
    scenario = request.POST.get("scenario", "") or BASE
    run = actions.request_run(get_study_for(user, slug), by=user, scenario=scenario)
    return redirect("run", slug, run.number)


@require_POST
def cancel(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Stops a run that waits or is under way."""
    user = signed_in(request)
    actions.cancel_run(get_run_for(user, slug, number), by=user)
    notice(request, sentence("The run is being stopped; nothing of it is kept."))
    return redirect("run", slug, number)


@require_GET
def projects(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What the projects of a finished run are worth: tables by kind, ranges and charts, each with its data."""
    user = signed_in(request)
    row = get_finished_run_for(user, slug, number)
    standing = standing_in(row.study, user)
    shown = project_tables_for(row, standing)
    if not shown:
        raise Http404
    content = visible_content(row, result_of(row), standing)
    return page(
        request,
        "runs/projects.html",
        run=row,
        study=row.study,
        everything=sees_everything(row, standing),
        tables=[(worded(each, language()), picture_of(each, language())) for each in shown],
        links=figure_links(row) if sees_everything(row, standing) else None,
        cautions=cautions_of(content, language()),
        findings=findings_of(content) if sees_everything(row, standing) else (),
        caveats=content.own.caveats if content.own and content.own.caveats else PROJECT_CAVEATS,
        out_of_date=is_out_of_date(row),
    )


@require_http_methods(["GET", "POST"])
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed between two scenarios or runs, and the pounds that each change moved.

    A POST asks for the same with the services that either side would share, which the worker works out.
    """
    user = signed_in(request)
    row = get_study_for_analyst(user, slug)
    sides = sides_of(row)
    names = {side.code: side.name for side in sides}
    first, second = (request.GET.get(name, "") for name in ("first", "second"))
    if {first, second} - {"", *names}:
        raise Http404
    table, refused = None, ""
    whole: Comparison | None = None
    countable = bool(first and second) and may_count_sharing(row, (first, second))
    if first and second:
        texts, called = [text_of(row, code) for code in (first, second)], (names[first], names[second])
        if request.method == "POST" and countable and all(texts):
            request_comparison(row, texts, called, by=user)
            return redirect(f"{request.path}?{urlencode({'first': first, 'second': second})}")
        whole = row.comparisons.filter(key=key_of(row, texts, called)).first() if countable else None
        try:
            table = table_of(whole) if whole and whole.status == Status.DONE else _difference(row, texts, called)
        except ConsortiaError as error:
            refused = refusal(error)
    shown = page(
        request,
        "runs/compare.html",
        study=row,
        sides=sides,
        first=first,
        second=second,
        table=worded(table, language()) if table else None,
        refused=refused,
        countable=countable and table is not None,
        whole=whole,
        status=400 if refused else 200,
    )
    if whole and not whole.is_over:
        shown["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
    return shown


@require_GET
def run(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A run: its progress while it is under way, its results when it is finished."""
    user = signed_in(request)
    row = get_run_for(user, slug, number)
    standing = standing_in(row.study, user)
    if row.status == Status.DONE:
        return _results(request, row, standing)
    watching = not row.is_over and request.GET.get("refresh") != "off"
    shown = page(request, "runs/progress.html", run=row, study=row.study, watching=watching, analyst=standing.analyst)
    if watching:
        shown["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
    return shown


@require_GET
def table(request: HttpRequest, slug: str, number: int, key: str) -> HttpResponse:
    """One of the longer tables of a finished run."""
    user = signed_in(request)
    row = get_finished_run_for(user, slug, number)
    standing = standing_in(row.study, user)
    shown = [each for each in visible_tables(row, result_of(row), standing) if each.key == key]
    if not shown:
        raise Http404
    everything = sees_everything(row, standing)
    return page(
        request,
        "runs/table.html",
        run=row,
        study=row.study,
        table=worded(shown[0], language()),
        links=figure_links(row) if everything else None,
    )


@require_GET
def figure(request: HttpRequest, slug: str, number: int, key: str) -> HttpResponse:
    """What one figure is made of: formula, assumptions and source cells; for those who may see every line."""
    user = signed_in(request)
    row = get_finished_run_for(user, slug, number)
    if not sees_everything(row, standing_in(row.study, user)):
        raise Http404
    try:
        entry, inputs = opened(result_of(row), key)
    except UnknownFigure:
        raise Http404 from None
    links, evidence = figure_links(row), {mark: sentence(words) for mark, words in EVIDENCE.items()}
    return page(
        request,
        "runs/figure.html",
        run=row,
        study=row.study,
        entry=entry,
        inputs=inputs,
        links=links,
        evidence=evidence,
        value=lambda one: value_of(one, language()),
        source=lambda one: source_of(one, language()),
    )


@require_POST
def release(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Opens every partner's lines to the others."""
    user = signed_in(request)
    row = get_run_for(user, slug, number)
    actions.release_run(row, by=user)
    notice(request, sentence("Every partner of the study can now see all the lines of this run."))
    return redirect("run", slug, number)


@require_POST
def release_own(request: HttpRequest, slug: str, partner: str) -> HttpResponse:
    """Lets the other partners see a partner's return as it stands."""
    user = signed_in(request)
    row = get_return_for(user, slug, partner)
    actions.release_own_return(row, by=user)
    notice(request, sentence("The other partners may see this return now, until it changes."))
    return redirect("study", slug)


@require_GET
def paper(request: HttpRequest, slug: str, number: int, name: str) -> HttpResponse:
    """One paper of a finished run as a download."""
    user = signed_in(request)
    row = get_run_for(user, slug, number)
    if name not in {one.name for one in PAPERS}:
        raise Http404
    check_can_see_papers(row, standing_in(row.study, user))
    record("download_paper", by=user, subject=str(row), paper=name)
    return attachment(paper_path(result_of(row), name).read_bytes(), name=f"{slug}-{number}-{name}")


def _results(request: HttpRequest, row: Run, standing: Standing) -> HttpResponse:
    result = result_of(row)
    content, tables = visible_content(row, result, standing), visible_tables(row, result, standing)
    everything = sees_everything(row, standing)
    user = signed_in(request)
    not_released, not_agreed = _objections(user, row, standing)
    return page(
        request,
        "runs/results.html",
        run=row,
        study=row.study,
        content=content,
        headline=headline(content).parts,
        tables=[worded(each, language()) for each in tables if each.key in MAIN_TABLES],
        more=_more(content, tables),
        projects=bool(project_tables_for(row, standing)),
        links=figure_links(row) if everything else None,
        charts=charts_for(content, language()),
        maps=maps_for(content, language()),
        analyst=standing.analyst,
        to_release=returns_to_release(standing, row),
        not_released_because=not_released,
        not_agreed_because=not_agreed,
        agree_form=AgreeForm() if standing.analyst and takes_over_actuals(row.study) else None,
        everything=everything,
        out_of_date=is_out_of_date(row),
        papers=PAPERS,
    )


def _more(content: PaperContent, tables: Sequence[Table]) -> list[Table]:
    """The tables that have pages of their own: neither on this one, nor on those of agreements and projects."""
    elsewhere = {each.key for each in (*content.projects, *agreement_tables(content, tables))}
    return [each for each in tables if each.key not in MAIN_TABLES | elsewhere]


def _difference(row: Study, texts: Sequence[str], names: tuple[str, str]) -> Table:
    if not all(texts):
        raise StudyError(
            sentence("One of the two has no projects to compare."), remedy=sentence("Add projects to the study.")
        )
    sharing = bool(load_definition(row).initiatives)
    return difference(texts[0], texts[1], names, sharing=sharing)


def _objections(user: User, row: Run, standing: Standing) -> tuple[str, str]:
    """Why the run cannot be released, and why it cannot be agreed, for the analyst who would do it."""
    if not standing.analyst:
        return "", ""
    released = released_in(row)
    not_released = "" if row.released else objection_to_releasing(user, row, released=released)
    return not_released, objection_to_agreeing(user, row, released=released)
