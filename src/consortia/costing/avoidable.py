"""Avoidable against allocated cost: what stops when a service is shared, and the overhead that is left stranded.

An allocated overhead is not saved because a service is shared: it stops only where somebody says what stops. The rest
is stranded: it stays with the partner and falls on its other services.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from consortia.costing.allocation import Allocation
from consortia.costing.pennies import share_rows

COLUMNS = ("source", "kind", "amount_pence", "share", "avoidable_pence", "stranded_pence", "retained_pence", "reason")


@dataclass(frozen=True, slots=True)
class CostElement:
    """A part of a service's full cost, whole pence: its own, or allocated from a support department."""

    source: str
    amount_pence: int
    is_allocated: bool


@dataclass(frozen=True, slots=True)
class Stop:
    """The part of an element, 0 to 1, that stops when the service is shared, and what it is that stops."""

    share: float
    reason: str


@dataclass(frozen=True)
class Avoidable:
    """What stops and what stays, whole pence. Avoidable + stranded + retained = the full cost, line by line.

    `lines`: source, kind (direct or allocated), amount_pence, share that stops, avoidable_pence, stranded_pence
    (allocated and not stopping), retained_pence (the service's own and not stopping), reason.
    """

    lines: pl.DataFrame

    @property
    def full_pence(self) -> int:
        """The full cost of the service."""
        return int(self.lines["amount_pence"].sum())

    @property
    def avoidable_pence(self) -> int:
        """What stops."""
        return int(self.lines["avoidable_pence"].sum())

    @property
    def stranded_pence(self) -> int:
        """The allocated overhead that stays behind."""
        return int(self.lines["stranded_pence"].sum())

    @property
    def retained_pence(self) -> int:
        """The service's own cost that stays."""
        return int(self.lines["retained_pence"].sum())


def elements_of(allocation: Allocation, department: str) -> tuple[CostElement, ...]:
    """The parts of an operating department's full cost: its own first, then what each support department put on it."""
    into = allocation.traces.filter(pl.col("department") == department)
    parts = (CostElement(source, pence, source != department) for source, _, pence in into.iter_rows())
    return tuple(sorted(parts, key=lambda one: (one.is_allocated, one.source)))


def what_stops(elements: Sequence[CostElement], stops: Mapping[str, Stop]) -> Avoidable:
    """Splits each element by what stops of it; where nobody says that anything stops, nothing does.

    Raises ValueError for a share outside 0 to 1 or for a source that is no element of the cost.
    """
    unknown = sorted(set(stops) - {one.source for one in elements})
    wrong = sorted(source for source, stop in stops.items() if not 0 <= stop.share <= 1)
    if unknown or wrong:
        raise ValueError(f"what stops must be a part (0 to 1) of the cost: see {', '.join([*unknown, *wrong])}")
    schema = dict(zip(COLUMNS, (pl.String, pl.String, pl.Int64, pl.Float64, *(pl.Int64,) * 3, pl.String), strict=True))
    return Avoidable(pl.DataFrame([_line(one, stops) for one in elements], schema=schema, orient="row"))


def stranded_on(stranded_pence: int, remaining: Mapping[str, float]) -> dict[str, int]:
    """What the stranded overhead adds to each service that stays, by weight (such as its own cost), whole pence.

    Raises ValueError when nothing stays to bear it.
    """
    names = sorted(remaining)
    parts = share_rows(np.array([stranded_pence]), np.array([[remaining[name] for name in names]], dtype=np.float64))
    return dict(zip(names, parts[0].tolist(), strict=True))


def _line(element: CostElement, stops: Mapping[str, Stop]) -> tuple[object, ...]:
    stop = stops.get(element.source, Stop(0.0, ""))
    weights = np.array([[stop.share, 1 - stop.share]])
    avoidable, staying = share_rows(np.array([element.amount_pence]), weights)[0].tolist()
    stranded, retained = (staying, 0) if element.is_allocated else (0, staying)
    kind = "allocated" if element.is_allocated else "direct"
    return element.source, kind, element.amount_pence, stop.share, avoidable, stranded, retained, stop.reason
