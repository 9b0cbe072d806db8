"""Points of the scrambled sequence, and smooth distributions as tables."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtr
from scipy.stats import qmc

from consortia.appraisal.distributions import Delay, DeliveryRatio, Pert
from consortia.appraisal.quantile_table import QuantileTable
from consortia.appraisal.sobol import Sobol


def test_the_points_are_those_of_scipy_moved_by_half_a_step():
    ours = Sobol.scrambled(7, count=256, seed=5).points(0, 256)
    theirs = qmc.Sobol(7, scramble=True, rng=np.random.default_rng(5)).random_base2(8)
    assert np.array_equal(ours, theirs.T + 2.0**-31)


@pytest.mark.parametrize(("first", "count"), [(0, 1), (1, 100), (100, 156), (255, 1), (64, 64)])
def test_any_block_of_points_can_be_had_by_itself(first, count):
    sequence = Sobol.scrambled(3, count=256, seed=9)
    assert np.array_equal(sequence.points(first, count), sequence.points(0, 256)[:, first : first + count])


@pytest.mark.parametrize(
    "distribution", [Pert(-0.02, 0.07, 0.18), Pert(0, 0, 1), Delay(9.0, 2.0), DeliveryRatio(0.75, 0.6), Pert(3, 3, 3)]
)
def test_a_table_agrees_with_the_inverse_to_nine_digits(distribution):
    normal = np.linspace(-5, 5, 999)  # further out the probability itself has too few digits
    exact = distribution.ppf(ndtr(normal))
    assert QuantileTable.of(distribution).at(normal) == pytest.approx(exact, rel=1e-9, abs=1e-9 * np.ptp(exact))
