"""Outturns of projects teach the class of the others: shown before and after, used, and held against their ranges."""

from __future__ import annotations

import pytest

from consortia.run.programme import compile_programme
from consortia.run.programme.learned import delivery_class, held, learned, learned_table, outturns_of
from consortia.study import Definition


def project(key: str, *outturns: tuple[float, float], maturity: str = "full_case", service: str = "central") -> dict:
    """A project on its own line, with (planned, delivered) of each year on record."""
    years = [{"year": "2024-25", "planned": planned, "delivered": delivered} for planned, delivered in outturns]
    return {
        "key": key,
        "title": {"en": key},
        "service": service,
        "maturity": maturity,
        "effects": [{"kind": "rate_of_line", "key": "r", "lines": [key], "rate": 0.1}],
        "outturns": years,
    }


def a_study(*projects: dict) -> Definition:
    return Definition.model_validate(
        {
            "key": "x",
            "title": {"en": "X"},
            "base_year": "2024-25",
            "partners": [{"code": "E1", "name": {"en": "Ash"}}],
            "lines": [{"key": one["key"], "partner": "E1", "amount": 1000} for one in projects],
            "projects": projects,
        }
    )


def test_a_project_is_one_outturn_with_its_years_together():
    study = a_study(project("a", (100, 60), (100, 20)), project("b"))
    assert [(one.initiative, one.ratio) for one in outturns_of(study.projects)] == [("a", pytest.approx(0.4))]


def test_projects_taken_as_stated_teach_nothing():
    assert learned(a_study(project("a", (100, 60), maturity="as_stated"), project("b"))) == ()


def test_others_of_the_class_are_appraised_with_what_was_learned_and_the_project_itself_is_not():
    study = a_study(project("a", (100, 30)), project("b"), project("c", service="highways"))
    a, b, _ = study.projects
    assert delivery_class(b, study).median < delivery_class(a, study).median
    inputs = compile_programme(study).programme.inputs
    assert inputs["delivery|b"].central == delivery_class(b, study).median
    assert inputs["delivery|a"].central == delivery_class(a, study).median
    untaught = compile_programme(a_study(project("c", service="highways"))).programme.inputs
    assert inputs["delivery|c"] == untaught["delivery|c"]


def test_prior_and_posterior_stand_side_by_side():
    table = learned_table(a_study(project("a", (100, 30)), project("b", (100, 0)), project("c")))
    (row,) = table.rows
    assert row[2:4] == (2, 1)
    assert table.column("median_after")[0] < table.column("median_before")[0]
    assert table.column("slip_after")[0] == pytest.approx((4 * 0.08 + 1) / 6)


def test_two_outturns_are_too_few_to_say_whether_ranges_hold():
    study = a_study(project("a", (100, 30)), project("b", (100, 90)))
    assert (held(study).inside, held(study).cases) == (1, 2)
    assert "too few to tell" in str(learned_table(study).notes[0].msgid)


def test_a_study_without_outturns_has_nothing_to_show():
    study = a_study(project("a"))
    assert (learned_table(study).rows, held(study)) == ((), None)


def test_less_than_nothing_delivered_counts_as_nothing():
    assert outturns_of(a_study(project("a", (100, -20))).projects)[0].delivered == 0
