"""The whole journey of a pound, composed: documents in, a finished run out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from datetime import date

import polars as pl

from consortia import __version__
from consortia.findings import Finding, Severity
from consortia.intake.published import baseline
from consortia.reference.edition import reference_edition
from consortia.run.assumptions import Assumptions, assumptions_of
from consortia.run.comparison import compare
from consortia.run.content import Results, paper_content
from consortia.run.decisions import Decision, Option, appraise_options, correlations_of, decide, formed_only, option_of
from consortia.run.firmness import firmness_findings
from consortia.run.groups import best_groups
from consortia.run.harmonised import harmonise_study
from consortia.run.nothing_ready import nothing_ready
from consortia.run.outcomes import cost_beside_outcome
from consortia.run.programme.appraised import Appraised, appraise_projects
from consortia.run.programme.arrangements import Arrangements
from consortia.run.programme.project_sheets import project_sheets
from consortia.run.programme.together import Together
from consortia.run.projects_in_paper import with_projects
from consortia.run.promises import promises, promises_together
from consortia.run.proposals import Proposal, propose
from consortia.run.record import Bindings, Run
from consortia.run.reliance import unfit_findings
from consortia.run.reviewed import review_caveats
from consortia.run.roles import role_findings
from consortia.run.setting import Setting, setting_of
from consortia.run.weights import weights_of
from consortia.run.workbook import workbook_model
from consortia.study import Definition, Study, fingerprint
from consortia.study.project_findings import active_projects
from consortia.study.scenarios import scenario_cautions, under_scenario
from consortia.study.store import DEFINITION_FILE

Progress = Callable[[float, str], None]
OLD_BASE_YEARS = 4  # older than this, a paper says so [judgement]


def silent(_part: float, _doing: str) -> None:
    """No progress to report to."""


def run_study(
    study: Study,
    *,
    made_on: date,
    scenario: str = "base",
    workers: Executor | None = None,
    progress: Progress = silent,
) -> Run:
    """Runs a study: harmonise, compare, propose, group, appraise, decide, and set it all out.

    `made_on` is the date that the papers bear. The same documents, scenario and versions give the same figures to the
    last bit, whoever the `workers` on the draws are (None: this process). Raises StudyError where the study cannot be
    run, with the remedy.
    """
    bindings, stated = _bindings(study, scenario), study.definition
    study = replace(study, definition=under_scenario(study.definition, scenario))
    assumptions = assumptions_of(study.definition, scenario)
    setting = setting_of(study.definition, assumptions)
    progress(0.05, "Making the partners' costs comparable")
    harmonised = harmonise_study(study)
    proposals = propose(study.definition, harmonised.lines, assumptions=assumptions)
    if not proposals.ready and not active_projects(study.definition):
        raise nothing_ready(study.definition)
    progress(0.15, "Comparing the partners with each other and with their nearest neighbours")
    comparison, beside = compare(study, harmonised), cost_beside_outcome(study, harmonised)
    options = _options(proposals.ready, study, setting, progress)
    progress(0.7, f"Appraising {study.definition.draws:,} draws (longer the first time after an installation)")
    appraisal = appraise_options(options, setting, workers=workers)
    decisions = decide(options, appraisal, limit=assumptions.value("max_chance_of_loss"))
    appraisal = formed_only(appraisal, decisions)
    progress(0.85, "Setting out the results")
    roles = role_findings(proposals.ready, study.definition)
    findings = (*harmonised.findings, *proposals.findings, *roles, *firmness_findings(decisions, setting))
    results = Results(study, decisions, appraisal, harmonised, comparison, setting, beside)
    content = paper_content(
        results, findings=(*_cautions(results, stated, made_on), *findings), bindings=bindings, made_on=made_on
    )
    projects = _projects_of(results, stated, scenario, workers)
    case = promises_together(projects) if projects else promises(appraisal, decisions)
    sharing = appraisal.risk() if any(decision.formed for decision in decisions) else None
    content = with_projects(content, Together(projects, sharing), results) if projects else content
    progress(1.0, "Done")
    model = workbook_model(results, content, project_sheets(projects) if projects else None)
    return Run(bindings, content, model, case)


def _cautions(results: Results, stated: Definition, made_on: date) -> tuple[Finding, ...]:
    """What a reader should know before any figure; `stated` is the definition as it stands without the scenario."""
    study = results.study
    # With projects their appraisal tells the faults of other scenarios.
    others = () if active_projects(study.definition) else scenario_cautions(stated, file=DEFINITION_FILE)
    not_fit = unfit_findings(results.comparison.reliance, study.definition)
    return (*not_fit, *_old_prices(study, made_on), *published_findings(study), *review_caveats(study), *others)


def _projects_of(results: Results, stated: Definition, scenario: str, workers: Executor | None) -> Appraised | None:
    """The savings that partners state themselves, appraised beside the services that the run shares; None: none.

    `stated` is the definition as it stands without the scenario: both come to the appraisal as they do by themselves.
    """
    if not active_projects(results.study.definition):
        return None
    arrangements = _formed(results.decisions, results.setting, results.setting.assumptions)
    lines = results.harmonised.lines
    return appraise_projects(stated, harmonised=lines, scenario=scenario, arrangements=arrangements, workers=workers)


def arrangements_of(study: Study, lines: pl.DataFrame, *, scenario: str, progress: Progress = silent) -> Arrangements:
    """The services that a run of the study would share, to be appraised beside its projects; `lines` harmonised."""
    definition = under_scenario(study.definition, scenario)
    assumptions = assumptions_of(definition, scenario)
    setting = setting_of(definition, assumptions)
    proposals = propose(definition, lines, assumptions=assumptions)
    if not proposals.ready:
        return Arrangements()
    options = _options(proposals.ready, study, setting, progress)
    decisions = decide(options, appraise_options(options, setting), limit=assumptions.value("max_chance_of_loss"))
    return _formed(decisions, setting, assumptions)


def _formed(decisions: Sequence[Decision], setting: Setting, assumptions: Assumptions) -> Arrangements:
    cases = tuple(group.case for decision in decisions for group in decision.formed)
    return Arrangements(cases, setting.phasing, correlations_of(assumptions))


def _options(proposals: Sequence[Proposal], study: Study, setting: Setting, progress: Progress) -> list[Option]:
    """Each proposal with its best grouping, proved."""
    options = []
    for number, proposal in enumerate(proposals):
        progress(0.3 + 0.4 * number / len(proposals), f"Finding the best grouping: {proposal.title()}")
        grouping = best_groups(proposal, setting, weights=weights_of(proposal, study))
        options.append(option_of(proposal, grouping, setting))
    return options


def _old_prices(study: Study, made_on: date) -> tuple[Finding, ...]:
    """A caution where the base year lies far behind the day of the paper."""
    years = made_on.year - study.definition.year.start
    if years <= OLD_BASE_YEARS:
        return ()
    return (
        Finding(
            "base-year-old",
            Severity.WARNING,
            "The base year {year} began {years} years before this paper: prices, services and councils have changed.",
            "Take a newer return where there is one; read every amount in the prices of {year}.",
            values=(("year", study.definition.base_year), ("years", str(years))),
        ),
    )


def published_findings(study: Study) -> tuple[Finding, ...]:
    """What the published returns behind a study leave open: missing returns, hosted services, empty cells."""
    definition = study.definition
    published = [code for code in definition.codes if not study.return_of(code).header.uploads]
    if not published or not definition.editions:
        return ()
    return baseline(published, definition.editions, name=definition.key, title=definition.title)[1]


def _bindings(study: Study, scenario: str) -> Bindings:
    definition = study.definition
    return Bindings(
        study=fingerprint(study),
        scenario=scenario,
        package_version=__version__,
        reference_edition=reference_edition(),
        draws=definition.draws,
        seed=definition.seed,
    )
