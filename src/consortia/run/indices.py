"""Index numbers of the partners: what of a change of cost is price, what is volume, and one cost beside the peers'."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean

from consortia.benchmarking import composite_unit_cost, split_change
from consortia.benchmarking.spread import FEWEST_FOR_QUARTILES
from consortia.periods import FinancialYear
from consortia.reference.authorities import authority
from consortia.reference.breaks import breaks_of
from consortia.reference.denominators import denominator, measure_for
from consortia.reference.prices import to_real
from consortia.reference.taxonomy import Service, provides, services
from consortia.report.index_tables import IndexRow
from consortia.run.comparison import Comparison, neighbours_of, published_unit_costs
from consortia.run.trends import outturns
from consortia.study import Definition

# Long enough for a change to be one, short enough for services to be the same [J].
YEARS_BACK = 5
# What is no service of its own: the sum of them, and what is left over.
NO_SERVICE = frozenset({"total", "other", "unmapped", "debt_repayment"})

Series = Mapping[str, Mapping[str, float | None]]


def index_rows(comparison: Comparison, definition: Definition) -> tuple[IndexRow, ...]:
    """One row for each partner: Fisher's price and volume since the outturn nearest to five years back, and the
    composite unit cost beside the neighbours; real, in the prices of the base year. Method: page "comparison".
    """
    return tuple(_row(code, comparison, definition) for code in definition.codes)


def _row(code: str, comparison: Comparison, definition: Definition) -> IndexRow:
    series, last = outturns(code, definition.year), definition.year
    first = _first_year(series, last)
    followed = _followed(code, series, first, last) if first else ()
    prices = tuple(
        {one.code: _price(one, code, series, year, last) for one in followed} for year in (first, last) if year
    )
    volumes = tuple({one.code: _volume(one, code, year) for one in followed} for year in (first, last) if year)
    change = split_change((prices[0], prices[1]), (volumes[0], volumes[1])) if followed else None
    beside, compared = _beside(code, comparison, definition)
    return IndexRow(
        definition.partner(code).name, str(first or ""), change.price if change else None,
        change.volume if change else None, len(followed), beside, compared,
    )  # fmt: skip


def _first_year(series: Series, last: FinancialYear) -> FinancialYear | None:
    """The outturn nearest to five years before the last, the earlier of two."""
    held = {FinancialYear.parse(year) for years in series.values() for year in years} - {last}
    return min(held, key=lambda year: (abs(last.start - YEARS_BACK - year.start), year.start), default=None)


def _followed(code: str, series: Series, first: FinancialYear, last: FinancialYear) -> Sequence[Service]:
    """The services with cost and volume above zero in both years and no break between, gradual ones included."""
    own = [one for one in services(level=1) if one.denominator and one.code not in NO_SERVICE]
    own = [one for one in own if provides(one.code, authority(code).kind) and not _is_broken(one, code, first, last)]
    return [one for one in own if all(_has_both(one, code, series, year) for year in (first, last))]


def _is_broken(one: Service, code: str, first: FinancialYear, last: FinancialYear) -> bool:
    ends = (
        (FinancialYear.parse(each.year), FinancialYear.parse(each.until or each.year))
        for each in breaks_of(one.code, code)
    )
    return any(first < until and begun <= last for begun, until in ends)


def _has_both(one: Service, code: str, series: Series, year: FinancialYear) -> bool:
    return (series.get(one.code, {}).get(str(year)) or 0.0) > 0 and _volume(one, code, year) > 0


def _volume(one: Service, code: str, year: FinancialYear) -> float:
    held = denominator(code, measure_for(one.denominator, authority(code).nation), year)
    return held.value if held else 0.0


def _price(one: Service, code: str, series: Series, year: FinancialYear, base: FinancialYear) -> float:
    return to_real(series[one.code][str(year)] or 0.0, year=year, base=base) / _volume(one, code, year)


def _beside(code: str, comparison: Comparison, definition: Definition) -> tuple[float | None, int]:
    """The composite unit cost over the services that eight neighbours publish, and how many those are."""
    own = {unit.service: unit for unit in comparison.fit_units if unit.code == code and unit.service not in NO_SERVICE}
    peers = {}
    for service in own:
        near = published_unit_costs(neighbours_of(code), service, definition=definition, measure=comparison.measure)
        if len(near) >= FEWEST_FOR_QUARTILES:
            peers[service] = fmean(near.values())
    kept = {service: own[service] for service in peers if own[service].value > 0}
    if not kept:
        return None, 0
    costs, volumes = ({s: u.value for s, u in kept.items()}, {s: u.volume for s, u in kept.items()})
    return composite_unit_cost(costs, volumes, peers={service: peers[service] for service in kept}), len(kept)
