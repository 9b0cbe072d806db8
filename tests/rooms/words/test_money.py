"""Money changes its form in one place, and nothing is lost on the way."""

from __future__ import annotations

from decimal import Decimal

import pytest

from consortia.money import from_pence, pounds_from_text, share_out, thousands_to_pence, to_pence


@pytest.mark.parametrize(
    ("text", "pounds"),
    [
        ("1,234.50", "1234.50"),
        ("£ 12", "12"),
        ("(3.20)", "-3.20"),
        ("45-", "-45"),
        ("\u22127", "-7"),
        ("0", "0"),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, pounds: str) -> None:
    assert pounds_from_text(text) == Decimal(pounds)


@pytest.mark.parametrize("text", ["", "n/a", "[x]", "1.2.3", "nan", "Infinity", "(1e999999999)", "1e16"])
def test_text_that_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        pounds_from_text(text)


def test_pounds_and_pence_go_there_and_back() -> None:
    assert from_pence(to_pence("1234.56")) == Decimal("1234.56")


def test_published_thousands_with_a_fraction_keep_their_pence() -> None:
    assert thousands_to_pence(Decimal("16799.22")) == 1_679_922_000


def test_parts_add_up_to_the_penny() -> None:
    # 100 pence in three equal parts: 33.33 each, one penny left over goes to the first.
    assert share_out(100, [1, 1, 1]) == (34, 33, 33)


def test_a_negative_total_is_shared_out_too() -> None:
    assert sum(share_out(-1001, [3, 2, 2])) == -1001


def test_weights_of_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="weights"):
        share_out(100, [0, 0])
