"""Area cost: a column for comparison beside the amount, which never changes."""

from __future__ import annotations

import polars as pl
import pytest

from consortia.costing.area import area_adjusted, area_adjusted_lines

LINES = pl.DataFrame({"partner": ["A", "B"], "service": ["central"] * 2, "amount_pence": [106_000, 50_000]})


def test_the_amount_stays_and_the_comparable_one_stands_beside_it() -> None:
    factors = pl.DataFrame({"partner": ["A"], "service": ["central"], "area_factor": [1.06]})
    adjusted = area_adjusted_lines(LINES, factors)
    assert adjusted["amount_pence"].to_list() == [106_000, 50_000]
    assert adjusted["area_adjusted_pence"].to_list() == [100_000, None]


def test_a_factor_of_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="above zero"):
        area_adjusted(100.0, 0.0)
