"""What must hold of draws, sensitivity and the value of information, whatever the inputs."""

from __future__ import annotations

from dataclasses import astuple
from functools import reduce

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consortia.appraisal.dependence import Dependence, latent_correlation, own_parts, rank_correlation
from consortia.appraisal.information import partial_information, perfect_information
from consortia.appraisal.learning import DeliveryClass, Outturn, updated
from consortia.appraisal.nearest_correlation import is_correlation, nearest_correlation
from consortia.appraisal.risk import risk_of

correlations = st.floats(-1, 1, allow_nan=False)
seeds = st.integers(0, 2**32)


def symmetric(size: int, entries: list[float]) -> np.ndarray:
    matrix = np.eye(size)
    matrix[np.tril_indices(size, -1)] = entries
    return np.maximum(np.tril(matrix), np.tril(matrix)) + np.tril(matrix, -1).T


matrices = st.integers(2, 5).flatmap(
    lambda size: st.lists(correlations, min_size=size * (size - 1) // 2, max_size=size * (size - 1) // 2).map(
        lambda entries: symmetric(size, entries)
    )
)


@given(matrices)
@settings(deadline=None, max_examples=60)
def test_what_repair_makes_is_a_correlation_matrix_and_no_other_repair_by_clipping_is_nearer(matrix) -> None:
    near = nearest_correlation(matrix)
    values, vectors = np.linalg.eigh(matrix)
    clipped = (vectors * np.maximum(values, 0)) @ vectors.T
    size = np.sqrt(np.maximum(np.diag(clipped), 1e-300))
    assert is_correlation(near)
    assert np.diag(near) == pytest.approx(1)
    assert np.linalg.norm(near - matrix) <= np.linalg.norm(clipped / np.outer(size, size) - matrix) + 1e-6


@given(correlations)
def test_rank_and_latent_correlation_are_each_others_inverse(value) -> None:
    assert rank_correlation(latent_correlation(value)) == pytest.approx(value, abs=1e-12)


@given(matrices, st.floats(0, 0.9))
@settings(deadline=None, max_examples=60)
def test_own_parts_are_standard_normal_beside_any_common_factor(matrix, share) -> None:
    names = "abcde"[: len(matrix)]
    asked = {(names[i], names[j]): matrix[i, j] for i in range(len(names)) for j in range(i)}
    parts = own_parts(Dependence(asked), {name: {"f": share} for name in names})
    assert np.sum(parts.factor**2, axis=1) == pytest.approx(1)
    assert parts.repair is None or parts.repair.distance > 0


@given(seeds, st.integers(2, 4), st.floats(-3, 3))
@settings(deadline=None, max_examples=40)
def test_information_is_worth_something_between_nothing_and_knowing_everything(seed, count, shift) -> None:
    random = np.random.default_rng(seed)
    known = random.normal(size=(512, 2))
    worth = known @ random.normal(size=(2, count)) + random.normal(size=(512, count)) + shift * np.arange(count)
    everything = perfect_information(worth)
    one, two = (partial_information(worth, known[:, :places]) for places in (1, 2))
    assert 0 <= one.value <= everything.value
    assert 0 <= two.value <= everything.value
    assert one.best_now == everything.best_now == int(worth.mean(axis=0).argmax())


pounds = st.integers(-(10**8), 10**8).map(lambda pence: pence / 100)


@given(st.lists(pounds, min_size=2, max_size=40), pounds)
def test_the_shortfall_is_what_is_missing_to_the_target_in_every_draw(values, target) -> None:
    drawn = np.array(values)
    risk = risk_of(drawn, target=target)
    lifted = np.maximum(drawn[1:], target)
    assert risk.expected_shortfall == pytest.approx(np.mean(lifted - drawn[1:]), abs=1e-6)
    assert risk.expected_shortfall >= 0
    assert (risk.chance_of_target == 1) == (risk.expected_shortfall == 0)


@st.composite
def recorded(draw) -> Outturn:
    """An outturn that came, came a year late, had not come after a year, or never came."""
    delivered = draw(st.one_of(st.just(0.0), st.floats(0.01, 5)))
    slipped = delivered > 0 and draw(st.booleans())
    return Outturn("i", "legal", "outline_case", 1.0, delivered, years=draw(st.integers(1, 3)), slipped=slipped)


@settings(deadline=None)
@given(st.lists(recorded(), max_size=12), st.randoms(use_true_random=False))
def test_learning_one_by_one_in_any_order_comes_to_the_same_as_all_at_once(outturns, random) -> None:
    prior = DeliveryClass(slip_probability=0.15, median=0.85, sigma=0.45)
    at_once = updated(prior, outturns)
    random.shuffle(outturns)
    one_by_one = reduce(lambda known, outturn: updated(known, [outturn]), outturns, prior)
    assert astuple(one_by_one) == pytest.approx(astuple(at_once))


@settings(deadline=None)
@given(st.lists(recorded(), max_size=12))
def test_the_chances_of_a_slip_and_of_nothing_are_those_that_are_drawn(outturns) -> None:
    known = updated(DeliveryClass(slip_probability=0.15, median=0.85, sigma=0.45), outturns)
    evenly = (np.arange(4_000) + 0.5) / 4_000
    assert np.mean(known.slip.ppf(evenly)) == pytest.approx(known.slip_probability, abs=0.001)
    assert np.mean(known.delivery.ppf(evenly) == 0) == pytest.approx(known.nothing, abs=0.001)
    assert (known.nothing > 0) == any(each.nothing for each in outturns)
    assert max(known.slip_probability, known.nothing) <= known.nothing_in_its_year + 1e-12 <= 1 + 2e-12
