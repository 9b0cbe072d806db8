"""A baseline from published returns, with nobody typing."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from consortia.errors import IntakeError, UnknownReference
from consortia.intake.published import baseline
from consortia.study import Study, fingerprint, read_study, write_study

LANCASHIRE = (
    "Blackburn with Darwen", "Blackpool", "Burnley", "Chorley", "Fylde", "Hyndburn", "Lancaster", "Pendle", "Preston",
    "Ribble Valley", "Rossendale", "South Ribble", "West Lancashire", "Wyre", "Lancashire County Council",
)  # fmt: skip
MANCHESTER = ("Bolton", "Bury", "Manchester", "Oldham", "Rochdale", "Salford", "Stockport", "Tameside", "Trafford",
              "Wigan")  # fmt: skip
SOUTH_WEST_AND_MID = ("Carmarthenshire", "Ceredigion", "Neath Port Talbot", "Pembrokeshire", "Powys", "Swansea")
SOUTH_EAST = ("Blaenau Gwent", "Bridgend", "Caerphilly", "Cardiff", "Merthyr Tydfil", "Monmouthshire", "Newport",
              "Rhondda Cynon Taf", "Torfaen", "Vale of Glamorgan")  # fmt: skip


def _study(partners: tuple[str, ...], *editions: str) -> Study:
    return baseline(partners, editions, name="study", title="Study")[0]


def _thousands(study: Study, service: str, measure: str) -> float:
    costs = pl.concat([returned.costs for returned in study.returns])
    year = study.definition.base_year
    return costs.filter(service=service, measure=measure, year=year)["amount_pence"].sum() / 100_000


@pytest.mark.parametrize(
    ("service", "measure", "thousands"),
    [
        ("central", "employees", 251_543),
        ("central", "total_expenditure", 525_683),
        ("central", "total_income", 413_150),
        ("central", "net_current_expenditure", 112_533),
        ("total", "net_current_expenditure", 3_345_061),
    ],
)
def test_lancashire_fifteen_2024_25(service: str, measure: str, thousands: int) -> None:
    assert _thousands(_study(LANCASHIRE, "rsx-2024-25"), service, measure) == pytest.approx(thousands, abs=0.6)


@pytest.mark.parametrize(("edition", "central", "total"), [("ra", 122_808, 4_026_597), ("rs", 126_107, 3_894_757)])
def test_ten_districts_of_greater_manchester_2012_13(edition: str, central: int, total: int) -> None:
    study = _study(MANCHESTER, f"{edition}-2012-13")
    assert _thousands(study, "central", "net_current_expenditure") == central
    assert _thousands(study, "total", "net_current_expenditure") == total


@pytest.mark.parametrize(
    ("partners", "year", "millions"),
    [
        (SOUTH_WEST_AND_MID, "2006-07", 653.9),
        (SOUTH_WEST_AND_MID, "2010-11", 746.3),
        (SOUTH_WEST_AND_MID, "2024-25", 1_089.2),
        (SOUTH_EAST, "2006-07", 1_083.0),
        (SOUTH_EAST, "2010-11", 1_278.2),
        (SOUTH_EAST, "2024-25", 1_988.2),
    ],
)
def test_education_in_wales(partners: tuple[str, ...], year: str, millions: float) -> None:
    study = _study(partners, f"wales-{year}")
    assert _thousands(study, "education", "net_current_expenditure") / 1000 == pytest.approx(millions, abs=0.05)


def test_four_years_make_one_study_with_the_last_as_its_base() -> None:
    years = ("2021-22", "2022-23", "2023-24", "2024-25")
    study = _study(LANCASHIRE, *(f"lancashire-{year}" for year in reversed(years)))
    assert study.definition.base_year == "2024-25"
    assert set(study.returns[0].costs["year"]) == set(years)
    assert set(study.returns[0].volumes["year"]) == set(years)


def test_every_line_names_its_official_cell() -> None:
    lines = _study(LANCASHIRE, "rsx-2024-25").return_of("E10000017").costs
    line = lines.row(by_predicate=pl.col("key") == "2024-25/central/employees", named=True)
    assert line["heading"] == "Central services - Employees (C1)"
    assert line["sheet"] == "Worksheet 2"
    assert line["cell"].endswith("195")


def test_a_missing_return_is_told_and_its_lines_are_not_known() -> None:
    study, findings = baseline(["Amber Valley", "Derby"], ["rsx-2024-25"], name="study", title="Study")
    lines = study.return_of("E07000032").costs.filter(pl.col("service") == "central")
    assert set(lines["status"]) == {"not_known"}
    assert lines["amount_pence"].null_count() == lines.height
    assert any("Amber Valley made no return" in finding.text() for finding in findings)


def test_a_service_of_another_class_is_not_provided() -> None:
    burnley = _study(LANCASHIRE, "rsx-2024-25").return_of("E07000117").costs
    assert set(burnley.filter(service="education")["status"]) == {"not_provided"}


def test_default_proposals_need_two_partners_that_provide_the_service() -> None:
    pair = {
        one.service for one in _study(("Burnley", "Lancashire County Council"), "rsx-2024-25").definition.initiatives
    }
    assert "central" in pair
    assert "education" not in pair


def test_proposals_never_hold_a_head_and_its_lines() -> None:
    services = {one.service for one in _study(LANCASHIRE, "lancashire-2024-25").definition.initiatives}
    assert not {service.split(".")[0] for service in services if "." in service} & services


def test_any_spelling_or_code_is_resolved() -> None:
    study = _study(("burnley borough council", "E07000122", "E2301"), "rsx-2024-25")
    assert len(study.definition.partners) == 3


def test_every_partner_that_cannot_be_used_is_told_at_once() -> None:
    with pytest.raises(IntakeError) as caught:
        _study(("Burnly", "Pendle", "Pendle Borough Council", "Cardiff", "Allerdale"), "rsx-2024-25")
    told = str(caught.value)
    assert "4 of the 5 partners" in told
    assert "partner 1, 'Burnly': No authority in England or Wales is called 'Burnly'. Did you mean Burnley" in told
    assert "partner 3, 'Pendle Borough Council': Pendle stands already as partner 2 ('Pendle')." in told
    assert "partner 4, 'Cardiff': Cardiff is in Wales; rsx-2024-25 holds England only." in told
    assert "partner 5, 'Allerdale': Allerdale ended on 2023-04-01" in told
    assert "Name Cumberland" in told


def test_a_council_outside_the_edition_is_refused() -> None:
    with pytest.raises(IntakeError, match="lancashire-2024-25 has no row for Manchester"):
        _study(("Burnley", "Manchester"), "lancashire-2024-25")


def test_two_returns_of_one_nation_and_year_are_refused() -> None:
    with pytest.raises(IntakeError, match="both returns of England for 2012-13"):
        _study(MANCHESTER, "ra-2012-13", "rs-2012-13")


def test_a_detail_form_gives_the_lines_below_the_heads_of_the_summary() -> None:
    study = _study(("Blackpool", "Lancashire"), "ro3-2024-25", "rsx-2024-25")
    costs = study.returns[0].costs.filter(measure="total_expenditure")
    files = dict(costs.select("service", "file").iter_rows())
    assert files["adult_social_care"].startswith("RSX 2024-25")
    assert files["adult_social_care.carer_support"].startswith("RO3 2024-25")
    assert files["adult_social_care.not_itemised"] == files["adult_social_care"]
    assert costs.filter(service="adult_social_care").height == 1


def test_lines_of_the_detail_form_and_the_rest_make_the_head_of_the_summary() -> None:
    study = _study(("Blackpool", "Lancashire", "Gateshead"), "rsx-2024-25", "ro3-2024-25")
    costs = pl.concat(one.costs.with_columns(partner=pl.lit(one.partner)) for one in study.returns)
    care = costs.with_columns(head=pl.col("service").str.split(".").list.first()).filter(
        pl.col("head").is_in(["childrens_social_care", "adult_social_care", "public_health"])
    )
    is_line = pl.col("service").str.contains(".", literal=True)
    sums = care.group_by("partner", "head", "measure").agg(
        lines=pl.col("amount_pence").filter(is_line).sum(), whole=pl.col("amount_pence").filter(~is_line).sum()
    )
    assert sums.height == 3 * 3 * 7
    assert sums.filter(pl.col("lines") != pl.col("whole")).is_empty()


def test_the_total_is_the_same_with_and_without_the_detail_form() -> None:
    partners = ("Blackpool", "Lancashire")
    alone, both = _study(partners, "rsx-2024-25"), _study(partners, "rsx-2024-25", "ro3-2024-25")
    for service in ("total", "adult_social_care", "childrens_social_care", "public_health"):
        assert _thousands(alone, service, "total_expenditure") == _thousands(both, service, "total_expenditure")


def test_measures_that_the_summary_lacks_come_from_the_detail_form() -> None:
    study = _study(("Bolton", "Bury"), "rs-2012-13", "ro2-2012-13")
    costs = study.returns[0].costs.filter(service="highways")
    files = {measure: file[:3] for measure, file in costs.select("measure", "file").iter_rows()}
    assert files["net_current_expenditure"] == "RS "
    assert files["employees"] == files["total_income"] == "RO2"


def test_lines_of_an_outturn_are_refused_below_the_heads_of_a_budget() -> None:
    with pytest.raises(IntakeError, match="ra-2012-13 is a budget and ro2-2012-13 an outturn"):
        _study(("Bolton", "Bury"), "ra-2012-13", "ro2-2012-13")


def test_blocks_of_education_are_refused_beside_a_summary() -> None:
    with pytest.raises(IntakeError, match="both returns of England for 2017-18"):
        _study(("Bolton", "Bury"), "rs-2017-18", "s251-2017-18")


def test_a_detail_form_may_stand_alone() -> None:
    study = _study(("Bolton", "Bury"), "ro2-2018-19")
    assert "share-highways.structural_maintenance" not in {one.key for one in study.definition.initiatives}
    assert _thousands(study, "highways", "total_expenditure") > 0


def test_an_edition_that_is_not_held_names_those_that_are() -> None:
    with pytest.raises(UnknownReference, match=r"rsx-2023-24, rsx-2024-25"):
        _study(MANCHESTER, "rsx-2012-13")


@pytest.mark.parametrize(("partners", "editions"), [((), ("rsx-2024-25",)), (("Burnley",), ())])
def test_nothing_named_is_refused(partners: tuple[str, ...], editions: tuple[str, ...]) -> None:
    with pytest.raises(IntakeError, match="named"):
        _study(partners, *editions)


def test_budget_and_outturn_in_one_study_is_told() -> None:
    _, findings = baseline(["Bolton", "Bury"], ["ra-2012-13", "rsx-2024-25"], name="study", title="Study")
    assert "budget-and-outturn-mixed" in {finding.code for finding in findings}


def test_a_baseline_written_and_read_back_has_the_same_fingerprint(tmp_path: Path) -> None:
    study = _study(LANCASHIRE[:3], "lancashire-2024-25")
    write_study(study, tmp_path / "study")
    assert fingerprint(read_study(tmp_path / "study")) == fingerprint(study)
