"""Differences between overlapping groups: what two harmless totals tell when one is taken from the other."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from consortia.disclosure.attack import Interval, feasible_intervals
from consortia.disclosure.rules import DisclosureRules, protection_needed
from consortia.disclosure.tables import DisclosureCell, DisclosureTable, Sum

Members = frozenset[str]
MOST_DERIVED = 500  # groups that follow from others; more are not looked for, the single partners always are


@dataclass(frozen=True, slots=True)
class Exposure:
    """Partners whose figure can be worked out too closely: it must lie in `interval`, from the totals together."""

    members: tuple[str, ...]
    interval: Interval


def table_of_groupings(groups: Mapping[str, AbstractSet[str]], contributions: Mapping[str, float]) -> DisclosureTable:
    """Gives the table of the totals of overlapping groups, from any groupings and any waves, of one measure.

    Each partner, and each group that is the difference of two nested ones, becomes a cell that is not shown but must
    not be worked out either; `protect` then withholds totals until nothing can. A partner whose figure differs
    between waves is two contributors: name them apart.
    """
    members = {key: frozenset(group) for key, group in groups.items()}
    hidden = _differences(set(members.values())) | {frozenset([name]) for group in members.values() for name in group}
    singles = {name: DisclosureCell(_name(frozenset([name])), {name: contributions[name]}, shown=False)
               for name in sorted(frozenset().union(*members.values()))}  # fmt: skip
    shown = [DisclosureCell(key, {name: contributions[name] for name in group}) for key, group in members.items()]
    derived = [
        DisclosureCell(_name(group), {name: contributions[name] for name in group}, shown=False)
        for group in sorted(hidden - set(members.values()), key=sorted)
        if len(group) > 1
    ]
    sums = [Sum(cell.key, tuple(singles[name].key for name in sorted(cell.contributions))) for cell in shown + derived]
    return DisclosureTable((*shown, *singles.values(), *derived), tuple(sums))


def exposures(
    groups: Mapping[str, AbstractSet[str]], contributions: Mapping[str, float], *, rules: DisclosureRules | None = None
) -> tuple[Exposure, ...]:
    """Gives who could be worked out if the totals of all these groups were shown, in the unit of the contributions."""
    chosen, table = rules or DisclosureRules(), table_of_groupings(groups, contributions)
    needs = {cell.key: protection_needed(cell, chosen) for cell in table.cells}
    unsafe = {key: need for key, need in needs.items() if need > 0}
    known = {cell.key: (cell.value, cell.value) for cell in table.cells if cell.shown}
    found = feasible_intervals(table, known, of=unsafe)
    return tuple(
        Exposure(tuple(sorted(table.by_key[key].contributions)), interval)
        for key, interval in found.items()
        if _is_narrow(interval, table.by_key[key].value, unsafe[key])
    )


def _is_narrow(interval: Interval, value: float, need: float) -> bool:
    return not interval.reaches(max(0.0, value - need), value + need, need=need)


def _differences(groups: set[Members]) -> set[Members]:
    """Every group that is what one leaves of another that holds it, and what follows from those in turn."""
    known, newest = set(groups), set(groups)
    while newest and len(known) < MOST_DERIVED:
        newest = {a - b for a in known for b in known if b < a} - known
        known |= newest
    return known


def _name(group: Members) -> str:
    return "only: " + ", ".join(sorted(group))
