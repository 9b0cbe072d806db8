"""Which authorities border each other, and where each stands on the hex map."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import asin, cos, radians, sin, sqrt

from consortia.errors import UnknownReference
from consortia.reference import shelf

EDITIONS = ("2014", "2023", "2025")
EARTH_KM = 6_371.0
LAYOUTS = ("districts-2023", "upper-tier", "wales")


@dataclass(frozen=True, slots=True)
class Hex:
    """The place of an authority on a hex map: column q and row r of the layout (odd rows pushed right)."""

    code: str
    q: int
    r: int
    layout: str


@cache
def borders(edition: str = "2025", *, across_water: bool = False) -> frozenset[tuple[str, str]]:
    """Pairs of authorities (in the order of their codes) that share a boundary line; a county borders its districts.

    Authorities that bridges join over the water all along between them count too (Anglesey and Gwynedd); with
    `across_water` also those that meet along a river or estuary (ONS list of 2021).
    """
    if edition not in EDITIONS:
        raise UnknownReference(f"There are no borders of {edition}.", remedy=f"Editions: {', '.join(EDITIONS)}.")
    wanted = {(edition, "line"), ("any", "within"), ("any", "fixed link")}
    wanted |= {("2021", "line or water")} if across_water else set()
    return frozenset(
        (row["authority"], row["neighbour"]) for row in shelf.rows("borders") if (row["edition"], row["kind"]) in wanted
    )


@cache
def _centres() -> dict[str, tuple[float, float]]:
    return {row["authority"]: (float(row["latitude"]), float(row["longitude"])) for row in shelf.rows("centres")}


def distance_km(first: str, second: str) -> float | None:
    """Kilometres as the crow flies between the middles of two authorities' areas; None where one is on no map."""
    here, there = _centres().get(first), _centres().get(second)
    if here is None or there is None:
        return None
    (south, west), (north, east) = ((radians(degrees) for degrees in place) for place in (here, there))
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin((east - west) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


@cache
def _hexes() -> dict[tuple[str, str], Hex]:
    return {
        (row["layout"], row["authority"]): Hex(row["authority"], int(row["q"]), int(row["r"]), row["layout"])
        for row in shelf.rows("hexes")
    }


def hex_of(code: str, layout: str | None = None) -> Hex | None:
    """The hex of an authority in a layout, or in the first layout that has it; None when no map shows it.

    Counties stand only in the upper-tier layout, districts only in the district layout.
    """
    for name in (layout,) if layout else LAYOUTS:
        found = _hexes().get((name, code))
        if found:
            return found
    return None
