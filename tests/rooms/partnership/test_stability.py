"""The core test."""

import numpy as np
import pytest

from consortia.partnership.stability import blocking_groups, is_stable

PAIRS = np.array([0, 0, 0, 6, 0, 6, 6, 9.0])  # three partners, any two of which are worth 6


def test_shares_that_give_every_group_its_due_are_stable():
    assert is_stable(np.array([0, 0, 0, 6, 0, 6, 6, 9.0]), np.array([3.0, 3, 3]))


def test_the_group_that_would_do_better_alone_is_named_with_the_amount():
    (blocking,) = blocking_groups(PAIRS, np.array([5.0, 2, 2]))
    assert (blocking.mask, blocking.gain) == (0b110, 6 - 4)


def test_the_most_tempted_groups_come_first():
    blocking = blocking_groups(PAIRS, np.array([1.0, 2, 0]), count=2)
    assert [(one.mask, one.gain) for one in blocking] == [(0b111, 6), (0b101, 5)]


def test_a_partner_that_loses_blocks_alone():
    (blocking, *_) = blocking_groups(np.array([0, 0, 0, 5.0]), np.array([-1.0, 6]))
    assert (blocking.mask, blocking.gain) == (0b01, 1.0)


def test_a_block_may_cross_the_groups_that_were_chosen():
    value = np.zeros(16)
    value[0b0011], value[0b1100], value[0b0110] = 10, 2, 7
    assert [one.mask for one in blocking_groups(value, np.array([5.0, 5, 1, 1]))] == [0b0110]


def test_less_than_a_billionth_is_rounding_noise():
    assert is_stable(np.array([0, 0, 0, 1e9]), np.array([5e8, 5e8 - 0.5]))
    assert not is_stable(np.array([0, 0, 0, 1e9]), np.array([5e8, 5e8 - 2]))


def test_a_forbidden_group_cannot_block():
    assert is_stable(np.array([0, 0, 0, -np.inf]), np.array([0.0, 0]))


def test_shares_of_another_table_are_refused():
    with pytest.raises(ValueError, match="do not fit"):
        blocking_groups(PAIRS, np.array([1.0, 2]))
