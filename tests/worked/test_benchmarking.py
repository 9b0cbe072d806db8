"""DEA-1, DEA-2, FUN-1 and IDX-1 of the methods, and the sums behind shrinkage."""

from __future__ import annotations

import math

import numpy as np
import pytest

from consortia.benchmarking import (
    byar_interval,
    composite_unit_cost,
    poisson_interval,
    price_index,
    proportion_limits,
    ratio_limits,
    reliability,
    split_change,
)
from consortia.benchmarking.envelopment import scores
from consortia.benchmarking.funnel import added_deviation, dispersion_of

STORES = np.array([[2, 3, 3, 4, 5, 5, 6, 8]], float).T  # employees
SALES = np.array([[1, 3, 2, 3, 4, 2, 3, 5]], float).T


def test_dea_1_constant_returns_is_sales_per_employee_over_the_best() -> None:
    # best: 3 sales by 3 employees = 1. Then 1/2 = .5, 3/3 = 1, 2/3, 3/4, 4/5, 2/5, 3/6, 5/8
    found = [each.score for each in scores(STORES, SALES, returns="constant")]
    assert found == pytest.approx([0.5, 1, 2 / 3, 0.75, 0.8, 0.4, 0.5, 0.625], abs=0.001)


def test_dea_1_variable_returns() -> None:
    # Frontier through (2, 1), (3, 3), (5, 4), (8, 5): the third store's 2 sales need 2.5 employees: 2.5 / 3 = .833.
    found = [each.score for each in scores(STORES, SALES, returns="variable")]
    assert found == pytest.approx([1, 1, 0.833, 0.75, 1, 0.5, 0.5, 1], abs=0.001)


def test_dea_2_two_inputs_one_output() -> None:
    inputs = np.array([(4, 3), (7, 3), (8, 1), (4, 2), (2, 4), (10, 1)], float)
    found = scores(inputs, np.ones((6, 1)), returns="constant")
    # A (4, 3): between D (4, 2) and E (2, 4), theta (4, 3) lies on x1 + x2 = 6, so theta = 6 / 7 = .8571
    assert [each.score for each in found] == pytest.approx([0.8571, 0.6316, 1, 1, 1, 1], abs=0.0001)
    # F (10, 1) is on the frontier but wastes 10 - 8 = 2 of the first input, as C (8, 1) shows
    assert found[5].input_slacks == pytest.approx((2, 0), abs=1e-6)
    assert found[5].peers == ((2, pytest.approx(1.0)),)


@pytest.mark.parametrize(
    ("count", "exact", "byar"),
    [
        (10, (4.7954, 18.3904), (4.7874, 18.3916)),
        (50, (37.1110, 65.9188), None),
        (1, (0.0253, 5.5716), None),
        (100, (81.3640, 121.6268), None),
        (0, (0.0, -math.log(0.025)), None),
    ],
)
def test_fun_1_intervals_of_a_count(count, exact, byar) -> None:
    assert poisson_interval(count) == pytest.approx(exact, abs=0.0001)
    if byar:
        # 10 (1 - 1/90 - 1.96 / (3 sqrt 10))^3 and 11 (1 - 1/99 + 1.96 / (3 sqrt 11))^3
        assert byar_interval(count) == pytest.approx(byar, abs=0.0001)


def test_the_exact_limit_of_a_proportion_is_interpolated() -> None:
    # N = 4, theta = 1/2: F = 1/16, 5/16, 11/16, ... For p = 0.25: r = 1, alpha = (5/16 - 4/16) / (4/16) = 1/4
    assert proportion_limits(4, 0.5, chances=[0.25]) == pytest.approx(((1 - 0.25) / 4,))


def test_the_exact_limit_of_a_ratio_is_interpolated() -> None:
    # E = 1: F(0) = e^-1 = .36788, F(1) = 2 e^-1. For p = 0.5: r = 1, alpha = (2 e^-1 - .5) / e^-1
    assert ratio_limits(1.0, chances=[0.5]) == pytest.approx((1 - (2 * math.exp(-1) - 0.5) * math.e,))


def test_over_dispersion_by_hand() -> None:
    scores_seen = np.array([-4.0, -2.0, 0.0, 2.0, 4.0])
    # 10% and 90% quantiles of type 7: -3.2 and 3.2; phi = (3.2² + 2² + 0 + 2² + 3.2²) / 5
    assert dispersion_of(scores_seen) == pytest.approx((10.24 + 4 + 0 + 4 + 10.24) / 5)
    # with s = 1 everywhere w = 1: tau² = (5 * 5.696 - 4) / (5 - 5/5)
    assert added_deviation(5.696, np.ones(5)) ** 2 == pytest.approx((5 * 5.696 - 4) / 4)


OLD_PRICES, NEW_PRICES = {"a": 10.0, "b": 20.0, "c": 5.0}, {"a": 12.0, "b": 19.0, "c": 6.0}
OLD_VOLUMES, NEW_VOLUMES = {"a": 100.0, "b": 50.0, "c": 200.0}, {"a": 90.0, "b": 60.0, "c": 180.0}


def test_idx_1_three_price_indices() -> None:
    found = price_index((OLD_PRICES, NEW_PRICES), (OLD_VOLUMES, NEW_VOLUMES))
    # L = (12 * 100 + 19 * 50 + 6 * 200) / (10 * 100 + 20 * 50 + 5 * 200) = 3,350 / 3,000
    assert found.laspeyres == pytest.approx(1.11667, abs=0.00001)
    # P = (12 * 90 + 19 * 60 + 6 * 180) / (10 * 90 + 20 * 60 + 5 * 180) = 3,300 / 3,000
    assert found.paasche == pytest.approx(1.10000, abs=0.00001)
    assert found.fisher == pytest.approx(1.10830, abs=0.00001)  # sqrt(1.11667 * 1.1)


def test_fishers_index_splits_a_change_of_cost_without_rest() -> None:
    found = split_change((OLD_PRICES, NEW_PRICES), (OLD_VOLUMES, NEW_VOLUMES))
    assert found.cost == pytest.approx(3_300 / 3_000)
    assert found.volume == pytest.approx(1.1 / 1.10830, abs=0.00001)


def test_the_composite_unit_cost_is_own_activity_at_own_over_peers_prices() -> None:
    # (12 * 100 + 19 * 50) / (10 * 100 + 20 * 50) = 2,150 / 2,000
    own, peers, volumes = {"a": 12.0, "b": 19.0}, {"a": 10.0, "b": 20.0}, {"a": 100.0, "b": 50.0}
    assert composite_unit_cost(own, volumes, peers=peers) == pytest.approx(1.075)


def test_reliability_by_hand() -> None:
    # Eight authorities with means 10, 20, ..., 80, each a year 1 above and a year 1 below: within = 8 * 2 / 8 = 2;
    # between = 2 * sum (mean - 45)² / 7 = 2 * 4,200 / 7 = 1,200; tau² = (1,200 - 2) / 2 = 599
    years = [(10.0 * place - 1, 10.0 * place + 1) for place in range(1, 9)]
    assert reliability(years) == pytest.approx(599 / (599 + 2))
