"""Whether ranges hold what they promise: on made-up data that do and do not, and on the published record, honestly."""

from __future__ import annotations

from math import exp, log, sqrt
from statistics import mean, stdev

import numpy as np
import pytest
from scipy.stats import binomtest, t

from consortia.appraisal.calibration import (
    Coverage,
    Forecast,
    Verdict,
    coverage,
    exact_interval,
    range_of,
)
from consortia.appraisal.learning import DeliveryClass, Outturn, reference_class, updated
from consortia.appraisal.reference_classes import Delivered, fit_delivery
from consortia.reference.delivery_classes import maturity_classes
from consortia.reference.delivery_records import delivery_cases, survey_cells

CASES = {case.case: case.ratio for case in delivery_cases()}
RECORD = [
    Delivered(cell.tier, cell.service, cell.year, cell.ratio) for cell in survey_cells() if cell.ratio is not None
]


def by_the_others(ratios: dict[str, float]) -> list[Forecast]:
    """For each case the range of one more initiative by all the others: Student t on the logarithms."""
    found = []
    for case in ratios:
        others = [log(ratio) for other, ratio in ratios.items() if other != case]
        half = t.ppf(0.9, len(others) - 1) * stdev(others) * sqrt(1 + 1 / len(others))
        found.append(Forecast(case, exp(mean(others) - half), exp(mean(others) + half)))
    return found


def many(low: float, high: float, count: int = 400) -> Coverage:
    """Ranges held against outturns from a standard normal."""
    outturns = np.random.default_rng(2).standard_normal(count)
    named = {f"c{n}": float(value) for n, value in enumerate(outturns)}
    return coverage([Forecast(case, low, high) for case in named], named)


def test_ranges_that_are_right_are_found_to_hold():
    found = many(-1.2816, 1.2816)
    assert found.verdict is Verdict.HOLDS
    assert found.below + found.inside + found.above == found.cases == 400
    assert "they hold it within sampling error" in found.sentence


@pytest.mark.parametrize("ends", [(-0.8, 0.8), (-2.5, 2.5), (-0.3, 2.3)], ids=["too narrow", "too wide", "too high"])
def test_ranges_that_are_wrong_are_found_not_to(ends):
    assert many(*ends).verdict is Verdict.DOES_NOT_HOLD


def test_few_outturns_tell_nothing_even_where_eight_in_ten_fall_inside():
    assert many(-1.2816, 1.2816, 10).verdict is Verdict.TOO_FEW
    assert "too few to tell" in many(-1.2816, 1.2816, 10).sentence


def test_some_forty_five_outturns_are_needed_to_say_that_a_range_holds():
    verdicts = [Coverage(0.8, n, 0, round(0.8 * n), n - round(0.8 * n), *exact_interval(round(0.8 * n), n)).verdict
                for n in (35, 50)]  # fmt: skip
    assert verdicts == [Verdict.TOO_FEW, Verdict.HOLDS]


@pytest.mark.parametrize(("happened", "cases"), [(0, 7), (6, 7), (7, 7), (37, 46)])
def test_the_interval_is_the_exact_one(happened, cases):
    published = binomtest(happened, cases).proportion_ci(method="exact")
    assert exact_interval(happened, cases) == pytest.approx((published.low, published.high))


def forecasts_of(councils: int, outturns: int, *, surprise: bool) -> tuple[list[Forecast], list[Forecast], dict]:
    """Councils that learn from their outturns and forecast one more, beside the forecasts of the class alone.

    Their own class is one that the reference class holds likely; or, as a surprise, one of median .6 and spread .7.
    """
    random, prior = np.random.default_rng(1), DeliveryClass(0.0, 0.85, 0.45, highest=100.0)
    learned, unlearned, actual = [], [], {}
    for council in map(str, range(councils)):
        spread = 0.7 if surprise else 0.3366 * np.sqrt(4 / random.chisquare(4))
        middle = np.log(0.6) if surprise else np.log(0.85) + spread / 2 * random.standard_normal()
        *past, actual[council] = np.exp(middle + spread * random.standard_normal(outturns + 1)).tolist()
        known = updated(prior, [Outturn("i", "legal", "outline_case", 1.0, each) for each in past])
        learned.append(Forecast(council, *range_of(known)))
        unlearned.append(Forecast(council, *range_of(prior)))
    return learned, unlearned, actual


@pytest.mark.parametrize("outturns", [0, 1, 6, 30])
def test_ranges_hold_on_initiatives_not_learned_from_however_much_was_learned(outturns):
    learned, _, actual = forecasts_of(800, outturns, surprise=False)
    assert coverage(learned, actual).verdict is Verdict.HOLDS


def test_councils_unlike_the_class_are_held_after_thirty_outturns_and_not_before():
    learned, unlearned, actual = forecasts_of(800, 30, surprise=True)
    assert coverage(learned, actual).verdict is Verdict.HOLDS
    assert coverage(unlearned, actual).verdict is Verdict.DOES_NOT_HOLD


def test_a_range_begins_at_zero_where_nothing_may_be_delivered_more_often_than_one_time_in_ten():
    assert range_of(DeliveryClass(0.15, 0.85, 0.45))[0] == 0
    sure = DeliveryClass(0.0, 1.0, 0.5, highest=100.0)
    assert range_of(sure) == pytest.approx((np.exp(-0.5 * 1.28155), np.exp(0.5 * 1.28155)), rel=1e-4)
    assert range_of(DeliveryClass(1.0, 0.85, 0.45)) == (0, 0)


class TestThePublishedCases:
    """Seven cases: whatever is said of them, they are too few to confirm anything."""

    def test_each_left_out_in_turn(self):
        """By the six others, all but Sheffield fall inside: 6 of 7, which is anything from 42% to 99.6%."""
        found = coverage(by_the_others(CASES), CASES)
        assert (found.inside, found.below, found.above) == (6, 1, 0)
        assert (found.low, found.high) == pytest.approx((0.421, 0.996), abs=5e-4)
        assert found.verdict is Verdict.TOO_FEW

    def test_the_ranges_that_they_leave_are_so_wide_that_they_say_little(self):
        assert min(each.high / each.low for each in by_the_others(CASES)) > 14

    def test_the_classes_by_maturity_were_set_with_an_eye_on_them_and_still_cannot_be_confirmed(self):
        """Held against all seven, as if each were a plan of that class. Only that of contracted plans is ruled out."""
        found = {}
        for maturity in maturity_classes():
            ends = range_of(reference_class(maturity))
            found[maturity.code] = coverage([Forecast(case, *ends) for case in CASES], CASES)
        assert {code: each.inside for code, each in found.items()} == {
            "outline_idea": 5, "outline_case": 5, "full_case": 3, "contracted": 1,
        }  # fmt: skip
        verdicts = [each.verdict for each in found.values()]
        assert verdicts == [Verdict.TOO_FEW] * 3 + [Verdict.DOES_NOT_HOLD]


@pytest.mark.parametrize(("errors", "inside"), [("student_t", 40), ("normal", 41)])
def test_the_survey_by_the_other_years_holds_its_promise_within_sampling_error(errors, inside):
    """Each year forecast from the other two: 46 averages of a service over councils, not single initiatives."""
    forecasts, outturns = [], {}
    for year in ("2010-11", "2011-12", "2012-13"):
        fit = fit_delivery([each for each in RECORD if each.year != year], errors=errors, seed=1, chains=100, kept=100)
        for each in (each for each in RECORD if each.year == year):
            known, case = fit.tiers[each.tier].service(each.service), f"{each.tier} {each.service} {year}"
            forecasts.append(Forecast(case, known.p10, known.p90))
            outturns[case] = each.ratio
    found = coverage(forecasts, outturns)
    assert found.cases == 46
    assert found.inside == pytest.approx(inside, abs=1)
    assert found.verdict is Verdict.HOLDS
    districts = coverage([each for each in forecasts if each.case.startswith("district")], outturns)
    assert (districts.cases, districts.verdict) == (17, Verdict.TOO_FEW)


def test_a_forecast_without_an_outturn_and_an_account_without_forecasts_are_refused():
    with pytest.raises(ValueError, match="no outturn is known"):
        coverage([Forecast("a", 0, 1)], {})
    with pytest.raises(ValueError, match="no forecast"):
        coverage([], {})
    with pytest.raises(ValueError, match="runs from 2 to 1"):
        Forecast("a", 2, 1)
