"""A partner's activities document worked out: overheads by three methods, activity costs, teams, what stops."""

from __future__ import annotations

from dataclasses import dataclass

from consortia.costing import (
    Activity,
    ActivityCosts,
    Allocation,
    Avoidable,
    Department,
    NotAllocated,
    Resource,
    Stop,
    Task,
    Team,
    TeamCost,
    TimeEquation,
    compare_methods,
    cost_activities,
    cost_team,
    elements_of,
    what_stops,
)
from consortia.costing.activities import activity_findings
from consortia.costing.allocation import Method, department_findings
from consortia.costing.time_driven import practical_minutes
from consortia.errors import BlockedByFindings, StudyError
from consortia.findings import Finding, blocks
from consortia.money import to_pence
from consortia.study.activities import Activities, TaskTime, TeamTime


@dataclass(frozen=True)
class PartnerCosts:
    """What a partner's departments, activities and teams cost; whole pence, nominal, of the document's year.

    `methods` are the three answers side by side; everything after them uses `chosen`. The order of `teams` and
    `shared` is that of the document.
    """

    document: Activities
    methods: tuple[Allocation | NotAllocated, ...]
    chosen: Allocation | None
    activities: ActivityCosts | None
    teams: tuple[TeamCost, ...]
    shared: tuple[Avoidable, ...]
    findings: tuple[Finding, ...]


def cost_partner(document: Activities, *, method: Method = "reciprocal") -> PartnerCosts:
    """Works the document out with overheads by one method, the other two beside it.

    Raises BlockedByFindings for closed loops and other errors of the document (all of them named), and StudyError where
    the method has no answer or a team has no capacity.
    """
    departments = departments_of(document)
    _refuse(department_findings(departments))
    methods = compare_methods(departments, order=document.order) if departments else ()
    chosen = _chosen(methods, method)
    resources, activities = _resources(document, chosen), _activities(document)
    faults = activity_findings(resources, activities)
    _refuse(faults)
    teams = tuple(cost_team(_team(one)) for one in document.teams)
    costed = cost_activities(resources, activities) if resources else None
    findings = (*faults, *(finding for team in teams for finding in team.findings))
    return PartnerCosts(document, methods, chosen, costed, teams, _shared(document, chosen), findings)


def departments_of(document: Activities) -> tuple[Department, ...]:
    """The document's departments in whole pence."""
    return tuple(Department(one.code, to_pence(one.cost), one.serves) for one in document.departments)


def _refuse(findings: tuple[Finding, ...]) -> None:
    if blocks(findings):
        listed = " ".join(finding.text() for finding in findings)
        raise BlockedByFindings(
            f"The activities cannot be costed. {listed}", remedy="Mend activities.yaml, then try again."
        )


def _chosen(methods: tuple[Allocation | NotAllocated, ...], method: Method) -> Allocation | None:
    for one in methods:
        if one.method == method and isinstance(one, NotAllocated):
            stuck = ", ".join(one.departments)
            raise StudyError(
                f"This method cannot pass on the cost of {stuck}, which serve only departments that receive nothing.",
                remedy="Use --method reciprocal, or state another order of closing.",
            )
        if one.method == method and isinstance(one, Allocation):
            return one
    return None


def _resources(document: Activities, chosen: Allocation | None) -> tuple[Resource, ...]:
    return tuple(
        Resource(one.code, to_pence(one.cost) if one.cost is not None else _full(chosen, one.department), one.drivers)
        for one in document.pools
    )


def _full(chosen: Allocation | None, department: str) -> int:
    return chosen.full_cost(department) if chosen else 0


def _activities(document: Activities) -> tuple[Activity, ...]:
    return tuple(Activity(one.code, one.uses, one.capacity) for one in document.activities)


def capacity_of(team: TeamTime) -> float:
    """A team's practical minutes, given or worked out from those paid for."""
    if team.theoretical_minutes is None or team.practical_share is None:
        return team.practical_minutes or 0.0
    return practical_minutes(team.theoretical_minutes, share=team.practical_share)


def _team(team: TeamTime) -> Team:
    capacity = capacity_of(team)
    if capacity <= 0:
        raise StudyError(
            f"Team {team.name.en} has no practical minutes.", remedy="Give its practical capacity above zero."
        )
    return Team(team.code, to_pence(team.cost), capacity, tuple(_task(one) for one in team.tasks))


def _task(task: TaskTime) -> Task:
    equation = TimeEquation(task.minutes, {extra.code: extra.minutes for extra in task.extras})
    return Task(task.code, task.count, equation, {extra.code: extra.count for extra in task.extras})


def _shared(document: Activities, chosen: Allocation | None) -> tuple[Avoidable, ...]:
    if chosen is None:
        return ()
    return tuple(
        what_stops(
            elements_of(chosen, one.department),
            {source: Stop(share, one.reasons.get(source, "")) for source, share in one.stops.items()},
        )
        for one in document.when_shared
    )
