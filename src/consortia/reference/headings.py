"""What every heading of the published returns speaks of: a service, something outside the services, or nothing yet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from consortia.reference import shelf

# line, head and total are offered as cells. inside: a line whose head the form does not print. repeated: the money
# stands in other columns too. outside: no part of service expenditure. remainder: no service found, with the reason.
OFFERED = ("line", "head", "total")
ROLES = (*OFFERED, "inside", "repeated", "outside", "remainder")


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of one edition: where it stands in the official worksheet, and its place in the one tree.

    `service` is a code of the taxonomy, a code of `outside_items`, or empty for the remainder, whose reason is in
    `note`. `offset` counts rows below the authority's first row; None where each filled cell stands below the last.
    """

    edition: str
    key: str
    sheet: str
    column: str
    offset: int | None
    heading: str
    service: str
    measure: str
    role: str
    note: str


@cache
def _by_edition() -> dict[str, tuple[Heading, ...]]:
    found: dict[str, list[Heading]] = {}
    for row in shelf.rows("crosswalk"):
        offset = int(row["offset"]) if row["offset"] else None
        found.setdefault(row["edition"], []).append(shelf.record(Heading, row, offset=offset))
    return {code: tuple(headings) for code, headings in found.items()}


def headings(edition_code: str) -> tuple[Heading, ...]:
    """Every heading of one edition with its place, those of the remainder first; empty for an unknown edition."""
    return _by_edition().get(edition_code, ())
