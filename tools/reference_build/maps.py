"""Borders between authorities and the hex map."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from consortia.reference.spelling import plain
from reference_build.bodies import Bodies
from reference_build.files import Shelf, records

EDITIONS = ("2014", "2023", "2025")
# Roads that join authorities with water all along between them: the Menai Suspension Bridge (A5) and the Britannia
# Bridge (A55) join Anglesey and Gwynedd.
FIXED_LINKS = (("W06000001", "W06000002"),)
WELSH_TO_ENGLISH = {"merthyr tudful": "Merthyr Tydfil"}


def write(shelf: Shelf, data: Path, bodies: Bodies) -> None:
    """Writes borders (shared boundary line, or also across water, or a fixed link over it) and hexes."""
    pairs = sorted(
        {*_shared_lines(data, bodies), *_across_water(data, bodies), *_within(data, bodies), *_fixed_links(bodies)}
    )
    shelf.write("borders", ("edition", "kind", "tier", "authority", "neighbour", "source"), sorted(pairs), packed=True)
    shelf.write("hexes", ("layout", "authority", "q", "r", "source"), sorted(_hexes(data, bodies)))


def _pair(first: str, second: str, bodies: Bodies) -> tuple[str, str] | None:
    a, b = sorted((bodies.canonical(first), bodies.canonical(second)))
    return (a, b) if a and a != b else None


def _shared_lines(data: Path, bodies: Bodies) -> Iterator[tuple[str, ...]]:
    for edition in EDITIONS:
        for tier in ("ltla", "utla"):
            for row in records(data / f"boundaries/contiguity_{tier}_{edition}.csv"):
                if pair := _pair(row["area_a"], row["area_b"], bodies):
                    yield edition, "line", tier, *pair, "ons-boundaries"


def _across_water(data: Path, bodies: Bodies) -> Iterator[tuple[str, ...]]:
    """ONS's own list of 2021 also counts borders that run along a river or estuary."""
    listed = json.loads((data / "neighbours/ons_contiguity_and_nearby_2021.json").read_text(encoding="utf-8"))
    for code, (sharing, *_) in listed.items():
        for other in sharing or ():
            if pair := _pair(code, other, bodies):
                yield "2021", "line or water", "ltla", *pair, "ons-contiguity-2021"


def _within(data: Path, bodies: Bodies) -> Iterator[tuple[str, ...]]:
    """A county and a district inside it have the same ground, so they count as neighbours."""
    listed = [(r["ltlacd"], r["ctycd"]) for r in records(data / "reference/ltla14_lookup.csv") if r["ctycd"]]
    listed += [(r["LAD21CD"], r["CTY21CD"]) for r in records(data / "reference/lad_to_county_2021_england.csv")]
    for district, county in listed:
        if pair := _pair(district, county, bodies):
            yield "any", "within", "both", *pair, "ons-lookups"


def _fixed_links(bodies: Bodies) -> Iterator[tuple[str, ...]]:
    for first, second in FIXED_LINKS:
        if pair := _pair(first, second, bodies):
            yield "any", "fixed link", "both", *pair, "fixed-links"


def _hexes(data: Path, bodies: Bodies) -> Iterator[tuple[str, str, int, int, str]]:
    folder = data / "boundaries"
    for layout, name in (
        ("districts-2023", "uk-local-authority-districts-2023"),
        ("upper-tier", "uk-upper-tier-local-authorities"),
    ):
        for code, cell in _cells(folder / f"{name}.hexjson").items():
            if known := bodies.canonical(code):
                yield layout, known, cell["q"], cell["r"], "open-innovations-hexmaps"
    welsh = {plain(name): b.code for b in bodies.by_code.values() if b.kind == "WA" for name in (b.name, b.name_cy)}
    welsh |= {plain(text): code for (_, code), text in bodies.spellings.items() if code.startswith("W06")}
    for cell in _cells(folder / "wales-unitary-authorities.hexjson").values():
        code = welsh.get(plain(cell.get("en", ""))) or welsh[plain(cell["n"])]
        yield "wales", code, cell["q"], cell["r"], "open-innovations-hexmaps"


def _cells(path: Path) -> dict[str, dict[str, Any]]:
    hexes: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["hexes"]
    return hexes
