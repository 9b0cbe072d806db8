"""Outturns of projects teach the class of the others: shown before and after, used, and held against their ranges."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from consortia.appraisal.distributions import Constant, Slip
from consortia.appraisal.engine import appraise_programme
from consortia.appraisal.events import OrNothing
from consortia.run.programme import compile_programme
from consortia.run.programme.learned import delivery_class, held, learned, learned_table, outturns_of
from consortia.study import Definition


def project(key: str, *outturns: tuple[float, float], maturity: str = "full_case", service: str = "central") -> dict:
    """A project on its own line, with (planned, delivered) of each year on record."""
    years = [
        {"year": f"{2024 + t}-{25 + t}", "planned": planned, "delivered": delivered}
        for t, (planned, delivered) in enumerate(outturns)
    ]
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
    assert row[2:5] == (2, 1, 0)
    assert table.column("median_after")[0] < table.column("median_before")[0]
    assert table.column("slip_after")[0] == pytest.approx((4 * 0.08 + 1) / 6)


def test_two_outturns_are_too_few_to_say_whether_ranges_hold():
    study = a_study(project("a", (100, 30)), project("b", (100, 90)))
    assert (held(study).inside, held(study).cases) == (1, 2)
    assert "too few to tell" in str(learned_table(study).notes[1].msgid)


def test_a_study_without_outturns_has_nothing_to_show():
    study = a_study(project("a"))
    assert (learned_table(study).rows, held(study)) == ((), None)


def test_less_than_nothing_delivered_counts_as_nothing():
    assert outturns_of(a_study(project("a", (100, -20))).projects)[0].delivered == 0


def test_a_first_year_of_nothing_is_a_slip_and_the_rest_is_held_against_the_year_before():
    """750 were due in each of two years: nothing came in the first, and 242 of the 750 due by the second: 32%."""
    (seen,) = outturns_of(a_study(project("a", (750, 0), (750, 242))).projects)
    assert (seen.late, seen.nothing) == (True, False)
    assert seen.ratio == pytest.approx(242 / 750)


def test_one_year_of_nothing_is_a_slip_and_two_are_nothing():
    one, two = outturns_of(a_study(project("a", (100, 0)), project("b", (100, 0), (100, 0))).projects)
    assert (one.late, one.nothing) == (True, False)
    assert (two.late, two.nothing) == (False, True)


def test_what_is_shown_of_slips_and_of_nothing_is_what_is_priced():
    """Three that had nothing in their year: (4 x 0.08 + 3) / 7 = 47% slip. Two more of nothing at all: 2 / 6 never."""
    none_yet = [project(key, (100, 0)) for key in "abc"]
    never = [project(key, (100, 0), (100, 0)) for key in "de"]
    table = learned_table(a_study(*none_yet, *never, project("new")))
    assert table.column("slip_after")[0] == pytest.approx((4 * 0.08 + 3) / 7)
    assert table.column("nothing_after")[0] == pytest.approx(2 / 6)
    inputs = compile_programme(a_study(*none_yet, *never, project("new"))).programme.inputs
    evenly = (np.arange(7_000) + 0.5) / 7_000
    assert inputs["slip|new"].ppf(evenly).mean() == pytest.approx(table.column("slip_after")[0], abs=0.001)
    assert (inputs["delivery|new"].ppf(evenly) == 0).mean() == pytest.approx(
        table.column("nothing_after")[0], abs=0.001
    )


def test_slips_move_a_saving_by_a_year_and_nothing_takes_it_away():
    """100 a year for four years, of which half slip or half never come: 3.5 and 2 years of it on average."""
    effect = {"kind": "amounts", "key": "r", "amounts": {"2025-26": 100}}
    plain = project("new") | {"effects": [effect]}
    programme = compile_programme(Definition.model_validate(a_study(plain).to_plain() | {"horizon_years": 4})).programme
    certain = {"delivery|new": Constant(1.0), "delay|new": Constant(0.0), "slip|new": Constant(0.0)}
    worth = {}
    for name, one in (("slip|new", Slip(0.5)), ("delivery|new", OrNothing(Constant(1.0), 0.5))):
        drawn = replace(programme, inputs=programme.inputs | certain | {name: one}, factors=np.ones(5), shares={})
        worth[name] = appraise_programme(drawn, count=64, seed=1).worth()[1:].mean()
    assert worth == {"slip|new": pytest.approx(350), "delivery|new": pytest.approx(200)}
