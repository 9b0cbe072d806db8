"""What the partners' services cost beside what is published of their results, with their nearest neighbours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from consortia.benchmarking import PairedTable, cost_and_outcome
from consortia.benchmarking.outcomes import STANDINGS
from consortia.costing import Harmonised
from consortia.reference.authorities import authority
from consortia.reference.outcomes import (
    Outcome,
    OutcomeIndicator,
    indicators_of,
    outcome_indicators,
    outcome_years,
    outcomes,
)
from consortia.reference.taxonomy import provides
from consortia.reference.taxonomy import service as named
from consortia.report.outcome_tables import OutcomeRow, OutcomeSet
from consortia.report.words import Absent, Message, msgid, say
from consortia.run.comparison import UnitCost, neighbours_of, published_unit_costs, unit_costs_of_partners
from consortia.run.reliance import reliance_of
from consortia.study import Definition, Study, Text

Unfit = Mapping[str, tuple[Message, ...]]
NOT_COMPARED = msgid("Not compared: {why}")


def cost_beside_outcome(study: Study, harmonised: Harmonised, *, service: str = "") -> tuple[OutcomeSet, ...]:
    """Every outcome of which at least one partner has a value and a unit cost; of one service where it is named.

    Unit costs are of the base year, in its prices; those of returns with errors open or of a part of the year are
    marked and in no median. An outcome of which neither more nor less is better has no place here. Method: methods page
    "comparison". UnknownReference for an unknown service.
    """
    units, measure = unit_costs_of_partners(study, harmonised)
    unfit = {code: one.marks for code, one in reliance_of(study).items() if one.is_withheld}
    wanted = (one for one in _wanted(service) if one.direction != "none")
    found = (_set(one, units, study.definition, measure, unfit) for one in wanted)
    return tuple(each for each in found if each is not None)


def _wanted(service: str) -> Sequence[OutcomeIndicator]:
    return indicators_of(service) if service else outcome_indicators()


def _set(
    one: OutcomeIndicator, units: Sequence[UnitCost], definition: Definition, measure: str, unfit: Unfit
) -> OutcomeSet | None:
    partners = [code for code in definition.codes if provides(one.service, authority(code).kind)]
    year = _year(one.code, partners, definition)
    costed = _costed(one, units)
    own = {unit.code: unit.value for unit in units if unit.service == costed}
    if year is None or not set(own) & set(outcomes(one.code, year)):
        return None
    near = tuple(dict.fromkeys(code for partner in partners for code in neighbours_of(partner) if code not in partners))
    fit = {code: value for code, value in own.items() if code not in unfit}
    costs = published_unit_costs(near, costed, definition=definition, measure=measure) | fit
    made = _made(one, costed, year, _paired(one, [*partners, *near], costs, outcomes(one.code, year)), definition)
    return replace(made, rows=tuple(_row_told(row, own, unfit, definition) for row in made.rows))


def _row_told(row: OutcomeRow, own: Mapping[str, float], unfit: Unfit, definition: Definition) -> OutcomeRow:
    """The row of a partner whose cost is not compared shows it, with what stands against it."""
    code = next((one for one in unfit if row.is_partner and definition.partner(one).name == row.council), None)
    if code is None or code not in own:
        return row
    return replace(row, unit_cost=own[code], standing=say(NOT_COMPARED, why=unfit[code]), is_withheld=True)


def _year(indicator: str, partners: Sequence[str], definition: Definition) -> str | None:
    """The year nearest to the base year in which a partner has a value; the earlier of two."""
    held = [year for year in outcome_years(indicator) if set(partners) & set(outcomes(indicator, year))]
    wanted = definition.year.start
    return min(held, key=lambda year: (abs(int(year[:4]) - wanted), year), default=None)


def _costed(one: OutcomeIndicator, units: Sequence[UnitCost]) -> str:
    """The outcome's own service where a partner's cost of it is known, its head otherwise."""
    return one.service if any(unit.service == one.service for unit in units) else named(one.service).head


def _paired(
    one: OutcomeIndicator, codes: Sequence[str], costs: Mapping[str, float], held: Mapping[str, Outcome]
) -> PairedTable:
    values = {code: each.value for code, each in held.items()}
    return cost_and_outcome(
        codes,
        {code: costs.get(code) for code in codes},
        {code: values.get(code) for code in codes},
        eligible=set(codes),
        higher_is_better=one.direction == "higher",
    )


def _made(one: OutcomeIndicator, costed: str, year: str, paired: PairedTable, definition: Definition) -> OutcomeSet:
    cost_service = named(costed)
    return OutcomeSet(
        outcome=Text(en=one.name, cy=one.name_cy),
        unit=Text(en=one.unit, cy=one.unit_cy),
        service=Text(en=cost_service.name, cy=cost_service.name_cy),
        year=year,
        is_head=costed != one.service,
        is_judgement=one.direction_evidence == "J",
        rows=tuple(_row(row.code, paired, place, definition) for place, row in enumerate(paired.rows)),
        median_cost=_known(paired.median_cost),
        median_outcome=_known(paired.median_outcome),
        councils=paired.n,
    )


def _row(code: str, paired: PairedTable, place: int, definition: Definition) -> OutcomeRow:
    row, is_partner = paired.rows[place], code in definition.codes
    return OutcomeRow(
        council=definition.partner(code).name if is_partner else _name(code),
        is_partner=is_partner,
        unit_cost=_known(row.cost),
        value=_known(row.outcome),
        standing=STANDINGS[row.standing] if row.standing else row.reason,
    )


def _name(code: str) -> Text:
    body = authority(code)
    return Text(en=body.name, cy=body.name_cy)


def _known(value: float | None) -> float | Absent:
    return Absent.NOT_KNOWN if value is None else value
