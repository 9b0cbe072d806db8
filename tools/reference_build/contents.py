"""The list of editions of published returns and the catalogue of all tables."""

from __future__ import annotations

from reference_build.crosswalk import MEASURES, Column, offered
from reference_build.files import Shelf, kept

LANCASHIRE_FILE = "Revenue Outturn of Lancashire councils 2021-22 to 2024-25"
WALES_FILE = "Revenue outturn of Welsh authorities 2001-02 to 2024-25"
EDUCATION_FILE = "Section 251 education spending by authority and block, 2017 to 2024"
# form: title, basis, nation, source, file, sheet
FORMS = {
    "ra": (
        "Revenue Account budget (RA) {year}", "budget", "England", "mhclg-ra",
        "RA {year} data by local authority", "RA data",
    ),
    "rs": (
        "Revenue Outturn Summary (RS) {year}", "outturn", "England", "mhclg-rs",
        "RS {year} data by local authority", "RS data",
    ),
    "rsx": (
        "Service Expenditure Summary (RSX) {year}", "outturn", "England", "mhclg-rsx-{year}",
        "RSX {year} data by local authority", "Worksheet 2",
    ),
    "ro2": (
        "Highways and transport in detail (RO2) {year}", "outturn", "England", "mhclg-ro2",
        "RO2 {year} data by local authority", "RO2 data",
    ),
    "ro3": (
        "Social care and public health in detail (RO3) {year}", "outturn", "England", "mhclg-ro3",
        "RO3 {year} data by local authority", "Worksheet 2",
    ),
    "s251": (
        "Education by block (Section 251) {year}", "outturn", "England", "dfe-s251",
        EDUCATION_FILE, "table",
    ),
    "lancashire": (
        "Revenue Outturn line detail, Lancashire {year}", "outturn", "England", "mhclg-lancashire",
        LANCASHIRE_FILE, "long table",
    ),
    "wales": (
        "Revenue outturn by service, Wales {year}", "outturn", "Wales", "statswales-outturn",
        WALES_FILE, "table",
    ),
}  # fmt: skip
EDITION_COLUMNS = (
    "code", "form", "year", "basis", "measures", "unit", "title", "source", "nation", "file", "sheet", "details",
)  # fmt: skip
# A detail form holds the lines of some heads of the summary of the same year, so the two can stand together. S251 is
# none: over England its total of education is some 6% to 8% below the head of the outturn form.
DETAILS = {"ro2": "highways", "ro3": "childrens_social_care;adult_social_care;public_health"}
UNITS = {"s251": "GBP"}


def write_editions(shelf: Shelf, columns: list[Column]) -> list[dict[str, str]]:
    """Writes one row per edition; gives what the catalogue says of each."""
    measures: dict[str, set[str]] = {}
    for column in offered(columns):
        measures.setdefault(column.edition, set()).add(column.measure)
    rows, about = [], []
    for code in sorted(measures):
        form, year = code.split("-", 1)
        title, basis, nation, source, file, sheet = (text.format(year=year) for text in FORMS[form])
        held = ";".join(m for m in MEASURES if m in measures[code])
        unit, details = UNITS.get(form, "GBP thousand"), DETAILS.get(form, "")
        rows.append((code, form.upper(), year, basis, held, unit, title, source, nation, file, sheet, details))
        about.append({"name": f"returns/{code}", "title": title, "sources": source, "date": year, "evidence": "V"})
    shelf.write("editions", EDITION_COLUMNS, rows)
    return about


def write_catalogue(shelf: Shelf, returns: list[dict[str, str]]) -> None:
    """Writes the catalogue: every table with its title, number of rows, sources, date and evidence mark."""
    listed = {row["name"]: row for row in (*kept("tables"), *returns)}
    if set(listed) != set(shelf.rows):
        raise ValueError(f"the catalogue and the tables differ: {sorted(set(listed) ^ set(shelf.rows))}")
    columns = ("name", "title", "rows", "sources", "date", "evidence")
    rows = [[{**row, "rows": shelf.rows[name]}[c] for c in columns] for name, row in sorted(listed.items())]
    shelf.write("catalogue", columns, rows)
