"""Files that cannot be read, or that mean harm, get one sentence and a remedy, in bounded memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from consortia.errors import IntakeError
from consortia.intake import containers
from consortia.intake.containers import OLE_MAGIC
from consortia.intake.files import read_return

BURNLEY = "E07000117"
CSV = "Year,Service,Measure,Amount,Status\n2024-25,Recycling,Employees,5,\n"
Text = Callable[..., Path]
Workbook = Callable[..., Path]


def _refusal(path: Path) -> str:
    with pytest.raises(IntakeError) as caught:
        read_return(path, partner=BURNLEY)
    assert caught.value.remedy
    return str(caught.value)


def test_a_missing_file(tmp_path: Path) -> None:
    assert "There is no file" in _refusal(tmp_path / "none.xlsx")


@pytest.mark.parametrize("content", ["", "   \n\n"])
def test_an_empty_file(text_file: Text, content: str) -> None:
    assert "burnley.csv is empty." in _refusal(text_file(content))


def test_a_file_over_the_limit(text_file: Text, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "MAX_BYTES", 10)
    assert "is the limit" in _refusal(text_file(CSV))


def test_a_text_file_named_as_a_workbook(text_file: Text) -> None:
    assert "is plain text in spite of its name" in _refusal(text_file(CSV, name="burnley.xlsx"))


def test_a_workbook_named_as_text(workbook: Workbook) -> None:
    assert "is an Excel workbook in spite of its name" in _refusal(workbook(name="burnley.csv"))


def test_a_web_page_named_as_a_workbook(text_file: Text) -> None:
    assert "is a web page" in _refusal(text_file("<html><table></table></html>", name="export.xls"))


def test_a_pdf(text_file: Text) -> None:
    assert "is a PDF" in _refusal(text_file("%PDF-1.7 ...", name="return.xlsx"))


def test_bytes_that_are_neither_workbook_nor_text(tmp_path: Path) -> None:
    path = tmp_path / "return.csv"
    path.write_bytes(bytes(range(256)) * 10)
    assert "neither a workbook nor text" in _refusal(path)


def test_a_workbook_protected_by_a_password(tmp_path: Path) -> None:
    path = tmp_path / "return.xlsx"
    path.write_bytes(OLE_MAGIC + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600)
    assert "protected by a password" in _refusal(path)


def test_a_workbook_cut_short(workbook: Workbook) -> None:
    path = workbook()
    path.write_bytes(path.read_bytes()[:2000])
    assert "damaged" in _refusal(path)


def test_an_old_workbook_cut_short(tmp_path: Path) -> None:
    path = tmp_path / "return.xls"
    path.write_bytes(OLE_MAGIC + b"\0" * 2000)
    assert "cannot be read" in _refusal(path)


def test_a_packed_file_that_is_no_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "letter.xlsx"
    path.write_bytes(_zipped({"word/document.xml": b"<w/>"}))
    assert "no spreadsheet" in _refusal(path)


def test_a_small_file_that_unpacks_to_gigabytes(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(_zipped({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": bytes(30 * 2**20)}))
    assert path.stat().st_size < 100_000
    assert "unpacks to far more than a return holds" in _refusal(path)


def test_a_file_that_packs_thousands_of_files(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(_zipped({"xl/workbook.xml": b"<workbook/>"} | {f"x{i}.xml": b"" for i in range(2_100)}))
    assert "packs 2,101 files" in _refusal(path)


def test_two_cells_at_the_corners_of_a_sheet(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "corners.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Costs")
        page.write(0, 0, "a")
        page.write(1_048_575, 16_383, "b")
    assert "'Costs' of corners.xlsx reaches to XFD1048576" in _refusal(path)


def test_a_cell_repeated_a_thousand_million_times(tmp_path: Path) -> None:
    cell = b'<table:table-cell office:value-type="string" table:number-columns-repeated="16384"><text:p>a</text:p>'
    row = b'<table:table-row table:number-rows-repeated="1048576">' + cell + b"</table:table-cell></table:table-row>"
    content = (
        b'<office:document-content><table:table table:name="S">' + row + b"</table:table></office:document-content>"
    )
    path = tmp_path / "repeat.ods"
    path.write_bytes(_zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content}))
    assert "'S' of repeat.ods reaches to XFD1048576" in _refusal(path)


def test_the_wrong_sheet_names_the_sheets_there_are(workbook: Workbook) -> None:
    path = workbook(("a", "b"), sheet="Staff", headings=("Name", "Grade"))
    assert "None of the sheets of burnley.xlsx ('Staff') has the headings Year, Service" in _refusal(path)


def test_a_missing_column_is_named(workbook: Workbook) -> None:
    path = workbook(("2024-25", "Recycling", 5), headings=("Year", "Service", "Amount"))
    assert "sheet 'Costs', row 3: there is no column headed Measure." in _refusal(path)


def test_amounts_in_thousands_are_refused(workbook: Workbook) -> None:
    path = workbook(headings=("Year", "Service", "Measure", "Amount", "Amount (£000)"))
    assert "in thousands" in _refusal(path)


def _zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return out.getvalue()
