"""What the rows of a partner's return become: lines with their cells, and findings with theirs."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from consortia.findings import Finding, Severity
from consortia.intake.files import read_return
from consortia.study import Return
from consortia.study.fingerprints import return_digest

BURNLEY = "E07000117"
GOOD = ("2024-25", "Waste collection", "Employees", 1234.56, "")
Workbook = Callable[..., Path]


def _read(path: Path) -> tuple[Return, tuple[Finding, ...]]:
    return read_return(path, partner=BURNLEY)


def _only(findings: tuple[Finding, ...], code: str) -> Finding:
    found = [finding for finding in findings if finding.code == code]
    assert len(found) == 1, [str(finding) for finding in findings]
    return found[0]


def test_a_row_becomes_a_line_with_the_cell_of_its_amount(workbook: Workbook) -> None:
    returned, _ = _read(workbook(GOOD))
    line = returned.costs.row(0, named=True)
    assert (line["year"], line["service"], line["measure"]) == (
        "2024-25",
        "environmental.waste_collection",
        "employees",
    )
    assert (line["amount_pence"], line["status"]) == (123_456, "known")
    assert (line["file"], line["sheet"], line["cell"]) == ("burnley.xlsx", "Costs", "D4")


def test_the_name_and_hash_of_the_upload_stand_in_the_header(workbook: Workbook) -> None:
    returned, _ = _read(workbook(GOOD))
    (upload,) = returned.header.uploads
    assert upload.name == "burnley.xlsx"
    assert len(upload.sha256) == 64


def test_text_in_a_number_column_is_told_by_cell_and_the_other_rows_load(workbook: Workbook) -> None:
    returned, findings = _read(workbook(GOOD, ("2024-25", "Recycling", "Employees", "about 3m", "")))
    finding = _only(findings, "amount-unreadable")
    assert str(finding.place) == "burnley.xlsx, Costs, D5"
    assert finding.text().startswith("'about 3m' is text in a number column.")
    assert returned.costs.height == 1


def test_an_unknown_service_gets_a_suggestion(workbook: Workbook) -> None:
    _, findings = _read(workbook(("2024-25", "Waste colection", "Employees", 1, "")))
    assert "Did you mean Waste collection" in _only(findings, "service-unreadable").text()


def test_an_unknown_measure_gets_a_suggestion(workbook: Workbook) -> None:
    _, findings = _read(workbook(("2024-25", "Recycling", "Employes", 1, "")))
    assert "Did you mean Employees" in _only(findings, "measure-unreadable").text()


def test_every_fault_of_a_row_is_told(workbook: Workbook) -> None:
    _, findings = _read(workbook(GOOD, ("2024", "Wast", "Staf", "x", "")))
    faults = [finding for finding in findings if finding.severity is Severity.ERROR]
    assert [finding.place.cell for finding in faults if finding.place] == ["A5", "B5", "C5", "D5"]


@pytest.mark.parametrize("year", ["2024", 2024, "24-25", "2024-26", date(2024, 4, 1)])
def test_what_is_no_financial_year_is_not_guessed(workbook: Workbook, year: object) -> None:
    value = year if not isinstance(year, date) else year.isoformat()
    _, findings = _read(workbook(GOOD, (value, *GOOD[1:])))
    assert _only(findings, "year-unreadable").place.cell == "A5"


@pytest.mark.parametrize(("written", "pence"), [("£1,234.50", 123_450), ("(2,000)", -200_000), ("1 000", 100_000)])
def test_amounts_are_read_as_people_write_them(workbook: Workbook, written: str, pence: int) -> None:
    returned, _ = _read(workbook(("2024-25", "Recycling", "Employees", written, "")))
    assert returned.costs["amount_pence"].to_list() == [pence]


@pytest.mark.parametrize("written", ["1e999999999", "(1e999999999)", "9" * 400, "nan", "inf", "TRUE"])
def test_amounts_beyond_all_budgets_are_told_and_not_loaded(workbook: Workbook, written: str) -> None:
    returned, findings = _read(workbook(GOOD, ("2024-25", "Recycling", "Employees", written, "")))
    assert _only(findings, "amount-unreadable").place.cell == "D5"
    assert returned.costs.height == 1


@pytest.mark.parametrize("blank", ["", "[x]", "n/k", ".."])
def test_a_blank_amount_is_not_known_and_never_zero(workbook: Workbook, blank: str) -> None:
    returned, findings = _read(workbook(GOOD, ("2024-25", "Recycling", "Employees", blank, "")))
    assert returned.costs.row(1, named=True)["status"] == "not_known"
    assert returned.costs["amount_pence"].to_list() == [123_456, None]
    assert _only(findings, "left-blank").severity is Severity.NOTE


def test_not_provided_is_kept_apart_from_not_known(workbook: Workbook) -> None:
    returned, _ = _read(workbook(GOOD, ("2024-25", "Libraries", "Employees", "", "Not provided")))
    assert returned.costs["status"].to_list() == ["known", "not_provided"]


def test_an_amount_with_the_status_not_known_is_a_contradiction(workbook: Workbook) -> None:
    _, findings = _read(workbook(GOOD, ("2024-25", "Recycling", "Employees", 5, "Not known")))
    assert _only(findings, "status-unreadable").place.cell == "E5"


def test_welsh_words_are_read(workbook: Workbook) -> None:
    headings = ("Blwyddyn", "Gwasanaeth", "Mesur", "Swm (£)", "Statws")
    returned, _ = _read(workbook(("2024-25", "environmental.recycling", "Gweithwyr", 7, "Hysbys"), headings=headings))
    assert returned.costs["measure"].to_list() == ["employees"]


def test_a_year_without_one_amount_is_an_error(workbook: Workbook) -> None:
    _, findings = _read(workbook(GOOD, ("2023-24", "Recycling", "Employees", "", "")))
    finding = _only(findings, "year-without-data")
    assert finding.severity is Severity.ERROR
    assert "2023-24" in finding.text()


@pytest.mark.parametrize(("missing", "severity"), [("2023-24", Severity.WARNING), ("2025-26", Severity.ERROR)])
def test_a_year_of_the_study_that_is_missing_is_told_and_the_base_year_blocks(
    workbook: Workbook, missing: str, severity: Severity
) -> None:
    _, findings = read_return(workbook(GOOD), partner=BURNLEY, years=["2024-25", missing])
    finding = _only(findings, "year-missing")
    assert f"no row for {missing}" in finding.text()
    assert finding.severity is severity


def test_a_line_that_stands_twice_is_added_and_told(workbook: Workbook) -> None:
    returned, findings = _read(workbook(GOOD, GOOD))
    assert returned.costs["key"].n_unique() == 2
    assert _only(findings, "line-doubled").place.cell == "D5"


def test_a_total_far_from_its_parts_is_queried(workbook: Workbook) -> None:
    rows = [("2024-25", "Recycling", measure, amount, "") for measure, amount in
            (("Employees", 600), ("Running expenses", 400), ("total_expenditure", 1006))]  # fmt: skip
    _, findings = _read(workbook(*rows))
    assert "£1,006.00 of Recycling differs from its parts, £1,000.00" in _only(findings, "Q10").text()


def test_a_total_within_half_a_percent_of_its_parts_passes(workbook: Workbook) -> None:
    rows = [("2024-25", "Recycling", measure, amount, "") for measure, amount in
            (("Employees", 600), ("Running expenses", 400), ("total_expenditure", 1004))]  # fmt: skip
    _, findings = _read(workbook(*rows))
    assert "Q10" not in {finding.code for finding in findings}


def test_zero_for_a_service_of_another_class_is_not_provided(workbook: Workbook) -> None:
    returned, findings = _read(workbook(GOOD, ("2024-25", "Libraries", "Employees", 0, "")))
    assert returned.costs["status"].to_list() == ["known", "not_provided"]
    assert _only(findings, "Q1").place.cell == "D5"


def test_money_for_a_service_of_another_class_is_kept_and_told(workbook: Workbook) -> None:
    returned, findings = _read(workbook(GOOD, ("2024-25", "Libraries", "Employees", 9, "")))
    assert returned.costs["amount_pence"].to_list() == [123_456, 900]
    assert _only(findings, "outside-remit").severity is Severity.WARNING


def test_lines_that_add_up_to_more_than_their_head_are_told(workbook: Workbook) -> None:
    rows = [("2024-25", service, "total_expenditure", amount, "") for service, amount in
            (("environmental", 100), ("Recycling", 60), ("Waste collection", 45))]  # fmt: skip
    _, findings = _read(workbook(*rows))
    assert (
        "the lines below it add up to £105.00, more than its own £100.00" in _only(findings, "lines-exceed-head").text()
    )


def test_a_head_without_a_row_is_said_to_be_added_up(workbook: Workbook) -> None:
    _, findings = _read(workbook(GOOD))
    assert "added up from the 1 of its lines that are given" in _only(findings, "head-added-up").text()


def test_a_cost_without_its_other_half_is_told(workbook: Workbook) -> None:
    _, findings = _read(workbook(GOOD))
    assert "running expenses is missing" in _only(findings, "cost-incomplete").text()


def test_published_volumes_stand_in_for_those_the_file_does_not_give(workbook: Workbook) -> None:
    returned, _ = _read(workbook(GOOD))
    population = returned.volumes.filter(measure="population", year="2024-25").row(0, named=True)
    assert population["value"] > 90_000
    assert population["source"].startswith("Mid-year population estimates")


def test_the_partners_own_volumes_go_before_the_published_ones(tmp_path: Path) -> None:
    path = tmp_path / "burnley.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Costs").write_row(0, 0, ("Year", "Service", "Measure", "Amount"))
        book.get_worksheet_by_name("Costs").write_row(1, 0, GOOD[:4])
        volumes = book.add_worksheet("Volumes")
        volumes.write_row(0, 0, ("Year", "Measure", "Value", "Source"))
        volumes.write_row(1, 0, ("2024-25", "residents", 99_000, "own count"))
        volumes.write_row(2, 0, ("2024-25", "cats", 7, ""))
        volumes.write_row(3, 0, ("2024-25", "population_0_17", -7, ""))
    returned, findings = _read(path)
    assert returned.volumes.filter(measure="population")["value"].to_list() == [99_000.0]
    assert _only(findings, "measure-unreadable").place.cell == "B3"
    assert _only(findings, "value-unreadable").place.cell == "C4"


def test_a_formula_error_is_told_and_not_taken_for_a_blank(tmp_path: Path) -> None:
    path = tmp_path / "burnley.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Costs")
        page.write_row(0, 0, ("Year", "Service", "Measure", "Amount (£)", "Status"))
        page.write_row(1, 0, GOOD)
        page.write_row(2, 0, GOOD[:3])
        page.write_formula(2, 3, "=1/0", value="#DIV/0!")
    returned, findings = _read(path)
    assert str(_only(findings, "formula-error").place) == "burnley.xlsx, Costs, D3"
    assert returned.costs.height == 1


def test_a_formula_error_of_an_opendocument_sheet_is_told(tmp_path: Path) -> None:
    cells = [f"<table:table-cell office:value-type='string'><text:p>{text}</text:p></table:table-cell>"
             for text in ("Year", "Service", "Measure", "Amount", *GOOD[:3])]  # fmt: skip
    error = cells[0].replace(">", " calcext:value-type='error'>", 1)
    rows = ("".join(cells[:4]), "".join([*cells[4:], error]))
    _, findings = _read(_opendocument(tmp_path / "burnley.ods", rows))
    assert str(_only(findings, "formula-error").place) == "burnley.ods, Costs, D2"


def test_a_second_sheet_with_the_same_columns_is_told(tmp_path: Path) -> None:
    path = tmp_path / "burnley.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name in ("Old", "Costs"):
            page = book.add_worksheet(name)
            page.write_row(0, 0, ("Year", "Service", "Measure", "Amount (£)", "Status"))
            page.write_row(1, 0, GOOD)
    returned, findings = _read(path)
    assert returned.costs["sheet"].to_list() == ["Costs"]
    assert _only(findings, "sheet-not-read").place.sheet == "Old"


def _opendocument(path: Path, rows: tuple[str, ...]) -> Path:
    names = " ".join(
        f"xmlns:{name}='urn:oasis:names:tc:opendocument:xmlns:{name}:1.0'" for name in ("office", "table", "text")
    )
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    sheet = f"<office:spreadsheet><table:table table:name='Costs'>{body}</table:table></office:spreadsheet>"
    content = (
        f"<office:document-content {names} xmlns:calcext='urn:calcext'>"
        f"<office:body>{sheet}</office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", "<manifest:manifest xmlns:manifest='m'/>")
        packed.writestr("content.xml", content)
    return path


@pytest.mark.parametrize(
    ("service", "measure", "severity"),
    [
        ("Waste collection", "Employees", Severity.ERROR),
        ("Waste collection", "Total expenditure", Severity.ERROR),
        ("Highways and transport", "Running expenses", Severity.WARNING),
        ("Waste collection", "Other income", Severity.WARNING),
    ],
)
def test_an_amount_below_zero_is_told(workbook: Workbook, service: str, measure: str, severity: Severity) -> None:
    _, findings = _read(workbook(("2024-25", service, measure, -12.5, "")))
    found = _only(findings, "Q4")
    assert found.severity is severity
    assert found.text().startswith(f"{measure} of {service} is below zero: -£12.50.")


def test_a_year_whose_prices_are_not_known_does_not_load(workbook: Workbook) -> None:
    returned, findings = _read(workbook(GOOD, ("2134-35", "Recycling", "Employees", 5, "")))
    assert str(_only(findings, "year-unreadable").place) == "burnley.xlsx, Costs, A5"
    assert returned.costs.height == 1


def test_the_findings_are_kept_with_the_return_and_are_no_part_of_what_is_signed(workbook: Workbook) -> None:
    returned, findings = _read(workbook(GOOD, GOOD))
    assert returned.findings == findings != ()
    assert return_digest(returned) == return_digest(replace(returned, findings=()))
