"""Funnel plots: limits for chance, and for the differences between areas that are always there."""

from __future__ import annotations

import numpy as np
import pytest

from consortia.benchmarking import funnel, proportion_limits
from consortia.benchmarking.funnel import FEW_FOR_DISPERSION


def test_a_figure_beyond_the_outer_limit_stands_out() -> None:
    found = funnel([10.0, 12.5, 14.0, 6.5], [1.0] * 4, target=10.0)
    assert [each.position for each in found.points] == ["within", "high", "very high", "very low"]
    # 1.96 and 3.09 standard deviations
    assert found.points[0].upper == pytest.approx(11.960, abs=0.001)
    assert found.points[0].highest == pytest.approx(13.090, abs=0.001)
    assert found.caveats == (FEW_FOR_DISPERSION,)


@pytest.mark.parametrize("dispersion", ["additive", "multiplicative"])
def test_limits_allow_for_what_areas_always_differ_by(dispersion) -> None:
    lot = np.random.default_rng(1)
    chance = lot.uniform(0.5, 2.0, 200)
    values = 10 + lot.normal(0, 3, 200) + lot.normal(size=200) * chance
    narrow, wide = (funnel(values, chance, target=10, dispersion=way) for way in ("none", dispersion))
    outside = [sum(point.position != "within" for point in each.points) / 200 for each in (narrow, wide)]
    assert outside[0] > 0.3
    assert outside[1] < 0.2


def test_the_added_deviation_is_recovered() -> None:
    lot = np.random.default_rng(2)
    chance = lot.uniform(0.5, 1.0, 2000)
    values = lot.normal(0, 2, 2000) + lot.normal(size=2000) * chance
    # drawing in the outer tenths makes it smaller than the true 2
    assert 1.5 < funnel(values, chance, target=0).tau < 2.0


def test_chance_alone_needs_no_added_deviation() -> None:
    lot = np.random.default_rng(3)
    found = funnel(lot.normal(size=100), np.ones(100), target=0)
    assert (found.tau, found.dispersion) == (0.0, "none")


def test_exact_limits_of_a_proportion_are_near_the_normal_ones_for_many() -> None:
    low, high = proportion_limits(10_000, 0.3)
    reach = 1.96 * (0.3 * 0.7 / 10_000) ** 0.5
    assert (low, high) == (pytest.approx(0.3 - reach, abs=0.0002), pytest.approx(0.3 + reach, abs=0.0002))


def test_a_deviation_of_zero_is_an_error() -> None:
    with pytest.raises(ValueError, match="above zero"):
        funnel([1.0], [0.0], target=1.0)
