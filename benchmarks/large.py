"""The best grouping of many partners, published and synthetic: ours against HiGHS on the same groups.

    python benchmarks/large.py            ten minutes
    python benchmarks/large.py --alone    without HiGHS: a minute
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
from dataclasses import dataclass, replace
from typing import Any

import large_tables
import numpy as np

AGREE = 1e-9
PATIENCE = 60.0
"""Seconds of wall time after which HiGHS gives up."""
OWN_PATIENCE = 20.0
"""Seconds of wall time that ours may take for each integer programme."""
SEED = 7


@dataclass(frozen=True)
class Case:
    """One map, largest group and rate (coordination cost a pair; of synthetic prices: times); does HiGHS take part?"""

    name: str
    codes: Callable[[], list[str]] | int
    """Of real councils, or so many points of a synthetic map."""
    edition: str | None
    """Of published spending; none: synthetic prices."""
    largest: int | None
    rate: float
    peer: bool = True

    def listed(self) -> Any:
        """Give the groups that hang together."""
        from consortia.partnership.connected_sets import connected_sets

        if isinstance(self.codes, int):
            return connected_sets(self.codes, large_tables.planar(self.codes, SEED), largest=self.largest)
        codes = self.codes()
        return connected_sets(len(codes), large_tables.links(codes), largest=self.largest)

    def priced(self, columns: Any) -> Any:
        """Give what each of them is worth."""
        if self.edition is None or isinstance(self.codes, int):
            return large_tables.synthetic_total(columns, SEED, self.rate)
        return large_tables.values(columns, large_tables.spending(self.codes(), self.edition), self.rate)


WELSH, ENGLISH = large_tables.WELSH_HEADS_EDITION, large_tables.ENGLISH_EDITION
QUICK = (
    Case("London", large_tables.london, ENGLISH, 4, 0.005),
    Case("London", large_tables.london, ENGLISH, 6, 0.01),
    Case("London", large_tables.london, None, 6, 20),
)
FULL = (
    Case("London", large_tables.london, ENGLISH, 6, 0.005),
    Case("London", large_tables.london, ENGLISH, 6, 0.01),
    Case("London", large_tables.london, ENGLISH, 8, 0.005),
    Case("London", large_tables.london, ENGLISH, 8, 0.01),
    Case("London", large_tables.london, None, 8, 5),
    Case("London", large_tables.london, None, 8, 20),
    Case("Wales", large_tables.wales, WELSH, None, 0.005, peer=False),
    Case("Wales", large_tables.wales, WELSH, None, 0.01, peer=False),
    Case("England", large_tables.districts, ENGLISH, 4, 0.005),
    Case("England", large_tables.districts, ENGLISH, 4, 0.01),
    Case("England", large_tables.districts, ENGLISH, 6, 0.005, peer=False),
    Case("England", large_tables.districts, ENGLISH, 6, 0.01, peer=False),
    Case("points", 300, None, 8, 20, peer=False),
    Case("points", 150, None, 6, 5, peer=False),
    Case("points", 300, None, 6, 5, peer=False),
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
    from consortia.partnership.set_partition import best_division

    listing, columns = timed(case.listed)
    pricing, values = timed(lambda: case.priced(columns))
    own, ratios, proved, right = [], [], True, True
    for _ in range(rounds):
        spent, best = timed(lambda: best_division(columns, values, patience=OWN_PATIENCE))
        own.append(spent)
        if case.peer:
            theirs, (value, done) = timed(lambda: generic(columns, values))
            ratios.append(theirs / spent)
            proved = proved and done
            right = right and value <= best.bound * (1 + AGREE) and (not done or best.value >= value * (1 - 1e-6))
    print(_row(case, columns, listing + pricing, own, best) + _peer(ratios, proved), flush=True)
    return right


def _row(case: Case, columns: Any, before: float, own: list[float], best: Any) -> str:
    outcome = "proved" if best.proved else f"{best.gap / best.value:.4%}"
    rate = f"{case.rate:.1%}" if case.edition else f"x{case.rate:.0f}"
    return (
        f"{case.name:<8}{columns.players:>4} {case.largest or 'any':>4} {rate:>6} {len(columns):>9,} "
        f"{before:7.2f} {statistics.median(own):7.2f}  {outcome:<9}"
        f"{(best.relaxed - best.value) / best.value:9.4%} {best.windows:>7,} {best.states:>9,}  "
    )


def _peer(ratios: list[float], proved: bool) -> str:
    """The median of the rounds' ratios and their range."""
    if not ratios:
        return "-"
    several = f" ({min(ratios):,.0f} to {max(ratios):,.0f})" if len(ratios) > 1 else ""
    return f"{'' if proved else '>='}{statistics.median(ratios):,.1f}{several}"


def _first_call() -> None:
    """Compile all kernels, or load what is stored, on a chain of thirty."""
    from consortia.partnership.connected_sets import connected_sets
    from consortia.partnership.set_partition import best_division

    columns = connected_sets(30, [(one, one + 1) for one in range(29)], largest=4)
    best_division(columns, large_tables.synthetic_total(columns, SEED, 5))


def main() -> int:
    """Read the options and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="London only, one round")
    parser.add_argument("--alone", action="store_true", help="without HiGHS")
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    compiling, _ = timed(_first_call)
    print(f"load {os.getloadavg()[0]:.1f}; first call {compiling:.2f} CPU-s")
    print(
        "map        n  max   rate    groups  listing    ours  gap       LP above  windows   states  HiGHS, times ours"
    )
    cases = [replace(case, peer=case.peer and not options.alone) for case in (QUICK if options.quick else FULL)]
    right = [play(case, options.rounds) for case in cases]
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")
    return 0 if all(right) else 1


if __name__ == "__main__":
    raise SystemExit(main())
