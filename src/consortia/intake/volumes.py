"""What unit costs divide by, from the published counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from consortia.periods import FinancialYear
from consortia.reference.authorities import Authority
from consortia.reference.denominators import NAMES, denominator, measure_for
from consortia.reference.sources import source
from consortia.study import Volume


def volumes_of(body: Authority, years: Iterable[FinancialYear]) -> Iterator[Volume]:
    """Every published denominator of an authority for each year; one that is not published is there as not known."""
    measures = dict.fromkeys(measure_for(measure, body.nation) for measure in NAMES)
    for year in years:
        for measure in measures:
            yield _volume(body, measure, year)


def with_published(own: Iterable[Volume], body: Authority, years: Iterable[str]) -> list[Volume]:
    """A partner's own volumes, and the published ones for what it does not give in the years."""
    published = volumes_of(body, sorted(FinancialYear.parse(year) for year in years))
    return list(({volume.key: volume for volume in published} | {volume.key: volume for volume in own}).values())


def _volume(body: Authority, measure: str, year: FinancialYear) -> Volume:
    found = denominator(body.code, measure, year)
    return Volume(
        key=f"{year}/{measure}",
        year=str(year),
        measure=measure,
        value=Decimal(repr(found.value)) if found else None,
        source=f"{source(found.source).title}: {found.label}" if found else "",
    )
