"""Which column of which published table speaks of which service and measure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from consortia.reference.spelling import plain
from reference_build.files import kept

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
# line, head and total are offered as cells. inside: a line whose head the form does not print, so it is only added up.
# repeated: the money stands in other columns too. outside: no part of service expenditure. remainder: no place found.
OFFERED = ("line", "head", "total")
COUNTED = (*OFFERED, "inside", "remainder")
SHIPPED = (*COUNTED, "outside")
UNMAPPED = "unmapped"
NOT_PLACED = "Not placed yet: add the heading to headings.csv."


@dataclass(frozen=True)
class Column:
    """One column of a published table: `key` in our table, letter in theirs, rows below the authority's first row.

    Without an offset each filled cell stands one row below the one before it. `service` is a code of the taxonomy, a
    node outside it, or empty for the remainder, with the reason in `note`.
    """

    edition: str
    key: str
    letter: str
    offset: int | None
    heading: str
    service: str
    measure: str
    role: str = "line"
    note: str = ""
    sheet: str = ""

    @property
    def sheet_index(self) -> int:
        """Which of the form's worksheets, counted from 0."""
        return int(self.sheet.removeprefix("sheet ")) - 1 if self.sheet else 0


@dataclass(frozen=True)
class Place:
    """Where a heading belongs."""

    service: str
    role: str
    note: str


def letter(index: int) -> str:
    """The spreadsheet letter of a column counted from 0: 0 is A, 26 is AA."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text


def position(letters: str) -> int:
    """The index from 0 of a column's letter."""
    index = 0
    for character in letters:
        index = index * 26 + ord(character) - 64
    return index - 1


def head_of(heading: str) -> str:
    """The head or total that a heading names, or an empty text."""
    text = plain(re.sub(r"\(total of lines.*\)", "", heading, flags=re.IGNORECASE))
    return HEADS.get(text) or HEADS.get(text.removeprefix("total ")) or ""


@cache
def _kept_places() -> dict[tuple[str, str, str], Place]:
    places = {}
    for row in kept("headings"):
        places[row["form"], row["part"], plain(row["heading"])] = _kept_place(row)
    return places


def _kept_place(row: dict[str, str]) -> Place:
    service = row["service"]
    if service == UNMAPPED:
        return Place("", "remainder", row["note"])
    role = "outside" if service.startswith("outside.") else role_of(service)
    return Place(service, row["role"] or role, row["note"])


def role_of(service: str) -> str:
    """Whether a service of the taxonomy is a line, a head or the total."""
    if service == "total":
        return "total"
    return "line" if "." in service else "head"


def place_of(form: str, part: str, heading: str) -> Place:
    """Where a heading of a form belongs; one that nobody has placed is part of the remainder."""
    places, key = _kept_places(), plain(heading)
    return places.get((form, part, key)) or places.get((form, "", key)) or Place("", "remainder", NOT_PLACED)


def offered(columns: Iterable[Column]) -> list[Column]:
    """The columns whose cells readers get."""
    return [column for column in columns if column.role in OFFERED]


def check_unique(columns: Iterable[Column]) -> None:
    """No service and measure may have two columns in one edition, nor a line one beside its parts: both count twice."""
    seen: dict[tuple[str, str], Column] = {}
    for column in offered(columns):
        other = seen.setdefault((column.service, column.measure), column)
        if other is not column:
            raise ValueError(f"{column.edition}: both {other.heading!r} and {column.heading!r} are {column.service}")
    whole = {row["code"]: row["part_of"] for row in kept("services") if row["part_of"]}
    for service, measure in seen:
        if (whole.get(service, ""), measure) in seen:
            raise ValueError(f"{seen[service, measure].edition}: both {service} and {whole[service]}, which holds it")
