"""The continuum of working together: what is placed, what is proposed, what a level means and allows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from consortia.delivery.actions import actions_of
from consortia.errors import StudyError
from consortia.run import run_study
from consortia.run.assumptions import assumptions_of
from consortia.run.continuum import placement_findings, standings
from consortia.run.continuum_tables import map_table
from consortia.run.harmonised import harmonise_study
from consortia.run.partners import arrange
from consortia.run.partners.leaving import exits_of
from consortia.run.proposals import propose
from consortia.study import Assumption, Definition, Study, Text, read_study
from consortia.study.placements import Agreed, Placement

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
NEATH, POWYS = "W06000012", "W06000023"


@pytest.fixture(scope="module")
def study() -> Study:
    return read_study(EXAMPLES / "education-consortium")


def placed(study: Study, *placements: Placement, **initiative: object) -> Study:
    terms = study.definition.partnership.model_copy(update={"placements": placements, "exits": ()})
    initiatives = (study.definition.initiatives[0].model_copy(update=initiative),)
    changed = {"partnership": terms, "initiatives": initiatives}
    return replace(study, definition=study.definition.model_copy(update=changed))


def one(level: str, **fields: object) -> Placement:
    return Placement.model_validate(
        {"key": "support", "function": {"en": "Support"}, "level": level, "reasons": [{"en": "So it is."}]} | fields
    )


def levels_of(study: Study) -> list[str]:
    lines = harmonise_study(study).lines
    ready = propose(study.definition, lines, assumptions=assumptions_of(study.definition, "base")).ready
    return [each.code for each in ready[0].levels]


def test_the_map_has_a_row_for_a_function_whose_members_stand_on_two_levels(study: Study) -> None:
    table = map_table(standings(study.definition, ()), study.definition)
    courses = next(row for row in table.rows if row[0].en == "Welsh language courses for teachers")
    by_level = dict(zip([column.key for column in table.columns], courses, strict=True))
    assert [name.en for name in by_level["coordination"]] == ["Neath Port Talbot", "Powys"]
    assert len(by_level["collaboration"]) == 4


def test_it_says_who_has_not_agreed_yet(study: Study) -> None:
    support = standings(study.definition, ())[0]
    assert support.waiting == ("W06000011",)


def test_a_service_that_nobody_has_placed_gets_a_proposal_that_says_so(study: Study) -> None:
    bare = placed(study)
    found = standings(bare.definition, arrange(bare).decisions)
    assert [(each.level, each.placement, len(each.members)) for each in found] == [("full_integration", None, 6)]
    assert map_table(found, bare.definition).column("standing")[0].startswith("Proposal from the evidence")


def test_what_is_not_worth_sharing_is_proposed_for_talk_only() -> None:
    six = read_study(EXAMPLES / "south-west-and-mid-wales-six")
    decisions = arrange(six).decisions
    found = {each.service: each.level for each in standings(six.definition, decisions)}
    refused = [each.proposal.service.code for each in decisions if not each.formed]
    assert refused
    assert {found[code] for code in refused} == {"networking"}


def test_a_level_without_what_it_means_is_a_warning(study: Study) -> None:
    found = placement_findings(placed(study, one("collaboration", in_place=["exchange", "shared_risk"])).definition)
    assert [finding.code for finding in found] == ["level-without-its-meaning"]
    assert "aligned policies, joint solutions, shared resources" in found[0].text()


def test_what_is_in_place_is_not_judged_where_nobody_states_it(study: Study) -> None:
    assert placement_findings(placed(study, one("collaboration")).definition) == ()


def test_a_level_deeper_than_sensible_is_a_note(study: Study) -> None:
    deep = one("cooperation", service="education.primary")
    assert [found.code for found in placement_findings(placed(study, deep).definition)] == [
        "level-deeper-than-sensible"
    ]


def test_nobody_stands_on_two_levels_with_one_function(study: Study) -> None:
    twice = [one("networking").to_plain(), one("coordination", members=[NEATH]).to_plain()]
    plain = study.definition.to_plain() | {"partnership": {"placements": twice}}
    with pytest.raises(ValidationError, match="stands on two levels"):
        Definition.model_validate(plain)


def test_only_a_member_can_agree_for_itself() -> None:
    with pytest.raises(ValidationError, match="no members of it"):
        one("networking", members=[NEATH], agreed=[Agreed(partner=POWYS, by="Cabinet", on="2019-09-12").to_plain()])


def test_a_service_is_priced_no_deeper_than_it_is_placed(study: Study) -> None:
    shallow = placed(study, one("cooperation", service="education"), level=None)
    assert levels_of(shallow) == ["cooperation"]


def test_a_saving_from_one_budget_is_booked_at_full_integration_only(study: Study) -> None:
    assert levels_of(placed(study, needs_pooled_budget=True)) == ["full_integration"]
    kept_apart = placed(study, needs_pooled_budget=True, level="collaboration")
    with pytest.raises(StudyError, match="do not allow its saving"):
        run_study(kept_apart, made_on=date(2026, 11, 22))


def test_critical_mass_needs_a_joint_team(study: Study) -> None:
    assert levels_of(placed(study, lever="build_critical_mass")) == ["collaboration", "full_integration"]


def test_notice_is_that_of_the_level_where_nothing_is_agreed(study: Study) -> None:
    # at the example's cost of a joint team no group would gain at this level
    free = Assumption(key="coordination_fixed", value=0, reason="to see the notice")
    others = (each for each in study.definition.assumptions if each.key != free.key)
    cheap = replace(study, definition=study.definition.model_copy(update={"assumptions": (*others, free)}))
    shallow = arrange(placed(cheap, level="cooperation"))
    assert {
        each.notice_months for one in shallow.services for each in exits_of(one, shallow.setting, rule="budget")
    } == {6}


def test_the_action_plan_is_in_order_of_days_and_names_what_is_not_planned(study: Study) -> None:
    actions = actions_of(study.definition.partnership.placements, study.definition.codes)
    assert [(each.due, each.function) for each in actions] == [
        ("2019-12-20", "welsh-courses"), ("2020-03-31", "school-improvement"), ("", "governors"), ("", "welsh-courses"),
    ]  # fmt: skip
    assert actions[-1].what == Text(en="To be planned: nothing is stated yet.", cy="I'w gynllunio: ni nodwyd dim eto.")


def test_the_papers_hold_the_map_the_reasons_the_rules_and_the_plan(study: Study) -> None:
    tables = {table.key for table in run_study(study, made_on=date(2026, 11, 22)).content.agreements}
    assert {"continuum", "continuum_reasons", "level_rules", "actions"} <= tables


def test_the_papers_say_what_the_proposed_levels_ask_for_where_nothing_is_placed(study: Study) -> None:
    tables = {table.key: table for table in run_study(placed(study), made_on=date(2026, 11, 22)).content.agreements}
    assert [row[0].en for row in tables["level_rules"].rows] == ["Full integration"]
    assert "continuum" not in tables
