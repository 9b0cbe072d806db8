"""The crosswalk: every heading has a place or stands in the remainder with its reason, and no money is lost."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal

import pytest

from consortia.errors import UnknownReference
from consortia.reference.catalogue import explain
from consortia.reference.cells import row_of, rows_of
from consortia.reference.crosswalk import HEADS_LEAVE, LINES_LEAVE, crosswalk_balance, crosswalk_remainder
from consortia.reference.editions import editions
from consortia.reference.headings import ROLES, headings
from consortia.reference.outside import outside_amounts, outside_items
from consortia.reference.taxonomy import service, services

RA_YEARS = [f"ra-{y}-{y - 1999:02d}" for y in range(2010, 2020)]
WORKSHEETS = [one.code for one in editions() if one.form in ("RA", "RS", "RSX", "RO2", "RO3", "S251", "WALES")]
CARBON = "Non-distributed costs - Carbon Reduction Commitment Transactions"


def all_headings():
    return [heading for one in editions() for heading in headings(one.code)]


def balances(code):
    found = (crosswalk_balance(code, body) for body in rows_of(code))
    return [balance for balance in found if balance]


def test_every_heading_has_a_place_or_a_reason():
    places = {one.code for one in services()} | {one.code for one in outside_items()}
    for heading in all_headings():
        assert heading.role in ROLES
        assert heading.service in places or (heading.role == "remainder" and heading.note)


@pytest.mark.parametrize(("form", "distinct"), [("RA", 408), ("RS", 164)])
def test_every_heading_of_the_code_list_is_in_the_crosswalk(shared_data, form, distinct):
    with (shared_data / "reference/code_lists/ra_rs_headings_by_year.csv").open(encoding="utf-8", newline="") as file:
        listed = [row for row in csv.DictReader(file) if row["form"] == form]
    placed = {(one.edition, one.column) for one in all_headings()}
    columns = {(f"{form.lower()}-{row['financial_year']}", letter(int(row["column_0based"]))) for row in listed}
    assert len({row["heading"] for row in listed}) == distinct
    assert columns == {place for place in placed if place[0].startswith(f"{form.lower()}-")}


def letter(index):
    return chr(64 + index // 26) * (index > 25) + chr(65 + index % 26)


def test_all_headings_of_the_budget_form_are_placed_but_for_two():
    without_place = {h.heading for code in RA_YEARS for h in headings(code) if h.role == "remainder"}
    assert without_place == {f"{CARBON} (expenditure) (+)", f"{CARBON} (income) (-)"}


@pytest.mark.parametrize("code", WORKSHEETS)
def test_mapped_and_remainder_make_the_total_of_every_authority_exactly(code):
    found = balances(code)
    assert found
    assert all(one.is_exact for one in found)


@pytest.mark.parametrize("code", [*RA_YEARS, *(one for one in WORKSHEETS if one.startswith(("rs", "ro2", "wales")))])
def test_beside_headings_without_a_place_the_remainder_is_rounding(code):
    left = [part for one in balances(code) for part in one.remainder if part.reason in (LINES_LEAVE, HEADS_LEAVE)]
    assert all(abs(part.amount_thousand) <= 3 for part in left)


def test_the_remainder_of_the_budget_form_is_the_carbon_scheme_of_one_year():
    named = [one for one in crosswalk_remainder("RA") if one.reason not in (LINES_LEAVE, HEADS_LEAVE)]
    assert [(one.edition, one.amount_thousand, one.authorities) for one in named] == [
        ("ra-2011-12", Decimal(28_350), 64),
        ("ra-2011-12", Decimal(-5), 1),
    ]
    assert all("2011-12 only" in one.reason for one in named)


def test_the_remainder_of_the_care_form_is_children_looked_after_whose_parts_are_not_given():
    large = [one for one in crosswalk_remainder("ro3") if one.amount_thousand > 1_000]
    assert {(one.edition, service_of(one).service) for one in large} == {
        ("ro3-2022-23", "childrens_social_care"),
        ("ro3-2023-24", "childrens_social_care"),
        ("ro3-2024-25", "childrens_social_care"),
    }


def service_of(remainder):
    return next(one for one in headings(remainder.edition) if one.heading == remainder.heading)


def test_a_return_that_was_not_made_has_no_balance():
    assert crosswalk_balance("rsx-2024-25", "E08000025") is None
    assert crosswalk_balance("ra-2012-13", "E06000063") is None


def test_an_unknown_edition_is_refused():
    with pytest.raises(UnknownReference):
        crosswalk_balance("ra-1999-00", "E07000117")


def test_the_remainder_comes_first_where_the_crosswalk_is_listed():
    explained = explain("crosswalk")
    first = dict(zip(explained.columns, explained.rows[0], strict=True))
    assert (first["role"], first["edition"]) == ("remainder", "ra-2011-12")
    assert first["heading"].startswith(CARBON)


def test_lines_of_social_care_before_it_was_split_are_counted_but_not_offered():
    inside = {one.service for one in headings("ra-2010-11") if one.role == "inside"}
    assert {"childrens_social_care.strategy", "adult_social_care.older_people"} <= inside
    assert {service(code).head for code in inside} == {"childrens_social_care", "adult_social_care"}


def test_what_stands_outside_the_services_is_named():
    placed = Counter(one.service for one in headings("ra-2019-20") if one.role == "outside")
    assert placed["outside.council_tax_requirement"] == 1
    assert {"outside.reserve_levels", "outside.hra_income", "outside.capital_financing"} <= set(placed)


def test_no_edition_holds_a_line_beside_one_of_its_parts():
    for one in editions():
        held = {(h.service, h.measure) for h in headings(one.code) if h.role == "line"}
        assert not [code for code, measure in held if (service(code).part_of, measure) in held]


SUMMARIES = [one.code for one in editions() if one.form in ("RA", "RS")]
STEPS = ("net_current_expenditure", "revenue_expenditure", "net_revenue_expenditure", "council_tax_requirement")
NOT_ADDED = ("outside.subtotal", "outside.budget_requirement")


def differences(code, body):
    """Each total of the form less the total before it and what stands between the two."""
    balance = crosswalk_balance(code, body)
    running, found = balance.total if balance else Decimal(0), []
    for one in outside_amounts(code, body):
        if one.item.removeprefix("outside.") in STEPS:
            found.append((one.amount_thousand or 0) - running)
            running = one.amount_thousand or Decimal(0)
            if one.item.endswith("council_tax_requirement"):
                return found
        elif one.item not in NOT_ADDED:
            running += one.amount_thousand or 0
    return found


@pytest.mark.parametrize("code", SUMMARIES)
def test_items_outside_the_services_make_every_total_up_to_the_council_tax_requirement(code):
    off = Counter(body for body in rows_of(code) for left in differences(code, body) if abs(left) > 5)
    assert sum(off.values()) == {"ra-2018-19": 2, "rs-2017-18": 9}.get(code, 0)  # as these councils printed them


def test_levels_of_reserves_are_given_with_their_cell():
    found = [one for one in outside_amounts("ra-2019-20", "E10000017") if one.item == "outside.reserve_levels"]
    assert len(found) >= 8
    assert all(one.cell.endswith(str(row_of("ra-2019-20", "E10000017").number)) for one in found)


def test_nothing_outside_the_services_is_given_without_a_return():
    assert outside_amounts("ra-2012-13", "E06000063") == ()
