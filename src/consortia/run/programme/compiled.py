"""A study's lines and projects as one programme of plain streams, with what each stream is called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from consortia.appraisal import discount_factors
from consortia.appraisal.streams import Line, Programme, Settlement, Stream, Timing
from consortia.errors import BlockedByFindings, StudyError
from consortia.findings import Finding, Place, Severity, blocks
from consortia.reference.prices import discount_schedule
from consortia.run.assumptions import assumptions_of
from consortia.run.programme.arrangements import Arrangements, with_arrangements
from consortia.run.programme.correlated import correlated, names_unknown
from consortia.run.programme.costs import cost_streams, funding_streams
from consortia.run.programme.effects import Workbench, effect_streams
from consortia.run.programme.frame import Frame
from consortia.run.programme.inputs import Inputs, unfitted
from consortia.run.programme.leavers import limit_findings
from consortia.run.programme.lines import amounts_of, compiled_lines
from consortia.run.programme.terms import contract_paths, settlements, term_streams
from consortia.run.programme.timing import timing_of
from consortia.run.programme.unseen import unseen_findings
from consortia.study import Definition
from consortia.study.document_findings import listed
from consortia.study.effects import ContractEffect
from consortia.study.finding_titles import in_titles
from consortia.study.project_findings import active_projects, findings_without_scenarios
from consortia.study.projects import Project
from consortia.study.scenarios import BASE, scenario_cautions, under_scenario

HALFWAY = frozenset({"projects-exclude", "dependency-missing", "starts-too-early", "post-ends-twice"})
"""Findings that may come up between two sound scenarios, where not all projects are meant to stand together."""


@dataclass(frozen=True)
class Compiled:
    """A programme with the documents that it came from. `definition` is that of the scenario."""

    definition: Definition
    scenario: str
    frame: Frame
    programme: Programme
    findings: tuple[Finding, ...]

    def central_line(self, line: Line) -> list[float]:
        """What a line costs in each year of the central case without any project, real pounds."""
        if line.path is None:
            return list(line.base)
        factors = self.central_path(line.path, len(line.base))
        return [amount * factor for amount, factor in zip(line.base, factors, strict=True)]

    def central_path(self, name: str, years: int) -> list[float]:
        """What a path multiplies by in each year of the central case."""
        drawn = {key: np.array([one.central]) for key, one in self.programme.inputs.items()}
        return [float(one) for one in self.programme.paths[name].factors(drawn, years=years, lanes=1)[:, 0]]


@dataclass(frozen=True)
class Parts:
    """What the projects come to, gathered while they are compiled."""

    streams: list[Stream] = field(default_factory=list)
    settlements: list[Settlement] = field(default_factory=list)
    timings: dict[str, Timing] = field(default_factory=dict)


def compile_programme(
    definition: Definition,
    *,
    harmonised: pl.DataFrame | None = None,
    scenario: str = "base",
    file: str = "study.yaml",
    arrangements: Arrangements | None = None,
    tolerated: frozenset[str] = frozenset(),
) -> Compiled:
    """The programme of a study under a scenario; `harmonised` are the lines of its returns, whole pence, real.

    `arrangements` are services to be shared that fall on the same lines. Findings whose code is `tolerated` do not
    block: halfway between two scenarios projects may exclude each other. Faults of scenarios that are not asked for
    are warnings.
    Raises BlockedByFindings with every fault and its place, and StudyError where there is nothing to appraise.
    """
    changed = under_scenario(definition, scenario, file=file)
    refuse(tuple(unfitted(changed, file=file)))
    amounts, unknown = amounts_of(changed, harmonised, file=file)
    own_findings = (*limit_findings(changed, file=file), *_as_stated(changed, file), *_as_priced(changed, file))
    cautions = in_titles(scenario_cautions(definition, file=file), definition)
    found = findings_without_scenarios(changed, file=file)
    findings = (*cautions, *found, *unknown, *in_titles(own_findings, changed))
    refuse(tuple(one for one in findings if one.code not in tolerated))
    if not active_projects(changed) and not (arrangements and arrangements.cases):
        raise StudyError("This study has no projects to appraise.", remedy="Add them to study.yaml under `projects`.")
    frame, inputs = Frame(changed, amounts), Inputs(_together(changed, scenario))
    findings = (*findings, *in_titles(unseen_findings(frame, file=file), changed))
    lines = tuple(compiled_lines(frame, inputs))
    parts = Parts()
    for project in active_projects(changed):
        _compile(project, frame, inputs, parts)
    own = _programme(frame, inputs, lines, parts)
    together = with_arrangements(own, arrangements or Arrangements(), changed)
    at = Place(file, cell="" if scenario == BASE else f"scenarios.{scenario}")
    known = _known_inputs(definition, harmonised) if names_unknown(together, changed) else frozenset()
    programme, told = correlated(together, changed, at=at, known=known)
    refuse(told)
    return Compiled(changed, scenario, frame, programme, (*findings, *told))


def _known_inputs(definition: Definition, harmonised: pl.DataFrame | None) -> frozenset[str]:
    """The uncertain inputs of the study as it stands without a scenario, were every project carried out.

    None where it cannot be compiled by itself: what it would have is then not known.
    """
    every = tuple(one.model_copy(update={"active": True}) for one in definition.projects)
    whole = definition.model_copy(update={"projects": every})
    amounts, unknown = amounts_of(whole, harmonised)
    told = (*unknown, *limit_findings(whole, file=""), *findings_without_scenarios(whole))
    if blocks(tuple(one for one in told if one.code not in HALFWAY)):
        return frozenset()
    frame, inputs = Frame(whole, amounts), Inputs(_together(whole, BASE))
    _ = tuple(compiled_lines(frame, inputs))
    for project in every:
        _compile(project, frame, inputs, Parts())
    return frozenset(inputs.inputs)


def refuse(findings: tuple[Finding, ...]) -> None:
    """Raises BlockedByFindings that lists every error and warning, where one of them is an error."""
    if blocks(findings):
        told = listed(one for one in findings if one.severity is not Severity.NOTE)
        raise BlockedByFindings(
            f"The projects cannot be appraised:\n{told}\n", remedy="Mend the places named, then try again."
        )


def _together(definition: Definition, scenario: str) -> tuple[float, float, float]:
    own = assumptions_of(definition, scenario)
    names = ("correlation_same_year", "correlation_same_service", "correlation_same_programme")
    first, second, third = (own.value(name) for name in names)
    return first, second, third


def _compile(project: Project, frame: Frame, inputs: Inputs, parts: Parts) -> None:
    bench = Workbench(frame, inputs, project, contract_paths(project, inputs, frame))
    parts.streams.extend(_streams(bench))
    parts.settlements.extend(one for term in project.terms for one in settlements(term, bench))
    if timing := timing_of(project, inputs, frame.definition):
        parts.timings[project.key] = timing


def _streams(bench: Workbench) -> Iterator[Stream]:
    for effect in bench.project.effects:
        yield from effect_streams(effect, bench)
    for cost in bench.project.costs:
        yield from cost_streams(cost, bench)
    for funding in bench.project.funding:
        yield from funding_streams(funding, bench)
    for term in bench.project.terms:
        yield from term_streams(term, bench)


def _programme(frame: Frame, inputs: Inputs, lines: tuple[Line, ...], parts: Parts) -> Programme:
    return Programme(
        partners=frame.definition.codes,
        lines=lines,
        streams=tuple(parts.streams),
        settlements=tuple(parts.settlements),
        paths=inputs.paths,
        inputs=inputs.inputs,
        timings=parts.timings,
        shares=inputs.shares,
        base_year=frame.definition.year,
        horizon=frame.horizon,
        factors=discount_factors(discount_schedule(), frame.horizon),
    )


def _as_stated(definition: Definition, file: str) -> Iterator[Finding]:
    for project in definition.projects:
        if project.active and project.maturity == "as_stated" and project.delivery is None and project.effects:
            yield Finding(
                "taken-as-stated",
                Severity.NOTE,
                "'{project}' is taken as its source states it: in full and on time, with no allowance for shortfall.",
                "Give its maturity in place of `as_stated` to see how sure it is.",
                Place(file, cell=f"projects.{project.key}.maturity"),
                (("project", project.key),),
            )


def _as_priced(definition: Definition, file: str) -> Iterator[Finding]:
    """Contract prices of projects that are otherwise drawn late or in part: of these a reader would expect the same."""
    for project in active_projects(definition):
        drawn = project.maturity != "as_stated" or project.delivery is not None or project.delay_months is not None
        for effect in (one for one in project.effects if drawn and isinstance(one, ContractEffect)):
            yield Finding(
                "priced-as-stated",
                Severity.NOTE,
                "The saving of a contract price, '{part}', is as stated: neither delay nor delivery is drawn for it.",
                "Where the price is not sure give it as a range; where its beginning is not sure try a later `start`.",
                Place(file, cell=f"projects.{project.key}.effects.{effect.key}"),
                (("part", effect.key),),
            )
