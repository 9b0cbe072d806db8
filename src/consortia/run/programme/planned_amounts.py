"""What a stream's year is made of in the central case: the amount as planned, what multiplies it, and its path."""

from __future__ import annotations

from dataclasses import dataclass

from consortia.appraisal.streams import Stream
from consortia.run.programme.compiled import Compiled
from consortia.run.programme.inputs import Relative


@dataclass(frozen=True, slots=True)
class PlannedAmount:
    """Pounds (or a part of a line) as planned in a year, and the factors of the central case upon it."""

    planned: float
    multipliers: tuple[float, ...]
    path: float


def planned_amount(stream: Stream, t: int, compiled: Compiled) -> PlannedAmount:
    """The plan of a year before its multipliers: the engine's own plan holds the central value of each `times`."""
    factors: list[float] = []
    planned = stream.planned[t]
    for name in stream.inputs:
        drawn = compiled.programme.inputs[name]
        if not isinstance(drawn, Relative):
            factors.append(drawn.central)
        elif name.endswith(".times"):
            factors.append(drawn.of.central)
            planned /= drawn.of.central
    path = compiled.central_path(stream.path, len(stream.planned))[t] if stream.path else 1.0
    return PlannedAmount(planned, tuple(factors), path)


def factor_text(*factors: float) -> str:
    """Factors for a calculator, in ten digits: "1.116666667 x 0.8"; "1" where there is none."""
    return " x ".join(f"{one:.10g}" for one in factors) or "1"
