"""Effects: one sum each, one kind each."""

from __future__ import annotations

import pytest

from consortia.appraisal.adoption import step, straight
from consortia.appraisal.effects import Spend, at_scale, pooled, rate_of_line, units_saved
from consortia.appraisal.home import Home
from consortia.appraisal.refusals import AppraisalError

HERE = Home(project="p", partner="Ash", horizon=3, inputs=("take-up",), path="demand")


def test_a_part_of_a_line_follows_its_adoption() -> None:
    stream = rate_of_line("r", home=HERE, line="care", rate=0.2, adoption=straight(start=0, end=2, horizon=3), cap=0.3)
    assert stream.planned == pytest.approx((0, 0.1, 0.2, 0.2))
    assert (stream.line, stream.of_line, stream.cap, stream.delivered) == ("care", True, 0.3, True)
    assert (stream.inputs, stream.path) == (("take-up",), "demand")


def test_nobody_saves_more_than_a_line_costs() -> None:
    with pytest.raises(AppraisalError, match="would save 120% of line 'care'"):
        rate_of_line("r", home=HERE, line="care", rate=1.2, adoption=step(start=1, horizon=3))


def test_units_are_cost_times_volume_times_the_part_that_changes() -> None:
    saved = units_saved(3.5, volume=10_000, rate=0.4, adoption=straight(start=0, end=2, horizon=3))
    assert saved == pytest.approx([0, 3.5 * 10_000 * 0.4 / 2, 14_000, 14_000])


def test_pooling_ranks_by_open_spend_and_one_buyer_pools_nothing() -> None:
    spending = (
        Spend(partner="Ash", category="paper", amount=100),
        Spend(partner="Birch", category="paper", amount=300, open_share=0.5),
        Spend(partner="Ash", category="fuel", amount=900),
    )
    fuel, paper = pooled(spending, rate=0.04)
    assert (fuel.category, fuel.saving) == ("fuel", 0)
    assert (paper.spend, paper.open_spend, paper.partners) == (400, 250, ("Ash", "Birch"))
    assert paper.saving == pytest.approx(10)


def test_below_the_minimum_scale_nothing_is_saved() -> None:
    stream = HERE.stream("a", kind="cashable", planned=(0, 2, 2, 2))
    assert at_scale(stream, volume=21_000, needed=30_000).planned == (0, 0, 0, 0)
    assert at_scale(stream, volume=30_000, needed=30_000) is stream
