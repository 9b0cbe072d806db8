"""Sums by bin: from the points themselves as from the normals that they are turned into."""

from __future__ import annotations

import numpy as np

from consortia.appraisal.bins import sums_of_normal, sums_of_points
from consortia.appraisal.distributions import Uniform
from consortia.appraisal.draws import Sampling

SAMPLING = Sampling.of({"a": Uniform(0, 1), "b": Uniform(0, 1)})
OUTCOMES = np.random.default_rng(1).normal(size=(4_096, 9))


def test_points_and_their_normals_fall_into_the_same_bins():
    points = SAMPLING.sequence(count=4_096, seed=3)
    sums, counts = sums_of_points(points, OUTCOMES, 32)
    for row, normal in enumerate(SAMPLING.normals(count=4_096, seed=3).values()):
        of_normal, draws = sums_of_normal(normal, OUTCOMES, 32)
        assert np.array_equal(sums[row], of_normal)
        assert np.array_equal(counts[row], draws)


def test_a_scrambled_sequence_fills_every_bin_alike():
    _, counts = sums_of_points(SAMPLING.sequence(count=4_096, seed=3), OUTCOMES, 32)
    assert (counts == 128).all()


def test_sums_of_some_dimensions_are_those_of_all():
    points = SAMPLING.sequence(count=4_096, seed=3)
    every, _ = sums_of_points(points, OUTCOMES, 32)
    assert np.array_equal(sums_of_points(points.only([1]), OUTCOMES, 32)[0][0], every[1])
