"""Who would leave stands under its own group; sets across the groups stand by themselves."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from consortia.partnership import blocking_groups
from consortia.report.language import translator
from consortia.report.sharing_tables import BEST, BEST_IN_BOTH, BEST_WITHIN, why_recommended
from consortia.report.words import Message
from consortia.run.partners import Arrangement, arrange
from consortia.run.partners.agreed import agreed_shares
from consortia.run.partners.agreement import agreements_of
from consortia.run.partners.arrangement import Arranged
from consortia.run.partners.naming import ACROSS_GROUPS
from consortia.run.partners.paper_tables import leavers_table, recommended_table
from consortia.run.partners.shares_tables import service_tables
from consortia.run.partners.sharing_rows import stability_rows
from consortia.run.partners.tables import payment_tables
from consortia.run.partners.temptation import ACROSS, temptations
from consortia.study import read_study

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "south-west-and-mid-wales-six"


@pytest.fixture(scope="module")
def six() -> Arranged:
    return arrange(read_study(EXAMPLE))


@pytest.fixture(scope="module")
def divided(six: Arranged) -> Arrangement:
    return next(one for one in six.services if len(one.formed) > 1)


def test_sets_inside_a_group_and_across_groups_are_all_the_sets_that_would_gain(six, divided) -> None:
    shares = agreed_shares(divided, six.definition, "equal")
    found = temptations(divided, shares, count=64)
    for one in found:
        inside = [any(each.mask & ~group == 0 for group in divided.formed) for each in one.sets]
        assert not any(inside) if one.group == ACROSS else all(each.mask & ~one.group == 0 for each in one.sets)
    told = {each.mask: each.gain for one in found for each in one.sets}
    every = blocking_groups(divided.circle_of(divided.formed[0]).after, shares, count=64)
    assert told == pytest.approx({each.mask: each.gain for each in every})
    assert told


def test_what_is_not_named_is_counted(six, divided) -> None:
    shares = agreed_shares(divided, six.definition, "equal")
    one, all_of_them = (temptations(divided, shares, count=count) for count in (1, 64))
    assert [len(each.sets) + each.more for each in one] == [len(each.sets) for each in all_of_them]


def test_a_rule_that_fails_has_a_row_for_each_group_that_somebody_would_leave(six, divided) -> None:
    rows = [one for one in stability_rows(six) if one.service.en == divided.proposal.title() and one.leavers]
    assert rows
    for row in rows:
        if row.members != ACROSS_GROUPS:
            assert {name.en for name in row.leavers} <= {name.en for name in row.members}


def test_the_papers_name_the_group_of_those_who_would_leave(six, divided) -> None:
    agreements = tuple(agreements_of(six, "equal").values())
    for service, group, leavers, gain in leavers_table(six, agreements).rows:
        assert gain > 0
        if group != ACROSS_GROUPS and service.en == divided.proposal.title():
            assert {name.en for name in leavers} <= {name.en for name in group}
    members = recommended_table(six, agreements).column("members")
    assert any(" | " in one.en for one in members)


def test_counts_of_more_say_of_which_group(six, divided) -> None:
    agreements = tuple(agreements_of(six, "equal").values())
    notes = [one for one in leavers_table(six, agreements).notes if isinstance(one, Message)]
    assert all("more" in dict(one.values) for one in notes)
    assert np.isfinite(divided.worth_of(divided.formed[0]))


def test_a_group_is_told_of_the_best_set_that_takes_one_of_its_own_members(six, divided) -> None:
    agreement = agreements_of(six, "equal")[divided.proposal.key]
    every = blocking_groups(divided.circle_of(divided.formed[0]).after, agreement.shares, count=64)
    for group in divided.formed:
        found = agreement.tempting(group)
        assert found is not None
        assert found.gain == pytest.approx(max(one.gain for one in every if one.mask & group))
        assert found.mask & group


def test_a_group_holds_within_and_across_where_the_decision_says_that_it_holds(six, divided) -> None:
    tables = [one for one in service_tables(six, divided, "equal") if one.key.startswith("shares_")]
    agreement = agreements_of(six, "equal")[divided.proposal.key]
    assert len(tables) == len(divided.formed)
    for group, shares in zip(divided.formed, tables, strict=True):
        tests = (shares.column("verdict")[0], shares.column("across")[0])
        assert (tests == ("stable", "stable")) == (agreement.tempting(group) is None)


def test_the_nucleolus_holds_within_a_group_wherever_another_rule_does(six, divided) -> None:
    for shares in service_tables(six, divided, "equal")[:-1]:
        held = dict(zip(shares.column("rule"), shares.column("verdict"), strict=True))
        assert held["Nucleolus"] == "stable" or "stable" not in held.values()


def test_the_recommendation_says_on_which_test_it_rests(six) -> None:
    for service in (one for one in six.services if one.recommended is not None):
        rows = [one for one in stability_rows(six) if one.recommended and one.service.en == service.proposal.title()]
        assert {one.rule for one in rows} == {service.recommended.rule}
        assert all(one.within for one in rows)
        assert {why_recommended(across=one.across) for one in rows} < {BEST, BEST_IN_BOTH, BEST_WITHIN}


def test_payments_of_several_groups_of_one_service_have_titles_of_their_own(six) -> None:
    titles = [translator("en").words(one.title) for one in payment_tables(six, rule="equal")]
    assert any("Education" in one for one in titles)
    assert len(set(titles)) == len(titles)
