"""Financial and academic years, and the price base of a series."""

from __future__ import annotations

from decimal import Decimal

import pytest

from consortia.periods import NOMINAL, FinancialYear, PriceBase, financial_from_academic


@pytest.mark.parametrize("text", ["2024-25", "2024/25", " 2024-2025 ", "2024\u201325"])
def test_a_financial_year_is_read_in_any_usual_writing(text: str) -> None:
    assert str(FinancialYear.parse(text)) == "2024-25"


@pytest.mark.parametrize("text", ["2024", "2024-26", "24-25", ""])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="financial year"):
        FinancialYear.parse(text)


def test_the_turn_of_the_century_keeps_two_digits() -> None:
    assert str(FinancialYear.parse("1999-00").plus(1)) == "2000-01"


def test_a_financial_year_takes_five_months_of_the_earlier_academic_year() -> None:
    # 5/12 * 700 + 7/12 * 760 = 291.667 + 443.333 = 735
    assert financial_from_academic(Decimal(700), Decimal(760)) == 735


def test_a_price_base_says_what_it_is() -> None:
    assert str(PriceBase(FinancialYear(2024))) == "real, 2024-25 prices"
    assert str(NOMINAL) == "nominal (cash of each year)"
