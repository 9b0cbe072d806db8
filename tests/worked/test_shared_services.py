"""Shared services of the sources, the sums spelled out: product rows 16, 27 to 29, 35, 42 and 44 to 46."""

from __future__ import annotations

import numpy as np
import pytest

from consortia.appraisal.discounting import discount_factors
from consortia.appraisal.effects import Spend, pooled
from consortia.appraisal.headlines import headline, implied_budgets, readings
from consortia.appraisal.home import split_by
from consortia.appraisal.implied import implied_total, reconciled
from consortia.appraisal.measures import payback
from consortia.appraisal.posts import Post, merge
from consortia.appraisal.refusals import AppraisalError
from consortia.appraisal.views import benefit_cost, funding_gap, medium_term_plan
from consortia.delivery import variance
from consortia.reference.prices import discount_schedule


class TestServQ16:
    """Ten councils: "accumulative savings of 27%", over £200 million net (product row 16)."""

    def test_without_a_definition_there_is_no_27_percent(self) -> None:
        with pytest.raises(AppraisalError, match="needs a definition"):
            headline((66.7, 66.7, 66.7), budgets=(247,) * 3, reading=None, net=True)

    def test_both_readings_and_what_they_say_of_the_budget(self) -> None:
        """27% of three years' spend: 200 / (3 x .27) = 247. 9, 18 and 27% a year: 200 / (.09 + .18 + .27) = 370."""
        budgets = {one.reading: one.budget for one in implied_budgets(200, part=0.27, years=3)}
        assert budgets["part_of_all_spend"] == pytest.approx(200 / (3 * 0.27))
        assert budgets["part_in_last_year"] == pytest.approx(200 / (0.09 + 0.18 + 0.27))
        assert [round(budgets[one]) for one in ("part_of_all_spend", "part_in_last_year")] == [247, 370]

    def test_a_third_reading_would_need_three_times_the_budget(self) -> None:
        """Yearly parts of 9% added up to 27%: 200 / .27 = 741 a year."""
        third = implied_budgets(200, part=0.27, years=3)[2]
        assert third.reading == "sum_of_yearly_parts"
        assert third.budget == pytest.approx(200 / 0.27)

    def test_a_head_of_230_000_pupils(self) -> None:
        assert pytest.approx(870, abs=0.5) == 200_000_000 / 230_000


class TestTriBorough27:
    """62 senior and middle posts gone are 45%; 7.7 million delivered of 40 million a year by 2015/16."""

    def test_the_posts_before_were_about_138(self) -> None:
        before = implied_total(62, share=0.45)
        assert before.total == pytest.approx(62 / 0.45)
        assert round(before.total) == 138
        assert (round(before.low), round(before.high)) == (136, 139)  # 45% is known to half a point

    def test_a_fifth_of_the_target_had_been_delivered(self) -> None:
        got = variance(promised_pence=4_000_000_000, delivered_pence=770_000_000)
        assert got.share is not None
        assert 1 + got.share == pytest.approx(0.1925)

    def test_the_calculator_merges_a_chief_executive(self) -> None:
        """Illustration: £180,000 and £170,000 with 30% on-cost become one post at 10% more, shared equally."""
        posts = [
            Post(key="h", partner="Hammersmith", role="chief executive", salary=180_000, on_cost=0.3),
            Post(key="k", partner="Kensington", role="chief executive", salary=170_000, on_cost=0.3),
        ]
        (found,) = merge(posts, keep={"chief executive": 1}, weights={"Hammersmith": 1, "Kensington": 1}, uplift=0.1)
        assert found.saving == pytest.approx((180_000 + 170_000 - 198_000) * 1.3)
        assert found.saving_of("Hammersmith") == pytest.approx((180_000 - 99_000) * 1.3)
        assert found.saving_of("Kensington") == pytest.approx((170_000 - 99_000) * 1.3)


class TestLGSS28And29:
    """Cambridgeshire and Northamptonshire from 2011/12, £ million; starting budget 83."""

    printed = (3.79, 9.47, 12.98, 16.79, 18.8)
    lines = (
        (1.06, 2.02, 2.21, 2.21, 2.21),  # staff, initial
        (0.00, 0.00, 0.98, 1.03, 1.11),  # staff, further
        (1.38, 1.78, 2.03, 2.03, 2.03),  # technology
        (1.24, 1.44, 1.54, 1.54, 1.54),  # procurement
        (0.00, 0.94, 2.15, 3.00, 3.72),  # property
        (0.00, 2.96, 3.08, 3.08, 3.08),  # ict
        (0.11, 0.32, 0.98, 3.89, 5.10),  # further sharing and income
    )

    def test_the_lines_add_up_to_the_printed_totals_within_rounding(self) -> None:
        sums = [sum(year) for year in zip(*self.lines, strict=True)]
        assert sums == pytest.approx([3.79, 9.46, 12.97, 16.78, 18.79])
        for year, printed in zip(zip(*self.lines, strict=True), self.printed, strict=True):
            assert reconciled(year, stated=printed, printed_to=0.01).agrees

    def test_five_years_gross(self) -> None:
        assert sum(self.printed) == pytest.approx(61.83)

    def test_the_budget_plan_shows_what_each_year_adds_and_reverses_the_one_offs(self) -> None:
        """One-off costs of 3.32 in the first two years; half in each is an illustration."""
        plan = medium_term_plan({"cashable": self.printed, "one_off_cost": (1.66, 1.66, 0, 0, 0)})
        assert [round(one.incremental, 2) for one in plan] == [3.79, 5.68, 3.51, 3.81, 2.01]
        assert [round(one.budget_change, 2) for one in plan] == [2.13, 5.68, 5.17, 3.81, 2.01]
        assert sum(one.budget_change for one in plan) == pytest.approx(18.8)

    def test_payback_in_less_than_two_years_however_the_one_off_costs_are_read(self) -> None:
        """3.79 + 9.47 = 13.26 by the end of the second year. One-off costs are 3.32 to then and either 4.66 more, which
        leaves 13.26 - 7.98 = 5.28 if all came first, or 4.66 in total."""
        net = (-(3.32 + 4.66), *self.printed)
        assert sum(net[:3]) == pytest.approx(5.28)
        assert payback(net) == pytest.approx(1 + (7.98 - 3.79) / 9.47)
        assert payback((-4.66, *self.printed)) == pytest.approx(1 + (4.66 - 3.79) / 9.47)

    def test_the_headline_of_22_7_percent_is_the_part_in_the_last_year(self) -> None:
        found = {one.reading: one.part for one in readings(self.printed, budgets=(83,) * 5, net=False)}
        assert found["part_in_last_year"] == pytest.approx(18.8 / 83)
        assert found["part_of_all_spend"] == pytest.approx(61.83 / (5 * 83))
        assert [round(100 * part, 1) for part in found.values()] == [14.9, 22.7, 74.5]

    def test_the_ratio_has_its_convention(self) -> None:
        """Present values at the base of 2010/11: savings over one-off costs, 3.32 in year 1 and 1.34 more in year 5."""
        factors = discount_factors(discount_schedule(), 5)
        flows = {"cashable": (0, *self.printed), "one_off_cost": (0, 3.32, 0, 0, 0, 1.34)}
        found = benefit_cost(flows, factors, convention="all_costs")
        saved = sum(amount / 1.035 ** (year + 1) for year, amount in enumerate(self.printed))
        assert found.ratio == pytest.approx(saved / (3.32 / 1.035 + 1.34 / 1.035**5))
        assert found.ratio == pytest.approx(12.61, abs=5e-3)


def test_row_35_a_real_cut_of_28_percent_and_then_a_third_is_closed_in_part() -> None:
    """Budget 100: gaps of 28 and 33; recurrent savings of 14 and 20 and a receipt of 5 in the second year."""
    years = funding_gap((0, 28, 33), {"cashable": (0, 14, 20), "one_off_saving": (0, 0, 5)})
    assert years[1].share_closed == pytest.approx(14 / 28)
    assert years[2].share_closed == pytest.approx(20 / 33)
    assert (years[2].left, years[2].left_in_year) == (13, 8)


def test_row_42_xentrall_was_restated_from_7_to_13_6_million() -> None:
    found = variance(promised_pence=700_000_000, delivered_pence=1_360_000_000)
    assert found.share == pytest.approx(0.94, abs=5e-3)


def test_row_44_five_bodies_share_disaster_recovery_for_75_000_a_year() -> None:
    """A national park among them pays an equal part: 15,000 pounds."""
    bodies = ("Devon", "Plymouth", "Torbay", "Fire", "National park")
    parts = split_by(dict.fromkeys(bodies, 1.0))
    assert [75_000 * part for part in parts.values()] == pytest.approx([15_000] * 5)


def test_row_45_spend_is_pooled_by_category() -> None:
    """Illustration: two councils buy energy and one buys salt; at 3% only the energy is worth a joint contract."""
    spending = [
        Spend(partner="Ash", category="energy", amount=2_000_000, open_share=0.75),
        Spend(partner="Birch", category="energy", amount=1_000_000),
        Spend(partner="Ash", category="salt", amount=400_000),
    ]
    found = {one.category: one.saving for one in pooled(spending, rate=0.03)}
    assert found == pytest.approx({"energy": 0.03 * (1_500_000 + 1_000_000), "salt": 0})


def test_row_46_advice_to_90_councils_found_1_67_million_each() -> None:
    each = np.array(list(split_by({str(number): 1.0 for number in range(90)}).values())) * 150
    assert each == pytest.approx(150 / 90)
    assert round(150 / 90, 2) == 1.67
