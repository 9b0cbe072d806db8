"""Where every shipped value comes from and under which licence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from consortia.errors import UnknownReference, suggest
from consortia.reference import shelf


@dataclass(frozen=True, slots=True)
class Source:
    """One source: `attribution` is the sentence that its licence asks for."""

    id: str
    title: str
    publisher: str
    licence: str
    attribution: str
    date: str
    where: str
    note: str


@cache
def _by_id() -> dict[str, Source]:
    return {row["id"]: shelf.record(Source, row) for row in shelf.rows("sources")}


def sources() -> tuple[Source, ...]:
    """All sources."""
    return tuple(_by_id().values())


def source(id: str) -> Source:
    """One source; raises UnknownReference with the nearest ids."""
    try:
        return _by_id()[id]
    except KeyError:
        raise UnknownReference(f"'{id}' is not a source.", remedy=suggest(id, _by_id())) from None
