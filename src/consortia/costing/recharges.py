"""Recharges inside one authority must cancel: what one service charges, another pays."""

from __future__ import annotations

import polars as pl

from consortia.costing.ledger import TOTAL_SERVICE
from consortia.findings import Finding, Severity
from consortia.money import from_pence

# Step 3 of the method: GBP 1,000 or 0.1% of the recharges, whichever is larger.
TOLERANCE_PENCE = 100_000
TOLERANCE_SHARE = 0.001


def recharge_findings(costs: pl.DataFrame) -> tuple[Finding, ...]:
    """One warning for each partner and year whose internal purchases and internal income differ (heads only)."""
    heads = ~pl.col("service").str.contains(".", literal=True) & (pl.col("service") != TOTAL_SERVICE)
    sums = (
        costs.filter(heads & (pl.col("status") == "known"))
        .group_by("partner", "year")
        .agg(bought=_sum("internal_purchases"), sold=_sum("internal_income"))
        .with_columns(gap=pl.col("bought") - pl.col("sold"))
        .filter(pl.col("gap").abs() > pl.max_horizontal(TOLERANCE_PENCE, pl.col("sold").abs() * TOLERANCE_SHARE))
        .sort("partner", "year")
    )
    return tuple(_finding(row) for row in sums.iter_rows(named=True))


def _sum(measure: str) -> pl.Expr:
    return pl.col("amount_pence").filter(pl.col("measure") == measure).sum()


def _finding(row: dict[str, object]) -> Finding:
    return Finding(
        "recharges-out-of-balance",
        Severity.WARNING,
        "{partner} {year}: services bought £{bought} from each other but were paid £{sold} for it.",
        "Find the recharge that is missing at one end; until then a cost is counted twice or not at all.",
        values=(
            ("partner", str(row["partner"])),
            ("year", str(row["year"])),
            ("bought", f"{from_pence(int(str(row['bought']))):,}"),
            ("sold", f"{from_pence(int(str(row['sold']))):,}"),
        ),
    )
