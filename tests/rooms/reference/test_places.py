"""Borders, hexes and area indicators."""

from __future__ import annotations

import numpy as np
import pytest

from consortia.errors import UnknownReference
from consortia.reference.authorities import all_authorities, authority, find_authority
from consortia.reference.geography import borders, distance_km, hex_of
from consortia.reference.indicators import indicator_names, indicators


def code(name):
    return find_authority(name).code


def touch(first, second, **how):
    return tuple(sorted((code(first), code(second)))) in borders(**how)


def test_neighbours_share_a_line():
    assert touch("Burnley", "Pendle")
    assert not touch("Burnley", "Wyre")


def test_a_county_borders_its_districts_and_the_unitaries_beside_it():
    assert touch("Lancashire", "Burnley")
    assert touch("Lancashire", "Blackpool")


def test_water_separates_unless_asked_otherwise():
    assert not touch("Sefton", "Wirral")
    assert touch("Sefton", "Wirral", across_water=True)


def test_borders_of_the_past_hold_the_councils_of_the_past():
    assert ("E07000026", "E07000028") in borders("2014")  # Allerdale and Carlisle
    assert ("E07000026", "E07000028") not in borders("2025")


def test_an_edition_without_borders_is_refused_with_those_held():
    with pytest.raises(UnknownReference, match="2014, 2023, 2025"):
        borders("1999")


def test_every_present_council_has_a_hex():
    assert all(hex_of(body.code) for body in all_authorities() if body.kind != "O" and body.is_current)


def test_no_two_authorities_stand_on_the_same_hex():
    for layout in ("districts-2023", "upper-tier", "wales"):
        found = [hex_ for body in all_authorities() if (hex_ := hex_of(body.code, layout))]
        assert len({(hex_.q, hex_.r) for hex_ in found}) == len(found) > 20


def test_indicators_are_a_read_only_table_with_meanings():
    table = indicators()
    assert table.values.shape == (len(table.authorities), len(table.names))
    assert (len(indicator_names()), len(table.sources)) == (48, 48)
    assert not table.values.flags.writeable
    assert np.isfinite(table.values).mean() > 0.9


def test_indicators_use_the_present_codes():
    assert {"E08000038", "E10000017", "W06000011"} <= set(indicators().authorities)
    assert all(authority(one).code == one for one in indicators().authorities)


def test_the_menai_bridges_join_anglesey_to_gwynedd():
    assert ("W06000001", "W06000002") in borders()


@pytest.mark.parametrize(("first", "second", "km"), [
    ("Cardiff", "Swansea", 60), ("Burnley", "Pendle", 10), ("Isle of Anglesey", "Gwynedd", 50),
])  # fmt: skip
def test_distances_lie_between_the_middles_of_areas(first: str, second: str, km: float) -> None:
    here, there = find_authority(first).code, find_authority(second).code
    assert distance_km(here, there) == pytest.approx(km, abs=1)
    assert distance_km(there, here) == distance_km(here, there)


def test_every_council_of_today_has_a_place_and_a_police_body_has_none() -> None:
    today = [one.code for one in all_authorities() if one.kind != "O" and not one.end]
    assert [code for code in today if distance_km(code, "W06000001") is None] == []
    police = next(one.code for one in all_authorities() if "Police" in one.name)
    assert distance_km(police, "W06000001") is None
