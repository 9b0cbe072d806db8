"""What makes lines not quite comparable: recharges that do not cancel, support services split out by some only."""

from __future__ import annotations

import polars as pl

from consortia.costing.ledger import COST_PARTS, TOTAL_SERVICE
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


def support_findings(costs: pl.DataFrame) -> tuple[Finding, ...]:
    """One warning for each year in which, for the same service, only some partners show support services apart.

    On the direct basis they are taken out of those and stay inside the costs of the others.
    """
    known = costs.filter((pl.col("status") == "known") & pl.col("measure").is_in(["total_expenditure", *COST_PARTS]))
    splits = known.group_by("partner", "year", "service").agg(apart=(pl.col("measure") == "support_services").any())
    both = splits.group_by("year", "service").agg(mixed=pl.col("apart").any() & ~pl.col("apart").all())
    mixed = splits.join(both.filter("mixed"), on=["year", "service"], how="semi").filter("apart")
    by_year = mixed.group_by("year").agg(pl.col("partner").unique().sort()).sort("year")
    return tuple(_mixed(year, partners) for year, partners in by_year.iter_rows())


def _mixed(year: str, partners: list[str]) -> Finding:
    return Finding(
        "support-services-mixed",
        Severity.WARNING,
        "In {year} only {partners} show support services apart from a service's other costs; the others do not.",
        "They are taken out where shown and stay inside elsewhere: ask the others for the split before comparing.",
        values=(("year", year), ("partners", ", ".join(partners))),
    )


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
