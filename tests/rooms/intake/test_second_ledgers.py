"""A second ledger of the same partner: another year or department stands beside the first; nothing vanishes."""

from __future__ import annotations

from pathlib import Path

import pytest

from consortia.cli.ledgers import load_ledger, show_layout
from consortia.cli.mappings import map_ledger
from consortia.cli.studies import start_study
from consortia.errors import IntakeError
from consortia.study import read_study
from consortia.study.ledger import read_ledger_table

BURNLEY = "E07000117"
HEADINGS = "Payment Date,Cost Centre Code,Cost Centre,Account Code,Account,Net Amount\n"
BINS = "01/06/2024,0101,Refuse collection,1001,Staff Salaries,100.00\n"
STREETS = "01/07/2024,0102,Street cleansing,1001,Staff Salaries,7.00\n"
LAST_YEAR = "01/06/2023,0101,Refuse collection,1001,Staff Salaries,90.00\n"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = tmp_path / "study"
    start_study(folder, partners=["Burnley", "Pendle"], editions=["rsx-2024-25"], title="Two")
    return folder


def _load(study: Path, lines: str, name: str, *, replace: bool = False) -> None:
    file = study.parent / name
    file.write_text(HEADINGS + lines, encoding="utf-8")
    show_layout(study, file, partner="Burnley", confirm=True)
    load_ledger(study, file, partner="Burnley", export=None, replace=replace)


def _held(study: Path) -> list[tuple[str, int]]:
    kept = read_ledger_table(study, BURNLEY)
    assert kept is not None
    return kept.select("file", "amount_pence").collect().rows()


def _mapped(study: Path) -> dict[str, int]:
    """Pence of staff by service, after everything with a published name was accepted."""
    map_ledger(study, partner="Burnley", accept=None, accept_above=0.5, by="Ann", write=None, remember=(), remake=False)
    costs = read_study(study).return_of(BURNLEY).costs
    staff = costs.filter((costs["measure"] == "employees") & (costs["file"].str.ends_with(".csv")))
    return {row["service"]: row["amount_pence"] for row in staff.rows(named=True)}


def test_a_ledger_of_another_department_stands_beside_the_first(study: Path) -> None:
    _load(study, BINS, "waste.csv")
    _load(study, STREETS, "streets.csv")
    assert _held(study) == [("streets.csv", 700), ("waste.csv", 10_000)]


def test_the_lines_of_both_departments_are_mapped(study: Path) -> None:
    _load(study, BINS, "waste.csv")
    _load(study, STREETS, "streets.csv")
    assert sorted(_mapped(study).values()) == [700, 10_000]


def test_a_second_mapping_keeps_the_lines_of_the_first(study: Path) -> None:
    _load(study, BINS, "waste.csv")
    _mapped(study)
    _load(study, STREETS, "streets.csv")
    assert sorted(_mapped(study).values()) == [700, 10_000]


@pytest.mark.parametrize("lines", [LAST_YEAR, STREETS])
def test_another_ledger_of_the_same_name_does_not_take_its_place(study: Path, lines: str) -> None:
    _load(study, BINS, "ledger.csv")
    with pytest.raises(IntakeError, match="its 1 lines would be lost"):
        _load(study, lines, "ledger.csv")
    assert _held(study) == [("ledger.csv", 10_000)]


def test_it_does_where_somebody_says_so(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _load(study, BINS, "ledger.csv")
    _load(study, LAST_YEAR, "ledger.csv", replace=True)
    assert _held(study) == [("ledger.csv", 9_000)]
    assert "It takes the place of the file of that name: 1 lines, £100.00." in capsys.readouterr().out


def test_the_same_ledger_corrected_takes_the_place_of_the_first_and_it_is_told(
    study: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _load(study, BINS, "ledger.csv")
    _load(study, BINS.replace("100.00", "101.00"), "ledger.csv")
    assert _held(study) == [("ledger.csv", 10_100)]
    assert "It takes the place of the file" in capsys.readouterr().out
