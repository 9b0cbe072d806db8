"""A record's declaration as a table: polars columns, CSV text, and checks that name the row and the column.

Money is exact decimal pounds in the record and in CSV (`amount`), whole pence in the table (`amount_pence`).
Other decimals (volumes) are decimals in CSV and float in the table.
"""

from __future__ import annotations

import csv
import io
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl
from pydantic import TypeAdapter, ValidationError

from consortia.findings import Finding, Place, Severity
from consortia.money import from_pence, pounds_from_text, to_pence
from consortia.study.records import Record

MONEY_FIELDS = frozenset({"amount"})


def schema_of(record: type[Record]) -> dict[str, pl.DataType]:
    """The table's columns and types for a record class."""
    return {table_column(name): _column_type(name, field.annotation) for name, field in record.model_fields.items()}


def table_column(field: str) -> str:
    """The table's name for a record's field: money in tables is whole pence and says so."""
    return f"{field}_pence" if field in MONEY_FIELDS else field


def empty_table(record: type[Record]) -> pl.DataFrame:
    """A table with the record's columns and no rows."""
    return pl.DataFrame(schema=schema_of(record))


def table_of(record: type[Record], rows: Iterable[Record]) -> pl.DataFrame:
    """A table from records, in their order."""
    plain = [_to_table_row(row) for row in rows]
    return pl.DataFrame(plain, schema=schema_of(record), orient="row") if plain else empty_table(record)


def records_of(record: type[Record], table: pl.DataFrame) -> Iterator[Record]:
    """The table's rows as records."""
    for row in table.iter_rows(named=True):
        yield record(**{name: _from_table(name, row[table_column(name)], record) for name in record.model_fields})


def to_csv(record: type[Record], table: pl.DataFrame) -> str:
    """The table as CSV text: pounds with two decimals, not-known as empty; the same text for the same table."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(record.model_fields)
    names = list(record.model_fields)
    for row in table.select([table_column(name) for name in names]).iter_rows():
        writer.writerow([_to_text(name, value) for name, value in zip(names, row, strict=True)])
    return out.getvalue()


@dataclass(frozen=True)
class Parsed:
    """What could be read of a table, and what could not."""

    table: pl.DataFrame
    findings: tuple[Finding, ...]


def from_rows(record: type[Record], rows: Iterable[tuple[Place, Mapping[str, Any]]]) -> Parsed:
    """Checks rows of text against a record; good rows load, each fault becomes a finding with its place."""
    good: list[Record] = []
    findings: list[Finding] = []
    adapter = TypeAdapter(record)
    for place, row in rows:
        try:
            good.append(adapter.validate_python(_without_blanks(row)))
        except (ValidationError, ValueError) as error:
            findings.extend(_row_findings(place, row, error))
    return Parsed(table_of(record, good), tuple(findings))


def from_csv(record: type[Record], text: str, file: str) -> Parsed:
    """Reads CSV text as written by `to_csv`; the places in the findings are rows of `file`."""
    reader = csv.DictReader(io.StringIO(text))
    missing = [name for name in record.model_fields if name not in (reader.fieldnames or [])]
    if missing:
        finding = Finding(
            "column-missing",
            Severity.ERROR,
            "The column {columns} is missing.",
            "Add it, or write the table anew with `consortia template`.",
            Place(file),
            (("columns", ", ".join(missing)),),
        )
        return Parsed(empty_table(record), (finding,))
    return from_rows(record, ((Place(file, cell=f"row {number}"), row) for number, row in enumerate(reader, 2)))


def _without_blanks(row: Mapping[str, Any]) -> dict[str, Any]:
    """Blank cells fall back to the field's default; blank money and volumes are not known, never zero."""
    cleaned: dict[str, Any] = {}
    for name, value in row.items():
        if name in {"amount", "value"}:
            cleaned[name] = _decimal(value)
        elif value not in (None, ""):
            cleaned[name] = value
    return cleaned


def _decimal(value: Any) -> Decimal | None:
    return None if value in (None, "") else pounds_from_text(str(value))


def _row_findings(place: Place, row: Mapping[str, Any], error: Exception) -> list[Finding]:
    if isinstance(error, ValidationError):
        faults = [(str(fault["loc"][0]) if fault["loc"] else "row", fault["msg"]) for fault in error.errors()]
    else:
        faults = [("amount" if "amount" in row else "value", str(error))]
    return [
        Finding(
            "cell-unreadable",
            Severity.ERROR,
            "Column '{column}' cannot be read: {fault}.",
            "Correct the cell; the other rows were loaded.",
            place,
            (("column", column), ("fault", fault.removeprefix("Value error, ").rstrip("."))),
        )
        for column, fault in faults
    ]


def _to_table_row(row: Record) -> tuple[Any, ...]:
    return tuple(_to_table(name, getattr(row, name)) for name in type(row).model_fields)


def _to_table(name: str, value: Any) -> Any:
    if isinstance(value, Decimal):
        return to_pence(value) if name in MONEY_FIELDS else float(value)
    return value


def _from_table(name: str, value: Any, record: type[Record]) -> Any:
    if value is None or name not in MONEY_FIELDS:
        return Decimal(repr(value)) if isinstance(value, float) and _is_decimal(record, name) else value
    return from_pence(value)


def _to_text(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name in MONEY_FIELDS:
        return f"{from_pence(value):.2f}"
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def _is_decimal(record: type[Record], name: str) -> bool:
    return Decimal in _plain_types(record.model_fields[name].annotation)


def _column_type(name: str, annotation: Any) -> pl.DataType:
    plain = _plain_types(annotation)
    if Decimal in plain:
        return pl.Int64() if name in MONEY_FIELDS else pl.Float64()
    if int in plain:
        return pl.Int64()
    return pl.Float64() if float in plain else pl.String()


def _plain_types(annotation: Any) -> tuple[Any, ...]:
    if isinstance(annotation, types.UnionType) or typing.get_origin(annotation) is typing.Union:
        return tuple(kind for part in typing.get_args(annotation) for kind in _plain_types(part))
    return (annotation,)
