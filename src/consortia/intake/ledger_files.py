"""Ledger files in: the layout that a file seems to have, and its lines by a confirmed layout, every row accounted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from consortia.errors import IntakeError
from consortia.findings import Finding, Place, Severity, msgid
from consortia.intake.layouts.amounts import looks_like_amount
from consortia.intake.layouts.dates import order_of
from consortia.intake.layouts.document import Layout, LayoutColumn, numbered
from consortia.intake.layouts.header import Header
from consortia.intake.layouts.headings import words_of
from consortia.intake.layouts.proposal import Choice, Proposal, propose
from consortia.intake.layouts.roles import ROLES, Role
from consortia.intake.ledger_account import SheetAccount, account_of, findings_of
from consortia.intake.ledger_rows import read_rows
from consortia.intake.ledger_sheets import headings_of, ledger_sheets, locate, sample_of
from consortia.intake.text_files import TextSheet
from consortia.study.ledger import empty_ledger


@dataclass(frozen=True)
class ProposedLayout:
    """A layout to be confirmed, the reasons of its choices with the near alternatives, and what was noticed."""

    layout: Layout
    header: Header
    sheet: str
    proposal: Proposal
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Ledger:
    """A partner's lines from one file (columns of LedgerLine), the account of each sheet, and the findings."""

    partner: str
    lines: pl.DataFrame
    accounts: tuple[SheetAccount, ...]
    findings: tuple[Finding, ...]

    @property
    def sum_pence(self) -> int:
        """Sum of the amounts, nominal pence."""
        return sum(account.sum_pence for account in self.accounts)


def propose_layout(path: Path, *, partner: str) -> ProposedLayout:
    """The layout that a ledger file seems to have. Raises IntakeError when no sheet shows the headings of a ledger."""
    try:
        return _propose(path, partner, careful=False)
    except pl.exceptions.PolarsError:
        return _propose(path, partner, careful=True)


def _propose(path: Path, partner: str, *, careful: bool) -> ProposedLayout:
    best: ProposedLayout | None = None
    findings: list[Finding] = []
    bare = False
    for sheet in ledger_sheets(path, careful=careful):
        header = headings_of(sheet)
        findings += sheet.findings
        if header is None:
            continue
        bare = True
        found = _proposed(sheet, header, partner)
        if found and (best is None or len(found.layout.columns) > len(best.layout.columns)):
            best = found
    if best is None:
        raise _no_lines(path) if bare else _no_headings(path)
    return ProposedLayout(best.layout, best.header, best.sheet, best.proposal, (*findings, *best.findings))


def with_choices(proposed: ProposedLayout, chosen: dict[str, str]) -> Layout:
    """The proposed layout with a person's own choices: role -> heading; an empty heading leaves the role out."""
    names = numbered(proposed.header.headings)
    columns = {column.role: column for column in proposed.layout.columns}
    for role, heading in chosen.items():
        if role not in ROLES:
            raise IntakeError(f"'{role}' is nothing that a column can be.", remedy=f"Choose of: {', '.join(ROLES)}.")
        found = next((name for name in names if words_of(name) == words_of(heading) or name == heading), None)
        if heading and found is None:
            raise IntakeError(f"There is no column headed '{heading}'.", remedy=f"Columns: {'; '.join(names)}.")
        columns = {key: column for key, column in columns.items() if key != role and column.heading != found}
        if found:
            one: Role = role
            columns[one] = LayoutColumn(role=one, heading=found, reason="a person said so", chosen_by="person")
    ordered = tuple(sorted(columns.values(), key=lambda column: names.index(column.heading)))
    return proposed.layout.model_copy(update={"columns": ordered})


def read_ledger(path: Path, layout: Layout) -> Ledger:
    """The lines of a ledger file by a confirmed layout; every row is a line, a total, a note, a heading or blank.

    Raises IntakeError for a file that cannot be read, or in which no sheet has the amounts that the layout names.
    """
    try:
        return _read(path, layout, careful=False)
    except pl.exceptions.PolarsError:
        return _read(path, layout, careful=True)


def _read(path: Path, layout: Layout, *, careful: bool) -> Ledger:
    parts: list[pl.DataFrame] = []
    accounts: list[SheetAccount] = []
    findings: list[Finding] = []
    for sheet in ledger_sheets(path, careful=careful):
        located = locate(sheet, layout) if not layout.sheets or sheet.sheet in layout.sheets else None
        if located is None:
            findings += [*sheet.findings, *_passed_over(sheet)]
            continue
        rows = read_rows(sheet, located, layout, partner=layout.partner)
        account = account_of(sheet, located, rows)
        parts.append(rows.lines)
        accounts.append(account)
        findings += findings_of(sheet, located, rows, account)
    if not accounts:
        raise _does_not_fit(path, layout)
    lines = pl.concat(parts) if len(parts) > 1 else parts[0]
    return Ledger(layout.partner, lines if lines.height else empty_ledger(), tuple(accounts), tuple(findings))


def _proposed(sheet: TextSheet, header: Header, partner: str) -> ProposedLayout | None:
    texts = sample_of(sheet, header)
    proposal = propose(header.headings[: len(texts)], texts)
    if not {"amount", "debit", "credit"} & {choice.role for choice in proposal.choices}:
        return None
    day = proposal.column_of("date")
    layout = Layout(
        partner=partner,
        columns=tuple(_column(choice) for choice in proposal.choices),
        unit=_unit(proposal.choices, sheet, header),
        dates=order_of(texts[day]) if day is not None else "day first",
        headings=numbered(header.headings),
        file=sheet.file,
    )
    return ProposedLayout(layout, header, sheet.sheet, proposal, tuple(_cautions(sheet, header, layout)))


def _column(choice: Choice) -> LayoutColumn:
    return LayoutColumn(role=choice.role, heading=choice.heading, reason=choice.reason)


def _unit(choices: tuple[Choice, ...], sheet: TextSheet, header: Header) -> str:
    """Thousands when the heading of the amounts says so, or a line above the headings does."""
    money = [choice.heading for choice in choices if choice.role in {"amount", "debit", "credit"}]
    above = [cell for row in sheet.head(header.row) for cell in row if cell and not looks_like_amount(cell)]
    says = any("thousand" in words_of(text) for text in [*money, *(text for text in above if len(text) < 100)])
    return "thousands" if says else "pounds"


def _cautions(sheet: TextSheet, header: Header, layout: Layout) -> list[Finding]:
    place = Place(sheet.file, sheet.sheet, f"row {header.row + 1}")
    found = []
    if layout.unit == "thousands":
        sentence = msgid("The amounts are taken to be thousands of pounds.")
        remedy = "Set unit=pounds if they are not."
        found.append(Finding("layout-thousands", Severity.WARNING, sentence, remedy, place))
    if layout.dates == "month first":
        sentence = msgid("The dates are taken to be month first, as in America.")
        found.append(Finding("layout-month-first", Severity.WARNING, sentence, "Check a few of them.", place))
    again = [name for name in layout.headings if name.endswith(")") and name[:-4] in layout.headings]
    if again:
        sentence = msgid("Headings stand more than once: {headings}.")
        values = (("headings", ", ".join(again)),)
        found.append(
            Finding(
                "layout-repeated-headings", Severity.WARNING, sentence, "Check which column is meant.", place, values
            )
        )
    return found


def _passed_over(sheet: TextSheet) -> list[Finding]:
    if sheet.width == 0 or not sheet.head(1):
        return []
    sentence = msgid("The sheet does not have the headings of the layout; it was not read.")
    return [Finding("ledger-sheet-passed-over", Severity.NOTE, sentence, "", Place(sheet.file, sheet.sheet))]


def _no_headings(path: Path) -> IntakeError:
    remedy = "A ledger has a row of headings that names the amount and at least one more thing, such as the date."
    return IntakeError(f"{path.name} shows no headings of a ledger in its first rows.", remedy=remedy)


def _no_lines(path: Path) -> IntakeError:
    remedy = "Send the file with its lines, or one in which the amounts are figures."
    return IntakeError(f"{path.name} has the headings of a ledger but no amounts below them.", remedy=remedy)


def _does_not_fit(path: Path, layout: Layout) -> IntakeError:
    heading = layout.heading_of("amount") or layout.heading_of("debit") or ""
    what = f"{path.name} does not fit the remembered layout: no sheet has the amounts headed '{heading}'."
    return IntakeError(what, remedy="Look at the layout again: `consortia layout`.")
