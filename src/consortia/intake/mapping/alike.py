"""Files of one ledger that hold the same postings: most likely one is the corrected form of the other."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from consortia.findings import Finding, Place, Severity

# Judgement [J]: so many of the smaller file's postings stand in the other too, and there are enough to tell.
SAME_PART, FEWEST = 0.8, 5
SAYING = ("date", "financial_year", "cost_centre_code", "cost_centre", "service_text", "account_code", "account",
          "supplier", "reference", "amount_pence")  # fmt: skip


def alike_findings(ledger: pl.DataFrame) -> Iterator[Finding]:
    """An error for each pair of files that share most of their postings, for the money would count twice."""
    if "file" not in ledger.columns or ledger["file"].n_unique() == 1:
        return
    counted = _counted(ledger)
    sizes = dict(counted.group_by("file").agg(pl.col("count").sum()).iter_rows())
    for first, second, same in _common(counted).iter_rows():
        least = min(sizes[first], sizes[second])
        if least >= FEWEST and same >= SAME_PART * least:
            yield Finding(
                "ledger-files-alike",
                Severity.ERROR,
                "{count} of {all} postings of {file} stand in {other} too: counted twice where one corrects the other.",
                "Take one out (`consortia ledger FOLDER --remove FILE`), or "
                "`consortia accept FOLDER ledger-files-alike`.",
                Place(first),
                (("count", f"{same:,}"), ("all", f"{sizes[first]:,}"), ("file", first), ("other", second)),
            )


def _counted(ledger: pl.DataFrame) -> pl.DataFrame:
    """How often each posting stands in each file, under one number for all that says the same."""
    names = [name for name in SAYING if name in ledger.columns]
    known = ledger.filter(pl.col("amount_pence").fill_null(0) != 0)
    hashed = known.select("file", posting=pl.struct(names).hash(seed=0))
    return hashed.group_by("file", "posting").agg(count=pl.len())


def _common(counted: pl.DataFrame) -> pl.DataFrame:
    """Each pair of files with the number of postings that both hold."""
    pairs = counted.join(counted, on="posting", suffix="_other").filter(pl.col("file") < pl.col("file_other"))
    same = pl.min_horizontal("count", "count_other")
    return pairs.group_by("file", "file_other").agg(same.sum().cast(pl.Int64)).sort("file", "file_other")
