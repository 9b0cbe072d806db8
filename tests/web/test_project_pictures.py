"""The page of a run with projects shows their charts, each with its numbers as a table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from consortia.intake.published import baseline
from consortia.report.language import translator
from consortia.run import run_study
from consortia.study import Definition
from consortia.web.runs.pictures import charts_for

PROJECTS = {
    "draws": 64,
    "lines": [{"key": "line", "partner": "W06000008", "amount": 1_000_000}],
    "projects": [
        {
            "key": "one",
            "title": {"en": "One team", "cy": "Un tîm"},
            "effects": [{"kind": "rate_of_line", "key": "rate", "lines": ["line"], "rate": 0.1}],
        }
    ],
}


def test_charts_of_projects_stand_on_the_page_with_their_numbers() -> None:
    study, _ = baseline(["Ceredigion", "Powys"], ["wales-2024-25"], name="two", title="Two")
    definition = Definition.model_validate(study.definition.to_plain() | PROJECTS)
    content = run_study(replace(study, definition=definition), made_on=date(2026, 11, 22)).content
    pictures = {picture.key: picture for picture in charts_for(content, translator("cy"))}
    assert {"waterfall", "projects_cash_flow", "projects_fan", "tornado", "phasing"} <= pictures.keys()
    assert pictures["waterfall"].title.startswith("O arbedion i werth presennol net")
    assert pictures["phasing"].data.rows
