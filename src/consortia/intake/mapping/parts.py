"""The part of a posting that a split code gives to one target: the posting as the file has it, the share, and why."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import polars as pl

from consortia.intake.mapping.codes import SIDES
from consortia.money import from_pence
from consortia.study import MappingLine
from consortia.study.mapping import Side


def with_shares(rows: pl.DataFrame, mapping: Iterable[MappingLine]) -> pl.DataFrame:
    """Mapped postings with `share`, a fraction as text ("" for a whole posting), and `reason` of the split."""
    lines = [line for line in mapping if line.share < 1]
    for side in SIDES:
        on = [f"local_{side}", f"to_{side}"]
        rows = rows.join(_shares(lines, side), on=on, how="left", maintain_order="left")
    shares = [_share(pair) for pair in rows.select(f"share_{side}" for side in SIDES).iter_rows()]
    reasons = [pl.when(pl.col(f"reason_{side}") != "").then(f"reason_{side}") for side in SIDES]
    return rows.with_columns(
        share=pl.Series(shares, dtype=pl.String), reason=pl.concat_str(reasons, separator="; ", ignore_nulls=True)
    ).drop(f"{name}_{side}" for side in SIDES for name in ("share", "reason"))


def sum_of_part(row: dict[str, Any]) -> str:
    """How the amount of a row came about, as 585.00 x 0.6 = 351.00 (floor area); "" where it is the whole posting."""
    if not row["share"]:
        return ""
    why = f" ({row['reason']})" if row["reason"] else ""
    return f"{from_pence(row['posted_pence']):,.2f} x {row['share']} = {from_pence(row['amount_pence']):,.2f}{why}"


def _shares(lines: Iterable[MappingLine], side: Side) -> pl.DataFrame:
    kept = [
        (line.local, line.target, f"{line.share.normalize():f}", line.reason) for line in lines if line.side == side
    ]
    names = (f"local_{side}", f"to_{side}", f"share_{side}", f"reason_{side}")
    return pl.DataFrame(kept, schema=dict.fromkeys(names, pl.String), orient="row")


def _share(pair: tuple[str | None, ...]) -> str:
    """The product of the shares on both sides; empty where neither side is split."""
    parts = [Decimal(one) for one in pair if one]
    product = Decimal(1)
    for part in parts:
        product *= part
    return f"{product.normalize():f}" if parts else ""
