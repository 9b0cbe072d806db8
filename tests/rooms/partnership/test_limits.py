"""Which groups wishes and geography allow."""

import pytest

from consortia.partnership.limits import Limits, allowed_groups, connected_groups
from consortia.partnership.masks import mask_of, players_of


def groups(allowed):
    return [players_of(mask) for mask in range(len(allowed)) if allowed[mask]]


def test_without_limits_every_group_is_allowed():
    assert allowed_groups(5, Limits()).sum() == 2**5 - 1


def test_partners_that_must_stand_together_are_never_apart():
    assert groups(allowed_groups(3, Limits(together=((0, 1),)))) == [(0, 1), (2,), (0, 1, 2)]


def test_partners_that_must_not_stand_together_never_do():
    assert groups(allowed_groups(3, Limits(apart=((0, 1),)))) == [(0,), (1,), (2,), (0, 2), (1, 2)]


def test_a_group_has_at_most_the_largest_size():
    assert allowed_groups(4, Limits(largest=2)).sum() == 4 + 6


def test_a_group_hangs_together_on_the_map():
    allowed = allowed_groups(4, Limits(links=((0, 1), (1, 2))))
    assert groups(allowed) == [(0,), (1,), (0, 1), (2,), (1, 2), (0, 1, 2), (3,)]


def test_a_ring_has_every_arc():
    ring = [(place, (place + 1) % 8) for place in range(8)]
    assert connected_groups(8, ring).sum() == 8 * 7 + 1


@pytest.mark.parametrize(
    "limits", [Limits(together=((0, 0),)), Limits(apart=((0, 3),)), Limits(links=((-1, 0),)), Limits(largest=0)]
)
def test_limits_that_make_no_sense_are_refused(limits):
    with pytest.raises(ValueError):
        allowed_groups(3, limits)


def test_a_group_and_its_players_go_back_and_forth():
    assert players_of(mask_of([4, 0, 2])) == (0, 2, 4)
