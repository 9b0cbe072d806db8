"""What becomes of a run while the worker has it: each step is one transaction with its event inside."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from consortia.run import Run as Result
from consortia.web.accounts.events import record
from consortia.web.accounts.models import User
from consortia.web.runs.calculation import to_text
from consortia.web.runs.models import Run, Status

SENTENCE_LENGTH = 1000


@transaction.atomic
def begin_run(run: Run, *, fingerprint: str, appraised: str = "", by: User | None = None) -> bool:
    """Marks the run as begun, with the fingerprint of the documents that were loaded for it and what they come to.

    Gives False, and changes nothing, when it was cancelled while it waited.
    """
    if Run.objects.select_for_update().get(pk=run.pk).status == Status.CANCELLED:
        return False
    run.status, run.started = Status.RUNNING, timezone.now()
    run.study_fingerprint, run.appraised = fingerprint, appraised
    run.save(update_fields=["status", "started", "study_fingerprint", "appraised"])
    record("begin_run", by=by, subject=str(run), fingerprint=fingerprint)
    return True


@transaction.atomic
def finish_run(run: Run, result: Result, *, by: User | None = None) -> None:
    """Keeps the result; from here on the run never changes. One that was cancelled meanwhile keeps none."""
    if Run.objects.select_for_update().get(pk=run.pk).cancelling:
        stop_run(run, by=by)
        return
    run.status, run.finished, run.progress, run.doing = Status.DONE, timezone.now(), 100, ""
    run.result, run.fingerprint = to_text(result), result.fingerprint
    run.save()
    record("finish_run", by=by, subject=str(run), fingerprint=run.fingerprint)


@transaction.atomic
def fail_run(run: Run, *, reason: str, by: User | None = None) -> None:
    """Ends a run that could not be finished, with the sentence that says why."""
    run.status, run.finished, run.doing = Status.FAILED, timezone.now(), reason[:SENTENCE_LENGTH]
    run.save(update_fields=["status", "finished", "doing"])
    record("fail_run", by=by, subject=str(run), reason=run.doing)


@transaction.atomic
def stop_run(run: Run, *, by: User | None = None) -> None:
    """Ends a run that was cancelled; nothing of its results is kept."""
    run.status, run.finished, run.doing, run.result = Status.CANCELLED, timezone.now(), "", ""
    run.save(update_fields=["status", "finished", "doing", "result"])
    record("stop_run", by=by, subject=str(run))
