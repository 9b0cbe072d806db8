"""Whatever people send, reading it ends in lines and findings or in one sentence; never in a crash."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from consortia.errors import IntakeError
from consortia.intake.actuals import read_actuals
from consortia.intake.files import read_return

BURNLEY = "E07000117"
HEADINGS = ("Year", "Service", "Measure", "Amount (£)", "Status")
WORDS = st.sampled_from(
    ["2024-25", "Recycling", "Employees", "known", "{year}", "=1/0", "[x]", "(1e999999999)", "£-", ""]
)
CELLS = st.one_of(WORDS, st.text(max_size=20), st.floats(), st.integers(), st.booleans(), st.none())
ROWS = st.lists(st.lists(CELLS, min_size=5, max_size=6), max_size=8)
ACTUALS = ("initiative", "partner", "year", "kind", "amount")


def _workbook(rows: list[list[object]], headings: tuple[str, ...]) -> bytes:
    out = io.BytesIO()
    options = {"in_memory": True, "nan_inf_to_errors": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        page = book.add_worksheet("Costs")
        for number, row in enumerate([list(headings), *rows]):
            page.write_row(number, 0, row)
    return out.getvalue()


def _file(content: bytes, ending: str, folder: str) -> Path:
    path = Path(folder) / f"return{ending}"
    path.write_bytes(content)
    return path


@given(rows=ROWS)
@settings(max_examples=80, deadline=None)
def test_any_cells_become_lines_or_findings_with_their_cell(rows: list[list[object]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        returned, findings = read_return(_file(_workbook(rows, HEADINGS), ".xlsx", folder), partner=BURNLEY)
        read_actuals(_file(_workbook(rows, ACTUALS), ".xlsx", folder))
    assert returned.costs.filter(status="known")["amount_pence"].null_count() == 0
    assert all(finding.text() and finding.place for finding in findings)


def _outcome(content: bytes, ending: str) -> str:
    """ "read", or the remedy that the person is given."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            read_return(_file(content, ending, folder), partner=BURNLEY)
        except IntakeError as error:
            return error.remedy
    return "read"


@given(content=st.binary(max_size=300), ending=st.sampled_from([".csv", ".xlsx", ".xls", ".ods"]))
@settings(max_examples=150, deadline=None)
def test_any_bytes_under_any_name_end_in_a_sentence(content: bytes, ending: str) -> None:
    assert _outcome(content, ending)


@given(place=st.integers(0, 10_000), byte=st.integers(0, 255), cut=st.integers(1, 6_000))
@settings(max_examples=100, deadline=None)
def test_a_workbook_damaged_anywhere_ends_in_lines_or_a_sentence(place: int, byte: int, cut: int) -> None:
    content = bytearray(_workbook([["2024-25", "Recycling", "Employees", 5, ""]], HEADINGS))
    content[place % len(content)] = byte
    assert _outcome(bytes(content), ".xlsx")
    assert _outcome(bytes(content[:cut]), ".xlsx")


@given(place=st.integers(0, 10**6), junk=st.binary(min_size=1, max_size=12))
@settings(max_examples=100, deadline=None)
def test_a_workbook_with_junk_in_its_sheets_ends_in_lines_or_a_sentence(place: int, junk: bytes) -> None:
    assert _outcome(_spoiled(_workbook([["2024-25", "Recycling", "Employees", 5, ""]], HEADINGS), place, junk), ".xlsx")


def _spoiled(workbook: bytes, place: int, junk: bytes) -> bytes:
    """The workbook with junk written over one of its parts, packed again so that the zip itself is sound."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        for name in names:
            part = bytearray(old.read(name))
            if name == names[place % len(names)]:
                start = place // len(names) % len(part)
                part[start : start + len(junk)] = junk
            new.writestr(name, bytes(part))
    return out.getvalue()
