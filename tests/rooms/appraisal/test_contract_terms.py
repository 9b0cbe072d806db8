"""Contract terms, each run through the engine: what it gives when more or less is delivered, or somebody fails."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from consortia.appraisal.contract_terms import (
    Resource,
    ShareOfProfit,
    Terms,
    annual_grant,
    break_clause,
    contract_life,
    contribution,
    coterminous_extension,
    counterparty_default,
    gain_share,
    guarantee,
    ratcheted,
    ratcheted_outcomes,
    resource_price,
    uplift_rule,
)
from consortia.appraisal.distributions import Uniform
from consortia.appraisal.engine import appraise_programme
from consortia.appraisal.home import Home
from consortia.appraisal.programme_results import ProgrammeAppraisal
from consortia.appraisal.streams import Programme
from consortia.periods import FinancialYear

HOME = Home(project="contract", partner="Ash", horizon=4)


def run(*terms: Terms, delivers: tuple[float, ...] | None = None, count: int = 64) -> ProgrammeAppraisal:
    """The terms beside a contract that delivers so much cash a year; undiscounted."""
    own = () if delivers is None else (HOME.stream("delivered", kind="cashable", planned=delivers),)
    programme = Programme(
        partners=("Ash",),
        streams=(*own, *(stream for one in terms for stream in one.streams)),
        settlements=tuple(settlement for one in terms for settlement in one.settlements),
        paths={name: path for one in terms for name, path in one.paths.items()},
        inputs={name: distribution for one in terms for name, distribution in one.inputs.items()},
        base_year=FinancialYear(2024),
        horizon=HOME.horizon,
        factors=np.ones(HOME.horizon + 1),
    )
    return appraise_programme(programme, count=count, seed=7)


def lasting(path: str) -> Terms:
    """A saving of 8 a year that lasts as the path says."""
    return Terms(streams=(replace(HOME.stream("s", kind="cashable", planned=(0, 8, 8, 8, 8)), path=path),))


def central(result: ProgrammeAppraisal, *kinds: str) -> list[float]:
    return [float(amount) for amount in result.central.total(kinds=kinds)]


class TestGuarantee:
    def test_it_makes_good_what_falls_short_and_leaves_what_is_above(self) -> None:
        result = run(guarantee("g", home=HOME, amounts=(0, 10, 10, 10, 10)), delivers=(0, 4, 10, 13, 0))
        assert central(result, "cashable") == [0, 10, 10, 13, 10]

    def test_a_ratchet_lifts_it_each_year(self) -> None:
        assert ratcheted((0, 90, 100, 100, 100), growth=0.05, after=2) == pytest.approx([0, 90, 100, 105, 110.25])

    def test_it_is_worth_nothing_once_the_guarantor_has_failed(self) -> None:
        """With a chance of 10% a year the top-up of 10 a year lasts .9, .81, .729, .6561 of the draws."""
        result = run(guarantee("g", home=HOME, amounts=(0, 10, 10, 10, 10), hazard=0.1), delivers=(0,) * 5, count=4096)
        assert result.net[1:].mean(axis=0) == pytest.approx([0, 9, 8.1, 7.29, 6.561], abs=0.02)
        assert np.all(np.diff(result.net[1:, 1:], axis=1) <= 0)  # once failed, for good

    def test_what_the_guarantor_delivers_ends_with_it(self) -> None:
        terms = guarantee("g", home=HOME, amounts=(0, 10, 10, 10, 10), hazard=0.1)
        result = run(terms, lasting("g"), count=4096)
        assert result.net[1:].mean(axis=0) == pytest.approx([0, 9, 8.1, 7.29, 6.561], abs=0.02)


class TestGainShareAndPenalty:
    def test_above_the_target_half_is_paid_away_and_below_it_the_other_side_pays(self) -> None:
        terms = gain_share("s", home=HOME, target=(0, 10, 10, 10, 10), share_above=0.5, penalty_below=0.8)
        result = run(terms, delivers=(0, 10, 16, 5, 0))
        assert central(result, "running_cost") == [0, 0, 3, 0, 0]
        assert central(result, "income") == [0, 0, 0, 4, 8]

    def test_a_cap_holds_what_is_paid(self) -> None:
        terms = gain_share("s", home=HOME, target=(0,) * 5, share_above=0.5, cap=(2,) * 5)
        assert central(run(terms, delivers=(0, 2, 4, 6, 8)), "running_cost") == [0, 1, 2, 2, 2]


def test_a_profit_is_shared_only_above_what_the_other_side_keeps_first() -> None:
    paid = ShareOfProfit(Uniform(-10, 90), keeps_first=30, share=0.25)
    assert paid.ppf(np.array([0.0, 0.3, 0.6, 1.0])).tolist() == [0, 0, 5, 15]
    assert paid.central == 0.25 * (40 - 30)


class TestPrices:
    def test_index_less_three_points_never_below_nought(self) -> None:
        """4.1, 3.1, 3.0 and 2.8% less three points: 1.1, 0.1, 0 and 0."""
        path = uplift_rule((0.041, 0.031, 0.030, 0.028), less=0.03, floor=0.0, since=0, prices=(1.0,) * 5)
        factors = path.factors({}, years=5, lanes=1)[:, 0]
        assert factors == pytest.approx([1, 1.011, 1.011 * 1.001, 1.011 * 1.001, 1.011 * 1.001])

    def test_an_uplift_below_inflation_is_a_real_saving_that_grows_from_the_year_of_the_price(self) -> None:
        path = uplift_rule((0.03,), less=0.03, since=1, prices=tuple(1.02**year for year in range(5)))
        factors = path.factors({}, years=5, lanes=1)[:, 0]
        assert factors[1:] == pytest.approx([1, 1 / 1.02, 1 / 1.02**2, 1 / 1.02**3])

    def test_a_resource_is_priced_by_what_it_is_and_not_by_what_it_does(self) -> None:
        crews = (Resource(number=7, cost=60_000), Resource(number=3, cost=20_000))
        assert resource_price(crews, overhead=0.1) == pytest.approx((420_000 + 60_000) * 1.1)

    def test_outcomes_that_must_rise_for_the_same_money_are_worth_more_and_are_no_cash(self) -> None:
        more = ratcheted_outcomes(1_000, growth=0.03, start=1, horizon=4)
        assert more == pytest.approx([0, 0, 30, 60.9, 92.727])

    def test_extending_to_a_common_end_costs_its_premium_by_the_month(self) -> None:
        result = run(coterminous_extension("x", home=HOME, months={1: 6, 2: 3, 9: 12}, premium=1_000))
        assert central(result, "running_cost") == [0, 6_000, 3_000, 0, 0]


class TestEndings:
    def test_a_contribution_lasts_as_long_as_who_pays_it(self) -> None:
        sure = run(contribution("c", home=HOME, amounts=(0, 50, 50, 50, 50)))
        assert central(sure, "income") == [0, 50, 50, 50, 50]
        shaky = run(contribution("c", home=HOME, amounts=(0, 50, 50, 50, 50), hazard=0.2), count=4096)
        assert shaky.net[1:].mean(axis=0) == pytest.approx([0, 40, 32, 25.6, 20.48], abs=0.1)

    def test_a_contribution_with_a_path_of_its_own_is_put_together_with_care(self) -> None:
        home = Home(project="contract", partner="Ash", horizon=4, path="prices")
        with pytest.raises(ValueError, match="multiply the two"):
            contribution("c", home=home, amounts=(0, 50, 50, 50, 50), hazard=0.2)

    def test_an_annual_grant_is_certain_for_its_year_and_then_renewed_or_gone(self) -> None:
        result = run(annual_grant("g", home=HOME, amounts=(0, 10, 10, 10, 10), renewal=0.75), count=4096)
        assert result.net[1:].mean(axis=0) == pytest.approx([0, 10, 7.5, 5.625, 4.21875], abs=0.02)

    def test_a_break_is_possible_from_its_first_year(self) -> None:
        terms = break_clause("b", first=3, chance=0.5)
        result = run(terms, lasting("b"), count=4096)
        assert result.net[1:].mean(axis=0) == pytest.approx([0, 8, 8, 4, 2], abs=0.02)

    def test_a_partner_that_fails_takes_all_streams_with_it_at_once(self) -> None:
        terms = counterparty_default("d", hazard=0.25)
        two = [replace(HOME.stream(key, kind="cashable", planned=(0, 8, 8, 8, 8)), path="d") for key in ("one", "two")]
        result = run(terms, Terms(streams=tuple(two)), count=4096)
        assert set(np.unique(result.net[1:, 1:])) == {0.0, 16.0}

    @pytest.mark.parametrize(("chance", "last"), [(0.7, 4), (0.4, 2), (0.0, 2), (1.0, 4)])
    def test_the_central_case_of_an_extension_is_the_likelier(self, chance: float, last: int) -> None:
        terms = contract_life("l", ends=2, extended_to=4, chance=chance)
        result = run(terms, lasting("l"), count=1024)
        assert central(result, "cashable") == [0] + [8] * last + [0] * (4 - last)
        assert result.net[1:, 4].mean() == pytest.approx(8 * chance, abs=0.05)
