"""What services may cost, with the rows that a person may see: all for the analyst, their own for a partner."""

from __future__ import annotations

from consortia.delivery import PromisedLine
from consortia.findings import Finding
from consortia.report.tables import Table
from consortia.run.target_tables import target_table, value_analysis, value_tables
from consortia.study import Study
from consortia.web.runs.calculation import result_of
from consortia.web.runs.models import Run, Status
from consortia.web.studies import models
from consortia.web.studies.access import Standing
from consortia.web.studies.documents import load_study


def shown_targets(row: models.Study, standing: Standing) -> tuple[tuple[Table, ...], tuple[Finding, ...]]:
    """The gap of each target that the person may see with what the latest run closes of it, then each matrix.

    A matrix is about a service of the whole group and is no partner's own; analysts see it. Raises StudyError for a
    matrix that is not whole.
    """
    study = load_study(row)
    own = _seen(study, standing)
    tables: list[Table] = []
    if own.definition.targets:
        tables.append(target_table(own, _promised(row)))
    if not standing.analyst:
        return tuple(tables), ()
    findings = tuple(one for case in study.definition.value_cases for one in value_analysis(case).findings)
    return (*tables, *value_tables(study.definition)), findings


def _seen(study: Study, standing: Standing) -> Study:
    """The study with the targets and the returns that the person may see, and no others."""
    targets = tuple(one for one in study.definition.targets if standing.sees(one.partner))
    returns = tuple(one for one in study.returns if standing.sees(one.partner))
    return Study(study.definition.model_copy(update={"targets": targets}), returns)


def _promised(row: models.Study) -> tuple[PromisedLine, ...] | None:
    run = Run.objects.filter(study=row, status=Status.DONE).order_by("-number").first()
    return result_of(run).case if run else None
