"""Roles for the columns that stand beside those of the months: codes, names, and the total of each row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from consortia.intake.layouts.amounts import looks_like_amount, read_amount
from consortia.intake.layouts.document import numbered
from consortia.intake.layouts.months import MonthColumn
from consortia.intake.layouts.profiles import follows
from consortia.intake.layouts.proposal import Choice, Proposal, propose

# A total that fits in fewer of the rows is the total of something else.
LEAST_FITTING = 0.9
# So many rows show whether a column is the total of the months.
ROWS_ADDED_UP = 500


def propose_months(
    headings: Sequence[str], columns: Sequence[Sequence[str]], months: Sequence[MonthColumn]
) -> Proposal:
    """Roles for the columns beside the months; amounts and days are those of the months, and no other column's."""
    taken = {month.column for month in months}
    columns = _with_amounts(columns, months)
    beside = [() if number in taken else texts for number, texts in enumerate(columns)]
    proposal = propose(headings, beside)
    barred = {"amount", "debit", "credit", "date"}
    kept = _with_names([choice for choice in proposal.choices if choice.role not in barred], columns)
    used = taken | {choice.column for choice in kept}
    total = _row_total(headings, columns, months, used)
    choices = [*kept, total] if total else kept
    near = tuple(choice for choice in proposal.runners_up if choice.role not in barred)
    return Proposal(tuple(sorted(choices, key=lambda one: one.column)) if kept else (), near)


def _with_names(choices: list[Choice], columns: Sequence[Sequence[str]]) -> list[Choice]:
    """The choices; a description that goes with the cost centre's code is its name, as sums have no narrative."""
    places = {choice.role: choice.column for choice in choices}
    code, words = places.get("cost_centre_code"), places.get("description")
    if code is None or words is None or "cost_centre" in places:
        return choices
    if follows(columns[code], columns[words]) < LEAST_FITTING:
        return choices
    reason = "each cost centre code has one of these"
    return [
        replace(choice, role="cost_centre", reason=reason) if choice.role == "description" else choice
        for choice in choices
    ]


def _with_amounts(columns: Sequence[Sequence[str]], months: Sequence[MonthColumn]) -> list[list[str]]:
    """The texts of the rows that have an amount in some month: titles and notes tell nothing of a column."""
    rows = range(len(columns[0]) if columns else 0)
    said = [row for row in rows if any(looks_like_amount(columns[month.column][row]) for month in months)]
    return [[texts[row] for row in said] for texts in columns]


def _row_total(
    headings: Sequence[str], columns: Sequence[Sequence[str]], months: Sequence[MonthColumn], used: set[int]
) -> Choice | None:
    """The column that is the sum of the months in nearly all of the rows, whatever it is called."""
    rows = range(min(ROWS_ADDED_UP, len(columns[0]) if columns else 0))
    sums = [sum(_pence(columns[month.column][row]) or 0 for month in months) for row in rows]
    for number, texts in enumerate(columns):
        stated = [] if number in used else [(_pence(texts[row]), sums[row]) for row in rows]
        filled = [pair for pair in stated if pair[0]]
        fitting = sum(total == added for total, added in filled)
        if filled and fitting >= LEAST_FITTING * len(filled):
            share = fitting / len(filled)
            reason = f"it is the sum of the months in {share:.0%} of the rows looked at"
            return Choice("row_total", number, numbered(tuple(headings))[number], reason, 100 * share)
    return None


def _pence(text: str) -> int | None:
    return read_amount(text).pence
