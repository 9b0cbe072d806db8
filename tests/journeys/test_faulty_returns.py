"""What is wrong with a partner's file stays with its return until a better file is loaded: checked, refused, signed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from .conftest import Consortia

HEAD = "year,service,measure,amount,status\n"
GOOD = "2024-25,highways,employees,120000,\n2024-25,highways,running_expenses,90000,\n"
PARTNER = ("--partner", "Powys")


@pytest.fixture
def folder(study_folder: Path, tmp_path: Path) -> Path:
    """A copy of the finished study, to spoil."""
    return shutil.copytree(study_folder, tmp_path / "spoilt")


def _file(folder: Path, rows: str) -> Path:
    path = folder / "own.csv"
    path.write_text(HEAD + rows)
    return path


def test_a_file_with_faults_loads_its_good_rows_and_blocks_until_it_is_mended(
    consortia: Consortia, folder: Path
) -> None:
    loaded = consortia("intake", folder, _file(folder, GOOD + "2024-25,planning,employees,lots,\n"), *PARTNER)
    assert loaded.returncode == 5
    assert "Loaded 2 lines for Powys, with faults" in loaded.stderr

    checked = consortia("check", folder)
    assert checked.returncode == 5
    assert "error 'lots' is text in a number column." in checked.stdout
    assert "[own.csv, D4]" in checked.stdout

    signed = consortia("sign", folder, *PARTNER, "--by", "A. Treasurer")
    assert signed.returncode == 5
    assert "'lots' is text" in signed.stderr

    assert consortia("intake", folder, _file(folder, GOOD), *PARTNER).returncode == 0
    assert not list(folder.glob("returns/*/findings.yaml"))
    assert consortia("sign", folder, *PARTNER, "--by", "A. Treasurer").returncode == 0


def test_warnings_on_a_file_are_kept_and_do_not_block(consortia: Consortia, folder: Path) -> None:
    assert consortia("intake", folder, _file(folder, GOOD + GOOD), *PARTNER).returncode == 0
    checked = consortia("check", folder)
    assert checked.returncode == 0
    assert "stands more than once" in checked.stdout


def test_a_row_of_a_year_outside_the_study_is_named_by_cell(consortia: Consortia, folder: Path) -> None:
    loaded = consortia("intake", folder, _file(folder, GOOD + "2034-35,planning,employees,5,\n"), *PARTNER)
    assert loaded.returncode == 5
    assert "2034-35 is no year of this study, which has 2024-25." in loaded.stdout
    assert "[own.csv, A4]" in loaded.stdout


@pytest.mark.parametrize("command", ["run", "compare"])
def test_a_line_of_an_impossible_year_in_the_folder_is_named(consortia: Consortia, folder: Path, command: str) -> None:
    costs = folder / "returns" / "W06000023" / "costs.csv"
    head, first, *rest = costs.read_text().splitlines()
    costs.write_text("\n".join([head, first.replace("2024-25", "2034-35"), *rest]) + "\n")
    done = consortia(command, folder)
    assert done.returncode == 2
    assert "Powys has a line of 2034-35" in done.stderr
    assert "costs.csv" in done.stderr


def test_a_negative_cost_blocks_and_is_settled_by_a_recorded_change(consortia: Consortia, folder: Path) -> None:
    rows = GOOD + "2024-25,education,employees,-70000,\n2024-25,education,running_expenses,90000,\n"
    assert consortia("intake", folder, _file(folder, rows), *PARTNER).returncode == 5
    assert "below zero" in consortia("sign", folder, *PARTNER, "--by", "A. Treasurer").stderr

    change = ("--amount", "70000", "--by", "Ann", "--reason", "Sign turned; told by telephone.")
    assert consortia("adjust", folder, "2024-25/education/employees", *PARTNER, *change).returncode == 0
    assert "Signed by" in consortia("sign", folder, *PARTNER, "--by", "A. Treasurer").stdout
