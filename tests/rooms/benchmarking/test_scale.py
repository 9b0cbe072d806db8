"""Does bigger cost less: an effect is found where there is a strong one, and hardly ever where there is none."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from consortia.benchmarking import scale_curve
from consortia.benchmarking.regression import least_squares
from consortia.benchmarking.scale import CONTROLS_DECIDE, ERROR_RATE, MANY_LEFT_OUT, SOME_LEFT_OUT, TOO_ALIKE, TOO_FEW

SEEDS = range(400)
# 400 trials at a rate of 5% give 20; more than 32 would happen once in 200 times (binomial).
AT_MOST = 32 / 400


def authorities(seed: int, *, elasticity: float, n: int = 150, volume_error: float = 0.0):
    """Costs of councils in two classes: density goes with size and costs money, noise grows with size."""
    lot = np.random.default_rng(seed)
    volume = np.exp(lot.normal(11.5, 0.6, n))
    density = lot.normal(size=n) + 0.3 * np.log(volume)
    noise = lot.standard_t(5, size=n) * 0.25 * np.exp(0.3 * (np.log(volume) - 11.5))
    cost = np.exp(elasticity * np.log(volume) + 0.2 * density + noise + 3)
    seen = volume * np.exp(lot.normal(0, volume_error, n))
    return cost.tolist(), seen.tolist(), density.tolist(), ["SD" if i % 2 else "UA" for i in range(n)]


def finding(seed: int, **given):
    cost, volume, density, kinds = authorities(seed, **given)
    return scale_curve(cost, volume, controls={"density": density}, classes=kinds)


@pytest.mark.parametrize("n", [30, 150])
def test_without_an_effect_of_size_none_is_found_beyond_the_stated_error_rate(n: int) -> None:
    verdicts = Counter(finding(seed, elasticity=1.0, n=n, volume_error=0.02).verdict for seed in SEEDS)
    assert 1 - verdicts["cannot_tell"] / len(SEEDS) <= max(ERROR_RATE, AT_MOST)


def test_a_strong_effect_is_found_and_its_band_holds_the_truth() -> None:
    found = [finding(seed, elasticity=0.6) for seed in range(100)]
    assert {each.verdict for each in found} == {"bigger_costs_less"}
    covered = sum(each.low <= 0.6 <= each.high for each in found)
    assert covered >= 90


def test_an_effect_the_other_way_is_found_too() -> None:
    verdicts = Counter(finding(seed, elasticity=1.5).verdict for seed in range(50))
    assert verdicts == {"bigger_costs_more": 50}


def test_unit_cost_against_volume_would_have_found_what_is_not_there() -> None:
    """The trap that is avoided: with a noisy volume, cost / volume falls with volume though size does nothing."""
    wrong = right = 0
    for seed in range(100):
        cost, volume, density, kinds = authorities(seed, elasticity=1.0, volume_error=0.3)
        logs = np.log(volume)
        design = np.column_stack([logs, density, np.ones(len(logs))])
        wrong += least_squares(np.log(cost) - logs, design).band(0, error_rate=ERROR_RATE)[1] < 0
        found = scale_curve(cost, volume, controls={"density": density}, classes=kinds, volume_error=0.3)
        right += found.verdict == "bigger_costs_less"
    assert wrong > 50
    assert right <= 8


def test_the_unit_of_the_volume_does_not_matter() -> None:
    cost, volume, density, kinds = authorities(1, elasticity=0.8)
    one = scale_curve(cost, volume, controls={"density": density}, classes=kinds)
    thousand = scale_curve(cost, [v / 1000 for v in volume], controls={"density": density}, classes=kinds)
    assert (one.elasticity, one.low) == (pytest.approx(thousand.elasticity), pytest.approx(thousand.low))


def test_the_order_of_the_authorities_does_not_matter() -> None:
    cost, volume, density, kinds = authorities(2, elasticity=0.8)
    there = scale_curve(cost, volume, controls={"density": density}, classes=kinds)
    back = scale_curve(cost[::-1], volume[::-1], controls={"density": density[::-1]}, classes=kinds[::-1])
    assert there.elasticity == pytest.approx(back.elasticity)


def test_too_few_authorities_are_told_so() -> None:
    found = finding(1, elasticity=0.5, n=18)
    assert (found.verdict, found.elasticity, found.unit_cost_change()) == ("cannot_tell", None, None)
    assert TOO_FEW in found.caveats


def test_authorities_of_one_size_say_nothing_about_size() -> None:
    lot = np.random.default_rng(1)
    cost, volume = np.exp(lot.normal(5, 0.1, 60)).tolist(), lot.uniform(100, 150, 60).tolist()
    assert TOO_ALIKE in scale_curve(cost, volume).caveats


def test_missing_zero_and_far_out_authorities_are_left_out_and_counted() -> None:
    cost, volume, density, kinds = authorities(3, elasticity=0.6)
    cost[0], volume[1], density[2] = None, 0.0, None
    cost[3] *= 40
    found = scale_curve(cost, volume, controls={"density": density}, classes=kinds)
    assert (found.n, found.left_out) == (146, 4)
    assert SOME_LEFT_OUT in found.caveats


def test_where_many_spend_nothing_those_that_spend_are_not_taken_for_all() -> None:
    cost, volume, density, kinds = authorities(4, elasticity=0.6, n=300)
    some = [None if place % 3 == 0 else value for place, value in enumerate(cost)]
    found = scale_curve(some, volume, controls={"density": density}, classes=kinds)
    assert found.high is not None
    assert found.high < 1
    assert (found.verdict, found.caveats[0]) == ("cannot_tell", MANY_LEFT_OUT)


def test_an_answer_that_only_the_controls_give_is_not_taken_for_one() -> None:
    lot = np.random.default_rng(5)
    size = lot.normal(11, 0.6, 200)
    poverty = size + lot.normal(0, 0.2, 200)  # large councils are poor, and poverty costs what size saves
    cost = np.exp(0.5 * size + 0.5 * poverty + lot.normal(0, 0.05, 200))
    found = scale_curve(cost.tolist(), np.exp(size).tolist(), controls={"poverty": poverty.tolist()})
    assert found.high is not None
    assert found.high < 1
    assert (found.verdict, found.caveats[0]) == ("cannot_tell", CONTROLS_DECIDE)


def test_the_change_of_unit_cost_follows_from_the_elasticity() -> None:
    found = finding(1, elasticity=0.6)
    low, middle, high = found.unit_cost_change() or (0, 0, 0)
    assert middle == pytest.approx(2 ** (found.elasticity - 1) - 1)  # two equal partners with b = 0.9: 2^-0.1 - 1
    assert low < middle < high < 0


def test_sequences_of_different_length_are_an_error() -> None:
    with pytest.raises(ValueError, match="the same authorities"):
        scale_curve([1.0, 2.0], [1.0])


def test_hc3_errors_are_those_of_the_definition() -> None:
    """x = 0, 1, 2, 3 and y = 0, 1, 1, 4: by hand from (X'X)^-1 X' diag(e² / (1 - h)²) X (X'X)^-1."""
    x, y = np.array([0.0, 1.0, 2.0, 3.0]), np.array([0.0, 1.0, 1.0, 4.0])
    fit = least_squares(y, np.column_stack([x, np.ones(4)]))
    # slope 1.2, intercept -0.3; residuals .3 .1 -1.1 .7; leverage .7 .3 .3 .7
    assert fit.coefficients == pytest.approx([1.2, -0.3])
    squares = (np.array([0.3, 0.1, -1.1, 0.7]) / (1 - np.array([0.7, 0.3, 0.3, 0.7]))) ** 2
    assert fit.errors[0] ** 2 == pytest.approx(((x - 1.5) ** 2 @ squares) / 5**2)  # sum (x - 1.5)² = 5
