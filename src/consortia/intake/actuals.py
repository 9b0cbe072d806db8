"""What was taken out of budgets and what was delivered, from a file that finance keeps, for the savings account."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from consortia.delivery import ActualLine
from consortia.errors import UnknownAuthority
from consortia.findings import Finding
from consortia.intake.cells import CellFault, read_number, read_year
from consortia.intake.grids import read_grids
from consortia.intake.layout import find_table, no_table
from consortia.intake.rows import RowReader
from consortia.intake.wording import plain
from consortia.reference.authorities import find_authority

REQUIRED = ("initiative", "partner", "year", "kind", "amount")
WRITTEN_HERE = {"file", "sheet", "cell"}
COLUMNS = tuple(name for name in ActualLine.model_fields if name not in WRITTEN_HERE)
ANSWERS = tuple(name for name in COLUMNS if name not in {*REQUIRED, "evidence"})
OTHER_HEADINGS = {
    "financial year": "year",
    "blwyddyn": "year",
    "blwyddyn ariannol": "year",
    "menter": "initiative",
    "math": "kind",
    "amount (£)": "amount",
    "swm": "amount",
    "swm (£)": "amount",
    "tystiolaeth": "evidence",
}
KINDS = {"budgeted": "budgeted", "delivered": "delivered", "cyllidebwyd": "budgeted", "cyflawnwyd": "delivered"}
YES, NO, UNKNOWN = (
    ("yes", "y", "true", "ie", "oes"),
    ("no", "n", "false", "na", "nac oes"),
    ("unknown", "", "?", "ddim yn hysbys"),
)


def read_actuals(path: Path) -> tuple[tuple[ActualLine, ...], tuple[Finding, ...]]:
    """The lines of a file of actuals: workbook or CSV, headed as the fields of ActualLine; nominal pounds.

    Partners by any spelling or code; an answer left blank is "unknown". Good rows load, faults are findings with sheet
    and cell. A blank amount is a fault: what is not known yet has no row. Raises IntakeError for a file that cannot be
    read at all.
    """
    grids = read_grids(path)
    table = find_table(grids, REQUIRED, preferred=("Actuals",), column_of=_column_of)
    if table is None:
        raise no_table(grids, REQUIRED, column_of=_column_of)
    reader = RowReader(table)
    lines: list[ActualLine] = []
    for number, row in table.rows():
        reader.turn_to(number, row)
        line = _line(reader)
        if line:
            lines.append(line)
    return tuple(lines), tuple(reader.findings)


def _line(reader: RowReader) -> ActualLine | None:
    values = {
        "initiative": reader.read("initiative", _read_initiative),
        "partner": reader.read("partner", _read_partner),
        "year": reader.read("year", read_year),
        "kind": reader.read("kind", _read_kind),
        "amount": reader.read("amount", _read_amount),
        "evidence": reader.text("evidence"),
    }
    answers = {name: reader.read(name, _read_answer) for name in ANSWERS}
    if not reader.is_good:
        return None
    place = reader.place("amount")
    return ActualLine(**values, **answers, file=place.file, sheet=place.sheet, cell=place.cell)


def _column_of(heading: Any) -> str | None:
    return _headings().get(plain(heading))


@cache
def _headings() -> dict[str, str]:
    """A column may be headed with the field's name, with blanks or underscores, or with its description."""
    words = {form: name for name in COLUMNS for form in (name, plain(name.replace("_", " ")))}
    described = {plain(ActualLine.model_fields[name].description or name): name for name in COLUMNS}
    return described | words | OTHER_HEADINGS


def _read_initiative(value: Any) -> str:
    text = str(value).strip()
    if not text:
        raise CellFault("The initiative is blank.", "Give its key as in the agreed case, such as share-planning.")
    return text


def _read_partner(value: Any) -> str:
    text = str(value).strip()
    if not text:
        raise CellFault("The partner is blank.", "Give the council's name or code.")
    try:
        return find_authority(text).code
    except UnknownAuthority as error:
        raise CellFault("{what}", "{hint}", what=error.what, hint=error.remedy) from None


def _read_kind(value: Any) -> str:
    found = KINDS.get(plain(value))
    if found is None:
        raise CellFault(
            "'{text}' is no kind of actual.",
            "Write budgeted (taken out of the base budget) or delivered (proved by the ledger).",
            text=str(value),
        )
    return found


def _read_amount(value: Any) -> Decimal:
    amount = read_number(value)
    if amount is None:
        raise CellFault("The amount is blank.", "Leave the row out while it is not known; write 0 where nothing came.")
    return amount


def _read_answer(value: Any) -> str:
    text = plain(value)
    for answer, words in (("yes", YES), ("no", NO), ("unknown", UNKNOWN)):
        if text in words:
            return answer
    raise CellFault("'{text}' is no answer.", "Write yes, no or unknown, or leave it blank.", text=str(value))
