"""A programme made ready for work, and the work on one block of its draws, wherever that is done.

A job holds only plain values and arrays, so that it can be sent to another process or machine; a block of draws made
there has the same bits, since every draw is made from its own number.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.desk import Totals, desk_of, sums_of, totals_of
from consortia.appraisal.draws import Sampling
from consortia.appraisal.kernel import appraise_draws
from consortia.appraisal.lanes import LANES
from consortia.appraisal.layout import Label, Layout, laid_out, told_apart
from consortia.appraisal.paths import Path
from consortia.appraisal.refusals import AppraisalError
from consortia.appraisal.sobol import Sobol
from consortia.appraisal.streams import Programme

LARGEST_BLOCK = 4_096
"""Draws of a block, at most."""
SMALLEST_BLOCK = LANES
_ROOM = 2_000_000
"""Drawn numbers, factors of paths and yearly amounts that a block holds at once, at most (16 MB)."""


@dataclass(frozen=True, eq=False, slots=True)
class Job:
    """All that is needed to appraise any block of a programme's draws."""

    layout: Layout
    accounts: tuple[Hashable, ...]
    sampling: Sampling
    sequence: Sobol
    names: tuple[str, ...]
    """The inputs, in the order of their rows."""
    delays: tuple[str, ...]
    """Those of them that are months of delay."""
    paths: tuple[Path, ...]
    count: int
    size: int
    """Draws of a block."""
    apart: bool
    """Whether what each project saves is worked out in every draw."""

    @property
    def blocks(self) -> int:
        """How many blocks there are."""
        return self.count // self.size


def job_of(
    programme: Programme,
    *,
    count: int,
    seed: int,
    label: Label | None = None,
    accounts: Sequence[Hashable] | None = None,
    apart: bool = False,
) -> Job:
    """Makes a programme ready. Raises AppraisalError for draws that cannot be made, as `Sampling` does."""
    sampling = Sampling.of(dict(programme.inputs), shares=dict(programme.shares), dependence=programme.dependence)
    sequence = sampling.sequence(count=count, seed=seed)
    layout, names = laid_out(programme, label=label, accounts=accounts, apart=apart)
    yearly = (len(programme.paths) + len(names)) * programme.years
    numbers = 2 * len(programme.inputs) + len(sampling.drivers) + yearly
    return Job(
        layout=layout,
        accounts=names,
        sampling=sampling,
        sequence=sequence,
        names=tuple(programme.inputs),
        delays=tuple(sorted({t.delay_months for t in programme.timings.values() if t.delay_months is not None})),
        paths=tuple(programme.paths.values()),
        count=count,
        size=min(count, _block_size(numbers)),
        apart=apart,
    )


def appraise_block(job: Job, block: int) -> Totals:
    """Everything about one block of draws; blocks are numbered from 0."""
    drawn = job.sampling.drawn(job.sequence, first=block * job.size, count=job.size)
    return appraise_columns(job, drawn, job.size)


def appraise_columns(job: Job, drawn: Mapping[str, FloatArray], rows: int) -> Totals:
    """Everything about given values of the inputs, so many rows of them; one that is not given is central."""
    central = {name: np.full(rows, job.sampling.inputs[name].central) for name in job.names if name not in drawn}
    totals = totals_of(job.layout, rows, apart=job.apart, flows=False)
    _fill(job.layout, job, {**drawn, **central}, totals)
    return totals


def appraise_central(job: Job) -> Totals:
    """Draw 0, every input at its central value, with what each stream saves or costs in each year."""
    central = {name: np.array([job.sampling.inputs[name].central], dtype=np.float64) for name in job.names}
    totals = totals_of(job.layout, 1, apart=job.apart, flows=True)
    _fill(told_apart(job.layout), job, central, totals)
    return totals


def _fill(layout: Layout, job: Job, drawn: Mapping[str, FloatArray], totals: Totals) -> None:
    early = [name for name in job.delays if np.any(drawn[name] < 0)]
    if early:
        raise AppraisalError(
            f"The delay '{early[0]}' can be below zero: something would come before it is planned.",
            remedy="Plan an earlier start, and give a delay of zero months or more.",
        )
    draws, years = totals.unmet.shape[1], layout.factors.size
    inputs = np.array([drawn[name] for name in job.names], dtype=np.float64).reshape(len(job.names), draws)
    factors = np.ones(((1 + len(job.paths)) * years, draws))
    for row, path in enumerate(job.paths, start=1):
        factors[row * years : (row + 1) * years] = path.factors(drawn, years=years, lanes=draws)
    desk = desk_of(layout, inputs=inputs.shape[0], paths=factors.shape[0])
    appraise_draws(layout, inputs, factors, desk=desk, sums=sums_of(totals), totals=totals)


def _block_size(numbers: int) -> int:
    """The largest power of two within bounds whose numbers find room."""
    fitting = max(_ROOM // max(numbers, 1), 1)
    return int(min(max(2 ** (fitting.bit_length() - 1), SMALLEST_BLOCK), LARGEST_BLOCK))
