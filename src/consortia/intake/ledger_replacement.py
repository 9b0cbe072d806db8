"""A ledger file of a name that is loaded already: is it the same ledger corrected, or another one by that name?

Every system calls its extract by the same name each year. Lines of another year or department must not vanish because
the next file happens to be called "ledger.csv" too.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from consortia.errors import IntakeError
from consortia.findings import Finding, Place, Severity, msgid
from consortia.intake.mapping.codes import with_codes
from consortia.money import from_pence
from consortia.study.ledger import read_ledger_table


def check_replacement(
    folder: Path, partner: str, name: str, lines: pl.DataFrame, *, replace: bool = False
) -> tuple[Finding, ...]:
    """What a file takes the place of when it is loaded; nothing where none of that name is there.

    Raises IntakeError where the file of that name holds other years or other cost centres only, unless `replace`.
    """
    kept = read_ledger_table(folder, partner)
    held = kept.filter(pl.col("file") == name).collect() if kept is not None else None
    if held is None or held.is_empty():
        return ()
    for before, now, what in ((_years(held), _years(lines), "years"), (_codes(held), _codes(lines), "cost centres")):
        if before and now and not before & now and not replace:
            raise IntakeError(
                f"{name} is loaded already, with other {what} ({_listed(before)}, now {_listed(now)}); its "
                f"{held.height:,} lines would be lost.",
                remedy="Rename the new file to load it besides, or load it with --replace to take their place.",
            )
    sentence = msgid("It takes the place of the file of that name: {lines} lines, £{sum}.")
    sum_ = from_pence(int(held["amount_pence"].sum() or 0))
    values = (("lines", f"{held.height:,}"), ("sum", f"{sum_:,.2f}"))
    return (Finding("ledger-file-replaced", Severity.NOTE, sentence, "", Place(name), values),)


def _years(lines: pl.DataFrame) -> set[str]:
    return set(lines["financial_year"].unique()) - {""}


def _codes(lines: pl.DataFrame) -> set[str]:
    return set(with_codes(lines)["local_service"].unique()) - {""}


def _listed(texts: set[str]) -> str:
    shown = sorted(texts)
    return ", ".join(shown[:3]) + (" ..." if len(shown) > 3 else "")
