"""The trail of a run: every figure that the papers print, down to the assumption or the cell of the return behind it.

Keys read from the large to the small: `net.p50`, `net.<initiative>.central`, `npv.<initiative>.1`,
`saving.<initiative>.1`, `addressable.<initiative>.<partner>`, `gross.<service>.<partner>`, `assumption.setup_share`,
`cell.<partner>.<line>`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import polars as pl

from consortia.appraisal import Appraisal, Risk, ValueFactors
from consortia.costing import Harmonised
from consortia.money import from_pence
from consortia.partnership import GroupPrice
from consortia.reference.collaboration import Level
from consortia.reference.denominators import denominator_name
from consortia.reference.parameters import parameter
from consortia.reference.prices import DiscountSchedule
from consortia.report.figures import Figure, FigureBook, Ingredient, SourceCell
from consortia.report.rows import ShareRow
from consortia.report.words import Absent, Cell, Words, msgid, say
from consortia.run import formulas as words
from consortia.run.assumptions import Assumptions
from consortia.run.comparison import UnitCost
from consortia.run.decisions import Decision, GroupDecision
from consortia.run.proposals import Proposal
from consortia.run.trail_scale import curve_keys, planned_formula, unlikeness_key
from consortia.study import Range, Study, Text
from consortia.study.adjustments import for_the_bridge

Value = float | int | Words | Absent | None
PARTS: Mapping[str, Callable[[GroupDecision], float]] = {
    "setup": lambda group: group.price.setup,
    "delivered": lambda group: group.delivered_saving,
}
COLUMNS = {"setup": ("setup", words.ONCE), "saving": ("delivered", words.A_YEAR)}
GENERAL = ("setup_share", "coordination_per_pair", "coordination_fixed", "max_chance_of_loss", "cost_phasing")


@dataclass(frozen=True)
class Scope:
    """What a figure of this run covers: its period and its price base."""

    period: Words
    base_year: str
    price_base: str
    draws: int
    seed: int


@dataclass
class Trail:
    """Gathers figures, ingredients and cells while a run is put together; `book` closes it."""

    scope: Scope
    study: Study
    harmonised: Harmonised
    assumptions: Assumptions
    schedule: DiscountSchedule
    fixed_coordination: float
    figures: dict[str, Figure] = field(default_factory=dict)
    ingredients: dict[str, Ingredient] = field(default_factory=dict)
    cells: dict[str, SourceCell] = field(default_factory=dict)

    def book(self) -> FigureBook:
        """The finished trail."""
        return FigureBook(tuple(self.figures.values()), tuple(self.ingredients.values()), tuple(self.cells.values()))

    def figure(self, key: str, value: Value, unit: Words, formula: Words, *inputs: str) -> str:
        """Adds a figure over the whole period at the price base, and gives its key."""
        base = self.scope.price_base if unit in words.MONEY else ""
        self.figures[key] = Figure(key, value, unit, self.scope.period, base, formula, inputs)
        return key

    def ingredient(
        self, key: str, value: float | Words, *, unit: Words, source: Words, date: str, evidence: str
    ) -> str:
        """Adds an assumption or published value, and gives its key."""
        self.ingredients[key] = Ingredient(key, value, unit, source, date, evidence)
        return key


def add_totals(trail: Trail, appraisal: Appraisal, decisions: Sequence[Decision]) -> None:
    """The programme's figures, from those of the services."""
    formed = [decision for decision in decisions if decision.formed]
    central = tuple(f"net.{decision.proposal.key}.central" for decision in formed)
    trail.figure("net.central", float(appraisal.worth()[0]), words.POUNDS, words.OVER_SERVICES, *central)
    _add_cash_flow(trail, "all", appraisal.flow().tolist(), appraisal, central)
    if formed:
        _add_risk(trail, "net", appraisal.risk(), "net.central")
        groups = [f"{one.proposal.key}.{number}" for one in formed for number, each in _numbered(one) if each.share]
        for column, (part, unit) in COLUMNS.items():
            value = sum(PARTS[part](each) for one in formed for each in one.formed)
            trail.figure(f"net.{column}", value, unit, words.OVER_GROUPS, *(f"{part}.{name}" for name in groups))
        _add_payback(trail, "net", appraisal.payback(), "net.central")


def add_partner(trail: Trail, appraisal: Appraisal, code: str, decisions: Sequence[Decision]) -> None:
    """One partner's figures over all services that it would share."""
    services = [decision for decision in decisions if _shares(decision, code)]
    inputs = tuple(f"net.{decision.proposal.key}.central" for decision in services)
    central = float(appraisal.worth(partners=[code])[0])
    trail.figure(f"partner.{code}.central", central, words.POUNDS, words.PARTNER_VALUE, *inputs)
    _add_cash_flow(trail, code, appraisal.flow(partners=[code]).tolist(), appraisal, inputs)
    if not services:
        return
    name = f"partner.{code}"
    _add_risk(trail, name, appraisal.risk(partners=[code]), f"{name}.central")
    _add_payback(trail, name, appraisal.payback(partners=[code]), f"{name}.central")
    groups = [
        (f"{one.proposal.key}.{number}", each, each.case.weights[each.case.members.index(code)])
        for one in services
        for number, each in _numbered(one)
        if each.share and code in each.price.members
    ]
    for column, (part, unit) in COLUMNS.items():
        value = sum(PARTS[part](each) * weight for _, each, weight in groups)
        trail.figure(f"{name}.{column}", value, unit, words.PARTNER_AMOUNT, *(f"{part}.{key}" for key, _, _ in groups))


def add_shares(trail: Trail, row: ShareRow, code: str, decisions: Sequence[Decision]) -> None:
    """A partner's part of the net saving in the central case, as agreed and under each rule."""
    inputs = tuple(f"net.{one.proposal.key}.central" for one in decisions if _shares(one, code))
    for rule, amount in {"agreed": row.agreed, **row.amounts}.items():
        trail.figure(f"share.{rule}.{code}", amount, words.POUNDS, words.SHARING[rule], *inputs)


def add_decision(trail: Trail, decision: Decision, factors: ValueFactors) -> None:
    """A service's figures: its groups, their parts, and the addressable cost of each member."""
    proposal = decision.proposal
    _add_factors(trail, proposal, factors)
    _saving_key(trail, proposal)
    _share_key(trail, proposal)
    for parameter_name in GENERAL:
        parameter_key(trail, parameter_name)
    keys = tuple(_add_group(trail, decision, number, group) for number, group in enumerate(decision.groups, 1))
    formed = tuple(key for key, group in zip(keys, decision.groups, strict=True) if group.share)
    value = sum(group.price.value for group in decision.formed)
    trail.figure(f"net.{proposal.key}.central", value, words.POUNDS, words.OVER_GROUPS, *formed)


def add_unit_costs(trail: Trail, units: Iterable[UnitCost]) -> None:
    """The unit costs of the comparison, each from a cost and a volume."""
    for unit in units:
        cost = gross_key(trail, unit.service, unit.code, unit.amount)
        volume = trail.ingredient(
            f"volume.{unit.denominator}.{unit.code}", unit.volume, unit=_denominator(unit),
            source=_volume_source(trail, unit), date=trail.scope.base_year, evidence="V",
        )  # fmt: skip
        trail.figures[unit.key] = Figure(
            unit.key, unit.value, say(msgid("pounds for each unit of: {denominator}"), denominator=_denominator(unit)),
            trail.scope.base_year, trail.scope.price_base, words.UNIT_COST, (cost, volume),
        )  # fmt: skip


def _denominator(unit: UnitCost) -> Text:
    return Text(en=denominator_name(unit.denominator), cy=denominator_name(unit.denominator, "cy"))


def _volume_source(trail: Trail, unit: UnitCost) -> str:
    volumes = trail.study.return_of(unit.code).volumes
    found = volumes.filter((pl.col("measure") == unit.denominator) & (pl.col("year") == trail.scope.base_year))[
        "source"
    ].to_list()
    return found[0] if found else ""


def gross_key(trail: Trail, service: str, code: str, pounds: float) -> str:
    """The harmonised cost of a service for one partner in the base year, with the cells that it is made of."""
    key = f"gross.{service}.{code}"
    if key in trail.figures:
        return key
    year = trail.scope.base_year
    steps = trail.harmonised.steps.filter(
        (pl.col("partner") == code) & (pl.col("year") == year) & (pl.col("service") == service)
    )
    measure = "total_cost" if "total_cost" in steps["measure"].to_list() else "net_current_expenditure"
    steps = steps.filter(pl.col("measure") == measure).sort("order")
    inputs = tuple(dict.fromkeys(_cell_keys(trail, code, steps["line_key"].to_list())))
    formula = words.walk(measure, steps.to_dicts())
    trail.figures[key] = Figure(key, pounds, words.A_YEAR, year, trail.scope.price_base, formula, inputs)
    return key


def parameter_key(trail: Trail, key: str) -> str:
    """An assumption of the run: the study's own where it has one, else the reference value."""
    name = f"assumption.{key}"
    if name in trail.ingredients:
        return name
    own = trail.assumptions.own.get(key)
    if own is not None:
        value, unit = words.value_of(own.value, own.range), words.unit_of(key, "", own)
        source = words.own_source(own.reason, own.source)
        return trail.ingredient(name, value, unit=unit, source=source, date="", evidence="J")
    found = parameter(key)
    given = None
    if found.value is None and found.low is not None and found.mode is not None and found.high is not None:
        given = Range(low=found.low, mode=found.mode, high=found.high)
    return trail.ingredient(
        name, words.value_of(found.value, given), unit=words.unit_of(key, found.unit, None),
        source=words.source_title(found.source), date=found.date, evidence=found.evidence,
    )  # fmt: skip


def fixed_coordination_key(trail: Trail) -> str:
    """The fixed part of coordination in the study's prices, from the assumption in the prices of its own year."""
    key = "coordination_fixed"
    if key not in trail.figures:
        assumed = parameter_key(trail, "coordination_fixed")
        trail.figure(key, trail.fixed_coordination, words.A_YEAR, words.FIXED_COORDINATION, assumed)
    return key


def _add_group(trail: Trail, decision: Decision, number: int, group: GroupDecision) -> str:
    proposal, price = decision.proposal, group.price
    name = f"{proposal.key}.{number}"
    saving = _add_saving(trail, proposal, price, name)
    trail.figure(
        f"delivered.{name}", group.delivered_saving, words.A_YEAR, words.DELIVERED_SAVING,
        saving, f"delivery.{proposal.key}",
    )  # fmt: skip
    setup = trail.figure(
        f"setup.{name}", price.setup, words.ONCE, words.SETUP,
        saving, parameter_key(trail, "setup_share"), f"factor.first-two-years.{proposal.key}",
    )  # fmt: skip
    coordination = trail.figure(
        f"coordination.{name}", price.coordination, words.A_YEAR, words.COORDINATION,
        parameter_key(trail, "coordination_per_pair"), fixed_coordination_key(trail),
        parameter_key(trail, "unlikeness"),
        unlikeness_key(trail.figure, proposal, price.members, name, parameter_key(trail, "far_apart_km")),
        *(_addressable(trail, proposal, code) for code in price.members),
    )  # fmt: skip
    central = trail.figure(
        f"npv.{name}", price.value, words.POUNDS, words.GROUP_VALUE,
        saving, f"factor.saving.{proposal.key}", setup, f"factor.setup.{proposal.key}", coordination,
        f"factor.coordination.{proposal.key}",
    )  # fmt: skip
    _add_risk(trail, f"npv.{name}", group.risk, central)
    _add_payback(trail, f"npv.{name}", group.payback, central)
    return central


def _add_saving(trail: Trail, proposal: Proposal, price: GroupPrice, name: str) -> str:
    level = next(one for one in proposal.levels if one.code == price.level)
    return trail.figure(
        f"saving.{name}", price.gross_saving, words.A_YEAR,
        planned_formula(proposal, len(price.members)),
        _level_key(trail, level), _saving_key(trail, proposal),
        *(curve_keys(trail.ingredient, proposal.curve, proposal, price.members) if proposal.curve else ()),
        *(_addressable(trail, proposal, code) for code in price.members),
    )  # fmt: skip


def _addressable(trail: Trail, proposal: Proposal, code: str) -> str:
    key = f"addressable.{proposal.key}.{code}"
    if key not in trail.figures:
        place = proposal.members.index(code)
        gross = gross_key(trail, proposal.service.code, code, proposal.gross[place])
        share = _share_key(trail, proposal)
        formula = words.ADDRESSABLE[proposal.basis]
        trail.figures[key] = Figure(
            key, proposal.cost[place], words.A_YEAR, trail.scope.base_year, trail.scope.price_base, formula,
            (share, gross),
        )  # fmt: skip
    return key


def _add_factors(trail: Trail, proposal: Proposal, factors: ValueFactors) -> None:
    delivery = trail.ingredient(
        f"delivery.{proposal.key}", words.delivery_value(proposal), unit=words.DELIVERED,
        source=words.delivery_source(proposal), date="2013",
        evidence="J",
    )  # fmt: skip
    rates = trail.ingredient(
        "assumption.discount_schedule", words.rates(trail.schedule), unit=words.RATE_UNIT,
        source=words.source_title(trail.schedule.source),
        date=trail.schedule.date, evidence=trail.schedule.evidence,
    )  # fmt: skip
    benefit, cost = parameter_key(trail, "benefit_phasing"), parameter_key(trail, "cost_phasing")
    behind = {
        "saving": (rates, benefit, delivery), "setup": (rates, cost), "coordination": (rates,),
        "first-two-years": (benefit,),
    }  # fmt: skip
    for part, inputs in behind.items():
        value = getattr(factors, part.replace("-", "_"))
        trail.figure(f"factor.{part}.{proposal.key}", value, words.RATIO, words.FACTORS[part], *inputs)


def _add_risk(trail: Trail, name: str, risk: Risk, central: str) -> None:
    drawn: dict[str, Cell] = {"draws": trail.scope.draws, "seed": str(trail.scope.seed)}
    for quantile, sentence in words.QUANTILES.items():
        formula = say(sentence, **drawn, error=round(getattr(risk.errors, quantile)))
        trail.figure(f"{name}.{quantile}", getattr(risk, quantile), words.POUNDS, formula, central)
    formula = say(words.CHANCE, **drawn)
    trail.figure(f"{name}.chance_of_loss", risk.chance_of_loss, words.PART_OF_ONE, formula, central)


def _add_payback(trail: Trail, name: str, years: float | None, central: str) -> None:
    value = Absent.NEVER if years is None else years
    trail.figure(f"{name}.payback", value, words.YEARS, words.PAYBACK, central)


def _add_cash_flow(
    trail: Trail, whose: str, flows: Sequence[float], appraisal: Appraisal, inputs: tuple[str, ...]
) -> None:
    """Each year's net flow of the central case, not discounted."""
    for year, flow in zip(appraisal.years, flows, strict=True):
        key = f"cash.{whose}.{year}"
        trail.figures[key] = Figure(key, flow, words.POUNDS, str(year), trail.scope.price_base, words.CASH_FLOW, inputs)


def _numbered(decision: Decision) -> Iterable[tuple[int, GroupDecision]]:
    return enumerate(decision.groups, 1)


def _saving_key(trail: Trail, proposal: Proposal) -> str:
    key = f"assumption.saving.{proposal.key}"
    own, family = proposal.initiative, proposal.family
    source = words.family_source(proposal) if own.saving is None else words.own_source(own.reason)
    return trail.ingredient(
        key, words.value_of(None, proposal.saving), unit=words.OF_ADDRESSABLE, source=source, date="",
        evidence=family.evidence if own.saving is None else "J",
    )  # fmt: skip


def _share_key(trail: Trail, proposal: Proposal) -> str:
    own, service = proposal.initiative, proposal.service
    note = Text(en=service.addressable_note, cy=service.addressable_note_cy)
    source = note if own.addressable_share is None else words.own_source(own.reason)
    return trail.ingredient(
        f"assumption.addressable_share.{proposal.key}", proposal.addressable_share,
        unit=words.OF_COST[proposal.basis], source=source, date="", evidence="J",
    )  # fmt: skip


def _level_key(trail: Trail, level: Level) -> str:
    return trail.ingredient(
        f"level.{level.code}", words.value_of(None, Range(low=level.low, mode=level.factor, high=level.high)),
        unit=words.OF_FULL_SAVING, source=words.source_title(level.source), date="", evidence=level.evidence,
    )  # fmt: skip


def _cell_keys(trail: Trail, code: str, joined: Iterable[str]) -> Iterable[str]:
    wanted = {key for keys in joined for key in keys.split("; ") if key}
    returned = trail.study.return_of(code)
    costs = for_the_bridge(returned.costs, returned.review.adjustments)
    for row in costs.filter(pl.col("key").is_in(sorted(wanted))).iter_rows(named=True):
        key = f"cell.{code}.{row['key']}"
        amount: Decimal | None = None if row["amount_pence"] is None else from_pence(row["amount_pence"])
        trail.cells[key] = SourceCell(key, amount, row["file"], row["sheet"], row["cell"], row["heading"])
        yield key


def _shares(decision: Decision, code: str) -> bool:
    return any(code in group.price.members for group in decision.formed)
