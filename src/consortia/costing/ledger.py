"""Which source lines carry an amount into a measure, which are left out, and why: every pound has one fate."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from consortia.study import Return
from consortia.study.adjustments import PREFIX
from consortia.study.returns import CostLine
from consortia.study.tables import schema_of

PLACE = ["partner", "year", "service"]
TOTAL_SERVICE = "total"

# Without these two no total cost can be built from parts; the other parts count as nil when the source has no line.
COST_CORE = ("employees", "running_expenses")
COST_PARTS = (*COST_CORE, "third_party_payments", "transfer_payments", "support_services", "internal_purchases")
INCOME_PARTS = ("sales_fees_charges", "other_income")
SIDES = ("cost", "income", "grants", "net")
# The steps that state what the source lines hold; every later step takes out, puts in, or changes the money.
STATED = ("as_returned", "adjustments")


def cost_table(returns: Iterable[Return]) -> pl.DataFrame:
    """The cost lines of several returns as one table (partner first); nominal pence."""
    empty = pl.DataFrame(schema={"partner": pl.String(), **schema_of(CostLine)})
    tables = [each.costs.select(pl.lit(each.partner).alias("partner"), pl.all()) for each in returns]
    return pl.concat([empty, *tables])


def judged(costs: pl.DataFrame) -> pl.DataFrame:
    """Each line with what its service's lines allow: `uses_total`, `has_gross`, `has_income`, `has_net`."""
    return costs.join(_verdicts(costs), on=PLACE, how="left", maintain_order="left")


def _known(*measures: str) -> pl.Expr:
    return pl.col("measure").is_in(measures) & (pl.col("status") == "known")


def _sum(*measures: str) -> pl.Expr:
    return pl.col("amount_pence").filter(_known(*measures)).sum()


def _answered(measure: str) -> pl.Expr:
    """The source has an amount for the measure, or says that there is none to have."""
    return ((pl.col("measure") == measure) & (pl.col("status") != "not_known")).any()


def _no_gaps(measures: tuple[str, ...]) -> pl.Expr:
    return ~(pl.col("measure").is_in(measures) & (pl.col("status") == "not_known")).any()


def _total_holds(total: str, parts: tuple[str, ...]) -> pl.Expr:
    """A total counts unless it is zero over parts that are not: such a total was left empty, it is no thrift."""
    return _known(total).any() & ((_sum(total) != 0) | (_sum(*parts) == 0))


def _parts_hold(core: tuple[str, ...], parts: tuple[str, ...]) -> pl.Expr:
    return pl.all_horizontal(_answered(measure) for measure in core) & _no_gaps(parts) & _known(*parts).any()


def _verdicts(costs: pl.DataFrame) -> pl.DataFrame:
    verdicts = costs.group_by(PLACE, maintain_order=True).agg(
        uses_total=_total_holds("total_expenditure", COST_PARTS),
        uses_parts=_parts_hold(COST_CORE, COST_PARTS),
        uses_total_income=_total_holds("total_income", INCOME_PARTS),
        uses_income_parts=_parts_hold(INCOME_PARTS, INCOME_PARTS),
        has_net_line=_known("net_current_expenditure").any(),
        is_not_provided=(pl.col("status") == "not_provided").all(),
        has_grants=_known("specific_grants").any(),
    )
    return verdicts.with_columns(
        has_gross=pl.col("uses_total") | pl.col("uses_parts"),
        has_income=pl.col("uses_total_income") | pl.col("uses_income_parts"),
    ).with_columns(nets_itself=pl.col("has_gross") & pl.col("has_income"))


def entries_of(lines: pl.DataFrame) -> pl.DataFrame:
    """The signed amounts that judged lines bring to a side (cost, income, grants, net) at a step of the method."""
    known = lines.filter(pl.col("status") == "known")
    gross = known.filter("has_gross")
    measure = pl.col("measure")
    carried = [_entries(known.filter(_carries(side)), side, "as_returned") for side in SIDES]
    return pl.concat(
        [
            *carried,
            _entries(gross.filter(measure == "internal_income"), "cost", "recharges", sign=-1),
            _entries(
                gross.filter((measure == "support_services") & pl.col("drops_support")),
                "cost",
                "support_services",
                sign=-1,
            ),
            _entries(gross.filter(measure == "capital_charges"), "cost", "capital_charges", sign=-1),
        ]
    )


def shares_of(lines: pl.DataFrame) -> pl.DataFrame:
    """The re-apportioned share of support services that each service with a known cost gets."""
    places = lines.filter(pl.col("has_gross") & pl.col("support_pence").is_not_null()).unique(
        PLACE, maintain_order=True
    )
    return _entries(
        places.with_columns(amount_pence=pl.col("support_pence"), key=pl.lit("")), "cost", "support_services"
    )


def exclusions_of(lines: pl.DataFrame, entries: pl.DataFrame) -> pl.DataFrame:
    """What of the source lines is in no measure, with side and reason; nominal pence.

    For each partner, year, service and side: amounts before the time and price steps + exclusions = source lines.
    """
    known = lines.filter(pl.col("status") == "known")
    carried = pl.any_horizontal(_carries(side) for side in SIDES)
    left_out = known.filter(~carried).with_columns(_side().alias("side"), _reason().alias("reason"))
    taken_out = entries.filter(~pl.col("step").is_in(STATED)).with_columns(
        -pl.col("amount_pence"), reason=pl.col("step")
    )
    columns = [*PLACE, "side", "reason", "amount_pence", "line_key"]
    return pl.concat([left_out.rename({"key": "line_key"}).select(columns), taken_out.select(columns)])


def _entries(lines: pl.DataFrame, side: str, step: str, *, sign: int = 1) -> pl.DataFrame:
    """The lines as entries of a step; what is stated on an adjustment's own row is the step of the adjustments."""
    adjusted = pl.col("key").str.starts_with(PREFIX) & (pl.lit(step) == "as_returned")
    return lines.select(
        *PLACE,
        pl.lit(side).alias("side"),
        pl.when(adjusted).then(pl.lit("adjustments")).otherwise(pl.lit(step)).alias("step"),
        (pl.col("amount_pence") * sign).alias("amount_pence"),
        pl.col("key").alias("line_key"),
    )


def _carries(side: str) -> pl.Expr:
    """True for the lines whose amounts make up the side: the total where it holds, else the parts."""
    measure = pl.col("measure")
    if side == "cost":
        total = pl.col("uses_total") & (measure == "total_expenditure")
        parts = ~pl.col("uses_total") & pl.col("uses_parts") & measure.is_in(COST_PARTS)
        return total | parts | (pl.col("has_gross") & (measure == "capital_charges"))
    if side == "income":
        total = pl.col("uses_total_income") & (measure == "total_income")
        return total | (~pl.col("uses_total_income") & pl.col("uses_income_parts") & measure.is_in(INCOME_PARTS))
    if side == "grants":
        return measure == "specific_grants"
    return ~pl.col("nets_itself") & (measure == "net_current_expenditure")


def _side() -> pl.Expr:
    measure = pl.col("measure")
    cost = measure.is_in((*COST_PARTS, "capital_charges", "total_expenditure"))
    net = measure == "net_current_expenditure"
    return pl.when(cost).then(pl.lit("cost")).when(net).then(pl.lit("net")).otherwise(pl.lit("income"))


def _reason() -> pl.Expr:
    """Why a line that carries nothing is left out."""
    measure = pl.col("measure")
    inside = (pl.col("uses_total") & measure.is_in(COST_PARTS)) | (
        pl.col("uses_total_income") & measure.is_in(INCOME_PARTS)
    )
    totals = ("total_expenditure", "total_income", "net_current_expenditure")
    return (
        pl.when(measure == "internal_income").then(pl.lit("recharged_within_the_authority"))
        .when(inside).then(pl.lit("inside_the_total"))
        .when(measure.is_in(totals)).then(pl.lit("total_of_other_lines"))
        .otherwise(pl.lit("rest_of_the_service_not_known"))
    )  # fmt: skip
