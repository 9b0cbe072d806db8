"""The detail forms RO2, RO3 and S251: their cells, their totals, and their agreement with the summaries."""

from __future__ import annotations

import csv
import gzip
from decimal import Decimal

import pytest

from consortia.reference.authorities import authority, find_authority
from consortia.reference.returns import edition, editions, published_cells, published_notes, row_of, rows_of
from consortia.reference.taxonomy import service, services

NET, GROSS = "net_current_expenditure", "total_expenditure"
COUNTY, BURNLEY, GATESHEAD = "E10000017", "E07000117", "E08000037"
CARE = ("childrens_social_care", "adult_social_care", "public_health")
ROUNDING = Decimal(2)


def cell(edition_code, code, service_code, measure=NET):
    found = [c for c in published_cells(edition_code, [code]) if (c.service, c.measure) == (service_code, measure)]
    assert len(found) == 1
    return found[0]


def raw(path):
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def heads(code, wanted):
    cells = published_cells(code, list(rows_of(code)))
    return {(c.authority, c.service, c.measure): c.amount_thousand for c in cells if c.service in wanted}


def test_a_cell_of_the_care_form_holds_the_amount(shared_data):
    found = cell("ro3-2024-25", COUNTY, "adult_social_care.learning_disability_18_64", GROSS)
    grid = raw(shared_data / "finance_england/ro3_social_care_public_health/RO3_2024-25.csv.gz")
    row = next(i for i, cells in enumerate(grid, start=1) if cells[1] == COUNTY)
    column = grid[6].index("Learning disability support - adults (18–64) - Total Expenditure (C3 = C1 + C2)")
    assert found.cell == f"EN{row}"  # 143 columns stand before EN
    assert (column, Decimal(grid[row - 1][column])) == (143, found.amount_thousand)


def test_income_of_the_highways_form_stands_in_its_second_worksheet(shared_data):
    found = cell("ro2-2012-13", COUNTY, "highways.parking_on_street", "sales_fees_charges")
    grid = raw(shared_data / "finance_england/ro2_highways_transport/RO2_2012-13_sheet2.csv.gz")
    row = row_of("ro2-2012-13", COUNTY).number
    assert (found.sheet, found.cell) == ("sheet 2", f"BF{row}")
    assert Decimal(grid[row - 1][57]) == found.amount_thousand  # BF is the 58th column


def test_blocks_of_education_are_pounds_in_the_table_and_thousands_here(shared_data):
    found = cell("s251-2018-19", COUNTY, "education.support")
    grid = raw(shared_data / "finance_england/s251_education/s251_by_la_2017-2024.csv.gz")
    row = grid[int(found.cell[1:]) - 1]
    assert row == [COUNTY, "Lancashire", "2018", "Other education & community", "66296275"]
    assert found.amount_thousand == Decimal("66296.275")
    assert edition("s251-2018-19").unit == "GBP"


def test_a_block_that_the_table_leaves_out_is_not_known():
    found = cell("s251-2018-19", COUNTY, "education.early_years")
    assert (found.status, found.amount_thousand, found.cell) == ("not_known", None, "")


@pytest.mark.parametrize(("summary", "detail", "wanted"), [
    ("rsx-2024-25", "ro3-2024-25", CARE),
    ("rsx-2023-24", "ro3-2023-24", CARE),
    ("lancashire-2024-25", "ro3-2024-25", CARE),
    ("lancashire-2022-23", "ro3-2022-23", CARE),
    *((f"rs-{year}", f"ro2-{year}", ("highways",)) for year in ("2010-11", "2011-12", "2012-13", "2013-14", "2014-15")),
    ("rs-2017-18", "ro2-2017-18", ("highways",)),
])  # fmt: skip
def test_the_heads_of_a_detail_form_are_those_of_the_summary_for_every_authority(summary, detail, wanted):
    ours, theirs = heads(detail, wanted), heads(summary, wanted)
    both = [key for key in ours if key in theirs]
    assert len(both) >= 87
    for key in both:
        assert (ours[key] is None) is (theirs[key] is None)
        assert ours[key] is None or abs(ours[key] - theirs[key]) <= ROUNDING


@pytest.mark.parametrize(("year", "thousand"), [("2008-09", 5_679_102), ("2014-15", 4_537_381), ("2018-19", 3_857_445)])
def test_all_authorities_add_up_to_the_england_row_of_the_highways_form(year, thousand):
    totals = heads(f"ro2-{year}", ("highways",))
    assert round(sum(amount or 0 for key, amount in totals.items() if key[2] == NET)) == thousand


def test_every_line_and_measure_of_the_highways_form_adds_up_to_the_england_row(shared_data):
    grid = raw(shared_data / "finance_england/ro2_highways_transport/RO2_2018-19_sheet1.csv.gz")
    england = next(row for row in grid if row[2] == "ENGLAND")
    for place in {c.cell.rstrip("0123456789"): c for c in published_cells("ro2-2018-19", [COUNTY]) if not c.derived}:
        values = [row.values[place] for row in rows_of("ro2-2018-19").values()]
        position = sum((ord(letter) - 64) * 26**power for power, letter in enumerate(reversed(place))) - 1
        assert abs(sum(Decimal(text or 0) for text in values) - Decimal(england[position])) < 1


def test_gross_less_income_is_net_on_every_line_of_the_care_form():
    cells = published_cells("ro3-2024-25", list(rows_of("ro3-2024-25")))
    amounts = {(c.authority, c.service, c.measure): c.amount_thousand for c in cells if c.status == "known"}
    for (body, code, measure), net in amounts.items():
        if measure == NET:
            gross, income = (amounts.get((body, code, name), 0) for name in (GROSS, "total_income"))
            assert abs(gross - income - net) <= ROUNDING


def test_a_district_provides_no_care_and_that_is_not_zero():
    found = cell("ro3-2024-25", BURNLEY, "adult_social_care.carer_support", GROSS)
    assert (found.status, found.amount_thousand) == ("not_provided", None)


def test_a_note_in_place_of_a_figure_is_not_known_and_the_money_stays_in_the_head():
    assert cell("ro3-2024-25", GATESHEAD, "childrens_social_care.looked_after_fostering").status == "not_known"
    assert round(cell("ro3-2024-25", GATESHEAD, "childrens_social_care.not_itemised").amount_thousand) == 39_183
    notes = {finding.code for finding in published_notes("ro3-2024-25", [GATESHEAD])}
    assert {"REF-NOTE-FOR-FIGURE", "REF-THREE-HEADS"} <= notes
    assert "REF-NOTE-FOR-FIGURE" not in {finding.code for finding in published_notes("ro3-2024-25", [COUNTY])}


def test_two_combined_authorities_whose_names_are_swapped_are_told_by_their_codes():
    west = find_authority("West of England Combined Authority").code
    ours, theirs = (cell(code, west, "highways").amount_thousand for code in ("ro2-2017-18", "rs-2017-18"))
    assert round(ours) == round(theirs) == 15_657
    assert "REF-SWAPPED-NAMES" in {finding.code for finding in published_notes("ro2-2017-18", [west])}


def test_a_return_that_was_not_made_is_not_known_and_a_zero_of_a_district_is_no_missing_return():
    assert not row_of("ro3-2024-25", "E08000025").returned
    assert row_of("ro3-2024-25", BURNLEY).returned


def test_councils_that_ended_in_2009_are_found_and_ended():
    body = authority("E0831")
    assert (body.name, body.kind, body.end, body.replaced_by) == ("Caradon", "SD", "2009-03-31", ("E06000052",))
    assert find_authority("Cornwall").code == "E06000052"
    assert row_of("ro2-2008-09", "E0831").returned


def test_totals_of_classes_never_count_as_councils_in_the_detail_forms():
    for one in editions():
        if one.details:
            codes = list(rows_of(one.code))
            assert len(codes) == len(set(codes)) >= 370
            assert not {"E06", "E07", "E08", "E09", "E10", "E92000001"} & set(codes)


def test_detail_forms_say_which_heads_they_hold_in_detail():
    assert edition("ro2-2018-19").details == ("highways",)
    assert edition("ro3-2024-25").details == CARE
    assert edition("s251-2024-25").details == ()  # its total is 6% to 8% below the outturn form


def test_a_part_names_a_coarser_line_of_the_same_head():
    parts = [one for one in services(level=2) if one.part_of]
    assert {service(one.part_of).head == one.head for one in parts} == {True}
    assert service("childrens_social_care.looked_after_fostering").part_of == "childrens_social_care.looked_after"
