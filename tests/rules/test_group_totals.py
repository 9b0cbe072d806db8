"""For any groups: what one partner sees of a run never tells another's part to within the protection it needs."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from consortia.disclosure import DisclosureCell, DisclosureTable, Sum, feasible_intervals, protection_needed
from consortia.run.group_totals import FEW, WHOLE, FormedGroup, service_key, withheld_totals
from consortia.study import Text

NAMES = tuple(Text(en=name) for name in "ABCDE")


@st.composite
def programmes(draw: st.DrawFn) -> list[FormedGroup]:
    """One to four groups of two to five partners, over at most three services."""
    groups = []
    for row in range(draw(st.integers(1, 4))):
        members = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=5, unique=True))
        parts = {name.en: float(draw(st.integers(10, 1_000))) for name in members}
        groups.append(FormedGroup(row, Text(en=f"s{row % 3}"), tuple(members), parts))
    return groups


@settings(max_examples=40, deadline=None)
@given(programmes(), st.sets(st.sampled_from(NAMES), max_size=3))
def test_an_attack_on_what_is_shown_finds_no_total_of_few(groups: list[FormedGroup], released: set[Text]) -> None:
    viewer = next((name.en for name in NAMES if name not in released), "")
    withheld = withheld_totals(groups, viewer=viewer, released=released)
    table = rebuilt(groups, released)
    shown = {cell.key: (cell.value, cell.value) for cell in table.cells if cell.key not in withheld}
    for cell in table.cells:
        need = protection_needed(cell, FEW)
        others = sum(part for name, part in cell.contributions.items() if name != viewer)
        if need > 0 and others > 0:
            assert cell.key in withheld
            (interval,) = feasible_intervals(table, shown, of=[cell.key], viewer=viewer).values()
            assert interval.high >= cell.value + need * 0.99


def rebuilt(groups: list[FormedGroup], released: set[Text]) -> DisclosureTable:
    """The groups, services and the whole, with the parts of those that have not released: put together anew here."""
    known = {name.en for name in released}
    parts = {one.key: {name: part for name, part in one.parts.items() if name not in known} for one in groups}
    services = {service_key(one.service): [g.key for g in groups if g.service == one.service] for one in groups}
    cells = [DisclosureCell(key, own) for key, own in parts.items()]
    cells += [DisclosureCell(key, together(parts[each] for each in held)) for key, held in services.items()]
    cells.append(DisclosureCell(WHOLE, together(parts.values())))
    sums = [Sum(key, tuple(held)) for key, held in services.items()]
    return DisclosureTable(tuple(cells), (*sums, Sum(WHOLE, tuple(services))))


def together(each) -> dict[str, float]:
    found: dict[str, float] = {}
    for parts in each:
        for name, part in parts.items():
            found[name] = found.get(name, 0.0) + part
    return found
