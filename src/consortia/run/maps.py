"""Who shares a service with whom, on hexagons: one map for each service to be shared."""

from __future__ import annotations

from collections.abc import Sequence

from consortia.reference.geography import Hex, hex_of
from consortia.report.paper import HexCell, HexMap
from consortia.run.decisions import Decision
from consortia.run.results import name_of, title_of
from consortia.study import Definition, Text


def maps_of(decisions: Sequence[Decision], definition: Definition) -> tuple[HexMap, ...]:
    """A map for each service that is to be shared; partners without a place in the layout stand in a row below."""
    return tuple(
        map_of(title_of(decision), [formed.price.members for formed in decision.formed], definition)
        for decision in decisions
        if decision.formed
    )


def map_of(title: Text, groups: Sequence[Sequence[str]], definition: Definition) -> HexMap:
    """The map of a service with these groups, the first of them A; a group of one and none is on its own."""
    places = _places(definition)
    group = {code: number for number, members in enumerate(groups, 1) for code in members if len(members) > 1}
    cells = tuple(
        HexCell(code, name_of(code, definition), *places[code], group.get(code, 0)) for code in definition.codes
    )
    return HexMap(title, cells)


def _places(definition: Definition) -> dict[str, tuple[int, int]]:
    """Column and row of each partner; counties lie over their districts, so they get a row of their own."""
    found = {code: hex_of(code) for code in definition.codes}
    layout = _commonest_layout(list(found.values()))
    placed = {code: (one.q, one.r) for code, one in found.items() if one is not None and one.layout == layout}
    left, below = _corner(placed)
    rest = [code for code in definition.codes if code not in placed]
    return placed | {code: (left + number, below) for number, code in enumerate(rest)}


def _commonest_layout(found: Sequence[Hex | None]) -> str:
    layouts = sorted(one.layout for one in found if one is not None)
    return max(layouts, key=layouts.count, default="")


def _corner(placed: dict[str, tuple[int, int]]) -> tuple[int, int]:
    """Where the row for the others starts: left edge, two rows below (rows count upwards on the map)."""
    if not placed:
        return 0, 0
    return min(q for q, _ in placed.values()), min(r for _, r in placed.values()) - 2
