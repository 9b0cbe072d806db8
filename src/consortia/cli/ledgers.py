"""Commands on ledger files: layout (propose, confirm, remember) and ledger (load by the remembered layout)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
from rich.table import Table

from consortia.cli.ledger_list import say_what_follows
from consortia.cli.spelling import command, counted
from consortia.cli.studies import console, partner_code, partner_word, show_findings
from consortia.errors import IntakeError
from consortia.findings import Finding
from consortia.intake.formula_text import neutralised_column
from consortia.intake.layouts.document import Layout, remember_layout, remembered_layout
from consortia.intake.layouts.roles import ROLE_WORDS
from consortia.intake.ledger_account import SheetAccount
from consortia.intake.ledger_files import read_ledger
from consortia.intake.ledger_proposals import ProposedLayout, propose_layout, with_choices
from consortia.intake.ledger_replacement import check_replacement
from consortia.intake.ledger_rows import TEXT_COLUMNS
from consortia.intake.ledger_years import undated_layout, undated_lines
from consortia.money import from_pence
from consortia.periods import FinancialYear
from consortia.study import read_study
from consortia.study.ledger import ledger_path
from consortia.study.ledger_store import put_ledger_file


def show_layout(
    folder: Path, file: Path, *, partner: str, confirm: bool, chosen: Sequence[str] = (), tables: Sequence[str] = ()
) -> None:
    """Prints the layout that a file seems to have, with reasons; keeps it for the partner when confirmed."""
    study = read_study(folder)
    code = partner_code(study, partner)
    choices, settings = _choices(chosen)
    proposed = propose_layout(file, partner=code, tables=tables)
    layout = with_choices(proposed, choices).model_copy(update=settings)
    console.print(_layout_table(layout, proposed))
    _print_others(proposed, layout)
    for further in proposed.more:
        console.print(_layout_table(further.layout, further))
    show_findings((*_undecided(proposed.findings, settings), *undated_layout(layout)))
    if confirm:
        console.print(
            f"Kept in {remember_layout(folder, layout)}. "
            f"Next: {command('ledger', folder, file, '--partner', partner_word(study, code))}",
            markup=False,
        )
    else:
        console.print("Nothing was kept. Confirm with --confirm, or correct with --set amount='Net Amount'.")


def load_ledger(
    folder: Path, file: Path, *, partner: str, export: Path | None, replace: bool = False, year: str = ""
) -> None:
    """Loads a ledger file by the partner's remembered layout and prints the account of every row.

    `year` is that of the lines for which the file names none.
    """
    study = read_study(folder)
    code = partner_code(study, partner)
    layout = remembered_layout(folder, code)
    if layout is None:
        look = command("layout", folder, file, "--partner", partner_word(study, code), "--confirm")
        name = study.definition.partner(code).name.en
        raise IntakeError(f"No layout was confirmed for {name} yet.", remedy=f"Look at it first: {look}")
    if year:
        layout = layout.model_copy(update={"period_year": _year(year)})
    ledger = read_ledger(file, layout)
    replaced = check_replacement(folder, code, file.name, ledger.lines, replace=replace)
    show_findings((*ledger.findings, *replaced, *undated_lines(ledger.lines, file.name)))
    console.print(_account_table(ledger.accounts))
    entry = put_ledger_file(folder, code, file, ledger.lines)
    console.print(
        f"Loaded {counted(entry.lines, 'line')}, £{from_pence(entry.sum_pence):,.2f} (nominal), "
        f"into {ledger_path(folder, code)}."
    )
    say_what_follows(folder, study, code)
    if export is not None:
        write_lines(ledger.lines, export)
        console.print(f"Wrote {export}.")


def write_lines(lines: pl.DataFrame, file: Path) -> None:
    """Writes ledger lines as CSV; text that a spreadsheet would run as a formula is made harmless."""
    names = ["file", "sheet", *TEXT_COLUMNS.values()]
    lines.with_columns([neutralised_column(name) for name in names]).write_csv(file, include_bom=True)


def _choices(chosen: Sequence[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Columns by role, and what holds for the whole layout: unit and period_year."""
    choices: dict[str, str] = {}
    for one in chosen:
        role, mark, heading = one.partition("=")
        if not mark:
            raise IntakeError(
                f"'{one}' is no choice.", remedy="Write --set amount='Net Amount' or --set unit=thousands."
            )
        choices[role.strip()] = heading.strip()
    settings = {name: choices.pop(name) for name in ("unit", "period_year") if choices.get(name)}
    if settings.get("unit", "pounds") not in {"pounds", "thousands"}:
        raise IntakeError(
            f"'{settings['unit']}' is no unit.", remedy="Write --set unit=pounds or --set unit=thousands."
        )
    if "period_year" in settings:
        settings["period_year"] = _year(settings["period_year"])
    return choices, settings


def _undecided(findings: Iterable[Finding], settings: Mapping[str, str]) -> list[Finding]:
    """The findings without those that the person's own choice of the unit settles."""
    settled = {"layout-thousands", "layout-pounds"} if "unit" in settings else set()
    return [one for one in findings if one.code not in settled]


def _year(text: str) -> str:
    try:
        return str(FinancialYear.parse(text))
    except ValueError:
        remedy = "Write it as 2024-25."
        raise IntakeError(f"'{text}' is no financial year.", remedy=remedy) from None


def _layout_table(layout: Layout, proposed: ProposedLayout) -> Table:
    title = f"{layout.file}, {proposed.table}: headings in row {proposed.header.row + 1}; amounts in {layout.unit}"
    rows = [(ROLE_WORDS[column.role], column.heading, column.reason) for column in layout.columns]
    months = [(f"Month {number}", month.heading, month.reason) for number, month in enumerate(layout.months, 1)]
    return _table(title, ("Role", "Column", "Why"), [*rows, *months])


def _print_others(proposed: ProposedLayout, layout: Layout) -> None:
    used = {column.heading for column in layout.columns} | {month.heading for month in layout.months}
    near = [choice for choice in proposed.proposal.runners_up if choice.heading not in used]
    for choice in near:
        console.print(f"Also possible: {choice.role}={choice.heading!r} ({choice.reason})", markup=False)
    unused = [name for name in layout.headings if name not in used and not name.startswith("column ")]
    if unused:
        console.print(f"Not used: {', '.join(unused)}", markup=False)


def _account_table(accounts: Iterable[SheetAccount]) -> Table:
    columns = list(accounts)
    counts: dict[str, Callable[[SheetAccount], int]] = {
        "Rows below the headings": lambda account: account.rows,
        "Lines": lambda account: account.lines,
        "  in so many rows": lambda account: account.line_rows,
        "  of these without an amount": lambda account: account.without_amount,
        "Totals": lambda account: len(account.totals),
        "Notes": lambda account: account.notes,
        "Headings again": lambda account: account.repeated_headings,
        "Blank": lambda account: account.blanks,
    }
    if all(account.line_rows == account.lines for account in columns):
        del counts["  in so many rows"]
    rows = [(label, *(f"{count(account):,}" for account in columns)) for label, count in counts.items()]
    rows.append(("Sum of the lines, £", *(f"{from_pence(account.sum_pence):,.2f}" for account in columns)))
    return _table("Every row", ("", *(account.table for account in columns)), rows)


def _table(title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> Table:
    table = Table(title=title, title_justify="left")
    for heading in headings:
        table.add_column(heading)
    for row in rows:
        table.add_row(*(str(cell).replace("[", "\\[") for cell in row))
    return table
