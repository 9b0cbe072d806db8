"""Postings whose amount is not known are lines all the same; notes, headings and blank rows are none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from consortia.intake.ledger_files import Ledger, read_ledger
from consortia.intake.ledger_proposals import propose_layout
from consortia.intake.mapping.codes import codes_of
from consortia.intake.mapping.coverage import coverage_findings

HEADINGS = "Cost Centre,Cost Centre Name,Account,Account Name,Year,Net Amount\n"
ROWS = HEADINGS + (
    "0101,Refuse,1000,Salaries,2024-25,100.00\n"
    "0102,Libraries,9100,Fees,2024-25,n/a\n"
    "0103,Parks,1000,Salaries,2024-25,\n"
    "0104,Roads,1000,Salaries,2024-25,[x]\n"
)


def loaded(path: Path) -> Ledger:
    return read_ledger(path, propose_layout(path, partner="E07000117").layout)


def test_postings_without_a_known_amount_are_lines_and_are_told(text_file: Callable[..., Path]) -> None:
    ledger = loaded(text_file(ROWS))
    (account,) = ledger.accounts
    assert (account.lines, account.without_amount, account.notes) == (4, 3, 0)
    assert [f.text() for f in ledger.findings if f.code == "ledger-amount-no-figure"] == [
        "Lines without an amount, which is not known and not zero: 3."
    ]


def test_they_block_the_return_until_somebody_says_what_they_are(text_file: Callable[..., Path]) -> None:
    ledger = loaded(text_file(ROWS)).lines
    costs = ledger.select(year="financial_year", service="cost_centre").head(1)
    found = coverage_findings(ledger, [], costs=costs, before=[])
    assert [(f.code, dict(f.values)["count"]) for f in found] == [("ledger-amount-not-known", "3")]


def test_of_a_workbook_as_well(workbook: Callable[..., Path]) -> None:
    headings, *rows = [line.split(",") for line in ROWS.splitlines()]
    path = workbook(*([*row[:5], float(row[5])] if row[5] == "100.00" else row for row in rows), headings=headings)
    (account,) = loaded(path).accounts
    assert (account.lines, account.without_amount, account.notes) == (4, 3, 0)


@pytest.mark.parametrize(
    "row", ["Source: finance system,,,,,", "0105,Leisure,,,,", "Prepared by,A Clerk,,,,", "Total,,1000,Salaries,,"]
)
def test_notes_and_headings_between_the_rows_stay_notes(text_file: Callable[..., Path], row: str) -> None:
    (account,) = loaded(text_file(ROWS + row + "\n")).accounts
    assert (account.lines, account.notes) == (4, 1)


def test_where_a_ledger_names_services_only_a_mark_shows_a_posting(text_file: Callable[..., Path]) -> None:
    text = "Directorate,Service,Supplier,Net Amount\nPlace,Bins,Alder,5.00\nPlace,Parks,Birch,n/a\nPlace,Roads,,\n"
    (account,) = loaded(text_file(text)).accounts
    assert (account.lines, account.without_amount, account.notes) == (2, 1, 1)


def test_a_code_tells_how_many_of_its_postings_have_no_amount(text_file: Callable[..., Path]) -> None:
    pay = next(one for one in codes_of(loaded(text_file(ROWS)).lines) if one.local == "1000")
    assert (pay.postings, pay.without_amount, pay.gross_pence) == (3, 2, 100_00)
