"""The scale curves of the shipped national returns."""

from __future__ import annotations

import pytest

from consortia.errors import UnknownReference
from consortia.run.national import newest_edition, unit_costs_over_years
from consortia.run.scale import NET_ONLY, OF_THE_HEAD, curve_for, scale_of, scale_of_heads


def test_a_whole_council_costs_what_its_size_says() -> None:
    found = scale_of("total", "rsx-2024-25").finding
    assert found.verdict == "cannot_tell"
    assert found.n == 306
    assert (found.low, found.high) == (pytest.approx(0.917, abs=0.005), pytest.approx(1.051, abs=0.005))


@pytest.mark.parametrize("edition", ["rsx-2023-24", "rsx-2024-25", "ra-2019-20"])
def test_childrens_social_care_costs_less_for_a_child_in_larger_councils_in_every_edition(edition: str) -> None:
    found = scale_of("childrens_social_care", edition)
    assert (found.finding.verdict, found.denominator) == ("bigger_costs_less", "population_0_17")


def test_twenty_two_welsh_authorities_are_too_few_for_most_answers() -> None:
    found = scale_of_heads("wales-2024-25")
    assert {each.finding.verdict for each in found} == {"cannot_tell"}
    assert all(NET_ONLY in each.finding.caveats for each in found)


def test_a_line_that_is_not_published_takes_the_curve_of_its_head_and_says_so() -> None:
    found = scale_of("central.council_tax_collection", "rsx-2024-25")
    assert found.service.code == "central"
    assert OF_THE_HEAD in found.finding.caveats


def test_the_line_detail_of_one_county_is_answered_from_the_nation() -> None:
    assert scale_of("central", "lancashire-2024-25").finding == scale_of("central", "rsx-2024-25").finding


def test_the_newest_edition_is_one_with_gross_spending_where_there_is_one() -> None:
    assert (newest_edition(), newest_edition("Wales")) == ("rsx-2024-25", "wales-2024-25")


def test_an_unknown_service_is_told_near_names() -> None:
    with pytest.raises(UnknownReference, match="central"):
        scale_of("centrall", "rsx-2024-25")


def test_a_finding_becomes_a_curve_to_price_groups_with() -> None:
    found = scale_of("childrens_social_care", "rsx-2024-25")
    curve = curve_for(found, ["E10000017", "E06000008", "E06000009"])
    assert curve is not None
    assert curve.elasticity == found.finding.elasticity
    assert curve.volumes[0] > curve.volumes[1]
    assert curve.efficient_size == found.finding.largest  # nothing is said of groups beyond it


def test_where_nothing_can_be_told_there_is_no_curve() -> None:
    assert curve_for(scale_of("central", "rsx-2024-25"), ["E10000017", "E06000008"]) is None


def test_a_partner_of_unknown_size_leaves_no_curve() -> None:
    assert curve_for(scale_of("childrens_social_care", "rsx-2024-25"), ["E10000017", "E6138"]) is None


def test_unit_costs_of_a_class_over_the_years_are_in_the_prices_of_the_last() -> None:
    found = unit_costs_over_years("environmental", "rsx-2024-25", "UA")
    assert len(found) > 55
    assert {len(years) for years in found} <= {1, 2}
