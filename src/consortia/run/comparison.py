"""The partners beside each other and beside their nearest neighbours: unit costs with their numbers and caveats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

import polars as pl

from consortia.benchmarking import CAVEATS, nearest_neighbours, spread, unit_costs, volume_table
from consortia.costing import Harmonised
from consortia.reference.authorities import all_authorities
from consortia.reference.denominators import denominator, denominator_name
from consortia.reference.editions import edition
from consortia.reference.indicators import indicators
from consortia.reference.returns import published_cells
from consortia.reference.taxonomy import services
from consortia.report.rows import Amount, ComparisonRow
from consortia.report.words import Absent
from consortia.run.reliance import Reliance, reliance_of
from consortia.study import Definition, Study, Text

GROSS, NET = "total_cost", "net_current_expenditure"
PUBLISHED = {GROSS: "total_expenditure", NET: "net_current_expenditure"}
# The line detail of one county has no neighbours in it; the national summary of the same year has the same heads.
NATIONAL_EDITION = {"lancashire-2023-24": "rsx-2023-24", "lancashire-2024-25": "rsx-2024-25"}


@dataclass(frozen=True)
class UnitCost:
    """A partner's unit cost of a service with what it was divided from; real pounds, pounds a year, units."""

    service: str
    code: str
    value: float
    amount: float
    volume: float
    denominator: str

    @property
    def key(self) -> str:
        """The key of its figure."""
        return unit_cost_key(self.service, self.code)


@dataclass(frozen=True)
class Comparison:
    """Unit costs of the base year: the rows of the paper, the unit costs in them, and what to keep in mind."""

    rows: tuple[ComparisonRow, ...]
    units: tuple[UnitCost, ...]
    caveats: tuple[str, ...]
    measure: str = GROSS
    reliance: Mapping[str, Reliance] = field(default_factory=dict)

    @property
    def fit_units(self) -> tuple[UnitCost, ...]:
        """The unit costs that may be compared: of whole years without errors open."""
        return tuple(unit for unit in self.units if not _is_withheld(unit.code, self.reliance))

    def withheld(self, definition: Definition) -> tuple[Text, ...]:
        """The names of the partners whose unit costs are not compared."""
        return tuple(partner.name for partner in definition.partners if _is_withheld(partner.code, self.reliance))


def compare(study: Study, harmonised: Harmonised, *, service: str = "") -> Comparison:
    """Unit costs of every head (or of one service) for each partner, beside the partners and their neighbours.

    Real pounds at the prices of the base year for each unit; gross where every partner's return has it, net otherwise.
    Returns with errors open or of a part of the year are marked and left out of the medians and counts of the partners.
    """
    definition = study.definition
    wanted = [service] if service else [one.code for one in services(level=1) if one.denominator]
    table, measure = _unit_cost_table(study, harmonised)
    table = table.filter(pl.col("service").is_in(wanted))
    reliance = reliance_of(study)
    rows = [row for code in wanted for row in _rows_of(code, table, definition, measure=measure, reliance=reliance)]
    return Comparison(tuple(rows), tuple(_units(table)), CAVEATS, measure, reliance)


def unit_costs_of_partners(study: Study, harmonised: Harmonised) -> tuple[tuple[UnitCost, ...], str]:
    """The unit costs of the base year of every service, heads and lines, with the measure that they are of."""
    table, measure = _unit_cost_table(study, harmonised)
    return tuple(_units(table)), measure


def _unit_cost_table(study: Study, harmonised: Harmonised) -> tuple[pl.DataFrame, str]:
    lines = harmonised.lines.filter(pl.col("year") == study.definition.base_year)
    measure = GROSS if _has_gross(lines) else NET
    per = {one.code: one.denominator for one in services() if one.denominator}
    return unit_costs(lines, volume_table(study.returns), per=per, measure=measure), measure


def _units(table: pl.DataFrame) -> Iterable[UnitCost]:
    for row in table.filter(pl.col("unit_cost").is_not_null()).iter_rows(named=True):
        pounds = row["amount_pence"] / 100
        yield UnitCost(row["service"], row["partner"], row["unit_cost"], pounds, row["volume"], row["denominator"])


def _is_withheld(code: str, reliance: Mapping[str, Reliance]) -> bool:
    return code in reliance and reliance[code].is_withheld


def _rows_of(
    service: str, table: pl.DataFrame, definition: Definition, *, measure: str, reliance: Mapping[str, Reliance]
) -> Iterable[ComparisonRow]:
    found = {row["partner"]: row for row in table.filter(pl.col("service") == service).iter_rows(named=True)}
    if all(row["unit_cost"] is None for row in found.values()):
        return
    among = spread([row["unit_cost"] for code, row in found.items() if not _is_withheld(code, reliance)])
    for code in definition.codes:
        if code in found and found[code]["reason_missing"] != "not_provided":
            row = _row(found[code], code, definition, measure=measure, median=among.median, count=among.n)
            yield _marked(row, reliance.get(code))


def _marked(row: ComparisonRow, reliance: Reliance | None) -> ComparisonRow:
    """The row with what stands against its figures; where that is grave, with nothing to compare them with."""
    if reliance is None or not reliance.is_withheld:
        return replace(row, marks=reliance.marks if reliance else ())
    none = Absent.NOT_APPLICABLE
    return replace(
        row, marks=reliance.marks, is_withheld=True, partners_median=none, partners_count=none, neighbours_median=none,
        neighbours_count=none,
    )  # fmt: skip


def _row(
    found: Mapping[str, object], code: str, definition: Definition, *, measure: str, median: float | None, count: int
) -> ComparisonRow:
    service = str(found["service"])
    named = next(one for one in services() if one.code == service)
    pence, unit = found["amount_pence"], str(found["denominator"])
    near = neighbour_unit_costs(code, service, definition=definition, measure=measure)
    return ComparisonRow(
        service=Text(en=named.name, cy=named.name_cy),
        partner=definition.partner(code).name,
        amount=Absent.NOT_KNOWN if pence is None else int(str(pence)) / 100,
        denominator=Text(en=denominator_name(unit, "en"), cy=denominator_name(unit, "cy")),
        volume=_number(found["volume"]),
        unit_cost=_amount(found["unit_cost"]),
        partners_median=_amount(median),
        partners_count=count,
        neighbours_median=_amount(spread(near).median),
        neighbours_count=len(near),
        keys={"unit_cost": unit_cost_key(service, code)} if found["unit_cost"] is not None else {},
    )


def unit_cost_key(service: str, code: str) -> str:
    """The key of a unit cost's figure."""
    return f"unit-cost.{service}.{code}"


def neighbour_unit_costs(code: str, service: str, *, definition: Definition, measure: str) -> list[float]:
    """Unit costs of a service in the base year for the nearest neighbours that publish it; real pounds."""
    return list(published_unit_costs(neighbours_of(code), service, definition=definition, measure=measure).values())


def published_unit_costs(
    codes: tuple[str, ...], service: str, *, definition: Definition, measure: str
) -> dict[str, float]:
    """Unit costs of a service in the base year for those of the councils that publish it; real pounds."""
    national = _national_edition(definition)
    if national is None:
        return {}
    unit = next(one.denominator for one in services() if one.code == service)
    known = _published_costs(national, codes, PUBLISHED[measure])
    costs = {code: (known.get((code, service)), denominator(code, unit, definition.year)) for code in codes}
    return {code: cost / held.value for code, (cost, held) in costs.items() if cost and held and held.value > 0}


@cache
def neighbours_of(code: str) -> tuple[str, ...]:
    """The codes of an authority's nearest neighbours of the same class; none where it has no indicators."""
    table = indicators()
    kinds = {one.code: one.kind for one in all_authorities() if not one.end}
    if code not in table.authorities:
        return ()
    return nearest_neighbours(code, table, kinds=kinds).codes


@cache
def _published_costs(edition_code: str, codes: tuple[str, ...], measure: str) -> dict[tuple[str, str], float]:
    """Pounds by authority and service, where published; a cost of zero or below is no basis for a comparison."""
    return {
        (cell.authority, cell.service): float(cell.amount_thousand) * 1000
        for cell in published_cells(edition_code, codes)
        if cell.measure == measure and cell.amount_thousand is not None and cell.amount_thousand > 0
    }


def _national_edition(definition: Definition) -> str | None:
    """The edition of the base year that the partners' neighbours can be found in."""
    for code in definition.editions:
        if str(edition(code).year) == definition.base_year:
            return NATIONAL_EDITION.get(code, None if code.startswith("lancashire") else code)
    return None


def _has_gross(lines: pl.DataFrame) -> bool:
    heads = lines.filter((pl.col("measure") == GROSS) & (pl.col("level") == 1) & (pl.col("status") == "known"))
    return not heads.is_empty()


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))


def _amount(value: object) -> Amount:
    return Absent.NOT_KNOWN if value is None else float(str(value))
