"""What the projects come to, as tables: kinds apart, by partner, measures, the plan, the gap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.measures import npv
from consortia.appraisal.risk import Risk
from consortia.appraisal.streams import SAVING_KINDS
from consortia.appraisal.views import (
    ONE_OFF,
    RECURRENT,
    GapYear,
    benefit_cost,
    funding_gap,
    medium_term_plan,
    net_of,
    paybacks,
)
from consortia.report.tables import NOMINAL, Column, Table
from consortia.report.words import Absent, Cell, Message, Quantity, Words, msgid, say
from consortia.run.programme.appraised import Appraised
from consortia.run.programme.headline_table import headline_table
from consortia.run.programme.naming import project_title
from consortia.run.programme.repayments import draws_on_reserves, fund_of, lent_in_cash, repayment_table
from consortia.run.programme.unmet_table import unmet_table

KIND_WORDS = {
    "cashable": msgid("Cashable saving"),
    "non_cashable": msgid("Non-cashable saving"),
    "cost_avoidance": msgid("Cost avoided"),
    "income": msgid("Income"),
    "one_off_saving": msgid("One-off saving or receipt"),
    "one_off_cost": msgid("One-off cost"),
    "running_cost": msgid("Running cost"),
}
ALL_PARTNERS = msgid("All partners")
ALL_YEARS = msgid("All years")
HALF_A_PENNY = 0.005
NET = (*RECURRENT, *ONE_OFF)
"""The kinds that a net present value counts, with their signs."""


LENT = Column("lent", msgid("Lent by a fund"), "money")
REPAID = Column("repaid", msgid("Repaid to it, with interest"), "money")
IN_THE_PLAN = (
    msgid(
        "One-off costs stand in full. What a fund lends towards them and what it is paid back are of their year only "
        "and reversed after; a reserve that is not paid back is not in this table."
    ),
    msgid("Run-rate is before anything is repaid. What is lent and repaid moves a cost in time: net present value has "
          "neither."),
)  # fmt: skip
RESERVES = (msgid("One-off costs stand in full: what partners' own reserves pay towards them is not taken off here."),)
TAKEN_UP_LATER = msgid(
    "A project that is taken up over several years has more in later years than the full-year effect of its first: "
    "what it comes to once it is fully in stands under its highest year, growth of the budget lines included."
)
IN_THE_GAP = (
    msgid(
        "Closed for good is before anything is repaid to a fund. What it lends less what it is repaid, with interest, "
        "counts in the year itself only, as a one-off does: the saving stays when the fund is repaid."
    ),
)


def period_of(found: Appraised) -> Message:
    """The years that are appraised."""
    years = found.compiled.frame.years
    return say(msgid("{first} to {last}"), first=years[0], last=years[-1])


def clean(amount: float) -> float:
    """Nothing in place of what the rounding of the machine leaves."""
    return 0.0 if abs(amount) < HALF_A_PENNY else amount


def projects_tables(found: Appraised) -> tuple[Table, ...]:
    """What comes of the projects, in reading order."""
    tables = [measure_table(found), partner_table(found), kind_table(found), kind_table(found, cash=True)]
    if len(found.definition.codes) > 1:
        tables.append(partner_kind_table(found))
    tables.append(plan_table(found))
    if len(found.definition.codes) > 1:
        tables.append(partner_plan_table(found))
    tables.append(first_year_table(found))
    if found.definition.funding_gap:
        tables.append(gap_table(found))
    tables += [table for table in (unmet_table(found), repayment_table(found), headline_table(found)) if table.rows]
    return tuple(tables)


def partner_tables(found: Appraised, code: str) -> tuple[Table, ...]:
    """What comes of the projects for one partner: its measures, its kinds by year, its plan."""
    return (
        measure_table(found, partner=code),
        kind_table(found, partner=code),
        kind_table(found, cash=True, partner=code),
        plan_table(found, partner=code),
    )


def kind_table(found: Appraised, *, cash: bool = False, partner: str | None = None) -> Table:
    """Each kind of saving and cost by year in the central case, real or in cash; kinds are never added together."""
    flows = {kind: found.in_cash(flow) if cash else flow for kind, flow in found.flows(partner=partner).items()}
    rows: list[tuple[Cell, ...]] = [
        (year, *(float(flow[t]) for flow in flows.values())) for t, year in enumerate(found.compiled.frame.years)
    ]
    rows.append((ALL_YEARS, *(float(flow.sum()) for flow in flows.values())))
    return Table(
        "kinds_cash" if cash else "kinds",
        msgid("Savings and costs by kind and year, in cash") if cash else msgid("Savings and costs by kind and year"),
        say(
            msgid("{whose}, central case. The kinds stand apart and are not to be added up."),
            whose=whose(found, partner),
        ),
        (Column("year", msgid("Year"), "year"), *(Column(kind, KIND_WORDS[kind], "money") for kind in flows)),
        tuple(rows),
        period=period_of(found),
        price_base=NOMINAL if cash else found.definition.base_year,
    )


def partner_kind_table(found: Appraised) -> Table:
    """Each kind by partner over all years, real pounds, central case."""
    kinds = list(found.flows())
    rows: list[tuple[Cell, ...]] = []
    for code in found.definition.codes:
        flows = found.flows(partner=code)
        rows.append((found.definition.partner(code).name, *(float(flows[kind].sum()) for kind in kinds)))
    rows.append((ALL_PARTNERS, *(float(flow.sum()) for flow in found.flows().values())))
    return Table(
        "partner_kinds",
        msgid("Savings and costs by kind and partner"),
        msgid("All years together, not discounted, central case. The kinds are not to be added up."),
        (Column("partner", msgid("Partner")), *(Column(kind, KIND_WORDS[kind], "money") for kind in kinds)),
        tuple(rows),
        period=period_of(found),
        price_base=found.definition.base_year,
    )


def partner_table(found: Appraised) -> Table:
    """What each partner, and all of them, gain or pay: net present value with its range, chance of loss, payback."""
    columns = (
        Column("partner", msgid("Partner")),
        Column("central", msgid("Net present value, central"), "money"),
        Column("low", msgid("Cautious view (P10)"), "money"),
        Column("middle", msgid("Middle view (P50)"), "money"),
        Column("high", msgid("Hopeful view (P90)"), "money"),
        Column("chance_of_loss", msgid("Chance of a net loss"), found.chances),
        Column("payback", msgid("Payback, years"), "years"),
    )
    rows = [_partner_row(found, found.definition.partner(code).name, code) for code in found.definition.codes]
    if len(rows) > 1:
        rows.append(_partner_row(found, ALL_PARTNERS, None))
    return Table(
        "projects_by_partner",
        msgid("What each partner gains or pays"),
        msgid("Cash only: cashable savings, income and receipts less one-off and running costs."),
        columns,
        tuple(rows),
        notes=_precision(found),
        period=period_of(found),
        price_base=found.definition.base_year,
    )


def _partner_row(found: Appraised, name: Words, code: str | None) -> tuple[Cell, ...]:
    risk = found.risk(code)
    back = paybacks(net_of(found.flows(partner=code), NET), found.compiled.programme.factors).simple
    return name, risk.central, risk.p10, risk.p50, risk.p90, chance_of_loss(risk), _years(back)


def chance_of_loss(risk: Risk) -> Cell:
    """The chance of a net loss for a table of drawn chances; known where nothing that was drawn moves the worth."""
    return Quantity(risk.chance_of_loss, "chance") if risk.certain else risk.chance_of_loss


def _years(value: float | None) -> Cell:
    return Absent.NEVER if value is None else value


def _precision(found: Appraised) -> tuple[Words, ...]:
    replicated = found.replicated
    if replicated is None:
        return (msgid("Every amount is taken as it is stated: there is nothing uncertain in it to draw."),)
    errors = replicated.group.errors
    measured = say(
        msgid(
            "{scrambles} sets of {count} draws, seed {seed}: each number is the mean of the sets. The standard errors "
            "of P10, P50 and P90, measured over the sets, are {low}, {middle} and {high}."
        ),
        scrambles=Quantity(len(replicated.seeds), "number"),
        count=Quantity(replicated.count, "number"),
        seed=str(replicated.seed),
        low=Quantity(errors.p10, "money"),
        middle=Quantity(errors.p50, "money"),
        high=Quantity(errors.p90, "money"),
    )
    if not replicated.too_coarse:
        return (measured,)
    return measured, msgid("That is coarser than 1% of P50, or half a point of a chance: more draws would settle it.")


def whose(found: Appraised, partner: str | None) -> Words:
    """A partner's name, or all of them."""
    return found.definition.partner(partner).name if partner else ALL_PARTNERS


def measure_table(found: Appraised, *, partner: str | None = None) -> Table:
    """Net present value, ratios with their convention and paybacks, of a partner or of all of them."""
    flows, factors = found.flows(partner=partner), found.compiled.programme.factors
    net = net_of(flows, NET)
    back = paybacks(net, factors)
    all_costs = benefit_cost(flows, factors, convention="all_costs")
    money_in = benefit_cost(flows, factors, convention="one_off_costs")
    rows: list[tuple[Cell, ...]] = [
        (msgid("Net present value") if partner else msgid("Net present value to the public purse"), npv(net, factors)),
        (msgid("The same over the first five years"), npv(net[:6], factors[:6])),
        (msgid("Savings and income over all costs (BCR)"), _ratio(all_costs.ratio)),
        (msgid("Net savings over all costs (return on investment)"), _ratio(all_costs.return_on_investment)),
        (msgid("Net savings over one-off costs (return on the money put in)"), _ratio(money_in.ratio)),
        (msgid("Payback, years"), _in_years(back.simple)),
        (msgid("Discounted payback, years"), _in_years(back.discounted)),
        *_risk_rows(found, partner),
    ]
    notes = [msgid("Years are counted from the base year, t = 0; present values use the Green Book's real rate.")]
    if back.crossings > 1:
        notes.append(msgid("The running total passes zero more than once: payback is the last time."))
    return Table(
        "measures",
        msgid("What the projects are worth"),
        say(
            msgid("{whose}: benefits and costs to budgets, central case unless a chance is named."),
            whose=whose(found, partner),
        ),
        (Column("measure", msgid("Measure")), Column("value", msgid("Value"), "money")),
        tuple(rows),
        notes=tuple(notes),
        period=period_of(found),
        price_base=found.definition.base_year,
    )


def _ratio(value: float | None) -> Cell:
    return Absent.NOT_APPLICABLE if value is None else Quantity(value, "number")


def _in_years(value: float | None) -> Cell:
    return Absent.NEVER if value is None else Quantity(value, "years")


def _risk_rows(found: Appraised, partner: str | None) -> Iterator[tuple[Cell, ...]]:
    """The chance of a loss and, of all partners together, that of the target."""
    risk = found.risk(partner)
    yield msgid("Chance of a net loss"), Quantity(risk.chance_of_loss, found.chances)
    aimed = found.yearly_risk or risk
    if aimed.target is None or partner:
        return
    year = found.target_year
    yield (say(msgid("Target: cashable saving in {year}"), year=year) if year else msgid("Target"), aimed.target)
    yield msgid("Chance of meeting the target"), Quantity(aimed.chance_of_target, found.chances)
    yield msgid("Expected shortfall below the target"), aimed.expected_shortfall


def plan_table(found: Appraised, *, partner: str | None = None) -> Table:
    """The medium-term plan's view, cash: what each year adds to the budget, and what it has once."""
    flows = {kind: found.in_cash(flow) for kind, flow in found.flows(partner=partner).items()}
    fund, years = fund_of(found, partner), found.compiled.frame.years
    lent = (LENT, REPAID) if fund else ()
    rows = tuple(
        (
            years[one.year], one.recurrent, one.incremental, one.one_off,
            *((one.lent, -one.repaid) if fund else ()), one.budget_change,
        )
        for one in medium_term_plan(flows, fund)
    )  # fmt: skip
    return Table(
        "plan",
        msgid("The medium-term plan's view"),
        say(
            msgid(
                "{whose}: run-rate of cashable savings and income less running costs; what each year adds; one-offs, "
                "reversed after."
            ),
            whose=whose(found, partner),
        ),
        (
            Column("year", msgid("Year"), "year"),
            Column("recurrent", msgid("Run-rate"), "money"),
            Column("incremental", msgid("Added in the year"), "money"),
            Column("one_off", msgid("One-off"), "money"),
            *lent,
            Column("change", msgid("Change of the budget"), "money"),
        ),
        rows,
        notes=(*IN_THE_PLAN, *lent_in_cash(found)) if fund else RESERVES if draws_on_reserves(found.definition) else (),
        period=period_of(found),
        price_base=NOMINAL,
    )


def partner_plan_table(found: Appraised) -> Table:
    """The medium-term plan of each partner by itself, to be copied into its own; cash."""
    plans = {code: plan_table(found, partner=code) for code in found.definition.codes}
    whole = plan_table(found)
    return replace(
        whole,
        key="partner_plans",
        title=msgid("The medium-term plan of each partner"),
        caption=msgid("As for all partners together, each by itself, before payments between partners."),
        columns=(Column("partner", msgid("Partner")), *whole.columns),
        rows=tuple((found.definition.partner(code).name, *row) for code, plan in plans.items() for row in plan.rows),
    )


def first_year_table(found: Appraised) -> Table:
    """For each project its first year: full-year effect of what begins in it, what it has; then its highest year."""
    return Table(
        "first_year",
        msgid("Full-year effect and what its first year has"),
        msgid(
            "Cashable saving of each project: in its first year, as if it began on the first day and as expected; and "
            "in its highest year, as if nothing came late."
        ),
        (
            Column("project", msgid("Project")),
            Column("year", msgid("First year"), "year"),
            Column("full", msgid("Full-year effect of what begins in it"), "money"),
            Column("in_year", msgid("In the year"), "money"),
            Column("still", msgid("Still to come"), "money"),
            Column("highest", msgid("Highest year"), "money"),
            Column("highest_year", msgid("Which year that is"), "year"),
        ),
        tuple(_first_years(found)),
        notes=(TAKEN_UP_LATER,),
        period=period_of(found),
        price_base=found.definition.base_year,
    )


def _first_years(found: Appraised) -> Iterator[tuple[Cell, ...]]:
    years = found.compiled.frame.years
    for key in found.appraisal.projects:
        full = _savings(found.on_time.total(kinds=SAVING_KINDS[:1], project=key))
        here = _savings(found.central.total(kinds=SAVING_KINDS[:1], project=key))
        first = next((t for t, amount in enumerate(full) if amount), None)
        if first is not None:
            most = int(np.argmax(np.round(full, 2)))
            begun = float(full[first]), float(here[first]), float(full[first] - here[first])
            yield project_title(key, found.definition), years[first], *begun, float(full[most]), years[most]


def _savings(flow: FloatArray) -> FloatArray:
    return np.where(np.abs(flow) < HALF_A_PENNY, 0.0, flow)


def gap_years(found: Appraised) -> tuple[GapYear, ...]:
    """The funding gap of each year with what closes it, cash of that year."""
    flows = {kind: found.in_cash(flow) for kind, flow in found.flows().items()}
    return funding_gap(found.compiled.frame.held(found.definition.funding_gap), flows, fund_of(found))


def gap_table(found: Appraised) -> Table:
    """How much of the plan's funding gap the projects close, cash of each year."""
    frame, fund = found.compiled.frame, fund_of(found)
    rows = tuple(
        (
            frame.years[one.year], one.gap, one.recurrent, one.one_off, *((one.fund,) if fund else ()), one.left,
            one.left_in_year,
            Absent.NOT_APPLICABLE if one.share_closed is None else one.share_closed,
        )
        for one in gap_years(found)
    )  # fmt: skip
    return Table(
        "gap",
        msgid("The funding gap and what closes it"),
        msgid("One-offs close a gap for their year only and open it again; avoided cost closes none of it."),
        (
            Column("year", msgid("Year"), "year"),
            Column("gap", msgid("Gap"), "money"),
            Column("recurrent", msgid("Closed for good"), "money"),
            Column("one_off", msgid("Closed once"), "money"),
            *((Column("fund", msgid("Lent by a fund less repaid"), "money"),) if fund else ()),
            Column("left", msgid("Left for good"), "money"),
            Column("left_in_year", msgid("Left in the year itself"), "money"),
            Column("share", msgid("Part closed for good"), "percent"),
        ),
        rows,
        notes=IN_THE_GAP if fund else (),
        period=period_of(found),
        price_base=NOMINAL,
    )
