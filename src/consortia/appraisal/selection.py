"""Which projects should be done within this money: the set of the highest worth, proved.

Projects cost what they cost in each limit, some exclude each other, some wait for others. Worths need not add up: what
two projects save on one budget line is less than what each would save alone. The sum of the worths alone is then an
upper bound. The set of the highest bound is found as a whole-number programme (HiGHS), its true worth is asked for,
the set is struck out, and so on until no set left can beat the best one seen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from consortia.appraisal.arrays import FloatArray

PENNY = 0.01
MOST_TRIED = 200
Worth = Callable[[frozenset[int]], float]


@dataclass(frozen=True, kw_only=True)
class Limits:
    """`costs` [limit, project] and what each limit allows, pounds; pairs that exclude, or of which one needs the other.

    `needs` holds (project, what must be done as well). `must` are done whatever they are worth, `never` are not done.
    """

    costs: FloatArray
    most: FloatArray
    excludes: Sequence[tuple[int, int]] = ()
    needs: Sequence[tuple[int, int]] = ()
    must: frozenset[int] = field(default=frozenset())
    never: frozenset[int] = field(default=frozenset())

    def allow(self, chosen: frozenset[int]) -> bool:
        """Whether a set keeps every limit, to the penny."""
        spent = self.costs[:, sorted(chosen)].sum(axis=1)
        return bool(
            (spent <= self.most + PENNY / 2).all()
            and not any({first, second} <= chosen for first, second in self.excludes)
            and all(other in chosen for project, other in self.needs if project in chosen)
            and self.must <= chosen
            and not self.never & chosen
        )


@dataclass(frozen=True, slots=True)
class Selection:
    """The best set, what it is worth and costs in each limit; `bound` is what no set can be above.

    `proved` where no set left could beat it by a penny; `tried` counts the sets whose worth was asked for.
    """

    chosen: frozenset[int]
    worth: float
    spent: tuple[float, ...]
    bound: float
    proved: bool
    tried: int


def best_selection(
    alone: FloatArray, limits: Limits, *, worth: Worth | None = None, most_tried: int = MOST_TRIED
) -> Selection | None:
    """The set of the highest worth within the limits; None where no set keeps them.

    `alone` is what each project is worth without the others, `worth` what a set is worth (default: their sum). A set
    that is worth more than its projects alone would break the bound: the best seen is then given, and not as proved.
    """
    return next(iter(best_selections(alone, limits, 1, worth=worth, most_tried=most_tried)), None)


def best_selections(
    alone: FloatArray, limits: Limits, wanted: int, *, worth: Worth | None = None, most_tried: int = MOST_TRIED
) -> tuple[Selection, ...]:
    """The sets of the highest worths within the limits, at most so many, the best first; as `best_selection`."""
    asked = worth or (lambda chosen: float(alone[sorted(chosen)].sum()))
    seen: list[tuple[float, frozenset[int]]] = []
    struck: list[frozenset[int]] = []
    bounded = True
    while True:
        chosen = _highest(alone, limits, struck)
        bound = float(alone[sorted(chosen)].sum()) if chosen is not None else -np.inf
        enough = len(seen) >= wanted and bound <= seen[wanted - 1][0] + PENNY
        if chosen is None or enough or len(struck) >= most_tried:
            break
        struck.append(chosen)
        if not limits.allow(chosen):  # over by what the solver's tolerance lets through
            continue
        found = asked(chosen)
        bounded = bounded and found <= bound + PENNY
        seen = sorted([*seen, (found, chosen)], key=lambda one: (-one[0], sorted(one[1])))
    return tuple(
        Selection(
            chosen=each,
            worth=found,
            spent=tuple(limits.costs[:, sorted(each)].sum(axis=1).tolist()),
            bound=max(found, bound),
            proved=bounded and bound <= found + PENNY,
            tried=len(struck),
        )
        for found, each in seen[:wanted]
    )


def worth_of_a_pound(alone: FloatArray, limits: Limits) -> tuple[float, tuple[float, ...]]:
    """The highest worth if parts of projects could be done, and what one more pound of each limit would then bring.

    The linear relaxation (Weingartner 1963): its worth is an upper bound, its prices a guide and no promise, as whole
    projects come or do not. Nothing and no prices where no set keeps the limits.
    """
    from scipy.optimize import linprog

    matrix, most = _rows(limits, (), len(alone))
    bounds = [(float(place in limits.must), float(place not in limits.never)) for place in range(len(alone))]
    if any(low > high for low, high in bounds):
        return 0.0, ()
    found = linprog(-alone, A_ub=matrix, b_ub=most, bounds=bounds, method="highs")
    if found.x is None:
        return 0.0, ()
    prices = -found.ineqlin.marginals[: len(limits.most)] / np.maximum(limits.most, 1.0)
    return float(-found.fun), tuple(float(price) + 0.0 for price in prices)


def otherwise(alone: FloatArray, limits: Limits, best: Selection, *, worth: Worth | None = None) -> list[float | None]:
    """For each project what the best set is worth less if it were decided the other way; None: that cannot be."""
    lost: list[float | None] = []
    for project in range(len(alone)):
        inside = project in best.chosen
        turned = replace(
            limits,
            must=limits.must if inside else limits.must | {project},
            never=limits.never | {project} if inside else limits.never,
        )
        barred = project in (limits.must if inside else limits.never)
        found = None if barred else best_selection(alone, turned, worth=worth)
        lost.append(None if found is None else best.worth - found.worth)
    return lost


def _highest(alone: FloatArray, limits: Limits, struck: Sequence[frozenset[int]]) -> frozenset[int] | None:
    """The set with the highest sum within the limits, none of those struck out; None where there is none left."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    count = len(alone)
    if not count:
        return None if struck or limits.must else frozenset()
    matrix, most = _rows(limits, struck, count)
    lower, upper = np.zeros(count), np.ones(count)
    lower[sorted(limits.must)], upper[sorted(limits.never)] = 1.0, 0.0
    if (lower > upper).any():
        return None
    scale = max(float(np.abs(alone).max()), 1.0)
    found = milp(
        -alone / scale,
        integrality=np.ones(count),
        bounds=Bounds(lower, upper),
        constraints=LinearConstraint(matrix, -np.inf, most) if len(matrix) else (),
        options={"mip_rel_gap": 0.0},
    )
    return None if found.x is None else frozenset(np.flatnonzero(found.x > 0.5).tolist())


def _rows(limits: Limits, struck: Sequence[frozenset[int]], count: int) -> tuple[FloatArray, FloatArray]:
    """Each rule as a row of a programme: at most so much of these projects. Money is scaled to its limit."""
    scale = np.maximum(limits.most, 1.0)
    rows, most = [*(limits.costs / scale[:, None])], [*(limits.most / scale)]
    for first, second in limits.excludes:
        rows.append(_row(count, {first: 1.0, second: 1.0}))
        most.append(1.0)
    for project, other in limits.needs:
        rows.append(_row(count, {project: 1.0, other: -1.0}))
        most.append(0.0)
    for chosen in struck:
        rows.append(_row(count, {project: 1.0 if project in chosen else -1.0 for project in range(count)}))
        most.append(len(chosen) - 1.0)
    return np.array(rows).reshape(len(rows), count), np.array(most)


def _row(count: int, parts: dict[int, float]) -> FloatArray:
    row = np.zeros(count)
    for place, part in parts.items():
        row[place] += part
    return row
