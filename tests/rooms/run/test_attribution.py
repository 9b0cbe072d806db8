"""The difference of two scenarios: what each change moved, whatever the order, and nothing lost."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from consortia.errors import StudyError
from consortia.run.attribution import effective, explain_difference, shapley_shares
from consortia.study import Definition

SCENARIOS = [
    {
        "key": "other",
        "title": {"en": "Other"},
        "overrides": {
            "projects.one.effects.rate.rate": 0.2,
            "projects.two.effects.rate.rate": {"low": 0.1, "mode": 0.2, "high": 0.4},
            "lines.ash.growth": 0.03,
        },
    },
    {"key": "same", "title": {"en": "Same"}},
]


def a_study(**changes: Any) -> Definition:
    projects = [
        {
            "key": key,
            "title": {"en": key},
            "maturity": "as_stated",
            "effects": [{"kind": "rate_of_line", "key": "rate", "lines": ["ash"], "rate": 0.1}],
        }
        for key in ("one", "two")
    ]
    fields = {
        "key": "x", "title": {"en": "X"}, "base_year": "2024-25", "horizon_years": 4, "scenarios": SCENARIOS,
        "partners": [{"code": "E1", "name": {"en": "Ash"}}],
        "lines": [{"key": "ash", "partner": "E1", "amount": 1000}], "projects": projects,
    }  # fmt: skip
    return Definition.model_validate(fields | changes)


def test_the_changes_and_the_remainder_make_up_the_difference() -> None:
    study = a_study()
    found = explain_difference(effective(study, "base"), effective(study, "other"))
    assert [change.place for change in found.changes] == [
        "projects.two.effects.rate.rate", "projects.one.effects.rate.rate", "lines.ash.growth",
    ]  # fmt: skip
    assert found.remainder == pytest.approx(0, abs=1e-6)
    assert sum(change.moved for change in found.changes) == pytest.approx(found.second - found.first)


def test_a_change_is_shown_as_it_is_written() -> None:
    study = a_study()
    change = explain_difference(effective(study, "base"), effective(study, "other")).changes[0]
    assert (change.before, change.after) == ("0.1", "low 0.1, mode 0.2, high 0.4")


def test_a_scenario_without_overrides_differs_in_nothing() -> None:
    study = a_study()
    found = explain_difference(effective(study, "base"), effective(study, "same"))
    assert (found.changes, found.remainder) == ((), 0)


def test_a_project_that_is_added_is_one_change() -> None:
    study = a_study()
    fewer = study.model_copy(update={"projects": study.projects[:1]})
    found = explain_difference(fewer, effective(study, "base"))
    assert [(change.place, change.before, change.after) for change in found.changes] == [("projects.two", "–", "two")]


def test_another_baseline_is_refused() -> None:
    with pytest.raises(StudyError, match="different partners or base years"):
        explain_difference(a_study(), a_study(base_year="2023-24"))


def test_exact_shares_are_the_mean_over_all_orders() -> None:
    values = {frozenset(): 0, frozenset({0}): 1, frozenset({1}): 2, frozenset({2}): 0, frozenset({0, 1}): 6,
              frozenset({0, 2}): 4, frozenset({1, 2}): 2, frozenset({0, 1, 2}): 12}  # fmt: skip
    by_hand = [0.0, 0.0, 0.0]
    for order in permutations(range(3)):
        for position, place in enumerate(order):
            by_hand[place] += values[frozenset(order[: position + 1])] - values[frozenset(order[:position])]
    assert shapley_shares(values.__getitem__, 3) == pytest.approx([total / 6 for total in by_hand])


def test_many_changes_still_add_up() -> None:
    shares = shapley_shares(lambda chosen: float(sum(chosen)) ** 2, 12)
    assert sum(shares) == pytest.approx(sum(range(12)) ** 2)
