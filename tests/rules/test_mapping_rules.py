"""Whatever a ledger holds and however it is mapped, no penny appears or vanishes, and order is of no account."""

from __future__ import annotations

import itertools
from dataclasses import replace
from decimal import Decimal

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from consortia.costing import cost_table, harmonise
from consortia.intake.mapping.ledger_return import LedgerReturn, return_lines, trace_line
from consortia.intake.mapping.postings import INCOME, mapped_postings
from consortia.intake.mapping.suggestions import known_targets
from consortia.study import Adjustment, CostLine, MappingLine, Return, ReturnHeader, Stated
from consortia.study.adjustments import apply_adjustments, for_the_bridge, take_back
from consortia.study.mapping import Side, check_shares
from consortia.study.tables import records_of, schema_of

CENTRES, ACCOUNTS = ("1001", "1002", "1003", ""), ("40", "41", "90", "")
NEAR = ("environmental", "environmental.waste_collection", "environmental.not_itemised")
LEDGER = {"file": pl.String, "sheet": pl.String, "row": pl.Int64, "financial_year": pl.String,
          "cost_centre_code": pl.String, "account_code": pl.String, "amount_pence": pl.Int64}  # fmt: skip
EXAMPLES = settings(max_examples=60, deadline=None)


@st.composite
def ledgers(draw: st.DrawFn) -> pl.DataFrame:
    rows = [
        (
            draw(st.sampled_from(["a.csv", "b.csv"])),
            "",
            number,
            draw(st.sampled_from(["2023-24", "2024-25", None])),
            draw(st.sampled_from(CENTRES)),
            draw(st.sampled_from(ACCOUNTS)),
            draw(st.integers(-(10**11), 10**11) | st.integers(-50, 50)),
        )
        for number in range(2, draw(st.integers(2, 40)))
    ]
    return pl.DataFrame(rows, schema=LEDGER, orient="row")


@st.composite
def splits(draw: st.DrawFn, side: Side, local: str) -> list[MappingLine]:
    """One code over up to four targets; the last share is what the others leave."""
    # A head and its lines are drawn together often: that is where money could be counted twice or not at all.
    near = st.sampled_from(NEAR) if side == "service" else st.nothing()
    targets = draw(st.lists(near | st.sampled_from(known_targets(side)), min_size=1, max_size=4, unique=True))
    cuts = sorted(draw(st.sets(st.integers(1, 999_999), min_size=len(targets) - 1, max_size=len(targets) - 1)))
    edges = [0, *cuts, 1_000_000]
    shares = [Decimal(after - before) / 1_000_000 for before, after in itertools.pairwise(edges)]
    return [
        MappingLine(side=side, local=local, target=target, share=share, by="Ann")
        for target, share in zip(targets, shares, strict=True)
    ]


@st.composite
def mappings(draw: st.DrawFn) -> list[MappingLine]:
    """A mapping of some of the codes, so that some postings stay unmapped."""
    lines: list[MappingLine] = []
    for side, codes in (("service", CENTRES), ("cost_type", ACCOUNTS)):
        for code in codes:
            lines += draw(splits(side, code)) if code and draw(st.booleans()) else []
    return lines


def ledger_total(result: LedgerReturn) -> int:
    """Costs less income, and what was left out."""
    sign = pl.when(pl.col("measure").is_in(INCOME)).then(-1).otherwise(1)
    return int(result.costs.select((pl.col("amount_pence") * sign).sum()).item()) + int(
        result.exclusions["amount_pence"].sum()
    )


@EXAMPLES
@given(ledgers(), mappings())
def test_the_lines_and_the_exclusions_add_up_to_the_ledger(ledger: pl.DataFrame, mapping: list[MappingLine]) -> None:
    check_shares(mapping)
    assert ledger_total(return_lines(ledger, mapping)) == ledger["amount_pence"].sum()


PAY = (MappingLine(side="service", local="pay", target="housing", by="Ann"),
       MappingLine(side="cost_type", local="pay", target="employees", by="Ann"),
       MappingLine(side="cost_type", local="fee", target="sales_fees_charges", by="Ann"))  # fmt: skip
FEES = -(10**12)


def with_pay(ledger: pl.DataFrame) -> pl.DataFrame:
    """The ledger with pay and income in each year, so that what has no posting is known to be nil."""
    years = enumerate(("2023-24", "2024-25"), 1)
    each = (("pay", 1), ("fee", FEES))
    rows = [("c.csv", "", number, year, "pay", code, pence) for number, year in years for code, pence in each]
    return pl.concat([ledger, pl.DataFrame(rows, schema=LEDGER, orient="row")])


@EXAMPLES
@given(ledgers(), mappings())
def test_heads_and_unmapped_and_what_was_left_out_add_up_to_the_ledger(ledger, mapping) -> None:
    whole = with_pay(ledger)
    made = return_lines(whole, [*mapping, *PAY])
    returned = replace(Return.empty(ReturnHeader(partner="E1")), costs=made.costs)
    found = harmonise(cost_table([returned]), price_base=None, deflators={})
    heads = found.lines.filter((pl.col("level") == 1) & (pl.col("measure") == "net_current_expenditure"))
    assert heads.filter(pl.col("status") != "known").is_empty()
    grants = int(made.costs.filter(pl.col("measure") == "specific_grants")["amount_pence"].sum())
    sign = pl.when(pl.col("side") == "cost").then(1).otherwise(-1)
    apart = int(found.exclusions.select((pl.col("amount_pence") * sign).sum()).item())
    left_out = int(made.exclusions["amount_pence"].sum())
    assert int(heads["amount_pence"].sum()) + apart - grants + left_out == whole["amount_pence"].sum()


@EXAMPLES
@given(ledgers(), mappings())
def test_what_was_left_out_is_the_same_by_file_and_by_code(ledger, mapping) -> None:
    made = return_lines(ledger, mapping, years=["2024-25"])
    by_code = sum((one.amount for one in made.left_out), Decimal(0))
    assert by_code * 100 == made.exclusions["amount_pence"].sum()


@EXAMPLES
@given(ledgers(), mappings())
def test_the_parts_of_every_posting_add_up_to_it(ledger: pl.DataFrame, mapping: list[MappingLine]) -> None:
    parts = mapped_postings(ledger, mapping).group_by("row").agg(pl.col("ledger_pence").sum()).sort("row")
    assert parts["ledger_pence"].to_list() == ledger.sort("row")["amount_pence"].to_list()


@EXAMPLES
@given(ledgers(), mappings(), st.randoms(use_true_random=False))
def test_the_order_of_rows_files_and_mapping_lines_is_of_no_account(ledger, mapping, random) -> None:
    order, shuffled = list(range(ledger.height)), list(mapping)
    random.shuffle(order)
    random.shuffle(shuffled)
    first, second = return_lines(ledger, mapping), return_lines(ledger[order], shuffled)
    assert first.costs.equals(second.costs)
    assert first.exclusions.equals(second.exclusions)


@EXAMPLES
@given(ledgers(), ledgers(), mappings())
def test_the_order_of_the_partners_is_of_no_account(first, second, mapping) -> None:
    returns = [
        replace(Return.empty(ReturnHeader(partner=code)), costs=return_lines(ledger, mapping).costs)
        for code, ledger in (("E1", first), ("E2", second))
    ]
    forward, backward = (
        harmonise(cost_table(order), price_base=None, deflators={}) for order in (returns, returns[::-1])
    )
    assert forward.lines.equals(backward.lines)
    assert forward.steps.equals(backward.steps)


@EXAMPLES
@given(ledgers(), mappings())
def test_every_line_opens_down_to_the_rows_that_make_it(ledger: pl.DataFrame, mapping: list[MappingLine]) -> None:
    costs = return_lines(ledger, mapping).costs.filter(pl.col("file") != "")
    for line in records_of(CostLine, costs.head(3)):
        assert isinstance(line, CostLine)
        assert line.amount is not None
        assert trace_line(ledger, mapping, line)["amount_pence"].sum() == line.amount * 100


@st.composite
def adjusted_costs(draw: st.DrawFn) -> tuple[pl.DataFrame, list[Adjustment]]:
    """Cost lines and a chain of adjustments on them, each made from what stands there at the time."""
    amounts = draw(st.lists(st.integers(-(10**9), 10**9) | st.none(), min_size=1, max_size=6))
    lines = [
        {**dict.fromkeys(schema_of(CostLine), ""), "key": str(n), "amount_pence": pence,
         "status": "not_known" if pence is None else "known"}
        for n, pence in enumerate(amounts)
    ]  # fmt: skip
    now = dict(enumerate(amounts))
    changes = []
    for number in range(draw(st.integers(0, 8))):
        line, after = draw(st.sampled_from(sorted(now))), draw(st.integers(-(10**9), 10**9) | st.none())
        changes.append(
            Adjustment(
                key=f"change-{number}", line=str(line), before=_stated(now[line]), after=_stated(after), by="Ann",
                on="2026-04-30", reason="drawn", standing=draw(st.sampled_from(["applied", "accepted", "contested"])),
            )
        )  # fmt: skip
        now[line] = after
    return pl.DataFrame(lines, schema=schema_of(CostLine)), changes


def _stated(pence: int | None) -> Stated:
    return Stated(status="not_known") if pence is None else Stated(amount=Decimal(pence) / 100)


@EXAMPLES
@given(adjusted_costs())
def test_taking_every_adjustment_back_gives_the_raw_data(drawn: tuple[pl.DataFrame, list[Adjustment]]) -> None:
    costs, changes = drawn
    assert take_back(apply_adjustments(costs, changes), changes).equals(costs)


@EXAMPLES
@given(adjusted_costs())
def test_the_rows_of_the_bridge_add_up_to_the_adjusted_lines(drawn: tuple[pl.DataFrame, list[Adjustment]]) -> None:
    costs, changes = drawn
    assert (
        for_the_bridge(costs, changes)["amount_pence"].sum() == apply_adjustments(costs, changes)["amount_pence"].sum()
    )
