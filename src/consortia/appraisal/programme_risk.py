"""How sure the worth of a programme is, what makes it unsure, and what would be worth finding out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from consortia.appraisal.draws import Sampling
from consortia.appraisal.driver_groups import DriverGroup
from consortia.appraisal.engine import Cancelled, Progress, appraise_programme, programme_model
from consortia.appraisal.first_order import FirstOrder, first_order
from consortia.appraisal.programme_results import ProgrammeAppraisal
from consortia.appraisal.replicates import REPLICATES, TooCoarse, replicate_seeds, risk_of_replicates, too_coarse
from consortia.appraisal.risk import Risk
from consortia.appraisal.saltelli import SobolIndex, sobol_indices
from consortia.appraisal.streams import Programme


@dataclass(frozen=True, slots=True)
class ProgrammeRisk:
    """The worth of a programme over several scrambles of `count` draws each, real pounds of its base year."""

    group: Risk
    partners: Mapping[str, Risk]
    seed: int
    seeds: tuple[int, ...]
    """The seed of each scramble, which follows from `seed`."""
    count: int

    @property
    def too_coarse(self) -> tuple[TooCoarse, ...]:
        """What the draws have not settled for the group by the stop rule of methods.md 7.3; nothing: they may stop."""
        return too_coarse(self.group)


def programme_risk(
    programme: Programme,
    *,
    count: int,
    seed: int,
    replicates: int = REPLICATES,
    target: float | None = None,
    workers: Executor | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ProgrammeRisk:
    """Appraises a programme with several scrambles of the sequence; the target is one of the group's worth in pounds.

    Raises what `appraise_programme` raises, and ValueError for fewer than two replicates.
    """
    seeds = replicate_seeds(seed, replicates)
    rows = []
    for number, each in enumerate(seeds):
        found = appraise_programme(programme, count=count, seed=each, apart=False, workers=workers, cancelled=cancelled)
        rows.append(found.npv)
        if progress is not None:
            progress((number + 1) * count, replicates * count)
    worth = np.stack(rows)
    partners = {name: risk_of_replicates(worth[:, :, place]) for place, name in enumerate(programme.partners)}
    return ProgrammeRisk(risk_of_replicates(worth.sum(axis=2), target=target), partners, seed, seeds, count)


def sources_of_spread(
    appraisal: ProgrammeAppraisal, *, partners: Sequence[str] | None = None
) -> tuple[FirstOrder, ...]:
    """The part of the variance of the worth (of those partners; None: all) that each independent driver explains.

    From the draws of the appraisal, no run more. Raises ValueError for fewer than 256 draws.
    """
    return first_order(_sampling(appraisal), appraisal.worth(partners=partners)[1:], seed=appraisal.seed)


def spread_in_company(appraisal: ProgrammeAppraisal, of: Sequence[DriverGroup]) -> dict[str, SobolIndex]:
    """The part of the variance of the worth that each of those groups explains with all it does in company, by name.

    Takes 2,048 runs of its own for each group, and twice as many more.
    """
    model, sampling = programme_model(appraisal.programme), _sampling(appraisal)
    found = sobol_indices(model, sampling, count=256, replicates=8, seed=appraisal.seed, of=of)
    return {one.group.name: one for one in found.indices}


def _sampling(appraisal: ProgrammeAppraisal) -> Sampling:
    programme = appraisal.programme
    return Sampling.of(dict(programme.inputs), shares=dict(programme.shares), dependence=programme.dependence)
