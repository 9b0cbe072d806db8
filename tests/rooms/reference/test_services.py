"""The list of services, their families, levels and approaches."""

from __future__ import annotations

import pytest

from consortia.errors import UnknownReference
from consortia.reference.collaboration import approaches, level, levels
from consortia.reference.denominators import NAMES
from consortia.reference.taxonomy import families, family, proposable_services, provides, service, services

KINDS = {"SD", "SC", "UA", "MD", "LB", "WA", "O"}


def test_heads_are_those_of_the_finance_returns():
    heads = [one.code for one in services(level=1)]
    assert heads == [
        "education", "highways", "childrens_social_care", "adult_social_care", "social_care", "public_health",
        "housing", "cultural", "environmental", "planning", "police", "fire", "central", "other", "debt_repayment",
        "total", "unmapped",
    ]  # fmt: skip


def test_every_line_has_a_head_above_it():
    assert all(service(one.parent).level == 1 and one.code.startswith(f"{one.parent}.") for one in services(level=2))


def test_every_service_is_fully_described():
    known_levels, known_families = {one.code for one in levels()}, {one.code for one in families()}
    for one in services():
        assert one.name
        assert one.name_cy
        assert one.addressable_note
        assert one.addressable_note_cy
        assert one.ceiling in known_levels
        assert one.family in known_families | {""}
        assert one.denominator in NAMES
        assert 0 <= one.addressable_share <= 1
        assert set(one.provided_by) <= KINDS


def test_what_is_proposed_has_a_family_with_a_range_and_a_part_that_can_be_shared():
    for one in services():
        if one.proposable:
            assert one.addressable_share > 0
            assert family(one.family).mode is not None


def test_pass_through_is_never_proposed():
    lines = (
        "central.retirement_benefits",
        "environmental.drainage_levies",
        "education.primary",
        "highways.fares_statutory",
    )
    assert [service(code).addressable_share for code in lines] == [0, 0, 0, 0]
    assert not any(service(code).proposable for code in lines)


@pytest.mark.parametrize(
    ("code", "kind", "does"),
    [
        ("education", "SD", False),
        ("education", "SC", True),
        ("environmental.waste_collection", "SC", False),
        ("environmental.waste_collection", "SD", True),
        ("environmental.waste_disposal", "SD", False),
        ("housing.benefits_administration", "WA", True),
        ("police", "UA", False),
    ],
)
def test_the_class_of_an_authority_decides_what_it_provides(code, kind, does):
    assert provides(code, kind) is does


def test_proposals_are_made_on_lines_where_a_head_is_itemised_and_on_the_head_where_it_is_not():
    codes = [one.code for one in proposable_services(["central", "central.land_charges", "highways", "total"])]
    assert codes == ["highways", "central.land_charges"]


def test_families_keep_a_sceptical_lower_tail():
    ranges = {one.code: (one.low, one.mode, one.high) for one in families()}
    assert ranges["transactional"] == (-0.02, 0.07, 0.18)
    assert ranges["planning_regulatory"] == (-0.05, 0.0, 0.05)
    assert ranges["senior_management"] == (None, None, None)
    assert all(low <= 0 for low, mode, _ in ranges.values() if mode is not None)


def test_five_levels_run_from_nothing_saved_to_all_of_it():
    assert [(one.order, one.code, one.factor) for one in levels()] == [
        (1, "networking", 0.0),
        (2, "coordination", 0.10),
        (3, "cooperation", 0.25),
        (4, "collaboration", 0.55),
        (5, "full_integration", 1.0),
    ]
    assert all(one.low <= one.factor <= one.high and one.meaning and one.meaning_cy for one in levels())


def test_twelve_approaches_fall_into_nine_groups():
    assert (len(approaches()), len({one.group for one in approaches()})) == (12, 9)


@pytest.mark.parametrize(("ask", "wrong", "right"), [
    (service, "central.land_charge", "central.land_charges"),
    (family, "transactionel", "transactional"),
    (level, "cooperate", "cooperation"),
])  # fmt: skip
def test_a_misspelt_code_gets_the_nearest(ask, wrong, right):
    with pytest.raises(UnknownReference, match=right):
        ask(wrong)
