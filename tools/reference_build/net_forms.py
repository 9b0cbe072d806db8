"""The forms that print net current expenditure only (RA, RS): every column from the first service to the last note."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from reference_build.crosswalk import MEASURES, Column, Place, head_of, letter, place_of
from reference_build.files import records
from reference_build.forms import Form

IDENTIFYING = {"E-code", "ONS Code", "Local authority", "Region", "Class", "Certified", "Certification", ""}
NET = MEASURES[-1]


@cache
def _sections(data: Path) -> dict[tuple[str, str, int], str]:
    rows = records(data / "reference/code_lists/ra_rs_headings_by_year.csv")
    return {(row["form"], row["financial_year"], int(row["column_0based"])): row["section"] for row in rows}


def _part(section: str) -> str:
    """The part of the form where a heading of the same words means something else."""
    text = section.casefold()
    if text.startswith(("housing revenue", "hra")):
        return "hra"
    if text.startswith("net current expenditure "):
        return "basis"
    return "icelandic" if text.startswith("icelandic") else ""


def net_columns(form: Form, data: Path) -> list[Column]:
    """All columns of a form with the place of each; those after the total stand outside the services."""
    found: list[Column] = []
    is_inside = True
    for i, heading in enumerate(form.headings):
        if heading in IDENTIFYING:
            continue
        section = _sections(data).get((form.kind, form.year, i), "")
        place = _place(form.kind, heading, "" if is_inside else _part(section), is_inside=is_inside)
        at = letter(i)
        found.append(Column(form.code, at, at, 0, heading, place.service, NET, place.role, place.note))
        is_inside = is_inside and place.role != "total"
    return _without_orphans(found)


def _place(kind: str, heading: str, part: str, *, is_inside: bool) -> Place:
    is_total = kind == "RS" or heading.upper().startswith("TOTAL ")
    head = head_of(heading) if is_inside and is_total else ""
    if head:
        return Place(head, "total" if head == "total" else "head", "")
    return place_of(kind, part, heading)


def _without_orphans(columns: list[Column]) -> list[Column]:
    """A line whose head the form does not print is counted, but not offered: nothing would hold it."""
    heads = {column.service for column in columns if column.role == "head"}
    return [
        replace(column, role="inside")
        if column.role == "line" and column.service.split(".")[0] not in heads
        else column
        for column in columns
    ]
