"""Which totals of a run would give a partner away: groups of few whose figures are not released, and what adds up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from consortia.disclosure import (
    DisclosureCell,
    DisclosureRefused,
    DisclosureRules,
    DisclosureTable,
    Sum,
    is_unsafe,
    protect,
)
from consortia.report.tables import Table
from consortia.run.record import Run
from consortia.study import Text

# Of two, each is left with the other's part when it takes away its own; a part that hides behind no other is named.
FEW = DisclosureRules(threshold=3)
WHOLE, NOBODY = "whole", ""
MEMBERS, FIGURE = "members", "low"


@dataclass(frozen=True, slots=True)
class FormedGroup:
    """A group of the decision table: its row, its service and the names of its members, and what each puts in.

    `parts`: the saving that the case promises by the name of each partner, pence over the whole period. What a partner
    spends stands behind its saving, so that who knows the one can work out the other.
    """

    row: int
    service: Text
    members: tuple[Text, ...]
    parts: Mapping[str, float]

    @property
    def key(self) -> str:
        """The key of its cell."""
        return f"group {self.row}"

    def hidden_from_all(self, released: AbstractSet[Text]) -> dict[str, float]:
        """The parts of members whose figures are not released."""
        known = {name.en for name in released}
        return {name: part for name, part in self.parts.items() if name not in known}


def formed_groups(run: Run) -> tuple[FormedGroup, ...]:
    """The groups that the run proposes to form."""
    table, promised = run.content.decision, _promised(run)
    titles, members, keys = table.column("service"), table.column(MEMBERS), _figures(table)
    found = []
    for row, (title, names) in enumerate(zip(titles, members, strict=True)):
        if isinstance(names, tuple) and isinstance(title, Text):
            named = tuple(name for name in names if isinstance(name, Text))
            # A member that is promised nothing is a contributor all the same.
            parts = {name.en: promised.get((_initiative(keys[row]), name.en), 0.0) or 1.0 for name in named}
            found.append(FormedGroup(row, title, named, parts))
    return tuple(found)


def withheld_totals(groups: Sequence[FormedGroup], *, viewer: str, released: AbstractSet[Text]) -> frozenset[str]:
    """The keys of what one partner may not see: groups, services (`service_key`) and the whole (`WHOLE`).

    `viewer` is the reader's English name, or NOBODY. A total of fewer than three partners that have not released
    their figures is withheld, one that a single of them makes up almost alone too, and as few others as hide these.
    """
    table = _table(groups, released)
    try:
        return frozenset(protect(table, rules=FEW, viewers=[viewer]).withheld)
    except DisclosureRefused:
        return frozenset(table.by_key)


def exposed_partners(run: Run, released: AbstractSet[Text]) -> tuple[Text, ...]:
    """The partners whose figures are not released and could be worked out from the total of a group of theirs.

    Also those who could be once the ones before them have released theirs: who is left alone in a group is exposed.
    """
    found: dict[Text, None] = {}
    while more := _exposed(run, frozenset(released) | found.keys()):
        found |= dict.fromkeys(more)
    return tuple(found)


def _exposed(run: Run, released: AbstractSet[Text]) -> list[Text]:
    exposed = []
    for group in formed_groups(run):
        hidden = group.hidden_from_all(released)
        if len(group.members) > 1 and is_unsafe(DisclosureCell(group.key, hidden), FEW):
            exposed += [name for name in group.members if name.en in hidden]
    return exposed


def service_key(service: Text) -> str:
    """The key of the total of a service."""
    return f"service {service.en}"


def _table(groups: Sequence[FormedGroup], released: AbstractSet[Text]) -> DisclosureTable:
    cells = [DisclosureCell(group.key, group.hidden_from_all(released)) for group in groups]
    services = dict.fromkeys(group.service for group in groups)
    of = {service_key(one): [group for group in groups if group.service == one] for one in services}
    sums = [Sum(key, tuple(group.key for group in held)) for key, held in of.items()]
    cells += [DisclosureCell(key, _added(held, released)) for key, held in of.items()]
    cells.append(DisclosureCell(WHOLE, _added(groups, released)))
    return DisclosureTable(tuple(cells), (*sums, Sum(WHOLE, tuple(of))))


def _added(groups: Sequence[FormedGroup], released: AbstractSet[Text]) -> dict[str, float]:
    together: dict[str, float] = {}
    for group in groups:
        for name, part in group.hidden_from_all(released).items():
            together[name] = together.get(name, 0.0) + part
    return together


def _promised(run: Run) -> dict[tuple[str, str], float]:
    """The saving that the case promises over all years, in pence, by initiative and English name of the partner."""
    names = {partner.code: partner.name.en for partner in run.content.partners}
    together: dict[tuple[str, str], float] = {}
    for line in run.case:
        if line.measure == "saving":
            place = line.initiative, names[line.partner]
            together[place] = together.get(place, 0.0) + max(0, line.amount_pence)
    return together


def _figures(table: Table) -> tuple[str, ...]:
    place = [column.key for column in table.columns].index(FIGURE)
    return tuple(table.key_of(row, place) for row in range(len(table.rows)))


def _initiative(figure: str) -> str:
    """The initiative in a figure's key: `npv.central.legal.1.p10` is about `central.legal`."""
    return ".".join(figure.split(".")[1:-2])


def members_of(groups: Sequence[FormedGroup], keys: AbstractSet[str]) -> Iterator[Text]:
    """The members of the groups of these keys, each once."""
    yield from dict.fromkeys(name for group in groups if group.key in keys for name in group.members)
