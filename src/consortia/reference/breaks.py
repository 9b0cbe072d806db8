"""Years from which a published figure means something else than before."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from consortia.reference import shelf
from consortia.reference.authorities import authority


@dataclass(frozen=True, slots=True)
class SeriesBreak:
    """One break in the series of a head, for some classes of authority of a nation; `until` ends a gradual one."""

    nation: str
    service: str
    kinds: tuple[str, ...]
    year: str
    until: str
    reason: str
    reason_cy: str
    source: str
    date: str
    evidence: str


@cache
def series_breaks() -> tuple[SeriesBreak, ...]:
    """All breaks that are on record; that none is on record does not say that there was none."""
    return tuple(shelf.record(SeriesBreak, row, kinds=shelf.split(row["kinds"])) for row in shelf.rows("breaks"))


def breaks_of(service_code: str, authority_code: str) -> tuple[SeriesBreak, ...]:
    """The breaks in one authority's series of a head; UnknownAuthority for an unknown code."""
    body = authority(authority_code)
    return tuple(
        each
        for each in series_breaks()
        if (each.nation, each.service) == (body.nation, service_code) and body.kind in each.kinds
    )
