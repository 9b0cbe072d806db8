"""Outcomes of councils: published values stand as published, what is missing is missing, each way of better is said."""

from __future__ import annotations

import pytest

from consortia.errors import UnknownReference
from consortia.reference.authorities import authority
from consortia.reference.catalogue import explain
from consortia.reference.outcomes import (
    indicators_of,
    nearest_year,
    outcome_indicator,
    outcome_indicators,
    outcome_years,
    outcomes,
)
from consortia.reference.sources import source
from consortia.reference.taxonomy import service

BURNLEY, TRAFFORD, KENT = "E07000117", "E08000009", "E10000016"


def test_a_published_value_stands_as_published_with_the_amounts_behind_it() -> None:
    found = outcomes("council_tax_collection", "2024-25")[BURNLEY]
    assert (found.value, found.numerator, found.denominator) == (94.04, 53_804.0, 57_216.0)
    assert outcomes("recycling_rate", "2015-16")[TRAFFORD].value == 60.4


def test_a_rate_is_its_numerator_over_its_denominator() -> None:
    for indicator in (one for one in outcome_indicators() if one.counted):
        for year in outcome_years(indicator.code):
            counted = [one for one in outcomes(indicator.code, year).values() if one.numerator and one.denominator]
            # Printed to one decimal, and of numbers that are themselves rounded to one: 0.05 and a little.
            away = [abs(100 * one.numerator / one.denominator - one.value) for one in counted]
            assert max(away) < 0.09, (indicator.code, year)


def test_an_impossible_zero_is_missing_and_not_a_value() -> None:
    held = outcomes("asc_quality_of_life", "2019-20")
    assert KENT not in held
    assert min(one.value for one in held.values()) >= 0.29


def test_an_authority_without_a_value_is_not_known_and_never_zero() -> None:
    assert BURNLEY not in outcomes("recycling_rate", "2024-25")
    assert outcomes("recycling_rate", "1990-91") == {}


def test_of_several_periods_in_a_year_the_last_is_taken() -> None:
    assert outcomes("planning_major_in_time", "2023-24")[TRAFFORD].period == "2023/24 Q4"


def test_every_indicator_has_a_service_a_source_and_words_in_both_languages() -> None:
    for one in outcome_indicators():
        assert service(one.service)
        assert source(one.source)
        assert all((one.name, one.name_cy, one.unit, one.unit_cy))
        assert one.direction in ("higher", "lower", "none")
        assert outcome_years(one.code)


def test_every_value_is_of_an_authority_that_we_know() -> None:
    codes = {
        code for one in outcome_indicators() for year in outcome_years(one.code) for code in outcomes(one.code, year)
    }
    assert all(authority(code).nation == "England" for code in codes)


def test_a_head_has_the_indicators_of_its_lines_and_a_line_only_its_own() -> None:
    assert "recycling_rate" in [one.code for one in indicators_of("environmental")]
    assert [one.code for one in indicators_of("environmental.recycling")] == ["recycling_rate"]
    assert indicators_of("environmental.waste_collection") == ()


def test_the_nearest_year_is_taken_and_the_earlier_of_two() -> None:
    assert nearest_year("asc_carer_quality_of_life", "2017-18") == "2016-17"
    assert nearest_year("council_tax_collection", "2030-31") == "2024-25"


def test_an_unknown_indicator_is_told_near_ones() -> None:
    with pytest.raises(UnknownReference, match="no indicator") as refused:
        outcome_indicator("recycling")
    assert "recycling_rate" in refused.value.remedy


def test_an_indicator_is_explained_with_its_source() -> None:
    found = explain("council_tax_collection")
    assert [one.id for one in found.sources] == ["mhclg-qrc4"]
