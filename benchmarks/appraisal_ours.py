"""Ours, and the limit, for benchmarks/appraisal.py; and what only ours has to show: bits, compiling, memory."""

from __future__ import annotations

import hashlib
import os
import resource
import sys
import tempfile
import time
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import nullcontext

import numpy as np
from appraisal_model import Model, full, programme

from consortia.appraisal import appraise_programme, blocks
from consortia.appraisal.blocks import appraise_columns, job_of
from consortia.appraisal.draws import Sampling
from consortia.appraisal.executor import local_workers
from consortia.appraisal.first_order import first_orders
from consortia.appraisal.programme_results import ProgrammeAppraisal, paybacks
from consortia.appraisal.summary import summarise_programme

SEED = 20_260_401
QUANTILES = (0.1, 0.5, 0.9)
SIDE = 512
"""Of the matrices by which the speed of arithmetic is measured."""


def model_only(one: Model, inputs: np.ndarray) -> np.ndarray:
    """[draw, partner + 2]: what the competitors are asked for, from the same given inputs."""
    job = job_of(programme(one), count=1, seed=0)
    parts = []
    for first in range(0, inputs.shape[1], 4_096):
        some = inputs[:, first : first + 4_096]
        totals = appraise_columns(job, dict(zip(one.names, some, strict=True)), some.shape[1])
        parts.append(np.column_stack([totals.npv.T, totals.npv.sum(axis=0), paybacks(totals.net.T)]))
    return np.concatenate(parts)


def everything(one: Model, inputs: np.ndarray) -> None:
    """As many draws as there are inputs, which we draw ourselves; quantiles and paybacks too. No answers to compare."""
    count = inputs.shape[1]
    result = appraise_programme(programme(one), count=count, seed=SEED, apart=False)
    _quantiles(result.npv[1:])
    np.histogram(result.payback, bins=np.arange(one.years + 1))


def _quantiles(values: np.ndarray) -> np.ndarray:
    """[quantile, column] of values [draw, column]; sorted first, as in consortia.appraisal.risk."""
    return np.quantile(np.sort(values.T, axis=1), QUANTILES, axis=1)


def limit(one: Model, _: np.ndarray) -> tuple[None, float]:
    """Seconds of as many additions and multiplications as a draw needs, in a product of matrices by numpy's BLAS.

    One thread, float64: the benchmark gives each process one.
    """
    one_side, other = np.random.default_rng(1).random((2, SIDE, SIDE))
    one_side @ other
    best = min(_timed(lambda: one_side @ other) for _ in range(50))
    return None, one.flops * best / (2 * SIDE**3)


def _timed(work: object) -> float:
    before = time.process_time()
    work()  # type: ignore[operator]
    return time.process_time() - before


def same_bits(count: int) -> dict[str, object]:
    """Whether threads, processes and other blocks give the same bits."""
    one = programme(full())
    prints = {"alone": _fingerprint(appraise_programme(one, count=count, seed=SEED))}
    for name, pool in (("one thread", 1), ("two threads", 2), ("three threads", 3)):
        with ThreadPoolExecutor(pool) as workers:
            prints[name] = _fingerprint(appraise_programme(one, count=count, seed=SEED, workers=workers))
    with local_workers(2) as workers:
        prints["two processes"] = _fingerprint(appraise_programme(one, count=count, seed=SEED, workers=workers))
    for size in (64, 1_024):
        blocks.LARGEST_BLOCK = size
        prints[f"blocks of {size}"] = _fingerprint(appraise_programme(one, count=count, seed=SEED))
    return {"the same bits": len(set(prints.values())) == 1, "by": list(prints)}


def _fingerprint(result: ProgrammeAppraisal) -> str:
    arrays = (result.npv, result.net, result.by_project, result.alone, result.unmet)
    return hashlib.sha256(b"".join(np.ascontiguousarray(array).tobytes() for array in arrays)).hexdigest()


def compiling(count: int) -> dict[str, float]:
    """CPU seconds of a first appraisal with nothing compiled and with all compiled before."""
    seconds = []
    with tempfile.TemporaryDirectory() as cache:
        for _ in range(2):
            child = os.spawnve(
                os.P_NOWAIT, sys.executable, _first_appraisal(count), os.environ | {"NUMBA_CACHE_DIR": cache}
            )
            used = os.wait4(child, 0)[2]
            seconds.append(round(used.ru_utime + used.ru_stime, 2))
    return {"first after installing, CPU-s": seconds[0], "first of a process, CPU-s": seconds[1]}


def _first_appraisal(count: int) -> list[str]:
    here = os.path.dirname(__file__)
    script = (
        f"import sys; sys.path.insert(0, {here!r}); import appraisal_ours as o, appraisal_model as m;"
        f"o.everything(m.full(), m.np.zeros((1, {count})))"
    )
    return [sys.executable, "-c", script]


def seconds(count: int) -> dict[str, float]:
    """Wall seconds of all that a report needs, on one and on two threads, the second of each."""
    found: dict[str, float] = {"draws": count}
    for threads in (1, 2):
        for _ in range(2):
            wall, cpu = time.perf_counter(), time.process_time()
            _report(count, ThreadPoolExecutor(threads) if threads > 1 else None)
            found[f"wall, {threads} threads"] = round(time.perf_counter() - wall, 3)
            found[f"CPU-s, {threads} threads"] = round(time.process_time() - cpu, 3)
    return found


def _report(count: int, workers: Executor | None) -> None:
    """Quantiles, payback distribution and first-order indices of 23 values."""
    made = programme(full())
    with workers or nullcontext():
        result = appraise_programme(made, count=count, seed=SEED, apart=False, workers=workers)
    values = np.column_stack([result.npv, result.worth()])[1:]
    _quantiles(values)
    np.histogram(result.payback, bins=np.arange(12))
    first_orders(Sampling.of(made.inputs, shares=made.shares), values, seed=SEED)


def memory(count: int) -> dict[str, float]:
    """Extra peak memory, MB, of a summary of so many draws, over that of a summary of a few."""
    made = programme(full())
    summarise_programme(made, count=64, seed=SEED)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    summary = summarise_programme(made, count=count, seed=SEED)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"draws": summary.count, "extra MB": round((after - before) / 1024, 1)}
