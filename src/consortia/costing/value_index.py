"""The function-cost matrix: what each component of a service costs beside what it gives, and its target cost.

Tanaka (1989); Ansari and Bell, *Target costing*. The value index is a ratio of shares, so it knows no law: what a
statute demands has a floor that no target may go below.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from consortia.costing.pennies import share_rows
from consortia.findings import Finding, Severity

Zone = Literal["reduce", "in_zone", "enhance"]


@dataclass(frozen=True, slots=True)
class Function:
    """What the service is for, as a verb and a noun, with its weight (any scale; weights are made to add up to one)."""

    code: str
    weight: float


@dataclass(frozen=True, slots=True)
class Component:
    """A part of the service with its cost, and how much it contributes to each function (any scale per function).

    `floor_pence`: what the law or a binding contract makes it cost at least; 0 when nothing does.
    """

    code: str
    cost_pence: int
    contributes: Mapping[str, float]
    floor_pence: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentValue:
    """A component's value and target, money in whole pence in the price base of its cost; shares lie in 0 to 1.

    `value_index` = importance / cost share: below 1 a candidate for lower cost, above 1 for more; None without cost.
    """

    code: str
    cost_pence: int
    cost_share: float
    importance: float
    value_index: float | None
    zone: Zone
    floor_pence: int
    target_pence: int
    at_floor: bool

    @property
    def gap_pence(self) -> int:
        """What has to come off to reach the target; below zero where there is room for more."""
        return self.cost_pence - self.target_pence


@dataclass(frozen=True, slots=True)
class FunctionCost:
    """What a function costs now and may cost (its weight of the allowable cost), whole pence; "" is no function."""

    code: str
    weight: float
    cost_pence: int
    target_pence: int


@dataclass(frozen=True, slots=True)
class ValueAnalysis:
    """Components and functions with their targets; the costs of either add up to the cost of the service.

    Targets add up to the allowable cost, unless the floors alone exceed it: then a finding says by how much.
    """

    components: tuple[ComponentValue, ...]
    functions: tuple[FunctionCost, ...]
    findings: tuple[Finding, ...] = ()


def analyse_value(
    components: Sequence[Component], functions: Sequence[Function], *, allowable_pence: int, tolerance: float
) -> ValueAnalysis:
    """Value index, zone and target cost of each component, and what each function costs and may cost.

    Importance r_c = sum over f of w_f m[c, f]; target = r_c x allowable, never below the floor; what a floor takes
    comes off the other components by importance. `tolerance` q, in percentage points, is the width of the optimal
    value zone. Raises ValueError for a negative cost, costs or weights that are all zero, or a function that no
    component contributes to.
    """
    weights, matrix = _weights(functions), _matrix(components, functions)
    costs = np.array([one.cost_pence for one in components], dtype=np.int64)
    if np.any(costs < 0) or costs.sum() <= 0:
        raise ValueError("components need costs of zero or more that add up to more than zero")
    importance = matrix @ weights
    floors = [one.floor_pence for one in components]
    targets = floored_targets(importance, floors, allowable_pence)
    valued = tuple(
        _valued(one, float(r), int(target), total=int(costs.sum()), tolerance=tolerance)
        for one, r, target in zip(components, importance, targets, strict=True)
    )
    spread = _function_costs(functions, weights, costs=costs, given=matrix * weights, allowable=allowable_pence)
    return ValueAnalysis(valued, spread, _floor_findings(sum(floors), allowable_pence))


def zone_of(importance: float, cost_share: float, *, tolerance: float) -> Zone:
    """Where a component stands to Tanaka's optimal value zone; shares in 0 to 1, `tolerance` in percentage points.

    The zone lies between y = sqrt(x^2 - q^2) and y = sqrt(x^2 + q^2), x importance and y cost in per cent, so small
    components may be further off than large ones.
    """
    x, y, q = importance * 100, cost_share * 100, tolerance
    if y > sqrt(x * x + q * q):
        return "reduce"
    return "enhance" if y < sqrt(max(x * x - q * q, 0.0)) else "in_zone"


def floored_targets(importance: NDArray[np.float64], floors: Sequence[int], allowable: int) -> tuple[int, ...]:
    """The allowable pence by importance with no part below its floor; just the floors when these exceed it."""
    if sum(floors) >= allowable:
        return tuple(floors)
    held: set[int] = set()
    while True:
        free = [c for c in range(len(floors)) if c not in held]
        left = allowable - sum(floors[c] for c in held)
        parts = _parts(left, importance[free])
        below = {c for c, part in zip(free, parts, strict=True) if part < floors[c]}
        if not below:
            free_parts = dict(zip(free, parts, strict=True))
            return tuple(floors[c] if c in held else free_parts[c] for c in range(len(floors)))
        held |= below


def _parts(pence: int, weights: NDArray[np.float64]) -> list[int]:
    """The pence by weight, or equally where nothing left has any weight."""
    chosen = weights if weights.sum() > 0 else np.ones_like(weights)
    return [int(part) for part in share_rows(np.array([pence]), chosen[None, :])[0]]


def _weights(functions: Sequence[Function]) -> NDArray[np.float64]:
    weights = np.array([one.weight for one in functions], dtype=np.float64)
    if np.any(weights < 0) or weights.sum() <= 0:
        raise ValueError("functions need weights of zero or more that add up to more than zero")
    return np.asarray(weights / weights.sum(), dtype=np.float64)


def _matrix(components: Sequence[Component], functions: Sequence[Function]) -> NDArray[np.float64]:
    """Contributions m[c, f], each column adding up to one."""
    known = {one.code for one in functions}
    strange = sorted({code for one in components for code in one.contributes} - known)
    if strange:
        raise ValueError(f"components contribute to {', '.join(strange)}, which are not among the functions")
    given = np.array([[one.contributes.get(f.code, 0.0) for f in functions] for one in components], dtype=np.float64)
    sums = given.sum(axis=0)
    empty = [f.code for f, whole in zip(functions, sums, strict=True) if whole <= 0]
    if empty or np.any(given < 0):
        raise ValueError(f"every function needs contributions of zero or more: see {', '.join(empty) or 'negatives'}")
    return np.asarray(given / sums, dtype=np.float64)


def _valued(one: Component, importance: float, target: int, *, total: int, tolerance: float) -> ComponentValue:
    share = one.cost_pence / total
    return ComponentValue(
        code=one.code,
        cost_pence=one.cost_pence,
        cost_share=share,
        importance=importance,
        value_index=importance / share if share else None,
        zone=zone_of(importance, share, tolerance=tolerance),
        floor_pence=one.floor_pence,
        target_pence=target,
        at_floor=one.floor_pence > 0 and target == one.floor_pence,
    )


def _function_costs(
    functions: Sequence[Function],
    weights: NDArray[np.float64],
    *,
    costs: NDArray[np.int64],
    given: NDArray[np.float64],
    allowable: int,
) -> tuple[FunctionCost, ...]:
    """Each component's cost over the functions by what it gives to them; without any it stands under no function."""
    idle = (given.sum(axis=1) <= 0).astype(np.float64)[:, None]
    parts = share_rows(costs, np.hstack([given, idle])).sum(axis=0)
    targets = share_rows(np.array([allowable]), weights[None, :])[0]
    rows = zip(functions, weights, parts[:-1], targets, strict=True)
    found = [FunctionCost(f.code, float(w), int(cost), int(target)) for f, w, cost, target in rows]
    return (*found, *([FunctionCost("", 0.0, int(parts[-1]), 0)] if parts[-1] else []))


def _floor_findings(floors: int, allowable: int) -> tuple[Finding, ...]:
    if floors <= allowable:
        return ()
    finding = Finding(
        "floors-above-budget",
        Severity.ERROR,
        "What the law and binding contracts demand costs £{excess} more than the affordable budget.",
        "Raise the budget, or have each floor checked by the monitoring officer; no target goes below a floor.",
        values=(("excess", f"{(floors - allowable) / 100:,.2f}"),),
    )
    return (finding,)
