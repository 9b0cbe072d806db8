"""The work of the background worker."""

from __future__ import annotations

import logging
import time

from django_tasks import task

from consortia.appraisal.refusals import AppraisalCancelled
from consortia.errors import ConsortiaError
from consortia.report.words import msgid
from consortia.study import fingerprint
from consortia.web.runs import states
from consortia.web.runs.calculation import calculate, result_of
from consortia.web.runs.comparison import appraised_text
from consortia.web.runs.models import Run, Status
from consortia.web.runs.papers import PAPERS, paper_path
from consortia.web.studies.documents import load_study

log = logging.getLogger(__name__)
SECONDS_BETWEEN_REPORTS = 0.5
PROGRAM_FAULT = msgid("The calculation stopped because of a fault in the program. Tell the site's administrator.")
INTERRUPTED = msgid("The worker was stopped before the run was finished. Start it again.")


@task()
def calculate_run(pk: int) -> None:
    """Calculates one queued run and keeps its result, or the sentence why there is none."""
    run = Run.objects.select_related("study").get(pk=pk)
    try:
        study = load_study(run.study)
        appraised = appraised_text(study, scenario=run.scenario)
        if states.begin_run(run, fingerprint=fingerprint(study), appraised=appraised):
            states.finish_run(run, calculate(study, scenario=run.scenario, progress=Reporter(run)))
            if run.status == Status.DONE:
                write_papers_of.enqueue(run.pk)
    except AppraisalCancelled:
        states.stop_run(run)
    except ConsortiaError as error:
        states.fail_run(run, reason="\n".join(part for part in (error.what, error.remedy) if part))
    except Exception:
        log.exception("run %s failed", run)
        states.fail_run(run, reason=PROGRAM_FAULT)


@task()
def write_papers_of(pk: int) -> None:
    """Writes the papers of a finished run, so that they are there when somebody asks for them."""
    paper_path(result_of(Run.objects.get(pk=pk)), PAPERS[0].name)


def fail_interrupted_runs() -> int:
    """Ends the runs that a worker left unfinished when it was stopped; gives their number."""
    left = Run.objects.select_related("study").filter(status=Status.RUNNING)
    for run in left:
        if run.cancelling:
            states.stop_run(run)
        else:
            states.fail_run(run, reason=INTERRUPTED)
    return len(left)


class Reporter:
    """Writes progress to the run's row, at most twice a second so that it costs nothing; stops a cancelled run."""

    def __init__(self, run: Run) -> None:
        """`run` is the row that the page reads."""
        self._run = run
        self._last = 0.0

    def __call__(self, part: float, doing: str) -> None:
        """`part` is the part done, 0 to 1; `doing` the step in words. Raises AppraisalCancelled when that was asked."""
        if time.monotonic() - self._last >= SECONDS_BETWEEN_REPORTS:
            self._last = time.monotonic()
            percent = round(100 * min(max(part, 0.0), 1.0))
            mine = Run.objects.filter(pk=self._run.pk)
            mine.update(progress=percent, doing=doing[: states.SENTENCE_LENGTH])
            if mine.filter(cancelling=True).exists():
                raise AppraisalCancelled("The run was cancelled.")
