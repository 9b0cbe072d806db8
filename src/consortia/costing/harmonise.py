"""Harmonisation: source lines to comparable lines, step by step; the steps add up to the amount, to the penny."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

import polars as pl

from consortia.costing import conversions
from consortia.costing.comparability import recharge_findings, support_findings
from consortia.costing.heads import with_heads
from consortia.costing.ledger import PLACE, STATED, entries_of, exclusions_of, judged, shares_of
from consortia.findings import Finding
from consortia.periods import FinancialYear, PriceBase

STEPS = ("as_returned", "adjustments", "recharges", "support_services", "capital_charges", "time_basis", "price_base")
MEASURES = ("total_cost", "income", "net_current_expenditure", "net_revenue_expenditure")
KEY = [*PLACE, "measure"]
Basis = Literal["direct", "reapportioned"]
SUPPORT_SCHEMA = {"partner": pl.String, "year": pl.String, "service": pl.String, "amount_pence": pl.Int64}


@dataclass(frozen=True)
class Harmonised:
    """Comparable lines, the steps that made them, and what was left out.

    `lines`: partner, year, service, level (0 the authority's total, 1 head, 2 sub-service), measure, status,
    amount_pence in `price_base` (null unless known), nominal_pence (before the price step), price_base,
    measure_basis ("gross" when the total cost is known, else "net"), derived (a head added up from sub-services).
    Heads and sub-services hold the same money: add up one level, never both.
    `steps`: partner, year, service, measure, order, step, amount_pence, line_key (source lines, "; " between keys).
    `exclusions`: partner, year, service, side, reason, amount_pence, line_key; nominal.
    """

    lines: pl.DataFrame
    steps: pl.DataFrame
    exclusions: pl.DataFrame
    price_base: PriceBase
    basis: Basis
    findings: tuple[Finding, ...] = ()


def harmonise(
    costs: pl.DataFrame,
    *,
    price_base: FinancialYear | None,
    deflators: Mapping[str, float],
    basis: Basis = "direct",
    support: pl.DataFrame | None = None,
    academic: Collection[str] = (),
) -> Harmonised:
    """Makes the partners' cost lines comparable (`costs` as from `cost_table`; nominal pence).

    Total cost = E + R + T + X + M + (I_in - I_out), without capital charges; net current expenditure = total cost -
    sales, fees and charges - other income (Revenue Outturn definition); both in the prices of `price_base`, or
    nominal when that is None. `deflators`: GDP deflator by financial year. `basis` "direct" takes recharged support
    services out; "reapportioned" puts `support` (partner, year, service, amount_pence) in their place where given.
    `academic`: partners whose years run September to August. Raises ValueError for a year without a deflator.
    """
    lines = judged(costs).join(_support(support), on=PLACE, how="left", validate="m:1", maintain_order="left")
    lines = lines.with_columns(drops_support=(basis == "direct") | pl.col("support_pence").is_not_null())
    entries = pl.concat([entries_of(lines), *([shares_of(lines)] if basis == "reapportioned" else [])])
    exclusions = exclusions_of(lines, entries)
    entries, undated = conversions.time_basis(entries, academic)
    converted = conversions.price_base(entries, price_base, deflators)
    steps = _steps(_by_measure(converted, lines))
    stated = _lines(steps, lines)
    lines_and_heads, steps = with_heads(stated, steps)
    return Harmonised(
        lines=_labelled(lines_and_heads, price_base),
        steps=steps.sort([*KEY, "order"]),
        exclusions=pl.concat([exclusions, _undated(undated)]).sort(*PLACE, "side", "reason", "line_key"),
        price_base=PriceBase(price_base),
        basis=basis,
        findings=(*recharge_findings(costs), *(support_findings(costs) if basis == "direct" else ())),
    )


def _support(support: pl.DataFrame | None) -> pl.DataFrame:
    table = pl.DataFrame(schema=SUPPORT_SCHEMA) if support is None else support.select(list(SUPPORT_SCHEMA))
    return table.rename({"amount_pence": "support_pence"})


def _by_measure(entries: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """The entries of each side signed into the measures: a measure exists where all its sides do."""
    netting = lines.select(*PLACE, "nets_itself").unique(maintain_order=True)
    entries = entries.join(netting, on=PLACE, how="left", maintain_order="left")
    sides = {name: entries.filter(pl.col("side") == name) for name in ("cost", "income", "grants", "net")}
    minus_income = _minus(sides["income"])
    both = [_where_also(sides["cost"], sides["income"]), _where_also(minus_income, sides["cost"])]
    net = pl.concat([*both, sides["net"]])
    after_grants = pl.concat([_where_also(net, sides["grants"]), _where_also(_minus(sides["grants"]), net)])
    parts = dict(zip(MEASURES, (sides["cost"], sides["income"], net, after_grants), strict=True))
    return pl.concat([table.with_columns(measure=pl.lit(name)) for name, table in parts.items()])


def _minus(entries: pl.DataFrame) -> pl.DataFrame:
    return entries.with_columns(-pl.col("amount_pence"))


def _where_also(entries: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    return entries.join(other, on=PLACE, how="semi", maintain_order="left")


def _steps(entries: pl.DataFrame) -> pl.DataFrame:
    """One row per measure and step; zero steps are left away except those that source lines state."""
    order = pl.coalesce(pl.when(pl.col("step") == step).then(number) for number, step in enumerate(STEPS, 1))
    keys = pl.col("line_key").filter(pl.col("line_key") != "").unique(maintain_order=True).sort().str.join("; ")
    summed = entries.group_by([*KEY, "step"], maintain_order=True).agg(pl.col("amount_pence").sum(), line_key=keys)
    kept = summed.filter((pl.col("step").is_in(STATED)) | (pl.col("amount_pence") != 0))
    return kept.select(*KEY, order.cast(pl.Int64).alias("order"), "step", "amount_pence", "line_key")


def _lines(steps: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Every place with every measure, known or not; net revenue expenditure only where there are specific grants."""
    sums = steps.group_by(KEY, maintain_order=True).agg(
        pl.col("amount_pence").sum(),
        nominal_pence=pl.col("amount_pence").filter(pl.col("step") != "price_base").sum(),
    )
    places = lines.select(*PLACE, "is_not_provided", "has_gross", "has_grants").unique(maintain_order=True)
    wanted = places.join(pl.DataFrame({"measure": MEASURES}), how="cross").filter(
        (pl.col("measure") != "net_revenue_expenditure") | pl.col("has_grants")
    )
    stated = wanted.join(sums, on=KEY, how="left", maintain_order="left")
    absent = pl.when("is_not_provided").then(pl.lit("not_provided")).otherwise(pl.lit("not_known"))
    return stated.select(
        *KEY,
        pl.when(pl.col("amount_pence").is_not_null()).then(pl.lit("known")).otherwise(absent).alias("status"),
        "amount_pence",
        "nominal_pence",
        pl.when("has_gross").then(pl.lit("gross")).otherwise(pl.lit("net")).alias("measure_basis"),
        pl.lit(False).alias("derived"),
    )


def _labelled(lines: pl.DataFrame, base: FinancialYear | None) -> pl.DataFrame:
    service = pl.col("service")
    level = pl.when(service == "total").then(0).otherwise(1 + service.str.count_matches(".", literal=True))
    columns = [*PLACE, "level", "measure", "status", "amount_pence", "nominal_pence", "price_base"]
    labelled = lines.with_columns(level=level.cast(pl.Int64), price_base=pl.lit(str(base) if base else "nominal"))
    return labelled.select(*columns, "measure_basis", "derived").sort(KEY)


def _undated(entries: pl.DataFrame) -> pl.DataFrame:
    reason = pl.lit("no_earlier_academic_year").alias("reason")
    left = entries.group_by([*PLACE, "side", "line_key"], maintain_order=True).agg(pl.col("amount_pence").sum())
    return left.filter(pl.col("amount_pence") != 0).select(*PLACE, "side", reason, "amount_pence", "line_key")
