"""Who may see which part of a run."""

from __future__ import annotations

from functools import lru_cache

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from consortia.errors import BlockedByFindings, ConsortiaError, NotAllowed
from consortia.report.paper import PaperContent
from consortia.report.tables import Table
from consortia.run import Run as Result
from consortia.run.partner_view import seen_by
from consortia.run.release import is_released, published_partners, released_partners
from consortia.study.definition import Text
from consortia.web.accounts.models import User
from consortia.web.language import language, refusal, sentence
from consortia.web.runs.calculation import result_of
from consortia.web.runs.models import Run, Status
from consortia.web.studies.access import Standing, get_study_for, standing_in
from consortia.web.studies.documents import load_return, load_study
from consortia.web.studies.models import PartnerReturn, Study

# Tables of group totals, which partners agreed to share by taking part. A table that is neither here nor told apart by
# partner is shown to partners only once the analyst has released the run: what is new stays closed until thought about.
GROUP_TABLES = frozenset({"alternatives", "decision", "uncertainty", "assumptions"})
PARTNER_COLUMN = "partner"
Names = frozenset[Text]


def runs_of(study: Study) -> QuerySet[Run]:
    """The runs of a study without their results, latest first."""
    return study.runs.select_related("requested_by").defer("result")


def get_run_for(user: User, slug: str, number: int) -> Run:
    """A run of a study that the person takes part in; Http404 otherwise."""
    study = get_study_for(user, slug)
    runs = Run.objects.select_related("requested_by", "study").defer("result", "study__definition", "study__findings")
    return get_object_or_404(runs, study=study, number=number)


def get_finished_run_for(user: User, slug: str, number: int) -> Run:
    """A finished run of a study that the person takes part in; Http404 otherwise."""
    run = get_run_for(user, slug, number)
    if run.status != Status.DONE:
        raise Http404
    return run


def is_out_of_date(run: Run) -> bool:
    """True when the documents of the study changed after the run."""
    return run.study_fingerprint != run.study.fingerprint


def sees_everything(run: Run, standing: Standing) -> bool:
    """True when the person may see the lines of every partner."""
    return standing.analyst or run.released


def visible_content(run: Run, result: Result, standing: Standing) -> PaperContent:
    """What the person may read of a run: all of it, or without what would give away who has not released."""
    if sees_everything(run, standing):
        return result.content
    own = tuple(partner.name for partner in result.content.partners if standing.sees(partner.code))
    return _seen(run.pk, run.fingerprint, own, released_in(run))


def visible_tables(run: Run, result: Result, standing: Standing) -> tuple[Table, ...]:
    """The tables that the person may see, without the rows of other partners unless they were released."""
    content = visible_content(run, result, standing)
    if sees_everything(run, standing):
        return content.tables
    return tuple(table for table in content.tables if _is_open(table))


def released_in(run: Run) -> Names:
    """The names of the partners whose figures in the run are no secret among the partners.

    Of a run whose documents have changed since, those of published returns only: what was released is not in it.
    """
    study = load_study(run.study)
    return published_partners(study) if is_out_of_date(run) else released_partners(study)


def project_tables_for(run: Run, standing: Standing) -> tuple[Table, ...]:
    """The tables of projects that the person may see; none where the run has no projects or they are not released."""
    result = result_of(run)
    content = visible_content(run, result, standing)
    keys = {table.key for table in (*content.together, *content.projects)}
    return tuple(table for table in visible_tables(run, result, standing) if table.key in keys)


@lru_cache(maxsize=64)
def _seen(pk: int, fingerprint: str, own: tuple[Text, ...], released: frozenset[Text]) -> PaperContent:
    """Kept in memory, because it takes seconds and a reader turns many pages of one run."""
    row = Run.objects.get(pk=pk, fingerprint=fingerprint)
    return seen_by(result_of(row), own=own, released=released)


def _is_open(table: Table) -> bool:
    return table.key in GROUP_TABLES or any(column.key == PARTNER_COLUMN for column in table.columns)


def check_can_release_run(user: User, run: Run, *, released: Names | None = None) -> None:
    """Raises the sentence why the person cannot open every partner's lines of a run to the others.

    `released` as `released_in` gave it, where it is at hand.
    """
    if not standing_in(run.study, user).analyst:
        raise NotAllowed(sentence("Only the study's analysts do this."))
    if run.status != Status.DONE:
        raise BlockedByFindings(sentence("Only a finished run can be released."))
    known = released_in(run) if released is None else released
    missing = [partner.name for partner in result_of(run).content.partners if partner.name not in known]
    if missing:
        raise BlockedByFindings(
            sentence("These partners have not released their returns: {partners}.", partners=tuple(missing)),
            remedy=sentence("Each does so on the page of this run; then release it."),
        )


def objection_to_releasing(user: User, run: Run, *, released: Names) -> str:
    """The sentence of `check_can_release_run`, empty when it has no objection."""
    try:
        check_can_release_run(user, run, released=released)
    except ConsortiaError as error:
        return refusal(error)
    return ""


def check_can_release_return(user: User, row: PartnerReturn) -> None:
    """Raises the sentence why the person cannot let the other partners see this return."""
    if row.partner not in standing_in(row.study, user).finance_officer_of:
        name = row.organisation.in_language(language().code)
        raise NotAllowed(sentence("Only a finance officer of {partner} releases its return.", partner=name))
    if is_released(load_return(row)):
        raise BlockedByFindings(sentence("The other partners may see this return already."))


def returns_to_release(standing: Standing, run: Run) -> tuple[PartnerReturn, ...]:
    """The returns that a person of this standing could let the other partners see."""
    officer_of = standing.finance_officer_of
    if not officer_of:
        return ()
    held = run.study.returns.select_related("organisation", "study").filter(organisation__code__in=officer_of)
    return tuple(row for row in held if not is_released(load_return(row)))


def check_can_see_papers(run: Run, standing: Standing) -> None:
    """Raises the sentence why the papers, which hold every partner's lines, are not for this person (yet)."""
    if run.status != Status.DONE:
        raise BlockedByFindings(sentence("This run has no papers: it is not finished."))
    if not sees_everything(run, standing):
        raise NotAllowed(
            sentence("The papers hold the lines of every partner and were not released yet."),
            remedy=sentence("Ask the analyst of your study to release this run."),
        )


def check_can_try_groups(run: Run, standing: Standing) -> None:
    """Raises the sentence why partners cannot be moved between the groups of a run by this person (yet).

    A group with and without one partner tells that partner's part: so only who may see every line may try.
    """
    if not sees_everything(run, standing):
        raise NotAllowed(
            sentence("What a group is worth with and without a partner tells that partner's figures."),
            remedy=sentence("Ask the analyst of your study to release this run."),
        )
    if is_out_of_date(run):
        raise BlockedByFindings(
            sentence("The documents changed after this run, so its groups cannot be priced anew."),
            remedy=sentence("Run the study again."),
        )
