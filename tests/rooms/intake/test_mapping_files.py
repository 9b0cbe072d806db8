"""A mapping as a file: written with suggestions, corrected by a person, read back with what the person decided."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from consortia.cli.mapping_files import mapping_as_csv, read_mapping_file
from consortia.errors import IntakeError
from consortia.intake.mapping.codes import LocalCode
from consortia.intake.mapping.memory import Memory
from consortia.intake.mapping.suggestions import WORDINGS, Suggestion, suggest_targets
from consortia.study import MappingLine

CODE = LocalCode("service", "BS", "Building Services", 1, 100)
OFFERED = Suggestion(CODE, (("planning.building_control", Decimal(1)),), Decimal("0.26"), "like 'Building control'")
HEAD = "side,local,words,target,share,confidence,reason\n"


def _read(folder: Path, text: str) -> list[tuple[str, Decimal, str, Decimal | None]]:
    file = folder / "map.csv"
    file.write_text(text, encoding="utf-8")
    lines = read_mapping_file(file, [OFFERED], by="Ann", on="2026-11-22")
    return [(line.target, line.share, line.reason, line.confidence) for line in lines]


def test_a_file_as_written_reads_back_as_it_was_suggested(tmp_path: Path) -> None:
    assert _read(tmp_path, mapping_as_csv([OFFERED], [CODE])) == [
        ("planning.building_control", Decimal(1), "like 'Building control'", Decimal("0.26"))
    ]


def test_another_target_loses_the_reason_that_the_program_gave(tmp_path: Path) -> None:
    text = mapping_as_csv([OFFERED], [CODE]).replace("planning.building_control,", "excluded,")
    assert _read(tmp_path, text) == [("excluded", Decimal(1), "set by hand", None)]


def test_so_does_one_in_a_file_that_does_not_tell_what_was_suggested(tmp_path: Path) -> None:
    row = "service,BS,Building Services,excluded,1,0.26,like 'Building control'\n"
    assert _read(tmp_path, HEAD + row) == [("excluded", Decimal(1), "set by hand", None)]


def test_the_reason_that_a_person_wrote_is_kept(tmp_path: Path) -> None:
    row = "service,BS,Building Services,excluded,1,0.26,a trading account\n"
    assert _read(tmp_path, HEAD + row) == [("excluded", Decimal(1), "a trading account", None)]


def test_shares_may_be_percentages(tmp_path: Path) -> None:
    rows = "service,BS,,highways,60%,,floor area\nservice,BS,,planning,40 %,,floor area\n"
    assert [share for _, share, _, _ in _read(tmp_path, HEAD + rows)] == [Decimal("0.6"), Decimal("0.4")]


def test_faults_say_one_thing_of_what_was_loaded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(IntakeError, match="nothing was changed"):
        _read(tmp_path, HEAD + "service,BS,,highways,60,,floor area\n")
    assert "were loaded" not in capsys.readouterr().out


def test_every_reason_of_a_suggestion_begins_as_reasons_of_the_program_do() -> None:
    words = ("Street cleansing", "Roads", "Green waste disposal", "Zxq", "ICT", "HRA", "WASTE-INCINERATOR")
    memory = Memory().learn(
        [MappingLine(side="service", local="9", words="Zxq", target="fire", by="A")], where="A", own=False
    )
    codes = [LocalCode("service", f"{number}", text, 1, 1) for number, text in enumerate(words)]
    assert all(one.reason.startswith(WORDINGS) for one in suggest_targets(codes, memory))


def test_commas_and_quotation_marks_in_words_stay_whole() -> None:
    code = LocalCode("service", "1", 'Roads, "A"', 1, 1)
    (_, row) = csv.reader(mapping_as_csv([], [code]).splitlines())
    assert row[2] == 'Roads, "A"'
