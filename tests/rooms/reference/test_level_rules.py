"""What each level of working together allows."""

import pytest

from consortia.errors import UnknownReference
from consortia.reference.collaboration import levels
from consortia.reference.level_rules import allows, level_rule, level_rules
from consortia.reference.sources import source

LEVERS = ("share_practice", "remove_duplication", "build_critical_mass")


def test_every_level_has_its_rules():
    assert [one.code for one in level_rules()] == [one.code for one in levels()]


def test_a_deeper_level_allows_what_a_shallower_one_does():
    for shallow, deep in zip(level_rules(), level_rules()[1:], strict=False):
        assert set(shallow.levers) <= set(deep.levers)
        assert set(shallow.needs) < set(deep.needs)
        assert shallow.notice_months <= deep.notice_months


def test_only_full_integration_pools_a_budget():
    assert [one.code for one in level_rules() if one.pooled_budget] == ["full_integration"]
    assert not allows("collaboration", lever="remove_duplication", pooled_budget=True)


def test_duplicated_work_stays_where_only_policies_are_aligned():
    booked = [one.code for one in levels() if allows(one.code, lever="remove_duplication")]
    assert booked == ["cooperation", "collaboration", "full_integration"]


def test_the_rules_are_judgement_in_both_languages_with_a_source():
    for one in level_rules():
        assert one.evidence == "J"
        assert source(one.source).note.startswith("Judgement")
        assert all((one.agreement, one.agreement_cy, one.vat, one.vat_cy, one.exit, one.exit_cy))
        assert set(one.levers) <= set(LEVERS)


def test_an_unknown_level_gets_the_nearest():
    with pytest.raises(UnknownReference, match="collaboration"):
        level_rule("colaboration")
