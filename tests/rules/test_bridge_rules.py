"""Whatever partners return, the bridge adds up: to each step, to each line, and to the source cells that it opens."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from consortia.costing import Guest, HostedService, attribute_hosted, bridge, by_cost_type, harmonise, source_cells
from consortia.costing.harmonise import Basis, Harmonised
from consortia.costing.ledger import COST_PARTS, INCOME_PARTS
from consortia.periods import FinancialYear
from consortia.study import CostLine
from consortia.study.returns import Measure
from consortia.study.tables import schema_of

YEARS = ("2022-23", "2023-24", "2024-25")
SERVICES = ("central", "central.payroll", "central.legal", "culture.libraries")
DEFLATORS = {"2022-23": 91.3, "2023-24": 96.7, "2024-25": 100.0}
KEY = ["partner", "year", "service", "measure"]
USUAL = (*COST_PARTS, *INCOME_PARTS, "total_expenditure", "total_income")


@st.composite
def cost_tables(draw: st.DrawFn) -> pl.DataFrame:
    lines = [
        {
            "partner": draw(st.sampled_from("AB")),
            "key": f"line {number}",
            "year": draw(st.sampled_from(YEARS)),
            "service": draw(st.sampled_from(SERVICES)),
            "measure": draw(st.sampled_from((*Measure.__args__, *USUAL))),
            "amount_pence": draw(st.integers(-(10**9), 10**11)),
            "status": "known",
        }
        for number in range(draw(st.integers(0, 60)))
    ]
    return pl.DataFrame(lines, schema={"partner": pl.String(), **schema_of(CostLine)})


def harmonised(costs: pl.DataFrame, basis: Basis) -> Harmonised:
    shares = [("A", "2024-25", "central", 12_345), ("B", "2023-24", "central.payroll", 777)]
    columns = {"partner": pl.String, "year": pl.String, "service": pl.String, "amount_pence": pl.Int64}
    return harmonise(
        costs,
        price_base=FinancialYear(2024),
        deflators=DEFLATORS,
        basis=basis,
        support=pl.DataFrame(shares, schema=columns, orient="row"),
        academic=["B"],
    )


def sums(table: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    return table.group_by(by).agg(pl.col("amount_pence").sum()).filter(pl.col("amount_pence") != 0).sort(by)


BASES = pytest.mark.parametrize("basis", ["direct", "reapportioned"])


@BASES
@given(costs=cost_tables())
@settings(max_examples=80, deadline=None)
def test_the_bridge_adds_up_to_every_step_and_every_line(costs: pl.DataFrame, basis: Basis) -> None:
    result = harmonised(costs, basis)
    rows = bridge(result, costs, deflators=DEFLATORS)
    assert_frame_equal(sums(rows, [*KEY, "step"]), sums(result.steps, [*KEY, "step"]))
    assert_frame_equal(sums(rows, KEY), sums(result.lines.filter(pl.col("status") == "known"), KEY))
    assert_frame_equal(sums(by_cost_type(rows), KEY), sums(rows, KEY))


@BASES
@given(costs=cost_tables())
@settings(max_examples=80, deadline=None)
def test_every_row_that_a_line_states_opens_to_its_cell_and_amount(costs: pl.DataFrame, basis: Basis) -> None:
    rows = bridge(harmonised(costs, basis), costs, deflators=DEFLATORS)
    cells = source_cells(rows, costs)
    assert cells["source_pence"].null_count() == 0
    whole = cells.filter(~pl.col("cost_type").is_in(["total_expenditure", "total_income"]))
    assert (whole["amount_pence"].abs() == whole["source_pence"].abs()).all()
    worked_out = rows.filter(pl.col("line_key") == "")
    assert set(worked_out["step"]) <= {"support_services", "time_basis", "price_base"}


@given(costs=cost_tables())
@settings(max_examples=60, deadline=None)
def test_each_cost_type_is_in_the_prices_of_the_base_year_to_a_few_pence(costs: pl.DataFrame) -> None:
    rows = bridge(harmonised(costs, "direct"), costs, deflators=DEFLATORS).filter(partner="A")
    rows = rows.filter(~pl.col("service").is_in(["central"]) | (pl.col("year") == "2024-25"))
    by = [*KEY, "cost_type"]
    nominal = sums(rows.filter(pl.col("step") != "price_base"), by)
    both = nominal.join(rows.group_by(by).agg(pl.col("amount_pence").sum().alias("real")), on=by)
    ratio = both["year"].replace_strict({year: 100.0 / index for year, index in DEFLATORS.items()})
    assert ((both["real"] - both["amount_pence"] * ratio).abs() <= 10).all()


@given(
    amounts=st.lists(st.integers(0, 10**11), min_size=3, max_size=3),
    shares=st.tuples(st.integers(0, 10**10), st.integers(0, 10**10)),
    paid=st.tuples(st.integers(0, 10**10), st.integers(0, 10**10)),
)
@settings(max_examples=80, deadline=None)
def test_hosted_services_move_cost_and_make_none(
    amounts: list[int], shares: tuple[int, int], paid: tuple[int, int]
) -> None:
    rows = [
        {"partner": partner, "key": f"{partner}{measure}", "year": "2023-24", "service": "central.payroll",
         "measure": measure, "amount_pence": pence, "status": "known"}
        for partner, pence in zip("HPQ", amounts, strict=True)
        for measure in ("total_expenditure", "total_income")
    ]  # fmt: skip
    costs = pl.DataFrame(rows, schema={"partner": pl.String(), **schema_of(CostLine)})
    before = harmonise(costs, price_base=FinancialYear(2024), deflators=DEFLATORS)
    guests = tuple(Guest(partner, cost, own) for partner, cost, own in zip("PQ", shares, paid, strict=True))
    hosted = HostedService("central.payroll", "2023-24", "H", guests)
    after = attribute_hosted(before, [hosted], deflators=DEFLATORS)
    change = _totals(after) - _totals(before)
    counted_twice = sum(round(own * (100.0 / 96.7)) for own in paid)
    assert change.to_list() == [-counted_twice, 0, -counted_twice]
    by = [*KEY]
    assert_frame_equal(sums(after.steps, by), sums(after.lines.filter(pl.col("status") == "known"), by))


def _totals(result: Harmonised) -> pl.Series:
    """Income, net current expenditure and total cost of the service over all partners."""
    lines = result.lines.filter(pl.col("service") == "central.payroll")
    kept = lines.filter(pl.col("measure").is_in(["income", "net_current_expenditure", "total_cost"]))
    return kept.group_by("measure").agg(pl.col("amount_pence").sum()).sort("measure")["amount_pence"]
