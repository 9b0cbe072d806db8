"""The engine: one place where every saving and cost is appraised, so that no pound is saved twice.

1. Year t of a stream = planned, moved by its project's delay (pro rata to the month) x delivered part x its drawn
   multipliers x its path.
2. Parts of a line combine as 1 - prod(1 - f); what they save together is told apart by ln(1 - f). Amounts take what is
   then left of the line, in the order of the streams; what meets nothing is reported as unmet, and never counted.
3. A line never falls below its floor.
4. Settlements follow from what a project delivers to a partner in a year.
5. Draw 0 is the central case, by the same arithmetic.

Source: methods.md 5.6 to 5.8 and 7. Results do not depend on who works on the draws: see blocks.py.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.blocks import Job, appraise_block, appraise_central, appraise_columns, job_of
from consortia.appraisal.desk import Totals, totals_of
from consortia.appraisal.layout import Label
from consortia.appraisal.model import Model
from consortia.appraisal.programme_results import Central, ProgrammeAppraisal
from consortia.appraisal.refusals import AppraisalCancelled, refuse_too_many
from consortia.appraisal.streams import Programme, Settlement, Stream

LARGEST_RESULT = 144 * 1024**2
"""Most numbers that are kept of an appraisal (a little over a gigabyte)."""
_IN_HAND = 8
"""Blocks given out and not yet fetched, at most: a bound on memory."""

Progress = Callable[[int, int], None]
"""Told how many draws are done, of how many."""
Cancelled = Callable[[], bool]
"""Asked between blocks whether to stop."""


def appraise_programme(
    programme: Programme,
    *,
    count: int,
    seed: int,
    label: Label | None = None,
    accounts: Sequence[Hashable] | None = None,
    apart: bool = True,
    workers: Executor | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ProgrammeAppraisal:
    """Appraises a programme in `count` draws (a power of two) and the central case; real pounds of its base year.

    `label` names the account on which the yearly amounts of a stream are kept in every draw (None: on none), and
    `accounts` their order (None: as they come); `apart` also works out what each project saves in every draw. The
    same seed gives the same bits, whoever the `workers` are; without any, the work is done here. Raises AppraisalError
    when more would be kept than fits or draws cannot be made, AppraisalCancelled when `cancelled` says so.
    """
    job = job_of(programme, count=count, seed=seed, label=label, accounts=accounts, apart=apart)
    kept = _kept(job)
    central = appraise_central(job)
    _keep(kept, central, 0)
    for block, totals in blocks_done(job, workers=workers, progress=progress, cancelled=cancelled):
        _keep(kept, totals, 1 + block * job.size)
    return ProgrammeAppraisal(
        programme=programme,
        npv=kept.npv.T,
        net=kept.net.T,
        by_project=kept.project.T,
        alone=kept.alone.T,
        yearly=kept.accounts.reshape(len(job.accounts), programme.years, count + 1).transpose(2, 0, 1),
        accounts=job.accounts,
        unmet=kept.unmet[0],
        central=central_of(programme, central),
        seed=seed,
    )


def programme_model(programme: Programme, *, partners: Sequence[str] | None = None) -> Model:
    """Net present value of the counted kinds as a function of the inputs: what studies of sensitivity run.

    Summed over those partners; None: all of them. An input that is not given stays at its central value.
    """
    job = job_of(programme, count=1, seed=0)
    names = programme.partners if partners is None else partners
    places = [programme.partners.index(name) for name in names]

    def model(columns: Mapping[str, FloatArray]) -> FloatArray:
        rows = max((len(column) for column in columns.values()), default=1)
        return np.asarray(appraise_columns(job, columns, rows).npv[places].sum(axis=0))

    return model


def central_of(programme: Programme, totals: Totals) -> Central:
    """The central case in full, by stream and settlement."""
    streams: tuple[Stream | Settlement, ...] = (*programme.streams, *programme.settlements)
    shape = (len(streams), programme.years)
    return Central(streams=streams, flows=totals.flows.reshape(shape), unmet=totals.missed.reshape(shape))


def blocks_done(
    job: Job, *, workers: Executor | None, progress: Progress | None, cancelled: Cancelled | None
) -> Iterator[tuple[int, Totals]]:
    """Each block as it is done, in any order. Raises AppraisalCancelled when `cancelled` says so."""
    done = 0
    for block, totals in _here(job) if workers is None else _elsewhere(job, workers):
        stop_if(cancelled)
        yield block, totals
        done += job.size
        if progress is not None:
            progress(done, job.count)


def stop_if(cancelled: Cancelled | None) -> None:
    """Raises AppraisalCancelled when it says so."""
    if cancelled is not None and cancelled():
        raise AppraisalCancelled("The appraisal was stopped before it was finished.", remedy="Start it again.")


def _here(job: Job) -> Iterator[tuple[int, Totals]]:
    for block in range(job.blocks):
        yield block, appraise_block(job, block)


def _elsewhere(job: Job, workers: Executor) -> Iterator[tuple[int, Totals]]:
    """A few blocks are out at any time, the first one done comes first; what is out when we stop is called off."""
    out: dict[Future[Totals], int] = {}
    waiting = iter(range(job.blocks))
    try:
        for block in waiting:
            out[workers.submit(appraise_block, job, block)] = block
            if len(out) == _IN_HAND:
                yield from _fetched(out)
        while out:
            yield from _fetched(out)
    finally:
        for future in out:
            future.cancel()


def _fetched(out: dict[Future[Totals], int]) -> Iterator[tuple[int, Totals]]:
    for future in wait(out, return_when=FIRST_COMPLETED).done:
        yield out.pop(future), future.result()


def _kept(job: Job) -> Totals:
    partners, projects, accounts, _ = job.layout.sizes
    years, draws, apart = job.layout.factors.size, job.count + 1, projects if job.apart else 0
    each = partners + years + 2 * apart + accounts * years + 1
    made_of = f"{partners} partners, {apart} projects and {accounts} accounts of {years} years"
    refuse_too_many(draws, each, LARGEST_RESULT, made_of=made_of)
    return totals_of(job.layout, draws, apart=job.apart, flows=False)


def _keep(kept: Totals, totals: Totals, first: int) -> None:
    """Copies what was worked out into its place among all draws; the flows of single streams are not kept."""
    place = slice(first, first + totals.unmet.shape[1])
    for whole, part in zip(kept[:6], totals[:6], strict=True):
        whole[:, place] = part
