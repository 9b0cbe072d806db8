"""The published returns in our schema: one table per edition, a row per authority, a column per crosswalked heading."""

from __future__ import annotations

import re
from pathlib import Path

from consortia.reference.spelling import plain
from reference_build.bodies import Bodies
from reference_build.crosswalk import (
    COUNTED,
    HEADS,
    MEASURES,
    SHIPPED,
    Column,
    check_unique,
    letter,
    place_of,
    position,
    role_of,
)
from reference_build.files import Shelf, cells, kept
from reference_build.forms import Form
from reference_build.matrices import Matrix, matrix_columns
from reference_build.net_forms import net_columns

# A mark in brackets ([x], or a note in the place of a figure), a dash, dots or an answer: no figure was printed.
NO_FIGURE = re.compile(r"|-|Yes|No|\.\.+|…|\ufffd|\[[^\]]*\]")
LANCASHIRE = "finance_england/lancashire_two_tier_detail/ro_detail_2021-22_to_2024-25.csv.gz"
EDUCATION = "finance_england/s251_education/s251_by_la_2017-2024.csv.gz"
WALES = "finance_wales/wales_22_authorities_by_service_2001-25.csv"
WELSH_HEADS = {
    "education": "education", "transport": "highways", "adultSocialCare": "social_care",
    "publicHealth": "public_health",
    "housing": "housing", "cultural": "cultural", "environment": "environmental", "planning": "planning",
    "police": "police", "fire": "fire", "central": "central", "totalService": "total",
}  # fmt: skip
# Three lines of the Lancashire table carry the same figures cell for cell: at most one can be right, so none is used.
REPEATED = (
    "Culture and heritage - Heritage",
    "Culture and heritage - Museums and galleries",
    "Culture and heritage - Theatres and public entertainment",
)

# The rows of one council and year in the long table, each with its row number.
Block = list[tuple[int, list[str]]]


def _value(text: str) -> str:
    text = text.strip()
    if NO_FIGURE.fullmatch(text):
        return ""
    float(text)
    return text.removesuffix(".0")


def _is_missing(row: dict[str, str], columns: list[Column]) -> bool:
    """A summary counts as missing when its total is blank or zero, a detail form when nothing at all is printed."""
    totals = [c for c in columns if c.role == "total" and c.measure in ("net_current_expenditure", "total_expenditure")]
    if not totals:
        return not any(row.values())
    return not any(row[c.key] and float(row[c.key]) for c in totals)


def _write(shelf: Shelf, edition: str, columns: list[Column], rows: list[tuple[str, int, str, dict[str, str]]]) -> None:
    check_unique(columns)
    keys = [column.key for column in columns if column.key in rows[0][3]]
    body = []
    for authority, number, certified, values in sorted(rows, key=lambda row: row[:2]):
        state = "missing" if _is_missing(values, columns) else "returned"
        body.append(
            (authority, number, certified, state, *(values[key] if state == "returned" else "" for key in keys))
        )
    shelf.write(f"returns/{edition}", ("authority", "row", "certified", "state", *keys), body, packed=True)


def write_forms(shelf: Shelf, forms: list[Form], data: Path, bodies: Bodies) -> list[Column]:
    """Writes RA and RS; gives their columns."""
    all_columns: list[Column] = []
    for form in forms:
        columns = net_columns(form, data)
        rows = []
        for row in form.authority_rows:
            values = {c.key: _cell(row.cells, c.letter) for c in columns if c.role in SHIPPED}
            rows.append((bodies.by_e_code[row.e_code].code, row.number, form.certified(row), values))
        _write(shelf, form.code, columns, rows)
        all_columns += columns
    return all_columns


def write_matrices(shelf: Shelf, matrices: list[Matrix], bodies: Bodies) -> list[Column]:
    """Writes RSX, RO2 and RO3; gives their columns."""
    all_columns: list[Column] = []
    for matrix in matrices:
        columns = matrix_columns(matrix)
        rows = []
        for first, own in matrix.rows():
            values = {c.key: _cell(own[c.sheet_index].cells, c.letter) for c in columns if c.role in COUNTED}
            certified = matrix.sheets[0].certified(first)
            # By E-code and not by name: RO2 of two years swaps the names of two combined authorities; only by E-code
            # does it agree with the summary.
            rows.append((bodies.by_e_code[first.e_code].code, first.number, certified, values))
        _write(shelf, matrix.code, columns, rows)
        all_columns += columns
    return all_columns


def _cell(row: tuple[str, ...], letters: str) -> str:
    i = position(letters)
    return _value(row[i]) if i < len(row) else ""


def write_lancashire(shelf: Shelf, data: Path, bodies: Bodies) -> list[Column]:
    """Writes the line detail of Lancashire: a long table, so a cell is found by rows below the council's first row."""
    header, *body = cells(data / LANCASHIRE)
    at = {name: i for i, name in enumerate(header)}
    blocks: dict[str, dict[str, Block]] = {}
    for number, row in enumerate(body, start=2):
        councils = blocks.setdefault(row[at["financial_year"]], {})
        councils.setdefault(row[at["ons_code"]], []).append((number, row))
    written = [_lancashire_year(shelf, year, blocks[year], at, bodies) for year in sorted(blocks)]
    return [column for columns in written for column in columns]


def _lancashire_year(
    shelf: Shelf, year: str, councils: dict[str, Block], at: dict[str, int], bodies: Bodies
) -> list[Column]:
    columns = _lancashire_columns(f"lancashire-{year}", next(iter(councils.values())), at)
    rows = []
    for code, block in councils.items():
        values = {column.key: _value(block[column.offset][1][at["gbp_thousand"]]) for column in columns}
        certified = {"True": "Y", "False": "N"}[block[0][1][at["certified"]]]
        rows.append((bodies.canonical(code), block[0][0], certified, values))
    filled = [column for column in columns if any(values[column.key] for *_, values in rows)]
    used = _first_of_each(filled)
    _write(shelf, f"lancashire-{year}", used, rows)
    return used


def _first_of_each(columns: list[Column]) -> list[Column]:
    """RS repeats the net figure of each head; it is used only where RSX leaves the cell empty in every council."""
    chosen: dict[tuple[str, str], Column] = {}
    for column in columns:
        chosen.setdefault((column.service, column.measure), column)
    return list(chosen.values())


def _lancashire_columns(edition: str, block: Block, at: dict[str, int]) -> list[Column]:
    lines = {(row["form"], row["heading"]): row["service"] for row in kept("headings")}
    cell = letter(at["gbp_thousand"])
    found = []
    for offset, (_, row) in enumerate(block):
        form, line = row[at["form"]], row[at["line"]]
        measure = MEASURES[-1] if row[at["measure"]] == "service_expenditure" else row[at["measure"]]
        head = HEADS.get(plain(line), "") if form in ("RSX", "RS") else ""
        service = head or lines.get((form, line), "")
        if measure in MEASURES and line not in REPEATED and (head or "." in service):
            role = role_of(service)
            found.append(Column(edition, f"{offset}", cell, offset, f"{form}: {line}", service, measure, role))
    return sorted(found, key=lambda column: column.heading.startswith("RS:"))


def write_wales(shelf: Shelf, data: Path) -> list[Column]:
    """Writes the Welsh returns, one edition a year."""
    header, *body = cells(data / WALES)
    at = {name: i for i, name in enumerate(header)}
    all_columns: list[Column] = []
    for year in sorted({row[at["financial_year"]] for row in body}):
        edition = f"wales-{year}"
        columns = [
            Column(edition, letter(at[name]), letter(at[name]), 0, name, service, MEASURES[-1], role_of(service))
            for name, service in WELSH_HEADS.items()
        ]
        rows = [
            (row[at["code"]], number, "", {c.key: _value(row[at[c.heading]]) for c in columns})
            for number, row in enumerate(body, start=2)
            if row[at["financial_year"]] == year
        ]
        _write(shelf, edition, columns, rows)
        all_columns += columns
    return all_columns


def write_education(shelf: Shelf, data: Path, bodies: Bodies) -> list[Column]:
    """Writes the blocks of education (S251), one edition a year, in pounds; a block left out is not known."""
    header, *body = cells(data / EDUCATION)
    at = {name: i for i, name in enumerate(header)}
    blocks = list(dict.fromkeys(row[at["block"]] for row in body))
    blocks.sort(key=lambda name: name == "TOTAL")
    all_columns: list[Column] = []
    for label in sorted({row[at["year_label"]] for row in body}):
        columns = _education_columns(f"s251-{label}-{(int(label) + 1) % 100:02d}", blocks, letter(at["gbp"]))
        rows: dict[str, tuple[str, int, str, dict[str, str]]] = {}
        for number, row in enumerate(body, start=2):
            if row[at["year_label"]] == label:
                code = bodies.canonical(row[at["ons_code"]])
                own = rows.setdefault(code, (code, number, "", dict.fromkeys(blocks, "")))
                own[3][row[at["block"]]] = _value(row[at["gbp"]])
        _write(shelf, columns[0].edition, columns, list(rows.values()))
        all_columns += columns
    return all_columns


def _education_columns(edition: str, blocks: list[str], cell: str) -> list[Column]:
    found = []
    for name in blocks:
        place = place_of("S251", "", name)
        found.append(Column(edition, name, cell, None, name, place.service, MEASURES[-1], place.role))
    return found


def write_crosswalk(shelf: Shelf, columns: list[Column]) -> None:
    """Writes the crosswalk of all editions, the remainder first because it is what a reader must know."""
    names = ("edition", "key", "sheet", "column", "offset", "heading", "service", "measure", "role", "note")
    rows = [
        (c.edition, c.key, c.sheet, c.letter, "" if c.offset is None else c.offset, c.heading, c.service, c.measure,
         c.role, c.note)
        for c in sorted(columns, key=lambda c: c.role != "remainder")
    ]  # fmt: skip
    shelf.write("crosswalk", names, rows, packed=True)
