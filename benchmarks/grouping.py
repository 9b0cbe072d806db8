"""The best grouping: ours against a generic integer programme and brute force, in one run.

    python benchmarks/grouping.py            about three minutes
    python benchmarks/grouping.py --quick    a smoke test of a few seconds
    python benchmarks/grouping.py --families every kind of table at 22 players, or --players fewer; some minutes
    python benchmarks/grouping.py --large    24, 26 and 28 players, the last in 1.3 GB

Every solver lives in a process of its own and gets the same seeded tables, in interleaved rounds. Times are CPU seconds
of that process; walls are information only. A solver whose optimum differs by more than 1e-9 ends the run with code 1;
one that gives up after 30 seconds a table has only a lower bound, marked >=.
What is compared, and how to read it: benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import numpy as np
from grouping_solvers import SOLVERS, Optima, service_model, table

AGREE = 1e-9
"""Largest relative difference between the optima of two solvers."""
STUDY_LIMIT = 2.0
"""Seconds within which ten partners and thirty services are to be solved, every step included."""
BUSY = 0.7
"""Below this ratio of CPU to wall other work shared the cores; asked only of tasks of at least `LONG` seconds."""
LONG = 0.2
WALES_LIMIT = 3.0
"""CPU seconds within which all groups of 22 authorities are to be priced for thirty services, and divided."""
LOADED = 6
"""Players of the table with which compiled code is loaded before the clock starts."""
SERVICES = 30


@dataclass(frozen=True)
class Contest:
    """One size: how many tables of each round every solver gets, and who takes part."""

    players: int
    tables: int
    rounds: int
    solvers: tuple[str, ...] = ("ours", "integer programme", "limit")


FULL = (
    Contest(8, 10, 5, ("ours", "integer programme", "brute force", "limit")),
    Contest(10, 10, 5),
    Contest(12, 4, 5),
    Contest(15, 1, 5),
)
QUICK = (Contest(6, 2, 2, ("ours", "integer programme", "brute force", "limit")), Contest(8, 2, 2))


# ---- Whole studies and whole nations. ----


def whole_study(players: int) -> dict[str, float]:
    """Solve thirty services from costs to stability test, each with runners-up, shares and nine variations."""
    from consortia.partnership import DuplicatedWork, solve_service

    gains = {"low": DuplicatedWork(-0.02), "mode": DuplicatedWork(0.04), "high": DuplicatedWork(0.1)}
    models = [service_model(players, seed) for seed in range(SERVICES)]
    names = [f"partner {place}" for place in range(players)]
    solve_service(models[0], partners=names, budgets=models[0].cost, gains=gains)
    wall, spent = time.perf_counter(), time.process_time()
    for model in models:
        solve_service(model, partners=names, budgets=model.cost, gains=gains)
    return {"cpu": time.process_time() - spent, "wall": time.perf_counter() - wall}


def whole_wales(pair_rate: float, services: int | None) -> dict[str, float]:
    """Price all groups of the Welsh authorities and find the best grouping."""
    import large_tables

    from consortia.partnership import best_partition, total_value

    models = large_tables.welsh_models(pair_rate, services)
    total_value([service_model(LOADED, 0)])
    best_partition(np.zeros(1 << LOADED))
    start = time.process_time()
    total = total_value(models)
    priced = time.process_time()
    best = best_partition(total.value)
    spent = time.process_time() - priced
    return {"table": priced - start, "optimum": spent, "prices": total.prices, "groups": len(best.together)}


# ---- Processes: one for each solver, kept alive, told over a pipe what to solve. ----


class Worker:
    """A process of its own for one solver."""

    def __init__(self, name: str, environment: dict[str, str] | None = None) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__, "--worker", name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "OMP_NUM_THREADS": "1", **(environment or {})},
        )

    def ask(self, **task: Any) -> dict[str, Any]:
        """Give the answer to one task."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(task) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise SystemExit("A solver's process ended before it answered; its message stands above.")
        return dict(json.loads(answer))

    def end(self) -> None:
        """Let the process finish."""
        self._process.communicate()


def serve(name: str) -> None:
    """Answer tasks, one a line, until there are no more."""
    for line in sys.stdin:
        task = json.loads(line)
        print(json.dumps(answer(name, **task)), flush=True)


def answer(name: str, *, players: int = 0, seeds: Sequence[int] = (), **more: Any) -> dict[str, Any]:
    """Give what one task took and found."""
    if name in {"families", "large"}:
        import grouping_families

        return grouping_families.answer(**more["task"]) | {"peak_mb": peak_megabytes()}
    if name == "wales":
        return dict(whole_wales(**more))
    if name == "study":
        return dict(whole_study(players))
    if name == "first call":
        return first_call()
    tables = [table(players, seed) for seed in seeds]
    wall, spent = time.perf_counter(), time.process_time()
    cpu, optima = SOLVERS[name](tables)
    wall, spent = time.perf_counter() - wall, time.process_time() - spent
    return {"cpu": cpu, "optima": optima, "peak_mb": peak_megabytes(), "busy": wall >= LONG and spent < BUSY * wall}


def first_call() -> dict[str, float]:
    """Time the first answer of a fresh process: compiled, or loaded from the compiled copy on disk."""
    from consortia.partnership import best_partition, price_groups, total_value

    model = service_model(LOADED, 0)
    start = time.process_time()
    price_groups(model)
    best_partition(total_value([model]).value)
    return {"cpu": time.process_time() - start}


def peak_megabytes() -> float | None:
    """Give the most memory this process has held, in megabytes; `None` where the system does not say."""
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024**2 if sys.platform == "darwin" else 1024)


# ---- Rounds and the table. ----


def play(contest: Contest, workers: dict[str, Worker]) -> dict[str, list[dict[str, Any]]]:
    """Give each solver's answer of every round; the solvers take turns."""
    answers: dict[str, list[dict[str, Any]]] = {name: [] for name in contest.solvers}
    for number in range(contest.rounds):
        seeds = [number * contest.tables + place for place in range(contest.tables)]
        for name in contest.solvers:
            answers[name].append(workers[name].ask(players=contest.players, seeds=seeds))
        check({name: answers[name][-1]["optima"] for name in contest.solvers if name != "limit"})
    return answers


def check(optima: dict[str, Optima]) -> None:
    """End the run if a solver disagrees with ours: a wrong answer has no time."""
    for name, answers in optima.items():
        for (found, proved), (best, _) in zip(answers, optima["ours"], strict=True):
            slack = AGREE * abs(best)
            if found > best + slack or (proved and found < best - slack):
                raise SystemExit(f"{name} found {found!r}, ours {best!r}: one of them is wrong.")


def print_contest(contest: Contest, answers: dict[str, list[dict[str, Any]]]) -> None:
    """Print a row for each solver: CPU milliseconds a table, and how many times ours it takes."""
    for name, rounds in answers.items():
        each = [one["cpu"] / contest.tables * 1000 for one in rounds]
        times = [one["cpu"] / max(own["cpu"], 1e-9) for one, own in zip(rounds, answers["ours"], strict=True)]
        peak = rounds[-1]["peak_mb"]
        bound = "" if all(proved for one in rounds for _, proved in one["optima"]) else ">="
        print(
            f"{contest.players:>3}  {name:<18} {statistics.median(each):>12,.3f}  "
            f"{bound:>2}{statistics.median(times):>10,.2f}  {min(times):>9,.2f} - {max(times):<11,.2f} "
            f"{len(rounds)} x {contest.tables:<4} {'' if peak is None else f'{peak:>6,.0f} MB'}"
        )


def print_studies(sizes: list[int]) -> bool:
    """Print what thirty services take from costs to stability test; say whether ten partners meet the limit."""
    worker, met = Worker("study"), True
    for players in sizes:
        runs = [worker.ask(players=players, seeds=[]) for _ in range(3)]
        cpu, wall = (statistics.median(run[unit] for run in runs) for unit in ("cpu", "wall"))
        print(f"{players:>3} partners, {SERVICES} services: {cpu:6.2f} CPU-s, {wall:6.2f} s wall (median of 3)")
        met = met and (players != 10 or wall <= STUDY_LIMIT)
    worker.end()
    print(f"    ten partners within {STUDY_LIMIT:g} s: {'yes' if met else 'NO'}")
    return met


def print_wales() -> bool:
    """Print what all groups of the 22 Welsh authorities take: table, then optimum; say whether 30 services meet it."""
    worker, met = Worker("wales"), True
    for services in (None, SERVICES):
        for pair_rate in (0.005, 0.01):
            runs = [worker.ask(players=22, seeds=[], pair_rate=pair_rate, services=services) for _ in range(3)]
            table, optimum = (statistics.median(run[step] for run in runs) for step in ("table", "optimum"))
            print(
                f"    {runs[0]['prices']:>11,} prices, coordination {pair_rate:.1%} a pair: table {table:.2f}, optimum "
                f"with proof {optimum:.2f} CPU-s (medians of 3; {runs[0]['groups']} groups share)"
            )
            met = met and (services is None or table + optimum <= WALES_LIMIT)
    worker.end()
    print(f"    table and optimum of {SERVICES} services within {WALES_LIMIT:g} CPU-s: {'yes' if met else 'NO'}")
    return met


def print_first_calls() -> None:
    """Print what compiling costs, once, and what loading the compiled copy costs every process."""
    with tempfile.TemporaryDirectory() as empty:
        for what in ("compile and store", "load what is stored"):
            worker = Worker("first call", {"NUMBA_CACHE_DIR": empty})
            print(f"    {what}: {worker.ask(players=2, seeds=[])['cpu']:.2f} CPU-s")
            worker.end()


def print_machine() -> None:
    """Print what the figures depend on."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("numba", "numpy", "highspy"))
    load = f", load {os.getloadavg()[0]:.2f}" if hasattr(os, "getloadavg") else ""
    print(f"Python {platform.python_version()}, {packages}; {platform.machine()}, {os.cpu_count()} cores{load}")


def run(contests: tuple[Contest, ...], sizes: list[int]) -> int:
    """Play all contests and print the table; give the exit code."""
    print_machine()
    print("\nBest grouping of one table, with proof (the first two columns of numbers are medians of the rounds)")
    print("  n  solver             CPU-ms/table     times ours     range              rounds    peak memory")
    workers = {name: Worker(name) for name in SOLVERS}
    busy = False
    for contest in contests:
        answers = play(contest, workers)
        print_contest(contest, answers)
        busy = busy or any(one["busy"] for rounds in answers.values() for one in rounds)
    for worker in workers.values():
        worker.end()
    print(f"    all proved optima agree to {AGREE:g}")
    if busy:
        print("    other work shared the cores (CPU below 0.7 of wall): repeat before quoting")
    print("\nA whole study: prices at every level, five best, shares by three rules, stability, nine variations")
    met = print_studies(sizes)
    if contests is FULL:
        print(
            "\nAll 4,194,303 groups of the 22 Welsh authorities, published spending, five levels: 7 heads, 30 services"
        )
        met = print_wales() and met
    print("\nFirst call of a process")
    print_first_calls()
    return 0 if met else 1


def run_families(players: int, rounds: int) -> int:
    """Play every family; each method has a process of its own."""
    import grouping_families

    print_machine()
    workers = {method: Worker("families") for method in grouping_families.METHODS}
    grouping_families.print_families(lambda name, **task: workers[name].ask(task=task), players=players, rounds=rounds)
    for worker in workers.values():
        worker.end()
    return 0


def run_large(sizes: tuple[int, ...]) -> int:
    """Solve the largest tables, each in a process of its own."""
    import grouping_families

    def ask(name: str, **task: Any) -> dict[str, Any]:
        worker = Worker(name)
        found = worker.ask(task=task)
        worker.end()
        return found

    print_machine()
    grouping_families.print_large(ask, sizes)
    return 0


def main() -> int:
    """Read the options and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="small sizes, two rounds: does it run at all?")
    parser.add_argument("--families", action="store_true", help="every kind of table instead")
    parser.add_argument("--players", type=int, default=22, help="of the families (22)")
    parser.add_argument("--rounds", type=int, default=3, help="of the families (3)")
    parser.add_argument(
        "--large", type=int, nargs="*", help="one division of 24, 26 and 28, or so many, players instead"
    )
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        serve(options.worker)
        return 0
    if options.families:
        return run_families(options.players, options.rounds)
    if options.large is not None:
        return run_large(tuple(options.large) or (24, 26, 28))
    return run(QUICK, [6, 10]) if options.quick else run(FULL, [10, 12, 15])


if __name__ == "__main__":
    raise SystemExit(main())
