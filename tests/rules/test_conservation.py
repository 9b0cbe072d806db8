"""Whatever partners return, no penny appears or vanishes on the way to the comparable lines."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from consortia.costing import STEPS, Harmonised, harmonise
from consortia.costing.ledger import COST_PARTS, INCOME_PARTS
from consortia.costing.overheads import apportion
from consortia.periods import FinancialYear
from consortia.study import CostLine
from consortia.study.returns import Measure
from consortia.study.tables import schema_of

YEARS = ("2023-24", "2024-25")
SERVICES = ("central", "central.payroll", "culture.libraries")
DEFLATORS = {"2023-24": 96.7, "2024-25": 100.0}
PLACE = ["partner", "year", "service"]
COST_LINES = {*COST_PARTS, "capital_charges", "total_expenditure"}
INCOME_LINES = {*INCOME_PARTS, "total_income", "internal_income"}


def _line(draw: st.DrawFn, number: int) -> dict[str, object]:
    status = draw(st.sampled_from(["known", "known", "known", "known", "not_known", "not_provided"]))
    amount = draw(st.integers(-(10**9), 10**12) | st.just(0)) if status == "known" else None
    return {
        "partner": draw(st.sampled_from("AB")),
        "key": f"line {number}",
        "year": draw(st.sampled_from(YEARS)),
        "service": draw(st.sampled_from(SERVICES)),
        "measure": draw(
            st.sampled_from((*Measure.__args__, "employees", "running_expenses", "sales_fees_charges", "other_income"))
        ),
        "amount_pence": amount,
        "status": status,
        "heading": "",
        "file": "",
        "sheet": "",
        "cell": "",
    }


@st.composite
def cost_tables(draw: st.DrawFn) -> pl.DataFrame:
    lines = [_line(draw, number) for number in range(draw(st.integers(0, 80)))]
    return pl.DataFrame(lines, schema={"partner": pl.String(), **schema_of(CostLine)})


def _harmonised(costs: pl.DataFrame, *, academic: tuple[str, ...] = ()) -> Harmonised:
    return harmonise(costs, price_base=FinancialYear(2024), deflators=DEFLATORS, academic=academic)


def _sums(table: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    return table.group_by(by).agg(pl.col("amount_pence").sum()).filter(pl.col("amount_pence") != 0).sort(by)


BASES = pytest.mark.parametrize("academic", [(), ("A",)], ids=["financial years", "one academic"])


@BASES
@given(costs=cost_tables())
@settings(max_examples=60, deadline=None)
def test_steps_add_up_to_the_amount_of_every_line(costs: pl.DataFrame, academic: tuple[str, ...]) -> None:
    result = _harmonised(costs, academic=academic)
    by = [*PLACE, "measure"]
    known = result.lines.filter(pl.col("status") == "known")
    assert_frame_equal(_sums(result.steps, by), _sums(known, by))


@BASES
@pytest.mark.parametrize(
    ("measure", "side", "lines"), [("total_cost", "cost", COST_LINES), ("income", "income", INCOME_LINES)]
)
@given(costs=cost_tables())
@settings(max_examples=60, deadline=None)
def test_amounts_and_exclusions_add_up_to_the_source(
    costs: pl.DataFrame, academic: tuple[str, ...], measure: str, side: str, lines: set[str]
) -> None:
    result = _harmonised(costs, academic=academic)
    stated = result.lines.filter(~pl.col("derived")).select(PLACE).unique()
    converting = pl.col("step").is_in(["time_basis", "price_base"])
    harmonised = result.steps.join(stated, on=PLACE, how="semi").filter((pl.col("measure") == measure) & ~converting)
    excluded = result.exclusions.filter(pl.col("side") == side)
    fates = pl.concat([table.select(*PLACE, "amount_pence") for table in (harmonised, excluded)])
    source = costs.filter(pl.col("measure").is_in(lines) & (pl.col("status") == "known"))
    assert_frame_equal(_sums(fates, PLACE), _sums(source, PLACE))


@given(costs=cost_tables(), seed=st.integers(0, 2**16))
@settings(max_examples=60, deadline=None)
def test_the_order_of_lines_and_partners_does_not_matter(costs: pl.DataFrame, seed: int) -> None:
    result = _harmonised(costs, academic=("A",))
    shuffled = _harmonised(costs.sample(fraction=1.0, shuffle=True, seed=seed), academic=("A",))
    for name in ("lines", "steps", "exclusions"):
        by = [column for column in getattr(result, name).columns if column != "amount_pence"]
        assert_frame_equal(getattr(result, name).sort(by), getattr(shuffled, name).sort(by))


@given(costs=cost_tables())
@settings(max_examples=60, deadline=None)
def test_taking_every_step_back_gives_what_was_returned(costs: pl.DataFrame) -> None:
    result = _harmonised(costs, academic=("B",))
    by = [*PLACE, "measure"]
    taken_back = result.steps.filter(pl.col("step") != "as_returned").with_columns(-pl.col("amount_pence"))
    known = result.lines.filter(pl.col("status") == "known")
    raw = pl.concat([table.select(*by, "amount_pence") for table in (known, taken_back)])
    assert_frame_equal(_sums(raw, by), _sums(result.steps.filter(pl.col("step") == "as_returned"), by))


@given(costs=cost_tables())
@settings(max_examples=60, deadline=None)
def test_net_current_expenditure_is_total_cost_less_income_where_both_are_known(costs: pl.DataFrame) -> None:
    lines = _harmonised(costs, academic=("A",)).lines.filter(pl.col("status") == "known")
    wide = lines.pivot("measure", index=PLACE, values="amount_pence")
    if {"total_cost", "income", "net_current_expenditure"} <= set(wide.columns):
        both = wide.drop_nulls(["total_cost", "income"]).filter(pl.col("net_current_expenditure").is_not_null())
        assert (both["total_cost"] - both["income"] == both["net_current_expenditure"]).all()


@given(costs=cost_tables())
@settings(max_examples=60, deadline=None)
def test_what_is_not_known_never_becomes_an_amount(costs: pl.DataFrame) -> None:
    result = _harmonised(costs)
    assert (result.lines["amount_pence"].is_null() == (result.lines["status"] != "known")).all()
    assert set(result.steps["step"]) <= set(STEPS)


@given(pot=st.integers(0, 10**12), driver=st.lists(st.floats(0, 1e6), min_size=1, max_size=20))
def test_apportioned_support_services_add_up_to_the_pot(pot: int, driver: list[float]) -> None:
    if sum(driver) > 0:
        assert sum(apportion(pot, {str(i): size for i, size in enumerate(driver)}).values()) == pot
