"""Commands that read ledger files: layout, ledger."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter


def layout(
    folder: Path,
    file: Path,
    *,
    partner: str,
    confirm: bool = False,
    chosen: Annotated[list[str], Parameter(name="--set", consume_multiple=True)] = [],  # noqa: B006 - never changed
    table: Annotated[list[str], Parameter(name="--table", consume_multiple=True)] = [],  # noqa: B006 - never changed
) -> None:
    """Proposes what each column of a partner's ledger file is, with reasons; --confirm keeps it for next time.

    Parameters
    ----------
    folder
        The study.
    file
        A ledger extract: .xlsx, .xls, .ods, or delimited text of any encoding.
    partner
        The partner by any spelling or code.
    confirm
        Remember the layout for this partner.
    chosen
        Your own choices, e.g. --set amount='Net Amount' service='' unit=thousands; an empty one leaves a role out.
        For a file that names no year: --set period_year=2024-25.
    table
        The tables to read, by the cell at which their headings begin, the main one first: --table Sheet1!A40.
    """
    from consortia.cli.ledgers import show_layout

    show_layout(folder, file, partner=partner, confirm=confirm, chosen=chosen, tables=table)


def ledger(
    folder: Path,
    file: Path | None = None,
    *,
    partner: str,
    export: Path | None = None,
    replace: bool = False,
    year: str = "",
    remove: str = "",
    by: str = "",
    reason: str = "",
) -> None:
    """Loads ledger lines by the partner's remembered layout, and accounts for every row to the penny; or removes them.

    Parameters
    ----------
    folder
        The study.
    file
        A ledger extract like the one whose layout was confirmed. Without it the files of the ledger are listed.
    partner
        The partner by any spelling or code.
    export
        Also write the lines as CSV, with formula text made harmless.
    replace
        Take the place of a file of the same name even where that has other years or cost centres.
    year
        The financial year of the lines whose day or year the file does not give, e.g. 2024-25.
    remove
        Take the lines of the file of this name out of the ledger; the file itself is kept, and who did it and why.
    by
        Who takes the file out.
    reason
        Why.
    """
    from consortia.cli.ledger_list import remove_file, show_files
    from consortia.cli.ledgers import load_ledger

    if remove:
        remove_file(folder, partner=partner, name=remove, by=by, reason=reason)
    elif file is None:
        show_files(folder, partner=partner)
    else:
        load_ledger(folder, file, partner=partner, export=export, replace=replace, year=year)


COMMANDS: dict[str, Callable[..., None]] = {"layout": layout, "ledger": ledger}
