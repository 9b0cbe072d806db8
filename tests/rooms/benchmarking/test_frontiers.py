"""Frontiers: programmes against another solver, recovery of what was simulated, and what is refused."""

from __future__ import annotations

import highspy
import numpy as np
import pytest

from consortia.benchmarking import Envelopment, Frontier, Refused, cost_frontier, envelop
from consortia.benchmarking.envelopment import fewest_units, scores
from consortia.benchmarking.frontier import NOT_CERTAIN, WRONG_SKEW, efficiencies, log_likelihood


def units(seed: int, n: int = 40) -> tuple[np.ndarray, np.ndarray]:
    lot = np.random.default_rng(seed)
    return lot.lognormal(3, 0.5, (n, 2)), lot.lognormal(2, 0.5, (n, 2))


def by_highspy(inputs: np.ndarray, outputs: np.ndarray, unit: int, *, variable: bool) -> float:
    """The score by another route: row by row, in the raw units."""
    solver = highspy.Highs()
    solver.silent()
    weights = [solver.addVariable(lb=0) for _ in inputs]
    theta = solver.addVariable(lb=0)
    for column in inputs.T:
        solver.addConstr(sum(w * x for w, x in zip(weights, column, strict=True)) <= column[unit] * theta)
    for column in outputs.T:
        solver.addConstr(sum(w * y for w, y in zip(weights, column, strict=True)) >= column[unit])
    if variable:
        solver.addConstr(sum(weights) == 1)
    solver.minimize(theta)
    return float(solver.getObjectiveValue())


@pytest.mark.parametrize("returns", ["constant", "variable"])
def test_another_solver_gives_the_same_scores(returns) -> None:
    inputs, outputs = units(1)
    ours = [each.score for each in scores(inputs, outputs, returns=returns)]
    theirs = [by_highspy(inputs, outputs, unit, variable=returns == "variable") for unit in range(len(inputs))]
    assert ours == pytest.approx(theirs, abs=1e-6)


def test_variable_returns_are_kinder_and_scale_is_the_difference() -> None:
    found = envelop(*units(2))
    assert isinstance(found, Envelopment)
    assert all(c.score <= v.score + 1e-9 for c, v in zip(found.constant, found.variable, strict=True))
    assert all(0 < each <= 1 + 1e-9 for each in found.scale_efficiency)


def test_peers_and_slacks_say_what_would_be_best_practice() -> None:
    """Peers' inputs plus slack are the unit's inputs at its score; peers' outputs less slack are its own."""
    inputs, outputs = units(3)
    for unit, found in enumerate(scores(inputs, outputs, returns="variable")):
        used = sum(weight * inputs[peer] for peer, weight in found.peers)
        done = sum(weight * outputs[peer] for peer, weight in found.peers)
        assert used + found.input_slacks == pytest.approx(found.score * inputs[unit], rel=1e-4)
        assert done - found.output_slacks == pytest.approx(outputs[unit], rel=1e-4)


def test_the_units_of_inputs_and_outputs_do_not_matter() -> None:
    inputs, outputs = units(4)
    plain = [each.score for each in scores(inputs, outputs, returns="constant")]
    scaled = [each.score for each in scores(inputs * [1e6, 1e-3], outputs * 1e4, returns="constant")]
    assert plain == pytest.approx(scaled, abs=1e-6)


def test_ten_partners_are_refused_with_the_reason() -> None:
    found = envelop(*units(5, n=10))
    assert isinstance(found, Refused)
    assert "10 units are too few" in found.reason


def test_many_inputs_and_outputs_need_many_units() -> None:
    assert (fewest_units(1, 1), fewest_units(2, 3), fewest_units(8, 9)) == (6, 15, 72)


def test_a_unit_that_uses_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="uses something"):
        envelop(np.zeros((30, 1)), np.ones((30, 1)))


def simulated(seed: int, *, sigma_u: float, n: int = 400) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    lot = np.random.default_rng(seed)
    size = lot.normal(11, 0.7, n)
    waste = np.abs(lot.normal(0, sigma_u, n))
    return 2 + 0.9 * size + waste + lot.normal(0, 0.1, n), size[:, None], waste


def test_a_simulated_frontier_is_recovered() -> None:
    found = [cost_frontier(*simulated(seed, sigma_u=0.3)[:2]) for seed in range(20)]
    fitted = [each for each in found if isinstance(each, Frontier)]
    assert len(fitted) == 20
    assert np.mean([each.coefficients[0] for each in fitted]) == pytest.approx(0.9, abs=0.01)
    assert np.mean([each.coefficients[1] for each in fitted]) == pytest.approx(2.0, abs=0.1)
    assert np.mean([each.sigma_u for each in fitted]) == pytest.approx(0.3, abs=0.02)
    assert np.mean([each.sigma_v for each in fitted]) == pytest.approx(0.1, abs=0.02)


def test_efficiencies_follow_the_simulated_waste() -> None:
    cost, drivers, waste = simulated(1, sigma_u=0.3)
    found = cost_frontier(cost, drivers)
    assert isinstance(found, Frontier)
    assert np.corrcoef(found.efficiencies, np.exp(-waste))[0, 1] > 0.85
    assert np.mean(found.efficiencies) == pytest.approx(np.mean(np.exp(-waste)), abs=0.03)
    assert 0.8 < found.gamma < 1


def test_costs_drawn_out_the_wrong_way_are_refused() -> None:
    cost, drivers, waste = simulated(2, sigma_u=0.3)
    found = cost_frontier(cost - 2 * waste, drivers)
    assert found == Refused(WRONG_SKEW)


def test_chance_alone_is_refused_or_said_to_be_as_good_an_explanation() -> None:
    found = [cost_frontier(*simulated(seed, sigma_u=0.0)[:2]) for seed in range(40)]
    sure = [each for each in found if isinstance(each, Frontier) and NOT_CERTAIN not in each.caveats]
    assert len(sure) <= 6  # 5% of 40 is 2; more than 6 would happen once in 300 times


def test_few_units_are_refused() -> None:
    found = cost_frontier(*simulated(1, sigma_u=0.3, n=22)[:2])
    assert isinstance(found, Refused)
    assert "22 units are too few" in found.reason


def test_the_likelihood_is_that_of_the_density() -> None:
    """The density of v + u, summed up numerically over u, at one residual."""
    u = np.linspace(0, 3, 300_001)
    half_normal = 2 / 0.3 / np.sqrt(2 * np.pi) * np.exp(-((u / 0.3) ** 2) / 2)
    normal = np.exp(-(((0.25 - u) / 0.1) ** 2) / 2) / 0.1 / np.sqrt(2 * np.pi)
    density = np.trapezoid(half_normal * normal, u)
    assert log_likelihood(np.array([0.25]), 0.3, 0.1) == pytest.approx(np.log(density), abs=1e-6)
    expected = np.trapezoid(np.exp(-u) * half_normal * normal, u) / density
    assert efficiencies(np.array([0.25]), 0.3, 0.1)[0] == pytest.approx(expected, abs=1e-6)
