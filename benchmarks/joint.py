"""A grouping for each of thirty services of the 22 Welsh authorities, each distinct consortium paying for its hub once.

    python benchmarks/joint.py            two minutes
    python benchmarks/joint.py --quick    groups of three only: does it run at all?

Groups hang together by real borders; prices are synthetic, services more or less unlike each other, or from published
spending (large_tables.py). The goal, for services that are not too unlike: a certified gap of half a per cent at most
in 30 s. If it is missed there, or a value exceeds its bound, the exit code is 1. How to read it: benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from dataclasses import dataclass
from typing import Any

import large_tables

SEED = 7
GOAL = 0.005


@dataclass(frozen=True)
class Case:
    """Largest group, cost of a hub, and prices: synthetic (how unlike services are) or published (cost of a pair)."""

    largest: int
    hub_cost: float
    spread: float | None = None
    pair_rate: float | None = None
    goal: bool = False

    def values(self, columns: Any) -> Any:
        """Give what every group is worth to each service."""
        if self.pair_rate is not None:
            return large_tables.welsh_values(columns, self.pair_rate, large_tables.SERVICES)
        return large_tables.synthetic(columns, SEED, 20.0, spread=self.spread or 0.0)


QUICK = (Case(3, 4.0, spread=0.25),)
FULL = (
    Case(5, 4.0, spread=0.25, goal=True),
    Case(8, 15.0, spread=0.25, goal=True),
    Case(5, 4.0, spread=0.6),
    Case(8, 15.0, spread=0.6),
    Case(5, 2e5, pair_rate=0.005),
    Case(5, 1e6, pair_rate=0.005),
)


def play(case: Case) -> bool:
    """Solve one case and print a row; say whether the goal is met, or none is set."""
    from consortia.partnership import best_design, connected_sets

    codes = large_tables.wales()
    columns = connected_sets(len(codes), large_tables.links(codes), largest=case.largest)
    values = case.values(columns)
    wall, start = time.perf_counter(), time.process_time()
    found = best_design(columns, values, case.hub_cost)
    spent, wall = time.process_time() - start, time.perf_counter() - wall
    gap, several = found.gap / found.value, int((columns.sizes > 1).sum())
    prices = f"unlike {case.spread}" if case.pair_rate is None else f"published {case.pair_rate:.1%}"
    print(
        f"{prices:<15} {case.largest:>3} {case.hub_cost:>9,.0f} {several:>7,} {gap:8.3%} "
        f"{found.value / (found.common or found.value) - 1:9.2%} {found.value / found.apart - 1:9.2%} "
        f"{len(found.hubs):>5} {found.iterations:>6,} {found.tried:>6} {spent:7.1f} {wall:7.1f}",
        flush=True,
    )
    return found.value <= found.bound and (not case.goal or gap <= GOAL)


def main() -> int:
    """Read the options and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="one small case")
    cases = QUICK if parser.parse_args().quick else FULL
    print(f"load {os.getloadavg()[0]:.1f}; {large_tables.SERVICES} services")
    print("prices          max       hub  groups      gap  v common   v apart  hubs  steps  tried   CPU-s  wall, s")
    met = [play(case) for case in cases]
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")
    return 0 if all(met) else 1


if __name__ == "__main__":
    raise SystemExit(main())
