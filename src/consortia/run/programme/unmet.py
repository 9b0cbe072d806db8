"""Planned savings that meet nothing: their line is used up, or would fall below its floor; central case.

Planned = met + unmet, for every stream that takes from a line. An amount is unmet by what is left of its line when its
turn comes; a part of a line by what the floor holds back (that parts overlap is no unmet saving, see methods.md 5.8).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.engine import appraise_programme
from consortia.appraisal.programme_results import Central
from consortia.appraisal.streams import Programme, Stream
from consortia.findings import Finding, Place, Severity
from consortia.run.programme.compiled import Compiled

HALF_A_PENNY = 0.005
FEWEST_DRAWS = 64


@dataclass(frozen=True, slots=True)
class Met:
    """What a stream plans, as far as it is delivered, and what it finds on its line; real pounds of all years."""

    stream: Stream
    met: float
    unmet: float

    @property
    def planned(self) -> float:
        """Met and unmet together."""
        return self.met + self.unmet

    @property
    def part(self) -> str:
        """Key of the effect that it comes from; empty for a service that is shared."""
        keys = self.stream.key.split(".")
        return keys[1] if keys[0] == self.stream.project and len(keys) > 1 else ""


def met_on_lines(programme: Programme, central: Central) -> tuple[Met, ...]:
    """Every stream that takes from a line, with what it meets there."""
    unmet = central.unmet + _held_back(programme, central)
    return tuple(
        Met(stream, float(central.flows[place].sum()), float(unmet[place].sum()))
        for place, stream in enumerate(programme.streams)
        if stream.line is not None
    )


def unmet_findings(compiled: Compiled, central: Central, *, file: str) -> Iterator[Finding]:
    """A warning for each planned saving of which something meets nothing, with the pounds that are not counted."""
    for one in met_on_lines(compiled.programme, central):
        if one.unmet > HALF_A_PENNY:
            place = f"projects.{one.stream.project}.effects.{one.part}" if one.part else f"lines.{one.stream.line}"
            yield Finding(
                "meets-nothing",
                Severity.WARNING,
                "'{part}' plans £{planned} on line '{line}', of which £{unmet} meet nothing and are not counted.",
                "Look whether other savings have used the line up, and whether its floor and its amount are right.",
                Place(file, cell=place),
                (
                    ("part", one.part or one.stream.project),
                    ("planned", f"{one.planned:,.0f}"),
                    ("line", str(one.stream.line)),
                    ("unmet", f"{one.unmet:,.0f}"),
                ),
            )


def _held_back(programme: Programme, central: Central) -> FloatArray:
    """What floors hold back of the parts of lines, [stream, year]: what they would take were there no floor, less."""
    floored = {line.key for line in programme.lines if line.floor > 0}
    held = [place for place, one in enumerate(programme.streams) if one.of_line and one.line in floored]
    found: FloatArray = central.flows * 0.0
    if held:
        free = replace(programme, lines=tuple(replace(line, floor=0.0) for line in programme.lines))
        flows = appraise_programme(free, count=FEWEST_DRAWS, seed=0, apart=False).central.flows
        found[held] = flows[held] - central.flows[held]
    return found
