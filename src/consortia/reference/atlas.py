"""The hexagon maps that partners are picked from: one for each region and kind of council, because Britain is large."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from consortia.errors import UnknownReference
from consortia.reference.authorities import Authority, all_authorities
from consortia.reference.geography import Hex, borders, hex_of
from consortia.study import Text

ENGLISH = (
    Text(en="North East", cy="Gogledd-ddwyrain Lloegr"),
    Text(en="North West", cy="Gogledd-orllewin Lloegr"),
    Text(en="Yorkshire and The Humber", cy="Swydd Efrog a'r Humber"),
    Text(en="East Midlands", cy="Dwyrain Canolbarth Lloegr"),
    Text(en="West Midlands", cy="Gorllewin Canolbarth Lloegr"),
    Text(en="East of England", cy="Dwyrain Lloegr"),
    Text(en="London", cy="Llundain"),
    Text(en="South East", cy="De-ddwyrain Lloegr"),
    Text(en="South West", cy="De-orllewin Lloegr"),
)
WALES = Text(en="Wales", cy="Cymru")
WHOLE = frozenset({"UA", "MD", "LB", "WA"})
"""Councils with the duties of both a county and its districts: they stand on either map."""


@dataclass(frozen=True, slots=True)
class Area:
    """One map: a region's districts or its counties, with the councils that are both."""

    key: str
    name: Text
    layout: str
    kinds: frozenset[str]
    """Kinds of councils on it, as `Authority.kind`."""

    @property
    def of_counties(self) -> bool:
        """True for the map of counties, False for that of districts, and for Wales, where there is only one."""
        return "SC" in self.kinds


@dataclass(frozen=True, slots=True)
class MapRow:
    """Hexagons side by side from west to east, None for a gap; a shifted row stands half a hexagon to the east."""

    shifted: bool
    cells: tuple[Authority | None, ...]


@cache
def areas() -> tuple[Area, ...]:
    """Every map: Wales, the districts of each English region, the counties of each."""
    districts = (Area(_key("districts", name), name, "districts-2023", WHOLE | {"SD"}) for name in ENGLISH)
    counties = (Area(_key("counties", name), name, "upper-tier", WHOLE | {"SC"}) for name in ENGLISH)
    return (Area("wales", WALES, "wales", WHOLE), *districts, *(one for one in counties if one.name.en != "London"))


def area(key: str) -> Area:
    """The map with this key. UnknownReference, with the keys that there are."""
    found = next((one for one in areas() if one.key == key), None)
    if found is None:
        known = ", ".join(one.key for one in areas())
        raise UnknownReference(f"There is no map '{key}'.", remedy=f"Maps: {known}.")
    return found


def area_of(body: Authority) -> Area | None:
    """The map that shows a council, that of the districts before that of the counties; None where none does."""
    return next((one for one in areas() if body in members(one)), None)


@cache
def members(shown: Area) -> tuple[Authority, ...]:
    """The councils of today that a map is about, those without a hexagon too."""
    return tuple(
        body
        for body in all_authorities()
        if body.is_current and body.kind in shown.kinds and body.region == shown.name.en
    )


@cache
def rows(shown: Area) -> tuple[MapRow, ...]:
    """The map from north to south. Layouts count their rows upwards and push odd ones to the east."""
    placed = {(place.q, place.r): body for body, place in _placed(shown)}
    columns, lines = {q for q, _ in placed}, {r for _, r in placed}
    span = range(min(columns), max(columns) + 1)
    return tuple(
        MapRow(line % 2 == 1, tuple(placed.get((column, line)) for column in span))
        for line in range(max(lines), min(lines) - 1, -1)
    )


def unplaced(shown: Area) -> tuple[Authority, ...]:
    """Its councils that the layout has no hexagon for, such as those younger than it."""
    with_hex = {body.code for body, _ in _placed(shown)}
    return tuple(body for body in members(shown) if body.code not in with_hex)


def other_bodies(shown: Area) -> tuple[Authority, ...]:
    """Police, fire, waste and other authorities of the region, which no map shows."""
    return tuple(
        body for body in all_authorities() if body.is_current and body.kind == "O" and body.region == shown.name.en
    )


def next_to(chosen: Collection[str], shown: Area) -> frozenset[str]:
    """Codes of councils that share a border with one of those chosen; of the kinds that the map is about.

    Those of other regions too, as a border of a region is no border of a consortium.
    """
    pairs = borders()
    meeting = {other for pair in pairs for one, other in (pair, pair[::-1]) if one in chosen}
    able = {body.code for body in all_authorities() if body.is_current and body.kind in shown.kinds}
    return frozenset((meeting & able) - set(chosen))


def _placed(shown: Area) -> tuple[tuple[Authority, Hex], ...]:
    found = ((body, hex_of(body.code, shown.layout)) for body in members(shown))
    return tuple((body, place) for body, place in found if place is not None)


def _key(kind: str, name: Text) -> str:
    return f"{kind}-{name.en.lower().replace(' ', '-')}"
