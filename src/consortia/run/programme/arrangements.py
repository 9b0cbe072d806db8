"""Services to be shared and projects of the partners in one programme, so that no pound of a line is saved twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from consortia.appraisal.correlations import Correlations
from consortia.appraisal.profiles import Phasing
from consortia.appraisal.proposals import ServiceCase
from consortia.appraisal.sharing import sharing_programme
from consortia.appraisal.streams import Line, Programme, Stream
from consortia.reference.prices import discount_schedule
from consortia.study import Definition

DEFAULT_CORRELATIONS = Correlations()


@dataclass(frozen=True)
class Arrangements:
    """The groups that a run would form, priced as it priced them."""

    cases: tuple[ServiceCase, ...] = ()
    phasing: Phasing | None = None
    correlations: Correlations = DEFAULT_CORRELATIONS


def with_arrangements(programme: Programme, arrangements: Arrangements, definition: Definition) -> Programme:
    """The programme with the sharing of services in it.

    A member's saving falls on the budget lines of its partner that are of the service, as the part of them that can
    change; where the study names no such line it has one of its own.
    """
    if not arrangements.cases or arrangements.phasing is None:
        return programme
    shared = sharing_programme(
        arrangements.cases,
        partners=programme.partners,
        base_year=programme.base_year,
        horizon=programme.horizon,
        schedule=discount_schedule(),
        phasing=arrangements.phasing,
        correlations=arrangements.correlations,
    )
    services = {one.key: one.service for one in definition.initiatives}
    streams = tuple(each for stream in shared.streams for each in _placed(stream, shared, programme.lines, services))
    used = {stream.line for stream in streams}
    return replace(
        programme,
        lines=(*programme.lines, *(line for line in shared.lines if line.key in used)),
        streams=(*programme.streams, *streams),
        inputs={**programme.inputs, **shared.inputs},
        shares={**programme.shares, **shared.shares},
        timings={**programme.timings, **shared.timings},
    )


def _placed(stream: Stream, shared: Programme, lines: Sequence[Line], services: dict[str, str]) -> Iterator[Stream]:
    """The stream on the study's own lines of that partner and service, where there are any."""
    own = next((line for line in shared.lines if line.key == stream.line), None)
    if own is None:
        yield stream
        return
    same = [line for line in lines if (line.partner, line.service) == (own.partner, services.get(own.service))]
    whole = sum(line.base[0] for line in same)
    if not whole:
        yield stream
        return
    part = min(own.base[0] / whole, 1.0)
    for line in same:
        planned = tuple(each * part for each in stream.planned)
        yield replace(stream, key=f"{stream.key}|{line.key}", line=line.key, planned=planned)
