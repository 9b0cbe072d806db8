"""The comparison as one partner may see it: every table about named partners goes through disclosure control here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from consortia.disclosure import DisclosureCell, DisclosureRules, DisclosureTable, ProtectedTable, protect
from consortia.report.outcome_tables import NEIGHBOUR
from consortia.report.tables import Table
from consortia.report.words import Absent, Cell, Words, msgid
from consortia.study import Definition, Return, Study, Text
from consortia.study.fingerprints import return_digest

WITHHELD = msgid("Some figures are withheld, so that no partner's own can be worked out from those shown.")
# A median cannot be divided into parts, so that only the number of partners in it protects them.
BY_NUMBER_ONLY = DisclosureRules(p_percent=0.0)
OWN_SOURCES = frozenset({"upload", "ledger"})
PARTNER, WHOSE, TOGETHER = "partner", "whose", "together"


@dataclass(frozen=True, slots=True)
class Comparing:
    """The columns of a table that sets partners side by side: what the rows of one comparison share (`by`), what is a
    partner's own (`own`; `amount` is the first of them), what says something of all of them together (`together`), and
    what says where a partner stands among them (`standing`)."""

    by: str
    own: tuple[str, ...]
    together: tuple[str, ...]
    standing: tuple[str, ...] = ()

    @property
    def columns(self) -> frozenset[str]:
        """The columns that the table must have."""
        return frozenset({self.by, PARTNER, *self.own, *self.together, *self.standing})


UNIT_COSTS = Comparing("service", ("amount", "unit_cost"), ("partners_median",))
# The results themselves are published; the costs beside them may not be.
OUTCOMES = Comparing("outcome", ("unit_cost",), ("median_cost",), ("standing",))


def released_partners(study: Study) -> frozenset[Text]:
    """The names of the partners whose figures are no secret among the partners: published, or released as they are."""
    return _names(study.definition, frozenset(each.partner for each in study.returns if is_released(each)))


def published_partners(study: Study) -> frozenset[Text]:
    """The names of the partners whose figures anybody may know, as they are published."""
    return _names(study.definition, frozenset(each.partner for each in study.returns if is_published(each)))


def is_published(returned: Return) -> bool:
    """True for a published return that nothing of the partner's own was loaded into and that no change is on."""
    header = returned.header
    return header.source not in OWN_SOURCES and not header.uploads and not returned.review.in_effect


def is_released(returned: Return) -> bool:
    """True when the other partners may see the return: it is published, or was released as it stands now."""
    return is_published(returned) or returned.header.released_digest == return_digest(returned)


def release_return(returned: Return, *, by: str, on: str) -> Return:
    """The return with the record that the partner lets the others see it as it stands; a change of it ends that."""
    recorded = {"released_by": by, "released_on": on, "released_digest": return_digest(returned)}
    return replace(returned, header=returned.header.model_copy(update=recorded))


def comparison_for(table: Table, *, viewer: Text, known: AbstractSet[Text]) -> Table:
    """Gives the comparison as one partner may see it: figures of those that are not `known` to it are withheld.

    The median of the partners is withheld with them where few of those in it are unknown to the reader: of two
    partners, it and the own figure give the other's. A row keeps what is public: residents, the neighbours' median.
    """
    return _as_seen(table, UNIT_COSTS, known=known | {viewer}, viewer=viewer)


def outcomes_for(table: Table, *, viewer: Text, known: AbstractSet[Text]) -> Table:
    """Gives cost beside outcome as one partner may see it, of whom it knows the costs of the partners `known`.

    Costs of others are withheld, with where they stand; the median cost too, and with it where anybody stands, where
    it has few costs in it that the reader does not know. Neighbours and results are published and stay.
    """
    public = {name for name, whose in _pairs(table, PARTNER, WHOSE) if whose == NEIGHBOUR and isinstance(name, Text)}
    return _as_seen(table, OUTCOMES, known=known | public | {viewer}, viewer=viewer)


def _as_seen(table: Table, comparing: Comparing, *, known: AbstractSet[Text], viewer: Text) -> Table:
    if not comparing.columns <= {column.key for column in table.columns}:
        raise ValueError(f"table {table.key} is not a comparison of partners")
    rows = [dict(zip((column.key for column in table.columns), row, strict=True)) for row in table.rows]
    shown = _protected(rows, comparing, viewer=_name(viewer), known={_name(each) for each in known})
    seen = tuple(tuple(_seen(row, comparing, shown).values()) for row in rows)
    notes: tuple[Words, ...] = (*table.notes, WITHHELD) if shown.withheld else table.notes
    keys = tuple(
        tuple("" if isinstance(cell, Absent) else key for cell, key in zip(row, named, strict=True))
        for row, named in zip(seen, table.figure_keys, strict=False)
    )
    return replace(table, rows=seen, notes=notes, figure_keys=keys)


def _protected(
    rows: list[dict[str, Cell]], comparing: Comparing, *, viewer: str, known: AbstractSet[str]
) -> ProtectedTable:
    cells = tuple(_cells(rows, comparing, known))
    public = {cell.key for cell in cells if set(cell.contributions) <= known}
    return protect(DisclosureTable(cells), rules=BY_NUMBER_ONLY, released=public, viewers=[viewer])


def _cells(rows: list[dict[str, Cell]], comparing: Comparing, known: AbstractSet[str]) -> Iterator[DisclosureCell]:
    """For each comparison one cell for each partner, and one for their median with those the reader does not know."""
    compared: dict[str, dict[str, float]] = {}
    for row in rows:
        if isinstance(amount := row[comparing.own[0]], int | float):
            # Only who is in a cell matters here; a net cost below zero is as much a secret as one above.
            compared.setdefault(_group(row, comparing), {})[_name(row[PARTNER])] = abs(amount) or 1.0
    counted = {(_group(row, comparing), _name(row[PARTNER])) for row in rows if _counts(row, comparing)}
    for group, amounts in compared.items():
        unknown = {p: amount for p, amount in amounts.items() if p not in known and (group, p) in counted}
        yield DisclosureCell(_key(group, TOGETHER), unknown)
        for partner, amount in amounts.items():
            yield DisclosureCell(_key(group, partner), {partner: amount})


def _counts(row: Mapping[str, Cell], comparing: Comparing) -> bool:
    """False for a figure that is shown and in no median: it protects nobody else's."""
    return all(row[key] is not Absent.NOT_APPLICABLE for key in comparing.together)


def _seen(row: Mapping[str, Cell], comparing: Comparing, shown: ProtectedTable) -> dict[str, Cell]:
    group, partner = _group(row, comparing), _name(row[PARTNER])
    own, together = _key(group, partner) in shown.withheld, _key(group, TOGETHER) in shown.withheld
    hidden = {*comparing.own} if own else set()
    hidden |= {*comparing.together} if together else set()
    hidden |= {*comparing.standing} if own or together else set()
    return {key: Absent.WITHHELD if key in hidden else value for key, value in row.items()}


def _pairs(table: Table, *keys: str) -> Iterator[tuple[Cell, ...]]:
    held = {column.key for column in table.columns}
    return zip(*(table.column(key) for key in keys), strict=True) if held >= set(keys) else iter(())


def _group(row: Mapping[str, Cell], comparing: Comparing) -> str:
    """What a row is compared on, as text: a service by its English name, a measure by its words."""
    cell = row[comparing.by]
    return cell.en if isinstance(cell, Text) else repr(cell)


def _names(definition: Definition, codes: AbstractSet[str]) -> frozenset[Text]:
    return frozenset(definition.partner(code).name for code in codes)


def _name(cell: Cell) -> str:
    if not isinstance(cell, Text):
        raise ValueError("a comparison names its services and its partners in both languages")
    return cell.en


def _key(group: str, partner: str) -> str:
    return f"{group}|{partner}"
