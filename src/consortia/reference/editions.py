"""The editions of published returns that the package holds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from consortia.errors import UnknownReference, suggest
from consortia.periods import FinancialYear
from consortia.reference import shelf
from consortia.reference.sources import source

FORMS_HELD = (
    "Forms held: rsx, rs, ra, ro2, ro3, s251 (England), lancashire (line detail), wales; write for example rsx-2024-25."
)


@dataclass(frozen=True, slots=True)
class Edition:
    """One form of one year. `basis` says whether outturn or budget, `unit` in what the form prints its amounts.

    `details` are the heads whose lines a detail form holds: it stands beside the summary of the same nation and year,
    which holds the heads themselves. It is empty for a summary.
    """

    code: str
    form: str
    year: FinancialYear
    basis: str
    measures: tuple[str, ...]
    unit: str
    title: str
    source: str
    licence: str
    nation: str
    file: str
    sheet: str
    details: tuple[str, ...]

    @property
    def per_thousand(self) -> int:
        """How many of the form's units make a thousand pounds."""
        return 1000 if self.unit == "GBP" else 1

    @property
    def has_gross(self) -> bool:
        """True when the form gives total expenditure, and not only what is left net of income."""
        return "total_expenditure" in self.measures


def _edition(row: dict[str, str]) -> Edition:
    lists = {name: shelf.split(row[name]) for name in ("measures", "details")}
    return shelf.record(
        Edition, row, year=FinancialYear.parse(row["year"]), licence=source(row["source"]).licence, **lists
    )


@cache
def _by_code() -> dict[str, Edition]:
    return {row["code"]: _edition(row) for row in shelf.rows("editions")}


def editions() -> tuple[Edition, ...]:
    """All editions."""
    return tuple(_by_code().values())


def edition(code: str) -> Edition:
    """One edition by its code, such as rsx-2024-25; raises UnknownReference with the years held of that form."""
    found = _by_code().get(code.strip().lower())
    if found:
        return found
    form = code.strip().lower().split("-")[0]
    held = [one.code for one in editions() if one.form.lower() == form]
    remedy = f"Held of that form: {', '.join(held)}." if held else suggest(code.lower(), _by_code())
    remedy = remedy or FORMS_HELD
    raise UnknownReference(
        f"There is no published return '{code}' in this edition of the reference data.", remedy=remedy
    )
