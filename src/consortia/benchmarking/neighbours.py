"""Open nearest neighbours: which areas are most like one, by published indicators of the area, never of its spending.

The approach of CIPFA's model (standardised variables, Euclidean distance, rebased to the farthest) on open ONS
indicators; the lists are ours and differ from CIPFA's. Minimum presence and winsorising are judgement [J].
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from consortia.findings import msgid

Floats = npt.NDArray[np.float64]

LARGEST_SCORE = 3.0  # one outlying variable (the City of London's density) must not decide alone [J]
LEAST_PRESENT = 0.8  # share of the variables that two areas must both have [J]
NEIGHBOURS = 15  # as CIPFA shows


class Indicators(Protocol):
    """What is needed of a table of indicators: areas by name, values by area and name, NaN where missing."""

    @property
    def authorities(self) -> Sequence[str]:
        """Codes of the areas, one per row."""

    @property
    def names(self) -> Sequence[str]:
        """Names of the indicators, one per column."""

    @property
    def values(self) -> Floats:
        """The indicators themselves, each column in its own unit."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An area near another: distance (the farthest compared is 1) and what makes it.

    `contributions` are shares of the squared distance by indicator, largest first, adding up to 1; `variables` is the
    number of indicators that both areas have.
    """

    code: str
    distance: float
    contributions: tuple[tuple[str, float], ...]
    variables: int


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The nearest first; `compared` areas were measured, `left_out` had too few indicators."""

    of: str
    nearest: tuple[Neighbour, ...]
    compared: int
    left_out: tuple[str, ...]
    caveats: tuple[str, ...]

    def __iter__(self) -> Iterator[Neighbour]:
        return iter(self.nearest)

    def __len__(self) -> int:
        return len(self.nearest)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes, nearest first."""
        return tuple(neighbour.code for neighbour in self.nearest)


LIKENESS = msgid("Like in the published indicators used, which are not all that matters.")
FEW_INDICATORS = msgid("Areas with fewer than four in five of the indicators were left out.")
NONE_COMPARED = msgid("The area itself, or every other of its kind, has too few indicators: it has no neighbours.")
FEW_COMPARED = msgid("There are fewer areas of this kind than were asked for.")


def nearest_neighbours(
    code: str,
    table: Indicators,
    *,
    kinds: Mapping[str, str],
    k: int = NEIGHBOURS,
    weights: Mapping[str, float] | None = None,
) -> Neighbours:
    """Gives the k areas of the same kind that are most like `code`, nearest first; distances have no unit.

    Each indicator is standardised among areas of the kind and held within 3 standard deviations; distance is
    sqrt(sum w (z_a - z_b)^2), scaled up for indicators that one of the two has not, then divided by the farthest.
    `kinds`: kind of authority by code; `weights`: by indicator, 1 where left out. ValueError for an area that is not
    in the table or has no kind, or a weight for no indicator.
    """
    rows = _rows_of_kind(code, table, kinds)
    importance = _importance(table.names, weights or {})
    scores = standard_scores(table.values[list(rows.values())])
    mine = scores[list(rows).index(code)]
    measured = {other: _apart(mine, scores[i], importance) for i, other in enumerate(rows) if other != code}
    pairs = sorted(
        ((other, pair) for other, pair in measured.items() if pair), key=lambda each: (each[1].distance, each[0])
    )
    farthest = pairs[-1][1].distance if pairs else 0.0
    nearest = tuple(_neighbour(other, pair, farthest, table.names) for other, pair in pairs[:k])
    left_out = tuple(other for other, pair in measured.items() if pair is None)
    return Neighbours(code, nearest, len(pairs), left_out, _caveats(left_out, len(pairs), k))


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two areas: how far apart, the part of each indicator in the square of it, how many indicators both have."""

    distance: float
    squares: Floats
    shared: int


def standard_scores(values: Floats) -> Floats:
    """Gives each column as standard scores (mean 0, sd 1, no unit) held within 3; a column without spread is 0."""
    known = ~np.isnan(values)
    count = np.maximum(known.sum(axis=0), 1)
    centred = np.where(known, values, 0.0) - np.where(known, values, 0.0).sum(axis=0) / count
    sd = np.sqrt((np.where(known, centred, 0.0) ** 2).sum(axis=0) / count)
    scores = np.divide(centred, sd, out=np.zeros_like(centred), where=sd > 0)
    return np.where(known, np.clip(scores, -LARGEST_SCORE, LARGEST_SCORE), np.nan)


def _rows_of_kind(code: str, table: Indicators, kinds: Mapping[str, str]) -> dict[str, int]:
    """Row numbers by code of the areas of the same kind, the area itself included."""
    if code not in table.authorities or code not in kinds:
        raise ValueError(f"{code} has no indicators or no kind, so it has no neighbours")
    return {other: row for row, other in enumerate(table.authorities) if kinds.get(other) == kinds[code]}


def _importance(names: Sequence[str], weights: Mapping[str, float]) -> Floats:
    strange = sorted(set(weights) - set(names))
    if strange:
        raise ValueError(f"there is no indicator {', '.join(strange)} to weigh")
    return np.array([weights.get(name, 1.0) for name in names], dtype=np.float64)


def _apart(one: Floats, other: Floats, importance: Floats) -> _Pair | None:
    """None when the two share too few indicators to be compared."""
    both = ~(np.isnan(one) | np.isnan(other))
    squares = np.where(both, importance * np.nan_to_num(one - other) ** 2, 0.0)
    # The weight of what is missing is made up by what is there: sqrt(V / V_ab) when all weigh the same.
    whole, present = importance.sum(), importance[both].sum()
    if present <= 0 or both.mean() < LEAST_PRESENT:
        return None
    return _Pair(float(np.sqrt(whole / present * squares.sum())), squares, int(both.sum()))


def _neighbour(code: str, pair: _Pair, farthest: float, names: Sequence[str]) -> Neighbour:
    whole = pair.squares.sum()
    parts = pair.squares / whole if whole > 0 else pair.squares
    ranked = sorted(zip(names, parts.tolist(), strict=True), key=lambda part: -part[1])
    return Neighbour(code, pair.distance / farthest if farthest else 0.0, tuple(ranked), pair.shared)


def _caveats(left_out: tuple[str, ...], compared: int, asked: int) -> tuple[str, ...]:
    if not compared:
        return (NONE_COMPARED,)
    return (LIKENESS, *((FEW_INDICATORS,) if left_out else ()), *((FEW_COMPARED,) if compared < asked else ()))
