"""Who may see which part of a run."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from consortia.errors import BlockedByFindings, NotAllowed
from consortia.report.tables import Table
from consortia.run import Run as Result
from consortia.run.release import comparison_for, outcomes_for, released_partners
from consortia.study.definition import Text
from consortia.web.accounts.models import User
from consortia.web.language import sentence
from consortia.web.runs.models import Run, Status
from consortia.web.studies.access import Standing, get_study_for
from consortia.web.studies.documents import load_study
from consortia.web.studies.models import Study

# Tables of group totals, which partners agreed to share by taking part. A table that is neither here nor told apart by
# partner is shown to partners only once the analyst has released the run: what is new stays closed until thought about.
GROUP_TABLES = frozenset({"alternatives", "decision", "uncertainty", "assumptions"})
PARTNER_COLUMN = "partner"
COMPARISON = "comparison"
COMPARISONS = {COMPARISON: comparison_for, "outcomes": outcomes_for}


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


def visible_tables(run: Run, result: Result, standing: Standing) -> tuple[Table, ...]:
    """The tables that the person may see, without the rows of other partners unless they were released."""
    tables = result.content.tables
    if sees_everything(run, standing):
        return tables
    own = tuple(partner.name for partner in result.content.partners if standing.sees(partner.code))
    known = released_partners(load_study(run.study)) | frozenset(own)
    kept = (_kept(table, own, known) for table in tables)
    return tuple(table for table in kept if table)


def _kept(table: Table, own: tuple[Text, ...], known: frozenset[Text]) -> Table | None:
    """A comparison with what others have not published withheld, and with it what would give that away; else rows."""
    if table.key not in COMPARISONS:
        return _own_part(table, frozenset(own))
    return COMPARISONS[table.key](table, viewer=own[0], known=known) if own else None


def check_can_see_papers(run: Run, standing: Standing) -> None:
    """Raises the sentence why the papers, which hold every partner's lines, are not for this person (yet)."""
    if run.status != Status.DONE:
        raise BlockedByFindings(sentence("This run has no papers: it is not finished."))
    if not sees_everything(run, standing):
        raise NotAllowed(
            sentence("The papers hold the lines of every partner and were not released yet."),
            remedy=sentence("Ask the analyst of your study to release this run."),
        )


def _own_part(table: Table, own: frozenset[Text]) -> Table | None:
    places = [place for place, column in enumerate(table.columns) if column.key == PARTNER_COLUMN]
    if not places:
        return table if table.key in GROUP_TABLES else None
    kept = [number for number, row in enumerate(table.rows) if row[places[0]] in own]
    keys = tuple(table.figure_keys[number] for number in kept) if table.figure_keys else ()
    return replace(table, rows=tuple(table.rows[number] for number in kept), figure_keys=keys)
