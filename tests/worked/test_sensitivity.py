"""ISH-1 and EVPI-1: published answers, and those of other people's programs (methods.md 7.6); and a whole example."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from math import pi

import numpy as np
import pytest

from consortia.appraisal import Correlations, Pert, Phasing, Programme, ServiceCase
from consortia.appraisal.distributions import Uniform
from consortia.appraisal.draws import Sampling
from consortia.appraisal.driver_groups import driver_groups
from consortia.appraisal.engine import appraise_programme, programme_model
from consortia.appraisal.first_order import first_order
from consortia.appraisal.information import perfect_information, questions_about
from consortia.appraisal.programme_risk import programme_risk, sources_of_spread
from consortia.appraisal.saltelli import SobolIndices, sobol_indices
from consortia.appraisal.sharing import sharing_programme
from consortia.appraisal.switching import switching_values
from consortia.appraisal.tornado import tornado
from consortia.periods import FinancialYear

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


@dataclass(frozen=True)
class Bands:
    bands: tuple[tuple[int, int | None, float], ...] = ((0, 30, 0.035), (31, None, 0.03))


@dataclass(frozen=True)
class OutlineCase:
    slip_probability: float = 0.15
    median: float = 0.85
    sigma: float = 0.45
    delay_mean_months: float = 6.0


@pytest.fixture(scope="module")
def programme() -> Programme:
    contact = ServiceCase(
        key="contact",
        service="contact",
        level="collaboration",
        members=("Ash", "Birch", "Cedar"),
        base_cost=(4_000_000, 3_000_000, 2_000_000),
        saving=Pert(-0.01, 0.05, 0.10),
        level_factor=Pert(0.35, 0.55, 0.75),
        setup_share=Pert(0.18, 0.30, 0.59),
        coordination=0.005 * 0.55 * 3_000_000 * 3,
        maturity=OutlineCase(),
    )
    return sharing_programme(
        [contact],
        partners=contact.members,
        base_year=FinancialYear(2024),
        horizon=10,
        schedule=Bands(),
        phasing=Phasing((0.1, 0.4, 0.4, 0.1), (0.3, 0.5, 0.2)),
        correlations=Correlations(),
    )


class TestTheExampleOfTheMethodsPage:
    """Three councils share customer contact: what its worth hangs on (docs/methods/appraisal.md)."""

    def test_one_input_at_a_time(self, programme: Programme) -> None:
        bars = tornado(programme_model(programme), programme.inputs).bars
        assert [(bar.name.removesuffix("|contact"), bar.at_low, bar.at_high) for bar in bars] == [
            ("delivery", pytest.approx(406_575, abs=1), pytest.approx(1_786_333, abs=1)),
            ("saving", pytest.approx(241_460, abs=1), pytest.approx(1_579_169, abs=1)),
            ("level", pytest.approx(741_155, abs=1), pytest.approx(1_093_725, abs=1)),
            ("slip", pytest.approx(917_440, abs=1), pytest.approx(754_312, abs=1)),
            ("delay", pytest.approx(978_345, abs=1), pytest.approx(839_048, abs=1)),
            ("setup", pytest.approx(928_675, abs=1), pytest.approx(905_005, abs=1)),
        ]

    def test_only_the_saving_turns_the_answer_within_its_range(self, programme: Programme) -> None:
        first, *others = switching_values(programme_model(programme), programme.inputs)
        assert first.name == "saving|contact"
        assert first.value == pytest.approx(0.0091, abs=5e-5)
        assert [other.value for other in others] == [None] * 5

    def test_what_makes_the_spread(self, programme: Programme) -> None:
        sampling = Sampling.of(dict(programme.inputs), shares=dict(programme.shares))
        found = sobol_indices(programme_model(programme), sampling, seed=20_260_401)
        parts = {index.group.name.removesuffix("|contact"): (index.first, index.total) for index in found.indices}
        assert parts["delivery"] == pytest.approx((0.44, 0.53), abs=0.006)
        assert parts["saving"] == pytest.approx((0.41, 0.51), abs=0.006)
        assert parts["level"] == pytest.approx((0.03, 0.05), abs=0.006)
        appraisal = appraise_programme(programme, count=4096, seed=20_260_401)
        for each in sources_of_spread(appraisal):
            first = parts[each.group.name.removesuffix("|contact")][0]
            assert each.share == pytest.approx(first, abs=3 * each.error + 0.005)

    def test_little_is_worth_paying_for_a_study(self, programme: Programme) -> None:
        appraisal = appraise_programme(programme, count=4096, seed=20_260_401)
        worth = appraisal.worth()[1:]
        options = np.column_stack([worth, np.zeros_like(worth)])
        assert perfect_information(options).value == pytest.approx(5_199, abs=1)
        sampling = Sampling.of(dict(programme.inputs), shares=dict(programme.shares))
        normals = sampling.normals(count=4096, seed=20_260_401)
        drivers = {each.name: each.columns(normals)[:, 0] for each in driver_groups(sampling)}
        (first, found), *others = questions_about(options, drivers).items()
        assert (first, round(found.value, -1)) == ("saving|contact", 3_910)
        assert [other.value for _, other in others] == [0] * 5

    def test_sixteen_scrambles_settle_its_numbers(self, programme: Programme) -> None:
        found = programme_risk(programme, count=4096, seed=20_260_401)
        group = found.group
        assert (group.p10, group.p50, group.p90) == pytest.approx((137_803, 815_776, 2_078_229), abs=1)
        assert (group.errors.p10, group.errors.p50, group.errors.p90) == pytest.approx((1_230, 2_308, 4_526), abs=1)
        assert group.chance_of_loss == pytest.approx(0.0457, abs=5e-5)
        assert found.too_coarse == ()
