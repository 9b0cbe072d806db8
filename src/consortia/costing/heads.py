"""Heads (level 1) for partners that returned only sub-services (level 2): added up, and marked as added up."""

from __future__ import annotations

import polars as pl

from consortia.costing.ledger import PLACE

KEY = [*PLACE, "measure"]


def with_heads(lines: pl.DataFrame, steps: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Adds the heads that no partner line states, with their steps; a head with an unknown part is not known.

    A head that the source states is left as it stands, so its parts are never counted in it twice.
    """
    missing = _missing_heads(lines)
    sums = missing.group_by([*PLACE[:2], "head", "measure"], maintain_order=True).agg(
        status=_status(),
        amount_pence=pl.col("amount_pence").sum(),
        nominal_pence=pl.col("nominal_pence").sum(),
        measure_basis=pl.when((pl.col("measure_basis") == "net").any()).then(pl.lit("net")).otherwise(pl.lit("gross")),
        derived=pl.lit(True),
    )
    known = pl.col("status") == "known"
    heads = sums.rename({"head": "service"}).with_columns(
        pl.when(known).then(pl.col("amount_pence")), pl.when(known).then(pl.col("nominal_pence"))
    )
    return pl.concat([lines, heads.select(lines.columns)]), pl.concat([steps, _head_steps(steps, heads, missing)])


def _missing_heads(lines: pl.DataFrame) -> pl.DataFrame:
    """The sub-service lines whose head has no line of its own in that partner's year."""
    parts = lines.filter(pl.col("service").str.contains(".", literal=True)).with_columns(
        head=pl.col("service").str.split(".").list.first()
    )
    stated = lines.select("partner", "year", pl.col("service").alias("head")).unique()
    return parts.join(stated, on=["partner", "year", "head"], how="anti", maintain_order="left")


def _status() -> pl.Expr:
    status = pl.col("status")
    return (
        pl.when((status == "not_known").any()).then(pl.lit("not_known"))
        .when((status == "known").any()).then(pl.lit("known"))
        .otherwise(pl.lit("not_provided"))
    )  # fmt: skip


def _head_steps(steps: pl.DataFrame, heads: pl.DataFrame, missing: pl.DataFrame) -> pl.DataFrame:
    known = heads.filter(pl.col("status") == "known").select(*PLACE[:2], pl.col("service").alias("head"), "measure")
    parts = missing.select(*KEY, "head").join(known, on=[*PLACE[:2], "head", "measure"], how="semi")
    keys = pl.col("line_key").filter(pl.col("line_key") != "").sort().str.join("; ")
    summed = (
        steps.join(parts, on=KEY)
        .group_by(*PLACE[:2], "head", "measure", "order", "step", maintain_order=True)
        .agg(pl.col("amount_pence").sum(), line_key=keys)
    )
    return summed.rename({"head": "service"}).select(steps.columns)
