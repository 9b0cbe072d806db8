"""The bridge: as returned, then each step, to the harmonised amount, by partner, service and cost type, to the penny.

The steps of `harmonise` are opened into the lines that made them. Steps that no line states by itself (academic years,
price base) are worked out by cost type; the pence that rounding leaves over go to the largest, so that every row and
every column of the bridge adds up to the harmonised lines.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from consortia.costing.harmonise import STEPS, Harmonised
from consortia.costing.ledger import COST_PARTS, INCOME_PARTS, PLACE
from consortia.periods import MONTHS_OF_EARLIER_ACADEMIC_YEAR
from consortia.study.adjustments import PREFIX

KEY = [*PLACE, "measure"]
TYPE = [*KEY, "cost_type"]
COLUMNS = [*TYPE, "order", "step", "amount_pence", "line_key"]
# Steps that no line states by itself.
WORKED_OUT = ("time_basis", "price_base", "hosted_services")
TAKEN_OUT = ("recharges", "support_services", "capital_charges")
PARTS_OF = {"total_expenditure": COST_PARTS, "total_income": INCOME_PARTS}
INCOME_TYPES = (*INCOME_PARTS, "total_income")
# How much of each side stands in a measure: net current expenditure is cost less income, and so on.
SIGNS = pl.DataFrame(
    [
        ("cost", "total_cost", 1), ("income", "income", 1),
        ("cost", "net_current_expenditure", 1), ("income", "net_current_expenditure", -1),
        ("net", "net_current_expenditure", 1),
        ("cost", "net_revenue_expenditure", 1), ("income", "net_revenue_expenditure", -1),
        ("net", "net_revenue_expenditure", 1), ("grants", "net_revenue_expenditure", -1),
    ],
    schema={"side": pl.String, "measure": pl.String, "sign": pl.Int64},
    orient="row",
)  # fmt: skip


def bridge(harmonised: Harmonised, costs: pl.DataFrame, *, deflators: Mapping[str, float]) -> pl.DataFrame:
    """The bridge of harmonised lines: partner, year, service, measure, cost_type, order, step, amount_pence, line_key.

    `costs` and `deflators` are those that `harmonise` was given. For every line that is known the amounts add up to
    its `amount_pence`, and those of one step to that step. `line_key` names the one source line of the row, "" where
    the row is worked out. Cost type is the measure of the source line; a total is opened into the parts that the source
    states beside it, and what they leave over stays under the total.
    """
    stated = harmonised.lines.filter(~pl.col("derived")).select(KEY)
    steps = harmonised.steps.join(stated, on=KEY, how="semi", maintain_order="left")
    opened = _opened(steps, costs)
    timed = _timed(opened, steps, harmonised.exclusions, costs)
    priced = _priced(pl.concat([opened, timed]), steps, _ratios(harmonised, deflators))
    hosted = _hosted(steps)
    rows = pl.concat([opened, timed, priced, hosted])
    whole = pl.concat([rows, _derived_heads(rows, harmonised.lines)])
    return whole.filter((pl.col("amount_pence") != 0) | (pl.col("line_key") != "")).sort(
        *KEY, "order", "cost_type", "line_key"
    )


def by_cost_type(rows: pl.DataFrame) -> pl.DataFrame:
    """The bridge added up to one row for each partner, year, service, measure, cost type and step."""
    return rows.group_by([*TYPE, "order", "step"]).agg(pl.col("amount_pence").sum()).sort(*KEY, "order", "cost_type")


def source_cells(rows: pl.DataFrame, costs: pl.DataFrame) -> pl.DataFrame:
    """The rows of the bridge that a source line states, each with its heading, file, sheet, cell and source amount."""
    cells = costs.select(
        "partner", pl.col("key").alias("line_key"), "heading", "file", "sheet", "cell",
        pl.col("amount_pence").alias("source_pence"),
    )  # fmt: skip
    keyed = rows.filter(pl.col("line_key") != "")
    return keyed.join(cells, on=["partner", "line_key"], how="left", maintain_order="left")


def _opened(steps: pl.DataFrame, costs: pl.DataFrame) -> pl.DataFrame:
    """Each step that lines state, line by line, and what of it no line states (re-apportioned support services)."""
    lines = costs.select(
        "partner", pl.col("key").alias("line_key"), pl.col("measure").alias("cost_type"),
        pl.col("amount_pence").alias("source_pence"),
    )  # fmt: skip
    keyed = (
        steps.filter(pl.col("line_key") != "")
        .with_columns(pl.col("line_key").str.split("; "))
        .explode("line_key")
        .join(lines, on=["partner", "line_key"], how="inner", maintain_order="left")
        .with_columns(sign=_sign())
        .with_columns(amount_pence=pl.col("source_pence") * pl.col("sign"))
    )
    keyed = _by_parts(keyed, costs, group=[*KEY, "step"]).select(COLUMNS)
    stated = keyed.group_by([*KEY, "step"]).agg(pl.col("amount_pence").sum().alias("stated"))
    rest = (
        steps.filter(~pl.col("step").is_in(WORKED_OUT))
        .join(stated, on=[*KEY, "step"], how="left", maintain_order="left")
        .with_columns(
            amount_pence=pl.col("amount_pence") - pl.col("stated").fill_null(0),
            cost_type=pl.lit("support_services"),
            line_key=pl.lit(""),
        )
    )
    return pl.concat([keyed, rest.filter(pl.col("amount_pence") != 0).select(COLUMNS)])


def _by_parts(rows: pl.DataFrame, costs: pl.DataFrame, *, group: list[str]) -> pl.DataFrame:
    """The totals of the source opened into the parts that it states beside them.

    What the parts leave over stays with the total. `rows` have a `sign`; adjustments of a total are no part of it.
    """
    totals = rows.filter(pl.col("cost_type").is_in(list(PARTS_OF)) & ~pl.col("line_key").str.starts_with(PREFIX))
    first = totals.unique([*group, "cost_type"], keep="first", maintain_order=True)
    parts = (
        first.drop("amount_pence")
        .join(_known_parts(costs), on=[*PLACE, "cost_type"], maintain_order="left")
        .with_columns(amount_pence=pl.col("part_pence") * pl.col("sign"))
    )
    taken = parts.group_by([*group, "cost_type", "line_key"]).agg(pl.col("amount_pence").sum().alias("taken"))
    left_over = (
        rows.join(taken, on=[*group, "cost_type", "line_key"], how="left", maintain_order="left")
        .with_columns(pl.col("amount_pence") - pl.col("taken").fill_null(0))
        .filter((pl.col("amount_pence") != 0) | pl.col("taken").is_null())
    )
    opened = parts.drop("cost_type", "line_key").rename({"part_type": "cost_type", "part_key": "line_key"})
    return pl.concat([left_over.select(rows.columns), opened.select(rows.columns)])


def _known_parts(costs: pl.DataFrame) -> pl.DataFrame:
    total_of = {part: total for total, parts in PARTS_OF.items() for part in parts}
    lines = costs.filter((pl.col("status") == "known") & pl.col("measure").is_in(list(total_of)))
    return lines.filter(~pl.col("key").str.starts_with(PREFIX)).select(
        *PLACE,
        pl.col("measure").replace_strict(total_of, return_dtype=pl.String).alias("cost_type"),
        pl.col("measure").alias("part_type"),
        pl.col("key").alias("part_key"),
        pl.col("amount_pence").alias("part_pence"),
    )


def _sign() -> pl.Expr:
    """Income counts against cost in the net measures, grants in the last; what a step takes out is negative."""
    measure, kind = pl.col("measure"), pl.col("cost_type")
    against = (kind.is_in(INCOME_TYPES) & (measure != "income")) | (kind == "specific_grants")
    return pl.when(pl.col("step").is_in(TAKEN_OUT) | against).then(-1).otherwise(1)


def _timed(opened: pl.DataFrame, steps: pl.DataFrame, exclusions: pl.DataFrame, costs: pl.DataFrame) -> pl.DataFrame:
    """The step from academic to financial years by cost type: five twelfths of the year before, seven of this one."""
    converted = steps.filter(pl.col("step") == "time_basis").select(KEY)
    now = opened.join(converted, on=KEY, how="semi").group_by(TYPE).agg(pl.col("amount_pence").sum().alias("now"))
    before = pl.concat([_sides(opened), _undated_sides(exclusions, costs)])
    later = pl.col("year").str.slice(0, 4).cast(pl.Int64) + 1
    earlier = (
        before.with_columns(year=pl.format("{}-{}", later, ((later + 1) % 100).cast(pl.String).str.zfill(2)))
        .join(SIGNS, on="side")
        .with_columns(pl.col("amount_pence") * pl.col("sign"))
        .join(converted, on=KEY, how="semi")
        .group_by(TYPE)
        .agg(pl.col("amount_pence").sum().alias("earlier"))
    )
    both = now.join(earlier, on=TYPE, how="full", coalesce=True).with_columns(pl.col("now", "earlier").fill_null(0))
    months = MONTHS_OF_EARLIER_ACADEMIC_YEAR
    change = ((pl.col("earlier") - pl.col("now")) * months / 12).round().cast(pl.Int64)
    return _reconciled(both.with_columns(amount_pence=change, size=pl.col("now")), steps, "time_basis")


def _sides(opened: pl.DataFrame) -> pl.DataFrame:
    """What stands on each side before the time step, by cost type, taken from the measure that shows it plainest."""
    measure, kind = pl.col("measure"), pl.col("cost_type")
    side = (
        pl.when(measure == "total_cost").then(pl.lit("cost"))
        .when(measure == "income").then(pl.lit("income"))
        .when((measure == "net_current_expenditure") & (kind == "net_current_expenditure")).then(pl.lit("net"))
        .when((measure == "net_revenue_expenditure") & (kind == "specific_grants")).then(pl.lit("grants"))
    )  # fmt: skip
    amount = pl.when(kind == "specific_grants").then(-pl.col("amount_pence")).otherwise(pl.col("amount_pence"))
    shown = opened.with_columns(side=side, amount_pence=amount).filter(pl.col("side").is_not_null())
    return shown.select(*PLACE, "side", "cost_type", "amount_pence")


def _undated_sides(exclusions: pl.DataFrame, costs: pl.DataFrame) -> pl.DataFrame:
    """The first academic year of a partner: no line of its own, but five twelfths of it stand in the next."""
    kinds = costs.select("partner", pl.col("key").alias("line_key"), pl.col("measure").alias("cost_type"))
    left_out = exclusions.filter(pl.col("reason") == "no_earlier_academic_year")
    typed = left_out.join(kinds, on=["partner", "line_key"], how="left", maintain_order="left")
    signed = typed.select(
        *PLACE, "side", pl.col("cost_type").fill_null("support_services"), "amount_pence", "line_key",
        pl.lit(1, dtype=pl.Int64).alias("sign"),
    )  # fmt: skip
    return _by_parts(signed, costs, group=[*PLACE, "side"]).select(*PLACE, "side", "cost_type", "amount_pence")


def _priced(nominal: pl.DataFrame, steps: pl.DataFrame, ratios: pl.DataFrame) -> pl.DataFrame:
    """The step to the prices of the base year, by cost type."""
    sums = nominal.group_by(TYPE).agg(pl.col("amount_pence").sum().alias("size"))
    priced = sums.join(ratios, on="year").with_columns(
        amount_pence=(pl.col("size") * pl.col("ratio")).round().cast(pl.Int64) - pl.col("size")
    )
    return _reconciled(priced, steps, "price_base")


def _ratios(harmonised: Harmonised, deflators: Mapping[str, float]) -> pl.DataFrame:
    base = harmonised.price_base.year
    years = harmonised.steps["year"].unique().to_list() if base else []
    ratios = [deflators[str(base)] / deflators[year] for year in years]
    return pl.DataFrame({"year": years, "ratio": ratios}, schema={"year": pl.String, "ratio": pl.Float64})


def _reconciled(parts: pl.DataFrame, steps: pl.DataFrame, step: str) -> pl.DataFrame:
    """The parts of a step with its true amount: what rounding left over goes to the cost type of the largest `size`."""
    true = steps.filter(pl.col("step") == step).select(*KEY, pl.col("amount_pence").alias("true"))
    ordered = (
        parts.join(true, on=KEY, how="left")
        .sort(*KEY, pl.col("size").abs(), "cost_type", descending=[*(False for _ in KEY), True, False])
        .with_columns(first=pl.int_range(pl.len()).over(KEY) == 0, rounded=pl.col("amount_pence").sum().over(KEY))
    )
    left_over = pl.when("first").then(pl.col("true").fill_null(0) - pl.col("rounded")).otherwise(0)
    return ordered.select(
        *TYPE, pl.lit(STEPS.index(step) + 1, dtype=pl.Int64).alias("order"), pl.lit(step).alias("step"),
        pl.col("amount_pence") + left_over, pl.lit("").alias("line_key"),
    )  # fmt: skip


def _hosted(steps: pl.DataFrame) -> pl.DataFrame:
    hosted = steps.filter(pl.col("step") == "hosted_services")
    return hosted.with_columns(cost_type=pl.lit("hosted_services")).select(COLUMNS)


def _derived_heads(rows: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """The rows of sub-services once more under the heads that were added up from them."""
    derived = lines.filter(pl.col("derived") & (pl.col("status") == "known")).select(KEY)
    heads = rows.filter(pl.col("service").str.contains(".", literal=True)).with_columns(
        service=pl.col("service").str.split(".").list.first()
    )
    return heads.join(derived, on=KEY, how="semi", maintain_order="left").select(COLUMNS)
