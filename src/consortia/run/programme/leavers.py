"""Who leaves when posts end, what they are paid by the statute, and what their pensions cost the council."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from consortia.appraisal.redundancy import (
    SHORTEST_COUNTED,
    Leaver,
    RedundancyTerms,
    earliest_leaving,
    redundancy_bill,
    strain_payments,
)
from consortia.findings import Finding, Place, Severity, listed, named
from consortia.periods import FinancialYear
from consortia.reference.parameters import parameter
from consortia.reference.redundancy import weekly_limit, weekly_limits
from consortia.study import Definition
from consortia.study.effects import PostsEffect
from consortia.study.project_findings import active_projects
from consortia.study.projects import OneOff, Project, Redundancy

WEEKS_IN_YEAR = 52.0
STRAIN = "pension_strain"


def leavers_of(cost: Redundancy, definition: Definition) -> list[Leaver]:
    """Everybody who leaves: those described, and the holders of the posts named (vacant posts have none)."""
    found = [
        Leaver(
            key=f"{cost.key}.{number}.{each}",
            age=one.age,
            years=one.service_years,
            weekly_pay=float(one.weekly_pay),
            pension_strain=None if one.pension_strain is None else float(one.pension_strain),
        )
        for number, one in enumerate(cost.people)
        for each in range(one.number)
    ]
    posts = {post.key: post for post in definition.posts}
    return found + [
        Leaver(
            key=post.key,
            age=post.age or 0,
            years=post.service_years or 0,
            weekly_pay=float(post.salary) * post.fte / WEEKS_IN_YEAR,
            pension_strain=None if post.pension_strain is None else float(post.pension_strain),
        )
        for post in (posts[key] for key in cost.posts if not posts[key].vacant)
    ]


def leaving_day(cost: Redundancy) -> date:
    """The day on which the employments end: as stated, or the first on which limits change in the financial year."""
    return date.fromisoformat(cost.on) if cost.on else date(int(cost.year[:4]), 4, 6)


def redundancy_paid(cost: Redundancy, leavers: Sequence[Leaver]) -> float:
    """Redundancy pay of all of them, cash of the year; UnknownReference where the limit of the day is not known."""
    return redundancy_bill(
        leavers,
        limit=float(cost.weekly_limit or weekly_limit(leaving_day(cost)).amount),
        terms=RedundancyTerms(cost.enhancement, actual_pay=cost.weekly_pay == "actual"),
    )


def strain_paid(cost: Redundancy, leavers: Sequence[Leaver]) -> dict[str, float]:
    """What the pension fund asks, cash by year, for those whose strain is known; in level payments where it agrees."""
    known = [one for one in leavers if one.pension_strain is not None]
    asked = strain_payments(known, from_age=strain_age(), payments=cost.strain_payments, rate=cost.strain_rate)
    first = FinancialYear.parse(cost.year)
    return {str(first.plus(number)): payment for number, payment in enumerate(asked)}


def strain_age() -> int:
    """The age from which a redundant member draws an unreduced pension at once (reference parameter)."""
    return int(parameter("pension_strain_age").number)


def strain_findings(definition: Definition, *, file: str) -> Iterator[Finding]:
    """Leavers old enough for a pension whose strain nobody has stated: it is left out, and is not nought."""
    for project in active_projects(definition):
        for cost in (one for one in project.costs if isinstance(one, Redundancy)):
            leavers = leavers_of(cost, definition)
            unknown = [one for one in leavers if one.age >= strain_age() and one.pension_strain is None]
            if unknown and not _stated_apart(project):
                yield Finding(
                    "strain-unknown",
                    Severity.WARNING,
                    "Leavers of {age} or older whose pension strain is not known, and is left out: {count}.",
                    "Ask the pension fund for a quotation, or write 0 for those who are no members of the scheme.",
                    Place(file, cell=f"projects.{project.key}.costs.{cost.key}"),
                    (("count", str(len(unknown))), ("age", str(strain_age()))),
                )


def notice_findings(definition: Definition, *, file: str) -> Iterator[Finding]:
    """Leavings stated for a day before consultation and notice can be over: no saving begins before they are."""
    for project in active_projects(definition):
        for cost in (one for one in project.costs if isinstance(one, Redundancy) and one.decided):
            leavers = leavers_of(cost, definition)
            longest = max((one.years for one in leavers), default=0)
            day = earliest_leaving(date.fromisoformat(cost.decided), years=longest, leavers=len(leavers))
            if leavers and day > leaving_day(cost):
                yield Finding(
                    "leaving-too-early",
                    Severity.WARNING,
                    "Leavers are to go on {on}, before consultation and notice can be over: not before {day}.",
                    "Let them go later, or decide earlier; no saving on their posts begins before they have gone.",
                    Place(file, cell=f"projects.{project.key}.costs.{cost.key}"),
                    (("on", leaving_day(cost).isoformat()), ("day", day.isoformat())),
                )


def limit_findings(definition: Definition, *, file: str) -> Iterator[Finding]:
    """Leavings of a day whose limit on a week's pay is neither held nor stated: nobody could work out the payment."""
    first, last = weekly_limits()[0].first_day, weekly_limits()[-1].last_day
    for cost, place in _leavings(definition, file):
        day = leaving_day(cost)
        if cost.weekly_limit is None and not first <= day <= last:
            yield Finding(
                "weekly-limit-unknown",
                Severity.ERROR,
                "The limit on a week's pay on {on} is not known here: those held run from {first} to {last}.",
                "Write the limit of that day in `weekly_limit`, or the one you assume, and say so in `source`.",
                place,
                (("on", day.isoformat()), ("first", first.isoformat()), ("last", last.isoformat())),
            )


def misdated_findings(definition: Definition, *, file: str) -> Iterator[Finding]:
    """Leavings on a day outside the year in which they are paid: the limit is of the one, the money in the other."""
    for cost, place in _leavings(definition, file):
        first = date(FinancialYear.parse(cost.year).start, 4, 1)
        if not first <= leaving_day(cost) < first.replace(year=first.year + 1):
            yield Finding(
                "leaving-outside-its-year",
                Severity.WARNING,
                "Leavers go on {on}, which is not in {year}, the year in which they are paid.",
                "Correct the day (`on`) or the year.",
                place,
                (("on", leaving_day(cost).isoformat()), ("year", cost.year)),
            )


def unpaid_findings(definition: Definition, *, file: str) -> Iterator[Finding]:
    """Leavers with so short a service that the statute gives them nothing (Employment Rights Act 1996, section 155)."""
    for cost, place in _leavings(definition, file):
        unpaid = [one for one in leavers_of(cost, definition) if one.years < SHORTEST_COUNTED]
        if unpaid:
            yield Finding(
                "service-too-short",
                Severity.NOTE,
                "Leavers with fewer than {years} complete years of service, whose redundancy pay is zero: {count}.",
                "Check their years of service; what they are paid all the same may stand as a cost of its own.",
                place,
                (("years", str(SHORTEST_COUNTED)), ("count", str(len(unpaid)))),
            )


def unprovided_findings(definition: Definition, *, file: str) -> Iterator[Finding]:
    """Held posts that end in a project that pays no leaver and gives no reason: their redundancy is left out."""
    posts = {post.key: post for post in definition.posts}
    for project in active_projects(definition):
        if any(isinstance(one, Redundancy) for one in project.costs):
            continue
        for effect in (one for one in project.effects if isinstance(one, PostsEffect) and not one.reason):
            held = [posts[key] for key in effect.posts if key in posts and not posts[key].vacant]
            if held:
                yield Finding(
                    "posts-end-unpaid",
                    Severity.WARNING,
                    "Posts that somebody holds end, and no redundancy is among the costs: {posts}.",
                    "Add a `redundancy` that names them, mark those that are vacant, or say in `reason` where the "
                    "people go.",
                    Place(file, cell=f"projects.{project.key}.effects.{effect.key}"),
                    (("posts", listed(named(post.title.en, post.title.in_language("cy")) for post in held)),),
                )


def _leavings(definition: Definition, file: str) -> Iterator[tuple[Redundancy, Place]]:
    for project in active_projects(definition):
        for cost in (one for one in project.costs if isinstance(one, Redundancy)):
            yield cost, Place(file, cell=f"projects.{project.key}.costs.{cost.key}")


def _stated_apart(project: Project) -> bool:
    """The strain of the project stands as an amount of its own."""
    return any(isinstance(one, OneOff) and one.kind == STRAIN for one in project.costs)
