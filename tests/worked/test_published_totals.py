"""Published totals of groups of councils, in thousand pounds unless a test says million."""

from __future__ import annotations

from decimal import Decimal

import pytest

from consortia.reference.authorities import find_authority
from consortia.reference.crosswalk import HEADS_LEAVE, LINES_LEAVE, crosswalk_balance, crosswalk_remainder
from consortia.reference.returns import published_cells, rows_of

LANCASHIRE = (
    "Lancashire", "Burnley", "Chorley", "Fylde", "Hyndburn", "Lancaster", "Pendle", "Preston", "Ribble Valley",
    "Rossendale", "South Ribble", "West Lancashire", "Wyre", "Blackburn with Darwen", "Blackpool",
)  # fmt: skip
GREATER_MANCHESTER = (
    "Bolton", "Bury", "Manchester", "Oldham", "Rochdale", "Salford", "Stockport", "Tameside", "Trafford", "Wigan",
)  # fmt: skip
SOUTH_WEST_AND_MID_WALES = ("Carmarthenshire", "Ceredigion", "Neath Port Talbot", "Pembrokeshire", "Powys", "Swansea")
SOUTH_EAST_WALES = (
    "Bridgend", "Vale of Glamorgan", "RCT", "Merthyr Tydfil", "Cardiff", "Caerphilly", "Blaenau Gwent", "Torfaen",
    "Monmouthshire", "Newport",
)  # fmt: skip
NET = "net_current_expenditure"


def total(edition: str, councils: tuple[str, ...], service: str, measure: str = NET) -> Decimal:
    """The sum of the known cells of one service and measure."""
    codes = [find_authority(name).code for name in councils]
    cells = published_cells(edition, codes)
    return sum(
        (c.amount_thousand or Decimal(0) for c in cells if (c.service, c.measure) == (service, measure)), Decimal(0)
    )


@pytest.mark.parametrize("edition", ["rsx-2024-25", "lancashire-2024-25"])
@pytest.mark.parametrize(
    ("measure", "thousand"),
    [("employees", 251_543), ("total_expenditure", 525_683), ("total_income", 413_150), (NET, 112_533)],
)
def test_central_services_of_the_lancashire_fifteen_in_2024_25(edition, measure, thousand):
    assert round(total(edition, LANCASHIRE, "central", measure)) == thousand


def test_gross_less_income_is_net_for_the_lancashire_fifteen():
    gross, income = (total("rsx-2024-25", LANCASHIRE, "central", m) for m in ("total_expenditure", "total_income"))
    assert gross - income == total("rsx-2024-25", LANCASHIRE, "central", NET)  # 525,683.18 - 413,149.96 = 112,533.22


@pytest.mark.parametrize("edition", ["rsx-2024-25", "lancashire-2024-25"])
def test_all_services_of_the_lancashire_fifteen_in_2024_25(edition):
    assert round(total(edition, LANCASHIRE, "total")) == 3_345_061


@pytest.mark.parametrize(("edition", "central", "all_services"), [
    ("ra-2012-13", 122_808, 4_026_597),
    ("rs-2012-13", 126_107, 3_894_757),
])  # fmt: skip
def test_budget_and_outturn_of_greater_manchester_in_2012_13(edition, central, all_services):
    assert total(edition, GREATER_MANCHESTER, "central") == central
    assert total(edition, GREATER_MANCHESTER, "total") == all_services


@pytest.mark.parametrize(("councils", "year", "million"), [
    (SOUTH_WEST_AND_MID_WALES, "2006-07", "653.9"),
    (SOUTH_WEST_AND_MID_WALES, "2010-11", "746.3"),
    (SOUTH_WEST_AND_MID_WALES, "2024-25", "1089.2"),
    (SOUTH_EAST_WALES, "2006-07", "1083.0"),
    (SOUTH_EAST_WALES, "2010-11", "1278.2"),
    (SOUTH_EAST_WALES, "2024-25", "1988.2"),
])  # fmt: skip
def test_education_in_the_two_welsh_consortia(councils, year, million):
    assert round(total(f"wales-{year}", councils, "education") / 1000, 1) == Decimal(million)


@pytest.mark.parametrize(("year", "thousand"), [("2010-11", 105_567_496), ("2019-20", 96_151_806)])
def test_all_authorities_of_england_add_up_to_the_england_row_of_the_budget_form(year, thousand):
    codes = tuple(rows_of(f"ra-{year}"))
    cells = published_cells(f"ra-{year}", codes)
    assert sum(c.amount_thousand or 0 for c in cells if c.service == "total") == thousand


@pytest.mark.parametrize(("year", "mapped", "without_place", "rounding", "thousand"), [
    ("2010-11", 105_567_497, 0, -1, 105_567_496),
    ("2011-12", 99_440_838, 28_345, 6, 99_469_189),  # the carbon scheme: 28,350 bought, 5 received
    ("2019-20", 96_151_806, 0, 0, 96_151_806),
])  # fmt: skip
def test_what_the_budget_crosswalk_maps_and_what_remains_make_the_england_row(
    year, mapped, without_place, rounding, thousand
):
    edition = f"ra-{year}"
    balances = [balance for code in rows_of(edition) if (balance := crosswalk_balance(edition, code))]
    left = [one for one in crosswalk_remainder("RA") if one.edition == edition]
    named = sum(one.amount_thousand for one in left if one.reason not in (LINES_LEAVE, HEADS_LEAVE))
    rounded = sum(one.amount_thousand for one in left if one.reason in (LINES_LEAVE, HEADS_LEAVE))
    assert (sum(one.mapped for one in balances), named, rounded) == (mapped, without_place, rounding)
    assert sum(one.total for one in balances) == mapped + without_place + rounding == thousand
