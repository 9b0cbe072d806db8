"""The middle of each authority's area, from the boundary file: where distances between authorities are measured."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from itertools import pairwise
from math import cos, radians
from pathlib import Path
from typing import Any

from reference_build.bodies import Bodies
from reference_build.files import Shelf

Point = tuple[float, float]
LAYERS = ("cty", "utla", "ltla")
"""Where an area stands in several layers, the later one counts."""
FILE = "boundaries/uk_2014_2025_supergeneralised.topojson.gz"


def write(shelf: Shelf, data: Path, bodies: Bodies) -> None:
    """Writes the centroid of the area of every authority on the boundary file, in degrees."""
    topology = json.loads(gzip.decompress((data / FILE).read_bytes()))
    arcs = [list(_decoded(arc, topology["transform"])) for arc in topology["arcs"]]
    found: dict[str, Point] = {}
    for layer in LAYERS:
        for area in topology["objects"][layer]["geometries"]:
            if code := bodies.canonical(area["properties"]["areacd"]):
                found[code] = _centroid(area, arcs)
    rows = [(code, f"{lat:.4f}", f"{lon:.4f}", "ons-boundaries") for code, (lon, lat) in sorted(found.items())]
    shelf.write("centres", ("authority", "latitude", "longitude", "source"), rows)


def _decoded(arc: list[list[int]], transform: dict[str, list[float]]) -> Iterator[Point]:
    """The points of an arc: steps on a grid, added up and brought to degrees."""
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    x = y = 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield x * sx + tx, y * sy + ty


def _centroid(area: dict[str, Any], arcs: list[list[Point]]) -> Point:
    """The centroid of all polygons of an area, each weighed by its size; holes count as such by their direction."""
    polygons = area["arcs"] if area["type"] == "MultiPolygon" else [area["arcs"]]
    total = east = north = 0.0
    for rings in polygons:
        for number, ring in enumerate(rings):
            size, x, y = _moments(_joined(ring, arcs))
            sign = 1.0 if number == 0 else -1.0
            total, east, north = total + sign * abs(size), east + sign * abs(size) * x, north + sign * abs(size) * y
    return east / total, north / total


def _joined(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    """The points of a ring; an arc of negative number runs backwards."""
    points: list[Point] = []
    for number in ring:
        own = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += own if not points else own[1:]
    return points


def _moments(points: list[Point]) -> tuple[float, float, float]:
    """Size (degrees of longitude shortened by latitude) and centroid of a ring, by the shoelace sum."""
    flat = [(x * cos(radians(points[0][1])), y) for x, y in points]
    crosses = [a[0] * b[1] - b[0] * a[1] for a, b in pairwise(flat)]
    double = sum(crosses)
    if not double:
        return 0.0, *points[0]
    pairs = list(zip(flat, flat[1:], crosses, strict=False))
    x = sum((a[0] + b[0]) * cross for a, b, cross in pairs) / (3 * double)
    y = sum((a[1] + b[1]) * cross for a, b, cross in pairs) / (3 * double)
    return double / 2, x / cos(radians(points[0][1])), y
