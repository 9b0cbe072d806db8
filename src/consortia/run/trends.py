"""How the partners' spending on each head has moved in real terms, from the published outturns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from consortia.benchmarking import Break, Trend, real_trend
from consortia.periods import FinancialYear
from consortia.reference.authorities import authority
from consortia.reference.breaks import breaks_of
from consortia.reference.editions import Edition, editions
from consortia.reference.prices import deflator
from consortia.reference.returns import published_cells
from consortia.reference.taxonomy import Service, provides, services
from consortia.report.benchmark_tables import TrendRow
from consortia.run.national import SUMMARIES
from consortia.study import Definition, Text

NET = "net_current_expenditure"
# A budget and an outturn are two things: only outturns make a series. Forms of lines repeat what the summaries hold.
FEWEST_YEARS = 2


def trends(definition: Definition, *, service: str = "") -> tuple[TrendRow, ...]:
    """The series of every head (or of one) for each partner that provides it, in the prices of the base year, pounds.

    Years up to the base year; heads with fewer than two known years are left out.
    """
    spending = {partner: outturns(partner, definition.year) for partner in definition.codes}
    wanted = [one for one in services(level=1) if service in ("", one.code)]
    found = (
        _row(one, partner, series.get(one.code, {}), definition)
        for one in wanted
        for partner, series in spending.items()
        if provides(one.code, authority(partner).kind)
    )
    return tuple(row for row in found if row.trend.n >= FEWEST_YEARS)


def outturns(partner: str, last: FinancialYear) -> Mapping[str, dict[str, float | None]]:
    """Net spending by service and year, nominal pounds; a year whose return has the head and no figure holds None."""
    found: dict[str, dict[str, float | None]] = {}
    for held in _editions_of(authority(partner).nation, last):
        for cell in published_cells(held.code, [partner]):
            if cell.measure == NET and "." not in cell.service:
                amount = cell.amount_thousand
                found.setdefault(cell.service, {})[str(held.year)] = None if amount is None else float(amount) * 1000
    return found


def _editions_of(nation: str, last: FinancialYear) -> Iterable[Edition]:
    return (
        held
        for held in editions()
        if (held.nation, held.basis) == (nation, "outturn") and held.form in SUMMARIES and held.year <= last
    )


def _row(one: Service, partner: str, series: Mapping[str, float | None], definition: Definition) -> TrendRow:
    on_record = breaks_of(one.code, partner)
    reasons = {each.year: Text(en=each.reason, cy=each.reason_cy) for each in on_record}
    trend = _trend(series, definition.year, [Break(each.year, each.reason, each.until) for each in on_record])
    return TrendRow(Text(en=one.name, cy=one.name_cy), definition.partner(partner).name, trend, reasons)


def _trend(series: Mapping[str, float | None], base: FinancialYear, breaks: list[Break]) -> Trend:
    years = {FinancialYear.parse(year) for year in series} | {base}
    return real_trend(series, deflators={str(year): deflator(year) for year in years}, base=base, breaks=breaks)
