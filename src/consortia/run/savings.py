"""The savings account of an agreed run, as a table: promised, budgeted, delivered, with the verdict and its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from consortia.delivery import ActualLine, PromisedLine, SavingsAccount, rows
from consortia.delivery.standing import Row
from consortia.periods import FinancialYear, PriceBase
from consortia.reference.prices import deflators
from consortia.reference.taxonomy import service
from consortia.report.tables import Column, Table
from consortia.report.words import Absent, Cell, Words, msgid, say
from consortia.study import Definition, Text

VERDICTS: Mapping[str, str] = {
    "cashable": msgid("Cashable"),
    "efficiency": msgid("Efficiency, not cashable"),
    "cost_avoidance": msgid("Cost avoided, not cashable"),
    "income": msgid("Income, not a saving"),
    "one_off": msgid("One-off"),
    "cut": msgid("Cut in service, not a saving"),
    "unverified": msgid("Not verified"),
    "mixed": msgid("Of several kinds"),
    "not_reported": msgid("Not reported yet"),
}


def open_account(promised: Iterable[PromisedLine], *, base_year: str) -> SavingsAccount:
    """The account of an agreed case, in whole pence at the prices of its base year."""
    index = {str(one.year): one.index for one in deflators()}
    return SavingsAccount.open(promised, price_base=PriceBase(FinancialYear.parse(base_year)), deflators=index)


def book(account: SavingsAccount, actuals: Iterable[ActualLine], *, as_of: str = "") -> SavingsAccount:
    """The account with these actuals, counting deliveries up to `as_of` (default: their latest year)."""
    lines = tuple(actuals)
    latest = as_of or max((line.year for line in lines), default=str(account.price_base.year))
    return account.with_actuals(lines, as_of=FinancialYear.parse(latest))


def account_table(account: SavingsAccount, definition: Definition) -> Table:
    """One row for each initiative, partner and year up to the last that may hold deliveries; real pounds."""
    columns = (
        Column("initiative", msgid("Service")),
        Column("partner", msgid("Partner")),
        Column("year", msgid("Year"), "year"),
        Column("promised", msgid("Promised"), "money"),
        Column("budgeted", msgid("Taken out of the budget"), "money"),
        Column("cashable", msgid("Delivered and cashable"), "money"),
        Column("other", msgid("Delivered, not cashable"), "money"),
        Column("variance", msgid("Cashable less promised"), "money"),
        Column("verdict", msgid("Verdict")),
        Column("reason", msgid("Why")),
    )
    last = account.as_of or account.price_base.year
    shown = [row for row in rows(account) if last is None or FinancialYear.parse(row.year) <= last]
    first = min((row.year for row in shown), default=str(last))
    return Table(
        "account",
        msgid("The savings account"),
        msgid("What the agreed case promised, what left the budgets, and what was delivered and passed the test."),
        columns,
        tuple(_cells(row, definition) for row in shown),
        notes=(msgid("Only what passes every test is cashable; what does not is shown apart and never added to it."),),
        period=say(msgid("{first} to {last}"), first=first, last=str(last)),
        price_base=str(account.price_base.year),
    )


def _cells(row: Row, definition: Definition) -> tuple[Cell, ...]:
    return (
        service_name(row.initiative, definition),
        definition.partner(row.partner).name,
        row.year,
        row.promised_pence / 100,
        _pounds(row.budgeted_pence),
        _pounds(row.cashable_pence),
        _pounds(_other_pence(row)),
        _pounds(row.variance.amount_pence),
        VERDICTS[row.verdict],
        row.reason,
    )


def service_name(key: str, definition: Definition) -> Words:
    """The name of an initiative's service in both languages; its key when the study no longer holds it."""
    for one in definition.initiatives:
        if one.key == key:
            named = service(one.service)
            return one.title or Text(en=named.name, cy=named.name_cy)
    return key


def _other_pence(row: Row) -> int | None:
    """Everything delivered that did not pass; kept apart by category in the account itself."""
    if row.delivered is None:
        return None
    return sum(amount for category, amount in row.delivered.items() if category != "cashable")


def _pounds(pence: int | None) -> Cell:
    return Absent.NOT_KNOWN if pence is None else pence / 100
