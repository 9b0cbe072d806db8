"""Projects: there and back without loss; every fault of them is one finding with its place, and all are told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from consortia.errors import StudyError
from consortia.findings import Severity, blocks
from consortia.study import (
    CostLine,
    Definition,
    Return,
    ReturnHeader,
    Study,
    Volume,
    fingerprint,
    read_study,
    write_study,
)
from consortia.study.document_findings import document_findings
from consortia.study.project_findings import project_findings
from consortia.study.scenarios import under_scenario, value_at, with_overrides
from consortia.study.store import read_definition
from consortia.study.tables import table_of

LINE = {"key": "libraries", "partner": "E1", "amount": 1000}
RATE = {"kind": "rate_of_line", "key": "counter", "lines": ["libraries"], "rate": 0.1}


def a_project(key: str = "one", **changes: Any) -> dict[str, Any]:
    return {"key": key, "title": {"en": key.title()}, "effects": [RATE]} | changes


def a_study(*projects: dict[str, Any], **changes: Any) -> Definition:
    fields = {
        "key": "x",
        "title": {"en": "X"},
        "base_year": "2024-25",
        "partners": [{"code": "E1", "name": {"en": "Ash"}}],
        "lines": [LINE],
        "projects": projects or (a_project(),),
    }
    return Definition.model_validate(fields | changes)


def told(definition: Definition) -> list[tuple[str, str]]:
    """Code and place of each finding."""
    return [(one.code, one.place.cell) for one in project_findings(definition) if one.place]


def test_projects_come_back_as_they_were_written() -> None:
    study = a_study()
    assert Definition.model_validate(study.to_plain()) == study
    assert study.to_plain()["projects"][0]["effects"][0]["rate"] == 0.1


def test_a_sound_project_has_no_finding() -> None:
    assert project_findings(a_study()) == ()


def test_a_range_out_of_order_is_told_with_its_place() -> None:
    effect = RATE | {"rate": {"low": 0.3, "mode": 0.1, "high": 0.4}}
    assert told(a_study(a_project(effects=[effect]))) == [("estimate-order", "projects.one.effects.counter.rate")]


def test_a_ring_of_dependencies_is_one_finding() -> None:
    found = project_findings(a_study(a_project("one", depends_on=["two"]), a_project("two", depends_on=["one"])))
    assert [(one.code, dict(one.values)["ring"]) for one in found] == [("dependency-cycle", "One → Two → One")]


def test_an_effect_on_a_line_out_of_scope_is_told_with_the_nearest_one() -> None:
    found = project_findings(a_study(a_project(effects=[RATE | {"lines": ["librarys"]}])))
    assert [(one.code, one.place.cell) for one in found if one.place] == [
        ("out-of-scope", "projects.one.effects.counter.lines")
    ]
    assert "libraries" in found[0].text()


def test_a_partner_by_its_name_is_told_its_code() -> None:
    (found,) = project_findings(a_study(lines=[LINE | {"partner": "Ash"}]))
    assert "The nearest there is: E1 (Ash)." in found.text()


def test_a_start_before_the_base_year_is_told() -> None:
    assert told(a_study(a_project(start="2023-24"))) == [("before-base-year", "projects.one.start")]


@pytest.mark.parametrize(("year", "code"), [("2019-20", "before-base-year"), ("2059-60", "target-beyond-horizon")])
def test_a_target_outside_the_years_appraised_is_told(year: str, code: str) -> None:
    target = {"amount": 1000, "year": year}
    assert told(a_study(a_project(), savings_target=target)) == [(code, "savings_target.year")]


def test_more_than_half_of_a_line_needs_a_reason() -> None:
    effect = RATE | {"rate": 0.6}
    assert told(a_study(a_project(effects=[effect]))) == [("more-than-half", "projects.one.effects.counter.rate")]
    assert told(a_study(a_project(effects=[effect | {"reason": "the branch closes"}]))) == []


def test_a_post_is_saved_once() -> None:
    posts = [{"key": "head", "partner": "E1", "title": {"en": "Head"}, "salary": 50000}]
    effects = [{"kind": "posts", "key": "ends", "posts": ["head"]}]
    study = a_study(a_project("one", effects=effects), a_project("two", effects=effects), posts=posts)
    assert told(study) == [("post-ends-twice", "projects.two.effects.ends.posts")]


def test_a_holder_of_unknown_age_is_not_nought_years_old() -> None:
    post = {"key": "head", "partner": "E1", "title": {"en": "Head"}, "salary": 50000}
    costs = [{"kind": "redundancy", "key": "leaves", "year": "2025-26", "posts": ["head"]}]
    told_of = [("leaver-unknown", "projects.one.costs.leaves.posts")]
    assert told(a_study(a_project(costs=costs), posts=[post])) == told_of
    assert told(a_study(a_project(costs=costs), posts=[post | {"age": 50}])) == told_of
    assert told(a_study(a_project(costs=costs), posts=[post | {"age": 50, "service_years": 12}])) == []
    assert told(a_study(a_project(costs=costs), posts=[post | {"vacant": True}])) == []


def test_projects_that_exclude_each_other_are_told_unless_one_is_left_out() -> None:
    one, two = a_project("one", excludes=["two"]), a_project("two")
    assert told(a_study(one, two)) == [("projects-exclude", "projects.one.excludes")]
    assert told(a_study(one, two | {"active": False})) == []


def test_a_project_waits_for_what_it_depends_on() -> None:
    one, two = a_project("one", depends_on=["two"], start="2025-26"), a_project("two", start="2026-27")
    assert told(a_study(one, two)) == [("starts-too-early", "projects.one.start")]


def test_all_faults_are_told_at_once_and_block() -> None:
    wrong = RATE | {"rate": {"low": 0.9, "mode": 0.1, "high": 0.4}, "lines": ["parks"], "start": "2020-21"}
    found = project_findings(a_study(a_project(effects=[wrong], depends_on=["one"])))
    codes = {"estimate-order", "out-of-scope", "before-base-year", "dependency-cycle"}
    assert {one.code for one in found} == codes
    assert blocks(found)


def test_a_project_below_its_minimum_scale_is_warned_of() -> None:
    least = {"volume": 20_000, "needed": 30_000, "unit": {"en": "dwellings", "cy": "anheddau"}}
    found = project_findings(a_study(a_project(minimum_scale=least)))
    assert [one.code for one in found] == ["below-minimum-scale"]
    assert not blocks(found)


def test_a_scenario_changes_any_field_by_its_place() -> None:
    scenario = {"key": "bold", "title": {"en": "Bold"}, "overrides": {"projects.one.effects.counter.rate": 0.2}}
    bold = under_scenario(a_study(scenarios=[scenario]), "bold")
    assert value_at(bold, "projects.one.effects.counter.rate") == 0.2


def test_a_scenario_without_overrides_changes_nothing() -> None:
    study = a_study(scenarios=[{"key": "same", "title": {"en": "Same"}}])
    assert under_scenario(study, "same") is study


def test_a_place_that_is_none_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(StudyError, match="Did you mean 'counter'"):
        with_overrides(a_study(), {"projects.one.effects.countr.rate": 0.2})


def test_a_scenario_cannot_change_the_baseline() -> None:
    with pytest.raises(StudyError, match="No scenario can change this"):
        with_overrides(a_study(), {"base_year": "2020-21"})


def test_a_key_stands_once_in_a_project() -> None:
    cost = {"kind": "ict", "key": "counter", "amounts": {"2025-26": 5}}
    assert told(a_study(a_project(costs=[cost]))) == [("project-twin", "projects.one.costs.counter")]


def test_weights_must_share_something_out() -> None:
    assert told(a_study(a_project(split={"E1": 0}))) == [("split-of-nothing", "projects.one.split")]


def test_a_start_after_the_horizon_is_warned_of() -> None:
    found = project_findings(a_study(a_project(start="2040-41")))
    assert [one.code for one in found] == ["after-the-horizon"]
    assert not blocks(found)


@pytest.mark.parametrize(
    ("share", "whose", "found"),
    [
        (1.0, "", [("shortfall-paid-twice", "projects.one.terms.gain")]),
        (0.0, "", []),
        (1.0, "E2", []),
    ],
)
def test_two_terms_that_pay_for_one_shortfall_are_warned_of(
    share: float, whose: str, found: list[tuple[str, str]]
) -> None:
    terms = [
        {"kind": "guarantee", "key": "floor", "partner": whose and "E1", "amounts": {"2026-27": 100}},
        {"kind": "gain_share", "key": "gain", "partner": whose, "target": {"2026-27": 120}, "share_below": share},
    ]
    partners = [{"code": code, "name": {"en": code}} for code in ("E1", "E2")]
    study = a_study(a_project(terms=terms), partners=partners)
    assert told(study) == found
    assert not blocks(project_findings(study))


@pytest.mark.parametrize(
    "fields",
    [
        {"lines": [LINE | {"amount": -1}]},
        {"projects": [a_project(costs=[{"kind": "ict", "key": "k", "amounts": {}}])]},
        {"projects": [a_project("one.two")]},
        {"contracts": [{"key": "c", "partner": "E1", "title": {"en": "C"}, "category": "c", "annual_spend": 1,
                        "ends": "31/03/2027"}]},
    ],
)  # fmt: skip
def test_what_makes_no_sense_by_itself_is_refused_where_it_stands(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as error:
        a_study(**fields)
    (finding,) = document_findings(error.value, fields, Definition, file="study.yaml")
    assert finding.place is not None
    assert finding.place.cell.startswith(next(iter(fields)))


def test_a_study_folder_keeps_its_projects_and_registers(tmp_path: Path) -> None:
    post = {"key": "head", "partner": "E1", "title": {"en": "Head"}, "salary": 50000}
    scenario = {"key": "bold", "title": {"en": "Bold"}, "overrides": {"projects.one.effects.counter.rate": 0.2}}
    definition = a_study(posts=[post], scenarios=[scenario], savings_target={"amount": 10}, funding_gap={"2025-26": 5})
    study = Study(definition, (Return(ReturnHeader(partner="E1"), table_of(CostLine, []), table_of(Volume, [])),))
    write_study(study, tmp_path)
    assert read_study(tmp_path).definition == definition
    assert fingerprint(read_study(tmp_path)) == fingerprint(study)


def test_every_case_file_reads_as_a_study_of_its_own() -> None:
    cases = Path(__file__).resolve().parents[3] / "examples" / "cases"
    assert read_definition(cases / "barnet.yaml").key == "barnet"


def test_a_wrong_place_of_a_scenario_is_told_whichever_scenario_is_asked_for() -> None:
    scenario = {"key": "bold", "title": {"en": "Bold"}, "overrides": {"projects.one.effects.countr.rate": 0.2}}
    found = project_findings(a_study(scenarios=[scenario]), file="case.yaml")
    assert [str(one.place) for one in found] == ["case.yaml, scenarios.bold.overrides.projects.one.effects.countr.rate"]
    assert "Did you mean 'counter'?" in found[0].text()


def test_a_percentage_of_a_scenario_is_told_at_its_place() -> None:
    scenario = {"key": "bold", "title": {"en": "Bold"}, "overrides": {"projects.one.effects.counter.rate": 20}}
    assert told(a_study(scenarios=[scenario])) == [
        ("not-a-fraction", "scenarios.bold.overrides.projects.one.effects.counter.rate")
    ]


@pytest.mark.parametrize(
    ("outturn", "code"),
    [
        ({"year": "2044-45", "planned": 5, "delivered": 4}, "outturn-outside-the-years"),
        ({"year": "2026-27", "item": "countr", "planned": 5, "delivered": 4}, "outturn-of-nothing"),
    ],
)
def test_an_outturn_that_is_held_against_nothing_is_told(outturn: dict[str, Any], code: str) -> None:
    assert told(a_study(a_project(outturns=[outturn]))) == [(code, "projects.one.outturns[1]")]


def test_an_outturn_of_a_part_described_in_words_is_sound() -> None:
    outturn = {"year": "2026-27", "item": "longer opening hours", "planned": 5, "delivered": 4}
    assert told(a_study(a_project(outturns=[outturn, outturn | {"item": "counter"}]))) == []


def test_a_start_before_the_base_year_is_one_finding_even_where_it_waits_for_another() -> None:
    one, two = a_project("one", depends_on=["two"], start="2023-24"), a_project("two", start="2026-27")
    assert told(a_study(one, two)) == [("before-base-year", "projects.one.start")]


def test_a_finding_names_projects_by_their_titles_in_both_languages() -> None:
    one = a_project("one", depends_on=["two"], title={"en": "Counters", "cy": "Cownteri"}, start="2025-26")
    (found,) = project_findings(a_study(one, a_project("two", start="2026-27")))
    assert found.filled("cy")["one"] == "Cownteri"
    assert found.text().startswith("'Counters' starts before 'Two'")


def test_a_ring_is_one_finding_whatever_the_years_in_which_its_projects_start() -> None:
    one, two = a_project("one", depends_on=["two"], start="2025-26"), a_project("two", depends_on=["one"])
    assert told(a_study(one, two | {"start": "2026-27"})) == [("dependency-cycle", "projects.one.depends_on")]


def test_weights_that_look_like_parts_but_make_no_whole_are_told_with_what_each_takes() -> None:
    partners = [{"code": "E1", "name": {"en": "Ash"}}, {"code": "E2", "name": {"en": "Elm"}}]
    study = a_study(a_project(split={"E1": 0.6, "E2": 0.3}), partners=partners)
    (finding,) = project_findings(study)
    assert (finding.code, finding.severity) == ("split-not-one", Severity.NOTE)
    assert "add to 0.9, not to 1" in finding.text()
    assert "Ash 66.7%, Elm 33.3%" in finding.text()


@pytest.mark.parametrize("split", [{"E1": 0.6, "E2": 0.4}, {"E1": 0.33, "E2": 0.66}, {"E1": 1200, "E2": 800}])
def test_weights_that_make_a_whole_or_are_plainly_weights_are_no_finding(split: dict[str, float]) -> None:
    partners = [{"code": "E1", "name": {"en": "Ash"}}, {"code": "E2", "name": {"en": "Elm"}}]
    assert told(a_study(a_project(split=split), partners=partners)) == []


def test_a_post_that_stands_twice_in_one_project_is_to_be_named_once() -> None:
    post = {"key": "deputy", "partner": "E1", "title": {"en": "Deputy"}, "role": "deputy", "salary": 60_000}
    effect = {"kind": "posts", "key": "ends", "posts": ["deputy", "deputy"]}
    (finding,) = project_findings(a_study(a_project(effects=[effect]), posts=[post]))
    assert finding.code == "post-ends-twice"
    assert finding.remedy == "Name it once."
