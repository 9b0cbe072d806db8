"""One catalogue of everything that the package ships, for `consortia reference`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from consortia.errors import UnknownReference, suggest
from consortia.reference import shelf
from consortia.reference.sources import Source, source


@dataclass(frozen=True, slots=True)
class TableInfo:
    """One shipped table: name, title, number of rows, ids of its sources, date, licences, evidence."""

    name: str
    title: str
    rows: int
    sources: tuple[str, ...]
    date: str
    licence: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Rows of a table (all, or those that answer to a key) with what they come from."""

    table: TableInfo
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sources: tuple[Source, ...]


@cache
def _by_name() -> dict[str, TableInfo]:
    return {row["name"]: _info(row) for row in shelf.rows("catalogue")}


def _info(row: dict[str, str]) -> TableInfo:
    ids = shelf.split(row["sources"])
    licence = "; ".join(dict.fromkeys(source(id).licence for id in ids))
    return TableInfo(row["name"], row["title"], int(row["rows"]), ids, row["date"], licence, row["evidence"])


def catalogue(search: str = "") -> tuple[TableInfo, ...]:
    """All tables, or those whose name or title holds the words searched for."""
    words = search.casefold().split()
    return tuple(t for t in _by_name().values() if all(word in f"{t.name} {t.title}".casefold() for word in words))


# Tables whose first column is a key that people ask for by itself, such as a parameter or a service.
KEYED = {
    "parameters": "key",
    "services": "code",
    "families": "code",
    "levels": "code",
    "approaches": "code",
    "maturity_classes": "code",
    "service_offsets": "service",
    "editions": "code",
    "sources": "id",
    "indicator_meanings": "indicator",
    "outcome_indicators": "code",
    "deflators": "financial_year",
    "discount_schedules": "name",
    "authorities": "code",
}


def _begun(name: str) -> str:
    """The only table whose name begins with that word; empty where there is none, or more than one."""
    found = [table for table in _by_name() if table.startswith(f"{name}_")]
    return found[0] if len(found) == 1 else ""


def explain(name: str) -> Explanation:
    """What stands in a table or under a key, with its sources; the first word of a table's name is enough.

    Raises UnknownReference with the nearest names.
    """
    if name in _by_name():
        columns, *rows = shelf.grid(name)
        return _explanation(name, columns, rows)
    for table, column in KEYED.items():
        header, *body = shelf.grid(table)
        rows = [row for row in body if row[header.index(column)] == name]
        if rows:
            return _explanation(table, header, rows)
    if begun := _begun(name):
        return explain(begun)
    known = [*_by_name(), *(row[KEYED[t]] for t in ("parameters", "services", "families") for row in shelf.rows(t))]
    raise UnknownReference(f"Nothing is called '{name}' in the reference data.", remedy=suggest(name, known))


def _explanation(table: str, columns: list[str], rows: list[list[str]]) -> Explanation:
    info = _by_name()[table]
    named = {row[columns.index("source")] for row in rows} - {""} if "source" in columns else set()
    ids = sorted(named) or info.sources
    return Explanation(info, tuple(columns), tuple(tuple(row) for row in rows), tuple(source(id) for id in ids))
