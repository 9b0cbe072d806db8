"""A ledger is loaded, mapped, queried, contested, corrected and signed, through the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from .conftest import Consortia

LEDGER = """Date,Cost Centre Code,Cost Centre,Account Code,Account,Supplier,Amount
01/04/2024,0101,Street cleansing,1001,Staff Salaries,,120000.00
15/05/2024,0101,Street cleansing,4001,Clothing & Uniforms,Workwear Ltd,3000.50
01/06/2024,0102,Building control,1001,Staff Salaries,,80000.00
01/07/2024,0102,Building control,9001,"Charges, Fees & Income",,-65000.25
02/02/2025,0103,Zxq,4003,Energy Costs,Power plc,9000.01
"""
SPLIT = """side,local,words,target,share
service,0103,Zxq,environmental.waste_collection,0.6
service,0103,Zxq,environmental.street_cleansing,0.4
"""
PARTNER = ("--partner", "Ceredigion")


@pytest.fixture(scope="module")
def mapped(consortia: Consortia, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study with Ceredigion's ledger, its codes accepted where a published list has them."""
    folder = tmp_path_factory.mktemp("review") / "two"
    consortia("new", folder, "--partners", "Ceredigion", "Powys", "--from", "wales-2024-25")
    file = folder / "extract.csv"
    file.write_text(LEDGER, encoding="utf-8")
    for command in ("layout", "ledger"):
        done = consortia(command, folder, file, *PARTNER, *(["--confirm"] if command == "layout" else []))
        assert done.returncode == 0, done.stderr
    suggested = consortia("map", folder, *PARTNER)
    assert "Nothing was applied" in suggested.stdout, suggested.stderr
    assert "published list: 'Street cleansing'" in suggested.stdout
    return folder


def test_from_ledger_to_signature(consortia: Consortia, mapped: Path) -> None:
    accepted = consortia("map", mapped, *PARTNER, "--accept-above", "0.9", "--by", "Ann")
    assert "3.25% of its gross, is unmapped" in accepted.stdout  # 9,000.01 of 277,000.76
    left = consortia("map", mapped, *PARTNER).stdout
    assert "service 0103  Zxq  £9,000.01\n    -> no suggestion" in left

    # Five months of two services in place of a year of all of them: nobody signs that unawares.
    for code in ("ledger-part-year", "ledger-services-gone"):
        assert code in consortia("review", mapped, *PARTNER).stdout
        assert "with a reason" in consortia("accept", mapped, code, *PARTNER, "--by", "Bea").stderr
        assert consortia("accept", mapped, code, *PARTNER, "--by", "Bea", "--reason", "A sample.").returncode == 0

    refused = consortia("sign", mapped, *PARTNER, "--by", "Bea")
    assert refused.returncode == 5
    assert "unmapped" in refused.stderr

    split = mapped / "split.csv"
    split.write_text(SPLIT, encoding="utf-8")
    done = consortia("map", mapped, *PARTNER, "--accept", split, "--by", "Ann")
    # 120,000.00 + 3,000.50 + 80,000.00 - 65,000.25 + 9,000.01 = 147,000.26
    assert "Ledger £147,000.26 = lines £147,000.26 + left out £0.00" in done.stdout

    line = "2024-25/environmental.street_cleansing/employees"
    assert "query-1" in consortia("query", mapped, line, *PARTNER, "--by", "Ann", "--text", "Agency?").stdout
    consortia("reply", mapped, "query-1", "--by", "Bea", "--text", "No agency.", "--close")
    consortia("contest", mapped, line, *PARTNER, "--by", "Bea", "--reason", "One post more.", "--amount", "150000")
    assert "contest-1 on" in consortia("sign", mapped, *PARTNER, "--by", "Bea").stderr
    assert consortia("accept", mapped, "contest-1", "--by", "Ann").returncode == 0

    told = consortia("changes", mapped, *PARTNER).stdout
    assert "£120,000.00 -> £150,000.00" in told
    assert "One post more." in told
    assert "It can be signed." in consortia("review", mapped, *PARTNER).stdout
    assert "Gellir ei llofnodi." in consortia("review", mapped, *PARTNER, "--language", "cy").stdout
    assert "Signed by Bea" in consortia("sign", mapped, *PARTNER, "--by", "Bea").stdout
    assert "Signed by Bea" in consortia("review", mapped, *PARTNER).stdout
    changed = consortia("adjust", mapped, line, *PARTNER, "--amount", "1", "--by", "Ann", "--reason", "A slip.")
    assert "This ended the signature of Bea" in changed.stdout
    assert "has to be signed anew" in consortia("review", mapped, *PARTNER).stdout


def test_a_line_opens_to_its_ledger_rows_before_anything_was_run(consortia: Consortia, mapped: Path) -> None:
    line = "2024-25/environmental.street_cleansing/employees"
    assert line in consortia("lines", mapped, *PARTNER, "--service", "environmental").stdout
    for opened in (("lines", mapped, line, *PARTNER), ("explain", mapped, f"cell.W06000008.{line}")):
        assert "row 2: £120,000.00  0101 Street cleansing 1001 Staff Salaries" in consortia(*opened).stdout


def test_a_corrected_file_by_another_name_is_told_and_taken_out(
    consortia: Consortia, tmp_path: Path, mapped: Path
) -> None:
    folder = tmp_path / "two"
    shutil.copytree(mapped, folder)
    file = tmp_path / "corrected.csv"
    file.write_text(LEDGER.replace("9000.01", "9000.02"), encoding="utf-8")
    assert "stand in extract.csv too" in consortia("ledger", folder, file, *PARTNER).stdout
    assert "older than its ledger" in consortia("review", folder, *PARTNER).stdout
    refused = consortia("ledger", folder, *PARTNER, "--remove", "extract.csv", "--by", "Ann")
    assert "--reason TEXT" in refused.stderr
    consortia("ledger", folder, *PARTNER, "--remove", "extract.csv", "--by", "Ann", "--reason", "Corrected.")
    assert "taken out by Ann" in consortia("ledger", folder, *PARTNER).stdout
    remade = consortia("map", folder, *PARTNER, "--remake")
    assert "Ledger £147,000.27 = lines £147,000.27" in remade.stdout


def test_a_file_read_by_another_layout_makes_the_return_old(consortia: Consortia, tmp_path: Path, mapped: Path) -> None:
    folder = tmp_path / "two"
    shutil.copytree(mapped, folder)
    file = mapped / "extract.csv"
    consortia("map", folder, *PARTNER, "--remake")
    assert "older than its ledger" not in consortia("review", folder, *PARTNER).stdout
    consortia("layout", folder, file, *PARTNER, "--set", "supplier=", "--confirm")
    consortia("ledger", folder, file, *PARTNER)
    assert "older than its ledger" in consortia("review", folder, *PARTNER).stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("map", *PARTNER, "--accept-above", "0.9"), "Say who: --by NAME"),
        (("map", *PARTNER, "--accept-above", "90", "--by", "A"), "Did you mean 0.9?"),
        (("query", "x", *PARTNER, "--by", "A", "--text", "?"), "There is no line 'x'"),
        (("query", "x", "--by", "A", "--text", "?"), "Name the partner"),
        (("accept", "change-9", "--by", "A"), "No partner has a change-9."),
        (("map", "--partner", "Powys"), "There is no ledger of Powys"),
        (("delegate", *PARTNER, "--section", "streets", "--to", "C", "--by", "B"), "is no section of a return"),
        (("adjust", "x", *PARTNER, "--amount", "lots", "--by", "A", "--reason", "r"), "'lots' is not an amount"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    words: tuple[str, ...], said: str, consortia: Consortia, mapped: Path
) -> None:
    done = consortia(words[0], mapped, *words[1:])
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
