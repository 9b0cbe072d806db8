"""ISH-1 and EVPI-1: published answers, and those of other people's programs (methods.md 7.6)."""

from __future__ import annotations

import warnings
from math import pi

import numpy as np
import pytest

from consortia.appraisal.distributions import Uniform
from consortia.appraisal.draws import Sampling
from consortia.appraisal.first_order import first_order
from consortia.appraisal.information import perfect_information
from consortia.appraisal.saltelli import SobolIndices, sobol_indices

INPUTS = Sampling.of({name: Uniform(-pi, pi) for name in ("x1", "x2", "x3")})


def ishigami(columns):
    """sin x1 + a sin^2 x2 + b x3^4 sin x1, with a = 7, b = .1 (Ishigami and Homma 1990)."""
    x1, x2, x3 = (columns[name] for name in ("x1", "x2", "x3"))
    return np.sin(x1) + 7 * np.sin(x2) ** 2 + 0.1 * x3**4 * np.sin(x1)


VARIANCE = 7**2 / 8 + 0.1 * pi**4 / 5 + 0.1**2 * pi**8 / 18 + 1 / 2
ALONE = {"x1": (1 + 0.1 * pi**4 / 5) ** 2 / 2 / VARIANCE, "x2": 7**2 / 8 / VARIANCE, "x3": 0.0}
TOGETHER = 0.1**2 * pi**8 * (1 / 18 - 1 / 50) / VARIANCE
TOTAL = {"x1": ALONE["x1"] + TOGETHER, "x2": ALONE["x2"], "x3": TOGETHER}


@pytest.fixture(scope="module")
def found() -> SobolIndices:
    return sobol_indices(ishigami, INPUTS, seed=20_260_401)


class TestISH1:
    """V = a^2/8 + b pi^4/5 + b^2 pi^8/18 + 1/2; alone, x1 has (1 + b pi^4/5)^2/2 of it and x2 a^2/8.

    x3 does nothing alone, and with x1 b^2 pi^8 (1/18 - 1/50).
    """

    def test_the_printed_answers_are_those_of_the_formulas(self) -> None:
        assert round(VARIANCE, 4) == 13.8446
        assert [*ALONE.values()] == pytest.approx([0.3139, 0.4424, 0], abs=5e-5)
        assert [*TOTAL.values()] == pytest.approx([0.5576, 0.4424, 0.2437], abs=5e-5)

    def test_our_indices(self, found: SobolIndices) -> None:
        assert found.variance == pytest.approx(VARIANCE, rel=0.01)
        for index in found.indices:
            assert index.first == pytest.approx(ALONE[index.group.name], abs=0.01)
            assert index.total == pytest.approx(TOTAL[index.group.name], abs=0.01)

    def test_the_largest_total_comes_first_and_the_runs_are_counted(self, found: SobolIndices) -> None:
        assert [index.group.name for index in found.indices] == ["x1", "x2", "x3"]
        assert found.runs == 1024 * 8 * (3 + 2)

    def test_errors_are_of_the_size_of_what_is_missed(self, found: SobolIndices) -> None:
        for index in found.indices:
            assert abs(index.first - ALONE[index.group.name]) < 4 * index.first_error + 1e-4
            assert abs(index.total - TOTAL[index.group.name]) < 4 * index.total_error + 1e-4

    def test_first_order_from_the_draws_alone(self) -> None:
        outcome = ishigami(INPUTS.columns(INPUTS.normals(count=8192, seed=5)))
        for found in first_order(INPUTS, outcome, seed=5):
            assert found.share == pytest.approx(ALONE[found.group.name], abs=0.015)

    def test_salib_and_scipy_agree(self, found: SobolIndices) -> None:
        """Both run the same model with N = 8,192 rows of their own."""
        first, total = salib_indices()
        theirs = scipy_indices()
        for index in found.indices:
            place = int(index.group.name[1]) - 1
            assert index.first == pytest.approx(first[place], abs=0.01)
            assert index.total == pytest.approx(total[place], abs=0.01)
            assert index.first == pytest.approx(theirs.first_order[place], abs=0.01)
            assert index.total == pytest.approx(theirs.total_order[place], abs=0.01)


def salib_indices():
    """S1 and ST of SALib (MIT), which other people wrote."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from SALib.analyze import sobol as analyze
        from SALib.sample import sobol as sample

        problem = {"num_vars": 3, "names": ["x1", "x2", "x3"], "bounds": [[-pi, pi]] * 3}
        rows = sample.sample(problem, 8192, calc_second_order=False, seed=1)
        outcome = ishigami({name: rows[:, place] for place, name in enumerate(problem["names"])})
        found = analyze.analyze(problem, outcome, calc_second_order=False, num_resamples=10, seed=1)
    return found["S1"], found["ST"]


def scipy_indices():
    """The same of scipy."""
    from scipy.stats import sobol_indices as theirs
    from scipy.stats import uniform

    return theirs(
        func=lambda x: ishigami({"x1": x[0], "x2": x[1], "x3": x[2]}),
        n=8192,
        dists=[uniform(loc=-pi, scale=2 * pi)] * 3,
        rng=np.random.default_rng(1),
    )


class TestEVPI1:
    """EVPI-1, Briggs, Claxton and Sculpher 2006: the worth of two options in five draws."""

    worth = np.array([(9, 12), (12, 10), (14, 20), (11, 10), (14, 13)], dtype=np.float64)

    def test_now_the_second_option_is_chosen(self) -> None:
        assert self.worth.mean(axis=0).tolist() == [(9 + 12 + 14 + 11 + 14) / 5, (12 + 10 + 20 + 10 + 13) / 5]
        assert perfect_information(self.worth).best_now == 1

    def test_knowing_the_draw_would_be_worth_four_fifths(self) -> None:
        found = perfect_information(self.worth)
        assert found.value == pytest.approx((12 + 12 + 20 + 11 + 14) / 5 - 65 / 5, rel=1e-12)
        assert found.value == pytest.approx(0.8, rel=1e-12)
        assert found.chance_of_change == 3 / 5
