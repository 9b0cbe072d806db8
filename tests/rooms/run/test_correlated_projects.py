"""Correlations asked for between the uncertain inputs of projects: drawn, repaired and said so, or one finding each."""

from __future__ import annotations

from typing import Any

import pytest
from scipy.stats import spearmanr

from consortia.appraisal import Draws
from consortia.errors import BlockedByFindings
from consortia.findings import Severity
from consortia.run.attribution import effective, explain_difference
from consortia.run.programme import Compiled, compile_programme
from consortia.study import Definition

RANGE = {"low": 0.05, "mode": 0.1, "high": 0.2}


def compiled(*correlations: dict, maturity: str = "as_stated") -> Compiled:
    """Three projects on three lines, each with an uncertain rate."""
    keys = ("a", "b", "c")
    return compile_programme(
        Definition.model_validate(
            {
                "key": "x",
                "title": {"en": "X"},
                "base_year": "2024-25",
                "partners": [{"code": "E1", "name": {"en": "Ash"}}],
                "lines": [{"key": key, "partner": "E1", "amount": 1000} for key in keys],
                "projects": [
                    {
                        "key": f"p{key}",
                        "title": {"en": key},
                        "maturity": maturity,
                        "effects": [{"kind": "rate_of_line", "key": "r", "lines": [key], "rate": RANGE}],
                    }
                    for key in keys
                ],
                "correlations": correlations,
            }
        )
    )


def pair(one: str, other: str, rank: float) -> dict:
    return {"between": [f"p{one}.r.rate", f"p{other}.r.rate"], "rank": rank, "reason": "one contractor"}


def test_what_is_asked_for_is_drawn():
    programme = compiled(pair("a", "b", 0.7)).programme
    draws = Draws.sample(programme.inputs, count=4096, seed=1, shares=programme.shares, dependence=programme.dependence)
    assert spearmanr(draws["pa.r.rate"], draws["pb.r.rate"]).statistic == pytest.approx(0.7, abs=0.01)


def test_correlations_that_cannot_all_be_true_are_repaired_and_one_finding_says_so():
    found = compiled(pair("a", "b", 0.9), pair("b", "c", 0.9), pair("a", "c", -0.9))
    told = [one for one in found.findings if one.code == "correlations-repaired"]
    assert len(told) == 1
    assert told[0].place.cell == "correlations"
    assert "the nearest that can are used" in str(told[0])
    assert [words.count("\N{RIGHTWARDS ARROW}") for words in dict(told[0].values)["moved"].split("; ")] == [1, 1, 1]
    assert found.programme.dependence is not None


@pytest.mark.parametrize(
    ("wrong", "code", "place"),
    [
        ((pair("a", "wind", 0.5),), "correlation-of-nothing", "correlations[1]"),
        ((pair("a", "b", 0.5), pair("b", "a", 0.4)), "correlation-twice", "correlations[2]"),
        ((pair("a", "a", 0.5),), "correlation-twice", "correlations[1]"),
    ],
)
def test_a_correlation_that_makes_no_sense_is_one_finding_with_its_place(wrong, code, place):
    with pytest.raises(BlockedByFindings) as refused:
        compiled(*wrong)
    assert place in str(refused.value)
    assert str(refused.value).count(place) == 1
    assert code


def test_without_correlations_nothing_is_tied_and_nothing_said():
    found = compiled()
    assert found.programme.dependence is None
    assert not [one for one in found.findings if one.code.startswith("correlation")]


def a_study(scenario: dict[str, Any]) -> Definition:
    """The three projects with two correlations, and a scenario of those overrides."""
    fields = {
        "key": "x", "title": {"en": "X"}, "base_year": "2024-25",
        "partners": [{"code": "E1", "name": {"en": "Ash"}}],
        "lines": [{"key": key, "partner": "E1", "amount": 1000} for key in "abc"],
        "projects": [
            {
                "key": f"p{key}", "title": {"en": key}, "maturity": "as_stated",
                "effects": [{"kind": "rate_of_line", "key": "r", "lines": [key], "rate": RANGE}],
            }
            for key in "abc"
        ],
        "correlations": [pair("a", "b", 0.7), pair("b", "c", 0.3)],
        "scenarios": [{"key": "other", "title": {"en": "Other"}, "overrides": scenario}],
    }  # fmt: skip
    return Definition.model_validate(fields)


def under(scenario: dict[str, Any]) -> Compiled:
    return compile_programme(a_study(scenario), scenario="other", file="case.yaml")


@pytest.mark.parametrize("override", [{"projects.pa.effects.r.rate": 0.1}, {"projects.pa.active": False}])
def test_a_correlation_lapses_where_a_scenario_fixes_its_input_or_drops_its_project(override: dict[str, Any]) -> None:
    found = under(override)
    (told,) = [one for one in found.findings if one.code == "correlation-lapsed"]
    assert told.severity is Severity.NOTE
    assert str(told.place) == "case.yaml, scenarios.other"
    assert (told.filled()["one"], told.filled()["other"]) == ("pa.r.rate", "pb.r.rate")
    assert set(found.programme.dependence.spearman) == {("pb.r.rate", "pc.r.rate")}


def test_a_name_that_nothing_has_is_an_error_under_a_scenario_too() -> None:
    wrong = {"correlations": [{"between": ["pa.r.rate", "pd.r.rate"], "rank": 0.5}]}
    with pytest.raises(BlockedByFindings, match=r"'pd\.r\.rate' is not an uncertain input"):
        under(wrong)


def test_two_scenarios_are_compared_though_a_correlation_lapses_between_them() -> None:
    study = a_study({"projects.pa.effects.r.rate": 0.3})
    found = explain_difference(effective(study, "base"), effective(study, "other"))
    assert [one.place for one in found.changes] == ["projects.pa.effects.r.rate"]
