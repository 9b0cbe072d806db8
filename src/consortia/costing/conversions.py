"""Steps that change the money of an entry without leaving any of it out: the time basis and the price base."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import polars as pl

from consortia.costing.ledger import PLACE
from consortia.periods import MONTHS_OF_EARLIER_ACADEMIC_YEAR, FinancialYear

SIDE = [*PLACE, "side"]


def time_basis(entries: pl.DataFrame, academic: Collection[str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Brings partners that report academic years to financial years: FY(y) = 5/12 AY(y-1) + 7/12 AY(y).

    Gives the entries with the step added, and the entries that had to be left out because AY(y-1) is not known.
    """
    theirs = pl.col("partner").is_in(list(academic))
    sums = entries.filter(theirs).group_by(SIDE, maintain_order=True).agg(pl.col("amount_pence").sum())
    both = sums.join(_a_year_later(sums), on=SIDE, suffix="_earlier", maintain_order="left")
    step = both.select(
        *SIDE,
        pl.lit("time_basis").alias("step"),
        (_financial() - pl.col("amount_pence")).alias("amount_pence"),
        pl.lit("").alias("line_key"),
    )
    convertible = entries.filter(theirs).join(both, on=SIDE, how="semi", maintain_order="left")
    left_out = entries.filter(theirs).join(both, on=SIDE, how="anti", maintain_order="left")
    return pl.concat([entries.filter(~theirs), convertible, step.select(entries.columns)]), left_out


def price_base(entries: pl.DataFrame, base: FinancialYear | None, deflators: Mapping[str, float]) -> pl.DataFrame:
    """Adds the step to the prices of `base`: real = nominal x D(base) / D(year); no step when `base` is None.

    Raises ValueError when a year of the entries, or the base, has no deflator.
    """
    if base is None:
        return entries
    sums = entries.group_by(SIDE, maintain_order=True).agg(pl.col("amount_pence").sum())
    ratios = _ratios(sums["year"].unique().to_list(), str(base), deflators)
    real = (pl.col("amount_pence") * pl.col("ratio")).round().cast(pl.Int64)
    step = (
        sums.join(ratios, on="year", how="left", maintain_order="left")
        .with_columns(amount_pence=real - pl.col("amount_pence"), step=pl.lit("price_base"), line_key=pl.lit(""))
        .filter(pl.col("amount_pence") != 0)
    )
    return pl.concat([entries, step.select(entries.columns)])


def _financial() -> pl.Expr:
    months = MONTHS_OF_EARLIER_ACADEMIC_YEAR
    weighted = pl.col("amount_pence_earlier") * months + pl.col("amount_pence") * (12 - months)
    return (weighted / 12).round().cast(pl.Int64)


def _a_year_later(table: pl.DataFrame) -> pl.DataFrame:
    years = table["year"].unique().to_list()
    later = pl.DataFrame(
        {"year": years, "later": [str(FinancialYear.parse(year).plus(1)) for year in years]},
        schema={"year": pl.String, "later": pl.String},
    )
    return table.join(later, on="year", maintain_order="left").drop("year").rename({"later": "year"})


def _ratios(years: list[str], base: str, deflators: Mapping[str, float]) -> pl.DataFrame:
    missing = sorted({*years, base} - set(deflators))
    if missing:
        raise ValueError(f"there is no deflator for {', '.join(missing)}; give one or leave the year out")
    ratios = [deflators[base] / deflators[year] for year in years]
    return pl.DataFrame({"year": years, "ratio": ratios}, schema={"year": pl.String, "ratio": pl.Float64})
