"""The savings account of an agreed run, as a table: promised, budgeted, delivered, with the verdict and its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from consortia.delivery import CATEGORIES, CATEGORY_TITLES, ActualLine, PromisedLine, Row, SavingsAccount, rows
from consortia.delivery.cashable import Category
from consortia.disclosure import DisclosureCell, DisclosureRules, is_unsafe
from consortia.findings import Finding, Value, named
from consortia.money import float_pounds
from consortia.periods import FinancialYear, PriceBase
from consortia.reference.authorities import authority
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
WITHHELD = msgid(
    "A total that too few partners have a part in is withheld: it would give away the part of one of them."
)
# Two would each be left with the part of the other; a part that hides behind no other is as good as named.
FEW = DisclosureRules(threshold=3)
Sees = Callable[[str], bool]


def everybody(_: str) -> bool:
    """Who sees the lines of every partner."""
    return True


def open_account(promised: Iterable[PromisedLine], *, base_year: str) -> SavingsAccount:
    """The account of an agreed case, in whole pence at the prices of its base year."""
    index = {str(one.year): one.index for one in deflators()}
    return SavingsAccount.open(promised, price_base=PriceBase(FinancialYear.parse(base_year)), deflators=index)


def book(account: SavingsAccount, actuals: Iterable[ActualLine], *, as_of: FinancialYear) -> SavingsAccount:
    """The account with these actuals and no others; `as_of` is the last financial year that may hold deliveries."""
    return account.with_actuals(tuple(actuals), as_of=as_of)


def account_table(account: SavingsAccount, definition: Definition, *, sees: Sees = everybody, year: str = "") -> Table:
    """One row for each initiative, partner (that `sees` lets through) and year; real pounds of the agreed base year.

    All the years so far, or the one that is named, be it still to come.
    """
    due = [row for row in rows(account) if (row.year == year if year else _is_due(row, account))]
    shown = [row for row in due if sees(row.partner)]
    kinds = _other_kinds(shown)
    columns = (
        Column("initiative", msgid("Service")),
        Column("partner", msgid("Partner")),
        Column("year", msgid("Year"), "year"),
        *_amount_columns(kinds),
        Column("rating", msgid("Against the promise")),
        Column("verdict", msgid("Verdict")),
        Column("reason", msgid("Why")),
    )
    cells = tuple(_cells(row, definition, kinds) for row in shown)
    made = _table("account", msgid("The savings account"), columns, cells, account)
    return replace(made, period=year) if year else made


def total_table(account: SavingsAccount, definition: Definition, *, sees: Sees = everybody) -> Table:
    """Promised, budgeted and delivered of each initiative, over all partners and the years so far.

    Who does not see every partner's rows gets no total of fewer than three partners, and none that one of them makes up
    almost alone, so that nobody's own can be worked out from it.
    """
    due = [row for row in rows(account) if _is_due(row, account)]
    grouped: dict[str, list[Row]] = {}
    for row in due:
        grouped.setdefault(row.initiative, []).append(row)
    kinds = _other_kinds(due)
    columns = (Column("initiative", msgid("Service")), *_amount_columns(kinds))
    cells = tuple((service_name(key, definition), *_totals(each, kinds, sees)) for key, each in grouped.items())
    made = _table("account_totals", msgid("Totals of all partners"), columns, cells, account)
    hidden = any(Absent.WITHHELD in row for row in cells)
    return replace(made, notes=(*NOTES, WITHHELD)) if hidden else made


def years_of(account: SavingsAccount) -> tuple[str, ...]:
    """The financial years of the account in order."""
    return tuple(sorted({line.year for line in account.promised}))


def name_partners(findings: Iterable[Finding], definition: Definition) -> tuple[Finding, ...]:
    """The findings with each partner's name in both languages where they hold its code."""
    return tuple(
        replace(one, values=tuple((key, _named(value, definition) if key == "partner" else value)
                                  for key, value in one.values))
        for one in findings
    )  # fmt: skip


def partner_name(code: str, definition: Definition) -> Text:
    """The name of a partner; that of a council which takes no part in the study from the reference."""
    if code in definition.codes:
        return definition.partner(code).name
    found = authority(code)
    return Text(en=found.name, cy=found.name_cy)


def service_name(key: str, definition: Definition) -> Words:
    """The name of an initiative's service, or of a project, in both languages; its key when the study holds neither."""
    for project in definition.projects:
        if project.key == key:
            return project.title
    for one in definition.initiatives:
        if one.key == key:
            named = service(one.service)
            return one.title or Text(en=named.name, cy=named.name_cy)
    return key


def _is_due(row: Row, account: SavingsAccount) -> bool:
    """Years after the last that may hold deliveries are left out, unless nothing has been booked at all."""
    return account.as_of is None or FinancialYear.parse(row.year) <= account.as_of


def _named(code: Value, definition: Definition) -> Value:
    if not isinstance(code, str):
        return code
    name = partner_name(code, definition)
    return named(name.en, name.cy)


def _table(
    key: str, title: str, columns: tuple[Column, ...], cells: tuple[tuple[Cell, ...], ...], account: SavingsAccount
) -> Table:
    years = years_of(account)
    last = min(years[-1], str(account.as_of)) if account.as_of else years[-1]
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


def _amount_columns(kinds: Sequence[Category]) -> tuple[Column, ...]:
    """Promised, its cost, budgeted, cashable, and each other kind of delivery that occurs."""
    return (
        Column("promised", msgid("Promised"), "money"),
        Column("cost", msgid("Promised cost"), "money"),
        Column("budgeted", msgid("Taken out of the budget"), "money"),
        Column("cashable", msgid("Delivered and cashable"), "money"),
        *(Column(kind, CATEGORY_TITLES[kind], "money") for kind in kinds),
    )


def _other_kinds(shown: Sequence[Row]) -> list[Category]:
    return [
        kind
        for kind in CATEGORIES
        if kind != "cashable" and any(row.delivered and row.delivered[kind] for row in shown)
    ]


def _cells(row: Row, definition: Definition, kinds: Sequence[Category]) -> tuple[Cell, ...]:
    rating: Cell = RATINGS[row.rating.colour] if row.rating else Absent.NOT_APPLICABLE
    titles = {str(kind): title for kind, title in CATEGORY_TITLES.items()} | UNJUDGED
    return (
        service_name(row.initiative, definition),
        partner_name(row.partner, definition),
        row.year,
        *(_known([amount]) for amount in _pence(row, kinds)),
        rating,
        titles[row.verdict],
        row.reasons,
    )


def _totals(each: Sequence[Row], kinds: Sequence[Category], sees: Sees) -> tuple[Cell, ...]:
    """The sums of the columns in pounds; what the person may not work out is withheld."""
    columns = zip(*(_pence(row, kinds) for row in each), strict=True)
    partners = [row.partner for row in each]
    whole = all(sees(partner) for partner in partners)
    return tuple(
        _known(amounts) if whole or _may_be_shown(partners, amounts, sees) else Absent.WITHHELD for amounts in columns
    )


def _may_be_shown(partners: Sequence[str], amounts: Sequence[int | None], sees: Sees) -> bool:
    """True for what nobody reported, and for a sum that hides each partner in it; a nought does only among many."""
    parts: Counter[str] = Counter()
    for partner, amount in zip(partners, amounts, strict=True):
        if amount is not None:
            parts[partner] += abs(amount)
    unseen = [partner for partner in parts if not sees(partner)]
    enough = len(parts) >= FEW.threshold and len(unseen) > 1
    return not parts or (enough and not is_unsafe(DisclosureCell("total", parts), FEW))


def _pence(row: Row, kinds: Sequence[Category]) -> tuple[int | None, ...]:
    """The amounts of a row, in the order of the columns; None is not reported."""
    return (
        row.promised_pence,
        row.promised_cost_pence,
        row.budgeted_pence,
        row.cashable_pence,
        *(row.delivered[kind] if row.delivered else None for kind in kinds),
    )


def _known(pence: Iterable[int | None]) -> Cell:
    """Pounds; what nobody reported is not known, what is reported in part is the sum of that part."""
    known = [amount for amount in pence if amount is not None]
    return float_pounds(sum(known)) if known else Absent.NOT_KNOWN
