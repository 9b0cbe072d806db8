"""The best grouping of many partners on published spending and real borders: ours against HiGHS on the same groups.

    python benchmarks/large.py            a few minutes
    python benchmarks/large.py --quick    London only: does it run at all?

In each round ours and HiGHS (the same listed groups, one thread, no gap allowed) take turns. Times are CPU seconds of
this process; listing and pricing the groups is reported apart. An optimum that HiGHS betters ends the run with code 1;
where HiGHS gives up, its ratio is only a lower bound. How to read it: benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import large_tables
import numpy as np

AGREE = 1e-9
PATIENCE = 20.0
"""Seconds after which HiGHS gives up; also what ours may take for each integer programme."""


@dataclass(frozen=True)
class Case:
    """One map, largest group and coordination cost; how often HiGHS takes part."""

    name: str
    codes: Callable[[], list[str]]
    edition: str
    largest: int | None
    pair_rate: float
    peer: bool = True


WELSH, ENGLISH = large_tables.WELSH_HEADS_EDITION, large_tables.ENGLISH_EDITION
QUICK = (
    Case("London", large_tables.london, ENGLISH, 4, 0.005),
    Case("London", large_tables.london, ENGLISH, 6, 0.01),
)
FULL = (
    Case("London", large_tables.london, ENGLISH, 6, 0.005),
    Case("London", large_tables.london, ENGLISH, 6, 0.01),
    Case("London", large_tables.london, ENGLISH, 8, 0.005, peer=False),
    Case("London", large_tables.london, ENGLISH, 8, 0.01, peer=False),
    Case("Wales", large_tables.wales, WELSH, None, 0.005, peer=False),
    Case("Wales", large_tables.wales, WELSH, None, 0.01, peer=False),
    Case("England", large_tables.districts, ENGLISH, 4, 0.005),
    Case("England", large_tables.districts, ENGLISH, 4, 0.01),
    Case("England", large_tables.districts, ENGLISH, 6, 0.005, peer=False),
    Case("England", large_tables.districts, ENGLISH, 6, 0.01, peer=False),
)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Give the CPU seconds of this process, and what the work gave."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def generic(columns: Any, values: Any) -> tuple[float, bool]:
    """Set partitioning over all listed groups by HiGHS: the value found, and whether it is proved."""
    import highspy

    scale = float(np.abs(values).max())
    used = columns.members >= 0
    programme = highspy.HighsLp()
    programme.num_col_, programme.num_row_ = len(columns), columns.players
    programme.sense_, programme.col_cost_ = highspy.ObjSense.kMaximize, values / scale
    programme.col_lower_, programme.col_upper_ = np.zeros(len(columns)), np.ones(len(columns))
    programme.row_lower_ = programme.row_upper_ = np.ones(columns.players)
    programme.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    programme.a_matrix_.start_ = np.append(0, np.cumsum(used.sum(axis=1))).astype(np.int32)
    programme.a_matrix_.index_ = columns.members[used].astype(np.int32)
    programme.a_matrix_.value_ = np.ones(int(used.sum()))
    programme.integrality_ = [highspy.HighsVarType.kInteger] * len(columns)
    solver = highspy.Highs()
    for option, setting in {"output_flag": False, "threads": 1, "mip_rel_gap": 0.0, "time_limit": PATIENCE}.items():
        solver.setOptionValue(option, setting)
    solver.passModel(programme)
    solver.run()
    proved = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return float(solver.getObjectiveValue()) * scale, proved


def play(case: Case, rounds: int) -> bool:
    """Solve one case so many times in turns and print a row; say whether the peer found nothing better."""
    from consortia.partnership.connected_sets import connected_sets
    from consortia.partnership.set_partition import best_division

    codes = case.codes()
    heads, links = large_tables.spending(codes, case.edition), large_tables.links(codes)
    listing, columns = timed(lambda: connected_sets(len(codes), links, largest=case.largest))
    pricing, values = timed(lambda: large_tables.values(columns, heads, case.pair_rate))
    own, ratios, proved, right = [], [], True, True
    for _ in range(rounds):
        spent, best = timed(lambda: best_division(columns, values, patience=PATIENCE))
        own.append(spent)
        if case.peer:
            theirs, (value, done) = timed(lambda: generic(columns, values))
            ratios.append(theirs / spent)
            proved = proved and done
            right = right and value <= best.bound * (1 + AGREE) and (not done or best.value >= value * (1 - 1e-6))
    peer = f"{'' if proved else '>='}{statistics.median(ratios):,.1f}" if ratios else "-"
    outcome = "proved" if best.proved else f"{best.gap / best.value:.4%}"
    print(
        f"{case.name:<8}{len(codes):>4} {case.largest or 'any':>4} {case.pair_rate:6.1%} {len(columns):>9,} "
        f"{listing + pricing:7.2f} {statistics.median(own):7.2f}  {outcome:<9}"
        f"{(best.relaxed - best.value) / best.value:9.4%} {best.states:>9,}  {peer}",
        flush=True,
    )
    return right


def main() -> int:
    """Read the options and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="London only, one round")
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    from consortia.partnership.columns import columns_of
    from consortia.partnership.set_partition import best_division

    compiling, _ = timed(lambda: best_division(columns_of(2, [(0,), (1,), (0, 1)]), np.array([0.0, 0.0, 1.0])))
    print(f"load {os.getloadavg()[0]:.1f}; first call {compiling:.2f} CPU-s")
    print("map        n  max  pairs    groups  listing    ours  gap      LP above best    states  HiGHS, times ours")
    right = [play(case, options.rounds) for case in (QUICK if options.quick else FULL)]
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")
    return 0 if all(right) else 1


if __name__ == "__main__":
    raise SystemExit(main())
