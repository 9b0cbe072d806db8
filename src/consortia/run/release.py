"""The comparison as one partner may see it: every table about named partners goes through disclosure control here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

from consortia.disclosure import DisclosureCell, DisclosureRules, DisclosureTable, ProtectedTable, protect
from consortia.report.tables import Table
from consortia.report.words import Absent, Cell, Words, msgid
from consortia.study import Definition, Study, Text

WITHHELD = msgid("Some figures are withheld, so that no partner's own can be worked out from those shown.")
OWN_FIGURES = ("amount", "unit_cost")
MEDIAN = "partners_median"
# A median cannot be divided into parts, so that only the number of partners in it protects them.
BY_NUMBER_ONLY = DisclosureRules(p_percent=0.0)


def released_partners(study: Study) -> frozenset[Text]:
    """The names of the partners whose figures are all published returns, and so no secret."""
    uploaded = {each.partner for each in study.returns if each.header.source == "upload" or each.header.uploads}
    return _names(study.definition, frozenset(study.definition.codes) - uploaded)


def comparison_for(table: Table, *, viewer: Text, released: AbstractSet[Text]) -> Table:
    """Gives the comparison as one partner may see it: figures of others that are not released are withheld.

    The median of the partners is withheld with them where few of those in it are unknown to the reader: of two
    partners, it and the own figure give the other's. A row keeps what is public: residents, the neighbours' median.
    """
    if not {"service", "partner", *OWN_FIGURES, MEDIAN} <= {column.key for column in table.columns}:
        raise ValueError(f"table {table.key} is not a comparison of partners")
    rows = [dict(zip((column.key for column in table.columns), row, strict=True)) for row in table.rows]
    shown = _protected(rows, viewer=_name(viewer), released={_name(each) for each in released})
    seen = tuple(tuple(_seen(row, shown).values()) for row in rows)
    notes: tuple[Words, ...] = (*table.notes, WITHHELD) if shown.withheld else table.notes
    keys = tuple(
        tuple("" if isinstance(cell, Absent) else key for cell, key in zip(row, named, strict=True))
        for row, named in zip(seen, table.figure_keys, strict=False)
    )
    return replace(table, rows=seen, notes=notes, figure_keys=keys)


def _protected(rows: list[dict[str, Cell]], *, viewer: str, released: AbstractSet[str]) -> ProtectedTable:
    known = released | {viewer}
    cells = tuple(_cells(rows, known))
    public = {cell.key for cell in cells if set(cell.contributions) <= known}
    return protect(DisclosureTable(cells), rules=BY_NUMBER_ONLY, released=public, viewers=[viewer])


def _cells(rows: list[dict[str, Cell]], known: AbstractSet[str]) -> Iterator[DisclosureCell]:
    """For each service one cell for each partner, and one for their median with those that the reader does not know."""
    by_service: dict[str, dict[str, float]] = {}
    for row in rows:
        if isinstance(amount := row["amount"], int | float):
            # Only who is in a cell matters here; a net cost below zero is as much a secret as one above.
            by_service.setdefault(_name(row["service"]), {})[_name(row["partner"])] = abs(amount) or 1.0
    for service, amounts in by_service.items():
        unknown = {partner: amount for partner, amount in amounts.items() if partner not in known}
        yield DisclosureCell(_key(service, MEDIAN), unknown)
        for partner, amount in amounts.items():
            yield DisclosureCell(_key(service, partner), {partner: amount})


def _seen(row: Mapping[str, Cell], shown: ProtectedTable) -> dict[str, Cell]:
    service, partner = _name(row["service"]), _name(row["partner"])
    hidden = set(OWN_FIGURES) if _key(service, partner) in shown.withheld else set()
    hidden |= {MEDIAN} if _key(service, MEDIAN) in shown.withheld else set()
    return {key: Absent.WITHHELD if key in hidden else value for key, value in row.items()}


def _names(definition: Definition, codes: AbstractSet[str]) -> frozenset[Text]:
    return frozenset(definition.partner(code).name for code in codes)


def _name(cell: Cell) -> str:
    if not isinstance(cell, Text):
        raise ValueError("a comparison names its services and its partners in both languages")
    return cell.en


def _key(service: str, partner: str) -> str:
    return f"{service}|{partner}"
