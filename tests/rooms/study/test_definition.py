"""What a definition refuses, each with a sentence."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from consortia.study import Assumption, Definition, Initiative, Link, Partner, Range, Text

ASH = Partner(code="E1", name=Text(en="Ash"))
BIRCH = Partner(code="E2", name=Text(en="Birch"))


def a_definition(**changes: object) -> Definition:
    fields: dict[str, object] = {"key": "x", "title": Text(en="X"), "base_year": "2024-25", "partners": (ASH, BIRCH)}
    return Definition.model_validate(fields | changes)


def test_a_partner_may_not_stand_twice() -> None:
    with pytest.raises(ValidationError, match="two with the key E1"):
        a_definition(partners=(ASH, ASH))


def test_a_range_may_not_fall() -> None:
    with pytest.raises(ValidationError, match="must not fall"):
        Range(low=0.1, mode=0.05, high=0.2)


def test_a_changed_saving_needs_a_reason() -> None:
    with pytest.raises(ValidationError, match="no reason is given"):
        Initiative(key="i", service="central", saving=Range(low=0, mode=0.1, high=0.2))


def test_a_link_names_partners_of_the_study() -> None:
    with pytest.raises(ValidationError, match="E9"):
        a_definition(links=(Link(kind="apart", partners=("E1", "E9"), reason="agreed by members"),))


def test_draws_are_a_power_of_two() -> None:
    with pytest.raises(ValidationError, match="power of two"):
        a_definition(draws=1000)


def test_an_assumption_has_a_value_or_a_range() -> None:
    with pytest.raises(ValidationError, match="either a value or a range"):
        Assumption(key="discount_rate", reason="treasurer's view")


def test_welsh_falls_back_to_english_when_it_is_empty() -> None:
    assert Text(en="Two").in_language("cy") == "Two"


def test_the_base_year_is_written_in_one_way() -> None:
    assert a_definition(base_year="2024/25").base_year == "2024-25"


def test_hosting_and_targets_name_partners_of_the_study() -> None:
    hosting = {"service": "planning", "host": "X9", "run_for": [{"partner": "E1", "cost": 1}], "source": "agreement"}
    with pytest.raises(ValidationError, match="No partner of this study has the code X9"):
        a_definition(hosting=[hosting])
    target = {"partner": "X9", "service": "planning", "budget": 1, "reason": "plan"}
    with pytest.raises(ValidationError, match="No partner of this study has the code X9"):
        a_definition(targets=[target])
