"""What councils achieve, by authority and year: published measures, with the count behind a rate where it is given."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineWorkbook

from reference_build.bodies import Bodies
from reference_build.files import Shelf, kept, records

FOLDER = "performance"
OFLOG = {
    "ASC1": "asc_carer_quality_of_life", "ASC2": "asc_quality_of_life", "ASC3": "asc_ease_of_information",
    "ASC4": "asc_carer_ease_of_information", "ASC5": "asc_short_term_services", "ASC6": "asc_requests",
    "ASC7": "asc_workforce_turnover",
}  # fmt: skip
# A quality of life of 0 is nobody's: it stands where no survey was made.
NEVER_ZERO = {"ASC2"}
# indicator: column of the rate, of what is counted, and the columns that add up to what it is counted among.
SOCIAL_WORKERS = {
    "csc_social_worker_turnover": ("turnover_rate_headcount", "leavers_headcount", ("inpost_headcount",)),
    "csc_agency_rate": ("agency_rate_headcount", "agency_headcount", ("agency_headcount", "inpost_headcount")),
    "csc_vacancy_rate": ("vacancy_rate_fte", "vacancy_fte", ("vacancy_fte", "inpost_fte")),
    "csc_caseload": ("caseload_fte", "", ()),
    "csc_absence_rate": ("absence_rate_fte", "", ()),
}
GRADES = {"Outstanding": "1", "Good": "2", "Requires improvement to be good": "3", "Inadequate": "4"}
# file and the beginning of the indicator's name, where a file holds two.
PEERS = {
    ("admissions_care_homes_65p", ""): "asc_care_home_admissions",
    ("care_homes_rating", ""): "asc_care_homes_rated_good",
    ("social_care_satisfaction", ""): "asc_satisfaction",
    ("children_offending", ""): "csc_youth_offending",
    ("cla_dental_check", ""): "csc_dental_check",
    ("cla_health_assessment", ""): "csc_health_check",
    ("expected_standard_ks2", ""): "education_key_stage_2",
    ("grades_5_or_above_ks4", ""): "education_key_stage_4",
    ("school_readiness", "School readiness: percentage of children achieving"): "education_school_readiness",
    ("household_waste_recycling", ""): "recycling_rate",
    ("planning_applications_major", ""): "planning_major_in_time",
    ("planning_applications_non-major", ""): "planning_other_in_time",
}
COLUMNS = ("authority", "name", "indicator", "year", "period", "value", "numerator", "denominator")
Row = tuple[str, ...]


def write(shelf: Shelf, data: Path, bodies: Bodies) -> None:
    """Writes the indicators and their values; what is missing, suppressed or of no authority we know has no row."""
    shelf.write_records("outcome_indicators", kept("outcome_indicators"))
    folder = data / FOLDER
    found = [*_oflog(folder), *_social_workers(folder), *_inspections(folder), *_peers(folder), *_council_tax(folder)]
    known = ((bodies.canonical(code), *rest) for code, *rest in found)
    rows = {(code, bodies.by_code[code].name, *rest) for code, *rest in known if code}
    shelf.write("outcomes", COLUMNS, sorted(rows), packed=True)


def _oflog(folder: Path) -> Iterator[Row]:
    for row in records(folder / "oflog_adult_social_care_2015-2023.csv.gz"):
        value, code = _number(row["Value"]), row["Code"]
        if value and not (code in NEVER_ZERO and float(value) == 0):
            year = row["Financial year"]
            yield row["Local authority code"], OFLOG[code], year, year, value, "", ""


def _social_workers(folder: Path) -> Iterator[Row]:
    """Each is as at 30 September, which lies in the financial year that began that April."""
    for row in records(folder / "csww_indicators_2017_to_2025.csv.gz"):
        year = int(row["time_period"])
        for indicator, (rate, counted, among) in SOCIAL_WORKERS.items():
            value, parts = _number(row[rate]), [_number(row[name]) for name in among]
            if row["new_la_code"] and value:
                count = _number(row[counted]) if counted else ""
                whole = _number(str(sum(map(float, parts)))) if count and all(parts) else ""
                period = f"30 September {year}"
                yield row["new_la_code"], indicator, _year(year), period, value, count if whole else "", whole


def _inspections(folder: Path) -> Iterator[Row]:
    book = CalamineWorkbook.from_path(folder / "LA_Inspection_Outcomes_as_at_31_March_2025.ods")
    rows = book.get_sheet_by_name("Inspections_as_at_31_March").to_python()
    at = next(number for number, row in enumerate(rows) if row[0] == "Web link")
    names = [str(cell) for cell in rows[at]]
    for cells in rows[at + 1 :]:
        row = dict(zip(names, cells, strict=True))
        grade = GRADES.get(str(row["Overall effectiveness"]), "")
        if grade:
            inspected = str(row["Inspection date"])[:10]
            yield str(row["Local authority area code"]), "csc_inspection", "2024-25", inspected, grade, "", ""


def _peers(folder: Path) -> Iterator[Row]:
    for row in records(folder / "trafford_peer_group_indicators.csv.gz"):
        indicator = next((code for (file, start), code in PEERS.items() if _is_of(row, file, start)), "")
        year, value = _year_of(row["period"]), _number(row["value"])
        if indicator and year and value:
            yield row["area_code"], indicator, year, row["period"], value, "", ""


def _is_of(row: dict[str, str], file: str, start: str) -> bool:
    return row["file"] == file and row["indicator"].startswith(start) and row["measure"] not in ("Count", "Frequency")


def _council_tax(folder: Path) -> Iterator[Row]:
    for row in records(folder / "lancashire_council_tax_collection_2019-25.csv"):
        year = row["financial_year"]
        counted = (_number(row["collected_gbp_thousand"]), _number(row["net_collectable_gbp_thousand"]))
        value = _number(row["council_tax_collected_in_year_pct"])
        if value:
            yield row["ons_code"], "council_tax_collection", year, year, value, *(counted if all(counted) else ("", ""))


def _year_of(period: str) -> str:
    """The financial year of "2022/23", "2022/23 Q3" or "Mar 2025"; of months only March is taken, one for each year."""
    word, _, rest = period.partition(" ")
    if "/" in word:
        return _year(int(word[:4]))
    return _year(int(rest) - 1) if word == "Mar" else ""


def _year(start: int) -> str:
    return f"{start}-{(start + 1) % 100:02d}"


def _number(text: str) -> str:
    """A number with at most four decimals, or an empty text for a mark such as "x", "NA" or "low"."""
    try:
        return f"{round(float(text), 4):g}" if abs(float(text)) < 1e6 else f"{float(text):.0f}"
    except ValueError:
        return ""
