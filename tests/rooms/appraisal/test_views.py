"""The views of one appraisal: what each adds, and their edge cases."""

from __future__ import annotations

import numpy as np
import pytest

from consortia.appraisal.views import (
    against_growth,
    benefit_cost,
    funding_gap,
    in_cash,
    medium_term_plan,
    net_of,
    paybacks,
    started_within,
)

FLOWS = {
    "cashable": (0, 40, 100, 100),
    "income": (0, 0, 10, 10),
    "running_cost": (0, 5, 5, 5),
    "one_off_cost": (30, 20, 0, 0),
    "one_off_saving": (0, 0, 8, 0),
    "non_cashable": (0, 900, 900, 900),
    "cost_avoidance": (0, 700, 700, 700),
}
EVEN = np.ones(4)


class TestMediumTermPlan:
    def test_it_shows_what_each_year_adds_and_reverses_last_years_one_offs(self) -> None:
        plan = medium_term_plan(FLOWS)
        assert [one.recurrent for one in plan] == [0, 35, 105, 105]
        assert [one.incremental for one in plan] == [0, 35, 70, 0]
        assert [one.one_off for one in plan] == [-30, -20, 8, 0]
        assert [one.budget_change for one in plan] == [-30, 35 + 10, 70 + 28, 0 - 8]

    def test_its_changes_add_up_to_the_run_rate_and_the_one_offs_of_a_year(self) -> None:
        plan = medium_term_plan(FLOWS)
        for year in range(4):
            added = sum(one.budget_change for one in plan[: year + 1])
            assert added == pytest.approx(plan[year].recurrent + plan[year].one_off)

    def test_what_is_no_cash_changes_no_budget(self) -> None:
        cash = {kind: flow for kind, flow in FLOWS.items() if kind not in ("non_cashable", "cost_avoidance")}
        assert medium_term_plan(cash) == medium_term_plan(FLOWS)

    def test_a_kind_that_there_is_not_is_a_mistake(self) -> None:
        with pytest.raises(ValueError, match="cashabel is no kind"):
            net_of({"cashabel": (1.0,)}, (("cashable", 1),))


def test_a_saving_that_begins_in_july_has_nine_months_in_its_first_year() -> None:
    begun = started_within(1_200, months=9)
    assert (begun.full_year, begun.in_year, begun.still_to_come) == (1_200, 900, 300)
    with pytest.raises(ValueError, match="13 months"):
        started_within(1_200, months=13)


class TestFundingGap:
    def test_one_offs_close_a_gap_for_one_year_only(self) -> None:
        third = funding_gap((0, 50, 210, 300), FLOWS)[2]
        assert (third.left, third.left_in_year) == (210 - 105, 210 - 105 - 8)
        assert third.share_closed == pytest.approx(0.5)

    def test_a_year_without_a_gap_has_no_share_and_a_surplus_is_below_zero(self) -> None:
        years = funding_gap((0, 20, 210, 300), FLOWS)
        assert years[0].share_closed is None
        assert years[1].left == 20 - 35


class TestBenefitCost:
    def test_the_same_case_has_another_ratio_by_each_convention(self) -> None:
        every = benefit_cost(FLOWS, EVEN, convention="all_costs")
        money_put_in = benefit_cost(FLOWS, EVEN, convention="one_off_costs")
        assert every.ratio == pytest.approx((240 + 20 + 8) / (50 + 15))
        assert money_put_in.ratio == pytest.approx((240 + 20 + 8 - 15) / 50)
        assert money_put_in.return_on_investment == pytest.approx(253 / 50 - 1)
        assert every.benefits - every.costs == money_put_in.benefits - money_put_in.costs

    def test_a_case_that_costs_nothing_has_no_ratio(self) -> None:
        free = benefit_cost({"cashable": (1, 1)}, np.ones(2), convention="all_costs")
        assert free.ratio is None
        assert free.return_on_investment is None


class TestPaybacks:
    @pytest.mark.parametrize(
        ("net", "simple", "crossings"),
        [
            ((-10, 4, 4, 4), 2.5, 1),
            ((-10, 1, 1, 1), None, 0),  # never
            ((5, 1, 1, 1), 0.0, 0),  # at once
            ((0, 0, 0, 0), 0.0, 0),  # nothing spent is back already
            ((-4, 8, -8, 8), 2.5, 2),  # back, under again, back for good: the last crossing
            ((-4, 8, -8, 2), None, 1),  # back once, and under at the end
            ((4, -8, 2, 4), 2.5, 1),  # first money in, then out
        ],
    )
    def test_every_edge_case(self, net: tuple[float, ...], simple: float | None, crossings: int) -> None:
        found = paybacks(net, EVEN)
        assert found.simple == simple
        assert found.discounted == simple  # undiscounted factors
        assert found.crossings == crossings

    def test_discounting_makes_it_later_or_never(self) -> None:
        factors = 1.035 ** -np.arange(4.0)
        later = paybacks((-10, 4, 4, 4), factors).discounted
        assert later is not None
        assert later > 2.5
        assert paybacks((-11.9, 4, 4, 4), factors).discounted is None


def test_growth_can_hide_a_saving() -> None:
    grown = against_growth((100, 105, 110), (0, 4, 10))
    assert [one.against_today for one in grown] == pytest.approx([0, -1, 0])
    assert [one.hidden_by_growth for one in grown] == pytest.approx([0, 5, 10])


def test_real_pounds_become_cash_by_the_index() -> None:
    assert in_cash((10, 10, 10), (50, 51, 52)) == pytest.approx((10, 10.2, 10.4))
