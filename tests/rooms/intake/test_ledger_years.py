"""The year of a ledger line is what its file states, else that of its day, else what a person stated; or it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from consortia.intake.layouts.document import Layout
from consortia.intake.ledger_files import Ledger, read_ledger
from consortia.intake.ledger_proposals import propose_layout
from consortia.intake.ledger_years import undated_layout, undated_lines, year_of


def layout_of(path: Path) -> Layout:
    return propose_layout(path, partner="E06000001").layout


def loaded(path: Path, **settings: str) -> Ledger:
    return read_ledger(path, layout_of(path).model_copy(update=settings))


def a_file(folder: Path, *columns: str) -> Path:
    """Six lines with an amount and these columns, each "Heading: value"."""
    pairs = [column.split(": ") for column in columns]
    heading = ",".join(["Cost Centre Code", "Cost Centre", "Account Code", "Account", *(h for h, _ in pairs), "Amount"])
    rows = [
        ",".join([f"010{n}", "Libraries", "1000", "Salaries", *(v for _, v in pairs), f"{n}00.00"]) for n in range(1, 7)
    ]
    path = folder / "ledger.csv"
    path.write_text("\n".join([heading, *rows]) + "\n")
    return path


@pytest.mark.parametrize("text", ["2024-25", "2024/25", "2024-2025", "24/25", "FY 2024/25", "202425", " 2024/25 "])
def test_a_year_is_read_however_it_is_written(text: str) -> None:
    assert year_of(text) == "2024-25"


@pytest.mark.parametrize("text", ["2024", "2021", "2425", "2024-26", "April", ""])
def test_what_states_no_financial_year_is_none(text: str) -> None:
    assert year_of(text) == ""


@pytest.mark.parametrize("written", ["2024/25", "2024-25"])
def test_the_lines_of_a_file_with_a_year_column_are_of_that_year(tmp_path: Path, written: str) -> None:
    path = a_file(tmp_path, f"Financial Year: {written}")
    assert set(loaded(path).lines["financial_year"]) == {"2024-25"}
    assert undated_layout(layout_of(path)) == ()


def test_the_year_of_the_accounts_goes_before_the_day_of_posting(tmp_path: Path) -> None:
    path = a_file(tmp_path, "Posting Date: 14/04/2025", "Financial Year: 2024/25")
    assert set(loaded(path).lines["financial_year"]) == {"2024-25"}


def test_an_undated_file_is_told_when_it_is_looked_at_and_when_it_is_loaded(tmp_path: Path) -> None:
    path = a_file(tmp_path)
    (at_layout,) = undated_layout(layout_of(path))
    (at_loading,) = undated_lines(loaded(path).lines, path.name)
    assert "--year 2024-25" in at_layout.remedy
    assert at_loading.filled() == {"count": "6", "amount": "2,100.00"}


def test_a_stated_year_is_that_of_the_lines_without_one(tmp_path: Path) -> None:
    lines = loaded(a_file(tmp_path), period_year="2024-25").lines
    assert set(lines["financial_year"]) == {"2024-25"}
    assert undated_lines(lines, "ledger.csv") == ()
