"""Actuals for the savings account, from a file that finance keeps."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from consortia.errors import IntakeError
from consortia.intake.actuals import ANSWERS, COLUMNS, read_actuals

HEADINGS = ("Initiative", "Partner", "Financial year", "Kind", "Amount (£)", "Evidence", "Recurrent")
GOOD = ("share-planning", "Burnley Borough Council", "2025-26", "Delivered", 120_000.5, "ledger 4711", "yes")
Workbook = Callable[..., Path]


def test_a_row_becomes_a_line_with_its_cell(workbook: Workbook) -> None:
    (line,), findings = read_actuals(workbook(GOOD, headings=HEADINGS, sheet="Actuals"))
    assert (line.partner, line.year, line.kind, line.amount) == (
        "E07000117",
        "2025-26",
        "delivered",
        Decimal("120000.5"),
    )
    assert (line.evidence, line.recurrent, line.revenue) == ("ledger 4711", "yes", "unknown")
    assert str(line.place) == "burnley.xlsx, Actuals, E4"
    assert findings == ()


def test_every_answer_of_the_cashable_test_has_a_column(workbook: Workbook) -> None:
    row = dict.fromkeys(COLUMNS, "Yes") | dict(
        zip(COLUMNS[:6], ("k", "Burnley", "2025-26", "budgeted", 1, ""), strict=True)
    )
    (line,), _ = read_actuals(workbook(tuple(row.values()), headings=tuple(row)))
    assert {getattr(line, name) for name in ANSWERS} == {"yes"}


def test_faults_are_told_by_cell_and_good_rows_load(workbook: Workbook) -> None:
    bad = ("", "Burnly", "2025", "saved", "lots", "", "perhaps")
    lines, findings = read_actuals(workbook(GOOD, bad, headings=HEADINGS))
    assert len(lines) == 1
    assert [finding.place.cell for finding in findings if finding.place] == ["A5", "B5", "C5", "D5", "E5", "G5"]
    assert "Did you mean Burnley" in findings[1].text()


def test_a_blank_amount_is_no_zero(workbook: Workbook) -> None:
    lines, (finding,) = read_actuals(workbook((*GOOD[:4], "", "", ""), headings=HEADINGS))
    assert lines == ()
    assert finding.text().startswith("The amount is blank.")


def test_a_missing_column_is_named(workbook: Workbook) -> None:
    with pytest.raises(IntakeError, match="there is no column headed kind"):
        read_actuals(workbook(headings=("Initiative", "Partner", "Year", "Amount")))
