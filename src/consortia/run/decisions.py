"""From proved groupings and their appraisal to a verdict for each group: share it, or do not, and why.

The rule stands in docs/decisions/0006: worth more than doing nothing, and a chance of loss within the limit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from consortia.appraisal import Appraisal, Correlations, Pert, Risk, ServiceCase, appraise
from consortia.appraisal.distributions import offset_median
from consortia.partnership import GroupPrice, ServiceGrouping
from consortia.run.assumptions import Assumptions
from consortia.run.gains import seen_saving
from consortia.run.proposals import Proposal
from consortia.run.setting import Setting
from consortia.study import Range

Verdict = Literal["share", "no_gain", "too_risky"]


@dataclass(frozen=True)
class Option:
    """A proposal with its best grouping, and the appraised case of each group in it."""

    proposal: Proposal
    grouping: ServiceGrouping
    cases: tuple[ServiceCase, ...]


@dataclass(frozen=True)
class GroupDecision:
    """One group: what it is worth, how sure that is, and whether it should form. Real pounds of the base year."""

    price: GroupPrice
    case: ServiceCase
    risk: Risk
    payback: float | None
    verdict: Verdict

    @property
    def share(self) -> bool:
        """Whether the group should form."""
        return self.verdict == "share"

    @property
    def delivered_saving(self) -> float:
        """Saving a year in the steady state that the central case delivers: the plan x the median delivered part."""
        return self.price.gross_saving * offset_median(self.case.maturity.median, self.case.offset)


@dataclass(frozen=True)
class Decision:
    """One service: the groups that should form; none means do not share, for the reason given."""

    option: Option
    groups: tuple[GroupDecision, ...]

    @property
    def proposal(self) -> Proposal:
        """What was proposed."""
        return self.option.proposal

    @property
    def formed(self) -> tuple[GroupDecision, ...]:
        """The groups to form."""
        return tuple(group for group in self.groups if group.share)

    @property
    def reason(self) -> Verdict:
        """Why the service is not shared, or "share"."""
        if self.formed:
            return "share"
        return "too_risky" if self.groups else "no_gain"


def option_of(proposal: Proposal, grouping: ServiceGrouping, setting: Setting) -> Option:
    """The proposal with a case for each of its best groups."""
    cases = tuple(_case(proposal, group, setting) for group in grouping.groups)
    return Option(proposal, grouping, cases)


def appraise_options(options: Sequence[Option], setting: Setting, *, workers: Executor | None = None) -> Appraisal:
    """Appraises every group of every option in one array."""
    definition, assumptions = setting.definition, setting.assumptions
    return appraise(
        [case for option in options for case in option.cases],
        partners=definition.codes,
        base_year=definition.year,
        horizon=setting.horizon,
        schedule=setting.schedule,
        phasing=setting.phasing,
        count=definition.draws,
        seed=definition.seed,
        correlations=correlations_of(assumptions),
        workers=workers,
    )


def correlations_of(assumptions: Assumptions) -> Correlations:
    """How alike the fortunes of different cases are, as the study assumes."""
    return Correlations(
        different_service=assumptions.value("correlation_same_year"),
        same_service=assumptions.value("correlation_same_service"),
        same_programme=assumptions.value("correlation_same_programme"),
    )


def decide(options: Iterable[Option], appraisal: Appraisal, *, limit: float) -> tuple[Decision, ...]:
    """A decision for each option; `limit` is the highest chance of net loss at which a group should form."""
    return tuple(
        Decision(option, tuple(_judge(option, number, appraisal, limit) for number in range(len(option.cases))))
        for option in options
    )


def formed_only(appraisal: Appraisal, decisions: Iterable[Decision]) -> Appraisal:
    """The same draws with the flows of groups that do not form set to nothing."""
    kept = np.zeros((len(appraisal.partners), len(appraisal.services), 1))
    for decision in decisions:
        column = appraisal.services.index(decision.proposal.key) if decision.formed else None
        for group in decision.formed:
            for code in group.price.members:
                kept[appraisal.partners.index(code), column] = 1.0
    return replace(appraisal, saving=appraisal.saving * kept, cost=appraisal.cost * kept)


def _judge(option: Option, number: int, appraisal: Appraisal, limit: float) -> GroupDecision:
    price, case = option.grouping.groups[number], option.cases[number]
    services = (case.service,)
    risk = appraisal.risk(partners=price.members, services=services)
    payback = appraisal.payback(partners=price.members, services=services)
    verdict: Verdict = "share" if risk.chance_of_loss <= limit else "too_risky"
    return GroupDecision(price, case, risk, payback, verdict)


def _case(proposal: Proposal, group: GroupPrice, setting: Setting) -> ServiceCase:
    """The appraisal's case of a chosen group; its service axis is the initiative's key."""
    assumptions = setting.assumptions
    level = next(one for one in proposal.levels if one.code == group.level)
    cost = dict(zip(proposal.members, proposal.cost, strict=True))
    size = seen_saving(proposal.saving, proposal.curve, cost=proposal.cost, mask=group.mask)
    return ServiceCase(
        key=f"{proposal.key}/{'+'.join(group.members)}",
        service=proposal.key,
        level=group.level,
        members=group.members,
        base_cost=tuple(cost[code] for code in group.members),
        saving=size.saving,
        size_factor=size.factor,
        highest_rate=proposal.saving.high,
        level_factor=Pert(level.low, level.factor, level.high),
        setup_share=_pert(assumptions.range("setup_share")),
        coordination=group.coordination,
        coordination_fixed=setting.fixed_coordination,
        maturity=proposal.maturity,
        offset=proposal.offset,
        start=proposal.start,
        delivery_cap=assumptions.value("delivery_cap"),
    )


def _pert(given: Range) -> Pert:
    return Pert(given.low, given.mode, given.high)
