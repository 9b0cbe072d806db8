"""A mapped ledger as the lines of a return: one for each year, service, cost type, file and sheet, with its rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import polars as pl

from consortia.findings import Finding, Severity
from consortia.intake.mapping.left_out import left_out_of, reason_of
from consortia.intake.mapping.parts import with_shares
from consortia.intake.mapping.postings import INCOME, mapped_postings
from consortia.money import from_pence
from consortia.study import CostLine, MappingLine
from consortia.study.ledger_origin import LeftOut
from consortia.study.mapping import UNMAPPED
from consortia.study.tables import schema_of

# Step 1 of the method: the quality gate on what nobody has mapped, judgement [J].
MOST_UNMAPPED = 0.005
# A service with one of these needs the others too, or its cost and income cannot be added up.
ANSWERED = ("employees", "running_expenses", "sales_fees_charges", "other_income")
LINE = ["financial_year", "service", "measure"]
ORIGIN = ["file", "sheet"]
CREDITS = ", credits"
NO_POSTING = "no posting in the ledger"
# So many codes are named in a line's heading; `trace_line` has them all.
NAMED = 3


@dataclass(frozen=True)
class LedgerReturn:
    """The cost lines of a ledger (nominal pence), what was left out of them and why, and what to say of it.

    `exclusions`: financial_year, file, sheet, reason, amount_pence signed as in the ledger. Costs less income of
    `costs`, and `exclusions`, add up to the ledger, to the penny. `left_out` adds the same up by year, reason and code.
    """

    costs: pl.DataFrame
    exclusions: pl.DataFrame
    left_out: tuple[LeftOut, ...]
    findings: tuple[Finding, ...]
    gross_pence: int
    unmapped_pence: int

    @property
    def unmapped_share(self) -> float:
        """The part of the gross amount (debits and credits without their sign) that nobody has mapped."""
        return self.unmapped_pence / self.gross_pence if self.gross_pence else 0.0


def return_lines(ledger: pl.DataFrame, mapping: Iterable[MappingLine], *, years: Collection[str] = ()) -> LedgerReturn:
    """The lines of a return from a ledger and its mapping; the order of rows and files is of no account.

    Income comes out positive, as in every return. Unmapped postings stand on the service `unmapped`, debits and
    credits apart, so that they cannot hide each other. Postings of other years than `years`, where those are given,
    are left out and listed. Method: methods note, harmonisation, steps 1 and 2.
    """
    mapping = tuple(mapping)
    rows = mapped_postings(ledger, mapping)
    judged = rows.with_columns(reason=reason_of(rows, years))
    counted, reasons = judged.filter(pl.col("reason") == ""), judged.filter(pl.col("reason") != "")
    exclusions = (
        reasons.with_columns(pl.col("financial_year").fill_null(""))
        .group_by("financial_year", *ORIGIN, "reason")
        .agg(amount_pence=pl.col("ledger_pence").sum())
    )
    gross = int(counted["ledger_pence"].abs().sum())
    unmapped = int(counted.filter(pl.col("fate") == UNMAPPED)["ledger_pence"].abs().sum())
    lines = _lines(counted)
    return LedgerReturn(
        costs=pl.concat([lines, _answers(lines)]).sort("year", "service", "measure", "key"),
        exclusions=exclusions.sort("financial_year", *ORIGIN, "reason"),
        left_out=left_out_of(reasons, mapping),
        findings=(*_unmapped_finding(gross, unmapped), *_undated_finding(reasons), *_other_years_finding(reasons)),
        gross_pence=gross,
        unmapped_pence=unmapped,
    )


def trace_line(ledger: pl.DataFrame, mapping: Iterable[MappingLine], line: CostLine) -> pl.DataFrame:
    """The postings, or parts of them, that a line is made of: file, sheet, row, words, and their amounts in pence.

    `posted_pence` is the whole posting, with the sign of `amount_pence`; `share` and `reason` tell of a split.
    """
    mapping = tuple(mapping)
    rows = mapped_postings(ledger.with_columns(posted_pence="amount_pence"), mapping)
    same = (
        (pl.col("financial_year") == line.year)
        & (pl.col("service") == line.service)
        & (pl.col("measure") == line.measure)
        & (pl.col("file").fill_null("") == line.file)
        & (pl.col("sheet").fill_null("") == line.sheet)
    )
    credits = (pl.col("ledger_pence") < 0) == line.heading.endswith(CREDITS)
    wanted = rows.filter(same & credits) if line.service == UNMAPPED else rows.filter(same)
    signed = pl.when(pl.col("measure").is_in(INCOME)).then(-pl.col("posted_pence"))
    shown = wanted.with_columns(posted_pence=signed.otherwise("posted_pence"))
    return with_shares(shown.sort(*ORIGIN, "row"), mapping)


def _lines(rows: pl.DataFrame) -> pl.DataFrame:
    """The sums, each with the span of rows that it was read from."""
    credit = (pl.col("fate") == UNMAPPED) & (pl.col("ledger_pence") < 0)
    sums = (
        rows.with_columns(pl.col(name).fill_null("") for name in ORIGIN)
        .group_by(*LINE, credit.alias("credit"), *ORIGIN)
        .agg(
            pl.col("amount_pence").sum(),
            first=pl.col("row").min(), last=pl.col("row").max(), rows=pl.col("row").n_unique(),
            codes=pl.col("local_service").unique().sort(),
        )
        .sort(*LINE, "credit", *ORIGIN)
        .with_columns(number=pl.int_range(1, pl.len() + 1).over(LINE))
    )  # fmt: skip
    key = pl.format("{}/{}/{}", *LINE)
    numbered = pl.when(pl.col("number") == 1).then(key).otherwise(pl.format("{}/{}", key, "number"))
    one, many = pl.format("row {}", "first"), pl.format("rows {}-{}", "first", "last")
    span = pl.when(pl.col("first") == pl.col("last")).then(one).otherwise(many)
    gaps = pl.col("rows") < pl.col("last") - pl.col("first") + 1
    listed = pl.col("codes").list.head(NAMED).list.join(", ")
    more = pl.format(" and {} more", pl.col("codes").list.len() - NAMED)
    beyond = pl.when(pl.col("codes").list.len() > NAMED).then(more).otherwise(pl.lit(""))
    credits = pl.when("credit").then(pl.lit(CREDITS)).otherwise(pl.lit(""))
    heading = pl.concat_str(pl.lit("ledger codes "), listed, beyond, credits)
    return sums.select(
        numbered.alias("key"), pl.col("financial_year").alias("year"), "service", "measure", "amount_pence",
        pl.lit("known").alias("status"), heading.alias("heading"), *ORIGIN,
        pl.when(gaps).then(pl.format("{}, {} of them", span, "rows")).otherwise(span).alias("cell"),
    ).cast(pl.Schema(schema_of(CostLine)))  # fmt: skip


def _answers(lines: pl.DataFrame) -> pl.DataFrame:
    """A cost without postings is zero where the ledger has pay at all, income where it has income; else not known.

    A file of payments to suppliers holds no pay and no income; what is not in it is no evidence that nothing was spent
    or received. Refunds alone, which go out, are no income. Of what nobody has mapped everything is known: it is what
    stands there.
    """
    mapped = lines.filter(pl.col("service") != UNMAPPED)
    paid = mapped.filter(pl.col("measure") == "employees")["year"].unique().to_list()
    sums = mapped.filter(pl.col("measure").is_in(INCOME)).group_by("year").agg(pl.col("amount_pence").sum())
    received = sums.filter(pl.col("amount_pence") > 0)["year"].to_list()
    places = lines.select("year", "service").unique()
    wanted = places.join(pl.DataFrame({"measure": ANSWERED}), how="cross")
    silent = wanted.join(lines, on=["year", "service", "measure"], how="anti")
    is_income, year = pl.col("measure").is_in(INCOME), pl.col("year")
    is_held = pl.when(is_income).then(year.is_in(received)).otherwise(year.is_in(paid))
    is_whole = is_held | (pl.col("service") == UNMAPPED)
    return silent.select(
        pl.format("{}/{}/{}", "year", "service", "measure").alias("key"), "year", "service", "measure",
        pl.when(is_whole).then(0).alias("amount_pence"),
        pl.when(is_whole).then(pl.lit("known")).otherwise(pl.lit("not_known")).alias("status"),
        pl.lit(NO_POSTING).alias("heading"),
        *(pl.lit("").alias(name) for name in ("file", "sheet", "cell")),
    ).cast(pl.Schema(schema_of(CostLine)))  # fmt: skip


def _unmapped_finding(gross: int, unmapped: int) -> Iterable[Finding]:
    if not unmapped:
        return
    blocks = unmapped > MOST_UNMAPPED * gross
    yield Finding(
        "unmapped",
        Severity.ERROR if blocks else Severity.NOTE,
        "£{amount} of the ledger, {share} of its gross, is unmapped.",
        "Map the codes (`consortia map`); more than 0.5% blocks a signature.",
        values=(("amount", f"{from_pence(unmapped):,.2f}"), ("share", f"{unmapped / gross:.2%}")),
    )


def _postings(rows: pl.DataFrame) -> str:
    """How many postings the rows are parts of."""
    return f"{rows.select(*ORIGIN, 'row').n_unique():,}"


def _undated_finding(left_out: pl.DataFrame) -> Iterable[Finding]:
    undated = left_out.filter(pl.col("reason") == "no_year")
    if undated.is_empty():
        return
    amount = from_pence(int(undated["ledger_pence"].sum()))
    yield Finding(
        "ledger-without-year",
        Severity.WARNING,
        "Postings without a date or year, in no line of the return: {count}, £{amount}.",
        "Give their dates, or the year of the file, and load the ledger again.",
        values=(("count", _postings(undated)), ("amount", f"{amount:,.2f}")),
    )


def _other_years_finding(left_out: pl.DataFrame) -> Iterable[Finding]:
    elsewhere = left_out.filter(pl.col("reason") == "another_year")
    if elsewhere.is_empty():
        return
    listed = ", ".join(sorted(elsewhere["financial_year"].unique().to_list()))
    yield Finding(
        "ledger-other-years",
        Severity.WARNING,
        "Postings of years that the study has not ({years}), in no line of the return: {count}, £{amount}.",
        "Nothing to do where that is right; else correct their dates and load the ledger again.",
        values=(
            ("count", _postings(elsewhere)),
            ("amount", f"{from_pence(int(elsewhere['ledger_pence'].sum())):,.2f}"),
            ("years", listed),
        ),
    )
