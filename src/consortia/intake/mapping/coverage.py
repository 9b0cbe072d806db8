"""What a ledger does not cover: months without postings, services that the return had, amounts that cannot be read.

A ledger takes the place of the whole return for the years that it holds. What is gone with that blocks the signature
until somebody accepts it with a reason.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator

import polars as pl

from consortia.findings import Finding, Place, Severity, listed
from consortia.intake.mapping.codes import SIDES, with_codes
from consortia.reference.taxonomy import service
from consortia.study import MappingLine, Return
from consortia.study.mapping import EXCLUDED, UNMAPPED

MONTHS = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)
NAMES_CY = ("Ebr", "Mai", "Meh", "Gorff", "Awst", "Medi", "Hyd", "Tach", "Rhag", "Ion", "Chwef", "Maw")


def heads_with_money(returned: Return) -> tuple[str, ...]:
    """The heads of a return with a cost or income, as 2024-25/highways; of a ledger's return those it had before."""
    if returned.header.ledger is not None:
        return returned.header.ledger.before
    spent = returned.costs.filter(pl.col("amount_pence").fill_null(0) != 0)
    heads = spent.select("year", pl.col("service").str.split(".").list.first()).unique().sort("year", "service")
    return tuple(f"{year}/{head}" for year, head in heads.iter_rows() if head not in {"total", UNMAPPED})


def coverage_findings(
    ledger: pl.DataFrame, mapping: Iterable[MappingLine], *, costs: pl.DataFrame, before: Iterable[str]
) -> tuple[Finding, ...]:
    """What the ledger's years lack: months, services that the return had before, amounts; errors until accepted."""
    years = costs["year"].unique().sort().to_list()
    return (*_part_years(ledger, years), *_gone(costs, before, years), *_unread(ledger, mapping))


def kept_findings(kept: pl.DataFrame) -> Iterator[Finding]:
    """That lines of years which the ledger does not hold stay as they were."""
    if not kept.is_empty():
        yield Finding(
            "ledger-years-kept",
            Severity.NOTE,
            "The ledger holds nothing of {years}; the lines of these years stay as they were.",
            "Nothing to do, unless the ledger should hold them.",
            values=(("years", ", ".join(kept["year"].unique().sort().to_list())),),
        )


def _part_years(ledger: pl.DataFrame, years: Collection[str]) -> Iterator[Finding]:
    for year in years:
        of_year = ledger.filter((pl.col("financial_year") == year) & pl.col("amount_pence").is_not_null())
        dates = of_year["date"].drop_nulls().unique() if "date" in of_year.columns else pl.Series([], dtype=pl.Date)
        present = set(dates.dt.month().to_list())
        missing = [place for place, month in enumerate(MONTHS) if month not in present]
        if present and missing and not _is_year_end(dates.to_list()):
            names = ((datetime.date(2000, MONTHS[place], 1).strftime("%b"), NAMES_CY[place]) for place in missing)
            yield Finding(
                "ledger-part-year",
                Severity.ERROR,
                "The ledger of {year} has postings in {count} of the 12 months; none in: {months}.",
                "The return counts as the whole year: load the rest, or accept it "
                "(`consortia accept FOLDER ledger-part-year`).",
                values=(("year", year), ("count", str(len(present))), ("months", listed(names))),
            )


def _is_year_end(dates: list[datetime.date]) -> bool:
    """True for balances struck on one day at the end of the year, which hold all of it."""
    return len(dates) == 1 and (dates[0].month, dates[0].day) == (3, 31)


def _gone(costs: pl.DataFrame, before: Iterable[str], years: Collection[str]) -> Iterator[Finding]:
    """Services that had money in the return that the ledger replaces, and have no line in it."""
    now = {f"{year}/{code.split('.')[0]}" for year, code in costs.select("year", "service").iter_rows()}
    for year in years:
        gone = [one.partition("/")[2] for one in before if one.startswith(f"{year}/") and one not in now]
        if gone:
            yield Finding(
                "ledger-services-gone",
                Severity.ERROR,
                "The return before had these services in {year}, the ledger has nothing on them: {services}.",
                "Load or map what is missing, or accept it with a reason "
                "(`consortia accept FOLDER ledger-services-gone`).",
                values=(("year", year), ("services", listed((service(code).said for code in gone), "; "))),
            )


def _unread(ledger: pl.DataFrame, mapping: Iterable[MappingLine]) -> Iterator[Finding]:
    """Lines that show no readable amount: they are in no sum, and what they are is not known. Excluded codes may be."""
    excluded = [line for line in mapping if line.target == EXCLUDED]
    unread = with_codes(ledger.filter(pl.col("amount_pence").is_null())).sort("file", "sheet", "row")
    for side in SIDES:
        unread = unread.filter(~pl.col(f"local_{side}").is_in([line.local for line in excluded if line.side == side]))
    if unread.is_empty():
        return
    first = unread.row(0, named=True)
    yield Finding(
        "ledger-amount-not-known",
        Severity.ERROR,
        "Lines of the ledger without an amount that can be read, in no sum: {count}.",
        "Correct the file and load it again, map the code to excluded, or "
        "`consortia accept FOLDER ledger-amount-not-known`.",
        Place(first["file"] or "", first["sheet"] or "", f"row {first['row']}"),
        (("count", f"{unread.height:,}"),),
    )
