"""The blank return is what read_return reads: nothing is lost on the way out and back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from consortia.intake.blank import write_blank_return
from consortia.intake.files import read_return
from consortia.intake.published import baseline
from consortia.study import Study

BURNLEY = "E07000117"
COMPARED = ["key", "year", "service", "measure", "amount_pence", "status"]


@pytest.fixture(scope="module")
def study() -> Study:
    found, _ = baseline(["Burnley", "Pendle"], ["lancashire-2023-24", "lancashire-2024-25"], name="two", title="Two")
    return found


def test_a_return_written_and_read_back_is_the_same(study: Study, tmp_path: Path) -> None:
    path = tmp_path / "return.xlsx"
    write_blank_return(path, study.definition, BURNLEY, filled=study.return_of(BURNLEY))
    returned, _ = read_return(path, partner=BURNLEY)
    assert returned.costs.select(COMPARED).equals(study.return_of(BURNLEY).costs.select(COMPARED))
    assert returned.volumes.equals(study.return_of(BURNLEY).volumes)


def test_a_blank_return_asks_for_the_services_of_the_study_and_holds_no_zero(study: Study, tmp_path: Path) -> None:
    path = tmp_path / "return.xlsx"
    write_blank_return(path, study.definition, BURNLEY)
    returned, findings = read_return(path, partner=BURNLEY)
    asked = {initiative.service for initiative in study.definition.initiatives}
    assert asked <= set(returned.costs["service"])
    assert set(returned.costs["status"]) == {"not_known"}
    assert {finding.code for finding in findings} == {"year-without-data", "left-blank"}


def test_what_a_person_fills_in_is_read(study: Study, tmp_path: Path) -> None:
    path = tmp_path / "return.xlsx"
    write_blank_return(path, study.definition, BURNLEY)
    book = openpyxl.load_workbook(path)
    book["Costs"]["D6"] = 4321.09
    book["Costs"]["E7"] = "Not provided / Heb ei ddarparu [not_provided]"
    book.save(path)
    returned, _ = read_return(path, partner=BURNLEY)
    assert returned.costs["amount_pence"][0] == 432_109
    assert returned.costs["status"][1] == "not_provided"


def test_service_measure_and_status_are_chosen_from_lists(study: Study, tmp_path: Path) -> None:
    path = tmp_path / "return.xlsx"
    write_blank_return(path, study.definition, BURNLEY)
    book = openpyxl.load_workbook(path)
    rules = {str(rule.sqref).split(":")[0]: rule.type for rule in book["Costs"].data_validations.dataValidation}
    assert rules == {"B6": "list", "C6": "list", "E6": "list"}
    assert book["Lists"].sheet_state == "hidden"


def test_a_stranger_has_no_blank_return(study: Study, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is not a partner"):
        write_blank_return(tmp_path / "return.xlsx", study.definition, "E07000120")


def test_use_of_a_service_is_a_volume_that_reads_back(study: Study, tmp_path: Path) -> None:
    held = study.return_of(BURNLEY)
    used = held.volumes.head(1).with_columns(measure=pl.lit("use.cultural.libraries"), year=pl.lit("2024-25"))
    used = used.with_columns(key=pl.lit("2024-25/use.cultural.libraries"))
    path = tmp_path / "return.xlsx"
    filled = replace(held, volumes=pl.concat([held.volumes, used]))
    write_blank_return(path, study.definition, BURNLEY, filled=filled)
    returned, _ = read_return(path, partner=BURNLEY)
    own = returned.volumes.filter(measure="use.cultural.libraries")
    assert own["value"].to_list() == used["value"].to_list()
