"""The area indicators from which nearest neighbours are computed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from consortia.reference import shelf


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """Values [authority, indicator]; nan is missing. `sources` gives meaning, unit and period of each indicator."""

    authorities: tuple[str, ...]
    names: tuple[str, ...]
    values: NDArray[np.float64]
    sources: tuple[str, ...]


@cache
def indicators() -> IndicatorTable:
    """The ONS clustering indicators (edition 2025), one row per authority of England and Wales."""
    header, *body = shelf.grid("indicators")
    values = np.array([[float(cell) if cell else np.nan for cell in row[1:]] for row in body])
    values.setflags(write=False)
    meanings = {
        row["indicator"]: f"{row['meaning']} ({row['unit']}, {row['period']})"
        for row in shelf.rows("indicator_meanings")
    }
    return IndicatorTable(
        tuple(row[0] for row in body), tuple(header[1:]), values, tuple(meanings[name] for name in header[1:])
    )


def indicator_names() -> tuple[str, ...]:
    """The names of the indicators."""
    return indicators().names
