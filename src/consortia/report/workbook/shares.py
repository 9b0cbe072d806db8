"""The sheet of shares: each partner's part of the gain, as agreed and by every rule of sharing."""

from __future__ import annotations

from collections.abc import Sequence

from consortia.report.rows import Amount
from consortia.report.sharing_tables import RULES
from consortia.report.words import msgid
from consortia.report.workbook.cash_flows import CODE, EQUAL, PRESENT, FlowPlaces
from consortia.report.workbook.sheet import Book, Sheet, here
from consortia.report.workbook_model import WorkbookModel

HEAD = 3
NAME, KEY, FIRST = range(3)
LIVE = {"equal": EQUAL, "budget": PRESENT}
"""Rules that follow from the flows of the groups; every other needs the value of every possible group."""
STATED = msgid(
    "Present value in {year} prices (real), pounds. Equal shares and shares by budget follow changes made here; the "
    "other rules need the value of every possible group: they were calculated by Consortia and stay as they are."
)


def write_shares(book: Book, model: WorkbookModel, flows: FlowPlaces) -> None:
    """The net saving of the central case, a column for what is agreed and for each rule."""
    sheet = Sheet.add(book, msgid("Shares"))
    rules = tuple(rule for rule in RULES if model.shares and rule in model.shares[0].amounts)
    sheet.columns(NAME, NAME, 34)
    sheet.columns(KEY, FIRST + len(rules), 22)
    sheet.page.freeze_panes(HEAD + 1, FIRST)
    text = book.language.text
    sheet.say(0, 0, msgid("Ways to share the gain"), "title")
    sheet.say(1, 0, STATED, "note", year=model.base_year)
    titles = (msgid("Partner"), msgid("Partner code"), msgid("As agreed"), *(RULES[rule] for rule in rules))
    sheet.headers(HEAD, tuple(map(text, titles)), words=FIRST)
    for row, (partner, share) in enumerate(zip(model.partners, model.shares, strict=True), HEAD + 1):
        sheet.words(row, NAME, book.language.words(partner.name))
        sheet.words(row, KEY, partner.code, "code")
        _amount(sheet, row, FIRST, share.agreed)
        for column, rule in enumerate(rules, FIRST + 1):
            if rule in LIVE:
                _live(sheet, row, column, share.amounts[rule], flows, LIVE[rule])
            else:
                _amount(sheet, row, column, share.amounts[rule])
    _totals(sheet, model, rules)


def _live(sheet: Sheet, row: int, column: int, amount: Amount, flows: FlowPlaces, source: int) -> None:
    formula = f"SUMIF({flows.column(CODE)},{here(row, KEY)},{flows.column(source)})"
    sheet.formula(row, column, formula, amount if isinstance(amount, int | float) else 0.0, "money")


def _amount(sheet: Sheet, row: int, column: int, amount: Amount) -> None:
    if isinstance(amount, int | float):
        sheet.number(row, column, amount, "money")
    else:
        sheet.words(row, column, sheet.book.language.cell(amount), "note")


def _totals(sheet: Sheet, model: WorkbookModel, rules: Sequence[str]) -> None:
    row = HEAD + 1 + len(model.partners)
    sheet.say(row, 0, msgid("All partners"), "label")
    columns = [[share.agreed for share in model.shares], *([s.amounts[rule] for s in model.shares] for rule in rules)]
    for column, amounts in enumerate(columns, FIRST):
        total = sum(amount for amount in amounts if isinstance(amount, int | float))
        span = f"{here(HEAD + 1, column)}:{here(row - 1, column)}"
        sheet.formula(row, column, f"SUM({span})", total, "money total")
