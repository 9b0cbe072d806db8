"""Headlines with a definition, and what stated figures imply about each other."""

from __future__ import annotations

import pytest

from consortia.appraisal.headlines import READINGS, headline, implied_budgets, readings
from consortia.appraisal.implied import check_rate, implied_total, in_common, reconciled
from consortia.appraisal.refusals import AppraisalError


class TestHeadlines:
    savings, budgets = (9.0, 18.0, 27.0), (100.0, 100.0, 100.0)

    @pytest.mark.parametrize(("reading", "net"), [(None, True), ("part_in_last_year", None)])
    def test_a_percentage_without_a_definition_is_refused(self, reading: str | None, net: bool | None) -> None:
        with pytest.raises(AppraisalError, match="needs a definition") as refused:
            headline(self.savings, budgets=self.budgets, reading=reading, net=net)  # type: ignore[arg-type]
        assert all(one in refused.value.remedy for one in READINGS)

    def test_the_same_savings_have_three_percentages(self) -> None:
        found = {one.reading: one.part for one in readings(self.savings, budgets=self.budgets, net=False)}
        assert found == pytest.approx(
            {"part_of_all_spend": 54 / 300, "part_in_last_year": 0.27, "sum_of_yearly_parts": 0.54}
        )

    def test_a_headline_carries_its_sum_and_whether_it_is_net(self) -> None:
        found = headline(self.savings, budgets=self.budgets, reading="part_in_last_year", net=True)
        assert (found.cumulative, found.years, found.net) == (54, 3, True)

    def test_implied_budgets_give_the_percentage_back(self) -> None:
        for implied in implied_budgets(200, part=0.27, years=3):
            savings = [part * implied.budget for part in implied.yearly_parts]
            assert sum(savings) == pytest.approx(200)
            again = headline(savings, budgets=[implied.budget] * 3, reading=implied.reading, net=False)
            assert again.part == pytest.approx(0.27)


class TestImplied:
    def test_a_rate_near_a_known_one_raises_no_query(self) -> None:
        assert not check_rate(1_000, units=60, known=16).query
        assert check_rate(1_000, units=10, known=16).query
        assert check_rate(1_000, units=1_000, known=16).query

    def test_a_total_is_known_only_as_far_as_the_share_was_printed(self) -> None:
        found = implied_total(62, share=0.45)
        assert (found.low, found.total, found.high) == pytest.approx((62 / 0.455, 62 / 0.45, 62 / 0.445))
        assert implied_total(1, share=0.004).high == float("inf")

    def test_totals_that_no_single_one_fits_have_none_in_common(self) -> None:
        assert in_common([implied_total(50, share=0.5), implied_total(20, share=0.2)]) is not None
        assert in_common([implied_total(50, share=0.5), implied_total(30, share=0.2)]) is None

    def test_parts_agree_with_a_total_within_what_rounding_explains(self) -> None:
        assert reconciled((0.1, 0.2), stated=0.3).agrees
        assert reconciled((1.06, 1.38), stated=2.45, printed_to=0.01).agrees
        missing = reconciled((2.8, 0.6, 2.3), stated=6, printed_to=0.1)
        assert not missing.agrees
        assert missing.difference == pytest.approx(-0.3)
