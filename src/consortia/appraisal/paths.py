"""Paths: what multiplies an amount year by year, as demand, prices or a contract's terms move it.

A path has one factor for each of t = 0..horizon and each draw. What is uncertain in it is the name of a drawn input;
what is certain is a number. Source: methods.md 5.6 (demand growth, indexation less X with a floor), 5.7 (counterparty
risk).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from consortia.appraisal.arrays import FloatArray

Scalar = str | float
"""The name of a drawn input, or a number that is certain."""


class Path(Protocol):
    """A yearly multiplier."""

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of the drawn inputs that it depends on."""

    def factors(self, drawn: Mapping[str, FloatArray], *, years: int, lanes: int) -> FloatArray:
        """The factor of each year and draw, [years, lanes]; `drawn` holds an array [lanes] for each of `inputs`."""


@dataclass(frozen=True, slots=True)
class Table:
    """Factors as given for t = 0, 1, 2...; the last one holds for the years after it."""

    values: tuple[float, ...]

    def __post_init__(self) -> None:
        """Refuse a table of nothing: `ValueError`."""
        if not self.values:
            raise ValueError("a table of factors needs at least one")

    @property
    def inputs(self) -> tuple[str, ...]:
        """None: a table is certain."""
        return ()

    def factors(self, drawn: Mapping[str, FloatArray], *, years: int, lanes: int) -> FloatArray:
        """The factor of each year, the same in every draw."""
        return _by_year(self.values, drawn, years=years, lanes=lanes)


@dataclass(frozen=True, slots=True)
class Growth:
    """(1 + rate)^t: 1 in the base year, then growing (or, with a rate below zero, shrinking) by that part a year."""

    rate: Scalar

    @property
    def inputs(self) -> tuple[str, ...]:
        """The rate, where it is drawn."""
        return _names(self.rate)

    def factors(self, drawn: Mapping[str, FloatArray], *, years: int, lanes: int) -> FloatArray:
        """The factor of each year and draw, [years, lanes]."""
        return _compounded(np.broadcast_to(1.0 + _value(self.rate, drawn), (years - 1, lanes)), lanes)


@dataclass(frozen=True, slots=True)
class FlooredIndex:
    """A price that follows an index less X, with a floor: product over years of 1 + max(floor, index - less).

    `index` holds the index's change in years 1, 2, 3... as a part of one; its last one holds for the years after it.
    "RPI less three points, never below zero" is `less=0.03, floor=0.0`. The factor of the base year is 1.
    """

    index: tuple[Scalar, ...]
    less: float = 0.0
    floor: float = -1.0

    def __post_init__(self) -> None:
        """Refuse an index without a year, or a floor at which the price would turn negative: `ValueError`."""
        if not self.index or self.floor < -1:
            raise ValueError("an index needs the change of one year at least, and a floor not below -1")

    @property
    def inputs(self) -> tuple[str, ...]:
        """The years' changes that are drawn."""
        return _names(*self.index)

    def factors(self, drawn: Mapping[str, FloatArray], *, years: int, lanes: int) -> FloatArray:
        """The factor of each year and draw, [years, lanes]."""
        change = _by_year(self.index, drawn, years=years - 1, lanes=lanes)
        return _compounded(1.0 + np.maximum(self.floor, change - self.less), lanes)


@dataclass(frozen=True, slots=True)
class Survives:
    """1 as long as a contract or counterparty lasts, then 0 for good.

    In each year from `first` it ends with probability `hazard`, if it has not ended before. `input` is drawn evenly
    between 0 and 1: it lasts in year t while it is below the chance of lasting so long, so that the central case (0.5)
    is the median one.
    """

    hazard: float
    input: str
    first: int = 1

    def __post_init__(self) -> None:
        """Refuse what is no probability: `ValueError`."""
        if not 0 <= self.hazard <= 1:
            raise ValueError(f"a yearly hazard of {self.hazard} is no probability")

    @property
    def inputs(self) -> tuple[str, ...]:
        """The draw that decides when it ends."""
        return (self.input,)

    def factors(self, drawn: Mapping[str, FloatArray], *, years: int, lanes: int) -> FloatArray:
        """1 or 0 for each year and draw, [years, lanes]."""
        at_risk = np.maximum(np.arange(years) - self.first + 1, 0)
        lasting = ((1.0 - self.hazard) ** at_risk)[:, None]
        drawn_even = np.broadcast_to(drawn[self.input], (years, lanes))
        return np.asarray((drawn_even < lasting) | (at_risk[:, None] == 0), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Product:
    """Several paths at once, for example demand growth x real price growth."""

    of: tuple[Path, ...]

    @property
    def inputs(self) -> tuple[str, ...]:
        """All that its paths depend on."""
        return tuple(dict.fromkeys(name for path in self.of for name in path.inputs))

    def factors(self, drawn: Mapping[str, FloatArray], *, years: int, lanes: int) -> FloatArray:
        """The product of the factors of its paths, [years, lanes]."""
        product = np.ones((years, lanes))
        for path in self.of:
            product *= path.factors(drawn, years=years, lanes=lanes)
        return product


def _names(*scalars: Scalar) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in scalars if isinstance(one, str)))


def _value(scalar: Scalar, drawn: Mapping[str, FloatArray]) -> FloatArray | float:
    return drawn[scalar] if isinstance(scalar, str) else scalar


def _by_year(scalars: tuple[Scalar, ...], drawn: Mapping[str, FloatArray], *, years: int, lanes: int) -> FloatArray:
    """[years, lanes]; the last scalar holds for the years after it."""
    rows = np.empty((years, lanes))
    for year in range(years):
        rows[year] = _value(scalars[min(year, len(scalars) - 1)], drawn)
    return rows


def _compounded(changes: FloatArray, lanes: int) -> FloatArray:
    """1 in the base year, then the running product. Multiplied, not raised to a power: the same bits on any machine."""
    factors = np.ones((len(changes) + 1, lanes))
    for year, change in enumerate(changes):
        np.multiply(factors[year], change, out=factors[year + 1])
    return factors
