"""The layout that a ledger file seems to have: proposed with reasons, for a person to confirm or correct."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import polars as pl

from consortia.errors import IntakeError
from consortia.findings import Finding, Place, Severity, msgid
from consortia.intake.found_tables import FoundTable, UnknownTable, table_in, tables_of
from consortia.intake.layouts.amounts import looks_like_amount, shows_pence
from consortia.intake.layouts.dates import order_of
from consortia.intake.layouts.document import Layout, LayoutColumn, LayoutMonth, numbered
from consortia.intake.layouts.header import Header
from consortia.intake.layouts.headings import words_of
from consortia.intake.layouts.month_proposal import propose_months
from consortia.intake.layouts.months import MonthColumn, month_columns, year_in
from consortia.intake.layouts.proposal import Proposal, propose
from consortia.intake.layouts.roles import ROLES, Role
from consortia.intake.ledger_sheets import ledger_sheets, locate, matching, sample_of, titles_of
from consortia.intake.ledger_tables import any_headings, named_table
from consortia.intake.text_files import TextSheet
from consortia.money import from_pence

MONEY_ROLES = {"amount", "debit", "credit"}


@dataclass(frozen=True)
class ProposedLayout:
    """A layout to be confirmed, the reasons of its choices with the near alternatives, and what was noticed.

    `table` is the cell at which its headings begin; `more` are further tables, whose layouts `layout.more` holds.
    """

    layout: Layout
    header: Header
    sheet: str
    table: str
    proposal: Proposal
    findings: tuple[Finding, ...]
    more: tuple[ProposedLayout, ...] = ()


@dataclass(frozen=True)
class _Candidate:
    """A table that seems to be one of a ledger, with its proposal and what it holds."""

    found: FoundTable
    proposal: Proposal

    @property
    def weight(self) -> int:
        """How much it says: its columns; those of months say day and amount."""
        return len(self.found.layout.columns) + 2 * bool(self.found.layout.months)

    @property
    def is_postings(self) -> bool:
        """True for lines with days, references or months, which a summary has not."""
        roles = {column.role for column in self.found.layout.columns}
        return bool(self.found.layout.months) or not roles.isdisjoint({"date", "reference"})


def propose_layout(path: Path, *, partner: str, tables: Sequence[str] = ()) -> ProposedLayout:
    """The layout that a ledger file seems to have, or that of the `tables` named by their first cells ("Sheet1!A40").

    Raises IntakeError when no sheet shows the headings of a ledger.
    """
    try:
        return _propose(path, partner, tables, careful=False)
    except pl.exceptions.PolarsError:
        return _propose(path, partner, tables, careful=True)


def with_choices(proposed: ProposedLayout, chosen: dict[str, str]) -> Layout:
    """The proposed layout with a person's own choices: role -> heading; an empty heading leaves the role out."""
    names = numbered(proposed.header.headings)
    columns = {column.role: column for column in proposed.layout.columns}
    for role, heading in chosen.items():
        if role not in ROLES:
            raise IntakeError(f"'{role}' is nothing that a column can be.", remedy=f"Choose of: {', '.join(ROLES)}.")
        # As it stands before in other words: 'Amount (2)' is not 'Amount'.
        place = matching(heading, names) if heading else None
        found = None if place is None else names[place]
        if heading and found is None:
            raise IntakeError(f"There is no column headed '{heading}'.", remedy=f"Columns: {'; '.join(names)}.")
        columns = {key: column for key, column in columns.items() if key != role and column.heading != found}
        if found:
            one: Role = role
            columns[one] = LayoutColumn(role=one, heading=found, reason="a person said so", chosen_by="person")
    ordered = tuple(sorted(columns.values(), key=lambda column: names.index(column.heading)))
    return proposed.layout.model_copy(update={"columns": ordered})


def seeming_layout(part: TextSheet, partner: str) -> tuple[Layout, Proposal] | None:
    """The layout that the first table of a part seems to have; None when it has no headings or too little is known."""
    header = any_headings(part)
    made = layout_of(part, header, partner) if header else None
    # Further down a row may look like headings by chance: one column is not enough.
    is_scant = made is not None and part.first_row > 1 and not made[0].months and len(made[0].columns) < 2
    return None if is_scant else made


def layout_of(sheet: TextSheet, header: Header, partner: str) -> tuple[Layout, Proposal] | None:
    """The layout that a table seems to have; None when it shows no amounts."""
    texts = sample_of(sheet, header)
    headings = header.headings[: len(texts)]
    months = month_columns(headings)
    proposal = propose_months(headings, texts, months) if months else propose(headings, texts)
    if not proposal.choices or not (months or MONEY_ROLES & {choice.role for choice in proposal.choices}):
        return None
    day = proposal.column_of("date")
    titles = titles_of(sheet, header)
    year = year_in([*titles, sheet.sheet])
    layout = Layout(
        partner=partner,
        columns=tuple(LayoutColumn(role=one.role, heading=one.heading, reason=one.reason) for one in proposal.choices),
        unit=_unit(proposal, months, texts, titles),
        dates=order_of(texts[day]) if day is not None else "day first",
        headings=numbered(header.headings),
        file=sheet.file,
        months=tuple(
            LayoutMonth(heading=month.heading, reason=_read_as(month.period.first_day(year))) for month in months
        ),
    )
    return layout, proposal


def _read_as(day: object) -> str:
    return f"it is the month that begins on {day}" if day else "it is a month, of a year that the file does not name"


def _propose(path: Path, partner: str, tables: Sequence[str], *, careful: bool) -> ProposedLayout:
    findings: list[Finding] = []
    told: list[Finding] = []
    found: list[_Candidate] = []
    bare = False
    for sheet in ledger_sheets(path, careful=careful):
        findings += sheet.findings
        bare |= any_headings(sheet) is not None
        if tables:
            found += _named(sheet, partner, tables)
            continue
        candidates, unknown = _candidates(sheet, partner)
        found += candidates
        findings += unknown
    if tables:
        _check_named(path, tables, found)
        found.sort(key=lambda one: _order(one, tables))
        main, others = found[0], found[1:]
    elif found:
        main = max(found, key=lambda one: one.weight)
        others, told = _others(main, found)
    else:
        raise _no_lines(path) if bare else _no_headings(path)
    more = tuple(_proposed(one, ()) for one in others)
    layout = main.found.layout.model_copy(update={"more": tuple(one.layout for one in more)})
    return replace(_proposed(main, (*findings, *told)), layout=layout, more=more)


def _candidates(sheet: TextSheet, partner: str) -> tuple[list[_Candidate], list[Finding]]:
    """The tables of a sheet that seem to be those of a ledger, and what else begins like one."""
    proposals: dict[int, Proposal] = {}

    def layout_for(part: TextSheet) -> Layout | None:
        made = seeming_layout(part, partner)
        if made is None:
            return None
        proposals[id(made[0])] = made[1]
        return made[0]

    tables = list(tables_of(sheet, layout_for))
    known = [_Candidate(table, proposals[id(table.layout)]) for table in tables if isinstance(table, FoundTable)]
    return known, [about_unknown(table) for table in tables if isinstance(table, UnknownTable)]


def about_unknown(table: UnknownTable) -> Finding:
    """That something begins like a table but cannot be read."""
    sentence = msgid("A table begins at {table}, but its headings say too little; its {rows} rows are not read.")
    remedy = msgid("If they belong to the ledger: --table with its first cell, and --set to say what its columns are.")
    values = (("table", table.name), ("rows", f"{table.rows:,}"))
    place = Place(table.part.file, table.part.sheet)
    return Finding("ledger-table-unknown", Severity.WARNING, sentence, remedy, place, values)


def _named(sheet: TextSheet, partner: str, names: Sequence[str]) -> list[_Candidate]:
    """The tables that a person named on this sheet, whatever their headings are called."""
    found = []
    for name in names:
        named = named_table(sheet, name)
        made = layout_of(*named, partner) if named else None
        if named and made:
            layout = made[0].model_copy(update={"begins": name, "sheets": (sheet.sheet,) if sheet.sheet else ()})
            table, _ = table_in(named[0], layout)
            found += [_Candidate(table, made[1])] if table else []
    return found


def _order(one: _Candidate, names: Sequence[str]) -> int:
    return names.index(one.found.layout.begins)


def _check_named(path: Path, names: Sequence[str], found: Sequence[_Candidate]) -> None:
    known = {one.found.layout.begins for one in found}
    for name in names:
        if name not in known:
            what = f"{path.name} has no table with amounts whose headings begin at {name}."
            raise IntakeError(what, remedy="Name the cell of its first heading, such as Sheet1!A40.")


def _others(main: _Candidate, found: Sequence[_Candidate]) -> tuple[list[_Candidate], list[Finding]]:
    """Of the further tables those that are read too, and what to say of each."""
    kept: list[_Candidate] = []
    told: list[Finding] = []
    sums = [one.found.account.sum_pence for one in found]
    for one in found:
        if one is main or any(_fits(one, other) for other in [main, *kept]):
            continue
        why = _why_not(one, main, is_same_sum=sums.count(one.found.account.sum_pence) > 1)
        told.append(_about(one, why))
        if why == "":
            kept.append(one)
    return kept, told


def _fits(one: _Candidate, other: _Candidate) -> bool:
    """True where most columns of the one layout stand in the other table: another page of the same table."""
    layout = other.found.layout
    located = locate(one.found.part, layout)
    return located is not None and 2 * len(located.places) > len(layout.columns)


Why = Literal["", "same sum", "no postings", "other sheet"]


def _why_not(one: _Candidate, main: _Candidate, *, is_same_sum: bool) -> Why:
    if is_same_sum:
        return "same sum"
    if not one.is_postings:
        return "no postings"
    return "" if one.found.part.sheet == main.found.part.sheet else "other sheet"


def _about(one: _Candidate, why: Why) -> Finding:
    sentences: dict[Why, str] = {
        "": msgid("Another table begins at {table}: {lines} lines, £{sum}. It is read by a layout of its own."),
        "same sum": msgid(
            "Another table begins at {table}: {lines} lines, £{sum}. It is not read: another has the same sum."
        ),
        "no postings": msgid(
            "Another table begins at {table}: {lines} lines, £{sum}. It is not read: without days or references it "
            "may be a summary."
        ),
        "other sheet": msgid(
            "Another table begins at {table}: {lines} lines, £{sum}. It is not read: it is on another sheet."
        ),
    }
    account = one.found.account
    values = (
        ("table", one.found.name), ("lines", f"{account.lines:,}"), ("sum", f"{from_pence(account.sum_pence):,.2f}"),
    )  # fmt: skip
    code = "layout-table-left-out" if why else "layout-second-table"
    remedy = msgid("Name the tables to read with --table where this is wrong.")
    return Finding(code, Severity.WARNING, sentences[why], remedy, Place(account.file, account.sheet), values)


def _proposed(one: _Candidate, findings: Sequence[Finding]) -> ProposedLayout:
    found = one.found
    cautions = _cautions(found)
    return ProposedLayout(
        found.layout, found.header, found.part.sheet, found.name, one.proposal, (*findings, *cautions)
    )


def _unit(
    proposal: Proposal, months: Sequence[MonthColumn], texts: Sequence[Sequence[str]], titles: Sequence[str]
) -> str:
    """Thousands when the heading of the amounts says so, or a line above the headings does and the amounts show no
    pence.
    """
    money = [choice for choice in proposal.choices if choice.role in {*MONEY_ROLES, "row_total"}]
    headings = [choice.heading for choice in money] + [month.heading for month in months]
    if any("thousand" in words_of(text) for text in headings):
        return "thousands"
    columns = [*(choice.column for choice in money), *(month.column for month in months)]
    filled = [text for column in columns for text in texts[column] if looks_like_amount(text)]
    has_pence = 2 * sum(shows_pence(text) for text in filled) > len(filled)
    return "thousands" if _speaks_of_thousands(titles) and not has_pence else "pounds"


def _speaks_of_thousands(titles: Sequence[str]) -> bool:
    return any("thousand" in words_of(text) for text in titles if len(text) < 100)


def _cautions(found: FoundTable) -> list[Finding]:
    layout = found.layout
    place = Place(found.part.file, found.part.sheet, f"row {found.header.row + 1}")
    told = []
    if layout.unit == "thousands":
        sentence = msgid("The amounts are taken to be thousands of pounds.")
        remedy = msgid("Set unit=pounds if they are not.")
        told.append(Finding("layout-thousands", Severity.WARNING, sentence, remedy, place))
    elif _speaks_of_thousands(titles_of(found.part, found.header)):
        sentence = msgid("A line above the headings speaks of thousands, but the amounts are taken to be pounds.")
        remedy = msgid("Most show pence. Set unit=thousands if they are thousands all the same.")
        told.append(Finding("layout-pounds", Severity.WARNING, sentence, remedy, place))
    if layout.dates == "month first":
        sentence = msgid("The dates are taken to be month first, as in America.")
        told.append(Finding("layout-month-first", Severity.WARNING, sentence, "Check a few of them.", place))
    again = [name for name in layout.headings if name.endswith(")") and name[:-4] in layout.headings]
    if again:
        sentence = msgid("Headings stand more than once: {headings}.")
        values = (("headings", ", ".join(again)),)
        remedy = msgid("Check which column is meant.")
        told.append(Finding("layout-repeated-headings", Severity.WARNING, sentence, remedy, place, values))
    codes = {
        "ledger-months-without-year",
        "ledger-months-unpivoted",
        "ledger-row-totals-agree",
        "ledger-row-totals-differ",
    }
    return [*told, *(finding for finding in found.rows.findings if finding.code in codes)]


def _no_headings(path: Path) -> IntakeError:
    remedy = "A ledger has a row of headings that names the amount and at least one more thing, such as the date."
    return IntakeError(f"{path.name} shows no headings of a ledger in its first rows.", remedy=remedy)


def _no_lines(path: Path) -> IntakeError:
    remedy = "Send the file with its lines, or one in which the amounts are figures."
    return IntakeError(f"{path.name} has the headings of a ledger but no amounts below them.", remedy=remedy)
