"""Groups that hang together on a map: all of them, each once, and as many as others have counted."""

import numpy as np
import pytest

from consortia.partnership.columns import columns_of_masks
from consortia.partnership.connected_sets import connected_sets, count_connected
from consortia.partnership.limits import connected_groups
from consortia.reference.authorities import all_authorities
from consortia.reference.geography import borders

SOUTH_EAST_WALES = (
    (0, 2), (0, 1), (1, 2), (1, 4), (4, 2), (4, 5), (4, 9), (2, 5), (2, 3), (3, 5),
    (5, 9), (5, 7), (5, 6), (6, 8), (6, 7), (7, 9), (7, 8), (8, 9),
)  # fmt: skip
"""CSG-2 of methods.md: Bridgend, Vale, RCT, Merthyr, Cardiff, Caerphilly, Blaenau Gwent, Torfaen, Monmouthshire and
Newport."""


def links_within(codes, edition="2025", *, across_water=False):
    place = {code: number for number, code in enumerate(codes)}
    pairs = borders(edition, across_water=across_water)
    return [(place[one], place[other]) for one, other in sorted(pairs) if one in place and other in place]


def welsh_authorities():
    return sorted(one.code for one in all_authorities() if one.code.startswith("W06") and not one.end)


def as_masks(columns):
    return sorted(sum(1 << player for player in columns.group(place)) for place in range(len(columns)))


def test_south_east_wales_has_474_connected_groups():
    assert count_connected(10, SOUTH_EAST_WALES) == (10, 18, 36, 64, 97, 112, 86, 40, 10, 1)


def wales_with_the_menai_bridges():
    """The 44 borders on land, and Anglesey with Gwynedd, which only bridges join."""
    return links_within(welsh_authorities())


def test_wales_has_765063_connected_groups_of_any_size_with_the_menai_bridges():
    assert sum(count_connected(22, wales_with_the_menai_bridges())) == 765_063


def test_without_the_bridges_anglesey_stands_alone():
    codes = welsh_authorities()
    bridges = {codes.index("W06000001"), codes.index("W06000002")}
    on_land = [pair for pair in links_within(codes) if {*pair} != bridges]
    assert sum(count_connected(22, on_land)) == 487_869


@pytest.mark.parametrize(("largest", "groups"), [(3, 206), (4, 689), (5, 2_300), (6, 7_060), (7, 19_223), (8, 45_932)])
def test_wales_by_largest_size_counts_as_published(largest, groups):
    assert sum(count_connected(22, wales_with_the_menai_bridges(), largest=largest)) == groups


@pytest.mark.parametrize("seed", range(5))
def test_the_groups_are_those_that_the_table_of_all_groups_finds(seed):
    random = np.random.default_rng(seed)
    links = [(one, two) for one in range(9) for two in range(one) if random.uniform() < 0.3]
    wanted = np.flatnonzero(connected_groups(9, links))
    assert as_masks(connected_sets(9, links)) == wanted.tolist()
    small = wanted[np.bitwise_count(wanted) <= 4]
    assert as_masks(connected_sets(9, links, largest=4)) == small.tolist()


def test_groups_written_as_masks_come_back_in_order():
    columns = columns_of_masks(6, [0b101001, 0b10, 0b111111])
    assert [columns.group(place) for place in range(3)] == [(0, 3, 5), (1,), (0, 1, 2, 3, 4, 5)]


def test_too_many_groups_are_refused_before_memory_is_taken():
    everyone = [(one, two) for one in range(40) for two in range(one)]
    with pytest.raises(ValueError, match="More than 1,000 groups"):
        connected_sets(40, everyone, most=1_000)


def test_a_link_to_nobody_is_refused():
    with pytest.raises(ValueError, match="not a pair"):
        connected_sets(3, [(0, 3)])
