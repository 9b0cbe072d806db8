"""Funnels of published rates and frontiers of published costs: what they find, and what they refuse with a reason."""

from __future__ import annotations

import numpy as np
import pytest

from consortia.benchmarking import Envelopment, Frontier, Refused
from consortia.errors import ConsortiaError, UnknownReference
from consortia.reference.authorities import authority
from consortia.reference.outcomes import outcomes
from consortia.run.frontiers import frontiers_of
from consortia.run.funnels import funnel_indicators, funnel_of

NEWEST = "rsx-2024-25"


def test_the_funnel_stands_about_the_rate_of_all_councils_together() -> None:
    found = funnel_of("council_tax_collection", year="2024-25")
    held = outcomes("council_tax_collection", "2024-25").values()
    together = sum(one.numerator for one in held) / sum(one.denominator for one in held)
    assert found.found.target == pytest.approx(together)
    assert len(found.councils) == 14


def test_pounds_are_no_cases_so_that_their_unit_makes_no_difference() -> None:
    """Deviations of 1/sqrt(n) times sqrt(phi): a thousand times as many units leave the limits where they are."""
    found = funnel_of("council_tax_collection", year="2024-25")
    scores = [
        (point.value - found.found.target) * size**0.5
        for point, size in zip(found.found.points, found.among, strict=True)
    ]
    low, high = np.quantile(scores, [0.1, 0.9])
    width = 1.959964 * float(np.mean(np.clip(scores, low, high) ** 2)) ** 0.5
    first = found.found.points[0]
    assert first.upper - found.found.target == pytest.approx(width / found.among[0] ** 0.5, rel=1e-5)


def test_small_councils_have_wider_limits_than_large_ones() -> None:
    found = funnel_of("csc_social_worker_turnover", year="2024-25")
    by_size = sorted(zip(found.among, found.found.points, strict=True), key=lambda each: each[0])
    widths = [point.upper - point.lower for _, point in by_size]
    assert widths == sorted(widths, reverse=True)


def test_councils_with_too_few_cases_are_left_out_and_named() -> None:
    found = funnel_of("csc_agency_rate", year="2024-25")
    assert "City of London" in {authority(code).name for code in found.left_out}
    assert not set(found.left_out) & set(found.councils)


def test_every_rate_with_a_count_has_a_funnel() -> None:
    assert len(funnel_indicators()) == 4
    assert all(len(funnel_of(one.code).councils) >= 14 for one in funnel_indicators())


@pytest.mark.parametrize(
    ("indicator", "year", "why"),
    [
        ("recycling_rate", "", "only the rate is published"),
        ("council_tax_collection", "1999-00", "is not held for 1999-00"),
    ],
)
def test_a_funnel_without_what_it_needs_is_refused_with_a_reason(indicator, year, why) -> None:
    with pytest.raises(ConsortiaError, match=why):
        funnel_of(indicator, year=year)


def test_the_frontier_of_a_divided_service_takes_single_tier_councils_only() -> None:
    found = frontiers_of("environmental", NEWEST)
    assert found.is_single_tier
    assert {authority(code).kind for code in found.councils} <= {"UA", "MD", "LB"}
    assert isinstance(found.stochastic, Frontier)
    assert isinstance(found.envelopment, Envelopment)
    # The figures of the methods page "comparison".
    assert len(found.councils) == 129
    assert np.mean(found.stochastic.efficiencies) == pytest.approx(0.72, abs=0.005)
    assert np.median([one.score for one in found.envelopment.variable]) == pytest.approx(0.54, abs=0.005)


def test_costs_without_the_shape_of_inefficiency_are_refused_and_the_other_method_stands() -> None:
    found = frontiers_of("childrens_social_care", NEWEST)
    assert isinstance(found.stochastic, Refused)
    assert isinstance(found.envelopment, Envelopment)


def test_net_spending_gives_no_frontier() -> None:
    with pytest.raises(ConsortiaError, match="net spending only"):
        frontiers_of("planning", "wales-2024-25")


def test_what_no_nation_publishes_gives_no_frontier() -> None:
    found = frontiers_of("police", NEWEST)
    assert isinstance(found.stochastic, Refused)
    assert isinstance(found.envelopment, Refused)
    with pytest.raises(UnknownReference):
        frontiers_of("alchemy", NEWEST)
