"""Which column of which published table speaks of which service and measure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from consortia.reference.spelling import plain
from reference_build.files import kept
from reference_build.forms import Form

MEASURES = (
    "employees",
    "running_expenses",
    "total_expenditure",
    "sales_fees_charges",
    "other_income",
    "total_income",
    "net_current_expenditure",
)
HEADS = {
    "education services": "education",
    "highways and transport services": "highways",
    "social care": "social_care",
    "children social care": "childrens_social_care",
    "childrens social care": "childrens_social_care",
    "adult social care": "adult_social_care",
    "public health": "public_health",
    "housing services gfra only": "housing",
    "cultural and related services": "cultural",
    "environmental and regulatory services": "environmental",
    "planning and development services": "planning",
    "police services": "police",
    "fire and rescue services": "fire",
    "central services": "central",
    "other services": "other",
    "other services exclude public health": "other",
    "total service expenditure": "total",
    "service expenditure": "total",
}


@dataclass(frozen=True)
class Column:
    """One column of a published table: `key` in our table, letter in theirs, rows below the authority's first row."""

    edition: str
    key: str
    letter: str
    offset: int
    heading: str
    service: str
    measure: str


def letter(index: int) -> str:
    """The spreadsheet letter of a column counted from 0: 0 is A, 26 is AA."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text


def columns_of(form: Form) -> list[Column]:
    """The columns of one English form that have a place in the taxonomy."""
    return _rsx(form) if form.kind == "RSX" else _net_only(form)


def _rsx(form: Form) -> list[Column]:
    found = []
    for i, heading in enumerate(form.headings):
        match = re.fullmatch(r"(.+?) ?- ?([A-Z].*?) \(C(\d).*\)", heading)
        if match:
            service, measure = HEADS[plain(match[1])], MEASURES[int(match[3]) - 1]
            found.append(Column(form.code, letter(i), letter(i), 0, heading, service, measure))
    return found


def _head(heading: str) -> str | None:
    text = plain(re.sub(r"\(total of lines.*\)", "", heading, flags=re.IGNORECASE))
    return HEADS.get(text) or HEADS.get(text.removeprefix("total "))


def _net_only(form: Form) -> list[Column]:
    """RA and RS print net current expenditure; their service part ends at total service expenditure."""
    lines = {plain(row["heading"]): row["service"] for row in kept("headings") if row["form"] == "RA"}
    found: list[Column] = []
    for i, heading in enumerate(form.headings):
        is_total = form.kind == "RS" or heading.upper().startswith("TOTAL ")
        service = _head(heading) if is_total else lines.get(plain(heading))
        if service:
            found.append(Column(form.code, letter(i), letter(i), 0, heading, service, MEASURES[-1]))
        if service == "total":
            break
    heads = {column.service for column in found}
    return [column for column in found if "." not in column.service or column.service.split(".")[0] in heads]


def check_unique(columns: list[Column]) -> None:
    """No service and measure may have two columns in one edition: two would be counted twice."""
    seen: dict[tuple[str, str], Column] = {}
    for column in columns:
        other = seen.setdefault((column.service, column.measure), column)
        if other is not column:
            raise ValueError(f"{column.edition}: both {other.heading!r} and {column.heading!r} are {column.service}")
