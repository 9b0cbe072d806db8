"""Content of the report room as plain values for JSON, and back: each record names its class, nothing is rounded."""

from __future__ import annotations

from dataclasses import MISSING, Field, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from consortia.findings import Finding, Place, Severity
from consortia.report import figures, paper, project_summary, projects_model, rows, tables, words, workbook_model
from consortia.study.definition import Range, Text

CLASS = "is"

RECORDS: dict[str, type[Any]] = {
    record.__name__: record
    for module in (words, tables, figures, rows, paper, project_summary, projects_model, workbook_model)
    for record in vars(module).values()
    if isinstance(record, type) and hasattr(record, "__dataclass_fields__") and record.__module__ == module.__name__
} | {"Finding": Finding, "Place": Place}
DOCUMENTS: dict[str, type[Text | Range]] = {"Text": Text, "Range": Range}
NAMES: dict[str, type[StrEnum]] = {"Absent": words.Absent, "Severity": Severity}


def to_plain(value: Any) -> Any:
    """Plain values (dicts, lists, text, numbers) that `from_plain` turns into an equal value again.

    Raises ValueError for what the report room does not know.
    """
    kind = type(value).__name__
    if kind in NAMES or isinstance(value, Decimal | date):
        return {CLASS: kind, "value": str(value)}
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    if kind in DOCUMENTS:
        return {CLASS: kind} | value.to_plain()
    if kind in RECORDS:
        return {CLASS: kind} | {field.name: to_plain(getattr(value, field.name)) for field in _stored(value)}
    if isinstance(value, dict):
        return {CLASS: "dict"} | {key: to_plain(item) for key, item in value.items()}
    raise ValueError(f"a {kind} is no content of a report")


def from_plain(plain: Any) -> Any:
    """The value that `to_plain` was given; ValueError when it names a class that the report room does not know."""
    if isinstance(plain, list):
        return tuple(from_plain(item) for item in plain)
    if not isinstance(plain, dict):
        return plain
    kind = plain.get(CLASS)
    if kind in ("Decimal", "date"):
        return Decimal(plain["value"]) if kind == "Decimal" else date.fromisoformat(plain["value"])
    if kind in NAMES:
        return NAMES[kind](plain["value"])
    rest = {key: from_plain(item) for key, item in plain.items() if key != CLASS}
    if kind == "dict":
        return rest
    record = RECORDS.get(str(kind)) or DOCUMENTS.get(str(kind))
    if record is None:
        raise ValueError(f"'{kind}' is no content of a report")
    return record(**rest)


def _stored(value: Any) -> list[Field[Any]]:
    """The fields that differ from their default: what a reader needs to make the same record."""
    return [field for field in fields(value) if field.init and not _is_default(field, getattr(value, field.name))]


def _is_default(field: Field[Any], value: Any) -> bool:
    if field.default_factory is not MISSING:
        return bool(value == field.default_factory())
    return field.default is not MISSING and bool(value == field.default)
