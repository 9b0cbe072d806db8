"""Activity-based costing in two stages: resources to activities, activities to cost objects; idle capacity apart.

Cooper and Kaplan (1988). The rate of an activity divides by its practical capacity where that is known, so that idle
capacity stands on its own line and never makes the users look dear.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
import polars as pl

from consortia.costing.pennies import share_rows
from consortia.findings import Finding, Severity

UNUSED = "unused_capacity"
FLOWS = {"resource": pl.String, "activity": pl.String, "cost_object": pl.String, "amount_pence": pl.Int64}


@dataclass(frozen=True, slots=True)
class Resource:
    """A pool of cost, whole pence, and how much each activity draws on it (any unit: hours, posts, per cent)."""

    code: str
    amount_pence: int
    drivers: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Activity:
    """What people do, counted in units of its driver: how much each cost object uses, and how much could be done.

    `capacity` is the practical capacity in the same unit; None charges the whole cost to those who use it.
    """

    code: str
    uses: Mapping[str, float] = field(default_factory=dict)
    capacity: float | None = None

    @property
    def used(self) -> float:
        """Units used by all cost objects."""
        return float(sum(self.uses.values()))

    @property
    def divisor(self) -> float:
        """Units that the rate divides by: practical capacity where it is known, else the units used."""
        return self.used if self.capacity is None else self.capacity


@dataclass(frozen=True)
class ActivityCosts:
    """Whole pence in the price base of the resources.

    `flows`: resource, activity, cost_object, amount_pence; the cost object of idle capacity is `unused_capacity`, below
    zero where more was done than the capacity allows. `rates`: activity, amount_pence, capacity, used, unused,
    rate (pounds for each unit of the driver), unused_pence.
    """

    flows: pl.DataFrame
    rates: pl.DataFrame
    findings: tuple[Finding, ...] = ()

    def cost_of(self, cost_object: str) -> int:
        """What a cost object costs, pence."""
        return int(self.flows.filter(pl.col("cost_object") == cost_object)["amount_pence"].sum())

    @property
    def unused_pence(self) -> int:
        """The cost of all idle capacity."""
        return self.cost_of(UNUSED)


def cost_activities(resources: Sequence[Resource], activities: Sequence[Activity]) -> ActivityCosts:
    """Costs of activities and cost objects; each resource's pence are found again in `flows`, none twice.

    Raises ValueError for what `activity_findings` calls an error.
    """
    findings = activity_findings(resources, activities)
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if errors:
        raise ValueError(errors[0].text())
    drawn = _first_stage(resources, activities)
    flows = pl.concat([pl.DataFrame(schema=FLOWS), *(_second_stage(drawn, one) for one in activities)])
    return ActivityCosts(flows, _rates(flows, activities), findings)


def activity_findings(resources: Sequence[Resource], activities: Sequence[Activity]) -> tuple[Finding, ...]:
    """Errors: an unknown activity, a negative volume, a cost that nothing draws on or uses. Warnings: over capacity."""
    known = {one.code for one in activities}
    drawn = {code for one in resources for code, volume in one.drivers.items() if volume > 0}
    found = chain.from_iterable(_resource_findings(one, known) for one in resources)
    return (*found, *chain.from_iterable(_volume_findings(one, one.code in drawn) for one in activities))


def _resource_findings(resource: Resource, known: set[str]) -> Iterator[Finding]:
    for activity in resource.drivers:
        if activity not in known:
            yield Finding(
                "activity-unknown",
                Severity.ERROR,
                "Cost pool {name} is drawn on by {activity}, which is not among the activities.",
                "Add the activity, or correct the name.",
                values=(("name", resource.code), ("activity", activity)),
            )
    if any(volume < 0 for volume in resource.drivers.values()) or sum(resource.drivers.values()) <= 0:
        yield Finding(
            "resource-undrawn",
            Severity.ERROR,
            "No activity draws on cost pool {name}, or one by a negative volume, so its cost has nowhere to go.",
            "State how much each activity uses.",
            values=(("name", resource.code),),
        )


def _volume_findings(activity: Activity, is_drawn: bool) -> Iterator[Finding]:
    if any(volume < 0 for volume in activity.uses.values()) or (is_drawn and activity.divisor <= 0):
        yield Finding(
            "activity-without-volume",
            Severity.ERROR,
            "Activity {name} has a cost, but no volume above zero to divide it by.",
            "Give its practical capacity or how much each cost object uses.",
            values=(("name", activity.code),),
        )
    elif activity.capacity is not None and activity.used > activity.capacity:
        yield _overload(activity.code, activity.used / activity.capacity if activity.capacity else 0.0)


def _overload(name: str, part: float) -> Finding:
    return Finding(
        "over-capacity",
        Severity.WARNING,
        "{name} does {percent} of its practical capacity: a sign of workload, not of thrift.",
        "Check the capacity and the volumes; if they hold, the team is stretched and sharing frees nothing there.",
        values=(("name", name), ("percent", f"{part:.0%}")),
    )


def _first_stage(resources: Sequence[Resource], activities: Sequence[Activity]) -> pl.DataFrame:
    """Each resource's pence over the activities that draw on it."""
    codes = sorted(one.code for one in activities)
    weights = np.array([[one.drivers.get(code, 0.0) for code in codes] for one in resources])
    amounts = np.array([one.amount_pence for one in resources], dtype=np.int64)
    parts = share_rows(amounts, weights.reshape(len(resources), len(codes)))
    rows = [(resources[r].code, codes[j], int(parts[r, j])) for r, j in np.argwhere(parts)]
    schema = {name: FLOWS[name] for name in ("resource", "activity", "amount_pence")}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _second_stage(drawn: pl.DataFrame, activity: Activity) -> pl.DataFrame:
    """An activity's pence, resource by resource, over the cost objects that use it and its idle capacity."""
    into = drawn.filter(pl.col("activity") == activity.code)
    objects = [*sorted(activity.uses), UNUSED]
    weights = [*(activity.uses[code] for code in objects[:-1]), activity.divisor - activity.used]
    rows = np.tile(np.array(weights, dtype=np.float64), (into.height, 1))
    parts = share_rows(into["amount_pence"].to_numpy(), rows)
    flows = [
        (into["resource"][int(r)], activity.code, objects[int(o)], int(parts[r, o])) for r, o in np.argwhere(parts)
    ]
    return pl.DataFrame(flows, schema=FLOWS, orient="row")


def _rates(flows: pl.DataFrame, activities: Sequence[Activity]) -> pl.DataFrame:
    amounts = dict(flows.group_by("activity").agg(pl.col("amount_pence").sum()).iter_rows())
    unused = flows.filter(pl.col("cost_object") == UNUSED).group_by("activity").agg(pl.col("amount_pence").sum())
    idle = dict(unused.iter_rows())
    rows = [_rate(one, amounts.get(one.code, 0), idle.get(one.code, 0)) for one in activities]
    schema = {
        "activity": pl.String, "amount_pence": pl.Int64, "capacity": pl.Float64, "used": pl.Float64,
        "unused": pl.Float64, "rate": pl.Float64, "unused_pence": pl.Int64,
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def _rate(activity: Activity, pence: int, unused_pence: int) -> tuple[object, ...]:
    rate = pence / 100 / activity.divisor if activity.divisor else None
    unused = None if activity.capacity is None else activity.capacity - activity.used
    return activity.code, pence, activity.capacity, activity.used, unused, rate, unused_pence
