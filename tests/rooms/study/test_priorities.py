"""What is wrong with priorities is told at its place; a project without a score has no rank, and not that of nought."""

from __future__ import annotations

from typing import Any

import pytest

from consortia.findings import Severity
from consortia.report.words import Absent
from consortia.run.priorities import prioritise
from consortia.run.priority_tables import priority_tables
from consortia.run.programme import appraise_projects
from consortia.study import Definition
from consortia.study.project_findings import project_findings

CRITERION = {"key": "residents", "title": {"en": "Residents"}, "weight": 1}
MEASURED = {"key": "worth", "title": {"en": "Worth"}, "weight": 1, "measure": "net_present_value", "best": 1000}
GOOD = {"criterion": "residents", "score": 5, "reason": "asked them"}


def project(key: str, *scores: dict[str, Any], **fields: Any) -> dict[str, Any]:
    effect = {"kind": "amounts", "key": "a", "partner": "E1", "amounts": {"2025-26": 100}}
    cost = {"kind": "ict", "key": "c", "amounts": {"2024-25": 50}}
    plain = {"key": key, "title": {"en": key.title()}, "maturity": "as_stated", "effects": [effect], "costs": [cost]}
    return plain | {"scores": list(scores)} | fields


def a_study(*projects: dict[str, Any], **priorities: Any) -> Definition:
    fields = {
        "key": "x", "title": {"en": "X"}, "base_year": "2024-25", "horizon_years": 2,
        "partners": [{"code": "E1", "name": {"en": "Ash"}}],
        "projects": list(projects), "priorities": {"criteria": [CRITERION, MEASURED]} | priorities,
    }  # fmt: skip
    return Definition.model_validate(fields)


@pytest.mark.parametrize(
    ("study", "code", "place"),
    [
        (a_study(project("a", GOOD | {"criterion": "wrong"}, GOOD)), "no-criterion", "projects.a.scores.wrong"),
        (a_study(project("a", GOOD, GOOD | {"criterion": "worth"})), "no-criterion", "projects.a.scores.worth"),
        (a_study(project("a", GOOD, GOOD)), "scored-twice", "projects.a.scores.residents"),
        (a_study(project("a", GOOD | {"score": 11})), "off-its-scale", "projects.a.scores.residents"),
        (a_study(project("a", GOOD), must=["b"]), "no-candidate", "priorities.must"),
        (a_study(project("a", GOOD), must=["a"], leave_out=["a"]), "no-candidate", "priorities.must"),
        (a_study(project("a")), "not-scored", "projects.a.scores"),
    ],
)
def test_each_fault_is_one_finding_at_its_place(study: Definition, code: str, place: str) -> None:
    (finding,) = project_findings(study)
    assert finding.place is not None
    assert (finding.code, finding.place.cell) == (code, place)
    assert (finding.severity is Severity.WARNING) == (code == "not-scored")


def test_a_project_without_a_score_is_not_ranked_and_stands_as_not_known() -> None:
    found = appraise_projects(a_study(project("a", GOOD), project("b")))
    held = prioritise(found)
    assert held is not None
    assert [one.project.key for one in held.unranked] == ["b"]
    _, residents, worth, total, *_ = priority_tables(found)[0].rows[1]
    assert (residents, total) == (None, Absent.NOT_KNOWN)
    assert worth == pytest.approx(100 / 1.035 + 100 / 1.035**2 - 50)


def test_a_scale_without_length_is_refused() -> None:
    with pytest.raises(ValueError, match="has no length"):
        a_study(project("a", GOOD), criteria=[CRITERION | {"worst": 3, "best": 3}])


def test_a_study_without_priorities_has_no_tables_of_them() -> None:
    plain = a_study(project("a")).to_plain()
    del plain["priorities"]
    assert priority_tables(appraise_projects(Definition.model_validate(plain))) == ()


def test_where_no_set_keeps_the_limits_that_is_said() -> None:
    found = appraise_projects(a_study(project("a", GOOD), budget=10, must=["a"]))
    table = next(one for one in priority_tables(found) if one.key == "within_budget")
    assert "No set of projects keeps the limits" in str(table.notes)


def test_two_projects_that_end_one_post_are_not_both_chosen() -> None:
    ends = {"kind": "posts", "key": "p", "posts": ["head"]}
    post = {"key": "head", "partner": "E1", "title": {"en": "Head"}, "salary": 100_000}
    one, other = project("a", GOOD, effects=[ends]), project("b", GOOD, effects=[ends], active=False)
    plain = a_study(one, other, budget=1000).to_plain() | {"posts": [post]}
    held = prioritise(appraise_projects(Definition.model_validate(plain)))
    assert held is not None
    assert held.within is not None
    assert held.within.best is not None
    assert len(held.within.best.chosen) == 1
