"""Nine headings, three tests, six attributes: what is not written is not known, and ambition beyond them is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from consortia.report.language import translator
from consortia.report.words import Absent
from consortia.run.assurance_tables import HEADINGS, assurance_tables
from consortia.run.programme import appraise_projects
from consortia.run.programme.all_tables import project_tables
from consortia.study import Definition
from consortia.study.project_findings import project_findings
from consortia.study.store import read_definition

BARNET = Path(__file__).resolve().parents[3] / "examples" / "cases" / "barnet.yaml"
NAMES = ("leadership", "partners", "governance", "culture", "community", "journey")


def a_study(level: str, **scores: int) -> Definition:
    placed = {"key": "hr", "function": {"en": "HR", "cy": "AD"}, "level": level, "reasons": [{"en": "agreed"}]}
    ready = [{"attribute": name, "score": score, "evidence": {"en": "seen"}} for name, score in scores.items()]
    fields: dict[str, Any] = {
        "key": "x", "title": {"en": "X"}, "base_year": "2024-25", "readiness": ready,
        "partners": [{"code": "E1", "name": {"en": "Ash"}}, {"code": "E2", "name": {"en": "Birch"}}],
        "partnership": {"placements": [placed]},
    }  # fmt: skip
    return Definition.model_validate(fields)


def test_an_assurance_stands_under_nine_headings_and_what_nobody_wrote_is_not_known() -> None:
    tests, headings = assurance_tables(read_definition(BARNET))
    assert len(headings.rows) == len(HEADINGS) == 9
    said = {str(row[1]): row[2] for row in headings.rows}
    assert said["Key documents"] is Absent.NOT_KNOWN
    assert "125.4m" in str(said["What are the savings?"])
    assert tests.rows[0][1:4] == ("Yes", "Undetermined", "Yes")
    assert tests.rows[0][5] == "Nobody yet"


def test_it_stands_among_the_tables_of_an_appraisal_in_welsh_too() -> None:
    found = appraise_projects(read_definition(BARNET), file=BARNET.name)
    assert {"assurance", "assurance_tests"} <= {table.key for table in project_tables(found)}
    assert translator("cy").text("Financial assurance") == "Sicrwydd ariannol"


def test_a_deep_level_without_all_six_attributes_is_warned_of_by_name() -> None:
    lacking = dict.fromkeys(NAMES, 2) | {"culture": 1}
    del lacking["journey"]
    (finding,) = project_findings(a_study("full_integration", **lacking))
    assert finding.code == "ambition-beyond-readiness"
    assert "culture and ways of working, part of a longer journey." in finding.text()
    assert "diwylliant" in translator("cy").finding(finding)


@pytest.mark.parametrize(
    "study",
    [
        a_study("full_integration", **dict.fromkeys(NAMES, 2)),
        a_study("cooperation", culture=0),
        a_study("collaboration"),
    ],
)
def test_nothing_is_warned_of_where_all_six_stand_or_the_level_is_light_or_nobody_scored(study: Definition) -> None:
    assert project_findings(study) == ()


def test_attributes_without_a_score_are_not_known_and_one_cannot_be_scored_twice() -> None:
    (table,) = assurance_tables(a_study("none", culture=0))
    assert [row[1] for row in table.rows].count(Absent.NOT_KNOWN) == 5
    plain = a_study("none", culture=0).to_plain()
    with pytest.raises(ValueError, match="two with the key culture"):
        Definition.model_validate(plain | {"readiness": plain["readiness"] * 2})
