"""Bounds on a group's members, its weight, and who could host it; standing alone is always allowed."""

from consortia.partnership import Limits, allowed_groups


def _allowed(limits: Limits) -> set[int]:
    return {mask for mask, fine in enumerate(allowed_groups(3, limits)) if fine}


def test_a_smallest_size_rules_out_pairs_but_nobody_alone() -> None:
    assert _allowed(Limits(smallest=3)) == {0b001, 0b010, 0b100, 0b111}


def test_a_group_weighs_no_less_and_no_more_than_its_bounds() -> None:
    assert _allowed(Limits(weights=(1, 2, 4), lightest=4, heaviest=6)) == {0b001, 0b010, 0b100, 0b101, 0b110}


def test_a_group_needs_a_member_who_can_host_all_of_it() -> None:
    assert _allowed(Limits(weights=(1, 2, 4), hosts=(6, 0, 0))) == {0b001, 0b010, 0b100, 0b011, 0b101}


def test_where_all_would_buy_no_group_can_form() -> None:
    assert _allowed(Limits(hosts=(0, 0, 0))) == {0b001, 0b010, 0b100}
