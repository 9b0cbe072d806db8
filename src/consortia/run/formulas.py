"""What the trail of a run says: units, formulas and values in words, each a whole sentence of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from consortia.reference.prices import DiscountSchedule
from consortia.reference.sources import source
from consortia.report.words import Message, Words, msgid, say
from consortia.run.proposals import Proposal
from consortia.study import Assumption, Range, Text

POUNDS, ONCE, A_YEAR = msgid("pounds"), msgid("pounds, once"), msgid("pounds a year")
MONEY = frozenset({POUNDS, ONCE, A_YEAR})
YEARS, RATIO, PART_OF_ONE = msgid("years from the base year"), msgid("ratio"), msgid("part of one")
RATE_UNIT = msgid("a year, real")
DELIVERED = msgid("delivered over planned")
OF_ADDRESSABLE, OF_FULL_SAVING = msgid("part of addressable cost"), msgid("part of the full saving")
OF_COST = {"gross": msgid("part of gross cost"), "net": msgid("part of net current expenditure")}
UNITS: Mapping[str, str] = {
    "setup_share": msgid("share of the gross saving of the first two years"),
    "coordination_per_pair": msgid("share of the mean partner's addressable cost a year, for each pair"),
    "coordination_fixed": msgid("pounds a year for each group, in 2024-25 prices"),
    "unlikeness": msgid("share of the mean partner's addressable cost a year at unlikeness 1"),
    "far_apart_km": msgid("kilometres"),
    "max_chance_of_loss": msgid("highest chance of a net loss"),
    "benefit_phasing": msgid("share of the full annual saving added each year"),
    "cost_phasing": msgid("share of the set-up cost, by year"),
}

STEPS: Mapping[str, str] = {
    "as_returned": msgid("As returned"),
    "adjustments": msgid("Adjustments"),
    "recharges": msgid("Recharges"),
    "support_services": msgid("Support services"),
    "capital_charges": msgid("Capital charges"),
    "time_basis": msgid("Financial year"),
    "price_base": msgid("Price base"),
    "hosted_services": msgid("Hosted services"),
}
HARMONISED = {
    "total_cost": msgid("total cost without capital charges, in pounds, step by step: {steps}"),
    "net_current_expenditure": msgid("net current expenditure, in pounds, step by step: {steps}"),
}
ADDRESSABLE = {
    "gross": msgid("addressable share x harmonised gross cost"),
    "net": msgid("addressable share x harmonised net current expenditure"),
}

OVER_SERVICES = msgid("sum over the services to be shared")
OVER_GROUPS = msgid("sum over the groups to be formed")
PARTNER_VALUE = msgid(
    "the partner's part of the group's saving, set-up and coordination, by its addressable cost, present value"
)
PARTNER_AMOUNT = msgid("the groups' amounts x the partner's part of their addressable cost")
SHARING: Mapping[str, str] = {
    "agreed": msgid("in each of its groups: by the rule that is agreed, within floors and caps; then added up"),
    "equal": msgid("in each of its groups: the group's value / number of members; then added up"),
    "budget": msgid(
        "in each of its groups: the group's value x the partner's cost of the service / that of all members; "
        "then added up"
    ),
    "population": msgid(
        "in each of its groups: the group's value x the partner's residents / those of all members; then added up"
    ),
    "use": msgid(
        "in each of its groups: the group's value x the partner's use of the service / that of all members; "
        "then added up"
    ),
    "equal_charge": msgid(
        "in each of its groups: what the partner adds to the others, and an equal part of what is then left; "
        "then added up"
    ),
    "scrb": msgid(
        "in each of its groups: what the partner adds to the others, and a part of the rest by its remaining benefit; "
        "then added up"
    ),
    "cost_gap": msgid("in each of its groups: by the cost gap method (Tijs and Driessen 1986); then added up"),
    "shapley": msgid(
        "in each of its groups: mean over all orders of joining of what the partner adds (Shapley 1953); then added up"
    ),
    "equal_profit": msgid(
        "in each of its groups: gains as nearly in one proportion to budgets as nobody's leaving allows; then added up"
    ),
    "nucleolus": msgid(
        "in each of its groups: the shares that make the worst off set of members as well off as can be; then added up"
    ),
    "nucleolus_per_head": msgid(
        "in each of its groups: the shares that make the worst off set of members, per head, as well off as can be; "
        "then added up"
    ),
    "nucleolus_across": msgid(
        "the shares that make the worst off set of partners, across all groups, as well off as can be; then added up"
    ),
}
UNIT_COST = msgid("cost / volume")
FIXED_COORDINATION = msgid("the assumption x GDP deflator of the base year / that of the year whose prices it is in")
DELIVERED_SAVING = msgid("planned saving x delivered part (median), once everything is in place")
SETUP = msgid("set-up share x saving planned for the first two years")
COORDINATION = msgid(
    "level factor x (rate per pair x number of pairs + rate of unlikeness x unlikeness of the mean pair) x mean "
    "addressable cost of the members + fixed part"
)
GROUP_VALUE = msgid("saving x its factor - set-up x its factor - coordination x its factor (present values per pound)")
PLANNED_SAVING = msgid(
    "level factor x mean saving rate x (1 - 1/{members}) / (1 - 1/4) x addressable cost, steady state as planned"
)
PLANNED_BY_CURVE = msgid(
    "level factor x saving by the scale curve x addressable cost, steady state as planned; the curve: 1 - sum of each "
    "cost x (the group's volume / its own, neither above the efficient size) to the power (elasticity - 1) / all cost, "
    "capped at the high end of the range"
)
UNLIKENESS = msgid(
    "mean over the pairs of members of how unlike they are: distance, systems and service levels as far as they are "
    "known, each 0 to 1"
)
ELASTICITY = msgid("cost grows as volume to this power; below 1 size saves")
FACTORS: Mapping[str, str] = {
    "saving": msgid(
        "present value over the period of one pound of planned saving a year, in the central case: ramp, delay and "
        "delivered part are in it"
    ),
    "setup": msgid("present value over the period of one pound of set-up cost"),
    "coordination": msgid("present value over the period of one pound of cost a year"),
    "first-two-years": msgid("planned ramp of the first two years, added up"),
}
QUANTILES: Mapping[str, str] = {
    "p10": msgid(
        "P10 over {draws} draws (seed {seed}): one draw in ten is below it; standard error of the drawing £{error}"
    ),
    "p50": msgid(
        "P50 over {draws} draws (seed {seed}): half of the draws are below it; standard error of the drawing £{error}"
    ),
    "p90": msgid(
        "P90 over {draws} draws (seed {seed}): nine draws in ten are below it; standard error of the drawing £{error}"
    ),
}
CHANCE = msgid("part of the draws below zero, over {draws} draws (seed {seed})")
PAYBACK = msgid(
    "time from the base year until the undiscounted net flows of the central case add up to zero, and stay so"
)
CASH_FLOW = msgid("saving - set-up - coordination of the year, central case, not discounted")


def walk(measure: str, steps: list[dict[str, Any]]) -> Message:
    """A harmonised amount as the sum of its steps, in whole pounds."""
    told = tuple(
        say("{step} {amount}", step=say(STEPS[row["step"]]), amount=round(row["amount_pence"] / 100)) for row in steps
    )
    return say(HARMONISED[measure], steps=told)


def delivery_value(proposal: Proposal) -> Message:
    """How much of a plan is delivered and how late, for the class of the proposal."""
    maturity = proposal.maturity
    return say(
        msgid("median {median}, service offset {offset} (log), delay {delay} months"),
        median=f"{maturity.median:.2f}", offset=f"{proposal.offset:+.3f}", delay=f"{maturity.delay_mean_months:g}",
    )  # fmt: skip


def delivery_source(proposal: Proposal) -> Message:
    """The reference class that the delivery of a proposal is taken from."""
    maturity = proposal.maturity
    name = Text(en=maturity.name, cy=maturity.name_cy)
    return say(msgid("reference class '{name}': {source}"), name=name, source=source_title(maturity.source))


def family_source(proposal: Proposal) -> Message:
    """The reference range that the saving of a proposal is taken from."""
    family = proposal.family
    name = Text(en=family.name, cy=family.name_cy)
    return say(msgid("reference range of '{name}': {source}"), name=name, source=source_title(family.source))


def own_source(reason: Words, named: str = "") -> Message:
    """Where an assumption of the study comes from: the reason that it gives, and a source where it names one."""
    if named:
        return say(msgid("this study: {reason} ({source})"), reason=reason, source=named)
    return say(msgid("this study: {reason}"), reason=reason)


def unit_of(key: str, listed: str, own: Assumption | None) -> Words:
    """The unit of a general assumption; an amount that the study gives itself is in the study's prices."""
    return A_YEAR if own is not None and UNITS.get(key) == UNITS["coordination_fixed"] else UNITS.get(key, listed)


def value_of(value: float | tuple[float, ...] | None, given: Range | None) -> float | Words:
    """A value or range of an assumption as it was set, not rounded."""
    if given is not None:
        low, mode, high = (f"{part:g}" for part in (given.low, given.mode, given.high))
        return say(msgid("{low} / {mode} / {high} (lowest / most likely / highest)"), low=low, mode=mode, high=high)
    if isinstance(value, tuple):
        return " / ".join(f"{part:g}" for part in value)
    return value if value is not None else msgid("as listed")


def rates(schedule: DiscountSchedule) -> Message:
    """The rates of a discount schedule with the years that each holds for."""
    told = tuple(
        say(msgid("{rate} in years {first} to {last}"), rate=f"{rate:.2%}", first=str(first), last=str(last))
        for first, last, rate in schedule.bands
    )
    return say("{rates}", rates=told)


def source_title(listed: str) -> str:
    """The titles of sources by their ids, as they were published."""
    return "; ".join(source(one.strip()).title for one in listed.split(";") if one.strip())
