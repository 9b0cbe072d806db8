"""Deflators, discount schedules, parameters, delivery classes and denominators."""

from __future__ import annotations

import math

import pytest

from consortia.errors import UnknownReference
from consortia.periods import FinancialYear
from consortia.reference.delivery_classes import maturity_class, service_offset, service_offset_of
from consortia.reference.denominators import denominator, denominator_name, measure_for
from consortia.reference.parameters import parameter, parameters
from consortia.reference.prices import deflator, deflator_year, discount_schedule, to_real
from consortia.reference.sources import source, sources


def year(text):
    return FinancialYear.parse(text)


def test_the_deflator_is_100_in_its_base_year():
    assert deflator(year("2024-25")) == 100


def test_official_growth_from_2010_11_to_2018_19_comes_out():
    assert to_real(1, year=year("2010-11"), base=year("2018-19")) == pytest.approx(1.1457, abs=0.0001)


def test_a_derived_year_is_three_quarters_and_one_quarter_of_the_calendar_years():
    growth = (0.75 * 96.2507 + 0.25 * 100) / (0.75 * 90.5005 + 0.25 * 96.2507)  # 2023 and 2024 over 2022 and 2023
    assert deflator(year("2023-24")) / deflator(year("2022-23")) == pytest.approx(growth, abs=1e-6)


@pytest.mark.parametrize(("text", "basis"), [("2018-19", "official"), ("2019-20", "derived"), ("2024-25", "projected")])
def test_each_deflator_says_how_it_came_about(text, basis):
    found = deflator_year(year(text))
    assert found.basis == basis
    assert found.vintage
    assert found.note


def test_a_year_outside_the_series_is_told_how_far_it_runs():
    with pytest.raises(UnknownReference, match="1990-91 to 2029-30"):
        deflator(year("1980-81"))


@pytest.mark.parametrize(("name", "first_rates"), [
    ("green-book-2026-standard", (0.035, 0.03, 0.025)),
    ("green-book-2026-health", (0.015, 0.0129, 0.0107)),
    ("green-book-2026-sensitivity", (0.03, 0.0257, 0.0214)),
])  # fmt: skip
def test_discount_schedules_hold_the_published_bands(name, first_rates):
    bands = discount_schedule(name).bands
    assert tuple(rate for *_, rate in bands[:3]) == first_rates
    assert [band[0] for band in bands[1:]] == [band[1] + 1 for band in bands[:-1]]


def test_phasing_adds_up_to_the_whole():
    assert math.isclose(sum(parameter("benefit_phasing").sequence), 1)
    assert math.isclose(sum(parameter("cost_phasing").sequence), 1)


def test_every_parameter_has_a_unit_a_source_and_an_evidence_mark():
    for one in parameters():
        assert one.unit
        assert one.evidence in {"S", "V", "R", "U", "D", "J"}
        assert source(one.source).licence
        assert one.value is not None or one.mode is not None


def test_a_range_gives_its_mode_and_a_sequence_no_single_number():
    assert parameter("setup_share").number == 0.30
    with pytest.raises(ValueError, match="not a single number"):
        _ = parameter("benefit_phasing").number


def test_maturity_classes_are_those_of_the_method():
    idea, contract = maturity_class("outline_idea"), maturity_class("contracted")
    assert (idea.slip_probability, idea.median, idea.sigma, idea.delay_mean_months) == (0.25, 0.75, 0.60, 9)
    assert (contract.slip_probability, contract.median, contract.sigma, contract.delay_mean_months) == (
        0.02,
        1.0,
        0.10,
        1,
    )


def test_the_offset_of_a_service_averages_two_models_and_is_measured_from_a_new_service():
    median = math.sqrt(0.97 * 0.89)  # central services: heavy-tailed and normal model
    assert service_offset("central.land_charges") == pytest.approx(math.log(median / 0.98), abs=1e-6)


def test_a_service_that_the_survey_did_not_report_has_no_offset_and_says_so():
    assert service_offset("public_health") == 0
    assert "not reported" in service_offset_of("public_health").note


def test_a_denominator_is_the_mid_year_of_the_financial_year_start():
    found = denominator("E10000017", "population", year("2019-20"))
    assert (found.value, found.year, found.label) == (1_217_384, 2019, "residents, mid-2019")


def test_a_denominator_of_another_year_names_that_year():
    assert denominator("E10000017", "population", year("2024-25")).year == 2023


def test_a_denominator_too_far_away_is_not_known():
    assert denominator("E10000017", "population_65_plus", year("2010-11")) is None
    assert denominator("E10000017", "pupils", year("2024-25")) is None


def test_residents_of_an_abolished_county_are_those_of_its_successors():
    cumbria, *parts = (denominator(c, "population", year("2022-23")) for c in ("E10000006", "E06000063", "E06000064"))
    assert cumbria.value == sum(part.value for part in parts)
    assert cumbria.evidence == "D"


def test_every_present_council_has_residents():
    from consortia.reference.authorities import all_authorities

    councils = [body for body in all_authorities() if body.kind != "O" and body.is_current]
    assert all(denominator(body.code, "population", year("2023-24")) for body in councils)


def test_denominators_have_names_in_both_languages():
    assert (denominator_name("pupils"), denominator_name("pupils", "cy")) == ("pupils", "disgyblion")


def test_children_stand_in_for_pupils_where_no_pupils_are_published():
    assert measure_for("pupils", "England") == "population_0_17"
    assert measure_for("pupils", "Wales") == "pupils"


def test_every_source_states_its_licence_and_how_to_credit_it():
    assert all(one.licence and one.attribution and one.date for one in sources())
