"""A study's projects appraised: the central case, the draws, and what the answer hangs on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np
import polars as pl

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.blocks import Job, job_of
from consortia.appraisal.engine import Cancelled, appraise_programme, programme_model, stop_if
from consortia.appraisal.information import Information, perfect_information, questions_about
from consortia.appraisal.programme_results import Central, ProgrammeAppraisal
from consortia.appraisal.programme_risk import ProgrammeRisk, programme_risk
from consortia.appraisal.replicates import REPLICATES
from consortia.appraisal.risk import Risk, risk_of
from consortia.appraisal.streams import KINDS, Programme, Settlement, Stream, Timing
from consortia.appraisal.switching import SwitchingValue, switching_values
from consortia.appraisal.tornado import Tornado, tornado
from consortia.appraisal.views import in_cash
from consortia.run.programme.arrangements import Arrangements
from consortia.run.programme.compiled import Compiled, compile_programme
from consortia.run.programme.unmet import unmet_findings
from consortia.study import Definition
from consortia.study.finding_titles import in_titles

Progress = Callable[[float, str], None]
MOST_ASKED = 24
"""Inputs whose finding out is valued: those that move the answer most by themselves."""
CERTAIN_DRAWS = 64
"""Where nothing is uncertain every draw is the central case: the fewest that there can be."""
READYING = "Preparing the calculation (longer the first time after an installation)"
SCRAMBLE = 4096
"""Draws of each replicate scramble, unless the study asks for more than all of them come to or for fewer."""


@dataclass(frozen=True, eq=False)
class Appraised:
    """Everything known of the projects under one scenario; real pounds of the base year."""

    compiled: Compiled
    appraisal: ProgrammeAppraisal
    replicated: ProgrammeRisk | None
    """The worth over several scrambles of the draws; None where nothing is uncertain."""
    tornado: Tornado
    switching: tuple[SwitchingValue, ...]
    everything: Information | None
    questions: Mapping[str, Information]

    @property
    def definition(self) -> Definition:
        """The study as the scenario has it."""
        return self.compiled.definition

    @property
    def central(self) -> Central:
        """Draw 0 in full."""
        return self.appraisal.central

    @property
    def uncertain(self) -> bool:
        """Whether anything is drawn at all."""
        return bool(self.compiled.programme.inputs)

    @property
    def chances(self) -> Literal["chance", "drawn"]:
        """What a chance over the draws is: counted in them, or known where every draw is the central case."""
        return "drawn" if self.uncertain else "chance"

    @property
    def net_present_value(self) -> float:
        """Of all partners in the central case, real pounds of the base year."""
        return float(self.appraisal.worth()[0])

    def flows(self, *, partner: str | None = None, project: str | None = None) -> dict[str, FloatArray]:
        """Real pounds of each year by kind in the central case, the kinds that there are."""
        present = {one.kind for one in self.central.streams}
        return {
            kind: self.central.total(kinds=(kind,), partner=partner, project=project)
            for kind in KINDS
            if kind in present
        }

    def in_cash(self, flow: FloatArray) -> FloatArray:
        """Real pounds of each year as cash of that year."""
        return in_cash(flow, self.compiled.frame.prices)

    def risk(self, partner: str | None = None) -> Risk:
        """Of the net present value of a partner, or of all of them; against the target where it is one of that.

        Where anything is uncertain, the mean of the replicate scrambles, with standard errors measured over them.
        """
        if self.replicated is None:
            aim = worth_aimed_at(self.definition) if partner is None else None
            return risk_of(self.appraisal.worth(partners=[partner] if partner else None), target=aim)
        return self.replicated.partners[partner] if partner else self.replicated.group

    def part_taken(self, project: str) -> float:
        """The part of a project's plan that the central case takes as delivered."""
        timing = self.compiled.programme.timings.get(project)
        return self.compiled.programme.inputs[timing.delivery].central if timing and timing.delivery else 1.0

    @property
    def target_year(self) -> str:
        """The year of a target for the yearly cashable saving; empty where there is no such target."""
        target = self.definition.savings_target
        if target is None or target.measure != "yearly":
            return ""
        return target.year or self.compiled.frame.years[-1]

    @cached_property
    def yearly_risk(self) -> Risk | None:
        """Of the yearly cashable saving in the year of the target; None where no such target is set."""
        target = self.definition.savings_target
        if target is None or not self.target_year or "cashable" not in self.appraisal.accounts:
            return None
        year = self.compiled.frame.place(self.target_year)
        return risk_of(self.appraisal.account("cashable")[:, year], target=float(target.amount))

    @cached_property
    def on_time(self) -> Central:
        """The central case as it would be without any delay."""
        programme = self.compiled.programme
        timings = {project: Timing(delivery=one.delivery) for project, one in programme.timings.items()}
        prompt = replace(programme, timings=timings)
        return appraise_programme(prompt, count=CERTAIN_DRAWS, seed=0, apart=False).central


def appraise_projects(
    definition: Definition,
    *,
    harmonised: pl.DataFrame | None = None,
    scenario: str = "base",
    file: str = "study.yaml",
    arrangements: Arrangements | None = None,
    workers: Executor | None = None,
    progress: Progress = lambda _part, _doing: None,
    cancelled: Cancelled = lambda: False,
) -> Appraised:
    """Compiles and appraises the projects of a study under a scenario, and asks what the answer hangs on.

    The same documents and scenario give the same figures to the last bit, whoever the `workers` are (None: this
    process). Raises what `compile_programme` raises, and
    AppraisalCancelled when `cancelled`, asked between blocks of draws and before each further part, says so.
    """
    progress(0.05, "Reading the projects")
    compiled = compile_programme(
        definition, harmonised=harmonised, scenario=scenario, file=file, arrangements=arrangements
    )
    programme = compiled.programme
    progress(0.1, READYING)
    count = definition.draws if programme.inputs else CERTAIN_DRAWS
    appraisal = appraise_programme(
        programme,
        count=count,
        seed=definition.seed,
        label=kind_of,
        workers=workers,
        progress=lambda done, whole: progress(0.1 + 0.2 * done / whole, f"Appraising {whole:,} draws"),
        cancelled=cancelled,
    )
    replicated = _replicated(programme, definition, progress, cancelled, workers) if programme.inputs else None
    stop_if(cancelled)
    bars, switching = _what_moves_it(programme, progress, cancelled)
    progress(0.9, "Finding out what is worth finding out")
    job = job_of(programme, count=count, seed=definition.seed)
    everything, questions = _worth_knowing(appraisal, job, bars)
    unmet = in_titles(unmet_findings(compiled, appraisal.central, file=file), definition)
    compiled = replace(compiled, findings=(*compiled.findings, *unmet))
    progress(1.0, "Done")
    return Appraised(compiled, appraisal, replicated, bars, switching, everything, questions)


def _what_moves_it(
    programme: Programme, progress: Progress, cancelled: Cancelled
) -> tuple[Tornado, tuple[SwitchingValue, ...]]:
    """Each input moved by itself, and where it would have to be for a net present value of zero."""
    worth = programme_model(programme)
    progress(0.65, "Finding out what the answer hangs on")
    bars = tornado(worth, programme.inputs)
    stop_if(cancelled)
    progress(0.8, "Finding out what would have to change")
    switching = switching_values(worth, programme.inputs)
    stop_if(cancelled)
    return bars, switching


def worth_aimed_at(definition: Definition) -> float | None:
    """The target of the study for its net present value, pounds; None where it has no such target."""
    target = definition.savings_target
    return float(target.amount) if target and target.measure == "net_present_value" else None


def _replicated(
    programme: Programme,
    definition: Definition,
    progress: Progress,
    cancelled: Cancelled,
    workers: Executor | None,
) -> ProgrammeRisk:
    """The worth over 16 scrambles: of as many draws as the study has, but at least as many together as it asks for."""
    return programme_risk(
        programme,
        count=min(definition.draws, max(SCRAMBLE, definition.draws // REPLICATES)),
        seed=definition.seed,
        target=worth_aimed_at(definition),
        workers=workers,
        progress=lambda done, whole: progress(0.3 + 0.3 * done / whole, "Measuring how exact the draws are"),
        cancelled=cancelled,
    )


def kind_of(stream: Stream | Settlement) -> str:
    """The account that a stream is kept on: its kind, so that kinds are never added."""
    return stream.kind


def options_of(appraisal: ProgrammeAppraisal) -> FloatArray:
    """What could be decided, [draw, option], without the central case: nothing, all, all but one of the projects.

    What a project leaves when it is dropped is its part of the whole; that the others then meet less overlap is not
    counted.
    """
    every = appraisal.worth()[1:, None]
    nothing = np.zeros_like(every)
    without = every - appraisal.by_project[1:] if len(appraisal.projects) > 1 else nothing[:, :0]
    return np.hstack([nothing, every, without])


def _worth_knowing(
    appraisal: ProgrammeAppraisal, job: Job, bars: Tornado
) -> tuple[Information | None, dict[str, Information]]:
    """What knowing everything, and each of the inputs that move the answer most, would be worth before deciding."""
    if not job.names:
        return None, {}
    options = options_of(appraisal)
    everything = perfect_information(options)
    asked = [bar.name for bar in bars.bars[:MOST_ASKED] if bar.swing > 0]
    if not everything.value or not asked:
        return everything, {}
    drawn = job.sampling.columns(job.sampling.normals(count=job.count, seed=appraisal.seed))
    moving = {name: drawn[name] for name in asked if np.ptp(drawn[name]) > 0}
    return everything, questions_about(options, moving)
