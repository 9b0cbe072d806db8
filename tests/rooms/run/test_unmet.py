"""Planned savings that meet nothing on their line: shown with their amounts, told with their place, never counted."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consortia.run.programme import Appraised, appraise_projects
from consortia.run.programme.flow_figures import ProjectTrail, add_flows
from consortia.run.programme.keyed_tables import keyed
from consortia.run.programme.tables import projects_tables
from consortia.run.programme.unmet import met_on_lines
from consortia.run.programme.unmet_table import unmet_table
from consortia.study import Definition


def appraised(*effects: dict[str, Any], floor: float = 0, horizon: int = 1) -> Appraised:
    fields = {
        "key": "x", "title": {"en": "X"}, "base_year": "2024-25", "horizon_years": horizon, "draws": 64,
        "partners": [{"code": "E1", "name": {"en": "Ash"}}],
        "lines": [{"key": "legal", "partner": "E1", "amount": 100_000, "floor": floor}],
        "projects": [{"key": "one", "title": {"en": "One"}, "maturity": "as_stated", "effects": effects}],
    }  # fmt: skip
    return appraise_projects(Definition.model_validate(fields), file="case.yaml")


def an_amount(key: str, pounds: float) -> dict[str, Any]:
    return {"kind": "amounts", "key": key, "title": {"en": key}, "lines": ["legal"], "amounts": {"2025-26": pounds}}


def a_rate(key: str, rate: float) -> dict[str, Any]:
    reason = {"reason": "a test"}
    return {"kind": "rate_of_line", "key": key, "title": {"en": key}, "lines": ["legal"], "rate": rate} | reason


def test_an_amount_takes_what_is_left_and_the_rest_is_shown_as_unmet() -> None:
    """100,000 with a floor of 60,000: 10% take 10,000, 25,000 follow, and of 20,000 more 5,000 are left."""
    found = appraised(a_rate("rate", 0.1), an_amount("first", 25_000), an_amount("second", 20_000), floor=60_000)
    (row,) = unmet_table(found).rows
    assert row[3:] == pytest.approx((20_000, 5_000, 15_000))
    assert found.flows()["cashable"][1] == pytest.approx(40_000)


def test_what_a_floor_holds_back_of_a_part_is_unmet() -> None:
    """30% of 100,000 would be 30,000; above a floor of 80,000 there are 20,000."""
    (row,) = unmet_table(appraised(a_rate("rate", 0.3), floor=80_000)).rows
    assert row[3:] == pytest.approx((30_000, 20_000, 10_000))


def test_it_is_told_with_its_place_and_pounds() -> None:
    found = appraised(an_amount("first", 130_000)).compiled.findings
    (told,) = [one for one in found if one.code == "meets-nothing"]
    assert str(told.place) == "case.yaml, projects.one.effects.first"
    assert (told.filled()["planned"], told.filled()["unmet"]) == ("130,000", "30,000")


def test_where_all_is_met_nothing_is_shown() -> None:
    found = appraised(a_rate("rate", 0.3), an_amount("first", 70_000))
    assert unmet_table(found).rows == ()
    assert "unmet" not in {table.key for table in projects_tables(found)}
    assert "meets-nothing" not in {one.code for one in found.compiled.findings}


def test_what_is_planned_opens_to_what_is_met_and_unmet() -> None:
    found = appraised(an_amount("first", 130_000))
    trail = ProjectTrail(found)
    add_flows(trail)
    (table,) = keyed((unmet_table(found),), trail)
    planned = trail.figures[table.key_of(0, 3)]
    assert [trail.figures[key].value for key in planned.inputs] == pytest.approx([100_000, 30_000])
    met = trail.figures[planned.inputs[0]]
    assert [trail.figures[key].value for key in met.inputs] == pytest.approx([100_000])


@settings(deadline=None, max_examples=20)
@given(st.floats(0, 1), st.integers(0, 150_000), st.integers(0, 150_000), st.integers(0, 120_000))
def test_planned_is_met_and_unmet(rate: float, first: int, second: int, floor: int) -> None:
    """Of amounts as stated, of the one rate on the line as its part of it; and no more is met than there is."""
    effects = (a_rate("rate", rate), an_amount("first", first), an_amount("second", second))
    found = appraised(*effects, floor=floor, horizon=3)
    each = {one.part: one for one in met_on_lines(found.compiled.programme, found.central)}
    stated = {"rate": rate * 100_000, "first": first, "second": second}
    assert {key: one.met + one.unmet for key, one in each.items()} == pytest.approx(
        {key: 3 * pounds for key, pounds in stated.items()}, abs=0.01
    )
    assert sum(one.met for one in each.values()) <= 3 * max(100_000 - floor, 0) + 0.01
    assert all(one.met >= -0.01 and one.unmet >= -0.01 for one in each.values())
