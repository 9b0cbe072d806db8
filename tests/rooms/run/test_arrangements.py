"""Sharing and projects on one line: rates combine, nothing is saved twice, and the paper shows both."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from consortia.appraisal.engine import appraise_programme
from consortia.report.document import document
from consortia.report.page import page
from consortia.run import harmonise_study, run_study
from consortia.run.attribution import changes_between, effective, explain_difference
from consortia.run.journey import arrangements_of
from consortia.run.partner_view import seen_by
from consortia.run.programme import appraise_projects
from consortia.run.programme.all_tables import project_tables
from consortia.run.programme.arrangements import Arrangements
from consortia.study import Definition, Study

DAY = date(2026, 11, 22)
PROJECT = {
    "key": "one_team",
    "title": {"en": "One team", "cy": "Un tîm"},
    "effects": [
        {"kind": "rate_of_line", "key": "rate", "lines": ["line"], "rate": {"low": 0, "mode": 0.1, "high": 0.2}}
    ],
}


@pytest.fixture(scope="module")
def shared(three_councils: Study) -> tuple[Study, Any, Any]:
    """The small study with a project on a line that sharing falls on too, its harmonised lines, what it would share."""
    study = three_councils
    lines = harmonise_study(study).lines
    plain = arrangements_of(study, lines, scenario="base")
    case = plain.cases[0]
    initiative = next(one for one in study.definition.initiatives if one.key == case.service)
    extra = {
        "lines": [{"key": "line", "partner": case.members[0], "service": initiative.service}],
        "projects": [PROJECT],
    }
    both = replace(study, definition=Definition.model_validate(study.definition.to_plain() | extra))
    return both, lines, plain


def test_sharing_falls_on_the_line_of_its_service(shared) -> None:
    study, lines, arrangements = shared
    found = appraise_projects(study.definition, harmonised=lines, arrangements=arrangements)
    falling = [stream.project for stream in found.compiled.programme.streams if stream.line == "line"]
    assert falling == ["one_team", arrangements.cases[0].key]


def test_together_they_save_less_than_each_alone(shared) -> None:
    study, lines, arrangements = shared
    found = appraise_projects(study.definition, harmonised=lines, arrangements=arrangements)
    assert float(found.appraisal.overlap[0]) < 0
    total = found.appraisal.by_project.sum(axis=1)
    assert total == pytest.approx(found.appraisal.worth())


def test_sharing_alone_is_worth_what_the_run_says(shared) -> None:
    study, lines, arrangements = shared
    found = appraise_projects(study.definition, harmonised=lines, arrangements=arrangements)
    alone = dict(zip(found.appraisal.projects, found.appraisal.alone[0], strict=True))
    away = replace(found.compiled.programme, streams=tuple(
        stream for stream in found.compiled.programme.streams if stream.project != "one_team"
    ))  # fmt: skip
    without = appraise_programme(away, count=64, seed=1)
    assert sum(value for key, value in alone.items() if key != "one_team") == pytest.approx(float(without.worth()[0]))


def test_the_case_promises_what_meets_on_one_line_once(shared) -> None:
    study, _, _ = shared
    small = replace(study, definition=study.definition.model_copy(update={"draws": 64}))
    alone = replace(small, definition=small.definition.model_copy(update={"projects": ()}))
    both, sharing = (run_study(each, made_on=DAY).case for each in (small, alone))
    own = [line for line in both if line.initiative == "one_team"]
    assert own
    assert {line.measure for line in own} == {"saving"}
    shared_savings = [sum(line.amount_pence for line in case if line.measure == "saving" and line not in own)
                      for case in (both, sharing)]  # fmt: skip
    assert 0 < shared_savings[0] < shared_savings[1]


def test_projects_that_meet_nothing_else_leave_the_promise_of_sharing_as_it_is(shared) -> None:
    study, _, _ = shared
    plain = study.definition.to_plain()
    plain["lines"][0] |= {"service": "", "amount": 1000}
    apart = replace(study, definition=Definition.model_validate(plain | {"draws": 64}))
    alone = replace(apart, definition=apart.definition.model_copy(update={"projects": ()}))
    case = {(line.initiative, line.partner, line.year, line.measure): line.amount_pence
            for line in run_study(apart, made_on=DAY).case if line.initiative != "one_team"}  # fmt: skip
    wanted = run_study(alone, made_on=DAY).case
    assert case == {
        (line.initiative, line.partner, line.year, line.measure): pytest.approx(line.amount_pence, abs=2)
        for line in wanted
    }


def test_a_partner_sees_no_projects_until_all_have_released(shared) -> None:
    study, _, _ = shared
    run = run_study(replace(study, definition=study.definition.model_copy(update={"draws": 64})), made_on=DAY)
    names = [partner.name for partner in run.content.partners]
    assert run.content.projects
    assert seen_by(run, own=names[:1], released=frozenset(names[:2])).projects == ()
    kept = {table.key: table for table in seen_by(run, own=names[:1], released=frozenset(names)).projects}
    assert [row[0] for row in kept["projects_by_partner"].rows] == names[:1]


def test_the_paper_of_a_study_with_projects_has_their_tables_and_charts_in_both_languages(shared) -> None:
    study, _, _ = shared
    small = replace(study, definition=study.definition.model_copy(update={"draws": 64}))
    content = run_study(small, made_on=DAY).content
    assert {"waterfall", "projects_cash_flow", "projects_fan", "tornado", "phasing"} <= {
        table.key for table in content.projects
    }
    for language, words in (("en", "Savings that partners state themselves"), ("cy", "Arbedion y mae partneriaid")):
        html = page(content, language=language)
        assert words in html
        assert all(f'id="{key}-words"' in html for key in ("waterfall", "projects_cash_flow", "tornado", "phasing"))
        assert document(content, language=language)[:2] == b"PK"


def test_a_study_without_projects_has_no_section_for_them(finished) -> None:
    content = finished.content
    assert content.projects == ()
    assert "Savings that partners state themselves" not in page(content, language="en")


def test_a_scenario_of_a_run_changes_any_field_and_one_without_overrides_changes_nothing(three_councils) -> None:
    first = three_councils.definition.initiatives[0].key
    scenarios = [
        {"key": "same", "title": {"en": "Same"}},
        {"key": "later", "title": {"en": "Later"}, "overrides": {f"initiatives.{first}.start": "2030-31"}},
    ]
    plain = three_councils.definition.to_plain() | {"scenarios": scenarios, "draws": 64}
    study = replace(three_councils, definition=Definition.model_validate(plain))
    base, same, later = (run_study(study, made_on=DAY, scenario=each) for each in ("base", "same", "later"))
    assert base.content.decision.rows == same.content.decision.rows
    assert base.case == same.case
    assert min(line.year for line in later.case if line.initiative == first) == "2030-31"
    assert later.bindings.study == base.bindings.study


def with_scenario(study: Study, **scenario: Any) -> Study:
    plain = study.definition.to_plain() | {
        "draws": 64,
        "scenarios": [{"key": "other", "title": {"en": "O"}} | scenario],
    }
    return replace(study, definition=Definition.model_validate(plain))


def test_a_run_appraises_projects_with_the_assumptions_of_its_scenario(shared) -> None:
    """`consortia run` and `consortia appraise` come to the same programme, correlations of the scenario and all."""
    study, lines, _ = shared
    reasons = [{"key": "correlation_same_year", "value": 0.05, "reason": "a test"}]
    scenario = with_scenario(study, assumptions=reasons)
    alone = appraise_projects(
        scenario.definition,
        harmonised=lines,
        scenario="other",
        arrangements=arrangements_of(scenario, lines, scenario="other"),
    )
    run = run_study(scenario, made_on=DAY, scenario="other").content.projects
    rows = {table.key: table.rows for table in run}
    wanted = next(table.rows for table in project_tables(alone) if table.key == "projects_by_partner")
    assert rows["projects_by_partner"] == wanted
    assert alone.compiled.programme.shares["delivery|one_team"]["delivery"] == 0.05


def test_the_difference_of_two_scenarios_covers_what_would_be_shared(shared) -> None:
    """A later start of sharing and a higher rate of the project: both move pounds, and nothing is left over."""
    study, lines, arrangements = shared
    overrides = {
        f"initiatives.{arrangements.cases[0].service}.start": "2030-31", "projects.one_team.effects.rate.rate": 0.15,
    }  # fmt: skip
    both = with_scenario(study, overrides=overrides)

    def sharing(definition: Definition) -> Arrangements:
        return arrangements_of(replace(study, definition=definition), lines, scenario="base")

    first, second = (effective(both.definition, key) for key in ("base", "other"))
    found = explain_difference(first, second, harmonised=(lines, lines), sharing=(sharing, sharing))
    assert {change.place for change in found.changes} == set(overrides)
    assert all(abs(change.moved) > 1 for change in found.changes)
    assert found.remainder == pytest.approx(0, abs=0.01)
    for definition, worth in ((first, found.first), (second, found.second)):
        whole = appraise_projects(definition, harmonised=lines, arrangements=sharing(definition))
        assert whole.net_present_value == pytest.approx(worth, abs=0.01)


def test_many_changes_of_what_is_shared_go_together() -> None:
    before = {"assumptions": [{"key": str(number), "value": 1} for number in range(6)]}
    after = {"assumptions": [{"key": str(number), "value": 2} for number in range(6)]}
    assert [len(change) for change in changes_between(before, after, sharing=True)] == [6]
    assert [len(change) for change in changes_between(before, after, sharing=False)] == [1] * 6
