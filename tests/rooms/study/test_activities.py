"""Activities as an optional document of a return: there and back, signed with it, refused where unclear."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import ValidationError

from consortia.errors import StudyError
from consortia.study import Activities, Definition, Partner, Return, ReturnHeader, Study, Text, read_study, write_study
from consortia.study.activities import CostPool, DepartmentCost, TeamTime, WhenShared
from consortia.study.fingerprints import return_digest

MAINTENANCE = DepartmentCost(code="pm", name=Text(en="Maintenance"), cost=Decimal("6300.10"), serves={"ops": 2400.0})
OPERATIONS = DepartmentCost(code="ops", name=Text(en="Operations"), cost=Decimal(4000))


def a_study(activities: Activities | None) -> Study:
    definition = Definition(
        key="one", title=Text(en="One"), base_year="2024-25", partners=(Partner(code="E1", name=Text(en="Ash")),)
    )
    return Study(definition, (replace(Return.empty(ReturnHeader(partner="E1")), activities=activities),))


def some() -> Activities:
    return Activities(year="2024-25", departments=(MAINTENANCE, OPERATIONS))


def test_activities_come_back_as_they_were(tmp_path: Path) -> None:
    write_study(a_study(some()), tmp_path)
    assert read_study(tmp_path).return_of("E1").activities == some()


def test_a_study_without_activities_has_no_file_of_them(tmp_path: Path) -> None:
    write_study(a_study(some()), tmp_path)
    write_study(a_study(None), tmp_path)
    assert not (tmp_path / "returns" / "E1" / "activities.yaml").exists()
    assert read_study(tmp_path).return_of("E1").activities is None


def test_what_was_signed_covers_activities_and_nothing_changes_without_them() -> None:
    plain, costed = a_study(None).returns[0], a_study(some()).returns[0]
    assert return_digest(plain) == return_digest(Return.empty(ReturnHeader(partner="E1")))
    assert return_digest(plain) != return_digest(costed)


def test_a_faulty_file_is_told_with_its_place(tmp_path: Path) -> None:
    write_study(a_study(some()), tmp_path)
    path = tmp_path / "returns" / "E1" / "activities.yaml"
    path.write_text(path.read_text().replace("ops: 2400.0", "ops: -1"))
    with pytest.raises(StudyError, match=r"departments\.pm\.serves\.ops"):
        read_study(tmp_path)


def test_a_pool_has_either_its_own_cost_or_a_department() -> None:
    with pytest.raises(ValidationError, match="either a cost or a department"):
        CostPool(code="p", name=Text(en="Pool"), drivers={"a": 1.0})


def test_practical_capacity_is_given_or_worked_out_but_not_both() -> None:
    TeamTime(code="t", name=Text(en="Team"), cost=Decimal(1), theoretical_minutes=875_000, practical_share=0.8)
    with pytest.raises(ValidationError, match="not both"):
        TeamTime(code="t", name=Text(en="Team"), cost=Decimal(1), practical_minutes=1, practical_share=0.8)


def test_what_stops_needs_a_reason() -> None:
    with pytest.raises(ValidationError, match="say what it is that stops at pm"):
        WhenShared(department="ops", stops={"pm": 0.5})


def test_a_name_that_nothing_answers_to_is_refused() -> None:
    shared = WhenShared(department="nowhere", stops={})
    with pytest.raises(ValidationError, match="nowhere: named, but not among"):
        Activities(year="2024-25", departments=(MAINTENANCE, OPERATIONS), when_shared=(shared,))
