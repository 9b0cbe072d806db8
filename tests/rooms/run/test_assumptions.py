"""Assumptions in the unit of their parameter: a percentage is told at its place, as it is in the records."""

from __future__ import annotations

from typing import Any

import pytest

from consortia.errors import StudyError
from consortia.run.assumptions import assumptions_of
from consortia.study import Study

from .conftest import with_definition


@pytest.mark.parametrize(
    ("key", "given"),
    [
        ("setup_share", {"value": 30}),
        ("building_fill", {"value": 90}),
        ("correlation_same_year", {"range": {"low": 0.1, "mode": 0.2, "high": 30}}),
        ("saving.transactional", {"range": {"low": 5, "mode": 10, "high": 15}}),
    ],
)
def test_a_percentage_is_refused(three_councils: Study, key: str, given: dict[str, Any]) -> None:
    assumption = {"key": key, "reason": "a guess"} | given
    definition = with_definition(three_councils).definition.model_copy()
    changed = type(definition).model_validate(definition.model_dump() | {"assumptions": [assumption]})
    with pytest.raises(StudyError, match=f"assumptions.{key}") as refused:
        assumptions_of(changed)
    assert "a fraction from" in refused.value.what
