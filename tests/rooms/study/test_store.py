"""A study folder: there and back without loss, and one sentence for whatever is wrong in it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from consortia.errors import NewerStudy, StudyError
from consortia.study import (
    CostLine,
    Definition,
    Partner,
    Return,
    ReturnHeader,
    Study,
    Text,
    Volume,
    fingerprint,
    read_study,
    write_study,
)
from consortia.study.tables import table_of


def a_study() -> Study:
    partners = tuple(Partner(code=code, name=Text(en=name)) for code, name in (("E1", "Ash"), ("E2", "Birch")))
    definition = Definition(key="two", title=Text(en="Two", cy="Dau"), base_year="2024-25", partners=partners)
    return Study(definition, tuple(a_return(partner.code) for partner in partners))


def a_return(code: str) -> Return:
    lines = [
        CostLine(
            key="1", year="2024-25", service="central", measure="employees", amount=Decimal("12.5"), status="known"
        ),
        CostLine(key="2", year="2024-25", service="fire", measure="employees", amount=None, status="not_provided"),
    ]
    volumes = [Volume(key="p", year="2024-25", measure="population", value=Decimal(1000))]
    return Return(ReturnHeader(partner=code), table_of(CostLine, lines), table_of(Volume, volumes))


def test_a_study_comes_back_with_the_same_fingerprint(tmp_path: Path) -> None:
    write_study(a_study(), tmp_path)
    assert fingerprint(read_study(tmp_path)) == fingerprint(a_study())


def test_not_provided_comes_back_as_not_provided_and_never_as_zero(tmp_path: Path) -> None:
    write_study(a_study(), tmp_path)
    row = read_study(tmp_path).return_of("E1").costs.row(1, named=True)
    assert (row["status"], row["amount_pence"]) == ("not_provided", None)


def test_a_changed_penny_changes_the_fingerprint(tmp_path: Path) -> None:
    write_study(a_study(), tmp_path)
    path = tmp_path / "returns" / "E1" / "costs.csv"
    path.write_text(path.read_text().replace("12.50", "12.51"))
    assert fingerprint(read_study(tmp_path)) != fingerprint(a_study())


def test_a_folder_without_a_study_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="consortia new"):
        read_study(tmp_path)


def test_a_study_from_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    write_study(a_study(), tmp_path)
    path = tmp_path / "study.yaml"
    path.write_text(path.read_text().replace("schema_version: 1", "schema_version: 2"))
    with pytest.raises(NewerStudy, match="newer Consortia"):
        read_study(tmp_path)


def test_all_faults_of_a_document_are_named_at_once(tmp_path: Path) -> None:
    write_study(a_study(), tmp_path)
    path = tmp_path / "study.yaml"
    path.write_text(path.read_text().replace("2024-25", "2024") + "colour: red\n")
    with pytest.raises(StudyError) as caught:
        read_study(tmp_path)
    assert "base_year" in str(caught.value)
    assert "colour" in str(caught.value)


def test_text_in_a_number_column_is_named_by_row(tmp_path: Path) -> None:
    write_study(a_study(), tmp_path)
    path = tmp_path / "returns" / "E2" / "costs.csv"
    path.write_text(path.read_text().replace("12.50", "a dozen"))
    with pytest.raises(StudyError, match=r"'a dozen' is not an amount of money.*row 2"):
        read_study(tmp_path)


def test_a_missing_return_is_named(tmp_path: Path) -> None:
    write_study(a_study(), tmp_path)
    (tmp_path / "returns" / "E2" / "return.yaml").unlink()
    with pytest.raises(StudyError, match="no return in"):
        read_study(tmp_path)
