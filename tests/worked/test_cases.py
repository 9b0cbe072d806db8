"""The case studies of product.md rows 142 to 160, each a study file under examples/cases, with its published figures.

Each is read and appraised by the code that `consortia appraise` uses; the sums are spelled out.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from consortia.appraisal.implied import check_rate, implied_total, reconciled
from consortia.appraisal.measures import discounted_payback, npv, payback
from consortia.appraisal.views import RECURRENT, medium_term_plan, net_of
from consortia.run.programme import Appraised, appraise_projects
from consortia.run.programme.claims import claims_table
from consortia.run.programme.overlap_table import overlap_table
from consortia.run.programme.stated_tables import stated_findings
from consortia.study import Definition
from consortia.study.store import read_definition

CASES = Path(__file__).resolve().parents[2] / "examples" / "cases"
NAMES = sorted(path.stem for path in CASES.glob("*.yaml") if "\nprojects:" in path.read_text(encoding="utf-8"))


@cache
def appraised(name: str, scenario: str = "base") -> Appraised:
    """A case as the command line appraises it."""
    return appraise_projects(read_definition(CASES / f"{name}.yaml"), scenario=scenario, file=f"{name}.yaml")


def definition(name: str) -> Definition:
    """A case as it was written."""
    return read_definition(CASES / f"{name}.yaml")


def cash(case: Appraised, kind: str = "cashable") -> list[int]:
    """A kind of the central case in cash of each year, whole pounds."""
    return [round(amount) for amount in case.in_cash(case.flows()[kind])]


def real(case: Appraised, kind: str = "cashable", project: str | None = None) -> list[int]:
    """A kind of the central case in prices of the base year, whole pounds."""
    return [round(amount) for amount in case.flows(project=project)[kind]]


def net(case: Appraised, *projects: str) -> np.ndarray:
    """Cash that comes in less cash that goes out, real pounds of each year; of all projects or of those named."""
    flows = [case.flows(project=project) for project in projects or (None,)]
    kinds = (*RECURRENT, ("one_off_saving", 1), ("one_off_cost", -1))
    return np.sum([net_of(each, kinds) for each in flows], axis=0)


@pytest.mark.parametrize("name", NAMES)
def test_every_case_comes_back_as_it_was_written(name: str) -> None:
    assert Definition.model_validate(definition(name).to_plain()) == definition(name)


@pytest.mark.parametrize("name", NAMES)
def test_every_case_and_every_scenario_of_it_is_appraised(name: str) -> None:
    for scenario in ("base", *(each.key for each in definition(name).scenarios)):
        assert np.isfinite(appraised(name, scenario).net_present_value)


def test_lgss_saves_the_published_parts_of_83_million() -> None:
    budget = 2 * 41_500_000
    parts = [round(100 * saving / budget, 1) for saving in cash(appraised("lgss"))[1:]]
    # The totals as printed; the components add to 18.79, 22.64% of 83m, where 22.6 and 22.7 are both in print.
    assert parts == [4.6, 11.4, 15.6, 20.2, 22.6]
    assert round(100 * 18.8 / 83, 1) == 22.7


def test_lgss_adds_the_published_steps_to_the_budget_and_saves_61_8_million_in_five_years() -> None:
    case = appraised("lgss")
    plan = medium_term_plan({kind: case.in_cash(flow) for kind, flow in case.flows().items()})
    # 3.79, 9.46 - 3.79, 12.97 - 9.46, 16.78 - 12.97, 18.79 - 16.78; the printed totals give 5.68, 3.51, 3.81 and 2.01.
    assert [round(year.incremental / 1e6, 2) for year in plan[1:]] == [3.79, 5.67, 3.51, 3.81, 2.01]
    # 3.79 + 9.46 + 12.97 + 16.78 + 18.79 = 61.79; with the totals as printed 61.83.
    assert sum(cash(case)) == 61_790_000


def test_lgss_pays_back_in_less_than_two_years() -> None:
    case = appraised("lgss")
    flows = case.in_cash(net(case))
    # 3.79 + 9.46 - 3.32 - 4.66 = 5.27 after two years (5.28 with the printed totals).
    assert round(float(flows[:3].sum()) / 1e6, 2) == 5.27
    assert payback(flows) < 2


def test_tri_borough_ended_45_per_cent_of_its_posts_and_is_far_from_its_target() -> None:
    count = definition("tri-borough").projects[0].counts[0]
    assert round(62 / 0.45) == 138 == count.total
    assert reconciled(tuple(count.parts.values()), stated=count.total).agrees
    assert appraised("tri-borough").yearly_risk.chance_of_target == 0  # 7.7m against 40m


def test_barnet_is_guaranteed_12_54_million_a_year_of_which_0_84_is_income() -> None:
    case = appraised("barnet")
    assert (round(sum(real(case)) / 1e6, 1), round(sum(real(case, "income")) / 1e6, 1)) == (117.0, 8.4)  # 70.1 + 46.9
    assert real(case)[1] + real(case, "income")[1] == 7_010_000 + 4_690_000 + 840_000 == 12_540_000
    assert round(sum(real(case)) / 1e6 + sum(real(case, "income")) / 1e6, 1) == 125.4


def test_barnet_never_gets_less_than_is_guaranteed() -> None:
    case = appraised("barnet")
    assert case.appraisal.account("cashable")[:, 1:].min() == pytest.approx(11_700_000)


def test_the_staff_of_barnet_add_up_and_fewer_were_at_risk_than_the_business_case_said() -> None:
    staff, at_risk = definition("barnet").projects[0].counts
    assert sum(staff.parts.values()) == 78 + 10 + 5 + 130 == staff.total == 223
    assert reconciled(tuple(at_risk.parts.values()), stated=at_risk.total).difference == 130 - 203


def test_brighton_keeps_each_years_saving_for_one_more_year() -> None:
    case = appraised("brighton")
    assert real(case) == [0, 264_000, 264_000 + 313_000, 313_000, 0]
    assert sum(real(case)[:3]) == 841_000


def test_the_rate_that_brighton_claims_is_3_5_times_the_rate_of_its_trial() -> None:
    effect = definition("brighton").projects[0].effects[1]
    found = check_rate(313_000, units=5_400, known=float(effect.known_unit_cost))
    assert (round(found.implied, 2), round(2_065 / 124, 2), round(found.ratio, 1)) == (57.96, 16.65, 3.5)
    assert found.query


def test_buckinghamshire_saves_587_thousand_and_keeps_its_income_apart() -> None:
    case = appraised("buckinghamshire")
    assert real(case) == [0, 587_000, 587_000, 587_000, 587_000]
    assert real(case, "income")[1] == 111_000
    assert real(case, "income")[4] == 151_000
    assert all(
        reconciled(tuple(one.parts.values()), stated=one.total).agrees for one in case.definition.projects[0].counts
    )


def test_hertfordshire_brings_its_base_to_24_3_million_with_half_the_investment_from_outside() -> None:
    case = appraised("hertfordshire")
    assert 25_800_000 - real(case)[1] == 24_300_000
    assert (real(case, "one_off_cost")[0], real(case, "one_off_saving")[0]) == (5_000_000, 2_500_000)
    first, second = case.definition.projects[0].outturns
    assert (first.short, second.short) == (-500_000, 0)


def test_the_forecast_of_hertfordshire_is_no_more_than_its_money_back_in_two_years() -> None:
    assert payback(net(appraised("hertfordshire"))) == pytest.approx(2.0)  # 1.5 + 1.0 = 2.5


def test_kirklees_is_37_per_cent_short_and_24_after_what_was_found_since() -> None:
    outturns = definition("kirklees").projects[0].outturns
    planned, delivered = sum(one.planned for one in outturns), sum(one.delivered for one in outturns)
    recovered = sum(one.recovered for one in outturns)
    assert (planned, delivered, recovered) == (27_700_000, 17_400_000, 3_600_000)
    assert planned - delivered - recovered == 6_700_000
    assert [round(float(100 * part / planned), 1) for part in (planned - delivered, 6_700_000)] == [37.2, 24.2]
    assert round(float(-100 * outturns[1].short / outturns[1].planned), 1) == 38.5  # 2.5 of 6.5, printed as 39%


def test_kirklees_needs_more_than_a_million_a_year_to_pay_back_in_less_than_six_years() -> None:
    assert payback(net(appraised("kirklees"), "investment")) == pytest.approx(6.0)


def test_two_projects_on_one_line_of_kirklees_save_28_and_not_30_per_cent() -> None:
    case = appraised("kirklees")
    both = real(case, project="self_service")[1] + real(case, project="restructure")[1]
    assert both == pytest.approx(2_800_000, abs=1)  # 10m x (1 - 0.9 x 0.8)


def test_the_lines_of_manchester_make_up_its_variance() -> None:
    lines = definition("manchester").projects[0].outturns
    assert [one.short for one in lines] == [-800_000, 100_000, 0, -800_000, -2_100_000]
    assert sum(one.short for one in lines) == -3_600_000
    planned, delivered = ([float(getattr(one, what)) / 1e6 for one in lines] for what in ("planned", "delivered"))
    assert reconciled(planned, stated=4.6, printed_to=0.1).agrees  # 4.5 as the lines are printed
    assert reconciled(delivered, stated=1.0, printed_to=0.1).agrees  # 0.9


def test_the_plan_of_manchester_brings_57_3_to_52_7_and_48_0_million_before_growth() -> None:
    case = appraised("manchester", "without_growth")
    assert [57_300_000 - saving for saving in real(case)[:3]] == [57_300_000, 52_700_000, 48_000_000]


def test_growth_of_5_per_cent_takes_3_million_of_the_saving_of_manchester() -> None:
    case = appraised("manchester")
    line = case.compiled.programme.lines[0]
    grown = line.base[0] * 1.05 - line.base[0]
    assert grown == pytest.approx(2_865_000)  # 5% of 57.3m, the low end of "3 to 5m"
    assert round(57 / 0.05) == 1_140  # children planned for


@pytest.mark.parametrize("scenario", ["base", "late", "early"])
def test_every_timing_of_manchester_ends_at_13_million(scenario: str) -> None:
    assert real(appraised("manchester-timing", scenario))[4] == 13_000_000


def test_merseyside_pays_back_in_44_years_or_40_and_a_half_with_the_receipt() -> None:
    assert payback(net(appraised("merseyside", "no_receipt"))) == pytest.approx(8.8 / 0.2)
    assert payback(net(appraised("merseyside"))) == pytest.approx((8.8 - 0.7) / 0.2)
    assert appraised("merseyside").net_present_value < 0


def test_the_capital_of_merseyside_is_split_by_floor_space() -> None:
    case = appraised("merseyside")
    paid = {code: case.flows(partner=code)["one_off_cost"][0] for code in case.definition.codes}
    assert paid == {"E23000004": 0.75 * 8_800_000, "E31000041": 0.25 * 8_800_000}


def test_toxteth_has_5_7_of_about_6_million() -> None:
    assert real(appraised("toxteth"), "one_off_saving")[0] == 2_800_000 + 600_000 + 2_300_000 == 5_700_000
    assert round(appraised("toxteth").net_present_value) == -300_000


def test_north_dorset_saves_556_080_at_two_centres() -> None:
    case = appraised("north-dorset")
    assert real(case, project="gillingham")[1] == 354_850
    assert real(case, project="blandford")[1] == 356_500 - 155_270 == 201_230
    assert real(case)[1] == 556_080


def test_the_grant_of_north_dorset_takes_eleven_years_of_the_saving_it_was_given_for() -> None:
    assert payback(net(appraised("north-dorset"), "gillingham")) == pytest.approx(4_000_000 / 354_850)


def test_north_somerset_saves_in_two_stages() -> None:
    case = appraised("north-somerset")
    stages = [real(case, project=project) for project in ("remodelling", "contract")]
    assert [sum(year) for year in zip(*stages, strict=True)][1:3] == [485_000, 485_000 + 280_000]
    assert round(100 * 765_000 / 2_800_000, 1) == 27.3


def test_the_uplift_of_north_somerset_is_rpi_less_three_points_and_never_below_zero() -> None:
    case = appraised("north-somerset")
    place = [stream.key for stream in case.central.streams].index("uplift.price.price")
    price = [-round(amount) for amount in case.in_cash(case.central.flows[place])[2:6]]
    # RPI 2.5, 5, 3 and 4%: in the first year the price as let; then +2%, +0% and +1%.
    assert price == [2_035_000, 2_075_700, 2_075_700, 2_096_457]


def test_north_somerset_is_made_good_below_its_target_and_pays_half_above_it() -> None:
    case = appraised("north-somerset-gain-share")
    assert sum(real(case)) == 1_100_000
    assert real(case, "income")[1] == 80_000 - 55_000
    assert real(case, "running_cost")[2] == (89_000 - 80_000) / 2
    assert real(case, "running_cost")[7] == (260_000 - 150_000) / 2


def test_the_other_terms_each_come_to_their_sum() -> None:
    case = appraised("other-terms")
    assert real(case, "income", project="profit")[1] == (60_000 - 40_000) / 2
    assert real(case, project="ratchet")[1:4] == [60_000, 63_000, 66_150]
    assert real(case, project="crews")[1] == 1_000_000 - 4 * 220_000 * 1.05
    assert real(case, "non_cashable", project="rising")[:4] == [0, 0, 60_000, 121_800]  # 2m x (1.03^years - 1)
    assert real(case, "running_cost", project="together") == [0, 24_000, 12_000, 0, 0, 0, 0]
    assert real(case, "income", project="contributions") == [0, 50_000, 50_000, 20_000, 20_000, 20_000, 20_000]
    assert real(case, "income", project="renewed") == [0, 10_000, 10_000, 10_000, 0, 0, 0]  # .75^2 > .5 > .75^3


def test_a_broken_contract_stops_the_saving_as_often_as_its_chance_says() -> None:
    case = appraised("other-terms")
    ends = case.compiled.programme.paths["path|broken.saving"]
    drawn = np.linspace(0, 1, 10_001)[:-1]
    lasting = ends.factors({"end|broken.from_year_four": drawn}, years=7, lanes=drawn.size).mean(axis=1)
    assert lasting.round(3).tolist() == [1, 1, 1, 1, 0.8, 0.64, 0.512]


def test_claims_made_online_follow_the_share_that_is_online() -> None:
    claims = definition("e-claims").projects[0].effects[0]
    assert claims.volume.value == 12 * 1_473
    assert real(appraised("e-claims"))[1] == round(6.5 * 12 * 1_473 * (0.78 - 0.29))
    assert real(appraised("e-claims"))[2] == round(6.5 * 12 * 1_473 * (0.99 - 0.29))


def test_counts_and_shares_of_claims_imply_the_published_totals() -> None:
    uptakes = definition("e-claims").projects[0].uptakes
    totals = [int(implied_total(one.count, share=one.share).total + 0.5) for one in uptakes]
    assert totals[:6] == [1_862, 1_813, 1_323, 1_618, 1_612, 1_473]
    assert totals[6:] == [3_011, 4_107, 2_513, 2_675, 2_819, 2_765]


def test_sheffield_booked_1_5_million_and_realised_242_thousand() -> None:
    outturns = definition("sheffield").projects[0].outturns[:2]
    planned, delivered = sum(one.planned for one in outturns), sum(one.delivered for one in outturns)
    assert (planned, delivered) == (1_500_000, 242_000)
    assert round(float(delivered / planned), 3) == 0.161
    assert real(appraised("sheffield")) == [0, 0, 242_000, 492_000]


def test_the_green_book_prefers_option_b() -> None:
    a, b = appraised("green-book"), appraised("green-book", "option_b")
    assert (round(a.net_present_value / 1e6, 4), round(b.net_present_value / 1e6, 4)) == (-0.8173, 0.5096)
    factors = b.compiled.programme.factors
    assert payback(net(b)) == pytest.approx(10 / 3)
    assert round(discounted_payback(net(b), factors), 3) == 3.610
    assert npv(net(b), factors) == pytest.approx(b.net_present_value)


def test_three_projects_on_one_line_save_27_325_per_cent_of_it() -> None:
    case = appraised("overlap")
    parts = [case.flows(project=key)["cashable"][1] / 10_000 for key in ("first", "second", "third")]
    assert [round(part, 4) for part in parts] == [9.0201, 13.9136, 4.3913]
    assert sum(parts) == pytest.approx(100 * (1 - 0.90 * 0.85 * 0.95)) == pytest.approx(27.325)


def test_no_single_total_fits_the_months_of_claims_and_of_changes() -> None:
    """540 / 29% = 1,862 and 860 / 65% = 1,323 cannot both be of the same claims."""
    told = [one for one in stated_findings(definition("e-claims")) if one.code == "totals-differ"]
    assert [dict(one.values) for one in told] == [
        {"item": "claims", "low": "1,323", "high": "1,862"},
        {"item": "changes", "low": "2,513", "high": "4,107"},
    ]


def test_the_parts_of_three_projects_on_one_line_add_up_in_every_way_of_telling_them_apart() -> None:
    """DBL-1: 10, 15 and 5%; by logarithms 9.0201, 13.9136 and 4.3913, in order 10, 13.5 and 3.825."""
    table = overlap_table(appraised("overlap"))
    assert table.column("log")[:3] == pytest.approx((0.090201, 0.139136, 0.043913), abs=5e-7)
    assert table.column("shapley")[:3] == pytest.approx((0.09025, 0.13900, 0.04400), abs=5e-6)
    assert table.column("sequential")[:3] == pytest.approx((0.10, 0.135, 0.03825))
    assert table.rows[3][3:] == pytest.approx((0.27325,) * 3)


def test_27_per_cent_of_200_million_implies_budgets_from_247_to_741_million() -> None:
    """200 / 3 / .27, 200 / (.09 + .18 + .27), and 200 / .27 where each year has a third of the percentage."""
    found = definition("headline")
    budgets = claims_table(found).column("budget")
    assert budgets == pytest.approx((200e6 / 3 / 0.27, 200e6 / 0.54, 200e6 / 0.27))
    (said,) = [one for one in stated_findings(found) if one.code == "claim-undeclared"]
    assert "from £246,913,580 to £740,740,741 a year" in said.text()
