"""The made-up registers of examples/cases/registers.yaml: what they offer, each sum spelled out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from consortia.errors import StudyError
from consortia.report.text import table_text
from consortia.run.options import Options, option_tables, options_of, proposed_projects
from consortia.run.programme import appraise_projects
from consortia.study.project_findings import project_findings
from consortia.study.projects import Project
from consortia.study.store import read_definition

CASE = Path(__file__).resolve().parents[2] / "examples" / "cases" / "registers.yaml"


@pytest.fixture(scope="module")
def definition():
    return read_definition(CASE)


@pytest.fixture(scope="module")
def options(definition) -> Options:
    return options_of(definition)


@pytest.fixture(scope="module")
def projects(options, definition) -> dict[str, Project]:
    return {project.key: project for project in proposed_projects(options, definition)}


def amounts(project: Project, key: str) -> dict[str, float]:
    (effect,) = [effect for effect in project.effects if effect.key == key]
    return {year: float(amount) for year, amount in effect.amounts.items()}


def test_one_head_of_legal_for_two_councils(options) -> None:
    """80,000 and 76,000 with 30% on-cost; one at 88,000 (a tenth more), half each."""
    (role,) = options.roles
    assert role.saving == pytest.approx((80_000 + 76_000 - 88_000) * 1.3)
    assert role.saving_of("E07000117") == pytest.approx((80_000 - 44_000) * 1.3)
    assert role.saving_of("E07000122") == pytest.approx((76_000 - 44_000) * 1.3)
    assert role.arithmetic == "104,000 + 98,800 - 1 x 88,000 x 1.3 = 88,400"


def test_the_annexe_is_left_and_the_town_hall_has_room(options) -> None:
    """3,600 + 900 square metres in use; nine tenths of 5,200 are 4,680. Leaving: 80,000 + 900 x 100 for the move."""
    (found,) = options.buildings
    assert [one.key for one in found.leave] == ["annexe"]
    assert found.saving == 150_000
    assert found.once == 80_000 + 900 * 100
    assert found.worth == 10 * 150_000 + 260_000 - 170_000


def test_burnleys_system_can_take_over_pendles_and_not_the_other_way_round(options) -> None:
    (found,) = options.takeovers
    burnley, pendle = found.systems
    assert found.taken_over_by(burnley) == (pendle,)
    assert found.taken_over_by(pendle) == ()


def test_spend_is_pooled_by_category_at_the_middle_of_the_reference_range(options) -> None:
    (found,) = options.spending
    assert (found.spend, found.open_spend) == (1_600_000, 1_600_000)
    assert found.saving == pytest.approx(1_600_000 * 0.015)


def test_pendle_moves_to_burnleys_revenues_system(options) -> None:
    """160,000 less 60 users x 600; over ten years 1,240,000 against 220,000 to move."""
    (found,) = options.systems
    (move,) = found.moves
    assert (found.target.key, move.system.key) == ("b_revenues", "p_revenues")
    assert move.saving == 160_000 - 60 * 600
    assert found.worth == 10 * 124_000 - 220_000


def test_the_first_day_on_which_grounds_maintenance_can_be_let_together(options) -> None:
    """Burnley extends by twelve months to the day on which Pendle's contract ends; begin two years before."""
    (found,) = options.contracts
    assert found.day == date(2027, 3, 31)
    assert [(one.key, months) for one, months in found.extended] == [("b_grounds", 12)]
    assert found.annual_spend == 1_600_000
    assert found.begin_by(24) == date(2025, 3, 31)


def test_a_saving_begins_the_day_after_the_lease_can_end(projects) -> None:
    """From 1 October 2027: six months of 150,000, then all of it."""
    assert amounts(projects["buildings_burnley"], "annexe") == {"2027-28": 75_000, "2028-29": 150_000}


def test_a_contract_that_ends_with_the_year_saves_from_the_first_day_of_the_next(projects) -> None:
    assert amounts(projects["systems_revenues"], "p_revenues") == {"2027-28": 124_000}


def test_a_joint_contract_has_the_range_of_procurement_and_not_a_number(projects) -> None:
    (first, _) = projects["contracts_grounds_maintenance"].effects
    assert first.times.value is None
    assert first.times.given == (0.0, 0.015, 0.04)


def test_the_shared_post_ends_both_posts_and_costs_both_councils_half(projects) -> None:
    project = projects["posts_head_of_legal"]
    assert project.effects[0].posts == ("b_legal", "p_legal")
    kept, redundancy = project.costs
    assert kept.split == {"E07000117": 0.5, "E07000122": 0.5}
    assert float(kept.amounts["2025-26"]) == 88_000 * 1.3
    assert redundancy.posts == ("p_legal",)  # the one with the lower pay


def test_the_proposals_can_be_put_into_the_study_and_appraised(definition, options, projects) -> None:
    """A year in which all runs: 202,800 - 114,400 for the posts, 150,000 and 124,000, and 1.5% or so of 1.6 million."""
    with_them = definition.model_copy(update={"projects": tuple(projects.values())})
    assert project_findings(with_them) == ()
    flows = appraise_projects(with_them).flows()
    stated = with_them.model_copy(
        update={"projects": tuple(one.model_copy(update={"maturity": "as_stated"}) for one in projects.values())}
    )
    whole = appraise_projects(stated).flows()
    mean = (0 + 4 * 0.015 + 0.04) / 6
    assert whole["cashable"][-1] == pytest.approx(202_800 + 150_000 + 124_000 + mean * 1_600_000)
    assert whole["running_cost"][-1] == pytest.approx(114_400)
    assert flows["cashable"][-1] < whole["cashable"][-1]  # an outline case delivers less than it says


def test_every_register_has_its_table_and_every_proposal_its_sum(definition, options) -> None:
    tables = {table.key: table for table in option_tables(options, definition)}
    names = ("posts", "buildings", "systems", "takeovers", "contracts", "spending")
    assert list(tables) == [f"register_{name}" for name in names]
    assert tables["register_posts"].column("sum") == ("104,000 + 98,800 - 1 x 88,000 x 1.3 = 88,400",)
    assert tables["register_systems"].column("sum") == (("160,000 - 60 x 600.00 = 124,000",),)


def test_the_tables_name_things_by_their_titles(definition, options) -> None:
    tables = {table.key: table for table in option_tables(options, definition)}
    systems, grounds = tables["register_systems"], tables["register_contracts"]
    assert [title.en for title in systems.column("moves")[0]] == ["Revenues Pendle"]
    assert [title.cy for title in grounds.column("contracts")[0]] == ["Tiroedd Burnley", "Tiroedd Pendle"]


def test_the_tables_are_said_in_welsh(definition, options) -> None:
    (posts, *_) = (table_text(table, language="cy") for table in option_tables(options, definition))
    assert posts.title == "Swyddi y gellid eu rhannu"


def test_a_date_that_is_none_is_refused_with_its_place(definition) -> None:
    wrong = definition.contracts[0].model_copy(update={"ends": "31/3/2027"})
    with pytest.raises(StudyError, match=r"contracts\.b_grounds\.ends: '31/3/2027' is no date"):
        options_of(definition.model_copy(update={"contracts": (wrong,)}))


def test_registers_that_are_empty_offer_nothing(definition) -> None:
    empty = definition.model_copy(update={"posts": (), "buildings": (), "systems": (), "contracts": ()})
    assert options_of(empty).none
    assert option_tables(options_of(empty), empty) == ()
