"""Time-driven activity-based costing: minutes, a cost for each minute of practical capacity, and what stays unused.

Kaplan and Anderson, *Time-driven activity-based costing*, Harvard Business Review, November 2004. Unlike shares of time
that people state in a survey, which always add up to 100%, minutes show idle capacity and overload.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from consortia.costing.activities import UNUSED
from consortia.costing.pennies import share_rows
from consortia.findings import Finding, Severity


@dataclass(frozen=True, slots=True)
class TimeEquation:
    """Minutes for one case: b0 + b1 X1 + b2 X2 ... where X is what a case has (1 or 0, or a number of them)."""

    base: float
    extras: Mapping[str, float] = field(default_factory=dict)

    def minutes(self, counts: Mapping[str, float], *, cases: float = 1.0) -> float:
        """Minutes for so many cases with these extras in all; ValueError for an extra that the equation lacks."""
        unknown = sorted(set(counts) - set(self.extras))
        if unknown:
            raise ValueError(f"the time equation says nothing about {', '.join(unknown)}")
        return self.base * cases + sum(self.extras[name] * count for name, count in counts.items())


@dataclass(frozen=True, slots=True)
class Task:
    """What a team does: how often in the year, how long it takes, and how many cases had each extra."""

    code: str
    cases: float
    time: TimeEquation
    counts: Mapping[str, float] = field(default_factory=dict)

    @property
    def minutes(self) -> float:
        """Minutes that all its cases take; the equation is linear, so totals of the extras are enough."""
        return self.time.minutes(self.counts, cases=self.cases)


@dataclass(frozen=True, slots=True)
class Team:
    """The cost of the capacity supplied, whole pence, the practical minutes that it gives, and what they go into."""

    code: str
    amount_pence: int
    practical_minutes: float
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class TeamCost:
    """A team's cost by task, whole pence in the price base of its cost; unused capacity is the last line.

    `lines`: task, cases, minutes_each, minutes, cost_each (pounds), amount_pence. The unused line is below zero where
    the work takes more minutes than there are.
    """

    rate: float  # pounds for each practical minute
    lines: pl.DataFrame
    unused_minutes: float
    findings: tuple[Finding, ...] = ()

    @property
    def unused_pence(self) -> int:
        """The cost of unused capacity; below zero for a team that does more than its capacity."""
        return int(self.lines.filter(pl.col("task") == UNUSED)["amount_pence"].sum())


def practical_minutes(theoretical: float, *, share: float) -> float:
    """Practical minutes from those paid for: `share` is what breaks, training and meetings leave (usually 80% to 85%).

    Raises ValueError for a share that is not above 0 and at most 1.
    """
    if not 0 < share <= 1:
        raise ValueError(f"the practical share of capacity lies between 0 and 1; {share} does not")
    return theoretical * share


def cost_team(team: Team) -> TeamCost:
    """The team's cost by task and unused capacity; the lines add up to the team's cost to the penny.

    Raises ValueError without practical minutes or for a task that takes negative time.
    """
    minutes = [task.minutes for task in team.tasks]
    if team.practical_minutes <= 0 or min(minutes, default=0.0) < 0:
        raise ValueError(f"team {team.code} needs practical minutes above zero and tasks that take no negative time")
    unused = team.practical_minutes - sum(minutes)
    parts = share_rows(np.array([team.amount_pence]), np.array([[*minutes, unused]]))[0].tolist()
    rate = team.amount_pence / 100 / team.practical_minutes
    lines = [_line(task, pence, rate) for task, pence in zip(team.tasks, parts, strict=False)]
    return TeamCost(rate, _table([*lines, _unused_line(unused, parts[-1])]), unused, _findings(team, unused))


def _line(task: Task, pence: int, rate: float) -> tuple[object, ...]:
    each = task.minutes / task.cases if task.cases else None
    return task.code, task.cases, each, task.minutes, None if each is None else each * rate, pence


def _unused_line(minutes: float, pence: int) -> tuple[object, ...]:
    return UNUSED, None, None, minutes, None, pence


def _table(lines: Sequence[tuple[object, ...]]) -> pl.DataFrame:
    schema = {
        "task": pl.String, "cases": pl.Float64, "minutes_each": pl.Float64, "minutes": pl.Float64,
        "cost_each": pl.Float64, "amount_pence": pl.Int64,
    }  # fmt: skip
    return pl.DataFrame(lines, schema=schema, orient="row")


def _findings(team: Team, unused: float) -> tuple[Finding, ...]:
    if unused >= 0:
        return ()
    percent = f"{1 - unused / team.practical_minutes:.0%}"
    finding = Finding(
        "team-over-capacity",
        Severity.WARNING,
        "Team {name} works {percent} of its practical minutes: a sign of workload, not of thrift.",
        "Check the times and volumes; if they hold, the team is stretched and sharing frees no time there.",
        values=(("name", team.code), ("percent", percent)),
    )
    return (finding,)
