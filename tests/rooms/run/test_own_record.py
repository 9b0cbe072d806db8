"""What a project has delivered so far stands beside the figure that forecasts it."""

from __future__ import annotations

from typing import Any

import pytest

from consortia.findings import Finding, Severity
from consortia.report.language import translator
from consortia.run.programme import Appraised, appraise_projects
from consortia.run.programme.all_tables import project_tables
from consortia.run.programme.cautions import findings_of
from consortia.study import Definition

EN, CY = translator("en"), translator("cy")
HALF = [{"year": "2024-25", "planned": 40_000, "delivered": 10_000}, {"year": "2025-26", "planned": 40_000,
        "delivered": 30_000}]  # fmt: skip


def appraised(outturns: list[dict[str, Any]], **project: Any) -> Appraised:
    own = {
        "key": "desk", "title": {"en": "Desk", "cy": "Desg"}, "outturns": outturns,
        "effects": [{"kind": "amounts", "key": "s", "amounts": {"2026-27": 50_000}}],
    }  # fmt: skip
    fields = {
        "key": "s", "title": {"en": "S"}, "base_year": "2024-25", "horizon_years": 3, "draws": 64,
        "partners": [{"code": "E1", "name": {"en": "One"}}], "projects": [own | project],
    }  # fmt: skip
    return appraise_projects(Definition.model_validate(fields))


def notes(found: Appraised, language: str = "en") -> str:
    (table,) = [one for one in project_tables(found) if one.key == "projects"]
    return " ".join(translator(language).words(note) for note in table.notes)


def behind(found: Appraised) -> list[Finding]:
    return [one for one in findings_of(found) if one.code == "behind-its-forecast"]


def test_delivered_so_far_stands_beside_the_forecast_with_what_that_takes() -> None:
    """10,000 + 30,000 of 80,000 planned is half; an outline case is forecast to bring about five sixths."""
    said = notes(appraised(HALF))
    assert "Desk delivered £40,000 of £80,000 planned in 2024-25 to 2025-26, 50% (cash, as recorded)." in said
    assert "Its figure here takes 85% of the plan; its own record is not used for it." in said


def test_it_is_said_in_welsh() -> None:
    assert "Cyflawnodd Desg £40,000 o'r £80,000" in notes(appraised(HALF), "cy")


def test_a_record_below_the_forecast_is_a_caution_with_its_place() -> None:
    (found,) = behind(appraised(HALF, maturity="as_stated"))
    assert found.severity is Severity.WARNING
    assert str(found.place) == "study.yaml, projects.desk.outturns"
    assert EN.finding(found).startswith("'Desk' has delivered 50% of what was planned so far; its figure takes 100%")
    assert "'Desg'" in CY.finding(found)


@pytest.mark.parametrize("delivered", [39_000, 41_000])
def test_a_record_near_the_forecast_or_above_it_is_no_caution(delivered: int) -> None:
    found = appraised([{"year": "2025-26", "planned": 40_000, "delivered": delivered}], maturity="as_stated")
    assert behind(found) == []
    assert "planned in 2025-26" in notes(found)


def test_a_project_without_a_record_is_not_spoken_of() -> None:
    assert "delivered" not in notes(appraised([]))
    assert "delivered" not in notes(appraised([{"year": "2025-26", "planned": 40_000}]))
