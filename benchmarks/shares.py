"""Fair shares: ours against the fastest package that we know of and against adding the table up.

    python benchmarks/shares.py            some minutes
    python benchmarks/shares.py --quick    a smoke test

Shapley's rule and the nucleolus (over divisions that leave nobody below what it has alone) of the same seeded tables.
Each solver has a process of its own; they take turns. Times are CPU seconds. Shares that differ by more than 1e-9 of
the largest amount end the run with code 1. The package is coopgame-py (Rust); without it the run says so and goes on.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

AGREE = 1e-9
"""Largest difference of two shares, as a part of the largest amount of the table."""
QUICK_ENOUGH = 0.2
"""Calls that take less are repeated five times: the least counts."""
FAMILIES = ("priced", "uniform", "market")
PEER = "coopgame-py"


# ---- Tables: nobody alone is worth anything, and all together at least nothing. ----


def table(family: str, players: int, seed: int) -> FloatArray:
    """Give one seeded table."""
    random = np.random.default_rng(seed)
    if family == "priced":
        return priced(players, seed)
    if family == "market":
        return market(random.random((2, players)))
    sizes = np.bitwise_count(np.arange(1 << players))
    value = sizes * random.uniform(size=sizes.size)
    value[[1 << player for player in range(players)]] = 0.0
    return np.asarray(value)


def priced(players: int, seed: int) -> FloatArray:
    """Give what each set of partners can reach, split as suits it best, priced as the project prices groups."""
    from grouping_solvers import service_model

    from consortia.partnership import price_groups
    from consortia.partnership.worth_table import worth_table

    return worth_table(price_groups(service_model(players, seed)).value)


def market(owned: FloatArray) -> FloatArray:
    """Give a game with a core: a group is worth the lesser of what its members own of two goods."""
    from consortia.partnership.masks import group_sums

    return np.minimum(group_sums(owned[0]), group_sums(owned[1])) - group_sums(np.minimum(owned[0], owned[1]))


# ---- Solvers. ----


def clock(work: Callable[[], Any]) -> tuple[float, Any]:
    """Give the CPU seconds of a call, the least of five if it is short, and what it gave."""
    spent, found = [], None
    for turn in range(5):
        start = time.process_time()
        found = work()
        spent.append(time.process_time() - start)
        if turn == 0 and spent[0] > QUICK_ENOUGH:
            break
    return min(spent), found


def solve(name: str, rule: str, value: FloatArray) -> dict[str, Any]:
    """Give the seconds that one rule takes one solver on one table, and the shares."""
    if name == PEER:
        return peer(rule, value)
    if name == "limit":
        return {"cpu": clock(value.sum)[0], "shares": None}
    from consortia.partnership.nucleolus import nucleolus
    from consortia.partnership.shapley_pass import average_marginal_values

    if rule == "shapley":
        cpu, shares = clock(lambda: average_marginal_values(value))
        return {"cpu": cpu, "shares": shares.tolist()}
    cpu, found = clock(lambda: nucleolus(value))
    return {"cpu": cpu, "shares": found.shares.tolist(), "solves": found.solves, "scans": found.scans}


def peer(rule: str, value: FloatArray) -> dict[str, Any]:
    """The package; its game is built before the clock starts."""
    import coopgame

    game = coopgame.Game(value[1:])
    if rule == "shapley":
        cpu, shares = clock(lambda: coopgame.shapley(game))
        return {"cpu": cpu, "shares": list(shares)}
    cpu, found = clock(lambda: coopgame.nucleolus(game))
    return {"cpu": cpu, "shares": list(found["allocation"])}


# ---- Processes, rounds and rows. ----


class Worker:
    """A process of its own for one solver."""

    def __init__(self, name: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__, "--worker", name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "OMP_NUM_THREADS": "1"},
        )

    def ask(self, **task: Any) -> dict[str, Any]:
        """Give the answer to one task."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(task) + "\n")
        self._process.stdin.flush()
        return dict(json.loads(self._process.stdout.readline()))

    def end(self) -> None:
        """Let the process finish."""
        self._process.communicate()


def serve(name: str) -> None:
    """Answer tasks, one a line; the first call, which loads compiled code, is not counted."""
    if name == "ours":
        for rule in ("shapley", "nucleolus"):
            solve(name, rule, table("uniform", 5, 0))
    for line in sys.stdin:
        task = json.loads(line)
        rule = task.pop("rule")
        print(json.dumps(solve(name, rule, table(**task))), flush=True)


def row(workers: dict[str, Worker], rule: str, family: str, players: int, rounds: int) -> None:
    """Print what one rule takes on one family: CPU milliseconds of ours, and how many times ours the others take."""
    ours, times = [], {name: [] for name in workers if name != "ours"}
    for seed in range(0, 2 * rounds, 2):
        found = {
            name: worker.ask(rule=rule, family=family, players=players, seed=seed) for name, worker in workers.items()
        }
        ours.append(found["ours"])
        for name in times:
            times[name].append(found[name]["cpu"] / found["ours"]["cpu"])
        if PEER in found:
            check(table(family, players, seed), found["ours"]["shares"], found[PEER]["shares"])
    ratios = "  ".join(
        f"{name} {statistics.median(of):8.3g} ({min(of):.3g} to {max(of):.3g})" for name, of in times.items()
    )
    milliseconds = statistics.median(one["cpu"] for one in ours) * 1000
    work = f"  {ours[0]['solves']} programmes, {ours[0]['scans']} scans" if "solves" in ours[0] else ""
    print(f"{rule:<10} {family:<8} {players:>3} {milliseconds:>10.3f} ms   times ours: {ratios}{work}", flush=True)


def check(value: FloatArray, ours: list[float], others: list[float]) -> None:
    """End the run if two solvers disagree."""
    apart = float(np.abs(np.array(ours) - np.array(others)).max() / np.abs(value).max())
    if apart > AGREE:
        raise SystemExit(f"The shares differ by {apart:.1e} of the largest amount: one of the two is wrong.")


def run(*, quick: bool) -> None:
    """Play all and print."""
    print(f"load {os.getloadavg()[0]:.2f}" if hasattr(os, "getloadavg") else "")
    names = ["ours", "limit"]
    if importlib.util.find_spec("coopgame"):
        names.append(PEER)
    else:
        print(f"{PEER} is not installed (uv pip install {PEER}): ours stands alone.")
    workers = {name: Worker(name) for name in names}
    for players in (10, 12) if quick else (10, 15, 20, 22, 24):
        row(workers, "shapley", "uniform", players, 2 if quick else 3)
    others = {name: worker for name, worker in workers.items() if name != "limit"}
    for players in (8, 10) if quick else (10, 12, 15, 18, 20, 22):
        for family in FAMILIES:
            row(others, "nucleolus", family, players, 3 if players < 18 and not quick else 1)
    for worker in workers.values():
        worker.end()


def main() -> int:
    """Read the options and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="small sizes: does it run at all?")
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        serve(options.worker)
    else:
        run(quick=options.quick)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
