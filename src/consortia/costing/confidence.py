"""How well a harmonised amount is founded: a grade from 1 (best) to 6 for each cell, the worst of three.

The grades follow the confidence scale of the cost-benefit model in HM Treasury, *Supporting public service
transformation* (2014): where the figure comes from, how old it is, and how large an error it may hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from consortia.costing.harmonise import Harmonised
from consortia.costing.ledger import PLACE
from consortia.periods import FinancialYear

KEY = [*PLACE, "measure"]
WORST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeScale:
    """Where each grade ends. `ages`: years at which grades 2 to 6 begin; `errors`: the largest part of an amount that
    may be estimated in grades 1 to 5; `sources`: the grade of each kind of source.
    """  # fmt: skip

    ages: tuple[float, ...]
    errors: tuple[float, ...]
    sources: Mapping[str, int]


def grade_cells(
    harmonised: Harmonised, sources: Mapping[str, str], *, scale: GradeScale, as_of: FinancialYear
) -> pl.DataFrame:
    """The grade of each harmonised line: partner, year, service, measure, source_grade, age_grade, error_grade, grade.

    `sources`: kind of source by partner. The part of an amount that is estimated is what was converted from academic
    years, attributed from a host, or re-apportioned, against the whole amount. Lines that are not known have no grade.
    Raises ValueError for a kind of source that the scale does not grade.
    """
    unknown = sorted(set(sources.values()) - set(scale.sources))
    if unknown:
        raise ValueError(f"the scale has no grade for {', '.join(unknown)}")
    origin = {partner: scale.sources[kind] for partner, kind in sources.items()}
    age = as_of.start - pl.col("year").str.slice(0, 4).cast(pl.Int64)
    known = pl.col("status") == "known"
    graded = harmonised.lines.join(_estimated(harmonised), on=KEY, how="left", maintain_order="left").select(
        *KEY,
        pl.when(known).then(pl.col("partner").replace_strict(origin, default=WORST)).alias("source_grade"),
        pl.when(known).then(1 + pl.sum_horizontal(age >= bound for bound in scale.ages)).alias("age_grade"),
        pl.when(known).then(_error_grade(scale.errors)).alias("error_grade"),
    )
    parts = ("source_grade", "age_grade", "error_grade")
    return graded.with_columns(pl.col(*parts).cast(pl.Int64)).with_columns(grade=pl.max_horizontal(*parts))


def _estimated(harmonised: Harmonised) -> pl.DataFrame:
    """The pence of each line that rest on an estimate, without sign."""
    steps = ["time_basis", "hosted_services", *(["support_services"] if harmonised.basis == "reapportioned" else [])]
    moved = harmonised.steps.filter(pl.col("step").is_in(steps))
    return moved.group_by(KEY).agg(pl.col("amount_pence").abs().sum().alias("estimated"))


def _error_grade(bounds: tuple[float, ...]) -> pl.Expr:
    estimated = pl.col("estimated").fill_null(0)
    part = pl.when(estimated == 0).then(0.0).otherwise(estimated / pl.col("amount_pence").abs())
    return 1 + pl.sum_horizontal(part > bound for bound in bounds)
