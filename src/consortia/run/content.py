"""What the paper of a run says: tables, summary, charts, maps, and the trail behind every figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from consortia.appraisal import Appraisal
from consortia.costing import Harmonised
from consortia.delivery.actions import actions_of
from consortia.findings import Finding
from consortia.partnership import columns_of
from consortia.partnership.listed_values import price_listed
from consortia.report.caveats import STANDARD_CAVEATS
from consortia.report.figures import FigureBook
from consortia.report.outcome_tables import OutcomeSet, outcome_table
from consortia.report.paper import Fan, PaperContent, PartnerName, Span, Stamp, Summary
from consortia.report.paper_tables import (
    alternatives_table,
    assumption_table,
    cash_flow_table,
    comparison_table,
    decision_table,
    partner_table,
    runners_up_table,
    uncertainty_table,
)
from consortia.report.rows import ShareRow
from consortia.report.sharing_tables import share_table, stability_table
from consortia.report.tables import Table
from consortia.run import results as rows
from consortia.run.assumed import assumption_rows
from consortia.run.comparison import Comparison
from consortia.run.continuum import placement_findings, standings
from consortia.run.continuum_tables import actions_table, continuum_tables, rules_table
from consortia.run.decisions import Decision
from consortia.run.governance import governance_findings, governance_tables
from consortia.run.groups import group_model
from consortia.run.maps import maps_of
from consortia.run.partners.agreed import agreed_name
from consortia.run.partners.agreement import Agreement, agreements_of, refusals
from consortia.run.partners.arrangement import Arranged, arranged_of
from consortia.run.partners.paper_tables import paper_tables
from consortia.run.partners.sharing_rows import share_rows, stability_rows
from consortia.run.proof import proof_of
from consortia.run.record import Bindings
from consortia.run.reliance import unfit
from consortia.run.setting import Setting
from consortia.run.trail import Scope, Trail, add_decision, add_partner, add_shares, add_totals, add_unit_costs
from consortia.study import Definition, Study, Text

SCHEDULES_CY = {"green-book-2026-standard": "Cyfraddau safonol dewis amser cymdeithasol, real"}
SUMMARY_KEYS = {
    "low": "net.p10",
    "middle": "net.p50",
    "high": "net.p90",
    "chance_of_loss": "net.chance_of_loss",
    "setup": "net.setup",
    "saving": "net.saving",
    "payback": "net.payback",
}


@dataclass(frozen=True)
class Results:
    """What a run has worked out by the time its paper is written."""

    study: Study
    decisions: Sequence[Decision]
    appraisal: Appraisal
    harmonised: Harmonised
    comparison: Comparison
    setting: Setting
    outcomes: Sequence[OutcomeSet] = ()

    @cached_property
    def arranged(self) -> Arranged:
        """The services to be shared, with the worth of every group of partners."""
        return arranged_of(
            self.study, self.decisions, appraisal=self.appraisal, lines=self.harmonised.lines, setting=self.setting
        )

    @cached_property
    def agreements(self) -> dict[str, Agreement]:
        """Who gets what as agreed, by the key of the proposal."""
        return agreements_of(self.arranged)

    @cached_property
    def shares(self) -> tuple[ShareRow, ...]:
        """Each partner's part of the gain by every rule."""
        return share_rows(self.arranged, self.agreements)


def paper_content(results: Results, *, findings: Sequence[Finding], bindings: Bindings, made_on: date) -> PaperContent:
    """Everything that the papers print, as raw values; `made_on` is the date on them."""
    definition, setting, decisions = results.study.definition, results.setting, results.decisions
    return PaperContent(
        **_tables(results),
        projects=(),
        own=None,
        together=(),
        title=title_of(definition, bindings.scenario),
        partners=tuple(PartnerName(partner.code, partner.name) for partner in definition.partners),
        base_year=definition.base_year,
        horizon_years=definition.horizon_years,
        discounting=schedule_name(setting),
        summary=summary_of(results),
        findings=(
            *findings,
            *placement_findings(definition),
            *governance_findings(definition, made_on),
            *refusals(tuple(results.agreements.values())),
        ),
        caveats=STANDARD_CAVEATS,
        by_service=_spans(decisions, results.appraisal),
        fan=fan_of(results.appraisal),
        maps=maps_of(decisions, definition),
        stamp=_stamp(bindings, made_on),
        figures=trail_of(results),
        agreements=(
            *_continuum(results),
            *governance_tables(definition, made_on, prompts=False),
            *paper_tables(results.arranged, results.agreements),
        ),
        outcomes=outcome_table(results.outcomes, base_year=definition.base_year) if results.outcomes else None,
    )


def _tables(results: Results) -> dict[str, Table]:
    """The tables of the paper, by the name that it has for each."""
    definition, setting, decisions = results.study.definition, results.setting, results.decisions
    appraisal, comparison = results.appraisal, results.comparison
    period, base = setting.period, setting.price_base
    limit = setting.assumptions.value("max_chance_of_loss")
    alternatives = rows.alternative_rows(decisions, _together(decisions, setting))
    partners = rows.partner_rows(appraisal, decisions, definition, results.shares)
    runners_up = rows.runner_up_rows(decisions, definition)
    return {
        "alternatives": alternatives_table(alternatives, period=period, price_base=base),
        "decision": decision_table(
            rows.decision_rows(decisions, definition, limit=limit, agreements=results.agreements),
            period=period,
            price_base=base,
        ),
        "by_partner": partner_table(partners, period=period, price_base=base),
        "cash_flow": _cash_flow(results),
        "comparison": comparison_table(comparison.rows, period=base, price_base=base, notes=comparison.caveats),
        "shares": share_table(results.shares, agreed=agreed_name(definition), period=period, price_base=base),
        "stability": stability_table(stability_rows(results.arranged), period=period, price_base=base),
        "runners_up": runners_up_table(runners_up, proof=proof_of(decisions), period=period, price_base=base),
        "uncertainty": uncertainty_table(rows.sensitivity_rows(decisions), period=period, price_base=base),
        "assumptions": assumption_table(assumption_rows(decisions, setting)),
    }


def _continuum(results: Results) -> tuple[Table, ...]:
    """The shared map, the reasons, the rules of levels, and the plan, where partners have placed a function.

    Where they have not: what the levels of the groups to be formed allow and ask for.
    """
    definition = results.study.definition
    placements = definition.partnership.placements
    if not placements:
        formed = {group.price.level for one in results.decisions for group in one.formed}
        return (rules_table(formed),) if formed else ()
    plan = actions_table(actions_of(placements, definition.codes), definition)
    return (*continuum_tables(standings(definition, results.decisions), definition), *([plan] if plan.rows else []))


def _cash_flow(results: Results) -> Table:
    appraisal, setting = results.appraisal, results.setting
    return cash_flow_table(
        rows.cash_flow_rows(appraisal, setting.definition),
        setting.years,
        price_base=setting.price_base,
        keys=rows.cash_flow_keys(appraisal, setting.definition),
    )


def title_of(definition: Definition, scenario: str) -> Text:
    """The study's title, with the scenario where the run is one."""
    for one in definition.scenarios:
        if one.key == scenario:
            named = one.title
            english = f"{definition.title.en} (scenario: {named.en})"
            return Text(en=english, cy=f"{definition.title.in_language('cy')} (senario: {named.in_language('cy')})")
    return definition.title


def schedule_name(setting: Setting) -> Text:
    """What the discount schedule is called in both languages."""
    return Text(en=setting.schedule.title, cy=SCHEDULES_CY.get(setting.schedule.name, ""))


def summary_of(results: Results) -> Summary:
    """The numbers of the first screen."""
    definition, decisions, appraisal = results.study.definition, results.decisions, results.appraisal
    shared = [decision for decision in decisions if decision.formed]
    risk = appraisal.risk()
    worth = {code: float(appraisal.worth(partners=[code])[0]) for code in definition.codes}
    name = {code: rows.name_of(code, definition) for code in definition.codes}
    return Summary(
        services_considered=len(decisions),
        shared=tuple(rows.title_of(decision) for decision in shared),
        not_shared=tuple(rows.title_of(decision) for decision in decisions if not decision.formed),
        low=risk.p10,
        middle=risk.p50,
        high=risk.p90,
        chance_of_loss=risk.chance_of_loss if shared else None,
        setup=sum(group.price.setup for decision in shared for group in decision.formed),
        saving=sum(group.delivered_saving for decision in shared for group in decision.formed),
        payback=rows.years_of(appraisal.payback()),
        gainers=tuple(name[code] for code, value in worth.items() if value > 0),
        losers=tuple(name[code] for code, value in worth.items() if value < 0),
        unstable=tuple(rows.title_of(one) for one in shared if results.agreements[one.proposal.key].blocking),
        keys=dict(SUMMARY_KEYS) if shared else {},
        unfit=unfit(results.comparison.reliance, definition),
    )


def fan_of(appraisal: Appraisal) -> Fan:
    """Cumulative net cash flow of all partners: P10, P50 and P90 at the end of each year."""
    yearly = appraisal.saving.sum(axis=(1, 2)) - appraisal.cost.sum(axis=(1, 2))
    low, middle, high = np.quantile(np.cumsum(yearly[1:], axis=1), (0.1, 0.5, 0.9), axis=0)
    years = tuple(str(year) for year in appraisal.years)
    return Fan(years, tuple(low.tolist()), tuple(middle.tolist()), tuple(high.tolist()))


def empty_trail(results: Results) -> Trail:
    """A trail of the run with nothing in it yet."""
    setting, definition = results.setting, results.study.definition
    scope = Scope(setting.period, definition.base_year, setting.price_base, definition.draws, definition.seed)
    return Trail(
        scope, results.study, results.harmonised, setting.assumptions, setting.schedule, setting.fixed_coordination
    )


def trail_of(results: Results) -> FigureBook:
    """Every figure of the run, down to assumptions and cells."""
    setting, definition = results.setting, results.study.definition
    trail = empty_trail(results)
    for decision in results.decisions:
        add_decision(trail, decision, setting.factors(decision.proposal))
    for code in definition.codes:
        add_partner(trail, results.appraisal, code, results.decisions)
    for row, code in zip(results.shares, definition.codes, strict=True):
        add_shares(trail, row, code, results.decisions)
    add_totals(trail, results.appraisal, results.decisions)
    add_unit_costs(trail, results.comparison.units)
    return trail.book()


def _together(decisions: Sequence[Decision], setting: Setting) -> float:
    """Value in the central case of every service shared by all that provide it, in one group at its deepest level."""
    total = 0.0
    for decision in decisions:
        model = group_model(decision.proposal, setting)
        everybody = columns_of(len(model.cost), [range(len(model.cost))])
        total += float(price_listed(model, everybody).value[0])
    return total


def _spans(decisions: Sequence[Decision], appraisal: Appraisal) -> tuple[Span, ...]:
    """The range of each service to be shared, over all its groups."""
    risks = [(one, appraisal.risk(services=[one.proposal.key])) for one in decisions if one.formed]
    return tuple(Span(rows.title_of(one), risk.p10, risk.p50, risk.p90) for one, risk in risks)


def _stamp(bindings: Bindings, made_on: date) -> Stamp:
    return Stamp(
        fingerprint=bindings.fingerprint,
        package_version=bindings.package_version,
        reference_edition=bindings.reference_edition,
        made_on=made_on,
        draws=bindings.draws,
        seed=bindings.seed,
    )
