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
from consortia.reference.taxonomy import Family
from consortia.report.figures import Figure, FigureBook, Ingredient, SourceCell
from consortia.run.assumptions import Assumptions
from consortia.run.comparison import UnitCost
from consortia.run.decisions import Decision, GroupDecision
from consortia.run.proposals import Proposal
from consortia.study import Range, Study
from consortia.study.adjustments import for_the_bridge

PARTS: Mapping[str, Callable[[GroupDecision], float]] = {
    "setup": lambda group: group.price.setup,
    "delivered": lambda group: group.delivered_saving,
}
COLUMNS = {"setup": ("setup", "pounds, once"), "saving": ("delivered", "pounds a year")}
SHARING = {
    "equal": "the group's value / number of members",
    "budget": "the group's value x the partner's gross cost / that of all members",
    "shapley": "mean over all orders of joining of what the partner adds (Shapley 1953)",
}
GENERAL = ("setup_share", "coordination_per_pair", "coordination_fixed", "max_chance_of_loss", "cost_phasing")
QUANTILES = (("p10", "one draw in ten is below it"), ("p50", "half of the draws are below it"), ("p90", "nine in ten"))


@dataclass(frozen=True)
class Scope:
    """What a figure of this run covers: its period and its price base."""

    period: str
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

    def figure(self, key: str, value: float | int | str | None, unit: str, formula: str, *inputs: str) -> str:
        """Adds a figure over the whole period at the price base, and gives its key."""
        base = self.scope.price_base if unit.startswith("pounds") else ""
        self.figures[key] = Figure(key, value, unit, self.scope.period, base, formula, inputs)
        return key

    def ingredient(self, key: str, value: float | str, *, unit: str, source: str, date: str, evidence: str) -> str:
        """Adds an assumption or published value, and gives its key."""
        self.ingredients[key] = Ingredient(key, value, unit, source, date, evidence)
        return key


def add_totals(trail: Trail, appraisal: Appraisal, decisions: Sequence[Decision]) -> None:
    """The programme's figures, from those of the services."""
    formed = [decision for decision in decisions if decision.formed]
    central = tuple(f"net.{decision.proposal.key}.central" for decision in formed)
    trail.figure("net.central", float(appraisal.worth()[0]), "pounds", "sum over the services to be shared", *central)
    _add_cash_flow(trail, "all", appraisal.flow().tolist(), appraisal, central)
    if formed:
        _add_risk(trail, "net", appraisal.risk(), "net.central")
        groups = [f"{one.proposal.key}.{number}" for one in formed for number, each in _numbered(one) if each.share]
        for column, (part, unit) in COLUMNS.items():
            value = sum(PARTS[part](each) for one in formed for each in one.formed)
            trail.figure(f"net.{column}", value, unit, "sum over the groups", *(f"{part}.{name}" for name in groups))
        _add_payback(trail, "net", appraisal.payback(), "net.central")


def add_partner(trail: Trail, appraisal: Appraisal, code: str, decisions: Sequence[Decision]) -> None:
    """One partner's figures over all services that it would share."""
    services = [decision for decision in decisions if _shares(decision, code)]
    inputs = tuple(f"net.{decision.proposal.key}.central" for decision in services)
    central = float(appraisal.worth(partners=[code])[0])
    formula = (
        "the partner's part of the group's saving, set-up and coordination, by its addressable cost, present value"
    )
    trail.figure(f"partner.{code}.central", central, "pounds", formula, *inputs)
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
        formula = "the groups' amounts x the partner's part of their addressable cost"
        trail.figure(f"{name}.{column}", value, unit, formula, *(f"{part}.{key}" for key, _, _ in groups))


def add_shares(trail: Trail, code: str, decisions: Sequence[Decision]) -> None:
    """A partner's part of the net saving in the central case under each rule."""
    inputs = tuple(f"net.{one.proposal.key}.central" for one in decisions if _shares(one, code))
    for rule, words in SHARING.items():
        value = sum(decision.share_of(code, rule) for decision in decisions)
        trail.figure(f"share.{rule}.{code}", value, "pounds", f"in each of its groups: {words}; then added up", *inputs)


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
    trail.figure(f"net.{proposal.key}.central", value, "pounds", "sum over the groups to be formed", *formed)


def add_unit_costs(trail: Trail, units: Iterable[UnitCost]) -> None:
    """The unit costs of the comparison, each from a cost and a volume."""
    for unit in units:
        cost = gross_key(trail, unit.service, unit.code, unit.amount)
        volume = trail.ingredient(
            f"volume.{unit.denominator}.{unit.code}", unit.volume, unit=denominator_name(unit.denominator),
            source=_volume_source(trail, unit), date=trail.scope.base_year, evidence="V",
        )  # fmt: skip
        trail.figures[unit.key] = Figure(
            unit.key, unit.value, f"pounds for each of the {denominator_name(unit.denominator)}",
            trail.scope.base_year, trail.scope.price_base, "cost / volume", (cost, volume),
        )  # fmt: skip


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
    walk = " + ".join(f"{row['step'].replace('_', ' ')} {row['amount_pence'] / 100:,.0f}" for row in steps.to_dicts())
    inputs = tuple(dict.fromkeys(_cell_keys(trail, code, steps["line_key"].to_list())))
    words = "total cost without capital charges" if measure == "total_cost" else "net current expenditure"
    trail.figures[key] = Figure(key, pounds, "pounds a year", year, trail.scope.price_base, f"{words}: {walk}", inputs)
    return key


def parameter_key(trail: Trail, key: str) -> str:
    """An assumption of the run: the study's own where it has one, else the reference value."""
    name = f"assumption.{key}"
    if name in trail.ingredients:
        return name
    own = trail.assumptions.own.get(key)
    if own is not None:
        source = f"this study: {own.reason}" + (f" ({own.source})" if own.source else "")
        return trail.ingredient(name, _value(own.value, own.range), unit="", source=source, date="", evidence="J")
    found = parameter(key)
    given = None
    if found.value is None and found.low is not None and found.mode is not None and found.high is not None:
        given = Range(low=found.low, mode=found.mode, high=found.high)
    value = _value(found.value, given)
    return trail.ingredient(name, value, unit=found.unit, source=found.source, date=found.date, evidence=found.evidence)


def fixed_coordination_key(trail: Trail) -> str:
    """The fixed part of coordination in the study's prices, from the assumption in the prices of its own year."""
    key = "coordination_fixed"
    if key not in trail.figures:
        formula = "the assumption x GDP deflator of the base year / that of the year whose prices it is in"
        assumed = parameter_key(trail, "coordination_fixed")
        trail.figure(key, trail.fixed_coordination, "pounds a year", formula, assumed)
    return key


def _add_group(trail: Trail, decision: Decision, number: int, group: GroupDecision) -> str:
    proposal, price = decision.proposal, group.price
    name = f"{proposal.key}.{number}"
    saving = _add_saving(trail, proposal, price, name)
    trail.figure(
        f"delivered.{name}", group.delivered_saving, "pounds a year",
        "planned saving x delivered part (median), once everything is in place",
        saving, f"delivery.{proposal.key}",
    )  # fmt: skip
    setup = trail.figure(
        f"setup.{name}", price.setup, "pounds, once", "set-up share x saving planned for the first two years",
        saving, parameter_key(trail, "setup_share"), f"factor.first-two-years.{proposal.key}",
    )  # fmt: skip
    coordination = trail.figure(
        f"coordination.{name}", price.coordination, "pounds a year",
        "level factor x rate per pair x number of pairs x mean addressable cost of the members + fixed part",
        parameter_key(trail, "coordination_per_pair"), fixed_coordination_key(trail),
        *(_addressable(trail, proposal, code) for code in price.members),
    )  # fmt: skip
    central = trail.figure(
        f"npv.{name}", price.value, "pounds",
        "saving x its factor - set-up x its factor - coordination x its factor (present values per pound)",
        saving, f"factor.saving.{proposal.key}", setup, f"factor.setup.{proposal.key}", coordination,
        f"factor.coordination.{proposal.key}",
    )  # fmt: skip
    _add_risk(trail, f"npv.{name}", group.risk, central)
    _add_payback(trail, f"npv.{name}", group.payback, central)
    return central


def _add_saving(trail: Trail, proposal: Proposal, price: GroupPrice, name: str) -> str:
    level = next(one for one in proposal.levels if one.code == price.level)
    return trail.figure(
        f"saving.{name}", price.gross_saving, "pounds a year",
        f"level factor x mean saving rate x (1 - 1/{len(price.members)}) / (1 - 1/4) x addressable cost, "
        "steady state as planned",
        _level_key(trail, level), _saving_key(trail, proposal),
        *(_addressable(trail, proposal, code) for code in price.members),
    )  # fmt: skip


def _addressable(trail: Trail, proposal: Proposal, code: str) -> str:
    key = f"addressable.{proposal.key}.{code}"
    if key not in trail.figures:
        place = proposal.members.index(code)
        gross = gross_key(trail, proposal.service.code, code, proposal.gross[place])
        share = _share_key(trail, proposal)
        formula = "addressable share x harmonised cost"
        trail.figures[key] = Figure(
            key, proposal.cost[place], "pounds a year", trail.scope.base_year, trail.scope.price_base, formula,
            (share, gross),
        )  # fmt: skip
    return key


def _add_factors(trail: Trail, proposal: Proposal, factors: ValueFactors) -> None:
    maturity = proposal.maturity
    delivery = trail.ingredient(
        f"delivery.{proposal.key}",
        f"median {maturity.median:.2f}, service offset {proposal.offset:+.3f} (log), "
        f"delay {maturity.delay_mean_months:g} months",
        unit="delivered / planned", source=f"reference class '{maturity.code}' (methods 6.3, 6.4)", date="2013",
        evidence="J",
    )  # fmt: skip
    rates = trail.ingredient(
        "assumption.discount_schedule", _rates(trail.schedule), unit="a year, real", source=trail.schedule.source,
        date=trail.schedule.date, evidence=trail.schedule.evidence,
    )  # fmt: skip
    benefit, cost = parameter_key(trail, "benefit_phasing"), parameter_key(trail, "cost_phasing")
    per_pound = "present value over the period of one pound of"
    key = proposal.key
    trail.figure(f"factor.saving.{key}", factors.saving, "ratio", f"{per_pound} planned saving a year, in the central "
                 "case: ramp, delay and delivered part are in it", rates, benefit, delivery)  # fmt: skip
    trail.figure(f"factor.setup.{key}", factors.setup, "ratio", f"{per_pound} set-up cost", rates, cost)
    trail.figure(f"factor.coordination.{key}", factors.coordination, "ratio", f"{per_pound} cost a year", rates)
    trail.figure(f"factor.first-two-years.{key}", factors.first_two_years, "ratio", "planned ramp of the first two "
                 "years, added up", benefit)  # fmt: skip


def _add_risk(trail: Trail, name: str, risk: Risk, central: str) -> None:
    drawn = f"over {trail.scope.draws:,} draws (seed {trail.scope.seed})"
    for quantile, words in QUANTILES:
        error = getattr(risk.errors, quantile)
        formula = f"{quantile.upper()} {drawn}: {words}; standard error of the drawing £{error:,.0f}"
        trail.figure(f"{name}.{quantile}", getattr(risk, quantile), "pounds", formula, central)
    formula = f"part of the draws below zero {drawn}"
    trail.figure(f"{name}.chance_of_loss", risk.chance_of_loss, "part of one", formula, central)


def _add_payback(trail: Trail, name: str, years: float | None, central: str) -> None:
    value = "never within the period" if years is None else years
    formula = "time from the base year until the undiscounted net flows of the central case add up to zero, and stay so"
    trail.figure(f"{name}.payback", value, "years", formula, central)


def _add_cash_flow(
    trail: Trail, whose: str, flows: Sequence[float], appraisal: Appraisal, inputs: tuple[str, ...]
) -> None:
    """Each year's net flow of the central case, not discounted."""
    for year, flow in zip(appraisal.years, flows, strict=True):
        key, formula = (
            f"cash.{whose}.{year}",
            "saving - set-up - coordination of the year, central case, not discounted",
        )
        trail.figures[key] = Figure(key, flow, "pounds", str(year), trail.scope.price_base, formula, inputs)


def _numbered(decision: Decision) -> Iterable[tuple[int, GroupDecision]]:
    return enumerate(decision.groups, 1)


def _saving_key(trail: Trail, proposal: Proposal) -> str:
    key = f"assumption.saving.{proposal.key}"
    own, family = proposal.initiative, proposal.family
    if own.saving is not None:
        source, evidence = f"this study: {own.reason}", "J"
    else:
        source, evidence = _family_source(family), family.evidence
    value = _value(None, proposal.saving)
    return trail.ingredient(key, value, unit="part of addressable cost", source=source, date="", evidence=evidence)


def _family_source(family: Family) -> str:
    return f"reference range of '{family.name}' ({family.source})"


def _share_key(trail: Trail, proposal: Proposal) -> str:
    own = proposal.initiative
    source = proposal.service.addressable_note if own.addressable_share is None else f"this study: {own.reason}"
    return trail.ingredient(
        f"assumption.addressable_share.{proposal.key}", proposal.addressable_share, unit="part of gross cost",
        source=source, date="", evidence="J",
    )  # fmt: skip


def _level_key(trail: Trail, level: Level) -> str:
    return trail.ingredient(
        f"level.{level.code}", _value(None, Range(low=level.low, mode=level.factor, high=level.high)),
        unit="part of the full saving", source=level.source, date="", evidence=level.evidence,
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


def _value(value: float | tuple[float, ...] | None, given: Range | None) -> float | str:
    if given is not None:
        return f"{given.low:g} / {given.mode:g} / {given.high:g} (lowest / most likely / highest)"
    if isinstance(value, tuple):
        return " / ".join(f"{part:g}" for part in value)
    return value if value is not None else "as listed"


def _rates(schedule: DiscountSchedule) -> str:
    return ", ".join(f"{rate:.2%} in years {first} to {last}" for first, last, rate in schedule.bands)


def _shares(decision: Decision, code: str) -> bool:
    return any(code in group.price.members for group in decision.formed)
