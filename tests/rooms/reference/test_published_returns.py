"""Published cells: where each stands, what is missing, what is not provided, and that nothing is counted twice."""

from __future__ import annotations

import csv
import gzip
import time
from collections import Counter
from decimal import Decimal

import pytest

from consortia.errors import UnknownReference
from consortia.reference.authorities import authority
from consortia.reference.returns import edition, editions, published_cells, published_notes, row_of, rows_of
from consortia.reference.taxonomy import service

BURNLEY, PENDLE, COUNTY, BIRMINGHAM = "E07000117", "E07000122", "E10000017", "E08000025"
NET, GROSS = "net_current_expenditure", "total_expenditure"
# Councils print heads and totals rounded to the thousand, each by itself.
ROUNDING = Decimal(2)
DETAIL_FORMS = ("RO2", "RO3", "S251")


def cell(edition_code, code, service_code, measure=NET):
    found = [c for c in published_cells(edition_code, [code]) if (c.service, c.measure) == (service_code, measure)]
    assert len(found) == 1
    return found[0]


def codes_of(edition_code, code):
    return [finding.code for finding in published_notes(edition_code, [code])]


def test_a_cell_names_the_cell_of_the_official_worksheet():
    found = cell("rsx-2024-25", BURNLEY, "education", "employees")
    assert (found.sheet, found.cell) == ("Worksheet 2", f"H{row_of('rsx-2024-25', BURNLEY).number}")
    assert found.heading == "Education services - Employees (C1)"


def test_a_cell_of_the_raw_worksheet_holds_the_amount(shared_data):
    found = cell("rsx-2024-25", COUNTY, "central", GROSS)
    with gzip.open(shared_data / "finance_england/rsx_outturn_subjective/RSX_2024-25.csv.gz", "rt", newline="") as raw:
        grid = list(csv.reader(raw))
    row = next(i for i, cells in enumerate(grid, start=1) if cells[1] == COUNTY)
    column = grid[6].index("Central services - Total Expenditure (C3 = C1 + C2)")
    assert found.cell == f"CI{row}"  # 86 columns stand before CI
    assert (column, Decimal(grid[row - 1][column])) == (86, found.amount_thousand)


def test_a_cell_of_the_long_table_holds_the_amount(shared_data):
    found = cell("lancashire-2024-25", BURNLEY, "environmental.waste_collection", GROSS)
    path = shared_data / "finance_england/lancashire_two_tier_detail/ro_detail_2021-22_to_2024-25.csv.gz"
    with gzip.open(path, "rt", newline="") as raw:
        row = list(csv.reader(raw))[int(found.cell[1:]) - 1]
    assert row[0:1] + row[3:4] + row[6:8] == [BURNLEY, "2024-25", "Waste collection", GROSS]
    assert Decimal(row[8]) == found.amount_thousand


def test_a_return_that_was_not_made_is_not_known_and_never_zero():
    cells = published_cells("rsx-2024-25", [BIRMINGHAM])
    assert {c.status for c in cells if service(c.service).provided_by != ("O",)} == {"not_known"}
    assert all(c.amount_thousand is None for c in cells)
    assert "REF-MISSING-RETURN" in codes_of("rsx-2024-25", BIRMINGHAM)


def test_a_service_that_the_class_has_no_duty_for_is_not_provided():
    found = cell("rsx-2024-25", BURNLEY, "education")
    assert (found.status, found.amount_thousand) == ("not_provided", None)


def test_a_zero_of_a_class_that_has_the_duty_is_a_known_zero():
    found = cell("ra-2019-20", "E08000001", "environmental.coast_protection")
    assert (found.status, found.amount_thousand) == ("known", 0)


def test_money_is_kept_where_the_class_has_no_duty_but_spent():
    spent = [
        c for c in published_cells("lancashire-2024-25", list(rows_of("lancashire-2024-25")))
        if c.status == "known" and authority(c.authority).kind not in service(c.service).provided_by
    ]  # fmt: skip
    assert spent
    assert all(c.amount_thousand for c in spent)


def test_an_authority_without_a_row_is_not_known_and_its_kin_are_named():
    found = cell("ra-2012-13", "E06000063", "central")
    assert (found.status, found.cell) == ("not_known", "")
    (finding,) = [f for f in published_notes("ra-2012-13", ["E06000063"]) if f.code == "REF-NO-ROW"]
    assert "Cumbria (E10000006)" in finding.text()


@pytest.mark.parametrize("code", [one.code for one in editions()])
def test_no_service_and_measure_stands_twice_for_an_authority(code):
    cells = published_cells(code, list(rows_of(code))[:3])
    assert max(Counter((c.authority, c.service, c.measure) for c in cells).values()) == 1


@pytest.mark.parametrize("code", [one.code for one in editions() if one.form not in DETAIL_FORMS])
def test_heads_add_up_to_the_total_of_every_authority(code):
    net = [c for c in published_cells(code, list(rows_of(code))) if c.measure == NET and c.amount_thousand is not None]
    heads: Counter[str] = Counter()
    for c in net:
        if service(c.service).parent == "total":
            heads[c.authority] += c.amount_thousand
    totals = {c.authority: c.amount_thousand for c in net if c.service == "total"}
    assert totals
    assert all(abs(heads[body] - amount) <= ROUNDING for body, amount in totals.items())


@pytest.mark.parametrize("code", [
    "ra-2010-11", "ra-2016-17", "ra-2019-20", "lancashire-2024-25", "ro2-2008-09", "ro2-2014-15", "ro3-2024-25",
    "s251-2018-19",
])  # fmt: skip
def test_lines_and_the_rest_add_up_to_their_head_exactly(code):
    cells = published_cells(code, list(rows_of(code)))
    lines: Counter[tuple[str, str, str]] = Counter()
    heads = {}
    for c in cells:
        head = service(c.service).head
        if c.amount_thousand is not None and head != c.service:
            lines[c.authority, head, c.measure] += c.amount_thousand
        elif c.amount_thousand is not None:
            heads[c.authority, head, c.measure] = c.amount_thousand
    itemised = {c.service.split(".")[0] for c in cells if c.derived}
    assert all(lines[key] == amount for key, amount in heads.items() if key[1] in itemised)


@pytest.mark.parametrize("year", ["2017-18", "2018-19", "2019-20"])
def test_the_lines_of_the_budget_form_leave_nothing_of_any_head(year):
    cells = published_cells(f"ra-{year}", list(rows_of(f"ra-{year}")))
    assert not [c for c in cells if c.derived and c.amount_thousand and abs(c.amount_thousand) > Decimal("0.01")]


def test_class_totals_and_the_england_row_never_count_as_councils():
    assert all(authority(code).code == code for one in editions() for code in rows_of(one.code))
    assert len([code for code in rows_of("rsx-2024-25") if authority(code).kind == "SD"]) == 164


def test_three_lines_that_repeat_each_other_are_not_used_and_said():
    cells = published_cells("lancashire-2024-25", [BURNLEY])
    assert not [c for c in cells if c.service in ("cultural.heritage", "cultural.museums", "cultural.theatres")]
    assert "REF-REPEATED-LINES" in codes_of("lancashire-2024-25", BURNLEY)


def test_emergency_planning_is_read_from_the_line_that_makes_the_head_add_up():
    found = cell("lancashire-2024-25", COUNTY, "central.emergency_planning", GROSS)
    assert found.amount_thousand == 1149
    assert cell("lancashire-2024-25", COUNTY, "central.not_itemised", GROSS).amount_thousand == 0


def test_net_of_education_comes_from_the_summary_where_the_subjective_table_is_empty():
    found = cell("lancashire-2021-22", COUNTY, "education")
    assert found.heading == "RS: Education services"
    assert found.status == "known"


def test_wales_has_one_head_of_social_care():
    services = {c.service for c in published_cells("wales-2024-25", ["W06000011"])}
    assert "social_care" in services
    assert "childrens_social_care" not in services
    assert "REF-ONE-SOCIAL-CARE" in codes_of("wales-2024-25", "W06000011")


def test_a_return_that_was_not_certified_is_noted():
    assert "REF-UNCERTIFIED" in codes_of("rsx-2024-25", "E06000008")


def test_waste_disposal_by_a_joint_body_is_noted_for_the_year_it_ran():
    assert "REF-JOINT-BODY" in codes_of("rs-2012-13", "E08000001")
    assert "REF-JOINT-BODY" not in codes_of("rs-2012-13", "E08000010")  # Wigan disposes of its own


def test_spending_far_below_the_class_is_marked_as_perhaps_hosted_elsewhere():
    (finding,) = [f for f in published_notes("rsx-2024-25", ["E07000090"]) if f.code == "REF-HOSTED"]
    assert "Havant shows almost no spending on Cultural and related services" in finding.text()
    assert finding.place.cell == f"AZ{row_of('rsx-2024-25', 'E07000090').number}"


def test_an_unknown_edition_names_those_held():
    with pytest.raises(UnknownReference, match="rsx-2023-24, rsx-2024-25"):
        edition("rsx-2022-23")


def test_every_return_asked_for_is_held():
    ra = {f"ra-{y}-{y - 1999:02d}" for y in range(2010, 2020)}
    rs = {f"rs-{y}" for y in ("2010-11", "2011-12", "2012-13", "2013-14", "2014-15", "2017-18")}
    rest = {"rsx-2023-24", "rsx-2024-25"} | {f"lancashire-{y}-{y - 1999}" for y in range(2021, 2025)}
    wales = {f"wales-{y}-{(y + 1) % 100:02d}" for y in range(2001, 2025)}
    ro2 = {f"ro2-{y}-{(y + 1) % 100:02d}" for y in range(2008, 2019)}
    ro3 = {f"ro3-{y}-{y - 1999}" for y in range(2022, 2025)}
    s251 = {f"s251-{y}-{y - 1999}" for y in range(2017, 2025)}
    assert {one.code for one in editions()} == ra | rs | rest | wales | ro2 | ro3 | s251


def test_ten_councils_load_fast():
    rows_of.cache_clear()
    began = time.perf_counter()
    published_cells("rsx-2024-25", list(rows_of("rsx-2024-25"))[:10])
    assert time.perf_counter() - began < 0.3
