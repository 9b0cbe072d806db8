"""Contracts in DCLG "Good practice in local government savings" (2014), the sums spelled out: product rows 142, 144 to
146 and 151 to 157.

£ million unless said otherwise. What the source does not print is marked as an illustration.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from consortia.appraisal.adoption import straight
from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.buildings import Building, Rules, choices, co_locations
from consortia.appraisal.contract_terms import (
    Terms,
    annual_grant,
    contract_life,
    contribution,
    gain_share,
    guarantee,
    ratcheted_outcomes,
    uplift_rule,
)
from consortia.appraisal.contracts import Contract, lets_together
from consortia.appraisal.discounting import discount_factors
from consortia.appraisal.engine import appraise_programme
from consortia.appraisal.headlines import headline
from consortia.appraisal.home import Home, split_by
from consortia.appraisal.implied import check_rate, implied_total, reconciled
from consortia.appraisal.measures import discounted_payback, payback
from consortia.appraisal.programme_results import ProgrammeAppraisal
from consortia.appraisal.repayment import repaid_from_savings
from consortia.appraisal.streams import Programme, Stream
from consortia.appraisal.views import net_of, paybacks
from consortia.periods import FinancialYear
from consortia.reference.prices import discount_schedule, to_real

NO_TERMS = Terms()


def year(text: str) -> FinancialYear:
    return FinancialYear.parse(text)


def run(
    *streams: Stream, terms: Terms = NO_TERMS, base: str, factors: FloatArray | None = None, count: int = 64
) -> ProgrammeAppraisal:
    """One council's streams and contract terms; undiscounted unless factors are given."""
    every = (*streams, *terms.streams)
    horizon = max(len(one.planned) for one in every) - 1 if every else len(terms.settlements[0].lower) - 1
    programme = Programme(
        partners=("Council",),
        streams=every,
        settlements=terms.settlements,
        paths=terms.paths,
        inputs=terms.inputs,
        base_year=year(base),
        horizon=horizon,
        factors=np.ones(horizon + 1) if factors is None else factors,
    )
    return appraise_programme(programme, count=count, seed=2014)


def home(horizon: int, project: str = "contract") -> Home:
    return Home(project=project, partner="Council", horizon=horizon)


class TestBarnet142:
    """Ten years from 2013/14, guaranteed: core services 70.1, procurement 46.9, council tax collection 8.4."""

    lines = (70.1, 46.9, 8.4)

    def test_the_lines_add_up_and_give_the_annual_equivalents(self) -> None:
        assert reconciled(self.lines, stated=125.4, printed_to=0.1).agrees
        assert [line / 10 for line in self.lines] == pytest.approx([7.01, 4.69, 0.84])
        assert reconciled((7.01, 4.69, 0.84), stated=12.54, printed_to=0.01).agrees

    def test_council_tax_collection_is_income_and_not_cashable(self) -> None:
        """By the study's own definition an increase in what is collected is no cut of a base budget."""
        cashable = guarantee("saving", home=home(10), amounts=(0, *(11.70,) * 10))
        collected = home(10).stream("council tax", kind="income", planned=(0, *(0.84,) * 10))
        result = run(collected, terms=cashable, base="2012-13")
        assert result.central.total(kinds=["cashable"]).sum() == pytest.approx(70.1 + 46.9)
        assert result.central.total(kinds=["income"]).sum() == pytest.approx(8.4)

    def test_the_guarantee_makes_good_a_contractor_that_delivers_half(self) -> None:
        own = home(10).stream("delivered", kind="cashable", planned=(0, *(11.70 / 2,) * 10))
        terms = guarantee("guarantee", home=home(10), amounts=(0, *(11.70,) * 10))
        flows = run(own, terms=terms, base="2012-13").central.total(kinds=["cashable"])
        assert flows[1:] == pytest.approx([11.70] * 10)

    def test_a_guarantee_is_worth_what_its_giver_is(self) -> None:
        """With a chance of 2% a year of failing, .98 + .98^2 + ... + .98^10 = 8.963 of the ten years are paid."""
        terms = guarantee("guarantee", home=home(10), amounts=(0, *(12.54,) * 10), hazard=0.02)
        paid = run(terms=terms, base="2012-13", count=4096).net[1:].sum(axis=1).mean()
        years = sum(0.98**t for t in range(1, 11))
        assert years == pytest.approx(8.963, abs=5e-4)
        assert paid == pytest.approx(12.54 * years, rel=2e-3)

    def test_eight_million_put_in_are_back_within_eight_months(self) -> None:
        assert payback((-8, 12.54)) == pytest.approx(8 / 12.54)
        assert 12 * 8 / 12.54 < 8

    def test_staff_reconcile_and_fewer_were_at_risk_than_the_business_case_assumed(self) -> None:
        """Of 223 who moved 78 found posts in the council, 10 with the contractor, 5 left, 130 were at risk; not 203."""
        assert reconciled((78, 10, 5, 130), stated=223).agrees
        assert reconciled((130,), stated=203).difference == -73


class TestBrightonRate144:
    """Trial of 2009: 124 care hours a week less, £2,065 a week. Claim of 2013/14: 5,400 hours, £313,000."""

    def test_the_claim_implies_three_and_a_half_times_the_rate_of_the_trial(self) -> None:
        known = 2_065 / 124
        found = check_rate(313_000, units=5_400, known=known)
        assert known == pytest.approx(16.65, abs=0.005)
        assert found.implied == pytest.approx(57.96, abs=0.005)
        assert found.ratio == pytest.approx(3.48, abs=0.005)
        assert found.query


class TestBuckinghamshire145:
    """Learning Trust from August 2013: saving outside the schools grant .587; income of its own .111 rising to .151."""

    def test_income_is_kept_apart_from_the_saving(self) -> None:
        saving = home(4).stream("saving", kind="cashable", planned=(0, *(0.587,) * 4))
        rising = 0.111 + (0.151 - 0.111) * straight(start=1, end=4, horizon=4)
        income = home(4).stream("income", kind="income", planned=[0, *rising[1:]])
        central = run(saving, income, base="2012-13").central
        assert central.total(kinds=["cashable"]) == pytest.approx([0, *(0.587,) * 4])
        third = 0.040 / 3
        assert central.total(kinds=["income"]) == pytest.approx([0, 0.111, 0.111 + third, 0.111 + 2 * third, 0.151])

    def test_one_million_over_three_years_is_not_587_000_a_year(self) -> None:
        """3 x .587 = 1.761: either the million counts something else, or the saving was expected to shrink."""
        found = reconciled((0.587, 0.587, 0.587), stated=1.0, printed_to=0.001, stated_to=1.0)
        assert found.difference == pytest.approx(0.761)
        assert not found.agrees

    def test_funding_of_the_trust_adds_up(self) -> None:
        assert reconciled((0.40, 0.40, 0.20), stated=1.0).agrees  # schools grant, commercial, other

    def test_a_grant_agreed_each_year_and_outcomes_that_must_rise_are_terms(self) -> None:
        """Illustration: a grant of 2.0, renewed nine times in ten; outcomes up 3% a year for the same money."""
        grant = annual_grant("grant", home=home(4), amounts=(0, *(2.0,) * 4), renewal=0.9)
        expected = [0, 2, 2 * 0.9, 2 * 0.81, 2 * 0.729]
        assert run(terms=grant, base="2012-13", count=4096).net[1:].mean(axis=0) == pytest.approx(expected, abs=5e-3)
        assert ratcheted_outcomes(2.0, growth=0.03, start=1, horizon=4)[2] == pytest.approx(0.06)


class TestHertfordshire146:
    """2.5 from the council matched by 2.5 from Serco in 2011/12; budget 25.8 -> 24.3; 1.5 and then 1.0 forecast."""

    def test_the_budget_fell_by_what_was_forecast_for_its_first_year(self) -> None:
        assert reconciled((24.3, 1.5), stated=25.8, printed_to=0.1).agrees

    def test_the_forecast_guarantees_no_more_than_the_councils_own_money(self) -> None:
        """1.5 + 1.0 = 2.5: back after exactly two years, as the source says ("only guaranteed payback")."""
        assert payback((-2.5, 1.5, 1.0)) == 2.0

    def test_at_the_recurrent_saving_it_takes_half_a_year_longer_and_five_years_with_the_match(self) -> None:
        assert payback((-2.5, *(1.0,) * 6)) == pytest.approx(2.5)
        assert payback((-5.0, *(1.0,) * 6)) == pytest.approx(5.0)

    def test_the_fund_is_repaid_from_the_savings_before_the_budget_gains(self) -> None:
        loan = repaid_from_savings(2.5, rate=0.0, share=1.0, savings=(1.5, 1.0, 1.0, 1.0))
        assert loan.net_saving == pytest.approx((0, 0, 1.0, 1.0))
        assert loan.repaid_in == 2


class TestMerseyside151:
    """A joint control centre for 8.8; at least .2 a year; the old control room sells for .7."""

    def test_on_cash_alone_it_takes_44_years_or_40_and_a_half_with_the_receipt(self) -> None:
        assert payback((-8.8, *(0.2,) * 50)) == pytest.approx(44)
        assert payback((-8.8 + 0.7, *(0.2,) * 50)) == pytest.approx(40.5)

    def test_discounted_it_never_pays_back(self) -> None:
        factors = discount_factors(discount_schedule(), 60)
        assert discounted_payback((-8.1, *(0.2,) * 60), factors) is None
        assert paybacks((-8.1, *(0.2,) * 60), factors).crossings == 1

    def test_the_cost_is_split_by_floor_space(self) -> None:
        """Illustration (the source prints no areas): three quarters police."""
        split = split_by({"police": 1_800, "fire": 600})
        assert {name: 8.8 * part for name, part in split.items()} == pytest.approx({"police": 6.6, "fire": 2.2})

    def test_the_register_of_six_sites_shows_why_it_is_no_cash_case(self) -> None:
        """Illustration: .08 a year for the fire site, .044 for each of five police sites, .1 for the new one."""
        fire = Building(
            key="fire", partner="Fire", place="Merseyside", running_cost=0.08, area=600, used_area=500, receipt=0.7
        )
        police = [
            Building(
                key=f"police {n}", partner="Police", place="Merseyside", running_cost=0.044, area=300, used_area=300
            )
            for n in range(5)
        ]
        new = Building(key="new", partner="Fire", place="Merseyside", running_cost=0.1, area=2_400, build_cost=8.8)
        sites = [fire, *police, new]
        assert co_locations(sites, rules=Rules(years=30)) == ()  # not worth it in thirty years
        joint = next(one for one in choices(sites, rules=Rules(years=30)) if len(one.leave) == 6)
        assert joint.saving == pytest.approx(0.08 + 5 * 0.044 - 0.1)
        assert joint.worth == pytest.approx(0.2 * 30 + 0.7 - 8.8)
        (found,) = co_locations(sites, rules=Rules(years=60))
        assert [one.key for one in found.keep] == ["new"]


class TestToxteth152:
    """Fire authority 2.8, city council .6, lottery 2.3; "approximately 6"."""

    def test_the_sources_leave_three_hundred_thousand_or_rounding(self) -> None:
        exact = reconciled((2.8, 0.6, 2.3), stated=6.0, printed_to=0.1)
        assert exact.parts == pytest.approx(5.7)
        assert exact.difference == pytest.approx(-0.3)
        assert not exact.agrees
        assert reconciled((2.8, 0.6, 2.3), stated=6.0, printed_to=0.1, stated_to=1.0).agrees


class TestNorthDorset153:
    """Two leisure centres, pounds a year: 354,850 -> 0 (2007/08 budget) and 356,500 -> 155,270 (2010/11 budget).

    354,850 + (356,500 - 155,270) = 556,080: see examples/cases/north-dorset.yaml.
    """

    def test_the_two_base_years_are_not_the_same_pounds(self) -> None:
        """In prices of 2013/14 the older budget is worth more than the newer one, which it was below in cash."""
        gillingham = to_real(354_850, year=year("2007-08"), base=year("2013-14"))
        blandford = to_real(356_500, year=year("2010-11"), base=year("2013-14"))
        assert gillingham == pytest.approx(397_373, abs=0.5)
        assert blandford == pytest.approx(376_523, abs=0.5)

    def test_the_region_of_400_000_fits_prices_of_2013_14_and_not_those_of_its_budget(self) -> None:
        cash = reconciled((354_850,), stated=400_000, stated_to=10_000)
        assert cash.difference == -45_150
        assert not cash.agrees
        assert reconciled((397_373,), stated=400_000, stated_to=10_000).agrees

    def test_the_grant_of_four_million_was_never_taken_off(self) -> None:
        """4,000,000 / 354,850 = 11.27 years of Gillingham's saving."""
        assert payback((-4_000_000, *(354_850,) * 15)) == pytest.approx(11.27, abs=5e-3)

    def test_the_saving_at_blandford_hangs_on_who_contributes(self) -> None:
        """Illustration: 100,000 a year of the fee come from county and town, who stop with a chance of 10% a year."""
        fee = home(3).stream("fee", kind="cashable", planned=(0, *(356_500 - 255_270,) * 3))
        help_ = contribution("county and town", home=home(3), amounts=(0, *(100_000,) * 3), hazard=0.1)
        result = run(fee, terms=help_, base="2012-13", count=4096)
        assert result.net[0] == pytest.approx([0, 201_230, 201_230, 201_230])
        mean = result.net[1:].mean(axis=0)
        assert mean == pytest.approx([0, *(101_230 + 100_000 * 0.9**t for t in (1, 2, 3))], rel=2e-3)


class TestNorthSomerset154To156:
    """Parks and street scene, pounds: three contracts of 2.8 million become one from April 2013, for seven years."""

    def test_the_saving_came_in_two_stages(self) -> None:
        assert reconciled((485_000, 280_000), stated=765_000).agrees
        both = headline((485_000, 765_000), budgets=(2_800_000,) * 2, reading="part_in_last_year", net=False)
        assert both.part == pytest.approx(765 / 2_800)
        assert both.part == pytest.approx(0.273, abs=5e-4)

    def test_four_figures_for_one_contract(self) -> None:
        """ "0.8 million" is .765 rounded; 27% is the saving and 30% (840,000) was the target."""
        assert reconciled((0.485, 0.280), stated=0.8, printed_to=0.001, stated_to=0.1).agrees
        assert implied_total(765_000, share=0.27).low < 2_800_000 < implied_total(765_000, share=0.27).high
        assert not reconciled((485_000, 280_000), stated=0.30 * 2_800_000, stated_to=1_000).agrees

    def test_contracts_were_extended_to_end_together(self) -> None:
        """Illustration (the source prints the common end only): two were extended to March 2013."""
        ends = {"grounds": date(2012, 3, 31), "trees": date(2012, 9, 30), "streets": date(2013, 3, 31)}
        contracts = [
            Contract(
                key=key, partner="Council", category="street scene", annual_spend=1, ends=day,
                extendable_to=date(2013, 9, 30),
            )
            for key, day in ends.items()
        ]  # fmt: skip
        (found,) = lets_together(contracts, today=date(2011, 4, 1))
        assert found.day == date(2013, 3, 31)
        assert [(one.key, months) for one, months in found.extended] == [("grounds", 12), ("trees", 6)]
        assert found.begin_by(24) == date(2011, 3, 31)  # two years of planning

    def test_the_price_rises_only_by_what_inflation_exceeds_three_points(self) -> None:
        """Changes of the index as forecast in March 2026 (4.1, 3.1, 3.0, 2.8, 2.9, 2.3%): 1.1, .1, 0, 0, 0, 0."""
        price = (
            2_035_000
            * uplift_rule((0.041, 0.031, 0.030, 0.028, 0.029, 0.023), less=0.03, since=0, prices=(1.0,) * 7).factors(
                {}, years=7, lanes=1
            )[:, 0]
        )
        assert price[1:] == pytest.approx([2_035_000 * 1.011] + [2_035_000 * 1.011 * 1.001] * 5)

    def test_seven_years_and_perhaps_seven_more(self) -> None:
        life = contract_life("life", ends=7, extended_to=14, chance=0.5)
        factors = life.paths["life"].factors({"end|life": np.array([0.2, 0.7])}, years=16, lanes=2)
        assert factors.sum(axis=0) == pytest.approx([15, 8])  # years 0..14 and 0..7

    landfill = tuple(55_000 + 715_000 / 21 * step for step in range(7))

    def test_the_landfill_saving_rises_from_55_000_to_1_100_000_over_the_contract(self) -> None:
        """Even steps: 7 x 55,000 + 21 x 34,048 = 1.1 million in seven years together, 259,286 in the last."""
        assert sum(self.landfill) == pytest.approx(1_100_000)
        assert self.landfill[-1] == pytest.approx(259_286, abs=0.5)

    @pytest.mark.parametrize(
        ("delivered", "paid_away", "penalty"),
        [(1.0, 0, 0), (1.2, 0.5 * 0.2 * 1_100_000, 0), (0.9, 0, 0.1 * 1_100_000)],
    )
    def test_above_the_target_it_is_shared_and_below_it_the_contractor_pays(
        self, delivered: float, paid_away: float, penalty: float
    ) -> None:
        """Half of what is above; illustration: below, the contractor makes good the whole."""
        own = home(7).stream("less landfill", kind="cashable", planned=(0, *(delivered * t for t in self.landfill)))
        terms = gain_share("share", home=home(7), target=(0, *self.landfill), share_above=0.5, penalty_below=1.0)
        central = run(own, terms=terms, base="2012-13").central
        assert central.total(kinds=["running_cost"]).sum() == pytest.approx(paid_away, abs=1e-6)
        assert central.total(kinds=["income"]).sum() == pytest.approx(penalty, abs=1e-6)


def test_kinds_of_one_case_are_added_only_by_name() -> None:
    """Row 52: non-cashable value beside cashable savings never joins them."""
    flows = {"cashable": (0.0, 0.587), "income": (0.0, 0.111), "non_cashable": (0.0, 9.0)}
    assert net_of(flows, (("cashable", 1),)) == pytest.approx([0, 0.587])
