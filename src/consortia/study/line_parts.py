"""The line of a year as people mean it: year/service/measure, also where a return holds it in several parts.

A return that was made from several files has one row for each file: `K`, `K/2`, `K/3`. `K` means the whole line, its
parts together; `K/1`, `K/2` ... mean one part.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from consortia.errors import StudyError

PLACE = ("year", "service", "measure")
FIRST_PART = "/1"


@dataclass(frozen=True, slots=True)
class Address:
    """What a person means by a line: the key of its first row, and whether all rows of the line are meant."""

    key: str
    whole: bool = False
    is_first_part: bool = False

    def __str__(self) -> str:
        return f"{self.key}{FIRST_PART}" if self.is_first_part else self.key


def address(costs: pl.DataFrame, line: str) -> Address:
    """The address that is meant by a line as written. Raises StudyError when the return has no such line."""
    key = line.removesuffix(FIRST_PART)
    parts = parts_of(costs, key)
    has_parts = parts.height > 1 and _is_base(key, parts)
    if has_parts:
        return Address(key, whole=key == line, is_first_part=key != line)
    if parts_of(costs, line).is_empty():
        remedy = "Line keys are year/service/measure; `consortia lines FOLDER --partner P` lists them."
        raise StudyError(f"There is no line '{line}' in this return.", remedy=remedy)
    return Address(line)


def parts_of(costs: pl.DataFrame, key: str) -> pl.DataFrame:
    """Every row of the line that the row of this key belongs to, in the order of the return; empty for no such row."""
    return costs.join(costs.filter(pl.col("key") == key).select(PLACE), on=PLACE, how="semi", maintain_order="left")


def rows_meant(costs: pl.DataFrame, key: str, *, whole: bool) -> pl.DataFrame:
    """The rows that an address means: all parts of the line, or one row."""
    return parts_of(costs, key) if whole else costs.filter(pl.col("key") == key)


def _is_base(key: str, parts: pl.DataFrame) -> bool:
    return key == "/".join(parts.row(0, named=True)[name] for name in PLACE)
