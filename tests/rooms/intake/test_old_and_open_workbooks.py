"""Ledgers as OpenDocument spreadsheets and Excel 97-2003 workbooks, from the file to its lines."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from datetime import date
from html import escape
from pathlib import Path

import pytest
import xlsxwriter

from consortia.errors import IntakeError
from consortia.intake.ledger_files import Ledger, read_ledger
from consortia.intake.ledger_proposals import propose_layout

SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)
BLANK = "<table:table-cell/>"


def _text(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'


def _number(value: str) -> str:
    shown = f"<text:p>{value}</text:p>"
    return f'<table:table-cell office:value-type="float" office:value="{value}">{shown}</table:table-cell>'


def _day(value: str) -> str:
    shown = "/".join(reversed(value.split("-")))
    return (
        f'<table:table-cell office:value-type="date" office:date-value="{value}"><text:p>{shown}</text:p>'
        "</table:table-cell>"
    )


def _failed() -> str:
    return (
        '<table:table-cell table:formula="of:=[.A1]/0" office:value-type="string" office:string-value="" '
        'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
    )


HEADINGS = ("Payment Date", "Cost Centre", "Supplier Name", "Net Amount")
ROWS = [
    [_text(heading) for heading in HEADINGS],
    [_day("2025-04-01"), _text("00123"), _text("Alder & Co"), _number("100")],
    [_day("2025-04-02"), _text("00456"), _text("Birch Homes"), _number("250.5")],
    [_day("2025-04-03"), _text("00456"), _text("Cedar Café"), _failed()],
    [BLANK, BLANK, _text("Total"), _number("350.5")],
]


def _ods(folder: Path, rows: list[list[str]], *, left: int = 0, more: str = "") -> Path:
    margin = f'<table:table-cell table:number-columns-repeated="{left}"/>' if left else ""
    body = "".join(f"<table:table-row>{margin}{''.join(row)}</table:table-row>" for row in rows)
    content = (
        f'<office:document-content {SPACES} office:version="1.3"><office:body><office:spreadsheet>'
        f'<table:table table:name="Ledger">{body}{more}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    path = folder / "ledger.ods"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        packed.writestr("content.xml", content)
        packed.writestr("META-INF/manifest.xml", "<manifest/>")
    return path


def _read(path: Path) -> Ledger:
    return read_ledger(path, propose_layout(path, partner="P").layout)


def test_an_opendocument_ledger_to_the_penny_with_file_sheet_and_row(tmp_path: Path) -> None:
    ledger = _read(_ods(tmp_path, ROWS))
    kept = ledger.lines.select("file", "sheet", "row", "date", "cost_centre_code", "supplier", "amount_pence").rows()
    assert kept == [
        ("ledger.ods", "Ledger", 2, date(2025, 4, 1), "00123", "Alder & Co", 10_000),
        ("ledger.ods", "Ledger", 3, date(2025, 4, 2), "00456", "Birch Homes", 25_050),
        ("ledger.ods", "Ledger", 4, date(2025, 4, 3), "00456", "Cedar Café", None),
    ]
    assert [(total.pence, total.agrees) for total in ledger.accounts[0].totals] == [(35_050, True)]


def test_a_formula_error_in_an_opendocument_ledger_is_told(tmp_path: Path) -> None:
    codes = {finding.code for finding in _read(_ods(tmp_path, ROWS)).findings}
    assert "ledger-amount-formula-error" in codes


def test_months_in_an_opendocument_ledger_that_begins_in_column_d(tmp_path: Path) -> None:
    months = [_day(f"2024-0{number}-01") for number in (4, 5, 6)]
    rows = [
        [_text("Cost Centre"), _text("Account"), *months],
        [_text("00123"), _text("Fuel"), _number("1.25"), BLANK, _number("-0.05")],
    ]
    ledger = _read(_ods(tmp_path, rows, left=3))
    assert ledger.lines.select("row", "column", "date", "amount_pence").rows() == [
        (2, "F", date(2024, 4, 1), 125),
        (2, "H", date(2024, 6, 1), -5),
    ]


def test_a_second_table_in_an_opendocument_ledger(tmp_path: Path) -> None:
    cards = [
        [BLANK] * 4,
        [_text(heading) for heading in ("Transaction Date", "Merchant Category", "Transaction Reference", "Total")],
        [_day("2025-04-05"), _text("Stationers"), _text("771"), _number("7.25")],
    ]
    assert [account.sum_pence for account in _read(_ods(tmp_path, [*ROWS, *cards])).accounts] == [35_050, 725]


def test_a_million_blank_rows_at_the_end_cost_nothing(tmp_path: Path) -> None:
    blanks = (
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    assert _read(_ods(tmp_path, ROWS, more=blanks)).sum_pence == 35_050


def test_a_line_repeated_a_million_times_is_refused(tmp_path: Path) -> None:
    cell = _number("1").replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="1000"')
    many = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>'
    with pytest.raises(IntakeError, match="far beyond any ledger"):
        _read(_ods(tmp_path, ROWS, more=many))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice, which writes the old format, is not here")
@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_a_workbook_saved_by_libreoffice_in_the_older_formats(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "ledger.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page, style = book.add_worksheet("Ledger"), book.add_format({"num_format": "dd/mm/yyyy"})
        page.write_row(3, 1, HEADINGS)
        for number in range(1, 4):
            page.write_datetime(3 + number, 1, date(2025, 4, number), style)
            page.write_row(3 + number, 2, ("00123", f"Supplier {number}", number / 10))
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", ending,
         "--outdir", str(tmp_path), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    ledger = _read(tmp_path / f"ledger.{ending}")
    assert ledger.lines.select("row", "date", "cost_centre_code", "amount_pence").rows() == [
        (5, date(2025, 4, 1), "00123", 10),
        (6, date(2025, 4, 2), "00123", 20),
        (7, date(2025, 4, 3), "00123", 30),
    ]
