"""The seam between the site and the calculation: documents in, finished run out."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache

from django.utils.timezone import localdate

from consortia.run import Run, run_study
from consortia.study import Study
from consortia.web.runs import models

Progress = Callable[[float, str], None]


def calculate(study: Study, *, scenario: str, progress: Progress) -> Run:
    """The whole journey of one study under a scenario; `progress` hears the part done and the step in words."""
    return run_study(study, made_on=localdate(), scenario=scenario, progress=progress)


def to_text(result: Run) -> str:
    """A finished run as JSON text."""
    return json.dumps(result.to_plain(), ensure_ascii=False)


def result_of(row: models.Run) -> Run:
    """The finished run that a row keeps; ValueError when it is not finished."""
    if row.status != models.Status.DONE:
        raise ValueError(f"run {row} is not finished")
    return _result(row.pk, row.fingerprint)


@lru_cache(maxsize=4)
def _result(pk: int, fingerprint: str) -> Run:
    """Kept in memory because a finished run never changes and a reader turns many of its pages."""
    text = models.Run.objects.values_list("result", flat=True).get(pk=pk, fingerprint=fingerprint)
    return Run.from_plain(json.loads(text))
