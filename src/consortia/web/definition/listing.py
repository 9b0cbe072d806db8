"""The records of the parts of a definition as a page lists them: what each is called, and where it is changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from consortia.study import Definition, Text
from consortia.web.definition.codes import KINDS
from consortia.web.definition.parts import CHAPTERS, PARTS, Part
from consortia.web.definition.spots import Plain, Spot, name_of, records_at
from consortia.web.language import language, sentence
from consortia.web.studies.models import Study

SHORT = 4


@dataclass(frozen=True, slots=True)
class Listed:
    """The records of a part as a page lists them: name, title and address of each, and where one is added."""

    part: Part
    records: tuple[tuple[str, str, str], ...]
    add: str
    kinds: tuple[tuple[str, str], ...] = ()


def chapters_of(row: Study, definition: Definition) -> list[tuple[str, list[Listed]]]:
    """The parts of a definition with their records, chapter by chapter."""
    plain = definition.to_plain()
    return [
        (chapter, [listed(row, definition, plain, part) for part in PARTS.values() if part.chapter == chapter])
        for chapter in CHAPTERS
    ]


def listed(row: Study, definition: Definition, plain: Plain, part: Part, within: str = "") -> Listed:
    """The records of a part with their names and addresses."""
    here = address(row, Spot(part, "", within))
    if part.single:
        return Listed(part, (), here)
    records = tuple(
        (name, title_of(part, one, definition), address(row, Spot(part, name, within)))
        for place, one in enumerate(records_at(plain, part, within))
        for name in [name_of(part, one, place)]
    )
    kinds = tuple(
        (sentence(said), address(row, Spot(part, "", within), kind=kind))
        for kind, said in KINDS.get(part.key, {}).items()
    )
    return Listed(part, records, here, kinds)


def title_of(part: Part, record: Plain, definition: Definition) -> str:
    """What a record is called: its title, or for one that goes by its number the first things that it says."""
    if isinstance(title := record.get("title"), dict):
        return language().words(Text(**title))
    if not part.numbered:
        return ""
    return ", ".join(list(_said(record.values(), definition))[:SHORT])


def _said(values: Iterable[object], definition: Definition) -> Iterator[str]:
    names = {one.code: one.name.in_language(language().code) for one in definition.partners}
    for value in values:
        if isinstance(value, str | int | float) and not isinstance(value, bool) and value != "":
            yield names.get(str(value), str(value))
        elif isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
            yield from (names.get(str(one), str(one)) for one in value)


def address(row: Study, spot: Spot, *, view: str = "change-record", **more: str) -> str:
    """Where a record is changed, or with another view taken out."""
    named = {"key": spot.key, "within": spot.within} | more
    query = urlencode({name: value for name, value in named.items() if value})
    return f"{reverse(view, args=[row.slug, spot.part.key])}{f'?{query}' if query else ''}"
