"""Returns as text: any usual separator and encoding."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from consortia.intake.files import read_return

BURNLEY = "E07000117"
ROWS = (("Return of Burnley, for Café & Co., the year, 2024-25",), ("Year", "Service", "Measure", "Amount", "Status"),
        ("2024-25", "Recycling", "Employees", "£1,500.25", ""))  # fmt: skip
Text = Callable[..., Path]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_any_usual_separator_is_found(text_file: Text, mark: str) -> None:
    text = "\n".join(mark.join(f'"{cell}"' for cell in row) for row in ROWS)
    returned, _ = read_return(text_file(text), partner=BURNLEY)
    assert returned.costs["amount_pence"].to_list() == [150_025]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_any_usual_encoding_is_read(text_file: Text, encoding: str) -> None:
    text = "\r\n".join(";".join(row) for row in ROWS)
    returned, _ = read_return(text_file(text, encoding=encoding), partner=BURNLEY)
    assert returned.costs["amount_pence"].to_list() == [150_025]


def test_the_place_in_a_text_file_is_a_cell_without_a_sheet(text_file: Text) -> None:
    _, findings = read_return(
        text_file("Year,Service,Measure,Amount\n2024-25,Recycling,Employees,x\n"), partner=BURNLEY
    )
    assert str(findings[0].place) == "burnley.csv, D2"
