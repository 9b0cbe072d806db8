"""A ledger from file to study on the command line: propose, confirm, load, load again."""

from __future__ import annotations

from pathlib import Path

import pytest

from consortia.cli.ledgers import load_ledger, show_layout
from consortia.cli.studies import start_study
from consortia.errors import IntakeError
from consortia.study.ledger import ledger_path, read_ledger_table

BURNLEY = "E07000117"
LINES = "Payment Date,Service,Expense Type,Supplier Name,Net Amount\n01/04/2025,Bins,Fuel,=cmd(),10.00\n,,,,10.00\n"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = tmp_path / "study"
    start_study(folder, partners=["Burnley", "Pendle"], editions=["rsx-2024-25"], title="Two")
    (tmp_path / "april.csv").write_text(LINES, encoding="utf-8")
    return folder


def test_a_ledger_needs_a_confirmed_layout(study: Path, tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="No layout was confirmed"):
        load_ledger(study, tmp_path / "april.csv", partner="Burnley", export=None)


def test_a_ledger_loads_the_same_bytes_each_time(
    study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, export = tmp_path / "april.csv", tmp_path / "lines.csv"
    show_layout(study, file, partner="Burnley", confirm=True, chosen=["service=Service"])
    load_ledger(study, file, partner="Burnley", export=export)
    first = ledger_path(study, BURNLEY).read_bytes()
    load_ledger(study, file, partner="Burnley", export=export)
    assert ledger_path(study, BURNLEY).read_bytes() == first
    assert "'=cmd()" in export.read_text(encoding="utf-8-sig")
    said = capsys.readouterr().out
    assert "Loaded 1 line, £10.00 (nominal)" in said
    assert "the lines agree to the penny" in said


def test_the_lines_of_the_study_say_where_they_stand(study: Path, tmp_path: Path) -> None:
    file = tmp_path / "april.csv"
    show_layout(study, file, partner="Burnley", confirm=True, chosen=["service=Service"])
    load_ledger(study, file, partner="Burnley", export=None)
    kept = read_ledger_table(study, BURNLEY)
    assert kept is not None
    (line,) = kept.collect().rows(named=True)
    assert (line["file"], line["row"], line["financial_year"], line["service_text"]) == (
        "april.csv",
        2,
        "2025-26",
        "Bins",
    )
    assert (line["amount_pence"], line["supplier"], line["currency"]) == (1_000, "=cmd()", "GBP")
