"""Trends in real terms."""

from __future__ import annotations

import pytest

from consortia.benchmarking import Break, real_trend
from consortia.benchmarking.trends import BROKEN, GAPS, ONE_YEAR
from consortia.periods import FinancialYear

INDEX = {"2022-23": 80.0, "2023-24": 100.0, "2024-25": 125.0}
BASE = FinancialYear(2024)


def test_each_year_is_brought_to_the_prices_of_the_base() -> None:
    trend = real_trend({"2023-24": 100.0, "2024-25": 130.0}, deflators=INDEX, base=BASE)
    assert trend.values == (("2023-24", 125.0), ("2024-25", 130.0))  # 100 * 125 / 100
    assert str(trend.price_base) == "real, 2024-25 prices"
    assert trend.change == pytest.approx(130 / 125 - 1)


def test_the_yearly_change_is_compound() -> None:
    trend = real_trend({"2022-23": 64.0, "2024-25": 121.0}, deflators=INDEX, base=BASE)
    # 64 * 125 / 80 = 100 -> 121 in two years: 10% a year
    assert trend.yearly_change == pytest.approx(0.10)
    assert trend.n == 2


def test_a_missing_year_stays_missing_and_is_said() -> None:
    trend = real_trend({"2022-23": 64.0, "2023-24": None, "2024-25": 100.0}, deflators=INDEX, base=BASE)
    assert dict(trend.values)["2023-24"] is None
    assert GAPS in trend.caveats


def test_one_year_has_no_change() -> None:
    trend = real_trend({"2024-25": 100.0}, deflators=INDEX, base=BASE)
    assert (trend.change, trend.yearly_change) == (None, None)
    assert ONE_YEAR in trend.caveats


def test_a_change_from_nothing_is_no_percentage() -> None:
    assert real_trend({"2023-24": 0.0, "2024-25": 5.0}, deflators=INDEX, base=BASE).change is None


def test_a_fall_below_zero_has_a_change_but_no_yearly_rate() -> None:
    trend = real_trend({"2023-24": 100.0, "2024-25": -5.0}, deflators=INDEX, base=BASE)
    assert trend.change == pytest.approx(-1.04)  # -5 / 125 - 1
    assert trend.yearly_change is None


def test_a_year_without_a_deflator_is_an_error() -> None:
    with pytest.raises(ValueError, match="no deflator for 2010-11"):
        real_trend({"2010-11": 1.0}, deflators=INDEX, base=BASE)


YEARS = {"2010-11": 50.0, "2011-12": 60.0, "2012-13": 120.0, "2013-14": 132.0}
FLAT = dict.fromkeys(YEARS, 100.0)
TRANSFER = Break("2012-13", "A duty came over.")


def test_a_break_is_never_read_as_a_trend() -> None:
    trend = real_trend(YEARS, deflators=FLAT, base=FinancialYear(2010), breaks=[TRANSFER])
    assert (trend.change, trend.since) == (pytest.approx(0.10), "2012-13")  # 132 / 120
    assert trend.breaks == (TRANSFER,)
    assert BROKEN in trend.caveats


def test_a_break_outside_the_years_known_changes_nothing() -> None:
    breaks = [Break("2010-11", "Before."), Break("2014-15", "After.")]
    trend = real_trend(YEARS, deflators=FLAT, base=FinancialYear(2010), breaks=breaks)
    assert (trend.breaks, trend.change) == ((), pytest.approx(132 / 50 - 1))


def test_a_gradual_change_is_flagged_and_leaves_the_series_whole() -> None:
    trend = real_trend(
        YEARS, deflators=FLAT, base=FinancialYear(2010), breaks=[Break("2009-10", "Slowly.", until="2019-20")]
    )
    assert trend.since == "2010-11"
    assert len(trend.breaks) == 1
    assert BROKEN in trend.caveats
