"""Each posting of a ledger on its way to the lines of the return: split, signed, and never lost.

A posting may be split over services and then over cost types; the parts of each posting add up to it, to the penny
(largest remainder, in whole millionths, so that no floating point is involved).
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from consortia.intake.mapping.codes import SIDES, with_codes
from consortia.reference.taxonomy import REST
from consortia.study import MappingLine
from consortia.study.mapping import EXCLUDED, PLACES, UNMAPPED, Side

WHOLE = 10**PLACES
INCOME = ("sales_fees_charges", "other_income", "specific_grants", "internal_income", "total_income")
PART = "part"
# What the column that says so holds for capital spending: Capital, CAP, C.
CAPITAL = r"^(?i)\s*c(ap.*)?\s*$"


def mapped_postings(ledger: pl.DataFrame, mapping: Iterable[MappingLine]) -> pl.DataFrame:
    """The ledger's rows with `service`, `measure`, `fate` and `ledger_pence`, one row for each part of a posting.

    `fate` is mapped, unmapped or excluded, as capital spending is where the ledger marks it. `ledger_pence` is signed
    as in the ledger (a cost is positive), nominal; `amount_pence` as in a return, where income is positive too. The sum
    of `ledger_pence` is that of the ledger.
    What is mapped straight to a head that has lines of its own that year stands on the rest of the head.
    """
    lines = list(mapping)
    rows = with_codes(ledger).filter(pl.col("amount_pence").is_not_null()).rename({"amount_pence": "ledger_pence"})
    for side in SIDES:
        rows = _split(rows, _targets(lines, side), side)
    return _heads_beside_lines(_placed(rows))


def is_capital(rows: pl.DataFrame) -> pl.Expr:
    """True for the postings that the ledger itself marks as capital."""
    if "capital_or_revenue" not in rows.columns:
        return pl.lit(False)
    return pl.col("capital_or_revenue").fill_null("").str.contains(CAPITAL)


def _targets(lines: Iterable[MappingLine], side: Side) -> pl.DataFrame:
    kept = sorted((line.local, line.target, int(line.share * WHOLE)) for line in lines if line.side == side)
    schema = {f"local_{side}": pl.String, f"to_{side}": pl.String, "weight": pl.Int64}
    return pl.DataFrame(kept, schema=schema, orient="row")


def _split(rows: pl.DataFrame, targets: pl.DataFrame, side: Side) -> pl.DataFrame:
    """Each row over the targets of its code; a row without any goes whole to `unmapped`."""
    numbered = rows.with_row_index(PART)
    joined = numbered.join(targets, on=f"local_{side}", how="left", maintain_order="left_right").with_columns(
        pl.col(f"to_{side}").fill_null(UNMAPPED), pl.col("weight").fill_null(WHOLE)
    )
    whole = joined.filter(pl.col("weight") == WHOLE)
    return pl.concat([whole, _shared(joined.filter(pl.col("weight") < WHOLE))]).drop(PART, "weight")


def _shared(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of split codes, each with its part of the posting; what the division leaves goes to the largest rest."""
    exact = pl.col("ledger_pence") * pl.col("weight")
    shared = rows.with_columns(least=exact.floordiv(WHOLE), rest=exact.mod(WHOLE))
    rank = pl.col("rest").rank("ordinal", descending=True).over(PART)
    missing = pl.col("ledger_pence") - pl.col("least").sum().over(PART)
    return shared.with_columns(ledger_pence=pl.col("least") + (rank <= missing).cast(pl.Int64)).drop("least", "rest")


def _placed(rows: pl.DataFrame) -> pl.DataFrame:
    targets = [pl.col(f"to_{side}") for side in SIDES]
    fate = (
        pl.when(is_capital(rows)).then(pl.lit(EXCLUDED))
        .when(pl.any_horizontal(target == EXCLUDED for target in targets)).then(pl.lit(EXCLUDED))
        .when(pl.any_horizontal(target == UNMAPPED for target in targets)).then(pl.lit(UNMAPPED))
        .otherwise(pl.lit("mapped"))
    )  # fmt: skip
    by_sign = pl.when(pl.col("ledger_pence") < 0).then(pl.lit("other_income")).otherwise(pl.lit("running_expenses"))
    has_type = ~pl.col("to_cost_type").is_in([UNMAPPED, EXCLUDED])
    return (
        rows.with_columns(fate=fate)
        .with_columns(
            service=pl.when(pl.col("fate") == "mapped").then("to_service").otherwise("fate"),
            measure=pl.when(has_type).then("to_cost_type").otherwise(by_sign),
        )
        .with_columns(
            amount_pence=pl.when(pl.col("measure").is_in(INCOME))
            .then(-pl.col("ledger_pence"))
            .otherwise("ledger_pence")
        )
    )


def _heads_beside_lines(rows: pl.DataFrame) -> pl.DataFrame:
    """Postings on a head go to its `not_itemised` line where others stand on its lines, so that the head holds both.

    A head with a line of its own is taken to include its parts, as in every published return; here it would not.
    """
    head = pl.col("service").str.split(".").list.first()
    itemised = pl.col("service").str.contains(".", literal=True).any().over("financial_year", head)
    straight = (pl.col("fate") == "mapped") & (pl.col("service") == head)
    return rows.with_columns(
        service=pl.when(straight & itemised).then(pl.format("{}." + REST, "service")).otherwise("service")
    )
