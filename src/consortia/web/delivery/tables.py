"""The savings account as tables of the report room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from consortia.delivery import CATEGORY_TITLES, Row, SavingsAccount, rows
from consortia.money import float_pounds
from consortia.report.tables import Column, Table
from consortia.report.words import Absent, Cell, Words, msgid, say
from consortia.study import Text
from consortia.web.studies.access import Standing

UNJUDGED = {"mixed": msgid("Mixed"), "not_reported": msgid("Not reported")}
RATINGS = {"green": msgid("Green"), "amber": msgid("Amber"), "red": msgid("Red")}
AMOUNTS = (
    Column("promised", msgid("Promised"), "money"),
    Column("one_off", msgid("Promised cost"), "money"),
    Column("budgeted", msgid("Budgeted"), "money"),
    Column("cashable", msgid("Delivered, cashable"), "money"),
    Column("other", msgid("Delivered, not cashable"), "money"),
)
NOTES = (
    msgid("Promised is the central case of the agreed run; budgeted left a base budget; delivered is in the ledger."),
    msgid("A saving is cashable only if it passes every test. What was not reported is not counted as zero."),
)


@dataclass(frozen=True, slots=True)
class Names:
    """What initiatives and partners are called."""

    initiatives: Mapping[str, Text]
    partners: Mapping[str, Text]


def account_table(account: SavingsAccount, *, names: Names, standing: Standing) -> Table:
    """Promised, budgeted and delivered of each initiative, partner and year that the person may see, with verdicts."""
    columns = (
        Column("initiative", msgid("Initiative")),
        Column("partner", msgid("Partner")),
        Column("year", msgid("Year")),
        *AMOUNTS,
        Column("rating", msgid("Against the promise")),
        Column("verdict", msgid("Verdict")),
        Column("reason", msgid("Why")),
    )
    shown = [row for row in rows(account) if standing.sees(row.partner)]
    cells = tuple(_cells(row, names) for row in shown)
    title = msgid("Every initiative, partner and year")
    return _table("account", title, columns, cells, account)


def total_table(account: SavingsAccount, *, names: Names) -> Table:
    """Promised, budgeted and delivered of each initiative over all partners and years: group totals."""
    columns = (Column("initiative", msgid("Initiative")), *AMOUNTS)
    grouped: dict[str, list[Row]] = {}
    for row in rows(account):
        grouped.setdefault(row.initiative, []).append(row)
    cells = tuple((names.initiatives[key], *_sums(each)) for key, each in grouped.items())
    return _table("account_totals", msgid("Totals of all partners"), columns, cells, account)


def _table(
    key: str, title: str, columns: Sequence[Column], cells: tuple[tuple[Cell, ...], ...], account: SavingsAccount
) -> Table:
    years = sorted({line.year for line in account.promised})
    caption = msgid("What was promised, what left the budget, and what was delivered.")
    period = say(msgid("{first} to {last}"), first=years[0], last=years[-1])
    base = str(account.price_base.year) if account.price_base.year else "nominal"
    return Table(key, title, caption, tuple(columns), cells, NOTES, period, base)


def _cells(row: Row, names: Names) -> tuple[Cell, ...]:
    rating: Words = RATINGS[row.rating.colour] if row.rating else ""
    return (
        names.initiatives[row.initiative],
        names.partners[row.partner],
        row.year,
        *_sums([row]),
        rating or Absent.NOT_APPLICABLE,
        _verdict(row.verdict),
        row.reason,
    )


def _verdict(verdict: str) -> str:
    titles = {str(key): title for key, title in CATEGORY_TITLES.items()} | UNJUDGED
    return titles[verdict]


def _sums(each: Sequence[Row]) -> tuple[Cell, ...]:
    """The amounts in pounds; what nobody reported is not known, what is reported in part is the sum of that part."""
    return (
        float_pounds(sum(row.promised_pence for row in each)),
        float_pounds(sum(row.promised_cost_pence for row in each)),
        _known(row.budgeted_pence for row in each),
        _known(row.cashable_pence for row in each),
        _known(None if row.delivered is None else _not_cashable(row) for row in each),
    )


def _known(pence: Iterable[int | None]) -> Cell:
    known = [amount for amount in pence if amount is not None]
    return float_pounds(sum(known)) if known else Absent.NOT_KNOWN


def _not_cashable(row: Row) -> int:
    return sum(amount for category, amount in (row.delivered or {}).items() if category != "cashable")
