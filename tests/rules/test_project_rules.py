"""Rules of appraised projects, whatever the documents say."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consortia.run.attribution import effective, explain_difference
from consortia.run.programme import Appraised, appraise_projects
from consortia.run.programme.headline_table import headline_table
from consortia.study import Definition

YEARS = ("2025-26", "2026-27", "2027-28", "2028-29")
RATES = st.floats(0, 0.45).map(lambda rate: round(rate, 3))
RANGES = st.lists(RATES, min_size=3, max_size=3).map(sorted).map(
    lambda each: {"low": each[0], "mode": each[1], "high": each[2]}
)  # fmt: skip
ESTIMATES = st.one_of(RATES, RANGES)
AMOUNTS = st.dictionaries(st.sampled_from(YEARS), st.integers(0, 400_000), min_size=1)


def a_project(key: str, *effects: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"key": key, "title": {"en": key}, "effects": effects} | changes


def a_rate(rate: Any) -> dict[str, Any]:
    return {"kind": "rate_of_line", "key": "rate", "lines": ["line"], "rate": rate}


def a_study(*projects: dict[str, Any], **changes: Any) -> Definition:
    fields = {
        "key": "x", "title": {"en": "X"}, "base_year": "2024-25", "horizon_years": 5, "draws": 64,
        "partners": [{"code": "E1", "name": {"en": "Ash"}}],
        "lines": [{"key": "line", "partner": "E1", "amount": 1_000_000}], "projects": projects,
        "scenarios": [{"key": "same", "title": {"en": "Same"}}],
    }  # fmt: skip
    return Definition.model_validate(fields | changes)


def saved(found: Appraised) -> np.ndarray:
    """Cashable savings up to each year, central case."""
    return np.cumsum(found.flows()["cashable"])


@settings(deadline=None, max_examples=15)
@given(ESTIMATES, ESTIMATES, AMOUNTS)
def test_a_scenario_without_overrides_changes_nothing(first: Any, second: Any, amounts: dict[str, int]) -> None:
    study = a_study(
        a_project("one", a_rate(first)),
        a_project("two", a_rate(second), {"kind": "amounts", "key": "a", "lines": ["line"], "amounts": amounts}),
    )
    base, same = appraise_projects(study), appraise_projects(study, scenario="same")
    assert np.array_equal(base.appraisal.npv, same.appraisal.npv)
    assert np.array_equal(base.appraisal.by_project, same.appraisal.by_project)


@settings(deadline=None, max_examples=15)
@given(ESTIMATES, ESTIMATES, ESTIMATES)
def test_the_parts_of_the_projects_make_up_the_total_in_every_draw(one: Any, two: Any, three: Any) -> None:
    study = a_study(*(a_project(key, a_rate(rate)) for key, rate in zip("abc", (one, two, three), strict=True)))
    found = appraise_projects(study).appraisal
    assert found.by_project.sum(axis=1) == pytest.approx(found.worth(), abs=0.01)
    assert found.alone.sum(axis=1) + found.overlap == pytest.approx(found.worth(), abs=0.01)


@settings(deadline=None, max_examples=15)
@given(AMOUNTS, st.floats(0.05, 0.95), ESTIMATES)
def test_splitting_a_project_in_two_changes_no_total(amounts: dict[str, int], part: float, rate: Any) -> None:
    def split(share: float) -> dict[str, Any]:
        return {"kind": "amounts", "key": "a", "lines": ["line"], "amounts": {y: a * share for y, a in amounts.items()}}

    stated: dict[str, Any] = {"maturity": "as_stated"}
    whole = a_study(a_project("rate", a_rate(rate), **stated), a_project("one", split(1.0), **stated))
    two = (a_project("one", split(part), **stated), a_project("two", split(1 - part), **stated))
    parts = a_study(a_project("rate", a_rate(rate), **stated), *two)
    assert appraise_projects(parts).flows()["cashable"] == pytest.approx(
        appraise_projects(whole).flows()["cashable"], abs=0.01
    )


@settings(deadline=None, max_examples=15)
@given(ESTIMATES, st.sampled_from(YEARS), st.integers(1, 3))
def test_a_later_start_never_raises_what_has_been_saved(rate: Any, start: str, later: int) -> None:
    late = f"{int(start[:4]) + later}-{(int(start[:4]) + later + 1) % 100:02d}"
    early, delayed = (
        appraise_projects(a_study(a_project("one", a_rate(rate), start=first))) for first in (start, late)
    )
    assert np.all(saved(delayed) <= saved(early) + 0.01)


@settings(deadline=None, max_examples=10)
@given(st.lists(RATES, min_size=4, max_size=4), st.floats(-0.05, 0.05))
def test_changes_and_remainder_make_up_the_difference(rates: list[float], growth: float) -> None:
    overrides = {
        "projects.one.effects.rate.rate": rates[2], "projects.two.effects.rate.rate": rates[3],
        "lines.line.growth": growth,
    }  # fmt: skip
    scenarios = [{"key": "other", "title": {"en": "Other"}, "overrides": overrides}]
    projects = (a_project("one", a_rate(rates[0])), a_project("two", a_rate(rates[1])))
    study = a_study(*projects, scenarios=scenarios)
    found = explain_difference(effective(study, "base"), effective(study, "other"))
    assert found.remainder == pytest.approx(0, abs=0.01)
    assert found.second == pytest.approx(appraise_projects(study, scenario="other").net_present_value, abs=0.01)


@settings(deadline=None, max_examples=15)
@given(RATES, AMOUNTS, AMOUNTS, st.floats(-0.05, 0.1), st.integers(0, 1_000_000))
def test_no_reading_of_savings_on_lines_is_above_what_they_cost(
    rate: float, on: dict[str, int], off: dict[str, int], growth: float, floor: int
) -> None:
    """On the same lines in the same years they are between nothing and all of them, whatever is saved elsewhere."""
    effects = (a_rate(rate), {"kind": "amounts", "key": "on", "lines": ["line"], "amounts": on},
               {"kind": "amounts", "key": "off", "amounts": off})  # fmt: skip
    line = {"key": "line", "partner": "E1", "amount": 1_000_000, "growth": growth, "floor": floor}
    found = appraise_projects(a_study(a_project("one", *effects), lines=[line]))
    for row in headline_table(found).rows[:2]:
        assert -1e-9 <= row[1] <= 1 + 1e-9
