"""The made-up costs of examples/cases/one-off-costs.yaml, each sum spelled out as it stands beside it in the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from consortia.run.programme import Appraised, appraise_projects
from consortia.run.programme.stated_tables import one_off_cost
from consortia.study.store import read_definition

CASE = Path(__file__).resolve().parents[2] / "examples" / "cases" / "one-off-costs.yaml"


@pytest.fixture(scope="module")
def found() -> Appraised:
    return appraise_projects(read_definition(CASE))


def yearly(found: Appraised, cost: str) -> list[float]:
    """What a cost comes to in 2024-25, 2025-26... for both councils together, real pounds."""
    pairs = zip(found.central.streams, found.central.flows, strict=True)
    flows = [flow for stream, flow in pairs if stream.key.startswith(f"one_service.{cost}")]
    return [round(float(amount), 2) for amount in sum(flows)[:5]]


@pytest.mark.parametrize(
    ("cost", "amounts"),
    [
        ("team", [0, 240_000, 120_000, 0, 0]),  # eighteen months
        ("both", [0, 0, 600_000 * 3 / 12, 0, 0]),
        ("system.once", [0, 0.4 * 200_000 * 1.5, 0.6 * 200_000 * 1.5, 0, 0]),
        ("system.running", [0, 0, 0, 7_000, 7_000]),
        ("pay", [0, 0, 0.5 * 2_000 * 10 * 1.25, 25_000, 25_000]),
        ("vat", [0, 0, 100_000 * 0.2 * 0.75, 15_000, 15_000]),  # the supplier goes on charging
        ("exemption", [0, 0, 60_000, 0, 0]),  # 45,000 is within 5% of 1,000,000
        ("exit", [0, 0, 1_000 * 9 * 0.5 + 300, 0, 0]),
        ("move", [0, 120 * 450 + 30_000 + 12_000, 0, 0, 0]),
        ("overheads", [0, 100_000, 60_000, 30_000, 0]),
        ("sale", [0, 0, 0, 680_000, 0]),
    ],
)
def test_each_cost_comes_to_its_sum(found: Appraised, cost: str, amounts: list[float]) -> None:
    assert yearly(found, cost) == amounts


def test_redundancy_is_by_the_statute_at_the_limit_of_its_day_in_prices_of_the_base_year(found: Appraised) -> None:
    """12 weeks each for two, 28.5 for the third, of £719, the limit from 6 April 2025; and 40,000 for a pension."""
    cash = (2 * 12 + 28.5) * 719 + 40_000
    assert yearly(found, "leavers")[1] == pytest.approx(cash / found.compiled.frame.prices[1], abs=0.01)
    assert yearly(found, "leavers.strain")[1] == pytest.approx(40_000 / found.compiled.frame.prices[1], abs=0.01)


def test_a_cost_without_a_partner_is_split_as_the_project(found: Appraised) -> None:
    (burnley, pendle) = found.definition.codes
    team = {
        stream.partner: float(flow[1])
        for stream, flow in zip(found.central.streams, found.central.flows, strict=True)
        if stream.key.startswith("one_service.team")
    }
    assert team == pytest.approx({burnley: 144_000, pendle: 96_000})


def test_running_costs_and_one_off_costs_stay_apart(found: Appraised) -> None:
    kinds = {stream.key.split(".")[1]: stream.kind for stream in found.central.streams}
    assert [key for key, kind in kinds.items() if kind == "running_cost"] == [
        "system",
        "pay",
        "vat",
        "exemption",
        "overheads",
    ]
    assert kinds["sale"] == "one_off_saving"


def test_what_is_to_be_funded_are_the_one_off_costs(found: Appraised) -> None:
    """360,000 + 150,000 + 300,000 + 4,800 + 96,000; redundancy is not stated as an amount."""
    assert one_off_cost(found.definition.projects[0]) == pytest.approx(910_800)
