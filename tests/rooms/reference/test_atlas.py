"""The maps that partners are picked from: every council of today can be picked, and neighbours are real ones."""

from __future__ import annotations

from itertools import pairwise

import pytest

from consortia.errors import UnknownReference
from consortia.reference.atlas import area, area_of, areas, members, next_to, other_bodies, rows, unplaced
from consortia.reference.authorities import all_authorities, authority, find_authority


def test_every_council_of_today_stands_on_a_map_or_beside_it() -> None:
    shown = {body.code for one in areas() for body in (*members(one), *other_bodies(one))}
    left_out = {body.code for body in all_authorities() if body.is_current and body.region} - shown
    assert left_out == set()


@pytest.mark.parametrize("key", [one.key for one in areas()])
def test_a_map_holds_each_of_its_councils_once(key: str) -> None:
    shown = area(key)
    on_map = [body.code for row in rows(shown) for body in row.cells if body is not None]
    beside = [body.code for body in unplaced(shown)]
    assert sorted(on_map + beside) == sorted(body.code for body in members(shown))


def test_rows_stand_from_north_to_south_and_every_other_is_shifted() -> None:
    drawn = rows(area("wales"))
    names = [[body.name for body in row.cells if body] for row in drawn]
    north, south = (place for place, row in enumerate(names) if "Isle of Anglesey" in row or "Cardiff" in row)
    assert north < south
    assert {one.shifted != other.shifted for one, other in pairwise(drawn)} == {True}


def test_neighbours_cross_the_border_of_a_region_but_not_of_a_kind() -> None:
    lancaster = find_authority("Lancaster").code
    on_districts = {authority(code).name for code in next_to({lancaster}, area("districts-north-west"))}
    assert {"Wyre", "Ribble Valley", "Westmorland and Furness", "North Yorkshire"} <= on_districts
    assert "Lancashire" not in on_districts
    assert lancaster not in next_to({lancaster}, area("districts-north-west"))


def test_a_map_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(UnknownReference, match="wales"):
        area("scotland")


@pytest.mark.parametrize(
    ("name", "key"), [("Burnley", "districts-north-west"), ("Kent", "counties-south-east"), ("Cardiff", "wales")]
)
def test_the_map_of_a_council_is_found(name: str, key: str) -> None:
    found = area_of(find_authority(name))
    assert found is not None
    assert found.key == key
