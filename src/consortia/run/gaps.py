"""How far each partner is from its nearest neighbours, what that could be worth at most, and how sure that is."""

from __future__ import annotations

from consortia.benchmarking import potential, reliability, robust_scores, spread
from consortia.benchmarking.spread import FAR_OUT
from consortia.reference.authorities import authority
from consortia.reference.editions import edition
from consortia.reference.taxonomy import service
from consortia.report.benchmark_tables import GapRow
from consortia.run.comparison import Comparison, UnitCost, neighbour_unit_costs
from consortia.run.national import national_edition, unit_costs_over_years
from consortia.study import Definition, Text


def gaps(comparison: Comparison, definition: Definition) -> tuple[GapRow, ...]:
    """One row for each unit cost with at least eight neighbours beside it; pounds, in the prices of the base year.

    Returns with errors open or of a part of the year have none. The neighbours are those of the partner's class that
    publish the service in the base year. Source: methods page "comparison" (potential and its reliability).
    """
    rows = (_row(unit, definition, comparison.measure) for unit in comparison.fit_units)
    return tuple(row for row in rows if row is not None)


def _row(unit: UnitCost, definition: Definition, measure: str) -> GapRow | None:
    near = neighbour_unit_costs(unit.code, unit.service, definition=definition, measure=measure)
    peers = spread(near)
    bound = potential(unit.service, unit.value, volume=unit.volume, peers=peers)
    if bound is None or not peers.median:
        return None
    named, score = service(unit.service), robust_scores([unit.value, *near])[0]
    return GapRow(
        service=Text(en=named.name, cy=named.name_cy),
        partner=definition.partner(unit.code).name,
        unit_cost=unit.value,
        median=peers.median,
        neighbours=peers.n,
        gap=unit.value / peers.median - 1,
        potential=bound.amount,
        reliability=_reliability(unit, definition),
        far_out=score is not None and abs(score) > FAR_OUT,
    )


def _reliability(unit: UnitCost, definition: Definition) -> float | None:
    """Of the whole class in the nation, not of the few neighbours: how much of a difference lasts."""
    held = next((code for code in definition.editions if str(edition(code).year) == definition.base_year), None)
    if held is None:
        return None
    return reliability(unit_costs_over_years(unit.service, national_edition(held).code, authority(unit.code).kind))
