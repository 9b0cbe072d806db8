"""Rows of a table as records: good rows load, each fault becomes a finding with its cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from typing import Any

from consortia.findings import Finding, Place, Severity
from consortia.intake.cells import (
    CellFault,
    read_measure,
    read_number,
    read_service,
    read_status,
    read_year,
    read_year_of,
)
from consortia.intake.layout import Layout
from consortia.reference.denominators import NAMES
from consortia.reference.taxonomy import services
from consortia.study import CostLine, Volume
from consortia.study.returns import USE_OF


class RowReader:
    """Reads the cells of one row after another and gathers what is wrong, with the place of each."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.findings: list[Finding] = []
        self._number = 0
        self._row: dict[str, Any] = {}
        self._is_good = True

    def turn_to(self, number: int, row: dict[str, Any]) -> None:
        """Makes a row the one that is read."""
        self._number, self._row, self._is_good = number, row, True

    @property
    def is_good(self) -> bool:
        """True while nothing is wrong with the row."""
        return self._is_good

    def place(self, column: str) -> Place:
        """The place of a column's cell in the row."""
        return self.layout.grid.place(self._number, self.layout.columns[column])

    def text(self, column: str) -> str:
        """The cell as it stands."""
        return str(self._row.get(column, "")).strip()

    def read(self, column: str, reader: Callable[..., Any], *more: Any) -> Any:
        """The cell through a reader; None, and a finding, where it cannot be read."""
        if column not in self.layout.columns:
            return reader("", *more)
        if self.place(column).cell in self.layout.grid.errors:
            self._add(
                "formula-error", CellFault("The formula in this cell gives an error.", "Mend the formula."), column
            )
            return None
        try:
            return reader(self._row[column], *more)
        except CellFault as fault:
            self._add(f"{column}-unreadable", fault, column)
            return None

    def _add(self, code: str, fault: CellFault, column: str) -> None:
        self._is_good = False
        place = self.place(column)
        self.findings.append(Finding(code, Severity.ERROR, fault.sentence, fault.remedy, place, fault.values))


def cost_lines(layout: Layout, *, years: Collection[str] = ()) -> tuple[list[CostLine], list[Finding]]:
    """The cost lines of a table, nominal pounds, and what is wrong with the other rows; no `years`: any."""
    reader = RowReader(layout)
    seen: Counter[str] = Counter()
    lines: list[CostLine] = []
    for number, row in layout.rows():
        reader.turn_to(number, row)
        line = _cost_line(reader, seen, years)
        if line:
            lines.append(line)
    return lines, reader.findings


def _cost_line(reader: RowReader, seen: Counter[str], years: Collection[str]) -> CostLine | None:
    year = reader.read("year", read_year_of, years)
    service = reader.read("service", read_service)
    measure = reader.read("measure", read_measure)
    amount = reader.read("amount", read_number)
    status = reader.read("status", read_status, amount) if reader.is_good else None
    if not reader.is_good:
        return None
    key = f"{year}/{service}/{measure}"
    seen[key] += 1
    place = reader.place("amount")
    return CostLine(
        key=key if seen[key] == 1 else f"{key}/{seen[key]}",
        year=year,
        service=service,
        measure=measure,
        amount=amount,
        status=status,
        heading=f"{reader.text('service')}, {reader.text('measure')}",
        file=place.file,
        sheet=place.sheet,
        cell=place.cell,
    )


def volume_rows(layout: Layout) -> tuple[list[Volume], list[Finding]]:
    """The volumes of a table and what is wrong with the other rows."""
    reader = RowReader(layout)
    found: dict[str, Volume] = {}
    for number, row in layout.rows():
        reader.turn_to(number, row)
        year = reader.read("year", read_year)
        measure = reader.read("measure", _read_denominator)
        value = reader.read("value", _read_volume)
        if reader.is_good:
            key = f"{year}/{measure}"
            found[key] = Volume(key=key, year=year, measure=measure, value=value, source=reader.text("source"))
    return list(found.values()), reader.findings


def _read_denominator(value: Any) -> str:
    text = str(value).strip()
    if used := _used_service(text):
        return f"{USE_OF}{used}"
    for code, names in NAMES.items():
        if text.casefold() in {code, *(name.casefold() for name in names.values())} or text.endswith(f"[{code}]"):
            return code
    raise CellFault(
        "'{text}' is not a volume that unit costs divide by.",
        "Choose one of: {known}.",
        text=text,
        known=", ".join(NAMES),
    )


def _used_service(text: str) -> str:
    """The service whose use a volume states, as `use.education` or a label that ends with it in brackets; or none."""
    code = text.rpartition("[")[2].rstrip("]").casefold()
    named = code.removeprefix(USE_OF)
    return named if code.startswith(USE_OF) and any(one.code == named for one in services()) else ""


def _read_volume(value: Any) -> Any:
    number = read_number(value)
    if number is not None and number < 0:
        raise CellFault("{number} is negative.", "A volume is a count; correct it.", number=str(number))
    return number
