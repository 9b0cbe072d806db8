"""Very many draws, of which only summaries are kept: quantiles, chances and paybacks in memory that does not grow.

Each value is counted into 65,536 equal bins, laid out by the first block of draws and three times as wide as its range,
so that a quantile is right to a twenty-thousandth of that range. Counts are whole numbers and the sums of blocks are
added in their order: whoever works on the draws, the summary has the same bits.
"""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.blocks import Job, appraise_block, appraise_central, job_of
from consortia.appraisal.desk import Totals
from consortia.appraisal.engine import Cancelled, Progress, blocks_done, central_of
from consortia.appraisal.layout import IntArray
from consortia.appraisal.programme_results import Central, paybacks
from consortia.appraisal.streams import Programme

BINS = 65_536


@dataclass(frozen=True, eq=False, kw_only=True)
class Spread:
    """How a value spreads over the draws, pounds; the central case, draw 0, is no part of it."""

    central: float
    mean: float
    sd: float
    chance_of_loss: float
    """Part of the draws below zero."""
    lowest: float
    highest: float
    edges: tuple[float, float]
    """The lower edge of the first bin and the upper edge of the last."""
    counts: IntArray
    """[bin]; what lies outside of the edges is in the first or last."""

    def quantile(self, part: float) -> float:
        """The value that this part of the draws does not exceed, even within its bin; part from 0 to 1."""
        wanted, so_far = part * self.counts.sum(), np.cumsum(self.counts)
        place = min(int(np.searchsorted(so_far, wanted)), self.counts.size - 1)
        inside = (wanted - so_far[place] + self.counts[place]) / max(int(self.counts[place]), 1)
        low, high = self.edges
        value = low + (place + inside) * (high - low) / self.counts.size
        return float(min(max(value, self.lowest), self.highest))


@dataclass(frozen=True, eq=False, kw_only=True)
class ProgrammeSummary:
    """A programme's worth in very many draws, real pounds of the base year."""

    programme: Programme
    all: Spread
    """Net present value of all partners together."""
    partners: dict[str, Spread]
    """Net present value of each."""
    paid_back: FloatArray
    """[year]: part of the draws in which the net of all partners has paid back by then, for good."""
    central: Central
    count: int
    seed: int


def summarise_programme(
    programme: Programme,
    *,
    count: int,
    seed: int,
    workers: Executor | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ProgrammeSummary:
    """Appraises a programme as `engine.appraise_programme` does, the same draws, and keeps only summaries."""
    job = job_of(programme, count=count, seed=seed)
    central, tally = appraise_central(job), _Tally.of(job)
    for block, totals in blocks_done(job, workers=workers, progress=progress, cancelled=cancelled):
        tally.add(block, totals)
    *spreads, together = tally.spreads(_values(central)[:, 0])
    return ProgrammeSummary(
        programme=programme,
        all=together,
        partners=dict(zip(programme.partners, spreads, strict=True)),
        paid_back=np.cumsum(tally.back[:-1]) / count,
        central=central_of(programme, central),
        count=count,
        seed=seed,
    )


def _values(totals: Totals) -> FloatArray:
    """[partner and last all of them, draw]"""
    return np.concatenate([totals.npv, totals.npv.sum(axis=0, keepdims=True)])


@dataclass(eq=False)
class _Tally:
    """The one thing here that changes: what was counted so far, a row for each value."""

    low: FloatArray
    high: FloatArray
    counts: IntArray
    losses: IntArray
    lowest: FloatArray
    highest: FloatArray
    sums: FloatArray
    """[block, row]"""
    squares: FloatArray
    """[block, row], from the middle of the bins: else large values would lose their digits."""
    back: IntArray
    """How many draws have paid back by the end of each year, and last: never."""

    @classmethod
    def of(cls, job: Job) -> _Tally:
        """A tally with nothing in it, its bins laid out by the first block."""
        values = _values(appraise_block(job, 0))
        low, high = values.min(axis=1), values.max(axis=1)
        width = np.where(high > low, high - low, 1.0)
        rows, years = values.shape[0], job.layout.factors.size
        return cls(
            low=low - width,
            high=high + width,
            counts=np.zeros((rows, BINS), dtype=np.int64),
            losses=np.zeros(rows, dtype=np.int64),
            lowest=np.full(rows, np.inf),
            highest=np.full(rows, -np.inf),
            sums=np.zeros((job.blocks, rows)),
            squares=np.zeros((job.blocks, rows)),
            back=np.zeros(years + 1, dtype=np.int64),
        )

    def add(self, block: int, totals: Totals) -> None:
        """Counts one block."""
        values = _values(totals)
        places = (values - self.low[:, None]) * (BINS / (self.high - self.low))[:, None]
        for row, place in enumerate(np.clip(places, 0, BINS - 1).astype(np.int64)):
            np.add.at(self.counts[row], place, 1)
        self.losses += (values < 0).sum(axis=1)
        np.minimum(self.lowest, values.min(axis=1), out=self.lowest)
        np.maximum(self.highest, values.max(axis=1), out=self.highest)
        from_middle = values - ((self.low + self.high) / 2)[:, None]
        self.sums[block], self.squares[block] = from_middle.sum(axis=1), (from_middle**2).sum(axis=1)
        years = np.minimum(np.ceil(paybacks(totals.net.T)), self.back.size - 1).astype(np.int64)
        self.back += np.bincount(years, minlength=self.back.size)

    def spreads(self, central: FloatArray) -> list[Spread]:
        """What was counted, a spread for each row."""
        draws = self.counts.sum(axis=1)
        mean = self.sums.sum(axis=0) / draws
        variance = np.maximum(self.squares.sum(axis=0) / draws - mean**2, 0.0)
        return [
            Spread(
                central=float(central[row]),
                mean=float(mean[row] + (self.low[row] + self.high[row]) / 2),
                sd=float(np.sqrt(variance[row])),
                chance_of_loss=float(self.losses[row] / draws[row]),
                lowest=float(self.lowest[row]),
                highest=float(self.highest[row]),
                edges=(float(self.low[row]), float(self.high[row])),
                counts=self.counts[row],
            )
            for row in range(draws.size)
        ]
