"""A shared post in place of two: what is saved and what the new post costs begin on the same day, however late.

80,000 and 70,000 a year with 30% of on-costs; one post is kept, of 80,000 x 1.1 = 88,000 (the uplift is reference
data): 150,000 x 1.3 = 195,000 less 88,000 x 1.3 = 114,400 are 80,600 a year.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consortia.run.options.proposed import proposed_projects
from consortia.run.options.registers import options_of
from consortia.run.programme import Appraised, appraise_projects
from consortia.study import Definition

BEFORE, AFTER = 150_000 * 1.3, 88_000 * 1.3


def proposed(**changes: Any) -> Appraised:
    """The proposal of the register as a study would take it over, with other fields of the project."""
    posts = [
        {"key": f"head_{code}", "partner": code, "title": {"en": "Head"}, "role": "Head of legal", "salary": pay,
         "on_cost": 0.3, "vacant": True}
        for code, pay in (("E1", 80_000), ("E2", 70_000))
    ]  # fmt: skip
    fields = {
        "key": "x", "title": {"en": "X"}, "base_year": "2024-25", "horizon_years": 4, "draws": 64, "posts": posts,
        "partners": [{"code": code, "name": {"en": code}} for code in ("E1", "E2")],
    }  # fmt: skip
    study = Definition.model_validate(fields)
    (project,) = proposed_projects(options_of(study), study)
    plain = project.to_plain() | {"maturity": "as_stated"} | changes
    return appraise_projects(Definition.model_validate(fields | {"projects": [plain]}))


def saved_and_paid(found: Appraised) -> tuple[list[float], list[float]]:
    flows = found.flows()
    return [float(one) for one in flows["cashable"]], [float(one) for one in flows["running_cost"]]


def test_on_time_both_begin_in_the_first_year() -> None:
    saved, paid = saved_and_paid(proposed())
    assert saved == pytest.approx([0, BEFORE, BEFORE, BEFORE, BEFORE])
    assert paid == pytest.approx([0, AFTER, AFTER, AFTER, AFTER])


def test_half_a_year_late_the_new_post_is_paid_for_half_a_year_too() -> None:
    """97,500 - 57,200 = 40,300 in the first year; it was 97,500 - 114,400 with the new post paid from the first day."""
    saved, paid = saved_and_paid(proposed(delay_months=6))
    assert (saved[1], paid[1]) == pytest.approx((97_500, 57_200))
    assert (saved[2], paid[2]) == pytest.approx((195_000, 114_400))


def test_where_four_fifths_are_delivered_four_fifths_of_the_new_post_are_paid() -> None:
    saved, paid = saved_and_paid(proposed(delivery=0.8))
    assert saved[2] - paid[2] == pytest.approx(0.8 * 80_600)


@settings(deadline=None, max_examples=15)
@given(st.floats(0, 40), st.floats(0, 1.5))
def test_no_delay_turns_a_merger_that_saves_into_a_cost_in_any_year(months: float, delivery: float) -> None:
    saved, paid = saved_and_paid(proposed(delay_months=months, delivery=delivery))
    assert all(one >= two - 0.01 for one, two in zip(saved, paid, strict=True))
    assert sum(saved) * AFTER == pytest.approx(sum(paid) * BEFORE)


def test_a_running_cost_that_does_not_say_so_is_paid_as_planned() -> None:
    plain = {"kind": "other", "key": "kept", "amounts": {"2025-26": 114_400}, "running": True}
    _, paid = saved_and_paid(proposed(delay_months=6, costs=[plain]))
    assert paid[1] == pytest.approx(114_400)
