"""More partners than a table over all groups can take: a whole run, its bound, and each group looked into by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from consortia.errors import StudyError
from consortia.intake.published import baseline
from consortia.partnership import Limits
from consortia.partnership.listed_service import listed_worth
from consortia.partnership.masks import MOST_PLAYERS, players_of
from consortia.reference.authorities import all_authorities
from consortia.run import Run, every_group, run_study
from consortia.run.firmness import firmness_findings
from consortia.run.groups import group_model, limits_of
from consortia.run.listed_groups import listed_groups
from consortia.run.partners import Arranged, arrange
from consortia.run.partners.agreed import agreed_shares
from consortia.run.partners.leaving import exits_of
from consortia.run.partners.regrouped import regroup
from consortia.run.partners.simplicity import simplicity_in_papers
from consortia.run.partners.tables import partner_tables
from consortia.study import Study, Text


@pytest.fixture(scope="module")
def london() -> Study:
    """Twenty-four boroughs and two services, one of them bound to the map; few draws."""
    boroughs = [one.code for one in all_authorities() if one.kind == "LB"][: MOST_PLAYERS + 2]
    study, _ = baseline(boroughs, ["rsx-2024-25"], name="london", title=Text(en="London"))
    wanted = [one for one in study.definition.initiatives if one.service in {"central", "highways"}]
    return replace(study, definition=study.definition.model_copy(update={"initiatives": tuple(wanted), "draws": 64}))


@pytest.fixture(scope="module")
def run(london: Study) -> Run:
    return run_study(london, made_on=date(2026, 11, 22))


@pytest.fixture(scope="module")
def arranged(london: Study) -> Arranged:
    return arrange(london)


def table(run: Run, key: str):
    return next(one for one in run.content.tables if one.key == key)


def test_a_region_gives_a_whole_run_that_says_what_it_looked_at(run: Run) -> None:
    said = [str(one) for one in run.content.findings if one.code == "groups-proved"]
    assert len(said) == 2
    assert all("24 partners provide it. Every group of them was looked at" in one for one in said)
    assert len(table(run, "runners_up").rows) >= 10
    assert table(run, "decision").rows


def test_the_best_of_every_group_is_chosen_and_proved(arranged: Arranged) -> None:
    for decision in arranged.decisions:
        grouping = decision.option.grouping
        assert grouping.listing is not None
        assert grouping.best.proved
        assert grouping.best.value == grouping.listing.bound
        assert all(one.loses >= 0 for one in grouping.runners_up)


def test_it_is_worth_no_less_than_what_a_list_holds(arranged: Arranged) -> None:
    for decision in arranged.decisions:
        model = group_model(decision.proposal, arranged.setting)
        limits = limits_of(decision.proposal, arranged.definition)
        listed = listed_worth(model, listed_groups(decision.proposal, limits))
        assert listed <= decision.option.grouping.best.value * (1 + 1e-9)


def test_the_gain_of_each_group_is_shared_among_its_own_members(arranged: Arranged) -> None:
    for service in arranged.services:
        shares = agreed_shares(service, arranged.definition, "shapley")
        for group in service.decision.formed:
            assert shares[list(players_of(group.price.mask))].sum() == pytest.approx(group.price.value)


def test_no_group_forms_across_a_border_that_is_not_there(arranged: Arranged) -> None:
    bound = next(one for one in arranged.services if one.proposal.service.adjacency)
    assert bound.limits.links
    for group in bound.formed:
        assert bound.circle_of(group).game[-1] > 0


def test_leaving_is_followed_inside_the_group(arranged: Arranged) -> None:
    service = arranged.services[0]
    exits = exits_of(service, arranged.setting, rule="budget")[0]
    leaver = exits.members[0]
    follows = exits.follow(leaver)
    assert follows.departures[0].player == leaver
    assert follows.departures[0].left == exits.group ^ 1 << leaver
    assert exits.still_possible(leaver) >= 0


def test_groups_moved_by_hand_are_priced_as_well(arranged: Arranged) -> None:
    service = arranged.services[0]
    first, *others = service.formed
    moved = regroup(service, (first | others[0], *service.groups[2:]), arranged.definition, rule="budget")
    assert moved.total < sum(service.worth_of(group) for group in service.formed)


def test_a_table_for_each_group_names_its_own_members_only(arranged: Arranged) -> None:
    tables = partner_tables(arranged)
    service = arranged.services[0]
    shares = [one for one in tables if one.key.startswith(f"shares_{service.proposal.key}_")]
    assert len(shares) == len(service.formed)
    assert [len(one.columns) - 3 for one in shares] == [len(players_of(group)) for group in service.formed]


def test_what_is_not_worked_out_for_so_many_is_said_with_the_reason(arranged: Arranged) -> None:
    found = simplicity_in_papers(arranged)
    assert len(found.rows) == 1
    assert "at most" in str(found.notes[0])


def test_with_little_memory_free_the_best_of_the_list_is_told_with_its_bound(
    london: Study, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "meminfo").write_text("MemTotal: 900000 kB\nMemAvailable: 400000 kB\n")
    monkeypatch.setattr(every_group, "MEMORY", tmp_path / "meminfo")
    arranged = arrange(london, service="highways")
    grouping = arranged.decisions[0].option.grouping
    assert grouping.listing is not None
    assert grouping.best.value < grouping.listing.bound <= grouping.best.value * 1.05
    said = firmness_findings(arranged.decisions, arranged.setting)
    assert "24 partners provide it, too many to look at every group" in str(said[0])


def test_groups_too_large_to_be_listed_are_refused_with_what_can_be_done(arranged: Arranged) -> None:
    with pytest.raises(StudyError, match="too many to look at"):
        listed_groups(arranged.proposals[0], Limits(smallest=9))


def test_a_wish_to_stand_together_is_looked_at_however_far_the_two_are_apart(arranged: Arranged) -> None:
    free = next(one for one in arranged.proposals if not one.service.adjacency)
    far = max(range(1, len(free.members)), key=lambda other: free.unlikeness[0][other] if free.unlikeness else 0.0)
    listed = listed_groups(free, Limits(together=((0, far),)))
    assert listed.having(0).any()
    assert (listed.having(0) == listed.having(far)).all()
