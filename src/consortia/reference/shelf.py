"""Reads the tables that lie in the package."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

Kind = TypeVar("Kind")

FOLDER = files("consortia.reference") / "tables"


def _find(name: str) -> Traversable | None:
    for ending in (".csv", ".csv.gz"):
        path = FOLDER.joinpath(*f"{name}{ending}".split("/"))
        if path.is_file():
            return path
    return None


def grid(name: str) -> list[list[str]]:
    """The cells of a shipped table, header first; KeyError when there is no such table."""
    path = _find(name)
    if path is None:
        raise KeyError(name)
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.name.endswith(".gz") else data).decode("utf-8")
    return list(csv.reader(io.StringIO(text, newline="")))


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a shipped table under its header; kept after the first reading."""
    header, *body = grid(name)
    return tuple(dict(zip(header, row, strict=True)) for row in body)


def split(text: str) -> tuple[str, ...]:
    """The parts of a list inside a cell (separated by semicolons); an empty cell has none."""
    return tuple(text.split(";")) if text else ()


def number(text: str) -> float | None:
    """A float, or None for an empty cell."""
    return float(text) if text else None


def numbers(row: Mapping[str, str], *names: str) -> dict[str, float]:
    """Cells that must hold numbers, by name."""
    return {name: float(row[name]) for name in names}


def record(kind: type[Kind], row: Mapping[str, str], **converted: Any) -> Kind:
    """A frozen record from a row: each field is what was converted, or else the cell of its name as text."""
    wanted = (field.name for field in fields(kind))  # type: ignore[arg-type]
    return kind(**{name: converted[name] if name in converted else row[name] for name in wanted})
