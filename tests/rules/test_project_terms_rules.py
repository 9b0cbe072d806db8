"""What holds for every adoption, term, register and view of a project, whatever the numbers."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consortia.appraisal.adoption import bass, exponential, logistic, straight
from consortia.appraisal.buildings import Building, Rules, choices
from consortia.appraisal.contract_terms import gain_share, guarantee
from consortia.appraisal.contracts import Contract, first_day_together, lets_together
from consortia.appraisal.engine import appraise_programme
from consortia.appraisal.headlines import headline, implied_budgets
from consortia.appraisal.home import Home
from consortia.appraisal.implied import implied_total
from consortia.appraisal.persistence import fading, lasting, recurrent
from consortia.appraisal.profiles import persisted
from consortia.appraisal.redundancy import statutory_weeks
from consortia.appraisal.repayment import repaid_from_savings, repaid_level
from consortia.appraisal.streams import KINDS, Programme
from consortia.appraisal.views import funding_gap, medium_term_plan
from consortia.periods import FinancialYear

POUNDS = st.floats(0, 1e7, allow_nan=False)
YEARLY = st.lists(POUNDS, min_size=5, max_size=5)
PART = st.floats(0, 1)


@given(age=st.integers(16, 80), years=st.integers(0, 50))
def test_statutory_weeks_are_halves_between_nought_and_thirty_and_never_fall_with_age_or_service(
    age: int, years: int
) -> None:
    weeks = statutory_weeks(age=age, years=years)
    assert 0 <= weeks <= 30
    assert (2 * weeks).is_integer()
    assert statutory_weeks(age=age + 1, years=years) >= weeks
    assert statutory_weeks(age=age, years=years + 1) >= weeks


@given(start=st.floats(0, 6), length=st.floats(0.1, 8), later=st.floats(0, 4))
def test_a_later_start_never_gives_more_by_any_curve(start: float, length: float, later: float) -> None:
    end = start + length
    pairs = [
        (straight(start=start, end=end, horizon=10), straight(start=start + later, end=end + later, horizon=10)),
        (logistic(start=start, end=end, horizon=10), logistic(start=start + later, end=end + later, horizon=10)),
        (exponential(start=start, rate=0.5, horizon=10), exponential(start=start + later, rate=0.5, horizon=10)),
        (
            bass(start=start, innovation=0.03, imitation=0.4, horizon=10),
            bass(start=start + later, innovation=0.03, imitation=0.4, horizon=10),
        ),
    ]
    for sooner, then in pairs:
        assert np.all(np.cumsum(then) <= np.cumsum(sooner) + 1e-9)


@given(new=YEARLY, years=st.floats(0, 6), kept=PART)
def test_nothing_lasts_longer_than_for_good(new: list[float], years: float, kept: float) -> None:
    for persistence in (lasting(years), fading(kept, horizon=4)):
        total = persisted(new, persistence)
        assert np.all(total <= persisted(new, recurrent(4)) + 1e-6)


def settled(
    delivered: list[float], guaranteed: list[float], target: list[float], share: float
) -> tuple[np.ndarray, ...]:
    home = Home(project="p", partner="Ash", horizon=4)
    terms = (
        guarantee("g", home=home, amounts=guaranteed),
        gain_share("s", home=home, target=target, share_above=share, penalty_below=1 - share),
    )
    programme = Programme(
        partners=("Ash",),
        streams=(home.stream("own", kind="cashable", planned=delivered),),
        settlements=tuple(settlement for one in terms for settlement in one.settlements),
        base_year=FinancialYear(2024),
        horizon=4,
        factors=np.ones(5),
    )
    central = appraise_programme(programme, count=2, seed=1).central
    return tuple(central.total(kinds=[kind]) for kind in ("cashable", "income", "running_cost"))


@settings(deadline=None)  # the first call compiles the engine
@given(delivered=YEARLY, guaranteed=YEARLY, target=YEARLY, share=st.floats(0.01, 0.99))
def test_a_guarantee_gives_the_larger_and_a_gain_share_only_parts_of_the_difference(
    delivered: list[float], guaranteed: list[float], target: list[float], share: float
) -> None:
    cashable, penalty, paid = settled(delivered, guaranteed, target, share)
    own, aim = np.array(delivered), np.array(target)
    assert cashable == pytest.approx(np.maximum(own, guaranteed), abs=1e-6)
    assert paid == pytest.approx(share * np.maximum(own - aim, 0), abs=1e-6)
    assert penalty == pytest.approx((1 - share) * np.maximum(aim - own, 0), abs=1e-6)


@given(flows=st.dictionaries(st.sampled_from(KINDS), YEARLY, min_size=1))
def test_the_changes_of_the_budget_plan_add_up_to_its_run_rate_and_one_offs(flows: dict[str, list[float]]) -> None:
    plan = medium_term_plan(flows)
    added = np.cumsum([one.budget_change for one in plan])
    assert added == pytest.approx([one.recurrent + one.one_off for one in plan], abs=1e-6)


@given(gap=YEARLY, flows=st.dictionaries(st.sampled_from(KINDS), YEARLY, min_size=1))
def test_what_is_closed_and_what_is_left_are_the_gap(gap: list[float], flows: dict[str, list[float]]) -> None:
    for year in funding_gap(gap, flows):
        assert year.left_in_year + year.recurrent + year.one_off == pytest.approx(year.gap, abs=1e-6)


@given(amount=st.floats(1, 1e6), years=st.integers(1, 5), rate=st.floats(0, 0.2), share=PART, savings=YEARLY)
def test_what_is_paid_is_what_was_lent_with_interest_less_what_is_still_owed(
    amount: float, years: int, rate: float, share: float, savings: list[float]
) -> None:
    for loan in (
        repaid_level(amount, years=years, rate=rate, savings=savings),
        repaid_from_savings(amount, rate=rate, share=share, savings=savings),
    ):
        paid = sum(one.payment for one in loan.instalments)
        assert paid == pytest.approx(amount + loan.interest - loan.instalments[-1].closing, abs=1e-3)
        assert sum(loan.net_saving) == pytest.approx(sum(savings) - paid, abs=1e-3)


@given(cumulative=st.floats(1, 1e9), part=st.floats(0.001, 1), years=st.integers(1, 10))
def test_an_implied_budget_gives_its_percentage_back(cumulative: float, part: float, years: int) -> None:
    for one in implied_budgets(cumulative, part=part, years=years):
        savings = [yearly * one.budget for yearly in one.yearly_parts]
        again = headline(savings, budgets=[one.budget] * years, reading=one.reading, net=True)
        assert again.part == pytest.approx(part)
        assert again.cumulative == pytest.approx(cumulative)


@given(total=st.integers(200, 10_000), share=st.floats(0.02, 0.98))
def test_the_true_total_lies_within_what_a_rounded_share_implies(total: int, share: float) -> None:
    count = round(total * share)
    found = implied_total(count, share=round(count / total, 2))
    assert found.low - 1e-6 <= total <= found.high + 1e-6


BUILDING = st.builds(
    Building,
    key=st.uuids().map(str),
    partner=st.sampled_from(("Ash", "Birch")),
    place=st.just("Town"),
    running_cost=st.floats(0, 1_000),
    area=st.floats(50, 500),
    used_area=st.floats(0, 400),
    backlog=st.floats(0, 1_000),
    exit_cost=st.floats(0, 1_000),
    receipt=st.floats(0, 1_000),
    must_stay=st.booleans(),
)


@given(buildings=st.lists(BUILDING, min_size=1, max_size=5), fullest=st.floats(0.5, 1))
def test_the_best_buildings_hold_everybody_keep_what_must_stay_and_never_lose(
    buildings: list[Building], fullest: float
) -> None:
    every = choices(buildings, rules=Rules(years=10, fullest=fullest, move_cost=0.5))
    for one in every:
        room = sum(max(building.area * fullest, building.used_area) for building in one.keep)
        assert room >= sum(building.used_area for building in buildings) - 1e-9
        assert not any(building.must_stay for building in one.leave)
        assert one.worth <= every[0].worth
    assert every[0].worth >= 0  # leaving nothing is always a choice


DAYS = st.integers(0, 3_000).map(lambda days: date(2026, 4, 1) + timedelta(days=days))


@st.composite
def contracts(draw: st.DrawFn) -> Contract:
    first, ends, last = sorted(draw(st.lists(DAYS, min_size=3, max_size=3)))
    return Contract(
        key=str(draw(st.uuids())),
        partner="Ash",
        category="c",
        annual_spend=draw(st.floats(1, 100)),
        ends=ends,
        extendable_to=last if draw(st.booleans()) else None,
        break_on=first if draw(st.booleans()) else None,
    )


@given(every=st.lists(contracts(), min_size=2, max_size=6))
def test_contracts_let_together_can_all_end_on_that_day_and_no_other_day_brings_more(every: list[Contract]) -> None:
    today = date(2026, 4, 1)
    for found in lets_together(every, today=today):
        assert all(one.first_day <= found.day <= one.last_day for one in found.together)
        assert {one.key for one in (*found.together, *found.apart)} == {one.key for one in every}
        groups = [[o for o in every if o.first_day <= one.first_day <= o.last_day] for one in every]
        spends = [sum(one.annual_spend for one in group) for group in groups if len(group) > 1]
        assert found.annual_spend == pytest.approx(max(spends))
    if first_day_together(every) is not None:
        (found,) = lets_together(every, today=today)
        assert found.day == first_day_together(every)
