"""Target costing: what a service may cost, how far it is from that, and what closes the gap.

Allowable cost = affordable budget - required saving; gap = current harmonised cost - allowable cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True)
class BudgetTarget:
    """What one partner can afford for one service, and the saving still to come out of that; whole pence, real.

    Both in the price base of the lines that they are set against.
    """

    partner: str
    service: str
    envelope_pence: int
    required_saving_pence: int = 0

    @property
    def allowable_pence(self) -> int:
        """What the service may cost."""
        return self.envelope_pence - self.required_saving_pence


@dataclass(frozen=True, slots=True)
class GapClosing:
    """A target-cost gap and the savings set against it, whole pence; `left_pence` below zero is more than needed."""

    gap_pence: int
    savings: tuple[tuple[str, int], ...]

    @property
    def left_pence(self) -> int:
        """What no saving closes yet."""
        return self.gap_pence - sum(pence for _, pence in self.savings)


def target_gaps(lines: pl.DataFrame, targets: Sequence[BudgetTarget], *, year: str, measure: str) -> pl.DataFrame:
    """One row for each target: partner, service, status, current_pence, envelope_pence, required_saving_pence,
    allowable_pence, gap_pence (above zero: too dear), in the price base of the harmonised `lines`.

    Current cost and gap are null where the cost is not known or the service is not provided.
    """  # fmt: skip
    current = lines.filter((pl.col("year") == year) & (pl.col("measure") == measure))
    current = current.select("partner", "service", "status", pl.col("amount_pence").alias("current_pence"))
    rows = [
        (one.partner, one.service, one.envelope_pence, one.required_saving_pence, one.allowable_pence)
        for one in targets
    ]
    amounts = ("envelope_pence", "required_saving_pence", "allowable_pence")
    schema = {"partner": pl.String, "service": pl.String, **dict.fromkeys(amounts, pl.Int64)}
    wanted = pl.DataFrame(rows, schema=schema, orient="row")
    joined = wanted.join(current, on=["partner", "service"], how="left", validate="m:1", maintain_order="left")
    return joined.select(
        "partner",
        "service",
        pl.col("status").fill_null("not_known"),
        "current_pence",
        *amounts,
        (pl.col("current_pence") - pl.col("allowable_pence")).alias("gap_pence"),
    )
