"""Area cost adjustment: what a service would cost at national prices. For comparison only, never for cash savings."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaWeights:
    """Shares of a service's cost that move with local pay and with local rates (business rates of its buildings)."""

    labour: float
    rates: float


def area_factor(weights: AreaWeights, *, labour_cost: float, rates_cost: float) -> float:
    """Gives A = 1 + w_L (LCA - 1) + w_R (RCA - 1): the ratio of local to national cost; 1 means no difference."""
    return 1 + weights.labour * (labour_cost - 1) + weights.rates * (rates_cost - 1)


def area_adjusted(amount: float, factor: float) -> float:
    """Gives the amount at national prices, in its own unit and price base, for comparison only.

    Raises ValueError for a factor that is not above zero.
    """
    if factor <= 0:
        raise ValueError(f"an area cost factor must be above zero; {factor} is not")
    return amount / factor


def area_adjusted_lines(lines: pl.DataFrame, factors: pl.DataFrame) -> pl.DataFrame:
    """Adds `area_adjusted_pence` to harmonised lines from `factors` (partner, service, area_factor).

    The column stands beside `amount_pence`, which never changes; it is null where no factor is known, never unadjusted.
    """
    joined = lines.join(factors, on=["partner", "service"], how="left", validate="m:1", maintain_order="left")
    adjusted = (pl.col("amount_pence") / pl.col("area_factor")).round().cast(pl.Int64)
    return joined.with_columns(area_adjusted_pence=adjusted)
