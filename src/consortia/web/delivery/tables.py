"""The savings account as tables of the report room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from consortia.delivery import CATEGORY_TITLES, Row, SavingsAccount, rows
from consortia.money import float_pounds
from consortia.report.tables import Column, Table
from consortia.report.words import Absent, Cell, Words, msgid, say
from consortia.study import Text
from consortia.web.language import sentence
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
    """What initiatives and partners are called; a key that the study no longer holds is shown as it is."""

    initiatives: Mapping[str, Text]
    partners: Mapping[str, Text]

    def initiative(self, key: str) -> Text:
        """The title of an initiative."""
        return self.initiatives.get(key) or Text(en=key, cy=key)

    def partner(self, code: str) -> Text:
        """The name of a partner."""
        return self.partners.get(code) or Text(en=code, cy=code)


def years_of(account: SavingsAccount) -> tuple[str, ...]:
    """The financial years of the account in order."""
    return tuple(sorted({line.year for line in account.promised}))


def account_table(account: SavingsAccount, *, year: str, names: Names, standing: Standing) -> Table:
    """Promised, budgeted and delivered of each initiative and partner in one year, with the reason of each verdict.

    Real pounds of the account's price base; only the partners that the person may see.
    """
    columns = (
        Column("initiative", msgid("Initiative")),
        Column("partner", msgid("Partner")),
        *AMOUNTS,
        Column("rating", msgid("Against the promise")),
        Column("verdict", msgid("Verdict")),
        Column("reason", msgid("Why")),
    )
    shown = [row for row in rows(account) if row.year == year and standing.sees(row.partner)]
    cells = tuple(_cells(row, names) for row in shown)
    caption = msgid("Each initiative and partner in one year, with the reason for each verdict.")
    return _table(("account", msgid("Year by year"), caption), columns, cells, account=account, period=year)


def total_table(account: SavingsAccount, *, names: Names) -> Table:
    """Promised, budgeted and delivered of each initiative over all partners and years: group totals."""
    columns = (Column("initiative", msgid("Initiative")), *AMOUNTS)
    grouped: dict[str, list[Row]] = {}
    for row in rows(account):
        grouped.setdefault(row.initiative, []).append(row)
    cells = tuple((names.initiative(key), *_sums(each)) for key, each in grouped.items())
    caption = msgid("What was promised, what left the budget, and what was delivered.")
    years = years_of(account)
    period = say(msgid("{first} to {last}"), first=years[0], last=years[-1])
    title = msgid("Totals of all partners")
    return _table(("account_totals", title, caption), columns, cells, account=account, period=period)


def _table(
    head: tuple[str, str, str],
    columns: Sequence[Column],
    cells: tuple[tuple[Cell, ...], ...],
    *,
    account: SavingsAccount,
    period: Words,
) -> Table:
    base = str(account.price_base.year) if account.price_base.year else "nominal"
    return Table(*head, tuple(columns), cells, NOTES, period, base)


def _cells(row: Row, names: Names) -> tuple[Cell, ...]:
    titles = {str(key): title for key, title in CATEGORY_TITLES.items()} | UNJUDGED
    return (
        names.initiative(row.initiative),
        names.partner(row.partner),
        *_sums([row]),
        RATINGS[row.rating.colour] if row.rating else Absent.NOT_APPLICABLE,
        titles[row.verdict],
        " ".join(sentence(each) for each in row.reasons),
    )


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
