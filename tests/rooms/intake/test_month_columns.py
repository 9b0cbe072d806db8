"""A ledger with a column for each month: proposed with reasons, one line a month, row and column kept, to the penny."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from consortia.intake.layouts.document import Layout
from consortia.intake.layouts.months import Period, month_columns, read_period
from consortia.intake.ledger_files import Ledger, read_ledger
from consortia.intake.ledger_proposals import ProposedLayout, propose_layout
from consortia.periods import FinancialYear

MONTHS = ("Apr-24", "May-24", "Jun-24")
CODES = ("Cost Centre", "Cost Centre Description", "Account", "Account Description")
BINS = ("00101", "Refuse", "1001", "Salaries")
FUEL = ("00101", "Refuse", "4001", "Fuel")


def _csv(folder: Path, *rows: Sequence[object], name: str = "ledger.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(",".join(f'"{cell}"' for cell in row) for row in rows) + "\n", encoding="utf-8")
    return path


def _read(path: Path) -> tuple[ProposedLayout, Ledger]:
    proposed = propose_layout(path, partner="P")
    return proposed, read_ledger(path, proposed.layout)


def _codes(ledger: Ledger) -> set[str]:
    return {finding.code for finding in ledger.findings}


@pytest.mark.parametrize(
    ("heading", "number", "months", "year"),
    [
        ("Apr-24", 1, 1, 2024), ("March 2025", 12, 1, 2024), ("2024-04-01 00:00:00", 1, 1, 2024),
        ("30/04/2024", 1, 1, 2024), ("2025-01", 10, 1, 2024), ("Jan", 10, 1, None), ("Ebrill", 1, 1, None),
        ("Period 1", 1, 1, None), ("P13", 13, 1, None), ("2024/25 P02", 2, 1, 2024), ("Q3 2024/25", 7, 3, 2024),
        ("Quarter 4", 10, 3, None), ("Jan-Mar 2025", 10, 3, 2024), ("Apr-24 Actual £", 1, 1, 2024),
        ("Actual 2024/25 May", 2, 1, 2024),
    ],
)  # fmt: skip
def test_a_heading_names_its_period(heading: str, number: int, months: int, year: int | None) -> None:
    assert read_period(heading) == Period(number, months, FinancialYear(year) if year else None)


@pytest.mark.parametrize("heading", ["Apr-24 Budget", "May variance", "Total", "15/04/2024", "P&L", "Q5", "Period 16"])
def test_what_names_no_month_of_postings_is_none(heading: str) -> None:
    assert read_period(heading) is None


@pytest.mark.parametrize(
    ("headings", "count"),
    [
        (["Code", *MONTHS], 3),
        (["Code", "Payment Apr-24", "Apr-24"], 0),
        (["Code", "Apr-24", "Apr-24", "May-24", "Jun-24"], 0),
        (["Code", *(str(number) for number in range(1, 13))], 12),
        (["Code", "1", "2", "3"], 0),
        (["Code", *(f"2024{number:02}" for number in range(4, 13))], 9),
    ],
)
def test_months_are_columns_that_follow_each_other(headings: list[str], count: int) -> None:
    assert len(month_columns(headings)) == count


def test_six_figures_are_periods_where_a_year_begins_with_the_first() -> None:
    first = month_columns(["Code", *(f"2024{number:02}" for number in range(1, 13))])[0]
    assert first.period.first_day() == date(2024, 4, 1)


def test_each_month_of_each_row_is_a_line_that_says_where_it_stands(tmp_path: Path) -> None:
    _, ledger = _read(_csv(tmp_path, (*CODES, *MONTHS), (*BINS, "10.10", "", "-3.00"), (*FUEL, "1,000.00", "2", "3")))
    places = ledger.lines.select("row", "column", "date", "amount_pence", "cost_centre_code", "account_code").rows()
    assert places == [
        (2, "E", date(2024, 4, 1), 1_010, "00101", "1001"),
        (2, "G", date(2024, 6, 1), -300, "00101", "1001"),
        (3, "E", date(2024, 4, 1), 100_000, "00101", "4001"),
        (3, "F", date(2024, 5, 1), 200, "00101", "4001"),
        (3, "G", date(2024, 6, 1), 300, "00101", "4001"),
    ]
    assert ledger.lines["financial_year"].unique().to_list() == ["2024-25"]


def test_the_layout_is_proposed_with_reasons(tmp_path: Path) -> None:
    proposed, _ = _read(
        _csv(tmp_path, (*CODES, *MONTHS, "YTD"), (*BINS, "1", "2", "3", "6"), (*FUEL, "1", "1", "1", "3"))
    )
    layout = proposed.layout
    assert [month.heading for month in layout.months] == list(MONTHS)
    assert layout.months[0].reason == "it is the month that begins on 2024-04-01"
    assert layout.heading_of("row_total") == "YTD"
    assert layout.heading_of("amount") is None
    assert all(column.reason for column in layout.columns)


def test_totals_of_rows_and_columns_agree_to_the_penny_and_are_no_lines(tmp_path: Path) -> None:
    path = _csv(
        tmp_path, (*CODES, *MONTHS, "Total"), (*BINS, "0.10", "0.20", "0.30", "0.60"), (*FUEL, "5", "", "", "5.00"),
        ("Total", "", "", "", "5.10", "0.20", "0.30", "5.60"),
    )  # fmt: skip
    _, ledger = _read(path)
    (account,) = ledger.accounts
    assert (account.lines, account.line_rows, account.sum_pence, account.rows) == (4, 2, 560, 3)
    assert [total.agrees for total in account.totals] == [True]
    assert "ledger-row-totals-agree" in _codes(ledger)


def test_a_row_total_that_does_not_agree_is_told_with_the_difference(tmp_path: Path) -> None:
    rows = [(*BINS, "1", "2", "3", "6") for _ in range(20)]
    _, ledger = _read(_csv(tmp_path, (*CODES, *MONTHS, "Total"), *rows, (*FUEL, "1", "1", "1", "3.50")))
    (found,) = (finding for finding in ledger.findings if finding.code == "ledger-row-totals-differ")
    assert "do not add up to the total beside them: 1; in all the totals are £0.50 more" in found.text()
    assert "£0.50 more" in found.text()


def test_periods_take_their_year_from_the_title(tmp_path: Path) -> None:
    periods = [f"Period {number}" for number in range(1, 14)]
    path = _csv(tmp_path, ("Ledger 2023/24",), (*CODES, *periods), (*BINS, *["1"] * 13))
    _, ledger = _read(path)
    days = ledger.lines["date"].to_list()
    assert (days[0], days[9], days[11], days[12]) == (
        date(2023, 4, 1), date(2024, 1, 1), date(2024, 3, 1), date(2024, 3, 31),
    )  # fmt: skip


def test_periods_without_a_year_are_told_and_undated_until_a_person_says_it(tmp_path: Path) -> None:
    path = _csv(tmp_path, (*CODES, "P1", "P2", "P3"), (*BINS, "1", "2", "3"))
    proposed, ledger = _read(path)
    assert "ledger-months-without-year" in _codes(ledger)
    assert ledger.lines["date"].null_count() == 3
    said = proposed.layout.model_copy(update={"period_year": "2024-25"})
    again = read_ledger(path, said)
    assert again.lines["financial_year"].unique().to_list() == ["2024-25"]
    assert "ledger-months-year-said" in _codes(again)


def test_a_column_of_years_dates_each_row(tmp_path: Path) -> None:
    rows = [("2023-24", *BINS, "1", "1", "1"), ("2024/25", *BINS, "1", "1", "1")]
    _, ledger = _read(_csv(tmp_path, ("Financial Year", *CODES, "April", "May", "June"), *rows))
    assert ledger.lines["date"].to_list()[::3] == [date(2023, 4, 1), date(2024, 4, 1)]


def test_quarters_are_dated_their_first_day_and_told(tmp_path: Path) -> None:
    quarters = [f"Q{number} 2024/25" for number in range(1, 5)]
    _, ledger = _read(_csv(tmp_path, (*CODES, *quarters), (*BINS, "1", "2", "3", "4")))
    assert [day.month for day in ledger.lines["date"]] == [4, 7, 10, 1]
    assert "the first day of its quarter" in " ".join(finding.text() for finding in ledger.findings)


def test_the_years_layout_reads_the_next_year(tmp_path: Path) -> None:
    proposed, _ = _read(_csv(tmp_path, (*CODES, *MONTHS), (*BINS, "1", "2", "3")))
    later = _csv(tmp_path, (*CODES, "Apr-25", "May-25", "Jun-25", "Jul-25"), (*BINS, "1", "2", "3", "4"), name="b.csv")
    ledger = read_ledger(later, proposed.layout)
    assert (ledger.sum_pence, ledger.lines["date"].max()) == (1_000, date(2025, 7, 1))
    assert "layout-new-columns" not in _codes(ledger)


def test_budgets_beside_the_actuals_are_not_read(tmp_path: Path) -> None:
    upper = ("", "", *(text for month in MONTHS for text in (month, "")))
    lower = ("Cost Centre", "Account", *(["Actual", "Budget"] * 3))
    proposed, ledger = _read(_csv(tmp_path, upper, lower, ("00101", "1001", "1", "100", "2", "100", "3", "100")))
    assert (proposed.header.row, proposed.header.lines, ledger.sum_pence) == (1, 2, 600)


def test_titles_notes_and_subtotals_between_the_rows_do_not_hide_what_a_column_is(tmp_path: Path) -> None:
    section, note = ("Adult Services", "", "", "", ""), ("Provisional", "", "", "", "")
    rows = [section, ("00101", "Fuel", "1", "2", "3"), section, note, ("Total Adult Services", "", "1", "2", "3")]
    path = _csv(tmp_path, ("Monitoring 2023/24",), ("Cost Centre", "Account", "Apr", "May", "Jun"), *rows)
    proposed, ledger = _read(path)
    assert proposed.layout.heading_of("cost_centre_code") == "Cost Centre"
    assert proposed.layout.months[0].reason == "it is the month that begins on 2023-04-01"
    assert (ledger.sum_pence, [total.agrees for total in ledger.accounts[0].totals]) == (600, [True])


def test_dashes_errors_and_words_are_not_known_and_notes_are_no_lines(tmp_path: Path) -> None:
    rows = [(*BINS, "1", "#REF!", "tbc"), (*FUEL, "-", "", "see note"), ("Printed by finance", "", "", "", "", "", "")]
    _, ledger = _read(_csv(tmp_path, (*CODES, *MONTHS), *rows))
    assert ledger.lines["amount_pence"].to_list() == [100, None, None, None, None]
    assert (ledger.accounts[0].notes, ledger.accounts[0].without_amount) == (1, 4)
    assert {"ledger-amount-formula-error", "ledger-amount-not-a-number", "ledger-amount-no-figure"} <= _codes(ledger)


def test_a_workbook_whose_months_are_dates_and_whose_table_begins_in_column_c(tmp_path: Path) -> None:
    path = tmp_path / "ledger.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page, style = book.add_worksheet("Year"), book.add_format({"num_format": "mmm-yy"})
        page.write_row(4, 2, CODES)
        for number in range(3):
            page.write_datetime(4, 6 + number, date(2024, 4 + number, 1), style)
        page.write_row(5, 2, (*BINS, 0.1, 0.2, 33.333333))
    _, ledger = _read(path)
    assert ledger.lines.select("sheet", "row", "column", "amount_pence").rows() == [
        ("Year", 6, "G", 10), ("Year", 6, "H", 20), ("Year", 6, "I", 3_333),
    ]  # fmt: skip
    assert "ledger-part-of-a-penny" in _codes(ledger)


def test_thousands_of_pounds_in_the_title_hold_for_every_month(tmp_path: Path) -> None:
    proposed, ledger = _read(_csv(tmp_path, ("Spend by month £'000",), (*CODES, *MONTHS), (*BINS, "1.5", "2", "3")))
    assert (proposed.layout.unit, ledger.sum_pence) == ("thousands", 650_000)


def test_a_layout_with_a_year_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="not a financial year"):
        Layout(partner="P", columns=(), period_year="2024-99")


def test_a_grand_total_under_the_total_only_is_held_against_the_lines(tmp_path: Path) -> None:
    rows = (("CC", "Description", "Subjective", *MONTHS, "Total"), ("00120", "Bins", "Pay", "1", "2", "3", "6"))
    _, ledger = _read(_csv(tmp_path, *rows, ("Grand total", "", "", "", "", "", "6.00")))
    (account,) = ledger.accounts
    assert [(one.row, one.pence, one.agrees) for one in account.totals] == [(3, 600, True)]
    assert (account.lines, account.notes) == (3, 0)


def test_cc_over_codes_is_the_cost_centre_and_the_description_beside_it_its_name(tmp_path: Path) -> None:
    rows = (("CC", "Description", "Subjective", *MONTHS), ("00120", "Bins", "Pay", "1", "2", "3"))
    proposed, ledger = _read(_csv(tmp_path, *rows, ("00121", "Parks", "Pay", "1", "2", "3")))
    assert proposed.layout.heading_of("cost_centre_code") == "CC"
    assert proposed.layout.heading_of("cost_centre") == "Description"
    assert ledger.lines["cost_centre_code"].unique().sort().to_list() == ["00120", "00121"]
