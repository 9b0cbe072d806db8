"""What people do with runs: each action is one transaction with its event inside."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from consortia.errors import BlockedByFindings, NotAllowed
from consortia.run.release import release_return
from consortia.study.scenarios import BASE, scenario_of
from consortia.web.accounts.events import record
from consortia.web.accounts.models import User
from consortia.web.language import sentence
from consortia.web.runs.access import check_can_release_return, check_can_release_run
from consortia.web.runs.models import Run, Status
from consortia.web.runs.states import stop_run
from consortia.web.runs.tasks import calculate_run
from consortia.web.studies.access import standing_in
from consortia.web.studies.documents import keep_return, load_definition, load_return
from consortia.web.studies.models import PartnerReturn, Study


@transaction.atomic
def request_run(study: Study, *, by: User, scenario: str = BASE) -> Run:
    """Puts a run of a scenario in the queue.

    Raises NotAllowed, StudyError for a scenario that the study does not have, and BlockedByFindings while another run
    of the study is under way.
    """
    _check_analyst(study, by)
    locked = Study.objects.select_for_update().get(pk=study.pk)
    scenario_of(load_definition(locked), scenario)
    if study.runs.filter(status__in=(Status.QUEUED, Status.RUNNING)).exists():
        raise BlockedByFindings(
            sentence("A run of this study is under way."), remedy=sentence("Wait until it is finished.")
        )
    last = study.runs.aggregate(last=Max("number"))["last"] or 0
    found = {"study_fingerprint": study.fingerprint, "scenario": scenario, "requested_by": by}
    run = Run.objects.create(study=study, number=last + 1, **found)
    record("request_run", by=by, subject=str(run), fingerprint=study.fingerprint, scenario=scenario)
    # The queue is a table of the same database: the run and its place in the queue are kept together or not at all.
    calculate_run.enqueue(run.pk)
    return run


@transaction.atomic
def cancel_run(run: Run, *, by: User) -> None:
    """Stops a run: at once while it waits, otherwise before its next step. Raises NotAllowed or BlockedByFindings."""
    _check_analyst(run.study, by)
    locked = Run.objects.select_for_update(of=("self",)).select_related("study").defer("result").get(pk=run.pk)
    if locked.is_over:
        raise BlockedByFindings(sentence("The run is over already."))
    locked.cancelling = True
    locked.save(update_fields=["cancelling"])
    record("cancel_run", by=by, subject=str(locked))
    if locked.status == Status.QUEUED:
        stop_run(locked, by=by)


@transaction.atomic
def release_run(run: Run, *, by: User) -> None:
    """Opens the lines of every partner to every partner of the study. Raises NotAllowed or BlockedByFindings."""
    check_can_release_run(by, run)
    run.released = True
    run.save(update_fields=["released"])
    record("release_run", by=by, subject=str(run))


@transaction.atomic
def release_own_return(row: PartnerReturn, *, by: User) -> None:
    """Records that a partner lets the others see its return as it stands. Raises NotAllowed or BlockedByFindings."""
    locked = (
        PartnerReturn.objects.select_for_update(of=("self",)).select_related("organisation", "study").get(pk=row.pk)
    )
    check_can_release_return(by, locked)
    keep_return(locked, release_return(load_return(locked), by=by.name, on=localdate().isoformat()))
    locked.save()
    record("release_return", by=by, subject=str(locked), digest=locked.digest)


def _check_analyst(study: Study, user: User) -> None:
    if not standing_in(study, user).analyst:
        raise NotAllowed(sentence("Only the study's analysts do this."))
