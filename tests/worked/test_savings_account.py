"""TRK-1: Kirklees 2010/11 to 2012/13, from DCLG "Good practice in delivering local government savings" (2014)."""

from __future__ import annotations

import pytest

from consortia.delivery import Claim, check_claim, variance

MILLION = 100_000_000  # pence


def kirklees(stated: float) -> Claim:
    """27.7m promised, 17.4m delivered, 3.6m more found for 2013-16; all printed to 0.1m."""
    return Claim(
        promised_pence=round(27.7 * MILLION),
        delivered_pence=round(17.4 * MILLION),
        found_later_pence=round(3.6 * MILLION),
        stated_percent_short=stated,
        printed_to_pence=MILLION // 10,
    )


def test_delivery_at_the_date_is_63_percent_of_the_promise_and_37_percent_short() -> None:
    difference = variance(promised_pence=round(27.7 * MILLION), delivered_pence=round(17.4 * MILLION))
    assert difference.amount_pence == -round(10.3 * MILLION)  # 17.4 - 27.7
    assert difference.share is not None
    assert 100 * (1 + difference.share) == pytest.approx(62.8, abs=0.05)  # 17.4 / 27.7
    assert 100 * -difference.share == pytest.approx(37.2, abs=0.05)  # 10.3 / 27.7


def test_both_readings_of_the_shortfall_are_shown() -> None:
    at_date, after_found = check_claim(kirklees(25)).readings
    assert at_date.short_pence == round(10.3 * MILLION)  # 27.7 - 17.4
    assert at_date.percent_short == pytest.approx(37.2, abs=0.05)  # 10.3 / 27.7
    assert after_found.short_pence == round(6.7 * MILLION)  # 27.7 - 17.4 - 3.6
    assert after_found.percent_short == pytest.approx(24.2, abs=0.05)  # 6.7 / 27.7


def test_the_printed_25_percent_raises_q13_and_is_traced_to_the_other_reading() -> None:
    (finding,) = check_claim(kirklees(25)).findings
    assert finding.code == "narrative-disagrees"
    assert finding.text().startswith(
        "The words say 25% short, the numbers 37.2%: (27,700,000 - 17,400,000) / 27,700,000."
    )
    assert "near 24.2%, short after savings found later" in finding.text()


def test_37_percent_would_have_raised_nothing() -> None:
    assert check_claim(kirklees(37)).findings == ()


def test_the_year_2012_13_printed_as_39_percent_is_within_the_rounding_of_its_amounts() -> None:
    year = Claim(
        promised_pence=round(6.5 * MILLION),
        delivered_pence=round(4.0 * MILLION),  # 6.5 - 2.5 short
        found_later_pence=0,
        stated_percent_short=39,
        printed_to_pence=MILLION // 10,
    )
    (reading,) = check_claim(year).readings
    assert reading.percent_short == pytest.approx(38.5, abs=0.05)  # 2.5 / 6.5
    assert check_claim(year).findings == ()
