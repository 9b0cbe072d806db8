"""Unit costs: what a service costs per unit of what it is there for, with the reason where it cannot be said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from consortia.findings import msgid
from consortia.study import Return, Volume
from consortia.study.tables import empty_table

SCHEMA: Mapping[str, pl.DataType] = {
    "partner": pl.String(),
    "year": pl.String(),
    "service": pl.String(),
    "measure": pl.String(),
    "amount_pence": pl.Int64(),
    "denominator": pl.String(),
    "volume": pl.Float64(),
    "unit_cost": pl.Float64(),
    "price_base": pl.String(),
    "reason_missing": pl.String(),
}
# The reason is the first that applies, in this order.
REASONS: Mapping[str, str] = {
    "not_provided": "This class of authority does not provide the service.",
    "amount_not_known": "The amount is not known.",
    "no_denominator": "The service has no agreed denominator.",
    "volume_not_known": "The volume is not known.",
    "volume_zero": "The volume is zero, and nothing can be divided by it.",
}
CAVEATS = (
    msgid(
        "Counties and districts share an area between them: compare a service only with authorities that provide it."
    ),
    msgid("A unit cost says what is spent, not what is needed: density, deprivation and quality differ."),
    msgid("A service that another council hosts shows its cost there and too little here."),
)


def volume_table(returns: Iterable[Return]) -> pl.DataFrame:
    """The volumes of several returns as one table: partner, year, measure, value (units of the measure)."""
    tables = [each.volumes.with_columns(partner=pl.lit(each.partner)) for each in returns]
    empty = empty_table(Volume).with_columns(partner=pl.lit(""))
    return pl.concat([empty, *tables]).select("partner", "year", "measure", "value")


def unit_costs(
    lines: pl.DataFrame, denominators: pl.DataFrame, *, per: Mapping[str, str], measure: str = "total_cost"
) -> pl.DataFrame:
    """Gives pounds per unit, in the price base of the lines, for every partner, year and service of one measure.

    `lines`: partner, year, service, measure, status, amount_pence, price_base, as harmonised; `denominators`:
    partner, year, measure, value; `per`: the denominator of each service (of its head where it has none itself).
    A denominator that is missing or zero gives no unit cost, and `reason_missing` says why (a key of `REASONS`).
    ValueError when a volume stands twice. Method: methods page "comparison".
    """
    chosen = lines.filter(pl.col("measure") == measure).with_columns(denominator=_denominator(lines, per, measure))
    volumes = denominators.select("partner", "year", denominator="measure", volume=pl.col("value").cast(pl.Float64))
    _check_no_twins(volumes)
    joined = chosen.join(volumes, on=["partner", "year", "denominator"], how="left", maintain_order="left")
    reasoned = joined.with_columns(reason_missing=_reason())
    # Pence to pounds: the one division that turns an exact amount into a ratio.
    cost = pl.col("amount_pence") / 100 / pl.col("volume")
    known = pl.when(pl.col("reason_missing") == "").then(cost)
    return reasoned.with_columns(unit_cost=known).select(list(SCHEMA))


def _denominator(lines: pl.DataFrame, per: Mapping[str, str], measure: str) -> pl.Series:
    services = lines.filter(pl.col("measure") == measure)["service"].to_list()
    return pl.Series([_named(service, per) for service in services], dtype=pl.String)


def _named(service: str, per: Mapping[str, str]) -> str | None:
    """The denominator of the service, or of the nearest service above it."""
    while service not in per and "." in service:
        service = service.rpartition(".")[0]
    return per.get(service)


def _reason() -> pl.Expr:
    conditions = {
        "not_provided": pl.col("status") == "not_provided",
        "amount_not_known": (pl.col("status") != "known") | pl.col("amount_pence").is_null(),
        "no_denominator": pl.col("denominator").is_null(),
        "volume_not_known": pl.col("volume").is_null(),
        "volume_zero": pl.col("volume") == 0,
    }
    return pl.coalesce(*(pl.when(test).then(pl.lit(reason)) for reason, test in conditions.items()), pl.lit(""))


def _check_no_twins(volumes: pl.DataFrame) -> None:
    twins = volumes.filter(volumes.select("partner", "year", "denominator").is_duplicated())
    if not twins.is_empty():
        partner, year, measure = twins.row(0)[:3]
        raise ValueError(f"the volume '{measure}' of {partner} in {year} stands twice")
