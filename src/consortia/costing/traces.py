"""The two questions that any flow of cost must answer: what makes up this cost, and where did this money go."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl


def what_makes_up(flows: pl.DataFrame, *, target: str, of: str, by: Sequence[str]) -> pl.DataFrame:
    """What a cost is made of: the flows into `target` (a value of the column `of`) added up by the columns `by`.

    Largest first; `amount_pence` adds up to the target's cost.
    """
    return _added(flows.filter(pl.col(of) == target), by)


def where_it_went(flows: pl.DataFrame, *, source: str, of: str, by: Sequence[str]) -> pl.DataFrame:
    """Where money went: the flows out of `source` (a value of the column `of`) added up by the columns `by`.

    Largest first; `amount_pence` adds up to the source's cost.
    """
    return _added(flows.filter(pl.col(of) == source), by)


def _added(flows: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    sums = flows.group_by(list(by)).agg(pl.col("amount_pence").sum())
    return sums.sort("amount_pence", *by, descending=[True, *(False for _ in by)])
