"""The bridge opened by cost type and cell, hosted services put where they belong, and the grade of each amount."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl
import pytest

from consortia.costing import (
    GradeScale,
    Guest,
    Harmonised,
    HostedService,
    attribute_hosted,
    bridge,
    by_cost_type,
    grade_cells,
    harmonise,
    source_cells,
)
from consortia.periods import FinancialYear

Lines = Callable[..., pl.DataFrame]
DEFLATORS = {"2023-24": 95.0, "2024-25": 100.0}


def bridged(costs: pl.DataFrame, **options: object) -> pl.DataFrame:
    given = {"price_base": FinancialYear(2024), "deflators": DEFLATORS} | options
    return bridge(harmonise(costs, **given), costs, deflators=DEFLATORS)  # type: ignore[arg-type]


def amounts(rows: pl.DataFrame) -> Mapping[tuple[str, str], int]:
    sums = by_cost_type(rows.filter(measure="total_cost"))
    return {(row["step"], row["cost_type"]): row["amount_pence"] // 100 for row in sums.iter_rows(named=True)}


def test_each_step_shows_the_cost_types_that_it_changes(lines: Lines) -> None:
    costs = lines("A", "2023-24", "planning", {
        "employees": 500, "running_expenses": 400, "support_services": 100, "capital_charges": 50,
        "internal_income": 90,
    })  # fmt: skip
    assert amounts(bridged(costs)) == {
        ("as_returned", "employees"): 500,
        ("as_returned", "running_expenses"): 400,
        ("as_returned", "support_services"): 100,
        ("as_returned", "capital_charges"): 50,
        ("recharges", "internal_income"): -90,
        ("support_services", "support_services"): -100,
        ("capital_charges", "capital_charges"): -50,
        ("price_base", "employees"): 26,  # 500 x (100/95 - 1) = 26.32
        ("price_base", "running_expenses"): 21,
        ("price_base", "internal_income"): -5,
    }


def test_a_total_is_opened_into_the_parts_beside_it_and_the_rest_stays_unsplit(lines: Lines) -> None:
    costs = lines("A", "2024-25", "planning", {"total_expenditure": 1000, "employees": 600, "running_expenses": 300})
    assert amounts(bridged(costs)) == {
        ("as_returned", "employees"): 600,
        ("as_returned", "running_expenses"): 300,
        ("as_returned", "total_expenditure"): 100,
    }


def test_academic_years_are_converted_type_by_type_even_for_the_first_year(lines: Lines) -> None:
    costs = pl.concat([
        lines("A", "2023-24", "education", {"total_expenditure": 700, "employees": 600, "running_expenses": 100}),
        lines("A", "2024-25", "education", {"total_expenditure": 820, "employees": 720, "running_expenses": 100}),
    ])  # fmt: skip
    found = amounts(bridged(costs, academic=["A"]))
    assert found["time_basis", "employees"] == -50  # 5/12 x (600 - 720)
    assert ("time_basis", "running_expenses") not in found


def test_a_head_added_up_from_its_parts_has_their_rows(lines: Lines) -> None:
    costs = pl.concat([
        lines("A", "2024-25", service, {"employees": 10, "running_expenses": 5})
        for service in ("central.payroll", "central.legal")
    ])  # fmt: skip
    head = bridged(costs).filter(service="central", measure="total_cost")
    assert head["amount_pence"].sum() == 3_000
    assert len(head) == 4


def test_rows_open_to_the_cell_that_they_came_from(lines: Lines) -> None:
    costs = lines("A", "2024-25", "planning", {"employees": 10, "running_expenses": 5}).with_columns(
        file=pl.lit("return.xlsx"), sheet=pl.lit("RO5"), cell=pl.lit("C12")
    )
    cells = source_cells(bridged(costs).filter(measure="total_cost"), costs)
    assert cells.select("file", "sheet", "cell", "source_pence").rows() == [
        ("return.xlsx", "RO5", "C12", 1_000),
        ("return.xlsx", "RO5", "C12", 500),
    ]


def three(lines: Lines) -> Harmonised:
    """Host A spends 1,000 on payroll and gets 300 from B; B spends the 300 and 50 of its own; C is not known."""
    costs = pl.concat([
        lines("A", "2024-25", "central.payroll", {"total_expenditure": 1000, "total_income": 300}),
        lines("B", "2024-25", "central.payroll", {"total_expenditure": 350, "total_income": 0}),
        lines("C", "2024-25", "central.payroll", {"employees": "not_known"}),
    ])  # fmt: skip
    return harmonise(costs, price_base=FinancialYear(2024), deflators=DEFLATORS)


def cost(found: Harmonised, partner: str, service: str = "central.payroll") -> int:
    line = found.lines.filter(partner=partner, service=service, measure="total_cost")
    return int(line["amount_pence"].item()) // 100


def test_a_hosted_service_costs_each_what_is_theirs_and_is_counted_once(lines: Lines) -> None:
    hosted = HostedService("central.payroll", "2024-25", "A", (Guest("B", 40_000, 30_000),))
    after = attribute_hosted(three(lines), [hosted], deflators=DEFLATORS)
    assert (cost(after, "A"), cost(after, "B")) == (1000 - 400, 350 + 400 - 300)
    assert (cost(after, "A", "central"), cost(after, "B", "central")) == (600, 450)
    net = after.lines.filter(service="central.payroll", measure="net_current_expenditure", status="known")
    assert net["amount_pence"].sum() == (1000 - 300 + 350) * 100


def test_a_hosted_service_with_an_unknown_cost_stays_as_returned_and_is_told(lines: Lines) -> None:
    hosted = HostedService("central.payroll", "2024-25", "A", (Guest("C", 40_000, 30_000),))
    after = attribute_hosted(three(lines), [hosted], deflators=DEFLATORS)
    assert cost(after, "A") == 1000
    assert "the cost of C is not known" in after.findings[-1].text()


SCALE = GradeScale(
    ages=(1, 2, 3, 4, 5), errors=(0.02, 0.05, 0.10, 0.15, 0.20), sources={"signed": 1, "published": 2, "budget": 3}
)


@pytest.mark.parametrize(
    ("source", "as_of", "grade"), [("signed", 2024, 1), ("published", 2024, 2), ("signed", 2029, 6)]
)
def test_a_grade_is_the_worst_of_source_and_age(
    harmonised: Callable[..., Harmonised], source: str, as_of: int, grade: int
) -> None:
    found = harmonised({"planning": {"total_expenditure": 100}})
    cells = grade_cells(found, {"A": source}, scale=SCALE, as_of=FinancialYear(as_of))
    assert cells.filter(measure="total_cost")["grade"].item() == grade


def test_what_is_estimated_lowers_the_grade(lines: Lines) -> None:
    costs = pl.concat([
        lines("A", "2023-24", "education", {"total_expenditure": 700}),
        lines("A", "2024-25", "education", {"total_expenditure": 1000}),
    ])  # fmt: skip
    found = harmonise(costs, price_base=None, deflators={}, academic=["A"])
    cells = grade_cells(found, {"A": "signed"}, scale=SCALE, as_of=FinancialYear(2024))
    line = cells.filter(year="2024-25", measure="total_cost").row(0, named=True)
    assert (line["error_grade"], line["grade"]) == (4, 4)  # 125 of 875 is 14%


def test_what_is_not_known_has_no_grade(harmonised: Callable[..., Harmonised]) -> None:
    found = harmonised({"planning": {"employees": "not_known"}})
    cells = grade_cells(found, {"A": "budget"}, scale=SCALE, as_of=FinancialYear(2024))
    assert cells["grade"].null_count() == len(cells)
    with pytest.raises(ValueError, match="no grade for hearsay"):
        grade_cells(found, {"A": "hearsay"}, scale=SCALE, as_of=FinancialYear(2024))


def test_an_adjustment_that_moves_money_between_cost_types_shows_in_both(lines: Lines) -> None:
    costs = lines("A", "2024-25", "planning", {"employees": 10, "running_expenses": 5})
    moved = lines("A", "2024-25", "planning", {"employees": -2, "running_expenses": 2})
    moved = moved.with_columns(pl.concat_str(pl.lit("adjustment:1/"), "key").alias("key"))
    found = amounts(bridged(pl.concat([costs, moved])))
    assert (found["adjustments", "employees"], found["adjustments", "running_expenses"]) == (-2, 2)
