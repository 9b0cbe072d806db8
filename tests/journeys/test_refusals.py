"""What goes wrong gets a sentence with place and remedy and an exit code that is not zero; never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Consortia

THREE = ("--partners", "Burnley", "Pendle", "Hyndburn")


def refused(consortia: Consortia, *words: str | Path) -> str:
    """What a refused call printed."""
    result = consortia(*words)
    assert result.returncode != 0
    assert "Traceback" not in result.stderr
    return " ".join((result.stdout + result.stderr).split())


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--partners", "Burnly", "Pendle", "--from", "rsx-2024-25"), "Burnley"),
        (("--partners", "Burnley", "Pendle", "burnley borough council", "--from", "rsx-2024-25"), "already"),
        ((*THREE, "--from", "rsx-2019-20"), "rsx-2024-25"),
        ((*THREE, "--from", "wales-2024-25"), "Wales"),
    ],
    ids=["unknown council", "a partner twice", "a year without data", "a return of another nation"],
)
def test_a_study_that_cannot_be_made_says_why(
    consortia: Consortia, tmp_path: Path, words: tuple[str, ...], sentence: str
) -> None:
    assert sentence in refused(consortia, "new", tmp_path / "study", *words)
    assert not (tmp_path / "study").exists()


def test_a_missing_file_is_named(consortia: Consortia, study_folder: Path) -> None:
    said = refused(consortia, "intake", study_folder, "no-such-file.xlsx", "--partner", "Powys")
    assert "no-such-file.xlsx" in said


def test_a_folder_that_is_no_study_says_how_to_make_one(consortia: Consortia, tmp_path: Path) -> None:
    assert "consortia new" in refused(consortia, "run", tmp_path)


def test_an_unreadable_upload_is_refused(consortia: Consortia, study_folder: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 this was a workbook once")
    assert "broken.xlsx" in refused(consortia, "intake", study_folder, broken, "--partner", "Powys")


def test_a_file_without_the_right_sheet_is_refused(consortia: Consortia, study_folder: Path, tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "minutes.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Minutes").write("A1", "Present: all")
    assert "minutes.xlsx" in refused(consortia, "intake", study_folder, path, "--partner", "Powys")


def test_text_in_a_number_column_is_named_by_cell(consortia: Consortia, study_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("year,service,measure,amount,status\n2024-25,education,net_current_expenditure,a lot,known\n")
    said = refused(consortia, "intake", study_folder, path, "--partner", "Powys")
    assert "a lot" in said
    assert "D2" in said


def test_a_study_from_a_newer_version_is_left_alone(consortia: Consortia, tmp_path: Path) -> None:
    (tmp_path / "study.yaml").write_text("schema_version: 99\nkey: later\n")
    said = refused(consortia, "run", tmp_path)
    assert "newer" in said
    assert consortia("run", tmp_path).returncode == 3


def test_an_unknown_figure_gets_the_nearest(consortia: Consortia, study_folder: Path) -> None:
    assert "net.p50" in refused(consortia, "explain", study_folder, "net.p5")


def test_a_stranger_among_the_partners_is_refused(consortia: Consortia, study_folder: Path) -> None:
    assert "no partner of this study" in refused(
        consortia, "sign", study_folder, "--partner", "Cardiff", "--by", "A. Treasurer"
    )


def test_an_account_without_an_agreed_case_says_what_to_do(consortia: Consortia, study_folder: Path) -> None:
    assert "consortia agree" in refused(consortia, "account", study_folder)
