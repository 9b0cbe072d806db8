"""Two scenarios or runs held against each other: each changed assumption with the pounds that it moved."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import polars as pl

from consortia import __version__
from consortia.report.tables import Table
from consortia.run.attribution import effective, explain_difference
from consortia.run.harmonised import harmonise_study
from consortia.run.journey import arrangements_of
from consortia.run.programme.arrangements import Arrangements
from consortia.run.programme.difference_table import Sharing, difference_table
from consortia.run.programme.lines import amounts_of
from consortia.study import Definition, Study
from consortia.study.project_findings import active_projects
from consortia.study.scenarios import BASE
from consortia.web.language import language, sentence
from consortia.web.runs.access import runs_of
from consortia.web.runs.models import Status
from consortia.web.studies import models
from consortia.web.studies.documents import load_definition, load_study


@dataclass(frozen=True, slots=True)
class Side:
    """A scenario of the study as it is now, or a run: `code` stands in the address, `name` on the page."""

    code: str
    name: str


def sides_of(row: models.Study) -> tuple[Side, ...]:
    """What can be compared: the base and the scenarios as they are now, and the finished runs that had projects."""
    definition = load_definition(row)
    now = [Side(f"now:{BASE}", sentence("The study as it is now"))]
    now += [
        Side(f"now:{one.key}", sentence("Now, scenario {name}", name=one.title.in_language(language().code)))
        for one in definition.scenarios
    ]
    runs = runs_of(row).filter(status=Status.DONE).exclude(appraised="")
    return (*now, *(Side(f"run:{run.number}", sentence("Run {number}", number=run.number)) for run in runs))


def appraised_text(study: Study, *, scenario: str) -> str:
    """The definition under a scenario with each line's amount filled in, as JSON; empty where it has no projects.

    Raises StudyError for a scenario that the study does not have.
    """
    definition = effective(study.definition, scenario)
    if not active_projects(definition):
        return ""
    lines = harmonise_study(study).lines if any(one.amount is None for one in definition.lines) else None
    return json.dumps(_filled(definition, lines).to_plain(), sort_keys=True, ensure_ascii=False)


def text_of(row: models.Study, code: str) -> str:
    """What a side comes to, as `appraised_text` gives it."""
    kind, _, name = code.partition(":")
    if kind == "run":
        return str(row.runs.values_list("appraised", flat=True).get(number=int(name)))
    return appraised_text(load_study(row), scenario=name)


@lru_cache(maxsize=32)
def difference(first: str, second: str, names: tuple[str, str], *, sharing: bool) -> Table:
    """What changed from the first to the second, both as `appraised_text` gives them; kept, for it takes a while.

    Raises StudyError and BlockedByFindings where one of them cannot be appraised.
    """
    before, after = (Definition.model_validate(json.loads(text)) for text in (first, second))
    explained = explain_difference(before, after)
    left_out: Sharing = "left_out" if sharing else "none"
    return difference_table(explained, first=names[0], second=names[1], definition=after, sharing=left_out)


def may_count_sharing(row: models.Study, codes: Iterable[str]) -> bool:
    """Whether the services that either side would share can be found: both rest on the documents as they are now."""
    if not load_definition(row).initiatives:
        return False
    numbers = [int(code.removeprefix("run:")) for code in codes if code.startswith("run:")]
    runs = row.runs.filter(number__in=numbers).values_list("study_fingerprint", flat=True)
    return all(one == row.fingerprint for one in runs)


def key_of(row: models.Study, texts: Sequence[str], names: Sequence[str]) -> str:
    """What tells two comparisons apart: the sides, what they are called, and the documents that they rest on."""
    told = json.dumps([row.fingerprint, __version__, *texts, *names], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def compared_with_sharing(study: Study, texts: Sequence[str], names: Sequence[str]) -> Table:
    """What changed from the first to the second with the services that either would share, as the command line has it.

    Raises StudyError and BlockedByFindings where one of them cannot be appraised.
    """
    lines = harmonise_study(study).lines
    first, second = (Definition.model_validate(json.loads(text)) for text in texts)

    def formed(definition: Definition) -> Arrangements:
        return arrangements_of(replace(study, definition=definition), lines, scenario=BASE)

    explained = explain_difference(first, second, sharing=(formed, formed))
    return difference_table(explained, first=names[0], second=names[1], definition=second, sharing="counted")


def _filled(definition: Definition, lines: pl.DataFrame | None) -> Definition:
    plain = definition.to_plain()
    amounts, _ = amounts_of(definition, lines)
    for line in plain.get("lines", ()):
        if line["key"] in amounts:
            line["amount"] = str(amounts[line["key"]])
    return Definition.model_validate(plain)
