"""How an account stands: one row per initiative, partner and year; what is not cashable stands in its own columns."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from consortia.delivery.account import Entry, SavingsAccount
from consortia.delivery.cashable import CATEGORIES, Category
from consortia.delivery.lines import ActualLine, PromisedLine
from consortia.delivery.variance import JUDGED_LIMITS, Gap, Rating, RatingLimits, Variance, gaps, rate, variance
from consortia.findings import msgid

Key = tuple[str, str, str]
NOT_REPORTED = msgid("Nothing has been reported as delivered.")
CATEGORY_COLUMNS = tuple(f"{category}_pence" for category in CATEGORIES)
AMOUNTS = ("promised_pence", "promised_cost_pence", "budgeted_pence", *CATEGORY_COLUMNS)
SCHEMA: Mapping[str, pl.DataType] = {
    "initiative": pl.String(),
    "partner": pl.String(),
    "year": pl.String(),
    **{name: pl.Int64() for name in AMOUNTS},
    "variance_pence": pl.Int64(),
    "variance_share": pl.Float64(),
    "slippage_pence": pl.Int64(),
    "shortfall_pence": pl.Int64(),
    "rating": pl.String(),
    "verdict": pl.String(),
    "reason": pl.String(),
    "price_base": pl.String(),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One initiative at one partner in one year, whole pence; None is not reported, which is not zero.

    `delivered` keeps each category apart: only "cashable" is set against the promise, and they are never added up.
    `verdict` is the one category of what was delivered, "mixed" or "not_reported"; `reasons` are whole sentences.
    """

    initiative: str
    partner: str
    year: str
    promised_pence: int
    promised_cost_pence: int
    budgeted_pence: int | None
    delivered: Mapping[Category, int] | None
    gap: Gap | None
    rating: Rating | None
    verdict: str
    reasons: tuple[str, ...]

    @property
    def reason(self) -> str:
        """The reasons in one line of English text."""
        return " ".join(self.reasons)

    @property
    def cashable_pence(self) -> int | None:
        """What was delivered and passed the cashable test; None when nothing was reported."""
        return None if self.delivered is None else self.delivered["cashable"]

    @property
    def variance(self) -> Variance:
        """Cashable delivery less the promise."""
        return variance(promised_pence=self.promised_pence, delivered_pence=self.cashable_pence)


def rows(account: SavingsAccount, *, limits: RatingLimits = JUDGED_LIMITS) -> tuple[Row, ...]:
    """Gives every row of the account, ordered by initiative and partner as in the case and then by year.

    Whole pence in the account's price base; method: methods page "savings account".
    """
    books = _Books.of(account)
    years: dict[tuple[str, str], list[str]] = defaultdict(list)
    for initiative, partner, year in dict.fromkeys(_key(line) for line in account.promised):
        years[initiative, partner].append(year)
    return tuple(row for pair, those in years.items() for row in _rows_of(pair, sorted(those), books, limits))


def table(account: SavingsAccount, *, limits: RatingLimits = JUDGED_LIMITS) -> pl.DataFrame:
    """Gives the rows as a table, money in whole pence of the stated price base, null where nothing was reported."""
    plain = [_plain(row, str(account.price_base)) for row in rows(account, limits=limits)]
    return pl.DataFrame(plain, schema=dict(SCHEMA), orient="row")


def totals(standing: pl.DataFrame, by: Sequence[str] = ()) -> pl.DataFrame:
    """Sums a table of rows by the columns named; the variance compares only rows that were reported.

    `promised_reported_pence` is the promise of those rows and `rows_reported` their number: what has not been
    reported is not read as zero. Categories are never added to each other.
    """
    reported = pl.col("cashable_pence").is_not_null()
    sums = [
        *(pl.col(name).sum() for name in AMOUNTS),
        pl.col("promised_pence").filter(reported).sum().alias("promised_reported_pence"),
        pl.len().alias("rows"),
        reported.sum().alias("rows_reported"),
        pl.col("price_base").first(),
    ]
    summed = standing.group_by(list(by), maintain_order=True).agg(sums) if by else standing.select(sums)
    difference = pl.col("cashable_pence") - pl.col("promised_reported_pence")
    share = pl.when(pl.col("promised_reported_pence") != 0).then(difference / pl.col("promised_reported_pence"))
    none = pl.col("rows_reported") == 0
    blanked = [pl.when(none).then(None).otherwise(pl.col(name)).alias(name) for name in CATEGORY_COLUMNS]
    return summed.with_columns(blanked).with_columns(difference.alias("variance_pence"), share.alias("variance_share"))


@dataclass(frozen=True, slots=True)
class _Books:
    """The account by initiative, partner and year: promised savings and costs in pence, and the entries."""

    savings: Mapping[Key, int]
    costs: Mapping[Key, int]
    entries: Mapping[Key, Sequence[Entry]]

    @classmethod
    def of(cls, account: SavingsAccount) -> _Books:
        savings: Counter[Key] = Counter()
        costs: Counter[Key] = Counter()
        entries: dict[Key, list[Entry]] = defaultdict(list)
        for line in account.promised:
            (savings if line.measure == "saving" else costs)[_key(line)] += line.amount_pence
        for entry in account.entries:
            entries[_key(entry.line)].append(entry)
        return cls(savings, costs, entries)


def _key(line: PromisedLine | ActualLine) -> Key:
    return line.initiative, line.partner, line.year


def _rows_of(pair: tuple[str, str], years: Sequence[str], books: _Books, limits: RatingLimits) -> list[Row]:
    keys = [(*pair, year) for year in years]
    promised = [books.savings.get(key, 0) for key in keys]
    booked = [books.entries.get(key, ()) for key in keys]
    delivered = [_delivered(entries) for entries in booked]
    missing = gaps(promised, [None if each is None else each["cashable"] for each in delivered])
    return [
        Row(
            *key, promised[i], books.costs.get(key, 0), _budgeted(booked[i]), delivered[i], missing[i],
            _rating(promised[i], delivered[i], limits), *_verdict(booked[i]),
        )
        for i, key in enumerate(keys)
    ]  # fmt: skip


def _budgeted(entries: Sequence[Entry]) -> int | None:
    amounts = [entry.amount_pence for entry in entries if entry.line.kind == "budgeted"]
    return sum(amounts) if amounts else None


def _delivered(entries: Sequence[Entry]) -> Mapping[Category, int] | None:
    judged = [(entry.verdict.category, entry.amount_pence) for entry in entries if entry.verdict]
    if not judged:
        return None
    return {category: sum(amount for kind, amount in judged if kind == category) for category in CATEGORIES}


def _rating(promised: int, delivered: Mapping[Category, int] | None, limits: RatingLimits) -> Rating | None:
    if delivered is None:
        return None
    cashable = delivered["cashable"]
    failed = any(amount for category, amount in delivered.items() if category not in ("cashable", "unverified"))
    # An efficiency on top of a promise kept in full fails nothing.
    return rate(
        promised_pence=promised,
        forecast_pence=cashable,
        failed_cashable_test=failed and cashable < promised,
        limits=limits,
    )


def _verdict(entries: Sequence[Entry]) -> tuple[str, tuple[str, ...]]:
    """The one category of all deliveries, or "mixed"; and every reason once."""
    verdicts = [entry.verdict for entry in entries if entry.verdict]
    if not verdicts:
        return "not_reported", (NOT_REPORTED,)
    categories = {verdict.category for verdict in verdicts}
    reasons = dict.fromkeys(sentence for verdict in verdicts for _, sentence in verdict.reasons)
    return categories.pop() if len(categories) == 1 else "mixed", tuple(reasons)


def _plain(row: Row, price_base: str) -> tuple[Any, ...]:
    by_category = row.delivered or dict.fromkeys(CATEGORIES)
    return (
        row.initiative, row.partner, row.year, row.promised_pence, row.promised_cost_pence, row.budgeted_pence,
        *(by_category[category] for category in CATEGORIES), row.variance.amount_pence, row.variance.share,
        row.gap.slippage_pence if row.gap else None, row.gap.shortfall_pence if row.gap else None,
        row.rating.colour if row.rating else None, row.verdict, row.reason, price_base,
    )  # fmt: skip
