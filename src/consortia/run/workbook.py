"""What the live workbook needs of a run: the inputs of the central case and the library's own figures."""

from __future__ import annotations

from consortia.appraisal import Appraisal
from consortia.report.paper import PaperContent
from consortia.report.projects_model import ProjectsModel
from consortia.report.workbook_model import CurveInputs, GroupInputs, ServiceInputs, WorkbookModel
from consortia.run import results as rows
from consortia.run.assumed import assumption_rows
from consortia.run.content import Results
from consortia.run.decisions import Decision, GroupDecision
from consortia.run.proposals import Proposal, mean_unlikeness
from consortia.study import Definition


def workbook_model(results: Results, content: PaperContent, projects: ProjectsModel | None = None) -> WorkbookModel:
    """The central case of the groups to be formed, and of projects; real pounds at the prices of the base year."""
    definition, setting, decisions = results.study.definition, results.setting, results.decisions
    shared = [decision for decision in decisions if decision.formed]
    return WorkbookModel(
        title=content.title,
        partners=content.partners,
        base_year=definition.base_year,
        horizon_years=definition.horizon_years,
        schedule=content.discounting,
        discount_rates=setting.discount_rates,
        benefit_phasing=setting.phasing.benefits,
        cost_phasing=setting.phasing.costs,
        setup_share=setting.assumptions.range("setup_share"),
        pair_rate=setting.assumptions.value("coordination_per_pair"),
        unlikeness_rate=setting.assumptions.value("unlikeness"),
        fixed_coordination=setting.fixed_coordination,
        services=tuple(_service(decision, definition) for decision in shared),
        groups=tuple(_group(one, number, results.appraisal) for one in shared for number in range(len(one.formed))),
        shares=results.shares,
        assumptions=assumption_rows(decisions, setting),
        decision=content.decision,
        stamp=content.stamp,
        projects=projects,
    )


def _service(decision: Decision, definition: Definition) -> ServiceInputs:
    proposal = decision.proposal
    gross = dict(zip(proposal.members, proposal.gross, strict=True))
    return ServiceInputs(
        key=proposal.key,
        name=rows.title_of(decision),
        gross=tuple(gross.get(code) for code in definition.codes),
        provided=tuple(code in gross for code in definition.codes),
        addressable_share=proposal.addressable_share,
        saving=proposal.saving,
        delivery=proposal.delivery,
        delay_months=proposal.maturity.delay_mean_months,
        curve=_curve(proposal),
    )


def _curve(proposal: Proposal) -> CurveInputs | None:
    if proposal.curve is None:
        return None
    used = proposal.curve.curve
    volumes = dict(zip(proposal.members, used.volumes, strict=True))
    return CurveInputs(used.elasticity, volumes, used.efficient_size)


def _group(decision: Decision, number: int, appraisal: Appraisal) -> GroupInputs:
    group: GroupDecision = decision.formed[number]
    column = appraisal.services.index(decision.proposal.key)
    places = [appraisal.partners.index(code) for code in group.price.members]
    level = next(one for one in decision.proposal.levels if one.code == group.price.level)
    return GroupInputs(
        key=f"{decision.proposal.key}.{number + 1}",
        service=decision.proposal.key,
        members=group.price.members,
        level=rows.level_of(decision, group),
        level_factor=level.factor,
        start=decision.proposal.start,
        saving=tuple(tuple(appraisal.saving[0, place, column].tolist()) for place in places),
        cost=tuple(tuple(appraisal.cost[0, place, column].tolist()) for place in places),
        unlikeness=mean_unlikeness(decision.proposal, group.price.members),
    )
