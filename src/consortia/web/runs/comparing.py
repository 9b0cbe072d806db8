"""A comparison that counts the services to be shared: asked for, worked out by the worker, kept, and read again."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence

from django.db import transaction
from django_tasks import task

from consortia.errors import ConsortiaError, NotAllowed
from consortia.report.plain import from_plain, to_plain
from consortia.report.tables import Table
from consortia.report.words import msgid
from consortia.web.accounts.events import record
from consortia.web.accounts.models import User
from consortia.web.language import sentence
from consortia.web.runs.comparison import compared_with_sharing, key_of
from consortia.web.runs.models import Comparison, Status
from consortia.web.studies.access import standing_in
from consortia.web.studies.documents import load_study
from consortia.web.studies.models import Study

log = logging.getLogger(__name__)
REASON_LENGTH = 1000
PROGRAM_FAULT = msgid("The calculation stopped because of a fault in the program. Tell the site's administrator.")
CHANGED = msgid("The study was changed before the comparison was worked out. Ask for it again.")

INTERRUPTED = msgid("The worker was stopped before the comparison was finished. Ask for it again.")


@transaction.atomic
def request_comparison(study: Study, texts: Sequence[str], names: Sequence[str], *, by: User) -> Comparison:
    """Puts a comparison in the queue, or gives the one that there is. One that failed is tried again.

    Raises NotAllowed.
    """
    if not standing_in(study, by).analyst:
        raise NotAllowed(sentence("Only the study's analysts do this."))
    sides = {"first": texts[0], "second": texts[1], "names": list(names), "requested_by": by}
    found, made = Comparison.objects.get_or_create(study=study, key=key_of(study, texts, names), defaults=sides)
    if made or found.status == Status.FAILED:
        found.status, found.doing = Status.QUEUED, ""
        found.save(update_fields=["status", "doing"])
        record("request_comparison", by=by, subject=str(found), names=list(names))
        compare_with_sharing.enqueue(found.pk)
        found.refresh_from_db()
    return found


@task()
def compare_with_sharing(pk: int) -> None:
    """Works a queued comparison out, and keeps its table or the sentence why there is none."""
    row = Comparison.objects.select_related("study").get(pk=pk)
    Comparison.objects.filter(pk=pk).update(status=Status.RUNNING)
    try:
        if key_of(row.study, (row.first, row.second), row.names) != row.key:
            _end(row, Status.FAILED, doing=CHANGED)
            return
        table = compared_with_sharing(load_study(row.study), (row.first, row.second), row.names)
        _end(row, Status.DONE, result=json.dumps(to_plain(table), ensure_ascii=False))
    except ConsortiaError as error:
        _end(row, Status.FAILED, doing="\n".join(part for part in (error.what, error.remedy) if part))
    except Exception:
        log.exception("comparison %s failed", row)
        _end(row, Status.FAILED, doing=PROGRAM_FAULT)


def table_of(row: Comparison) -> Table:
    """The table of a finished comparison."""
    found: Table = from_plain(json.loads(row.result))
    return found


def fail_interrupted_comparisons() -> int:
    """Ends the comparisons that a worker left unfinished when it was stopped; gives their number."""
    return Comparison.objects.filter(status=Status.RUNNING).update(status=Status.FAILED, doing=INTERRUPTED)


def _end(row: Comparison, status: Status, *, doing: str = "", result: str = "") -> None:
    row.status, row.doing, row.result = status, doing[:REASON_LENGTH], result
    row.save(update_fields=["status", "doing", "result"])
