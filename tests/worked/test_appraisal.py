"""Worked examples of the appraisal, published or derived, with the sums spelled out (methods.md 5.10 and 7.6)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest

from consortia.appraisal import Appraisal, Pert, Phasing, ServiceCase, Triangular, appraise, discount_factors
from consortia.appraisal.dependence import Dependence, latent_correlation, rank_correlation
from consortia.appraisal.distributions import Uniform
from consortia.appraisal.draws import Draws
from consortia.appraisal.measures import discounted_payback, npv, payback
from consortia.appraisal.overlaps import attribute, combined_rate
from consortia.appraisal.profiles import incremental, persisted
from consortia.appraisal.switching import switching_values
from consortia.periods import FinancialYear


@dataclass(frozen=True)
class Bands:
    bands: tuple[tuple[int, int | None, float], ...]


GREEN_BOOK = Bands(
    ((0, 30, 0.035), (31, 75, 0.03), (76, 125, 0.025), (126, 200, 0.02), (201, 300, 0.015), (301, None, 0.01))
)


class TestGB1:
    """GB-1, Green Book discounting box, £ million: A costs 10 now for 2.5 a year, B 5 now for 1.5, four years each."""

    factors = discount_factors(GREEN_BOOK, 4)
    a = (-10.0, 2.5, 2.5, 2.5, 2.5)
    b = (-5.0, 1.5, 1.5, 1.5, 1.5)

    def test_discount_factors_are_those_printed(self) -> None:
        printed = [1, 1 / 1.035, 1 / 1.035**2, 1 / 1.035**3, 1 / 1.035**4]
        assert self.factors == pytest.approx(printed, rel=1e-12)
        assert np.round(self.factors, 4) == pytest.approx([1, 0.9662, 0.9335, 0.9019, 0.8714])

    def test_net_present_values(self) -> None:
        annuity = 1 / 1.035 + 1 / 1.035**2 + 1 / 1.035**3 + 1 / 1.035**4
        assert npv(self.a, self.factors) == pytest.approx(-10 + 2.5 * annuity)
        assert npv(self.a, self.factors) == pytest.approx(-0.8173, abs=5e-5)
        assert npv(self.b, self.factors) == pytest.approx(-5 + 1.5 * annuity)
        assert npv(self.b, self.factors) == pytest.approx(0.5096, abs=5e-5)

    def test_payback_of_b(self) -> None:
        # After three years 5 - 3 x 1.5 = 0.5 is still out; a third of the fourth year's 1.5 brings it back.
        assert payback(self.b) == pytest.approx(3 + 0.5 / 1.5)

    def test_discounted_payback_of_b(self) -> None:
        out = 5 - 1.5 * (1 / 1.035 + 1 / 1.035**2 + 1 / 1.035**3)
        assert discounted_payback(self.b, self.factors) == pytest.approx(3 + out / (1.5 / 1.035**4))
        assert discounted_payback(self.b, self.factors) == pytest.approx(3.610, abs=5e-4)

    def test_a_never_pays_back_on_present_values_unless_it_lasts_a_fifth_year(self) -> None:
        longer, factors = (*self.a, 2.5), discount_factors(GREEN_BOOK, 5)
        assert payback(self.a) == 10 / 2.5
        assert discounted_payback(self.a, self.factors) is None
        assert discounted_payback(longer, factors) == pytest.approx(4.388, abs=5e-4)

    def test_switching_value_of_the_annual_benefit_of_b(self) -> None:
        annuity = float(sum(self.factors[1:]))
        (found,) = switching_values(lambda columns: columns["a year"] * annuity - 5, {"a year": Uniform(1, 2)})
        assert found.value == pytest.approx(1.3613, abs=5e-5)
        assert found.change == pytest.approx(-0.0925, abs=5e-5)


@pytest.mark.parametrize(
    ("year", "printed"),
    [
        (5, 0.8420),
        (10, 0.7089),
        (20, 0.5026),
        (30, 0.3563),
        (31, 0.3459),
        (50, 0.1973),
        (60, 0.1468),
        (75, 0.0942),
        (76, 0.0919),
        (100, 0.0508),
        (125, 0.0274),
    ],
)
def test_gb2_standard_discount_factors_fall_with_the_schedule(year: int, printed: float) -> None:
    assert discount_factors(GREEN_BOOK, 125)[year] == pytest.approx(printed, abs=5e-5)


def test_gb2_the_rate_changes_after_year_thirty() -> None:
    assert discount_factors(GREEN_BOOK, 31)[31] == pytest.approx(1 / 1.035**30 / 1.03)


class TestLGSS1:
    """LGSS-1, Cambridgeshire and Northamptonshire, £ million a year from 2011/12 on a starting budget of 83."""

    published = (3.79, 9.47, 12.98, 16.79, 18.8)

    def test_savings_as_a_part_of_the_starting_budget(self) -> None:
        parts = np.array(self.published) / 83 * 100
        assert np.round(parts, 1) == pytest.approx([4.6, 11.4, 15.6, 20.2, 22.7])

    def test_the_budget_sees_what_each_year_adds(self) -> None:
        adds = incremental(self.published)
        assert adds == pytest.approx([3.79, 9.47 - 3.79, 12.98 - 9.47, 16.79 - 12.98, 18.8 - 16.79])
        assert np.round(adds, 2) == pytest.approx([3.79, 5.68, 3.51, 3.81, 2.01])
        assert adds.sum() == pytest.approx(18.8)


def test_bri1_savings_that_last_one_further_year() -> None:
    """BRI-1, Brighton re-ablement, £ million: new .264 in 2012/13 and .313 in 2013/14, each lasting a year more."""
    in_effect = persisted((0.264, 0.313), (1, 1))
    assert in_effect == pytest.approx([0.264, 0.313 + 0.264])
    assert in_effect[1] == pytest.approx(0.577)
    assert in_effect.sum() == pytest.approx(0.841)


class TestDBL1:
    """DBL-1: three initiatives of 10%, 15% and 5% on the same line."""

    rates = (0.10, 0.15, 0.05)

    def test_together_they_save_less_than_their_sum(self) -> None:
        assert combined_rate(self.rates) == pytest.approx(1 - 0.90 * 0.85 * 0.95)
        assert combined_rate(self.rates) == pytest.approx(0.27325)

    def test_sequential_takes_each_from_what_is_left(self) -> None:
        expected = [0.10, 0.15 * 0.90, 0.05 * 0.90 * 0.85]
        assert attribute(self.rates, "sequential") == pytest.approx(expected)
        assert expected == pytest.approx([0.10, 0.135, 0.03825])

    def test_shapley_is_the_mean_over_the_six_orders(self) -> None:
        # The first: alone in two orders, after one other in two, last in two.
        first = 0.10 * (2 + (0.85 + 0.95) + 2 * 0.85 * 0.95) / 6
        parts = attribute(self.rates, "shapley")
        assert parts[0] == pytest.approx(first)
        assert parts * 100 == pytest.approx([9.025, 13.900, 4.400], abs=5e-4)

    def test_log_shares(self) -> None:
        whole = np.log(0.90 * 0.85 * 0.95)
        expected = [np.log(0.90) / whole * 0.27325, np.log(0.85) / whole * 0.27325, np.log(0.95) / whole * 0.27325]
        assert attribute(self.rates, "log") == pytest.approx(expected)
        assert np.array(expected) * 100 == pytest.approx([9.0201, 13.9136, 4.3913], abs=5e-5)


class TestPERT1:
    """PERT-1: lowest 10, most likely 20, highest 60."""

    levels = np.array([0.1, 0.5, 0.9])

    def test_pert(self) -> None:
        pert = Pert(10, 20, 60)
        assert pert.mean == (10 + 4 * 20 + 60) / 6
        assert pert.sd == pytest.approx(((25 - 10) * (60 - 25) / 7) ** 0.5)
        assert pert.sd == pytest.approx(8.6603, abs=5e-5)
        assert pert.ppf(self.levels) == pytest.approx([14.495, 23.834, 37.267], abs=5e-4)

    def test_triangular(self) -> None:
        triangular = Triangular(10, 20, 60)
        assert triangular.mean == (10 + 20 + 60) / 3
        assert triangular.sd == pytest.approx(10.8012, abs=5e-5)
        assert triangular.ppf(self.levels) == pytest.approx([17.071, 28.377, 45.858], abs=5e-4)

    def test_its_draws_have_its_quantiles(self) -> None:
        drawn = Draws.sample({"x": Pert(10, 20, 60)}, count=4096, seed=1)["x"][1:]
        assert np.quantile(drawn, self.levels) == pytest.approx([14.495, 23.834, 37.267], abs=0.02)


@pytest.mark.parametrize(("latent", "spearman"), [(0.2, 0.1913), (0.5, 0.4826), (0.8, 0.7859)])
def test_cop1_rank_correlation_of_the_copula(latent: float, spearman: float) -> None:
    """COP-1: a latent normal correlation r shows as a rank correlation of (6 / pi) asin(r / 2)."""
    from scipy.stats import spearmanr

    assert 6 / np.pi * np.arcsin(latent / 2) == pytest.approx(spearman, abs=5e-5)
    assert rank_correlation(latent) == pytest.approx(6 / np.pi * np.arcsin(latent / 2))
    assert latent_correlation(rank_correlation(latent)) == pytest.approx(latent)
    share = {"common": latent}
    inputs = {"a": Pert(0, 1, 4), "b": Pert(-2, 0, 1)}
    draws = Draws.sample(inputs, count=8192, seed=3, shares={"a": share, "b": share})
    assert spearmanr(draws["a"][1:], draws["b"][1:]).statistic == pytest.approx(spearman, abs=0.02)
    asked = Draws.sample(inputs, count=8192, seed=3, dependence=Dependence({("a", "b"): spearman}))
    assert spearmanr(asked["a"][1:], asked["b"][1:]).statistic == pytest.approx(spearman, abs=0.02)


@dataclass(frozen=True)
class OutlineCase:
    slip_probability: float = 0.15
    median: float = 0.85
    sigma: float = 0.45
    delay_mean_months: float = 6.0


@pytest.fixture(scope="module")
def result() -> Appraisal:
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
    return appraise(
        [contact],
        partners=contact.members,
        base_year=FinancialYear(2024),
        horizon=10,
        schedule=GREEN_BOOK,
        phasing=Phasing((0.1, 0.4, 0.4, 0.1), (0.3, 0.5, 0.2)),
        count=4096,
        seed=20_260_401,
    )


class TestTheExampleOfTheMethodsPage:
    """Three councils share customer contact: the figures of docs/methods/appraisal.md."""

    steady = 9_000_000 * 0.55 * (-0.01 + 4 * 0.05 + 0.10) / 6 * (1 - 1 / 3) / (1 - 1 / 4)
    setup = (0.18 + 4 * 0.30 + 0.59) / 6 * steady * (0.1 + 0.5)
    coordination = 0.005 * 0.55 * 3_000_000 * 3

    def test_saving_of_the_central_case(self, result: Appraisal) -> None:
        """85% of the plan arrives, half a year late: half of each year's ramp and half of the year's before."""
        ramp = [0, 0.1, 0.5, 0.9, 1, 1, 1, 1, 1, 1, 1]
        late = [0, *((now + before) / 2 for before, now in pairwise(ramp))]
        assert result.saving[0].sum(axis=(0, 1)) == pytest.approx([0.85 * self.steady * part for part in late])
        assert result.saving[0].sum(axis=(0, 1)).round()[:6] == pytest.approx([0, 9038, 54230, 126537, 171728, 180767])

    def test_cost_of_the_central_case(self, result: Appraisal) -> None:
        parts = [0, 0.3, 0.5, 0.2, 0, 0, 0, 0, 0, 0, 0]
        expected = [0, *(part * self.setup + self.coordination for part in parts[1:])]
        assert result.cost[0].sum(axis=(0, 1)) == pytest.approx(expected)
        assert result.cost[0].sum(axis=(0, 1)).round()[:5] == pytest.approx([0, 37319, 45698, 33129, 24750])

    def test_worth_and_risk(self, result: Appraisal) -> None:
        risk = result.risk()
        assert risk.central == pytest.approx(917_440, abs=0.5)
        assert (risk.p10, risk.p50, risk.p90) == pytest.approx((144_408, 816_736, 2_048_901), abs=0.5)
        assert risk.mean == pytest.approx(991_869, abs=0.5)
        assert risk.chance_of_loss == 189 / 4096
        assert result.worth(partners=["Ash"])[0] == pytest.approx(917_440 * 4 / 9, abs=0.5)

    def test_payback(self, result: Appraisal) -> None:
        assert result.payback() == pytest.approx(2.211, abs=5e-4)
        assert result.payback(discounted=True) == pytest.approx(2.230, abs=5e-4)
