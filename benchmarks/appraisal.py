"""Appraisal by Monte Carlo: our engine against numpy, a function for each draw, pandas, LibreOffice and the arithmetic.

    python benchmarks/appraisal.py            30 projects x 22 partners x 30 lines x 10 years: some minutes
    python benchmarks/appraisal.py --quick    does it run at all?

All are given the same drawn inputs and must give the same net present values and payback, to a part in 10^9; one that
does not ends the run with code 1. Each lives in a process of its own, they take turns, and times are CPU seconds.
What is compared, and how to read it: benchmarks/README.md. The model: appraisal_model.py; who works it out:
appraisal_ours.py, appraisal_competitors.py, appraisal_spreadsheet.py.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

CHECKED = 4
"""Draws whose answers are compared."""
NEEDS = {"pandas loop": "pandas", "monaco": "monaco", "EMA workbench": "ema_workbench"}
# Name: module, function, how many draws it works on in a round (as many as take about a second).
FULL = {
    "ours": ("appraisal_ours", "model_only", 262_144),
    "ours, everything": ("appraisal_ours", "everything", 262_144),
    "numpy": ("appraisal_competitors", "numpy_vectorised", 4_096),
    "numpy, at its best": ("appraisal_competitors", "numpy_in_small_chunks", 4_096),
    "plain Python": ("appraisal_competitors", "plain_function", 64),
    "pandas loop": ("appraisal_competitors", "pandas_loop", 64),
    "monaco": ("appraisal_competitors", "monaco_loop", 64),
    "EMA workbench": ("appraisal_competitors", "ema_loop", 64),
    "LibreOffice": ("appraisal_spreadsheet", "recalculated", 32),
    "limit: arithmetic": ("appraisal_ours", "limit", 1),
}
SMALL = {
    "ours": ("appraisal_ours", "model_only", 1_048_576),
    "numpy": ("appraisal_competitors", "numpy_vectorised", 65_536),
    "plain Python": ("appraisal_competitors", "plain_function", 8_192),
    "pandas loop": ("appraisal_competitors", "pandas_loop", 64),
    "monaco": ("appraisal_competitors", "monaco_loop", 2_048),
    "EMA workbench": ("appraisal_competitors", "ema_loop", 2_048),
}
QUICK = 64
GOALS = {"numpy": 80, "monaco": 1_000, "EMA workbench": 1_000, "LibreOffice": 5_000, "limit: arithmetic": 1 / 5}
"""Times ours, on the full model, at the least."""
THREADS = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""One each: threads of a BLAS that wait for one another use CPU seconds and give nothing."""
KEEPING = dict.fromkeys(("MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_"), "4000000000")
"""Memory once taken is kept: what an expert may find out, for the peer that is to be at its best."""
MEMORY, WALL = 100, 0.6
"""Goals: extra MB at 1,048,576 draws, wall seconds of a report of 131,072."""


def main() -> int:
    """Lets the competitors take turns, prints the tables and our own record; 1 when an answer is wrong."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--quick", action="store_true")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--work", nargs=4, help=argparse.SUPPRESS)
    options.add_argument("--record", nargs=2, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.work:
        work(*chosen.work)
        return 0
    if chosen.record:
        print(json.dumps(getattr(import_module("appraisal_ours"), chosen.record[0])(int(chosen.record[1]))))
        return 0
    rounds = 1 if chosen.quick else chosen.rounds
    print(_machine())
    print("\nFull model, one draw at a time counted; LibreOffice: recalculation alone")
    good = contest("full", FULL, rounds=rounds, quick=chosen.quick)
    print("\nSmall model: 3 projects, 2 partners, 6 lines, 5 years")
    good &= contest("small", SMALL, rounds=rounds, quick=chosen.quick)
    print("\nOurs, full model")
    found = {}
    for name, draws in (("same_bits", 16_384), ("compiling", 64), ("seconds", 131_072), ("memory", 1_048_576)):
        found[name] = _child("--record", name, str(draws if not chosen.quick else min(draws, 16_384)))
        print(json.dumps(found[name]))
    _print_goal("the same bits", found["same_bits"]["the same bits"])
    _print_goal(f"a report within {WALL} s on two threads", found["seconds"]["wall, 2 threads"] <= WALL)
    _print_goal(f"at most {MEMORY} MB more for a million draws", found["memory"]["extra MB"] <= MEMORY)
    return 0 if good and found["same_bits"]["the same bits"] else 1


def _print_goal(goal: str, met: bool) -> None:
    print(f"{goal}: {'met' if met else 'MISSED'}")


def work(size: str, module: str, function: str, draws: str) -> None:
    """Does one task in this process; prints CPU seconds a draw and the first answers."""
    models = import_module("appraisal_model")
    one = getattr(models, size)()
    inputs = models.drawn(one, 1 << max(int(draws) - 1, 0).bit_length())[:, : int(draws)]
    run = getattr(import_module(module), function)
    if module != "appraisal_spreadsheet":
        run(one, inputs[:, :CHECKED])  # imports, and code compiled earlier, come before the clock starts
    before = _cpu()
    answers = run(one, inputs)
    seconds = (_cpu() - before) / int(draws)
    if isinstance(answers, tuple):  # what took the time is told by the task itself
        answers, seconds = answers[0], answers[1]
    first = None if answers is None else answers[:CHECKED].tolist()
    print(json.dumps({"cpu": seconds, "answers": first}))


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def contest(size: str, peers: dict[str, tuple[str, str, int]], *, rounds: int, quick: bool) -> bool:
    """Interleaved rounds of all peers; prints medians and ratios to ours; False when an answer was wrong."""
    present = {peer: task for peer, task in peers.items() if _is_present(peer)}
    runs: dict[str, list[dict[str, Any]]] = {peer: [] for peer in present}
    for _ in range(rounds):
        for peer, (module, function, draws) in present.items():
            number = min(draws, QUICK) if quick and peer != "LibreOffice" else draws
            keeping = KEEPING if peer.endswith("at its best") else {}
            runs[peer].append(_child("--work", size, module, function, str(number), env=keeping))
    print(f"{'':20}{'us a draw':>12}{'draws/CPU-s':>14}   times ours: median (range)")
    for peer, own in runs.items():
        _print_peer(peer, own, runs["ours"], goal=GOALS.get(peer) if size == "full" else None)
    return all(_agrees(peer, own[0]["answers"], runs["ours"][0]["answers"]) for peer, own in runs.items())


def _print_peer(peer: str, runs: list[dict[str, Any]], base: list[dict[str, Any]], *, goal: float | None) -> None:
    cpu = statistics.median(run["cpu"] for run in runs)
    ratios = [run["cpu"] / own["cpu"] for run, own in zip(runs, base, strict=True)]
    middle = statistics.median(ratios)
    verdict = "" if goal is None else f"   goal {goal:,.3g}: {'met' if middle >= goal else 'MISSED'}"
    spread = f"({min(ratios):,.3g} to {max(ratios):,.3g})"
    print(f"{peer:20}{cpu * 1e6:12.3f}{1 / cpu:14,.0f}   {middle:,.3g} {spread}{verdict}")


def _agrees(peer: str, answers: list[list[float]] | None, ours: list[list[float]]) -> bool:
    """Whether the answers are ours to a part in 10^9; without answers there is nothing to hold against."""
    if answers is None:
        return True
    pairs = [pair for one, two in zip(answers, ours, strict=True) for pair in zip(one, two, strict=True)]
    same = all(one == two or abs(one - two) <= 1e-9 * (abs(two) + 1) for one, two in pairs)
    if not same:
        print(f"{peer}: WRONG answers")
    return same


def _child(*words: str, env: dict[str, str] | None = None) -> Any:
    command = [sys.executable, __file__, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | THREADS | (env or {}))
    if done.returncode:
        raise SystemExit(f"{words} failed:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def _is_present(peer: str) -> bool:
    if peer == "LibreOffice":
        present = import_module("appraisal_spreadsheet").office() is not None
    else:
        present = peer not in NEEDS or find_spec(NEEDS[peer]) is not None
    if not present:
        print(f"{peer} is left out: it is not installed (`uv pip install --group bench`).")
    return present


def _machine() -> str:
    packages = []
    for name in ("numba", "numpy", "scipy", "pandas", "monaco", "ema-workbench"):
        try:
            packages.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    load = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    return f"{load}, Python {platform.python_version()}, {', '.join(packages)}; {Path(__file__).name}"


if __name__ == "__main__":
    raise SystemExit(main())
