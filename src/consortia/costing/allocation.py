"""Overheads: the cost of support departments put on the operating ones, by three methods, side by side.

Horngren, Datar and Rajan, *Cost Accounting*; Drury, *Management and Cost Accounting*. Reciprocal is the default: it
alone counts what support departments do for each other. Step-down is what auditors and the Service Reporting Code know.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Literal

import numpy as np
import polars as pl

from consortia.costing import absorption
from consortia.costing.absorption import Shares
from consortia.costing.pennies import Pence, share_rows
from consortia.findings import Finding, Severity

Method = Literal["direct", "step_down", "reciprocal"]
METHODS: tuple[Method, ...] = ("direct", "step_down", "reciprocal")


@dataclass(frozen=True, slots=True)
class Department:
    """A department with its own cost, whole pence, and the volume of its work that each other department uses.

    One that serves others is a support department; one that serves nobody is an operating department.
    """

    code: str
    direct_pence: int
    serves: Mapping[str, float] = field(default_factory=dict)

    @property
    def is_support(self) -> bool:
        """Whether its cost is passed on."""
        return any(volume > 0 for volume in self.serves.values())


@dataclass(frozen=True)
class Allocation:
    """One method's answer, whole pence in the price base of the departments' costs.

    `traces`: source, department, amount_pence: how much of each source's own cost ends in each operating department
    (an operating department keeps its own). `passed_on`: what each support department passed on in all, its own cost
    and what it received, to the nearest penny. `order`: the order of closing (step-down only).
    """

    method: Method
    order: tuple[str, ...]
    traces: pl.DataFrame
    passed_on: tuple[tuple[str, int], ...]

    def full_cost(self, department: str) -> int:
        """What an operating department costs with its overheads, pence."""
        return int(self.traces.filter(pl.col("department") == department)["amount_pence"].sum())

    @property
    def full_costs(self) -> dict[str, int]:
        """The full cost of every operating department, pence, by code."""
        sums = self.traces.group_by("department").agg(pl.col("amount_pence").sum()).sort("department")
        return dict(zip(sums["department"], sums["amount_pence"], strict=True))


@dataclass(frozen=True, slots=True)
class NotAllocated:
    """A method that cannot be used on these departments, and the ones that stand in its way."""

    method: Method
    departments: tuple[str, ...]


def allocate(
    departments: Sequence[Department], *, method: Method = "reciprocal", order: Sequence[str] = ()
) -> Allocation:
    """The cost of every department on the operating ones; what comes out adds up to what went in, to the penny.

    `order` is the order of closing for step-down; by default the largest part of output to other support departments
    goes first. The order in which departments are listed changes nothing. Raises ValueError for what
    `department_findings` finds, and where the method has no answer (see `compare_methods`).
    """
    faults = department_findings(departments)
    if faults:
        raise ValueError(faults[0].text())
    found = _answer(_Web.of(departments), method, order)
    if isinstance(found, NotAllocated):
        raise ValueError(f"{method} cannot pass on the cost of {', '.join(found.departments)}")
    return found


def compare_methods(
    departments: Sequence[Department], *, order: Sequence[str] = ()
) -> tuple[Allocation | NotAllocated, ...]:
    """The three methods in the order direct, step-down, reciprocal; ValueError for what `department_findings` finds.

    Direct has no answer when a department serves support departments only, step-down when the order given closes a
    department after all whom it serves.
    """
    faults = department_findings(departments)
    if faults:
        raise ValueError(faults[0].text())
    web = _Web.of(departments)
    return tuple(_answer(web, method, order) for method in METHODS)


def department_findings(departments: Sequence[Department]) -> tuple[Finding, ...]:
    """Errors that stand in the way of allocating: unknown receivers, negative volumes, closed loops."""
    counts = Counter(one.code for one in departments)
    faults = [_twice(code) for code in sorted(counts) if counts[code] > 1]
    faults += chain.from_iterable(_use_findings(one, counts.keys()) for one in departments)
    if faults or not departments:
        return tuple(faults)
    web = _Web.of(departments)
    return tuple(_loop_finding(tuple(web.support[i] for i in loop)) for loop in absorption.closed_loops(web.P))


def _twice(code: str) -> Finding:
    return Finding(
        "department-twice", Severity.ERROR, "Department {name} stands twice.", "Keep one.", values=(("name", code),)
    )


def _use_findings(department: Department, known: Collection[str]) -> Iterator[Finding]:
    for receiver, volume in department.serves.items():
        values = (("name", department.code), ("receiver", receiver))
        if receiver not in known:
            yield Finding(
                "department-unknown",
                Severity.ERROR,
                "Department {name} serves {receiver}, which is not among the departments.",
                "Add it, or correct the name.",
                values=values,
            )
        if volume < 0:
            yield Finding(
                "volume-negative",
                Severity.ERROR,
                "The volume that {receiver} uses of department {name} is negative.",
                "Give the volume used; none is 0.",
                values=values,
            )


def _loop_finding(loop: tuple[str, ...]) -> Finding:
    names = f"{', '.join(loop[:-1])} & {loop[-1]}" if len(loop) > 1 else loop[0]
    return Finding(
        "closed-loop",
        Severity.ERROR,
        "A closed loop: {departments} serve nobody else, so what they cost reaches no operating department.",
        "State how much of their work is for operating departments, or make one of them operating.",
        values=(("departments", names),),
    )


@dataclass(frozen=True)
class _Web:
    """The departments in one canonical order (by code), so that the order of listing cannot matter."""

    support: tuple[str, ...]
    operating: tuple[str, ...]
    support_pence: Pence
    operating_pence: Pence
    P: Shares

    @classmethod
    def of(cls, departments: Sequence[Department]) -> _Web:
        ordered = sorted(departments, key=lambda one: one.code)
        support = [one for one in ordered if one.is_support]
        operating = [one for one in ordered if not one.is_support]
        columns = [one.code for one in (*support, *operating)]
        use = np.array([[one.serves.get(code, 0.0) for code in columns] for one in support], dtype=np.float64)
        return cls(
            tuple(one.code for one in support),
            tuple(one.code for one in operating),
            np.array([one.direct_pence for one in support], dtype=np.int64),
            np.array([one.direct_pence for one in operating], dtype=np.int64),
            absorption.normalised(use.reshape(len(support), len(columns))),
        )


def _answer(web: _Web, method: Method, order: Sequence[str]) -> Allocation | NotAllocated:
    closing = _closing(web, order) if method == "step_down" else ()
    if method == "direct":
        final = absorption.direct_shares(web.P)
    elif method == "step_down":
        final = absorption.step_down_shares(web.P, closing)
    else:
        final = absorption.reciprocal_shares(web.P)
    stuck = tuple(code for code, row in zip(web.support, final, strict=True) if row.sum() <= 0)
    if stuck:
        return NotAllocated(method, stuck)
    parts = share_rows(web.support_pence, final)
    names = tuple(web.support[i] for i in closing)
    return Allocation(method, names, _traces(web, parts), _passed_on(web, method, closing))


def _closing(web: _Web, order: Sequence[str]) -> tuple[int, ...]:
    if not order:
        return absorption.step_order(web.P)
    if sorted(order) != sorted(web.support):
        raise ValueError(f"the order of closing must name each support department once: {', '.join(web.support)}")
    return tuple(web.support.index(code) for code in order)


def _traces(web: _Web, parts: Pence) -> pl.DataFrame:
    """Every operating department's own cost, then what of each support department's ends where; nothing of nothing."""
    rows, columns = np.nonzero(parts)
    support, operating = pl.Series(web.support, dtype=pl.String), pl.Series(web.operating, dtype=pl.String)
    own = {"source": operating, "department": operating, "amount_pence": web.operating_pence}
    passed = {"source": support[rows], "department": operating[columns], "amount_pence": parts[rows, columns]}
    schema = {"source": pl.String, "department": pl.String, "amount_pence": pl.Int64}
    return pl.concat([pl.DataFrame(own, schema=schema), pl.DataFrame(passed, schema=schema)])


def _passed_on(web: _Web, method: Method, closing: tuple[int, ...]) -> tuple[tuple[str, int], ...]:
    """Own cost under direct; own cost and what came from the departments closed before (step-down) or from all."""
    costs = web.support_pence.astype(np.float64)
    if method == "reciprocal":
        costs = absorption.full_costs(web.P, costs)
    for step, i in enumerate(closing):
        after = closing[step + 1 :]
        onward = web.P[i, after].sum() + web.P[i, len(web.support) :].sum()
        costs[list(after)] += costs[i] * web.P[i, after] / onward if onward else 0.0
    return tuple((code, round(float(cost))) for code, cost in zip(web.support, costs, strict=True))
