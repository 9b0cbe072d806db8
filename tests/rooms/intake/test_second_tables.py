"""Several tables on one sheet: each read by a layout of its own, or told; nothing is lost without a word."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter

from consortia.errors import IntakeError
from consortia.intake.ledger_files import Ledger, read_ledger
from consortia.intake.ledger_proposals import ProposedLayout, propose_layout

Rows = Sequence[Sequence[object]]
LEDGER: Rows = (
    ("Payment Date", "Cost Centre", "Supplier Name", "Net Amount"),
    ("01/04/2025", "00123", "Alder Care Limited", "100.00"),
    ("02/04/2025", "00456", "Birch Homes", "250.50"),
)
CARDS: Rows = (
    ("Transaction Date", "Merchant Category", "Transaction Reference", "Total"),
    ("05/04/2025", "Stationers", "771", "7.25"),
    ("06/04/2025", "Fuel", "772", "12.00"),
)
SUMMARY: Rows = (("Directorate", "Total Amount"), ("Adults", "350.50"))


def _book(folder: Path, *tables: tuple[int, int, Rows], name: str = "ledger.xlsx") -> Path:
    """A sheet "Year" with tables at the given rows and columns (from 0)."""
    path = folder / name
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Year")
        for top, left, rows in tables:
            for number, row in enumerate(rows):
                page.write_row(top + number, left, row)
    return path


def _read(path: Path, **how: Sequence[str]) -> tuple[ProposedLayout, Ledger]:
    proposed = propose_layout(path, partner="P", **how)
    return proposed, read_ledger(path, proposed.layout)


def _places(ledger: Ledger) -> list[tuple[int, int]]:
    return ledger.lines.select("row", "amount_pence").rows()


def _said(findings: object) -> str:
    return " ".join(finding.text() for finding in findings)  # type: ignore[attr-defined]


def test_a_table_below_has_a_layout_of_its_own(tmp_path: Path) -> None:
    proposed, ledger = _read(_book(tmp_path, (0, 0, LEDGER), (6, 0, CARDS)))
    assert [further.table for further in proposed.more] == ["Year!A7"]
    assert proposed.layout.more[0].heading_of("reference") == "Transaction Reference"
    assert "begins at Year!A7: 2 lines, £19.25. It is read by a layout of its own" in _said(proposed.findings)
    assert _places(ledger) == [(2, 10_000), (3, 25_050), (8, 725), (9, 1_200)]
    assert [account.table for account in ledger.accounts] == ["Year", "Year!A7"]


def test_a_table_below_in_a_text_file_too(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    rows = [*LEDGER, ("", "", "", ""), ("Card payments", "", "", ""), *CARDS]
    path.write_text("\n".join(",".join(str(cell) for cell in row) for row in rows) + "\n")
    proposed, ledger = _read(path)
    assert proposed.more[0].table == "A6"
    assert _places(ledger) == [(2, 10_000), (3, 25_050), (7, 725), (8, 1_200)]
    assert _places(_read(path, tables=["A6"])[1]) == [(7, 725), (8, 1_200)]


def test_a_table_far_below(tmp_path: Path) -> None:
    many = [LEDGER[0], *(("01/04/2025", "00123", f"Supplier {n}", "1.00") for n in range(400))]
    _, ledger = _read(_book(tmp_path, (0, 0, many), (405, 0, CARDS)))
    assert [account.sum_pence for account in ledger.accounts] == [40_000, 1_925]


def test_a_table_to_the_side_is_told_apart_by_the_column(tmp_path: Path) -> None:
    proposed, ledger = _read(_book(tmp_path, (0, 0, LEDGER), (2, 6, CARDS)))
    assert proposed.more[0].table == "Year!G3"
    assert ledger.lines.select("row", "column", "amount_pence").rows() == [
        (2, "D", 10_000), (3, "D", 25_050), (4, "J", 725), (5, "J", 1_200),
    ]  # fmt: skip


def test_tables_below_and_beside_each_other_of_the_same_headings_need_one_layout(tmp_path: Path) -> None:
    proposed, ledger = _read(_book(tmp_path, (0, 0, LEDGER), (5, 2, LEDGER), (0, 8, LEDGER)))
    assert proposed.layout.more == ()
    assert ledger.sum_pence == 3 * 35_050


def test_a_small_table_above_the_ledger_is_not_lost(tmp_path: Path) -> None:
    _, ledger = _read(_book(tmp_path, (1, 0, CARDS), (7, 0, LEDGER)))
    assert sorted(_places(ledger)) == [(3, 725), (4, 1_200), (9, 10_000), (10, 25_050)]


def test_three_tables_with_three_kinds_of_headings(tmp_path: Path) -> None:
    months = [("Cost Centre", "Account", "Apr-25", "May-25", "Jun-25"), ("00123", "Fuel", "1", "2", "3")]
    _, ledger = _read(_book(tmp_path, (0, 0, LEDGER), (5, 0, CARDS), (10, 0, months)))
    assert [account.sum_pence for account in ledger.accounts] == [35_050, 1_925, 600]


def test_a_summary_is_told_and_not_counted_twice(tmp_path: Path) -> None:
    proposed, ledger = _read(_book(tmp_path, (0, 0, LEDGER), (0, 6, SUMMARY)))
    assert ledger.sum_pence == 35_050
    assert "begins at Year!G1: 1 lines, £350.50. It is not read: another has the same sum" in _said(proposed.findings)
    assert "The table at Year!G1 has other headings than the layout: 1 lines, £350.50, were not read" in _said(
        ledger.findings
    )


def test_a_table_without_days_or_references_is_told_and_not_read(tmp_path: Path) -> None:
    few = (SUMMARY[0], ("Adults", "12.00"))
    proposed, ledger = _read(_book(tmp_path, (0, 0, LEDGER), (6, 0, few)))
    assert "may be a summary" in _said(proposed.findings)
    assert ledger.sum_pence == 35_050


def test_a_person_names_the_tables(tmp_path: Path) -> None:
    path = _book(tmp_path, (0, 0, LEDGER), (6, 1, (SUMMARY[0], ("Adults", "12.00"))))
    proposed, ledger = _read(path, tables=["Year!B7"])
    assert proposed.layout.begins == "Year!B7"
    assert _places(ledger) == [(8, 1_200)]
    assert "because a person named it" in _said(ledger.findings)
    _, both = _read(path, tables=["Year!A1", "Year!B7"])
    assert both.sum_pence == 35_050 + 1_200


def test_headings_that_say_nothing_are_read_where_a_person_names_them(tmp_path: Path) -> None:
    odd = (("What", "Whom", "How much (value)"), ("Paper", "Fern", "3.00"), ("Ink", "Moss", "4.00"))
    path = _book(tmp_path, (0, 0, LEDGER), (6, 0, odd))
    _, ledger = _read(path)
    assert "A table begins at Year!A7, but its headings say too little; its 2 rows are not read" in _said(
        ledger.findings
    )
    named = propose_layout(path, partner="P", tables=["Year!A7"])
    from consortia.intake.ledger_proposals import with_choices

    layout = with_choices(named, {"supplier": "Whom"})
    assert read_ledger(path, layout).sum_pence == 700
    moved = _book(tmp_path, (0, 0, LEDGER), (9, 2, odd), name="next.xlsx")
    assert _places(read_ledger(moved, layout)) == [(11, 300), (12, 400)]


@pytest.mark.parametrize("name", ["Year!A3", "Other!A1", "nowhere", "Year!Z99"])
def test_a_name_that_is_no_table_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(IntakeError):
        propose_layout(_book(tmp_path, (0, 0, LEDGER)), partner="P", tables=[name])


def test_a_further_table_that_is_missing_next_time_is_told(tmp_path: Path) -> None:
    proposed, _ = _read(_book(tmp_path, (0, 0, LEDGER), (6, 0, CARDS)))
    ledger = read_ledger(_book(tmp_path, (0, 0, LEDGER), name="may.xlsx"), proposed.layout)
    assert ledger.sum_pence == 35_050
    assert "no table with the headings" in _said(ledger.findings)


def test_cells_in_columns_without_a_role_make_a_row_a_note(tmp_path: Path) -> None:
    rows = [*LEDGER, ("", "", "", "", "seen by A. Nother")]
    _, ledger = _read(_book(tmp_path, (0, 0, [(*LEDGER[0], "Remark"), *rows[1:]])))
    assert (ledger.accounts[0].notes, ledger.accounts[0].blanks) == (1, 0)
