"""The made-up savings of examples/cases/effects.yaml, each sum spelled out as it stands beside it in the file."""

from __future__ import annotations

from math import exp
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import spearmanr

from consortia.appraisal.draws import Draws
from consortia.errors import BlockedByFindings
from consortia.run.programme import Appraised, appraise_projects
from consortia.run.programme.inputs import distribution_of
from consortia.run.programme.repayments import repayment_table
from consortia.run.programme.stated_tables import stated_findings
from consortia.run.programme.tables import gap_table
from consortia.study.estimates import Estimate
from consortia.study.scenarios import with_overrides
from consortia.study.store import read_definition

CASE = Path(__file__).resolve().parents[2] / "examples" / "cases" / "effects.yaml"


@pytest.fixture(scope="module")
def found() -> Appraised:
    return appraise_projects(read_definition(CASE))


def yearly(found: Appraised, key: str) -> list[float]:
    """What an effect, cost or term comes to in each year of the central case, real pounds."""
    pairs = zip(found.central.streams, found.central.flows, strict=True)
    return [float(amount) for amount in sum(flow for stream, flow in pairs if stream.key.startswith(key))]


def test_a_part_of_a_line_grows_with_demand_and_prices_and_comes_six_months_late(found: Appraised) -> None:
    line = [1_000_000 * (1.02 * 1.01) ** t for t in range(7)]
    assert yearly(found, "care.rate") == pytest.approx([0, 0.05 * line[1], *(0.1 * year for year in line[2:])])


def test_a_better_price_is_had_on_what_can_be_let_anew(found: Appraised) -> None:
    assert yearly(found, "buying.price")[1] == pytest.approx(200_000 * 0.8 * 0.05)


@pytest.mark.parametrize(
    ("effect", "parts"),
    [
        ("straight", [1 / 3, 2 / 3, 1, 1]),
        ("fast", [1 - exp(-0.7 * t) for t in (1, 2, 3, 4)]),
        ("spreading", [(1 - exp(-0.41 * t)) / (1 + 0.38 / 0.03 * exp(-0.41 * t)) for t in (1, 2, 3, 4)]),
        ("stated", [0.29, 0.78, 0.78, 0.78]),
        ("fading", [1, 0.5, 0.25, 0.125]),
    ],
)
def test_units_come_in_along_each_curve(found: Appraised, effect: str, parts: list[float]) -> None:
    assert yearly(found, f"online.{effect}")[1:5] == pytest.approx([10 * 3_000 * 0.6 * part for part in parts])


def test_the_s_curve_has_half_midway_and_all_at_its_end(found: Appraised) -> None:
    curve = yearly(found, "online.s_curve")
    assert (curve[2], curve[4]) == pytest.approx((9_000, 18_000))
    assert curve[1] < 18_000 / 4


def test_below_its_minimum_scale_a_project_costs_and_saves_nothing(found: Appraised) -> None:
    assert yearly(found, "small.saving") == [0] * 7
    assert yearly(found, "small.system")[1] == 40_000


def test_each_range_has_its_mean_in_the_central_case(found: Appraised) -> None:
    assert yearly(found, "ranges.three_points")[1] == pytest.approx(10_000 * (0.5 + 4 * 1.0 + 1.2) / 6)
    assert yearly(found, "ranges.a_triangle")[1] == pytest.approx(10_000 * (0.5 + 1.0 + 1.2) / 3)
    sigma = (np.log(2.0) - np.log(0.5)) / 2.563103
    assert yearly(found, "ranges.ten_and_ninety")[1] == pytest.approx(10_000 * exp(sigma**2 / 2), rel=1e-6)


def test_what_an_expert_gave_as_p10_and_p90_is_p10_and_p90() -> None:
    said = Estimate(low=0.7, mode=1.0, high=1.2, ends="p10_p90")
    assert distribution_of(said).ppf(np.array([0.1, 0.9])) == pytest.approx([0.7, 1.2])


def test_percentiles_that_no_range_has_are_a_finding_with_its_place() -> None:
    estimate = {"low": 0.7, "mode": 0.7, "high": 1.2, "ends": "p10_p90"}
    study = with_overrides(read_definition(CASE), {"projects.ranges.effects.an_expert.times": estimate})
    with pytest.raises(BlockedByFindings, match=r"No pert range has P10 0\.7"):
        appraise_projects(study)


def test_a_fund_may_be_repaid_by_a_part_of_each_saving(found: Appraised) -> None:
    table = repayment_table(found)
    assert table.column("payment") == pytest.approx((40_000, 40_000, 10_000), abs=0.01)
    assert table.column("left") == pytest.approx((10_000, 10_000, 40_000), abs=0.01)
    assert "2027-28" in str(table.notes[-1])


def test_a_contractor_that_may_fail_pays_half_of_what_is_missing(found: Appraised) -> None:
    """It is likelier than not to last the six years (.95^6 = .74), so it does in the central case."""
    assert yearly(found, "contractor.saving")[1:] == [20_000] * 6
    assert yearly(found, "contractor.penalty")[1:] == pytest.approx([2_500] * 6)


def test_a_post_ends_and_four_fifths_of_it_are_delivered(found: Appraised) -> None:
    assert yearly(found, "team.clerk")[1] == pytest.approx(25_000 * 0.5 * 1.24 * 0.8)


def test_a_guarantee_is_worth_what_its_giver_is(found: Appraised) -> None:
    """Paid in .95, .9025... of the draws; in the central case the giver lasts, which is likelier than not."""
    assert yearly(found, "backed.guarantee")[1:] == pytest.approx([3_000] * 6)
    drawn = np.linspace(0, 1, 10_001)[:-1]
    (path,) = [one.path for one in found.compiled.programme.settlements if one.key.startswith("backed")]
    lasting = found.compiled.programme.paths[path].factors({f"end|{path}": drawn}, years=4, lanes=drawn.size)
    assert lasting[1:].mean(axis=1) == pytest.approx([0.95, 0.95**2, 0.95**3], abs=1e-3)


def test_ranges_that_move_together_have_the_rank_correlation_asked_for(found: Appraised) -> None:
    programme = found.compiled.programme
    names = ("ranges.three_points.times", "ranges.a_triangle.times")
    drawn = Draws.sample(
        {name: programme.inputs[name] for name in names}, count=4096, seed=1, dependence=programme.dependence
    )
    assert spearmanr(drawn[names[0]], drawn[names[1]]).statistic == pytest.approx(0.5, abs=0.02)


def test_the_funding_gap_is_held_against_the_savings_of_each_year(found: Appraised) -> None:
    table = gap_table(found)
    assert table.column("gap")[:3] == pytest.approx((0, 60_000, 150_000))
    left = zip(table.column("gap"), table.column("recurrent"), table.column("left"), strict=True)
    assert all(rest == pytest.approx(gap - closed) for gap, closed, rest in left)


def test_leavers_do_not_go_before_consultation_and_notice(found: Appraised) -> None:
    said = [one.text() for one in stated_findings(found.definition) if one.code == "leaving-too-early"]
    assert len(said) == 1
    assert "not before 2025-07-23" in said[0]
