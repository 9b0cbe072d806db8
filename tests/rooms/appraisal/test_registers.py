"""Registers of posts, buildings, systems and contracts: the proposals that come out of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from consortia.appraisal.adoption import step
from consortia.appraisal.buildings import Building, Rules, choices, co_locations
from consortia.appraisal.contracts import Contract, first_day_together, lets_together, months_between
from consortia.appraisal.home import Home
from consortia.appraisal.posts import Post, merge, post_ended
from consortia.appraisal.refusals import AppraisalError
from consortia.appraisal.systems import System, compatibility, convergences, options

POSTS = (
    Post(key="ash-chief", partner="Ash", role="chief", salary=110_000, on_cost=0.3),
    Post(key="birch-chief", partner="Birch", role="chief", salary=100_000, on_cost=0.25),
    Post(key="ash-legal", partner="Ash", role="legal", salary=80_000, on_cost=0.25, fte=0.5),
)


class TestPosts:
    def test_a_post_costs_its_salary_part_of_full_time_and_on_cost(self) -> None:
        assert POSTS[2].cost == 80_000 * 0.5 * 1.25

    def test_a_post_that_ends_is_cashable_for_the_partner_that_pays_it(self) -> None:
        home = Home(project="merger", partner="Ash", horizon=2)
        stream = post_ended("m", home=home, post=POSTS[2], adoption=step(start=1.5, horizon=2))
        assert stream.planned == (0, 0.5 * 50_000, 50_000)
        assert (stream.kind, stream.partner) == ("cashable", "Ash")

    def test_a_merged_role_saves_what_its_posts_cost_less_what_is_kept(self) -> None:
        (chief,) = merge(POSTS, keep={"chief": 1}, weights={"Ash": 1, "Birch": 1}, uplift=0.1)
        assert chief.before == 110_000 * 1.3 + 100_000 * 1.25
        assert chief.after == pytest.approx(110_000 * 1.1 * 1.3)
        assert chief.saving_of("Ash") == pytest.approx(143_000 - 0.5 * chief.after)
        assert chief.saving_of("Ash") + chief.saving_of("Birch") == pytest.approx(chief.saving)
        assert chief.arithmetic == "143,000 + 125,000 - 1 x 121,000 x 1.3 = 110,700"

    def test_the_partner_with_fewer_posts_may_pay_more(self) -> None:
        (legal,) = merge(POSTS, keep={"legal": 0.5}, weights={"Ash": 1, "Birch": 1})
        assert legal.saving == 0
        assert legal.saving_of("Birch") == -25_000

    def test_more_posts_than_there_are_cannot_be_kept(self) -> None:
        with pytest.raises(AppraisalError, match="3 posts cannot be kept of 2"):
            merge(POSTS, keep={"chief": 3}, weights={"Ash": 1, "Birch": 1})


HALL = Building(key="hall", partner="Ash", place="Town", running_cost=200, area=1_000, used_area=500)
ANNEX = Building(
    key="annex", partner="Birch", place="Town", running_cost=90, area=500, used_area=300, backlog=40, exit_cost=25,
    lease_break=date(2028, 3, 31),
)  # fmt: skip
DEPOT = Building(key="depot", partner="Ash", place="Elsewhere", running_cost=50, area=400, used_area=350)


class TestBuildings:
    def test_people_move_where_there_is_room_and_the_sum_is_shown(self) -> None:
        (found,) = co_locations([HALL, ANNEX, DEPOT], rules=Rules(years=10, move_cost=0.1))
        assert [one.key for one in found.leave] == ["annex"]
        assert found.saving == 90
        assert found.once == 25 + 0.1 * 300
        assert found.worth == pytest.approx(90 * 10 + 40 - 25 - 30)
        assert found.arithmetic == "90 = 90"
        assert found.from_day == date(2028, 3, 31)

    def test_a_building_is_not_filled_beyond_the_rule(self) -> None:
        assert co_locations([HALL, ANNEX], rules=Rules(years=10, fullest=0.79)) == ()
        assert co_locations([HALL, ANNEX], rules=Rules(years=10, fullest=0.80)) != ()

    def test_nobody_moves_into_a_building_in_bad_condition(self) -> None:
        bad = replace(HALL, condition="D")
        assert co_locations([bad, ANNEX], rules=Rules(years=10, worst_filled="C")) == ()
        assert co_locations([bad, ANNEX], rules=Rules(years=10, worst_filled="D")) != ()

    def test_a_lease_that_cannot_be_ended_in_time_keeps_its_building(self) -> None:
        assert co_locations([HALL, ANNEX], rules=Rules(years=10, leave_by=date(2027, 3, 31))) == ()

    def test_a_building_that_must_stay_stays(self) -> None:
        assert co_locations([HALL, replace(ANNEX, must_stay=True)], rules=Rules(years=10)) == ()

    def test_leaving_is_not_proposed_where_it_costs_more_than_it_saves(self) -> None:
        assert co_locations([HALL, replace(ANNEX, exit_cost=2_000)], rules=Rules(years=10)) == ()

    def test_a_new_building_is_one_of_the_choices_with_its_cost(self) -> None:
        new = Building(key="new", partner="Ash", place="Town", running_cost=100, area=900, build_cost=500)
        best = choices([HALL, ANNEX, new], rules=Rules(years=10))[0]
        assert [one.key for one in best.keep] == ["new"]
        assert best.worth == pytest.approx((290 - 100) * 10 + 40 - 25 - 500)
        assert best.arithmetic == "200 + 90 - 100 = 190"

    def test_keeping_everything_is_a_choice_worth_nothing(self) -> None:
        (as_it_is,) = [one for one in choices([HALL, ANNEX], rules=Rules(years=10)) if not one.leave]
        assert (as_it_is.worth, as_it_is.saving, as_it_is.arithmetic) == (0, 0, "0 = 0")

    def test_too_many_buildings_in_one_place_are_refused(self) -> None:
        many = [replace(HALL, key=str(number)) for number in range(17)]
        with pytest.raises(AppraisalError, match="17 buildings"):
            choices(many, rules=Rules(years=10))


BIG = System(
    key="big", partner="Ash", purpose="payroll", annual_cost=300, users=1_000, contract_end=date(2030, 3, 31),
    takes_over=frozenset({"small", "dear"}), cost_per_user=0.1,
)  # fmt: skip
SMALL = System(
    key="small", partner="Birch", purpose="payroll", annual_cost=120, users=400, contract_end=date(2027, 3, 31),
    migration_cost=200,
)  # fmt: skip
DEAR = replace(SMALL, key="dear", partner="Cedar", migration_cost=2_000)
ODD = replace(SMALL, key="odd", partner="Dee")


class TestSystems:
    def test_a_move_saves_the_old_cost_less_the_further_users(self) -> None:
        (found,) = convergences([BIG, SMALL, DEAR, ODD], years=5)
        (move,) = found.moves
        assert found.target == BIG
        assert move.saving == 120 - 400 * 0.1
        assert move.arithmetic == "120 - 400 x 0.10 = 80"
        assert found.worth == 80 * 5 - 200
        assert (found.saving, found.once, found.last_day) == (80, 200, date(2027, 3, 31))

    def test_what_stays_apart_has_its_reason(self) -> None:
        (found,) = convergences([BIG, SMALL, DEAR, ODD], years=5)
        assert [move.system.key for move in found.not_worth] == ["dear"]
        assert [one.key for one in found.incompatible] == ["odd"]

    def test_every_system_is_tried_as_the_one_to_converge_on(self) -> None:
        assert [one.target.key for one in options([BIG, SMALL], years=5)] == ["big", "small"]
        assert compatibility([BIG, SMALL]) == ((True, True), (False, True))

    def test_nothing_is_proposed_where_nothing_can_move(self) -> None:
        assert convergences([SMALL, ODD], years=5) == ()


PARKS = Contract(key="parks", partner="Ash", category="grounds", annual_spend=10, ends=date(2026, 3, 31))
TREES = Contract(
    key="trees", partner="Ash", category="grounds", annual_spend=5, ends=date(2025, 9, 30),
    extendable_to=date(2027, 9, 30),
)  # fmt: skip
STREETS = Contract(
    key="streets", partner="Birch", category="grounds", annual_spend=20, ends=date(2029, 3, 31),
    break_on=date(2026, 3, 31), exit_cost=3,
)  # fmt: skip
TODAY = date(2025, 1, 1)


class TestContracts:
    def test_all_can_be_let_together_on_the_first_day_on_which_all_can_end(self) -> None:
        (found,) = lets_together([PARKS, TREES, STREETS], today=TODAY)
        assert found.day == date(2026, 3, 31)
        assert [one.key for one in found.together] == ["parks", "trees", "streets"]
        assert found.annual_spend == 35
        assert [(one.key, months) for one, months in found.extended] == [("trees", 6)]
        assert [(one.key, months) for one, months in found.broken] == [("streets", 36)]
        assert found.exit_cost == 3
        assert found.begin_by(24) == date(2024, 3, 31)

    def test_without_breaks_the_one_that_runs_longest_stays_apart(self) -> None:
        (found,) = lets_together([PARKS, TREES, STREETS], today=TODAY, breaks=False)
        assert [one.key for one in found.together] == ["parks", "trees"]
        assert [one.key for one in found.apart] == ["streets"]
        assert first_day_together([PARKS, TREES, STREETS], breaks=False) is None
        assert first_day_together([PARKS, TREES, STREETS]) == date(2026, 3, 31)

    def test_the_day_with_the_most_spend_wins_over_the_first(self) -> None:
        big = replace(STREETS, break_on=None)
        other = replace(PARKS, key="other", partner="Cedar", annual_spend=9, ends=date(2029, 3, 31))
        (found,) = lets_together([PARKS, TREES, big, other], today=TODAY)
        assert [one.key for one in found.together] == ["streets", "other"]

    def test_a_contract_that_is_over_joins_nobody_and_one_alone_is_no_proposal(self) -> None:
        assert lets_together([PARKS, TREES], today=date(2027, 1, 1)) == ()

    def test_months_between_the_ends_of_months_are_whole(self) -> None:
        assert months_between(date(2025, 9, 30), date(2026, 3, 31)) == 6
        assert months_between(date(2025, 12, 31), date(2026, 2, 28)) == 2
        assert months_between(date(2026, 1, 10), date(2026, 2, 10)) == 1
