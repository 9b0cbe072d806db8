"""The page of a run's projects says first what its figures leave out; charts of sharing stand where something is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from consortia.report.language import translator
from consortia.run import run_study
from consortia.study import Definition
from consortia.web.runs.models import Run
from consortia.web.runs.pictures import charts_for
from consortia.web.runs.states import finish_run
from consortia.web.studies.actions import create_study

from .people import BURNLEY

PEOPLE = [{"age": 58, "service_years": 25, "weekly_pay": 800}]
PROJECTS = {
    "draws": 64,
    "lines": [{"key": "ict", "partner": BURNLEY, "amount": 1_200_000}],
    "projects": [
        {
            "key": "desk",
            "title": {"en": "One service desk", "cy": "Un ddesg gymorth"},
            "effects": [{"kind": "rate_of_line", "key": "fewer", "lines": ["ict"], "rate": 0.2}],
            "costs": [
                {"kind": "redundancy", "key": "leavers", "partner": BURNLEY, "year": "2025-26", "people": PEOPLE}
            ],
        }
    ],
}


@pytest.fixture(scope="module")
def finished(documents: Any) -> tuple[Any, Any]:
    plain = documents.study.definition.to_plain() | PROJECTS
    study = replace(documents.study, definition=Definition.model_validate(plain))
    return study, run_study(study, made_on=date(2026, 11, 22))


@pytest.fixture
def run(finished: tuple[Any, Any], analyst: Any) -> Any:
    from consortia.web.accounts.models import Organisation

    row = create_study(finished[0], owner=Organisation.objects.get(code="office"), by=analyst)
    made = Run.objects.create(study=row, number=1, study_fingerprint=row.fingerprint, requested_by=analyst)
    finish_run(made, finished[1])
    return made


def test_cautions_stand_before_what_must_not_be_claimed_and_lead_to_what_was_found(
    run: Any, analyst: Any, page: Any
) -> None:
    text = page(analyst, reverse("run-projects", args=[run.study.slug, 1]))
    assert text.index("What these figures leave out or open") < text.index("must not be used to claim")
    assert '<a href="#finding-strain-unknown">pension strain' in text
    assert 'id="finding-strain-unknown"' in text


def test_a_run_that_shares_nothing_has_no_flat_chart_of_sharing(finished: tuple[Any, Any]) -> None:
    content = finished[1].content
    nothing = replace(content, summary=replace(content.summary, shared=()))
    assert charts_for(content, translator("en"))[0].key in {"by_service", "fan"} or not content.summary.shared
    assert charts_for(nothing, translator("en"))[0].key == "waterfall"
