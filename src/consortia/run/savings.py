"""The savings account of an agreed run, as a table: promised, budgeted, delivered, with the verdict and its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from consortia.delivery import CATEGORIES, CATEGORY_TITLES, ActualLine, PromisedLine, SavingsAccount, rows
from consortia.delivery.cashable import Category
from consortia.delivery.standing import Row
from consortia.money import float_pounds
from consortia.periods import FinancialYear, PriceBase
from consortia.reference.prices import deflators
from consortia.reference.taxonomy import service
from consortia.report.tables import Column, Table
from consortia.report.words import Absent, Cell, Words, msgid, say
from consortia.study import Definition, Text

UNJUDGED = {"mixed": msgid("Mixed"), "not_reported": msgid("Not reported")}
RATINGS = {"green": msgid("Green"), "amber": msgid("Amber"), "red": msgid("Red")}
NOTES = (
    msgid("Promised is the central case of the agreed run; budgeted left a base budget; delivered is in the ledger."),
    msgid("A saving is cashable only if it passes every test. Each other kind has its own column and is never added."),
    msgid("What was not reported is not known; it is not counted as zero."),
)


def open_account(promised: Iterable[PromisedLine], *, base_year: str) -> SavingsAccount:
    """The account of an agreed case, in whole pence at the prices of its base year."""
    index = {str(one.year): one.index for one in deflators()}
    return SavingsAccount.open(promised, price_base=PriceBase(FinancialYear.parse(base_year)), deflators=index)


def book(account: SavingsAccount, actuals: Iterable[ActualLine], *, as_of: FinancialYear) -> SavingsAccount:
    """The account with these actuals and no others; `as_of` is the last financial year that may hold deliveries."""
    return account.with_actuals(tuple(actuals), as_of=as_of)


def account_table(
    account: SavingsAccount, definition: Definition, *, sees: Callable[[str], bool] = lambda _: True
) -> Table:
    """One row for each initiative, partner (that `sees` lets through) and year; real pounds of the agreed base year."""
    shown = [row for row in rows(account) if sees(row.partner) and _is_due(row, account)]
    columns = (
        Column("initiative", msgid("Service")),
        Column("partner", msgid("Partner")),
        Column("year", msgid("Year"), "year"),
        *_amount_columns(shown),
        Column("rating", msgid("Against the promise")),
        Column("verdict", msgid("Verdict")),
        Column("reason", msgid("Why")),
    )
    cells = tuple(_cells(row, definition, shown) for row in shown)
    return _table("account", msgid("The savings account"), columns, cells, account)


def total_table(account: SavingsAccount, definition: Definition) -> Table:
    """Promised, budgeted and delivered of each initiative, over all partners and the years so far."""
    due = [row for row in rows(account) if _is_due(row, account)]
    grouped: dict[str, list[Row]] = {}
    for row in due:
        grouped.setdefault(row.initiative, []).append(row)
    columns = (Column("initiative", msgid("Service")), *_amount_columns(due))
    cells = tuple((service_name(key, definition), *_amounts(each, due)) for key, each in grouped.items())
    return _table("account_totals", msgid("Totals of all partners"), columns, cells, account)


def service_name(key: str, definition: Definition) -> Words:
    """The name of an initiative's service in both languages; its key when the study no longer holds it."""
    for one in definition.initiatives:
        if one.key == key:
            named = service(one.service)
            return one.title or Text(en=named.name, cy=named.name_cy)
    return key


def _is_due(row: Row, account: SavingsAccount) -> bool:
    """Years after the last that may hold deliveries are left out, unless nothing has been booked at all."""
    return account.as_of is None or FinancialYear.parse(row.year) <= account.as_of


def _table(
    key: str, title: str, columns: tuple[Column, ...], cells: tuple[tuple[Cell, ...], ...], account: SavingsAccount
) -> Table:
    years = sorted({line.year for line in account.promised})
    last = str(account.as_of) if account.as_of else years[-1]
    return Table(
        key,
        title,
        msgid("What was promised, what left the budget, and what was delivered."),
        columns,
        cells,
        notes=NOTES,
        period=say(msgid("{first} to {last}"), first=years[0], last=last),
        price_base=str(account.price_base.year),
    )


def _amount_columns(shown: Sequence[Row]) -> tuple[Column, ...]:
    """Promised, its cost, budgeted, cashable, and each other kind of delivery that occurs."""
    others = (Column(kind, CATEGORY_TITLES[kind], "money") for kind in _other_kinds(shown))
    return (
        Column("promised", msgid("Promised"), "money"),
        Column("cost", msgid("Promised cost"), "money"),
        Column("budgeted", msgid("Taken out of the budget"), "money"),
        Column("cashable", msgid("Delivered and cashable"), "money"),
        *others,
    )


def _other_kinds(shown: Sequence[Row]) -> list[Category]:
    return [
        kind
        for kind in CATEGORIES
        if kind != "cashable" and any(row.delivered and row.delivered[kind] for row in shown)
    ]


def _cells(row: Row, definition: Definition, shown: Sequence[Row]) -> tuple[Cell, ...]:
    rating: Cell = RATINGS[row.rating.colour] if row.rating else Absent.NOT_APPLICABLE
    titles = {str(kind): title for kind, title in CATEGORY_TITLES.items()} | UNJUDGED
    return (
        service_name(row.initiative, definition),
        definition.partner(row.partner).name,
        row.year,
        *_amounts([row], shown),
        rating,
        titles[row.verdict],
        row.reasons,
    )


def _amounts(each: Sequence[Row], shown: Sequence[Row]) -> tuple[Cell, ...]:
    """Sums in pounds; what nobody reported is not known, what is reported in part is the sum of that part."""
    return (
        float_pounds(sum(row.promised_pence for row in each)),
        float_pounds(sum(row.promised_cost_pence for row in each)),
        _known(row.budgeted_pence for row in each),
        _known(row.cashable_pence for row in each),
        *(_known(row.delivered[kind] if row.delivered else None for row in each) for kind in _other_kinds(shown)),
    )


def _known(pence: Iterable[int | None]) -> Cell:
    known = [amount for amount in pence if amount is not None]
    return float_pounds(sum(known)) if known else Absent.NOT_KNOWN
