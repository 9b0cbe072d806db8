"""What stands in the way of appraising the projects of a study: one finding for each fault, with its place."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from graphlib import CycleError, TopologicalSorter
from typing import Any

from consortia.findings import Finding, Place, Severity, Value, msgid
from consortia.periods import FinancialYear
from consortia.study.assurance_findings import readiness_findings
from consortia.study.definition import Definition
from consortia.study.effects import PostsEffect, ProcurementEffect, RateEffect
from consortia.study.estimates import Estimate
from consortia.study.finding_titles import in_titles
from consortia.study.nearest import nearest_partner
from consortia.study.priority_findings import priority_findings
from consortia.study.projects import Outturn, Project, Redundancy
from consortia.study.records import Record
from consortia.study.scenarios import scenario_findings
from consortia.study.split_findings import split_findings
from consortia.study.term_findings import shortfall_twice
from consortia.study.values import FALLING

HALF = 0.5
ESTIMATE_FAULTS = {
    "neither": msgid("An estimate needs either a value or a range."),
    "ends": msgid("A range needs low and high, and a PERT or triangular one mode too."),
    "order": FALLING,
    "sign": msgid("A lognormal has no value at or below zero: {given}."),
}
NAMES: dict[str, Value] = {
    "lines": ("budget lines", "llinellau cyllideb"),
    "partners": ("partners", "partneriaid"),
    "posts": ("posts", "swyddi"),
    "projects": ("projects", "prosiectau"),
}


def project_findings(definition: Definition, *, file: str = "study.yaml") -> tuple[Finding, ...]:
    """Every fault of lines, projects, registers and scenarios that can be seen without a return."""
    return (
        *in_titles(scenario_findings(definition, file=file), definition),
        *findings_without_scenarios(definition, file=file),
    )


def findings_without_scenarios(definition: Definition, *, file: str = "study.yaml") -> tuple[Finding, ...]:
    """Every fault of lines, projects and registers that can be seen without a return; errors block the appraisal."""
    found = (
        *_estimates(definition),
        *_twins(definition),
        *_strangers(definition),
        *_years(definition),
        *_target_beyond(definition),
        *_dependencies(definition),
        *_posts_twice(definition),
        *_leavers_unknown(definition),
        *_large_rates(definition),
        *split_findings(definition),
        *_too_late(definition),
        *_outturns(definition),
        *_scale(definition),
        *shortfall_twice(definition),
        *priority_findings(definition),
        *readiness_findings(definition),
    )
    return in_titles((_placed(one, file) for one in found), definition)


def _placed(finding: Finding, file: str) -> Finding:
    place = Place(file, cell=finding.place.cell if finding.place else "")
    return Finding(finding.code, finding.severity, finding.sentence, finding.remedy, place, finding.values)


def _fault(code: str, place: str, sentence: str, remedy: str, /, **values: Value) -> Finding:
    return Finding(code, Severity.ERROR, sentence, remedy, Place("", cell=place), tuple(values.items()))


def estimates_in(held: Any, place: str) -> Iterator[tuple[str, Estimate]]:
    """Every estimate inside a record, with its place in the document."""
    if isinstance(held, Estimate):
        yield place, held
    elif isinstance(held, Record):
        for name in type(held).model_fields:
            yield from estimates_in(getattr(held, name), f"{place}.{name}".lstrip("."))
    elif isinstance(held, dict):
        for name, one in held.items():
            yield from estimates_in(one, f"{place}.{name}")
    elif isinstance(held, tuple):
        for number, one in enumerate(held):
            yield from estimates_in(one, f"{place}.{getattr(one, 'key', number + 1)}")


def _estimates(definition: Definition) -> Iterator[Finding]:
    for what in ("lines", "projects"):
        for place, estimate in estimates_in(getattr(definition, what), what):
            if fault := estimate.fault:
                given = ", ".join(f"{part:g}" for part in estimate.given)
                remedy = msgid("Write a number, or low, mode and high in that order.")
                yield _fault(f"estimate-{fault}", place, ESTIMATE_FAULTS[fault], remedy, given=given)


def _twins(definition: Definition) -> Iterator[Finding]:
    """Keys that stand twice among the effects, costs, terms and funding of a project: places must be told apart."""
    for project in definition.projects:
        seen: set[str] = set()
        for what in ("effects", "costs", "terms", "funding"):
            for one in getattr(project, what):
                if one.key in seen:
                    yield _fault(
                        "project-twin", f"projects.{project.key}.{what}.{one.key}",
                        msgid("'{key}' stands twice in one project."), msgid("Give each its own key."), key=one.key,
                    )  # fmt: skip
                seen.add(one.key)


def _strangers(definition: Definition) -> Iterator[Finding]:
    """Names of lines, partners, posts and projects that the study does not have: effects out of its scope."""
    for place, name, known, what in _names(definition):
        if name and name not in known:
            yield _fault(
                "out-of-scope", place, msgid("'{name}' is not among the {what} of this study."),
                msgid("Correct the name, or add it to the study. The nearest there is: {near}."),
                name=name, what=NAMES[what], near=_nearest(name, known, definition),
            )  # fmt: skip


def _nearest(name: str, known: tuple[str, ...], definition: Definition) -> str:
    """The key most like the name; a partner is found by its name too, which is what people write."""
    if known == definition.codes:
        return nearest_partner(name, definition.partners)
    return next(iter(get_close_matches(name, known, 1, 0)), "\N{EN DASH}")


def _names(definition: Definition) -> Iterator[tuple[str, str, tuple[str, ...], str]]:
    keys = {what: tuple(one.key for one in getattr(definition, what)) for what in ("lines", "posts", "projects")} | {
        "partners": definition.codes
    }
    for what in ("lines", "posts", "buildings", "systems", "contracts"):
        for one in getattr(definition, what):
            yield f"{what}.{one.key}.partner", one.partner, keys["partners"], "partners"
            yield f"{what}.{one.key}.line", getattr(one, "line", ""), keys["lines"], "lines"
    for project in definition.projects:
        for place, name, what in _names_of(project):
            yield f"projects.{project.key}.{place}", name, keys[what], what


def _names_of(project: Project) -> Iterator[tuple[str, str, str]]:
    for what in ("depends_on", "excludes"):
        yield from ((what, key, "projects") for key in getattr(project, what))
    yield from (("split", code, "partners") for code in project.split)
    for what in ("effects", "costs", "terms", "funding"):
        for one in getattr(project, what):
            place = f"{what}.{one.key}"
            yield f"{place}.partner", one.partner, "partners"
            yield from ((f"{place}.lines", key, "lines") for key in getattr(one, "lines", ()))
            yield from ((f"{place}.split", code, "partners") for code in getattr(one, "split", ()))
            yield from ((f"{place}.posts", key, "posts") for key in getattr(one, "posts", ()))


def _years(definition: Definition) -> Iterator[Finding]:
    base = definition.year
    for place, year in _years_named(definition):
        if FinancialYear.parse(year) < base:
            yield _fault(
                "before-base-year", place, msgid("{year} lies before the base year {base}."),
                msgid("Name the base year or a later one, or choose an earlier base year."), year=year, base=str(base),
            )  # fmt: skip


def _target_beyond(definition: Definition) -> Iterator[Finding]:
    target, last = definition.savings_target, definition.year.plus(definition.horizon_years)
    if target and target.year and FinancialYear.parse(target.year) > last:
        yield _fault(
            "target-beyond-horizon", "savings_target.year",
            msgid("The year of the target, {year}, lies after {last}, the last year that is appraised."),
            msgid("Name an earlier year, or appraise more years (`horizon_years`)."), year=target.year, last=str(last),
        )  # fmt: skip


def _years_named(definition: Definition) -> Iterator[tuple[str, str]]:
    yield from ((f"funding_gap.{year}", year) for year in definition.funding_gap)
    target = definition.savings_target
    yield from (("savings_target.year", year) for year in (target.year if target else None,) if year)
    for project in definition.projects:
        place = f"projects.{project.key}"
        yield from ((f"{place}.start", year) for year in (project.start,) if year)
        for what in ("effects", "costs", "terms", "funding"):
            for one in getattr(project, what):
                yield from ((f"{place}.{what}.{one.key}.{name}", year) for name, year in _years_of(one))


def _years_of(record: Any) -> Iterator[tuple[str, str]]:
    for name in ("start", "until", "first", "ends", "extended_to", "year", "transfer"):
        if year := getattr(record, name, None):
            yield name, year
    for name in ("amounts", "target", "current", "price_of", "charge", "exempt_tax", "spread", "extended"):
        yield from ((f"{name}.{year}", year) for year in getattr(record, name, None) or {})


def _dependencies(definition: Definition) -> Iterator[Finding]:
    active = {one.key: one for one in definition.projects if one.active}
    rings = tuple(_cycles(definition))
    yield from rings
    for project in active.values():
        for other in (key for key in project.excludes if key in active):
            yield _fault(
                "projects-exclude", f"projects.{project.key}.excludes",
                msgid("'{one}' and '{other}' exclude each other."),
                msgid("Set `active: false` for one of them, or keep each in a scenario of its own."),
                one=project.key, other=other,
            )  # fmt: skip
        for other in (key for key in project.depends_on if key not in active):
            yield _fault(
                "dependency-missing", f"projects.{project.key}.depends_on",
                msgid("'{one}' depends on '{other}', which is not carried out."),
                msgid("Carry that out too, or leave this one out."), one=project.key, other=other,
            )  # fmt: skip
        # Among projects that wait for each other no order of starts can be right: the ring is the finding.
        for other in (key for key in project.depends_on if key in active and not rings):
            if definition.year <= started(project, definition) < started(active[other], definition):
                yield _fault(
                    "starts-too-early", f"projects.{project.key}.start",
                    msgid("'{one}' starts before '{other}', on which it depends."),
                    msgid("Start it in the same year or later."), one=project.key, other=other,
                )  # fmt: skip


def active_projects(definition: Definition) -> tuple[Project, ...]:
    """The projects that are carried out."""
    return tuple(one for one in definition.projects if one.active)


def started(project: Project, definition: Definition) -> FinancialYear:
    """First year of a project's effects: its own, or the year after the base year."""
    return FinancialYear.parse(project.start) if project.start else definition.year.plus(1)


def _cycles(definition: Definition) -> Iterator[Finding]:
    """One finding for each ring of projects that wait for each other."""
    waiting = {one.key: set(one.depends_on) for one in definition.projects}
    while True:
        try:
            TopologicalSorter(waiting).prepare()
            return
        except CycleError as error:
            ring = list(reversed(error.args[1]))
            yield _fault(
                "dependency-cycle", f"projects.{ring[0]}.depends_on",
                msgid("These projects wait for each other: {ring}."),
                msgid("Take one of the dependencies out."), ring=" \N{RIGHTWARDS ARROW} ".join(ring),
            )  # fmt: skip
            waiting[ring[0]].discard(ring[1])


def _posts_twice(definition: Definition) -> Iterator[Finding]:
    ended = [
        (key, f"projects.{project.key}.effects.{effect.key}.posts")
        for project in definition.projects
        for effect in project.effects
        if project.active and isinstance(effect, PostsEffect)
        for key in effect.posts
    ]
    seen: dict[str, str] = {}
    for key, place in ended:
        project = place.split(".")[1]
        if key in seen:
            remedy = msgid("Name it once.") if seen[key] == project else msgid("Name it in one project.")
            yield _fault("post-ends-twice", place, msgid("The post '{post}' would be saved twice."), remedy, post=key)
        seen.setdefault(key, project)


def _leavers_unknown(definition: Definition) -> Iterator[Finding]:
    """Holders of posts whose redundancy pay nobody could work out: an age that is not known is not nought."""
    posts = {post.key: post for post in definition.posts}
    for project in active_projects(definition):
        for cost in (one for one in project.costs if isinstance(one, Redundancy)):
            for post in (posts[key] for key in cost.posts if key in posts and not posts[key].vacant):
                if post.age is None or post.service_years is None:
                    yield _fault(
                        "leaver-unknown",
                        f"projects.{project.key}.costs.{cost.key}.posts",
                        msgid("The age or the years of service of the holder of '{post}' are not known."),
                        msgid("Give both in the register of posts, or describe the person under people."),
                        post=post.key,
                    )


def _large_rates(definition: Definition) -> Iterator[Finding]:
    for project in active_projects(definition):
        for effect in project.effects:
            if not isinstance(effect, RateEffect | ProcurementEffect) or effect.rate.fault:
                continue
            rate = highest(effect.rate)
            place = f"projects.{project.key}.effects.{effect.key}.rate"
            if rate > HALF and not effect.reason:
                yield _fault(
                    "more-than-half", place,
                    msgid("{rate} of a line would go, more than half of it, and no reason is given."),
                    msgid("Give the reason in `reason`, or lower the rate."), rate=f"{rate:.0%}",
                )  # fmt: skip


def _too_late(definition: Definition) -> Iterator[Finding]:
    last = definition.year.plus(definition.horizon_years)
    for project in active_projects(definition):
        if project.effects and started(project, definition) > last:
            yield Finding(
                "after-the-horizon",
                Severity.WARNING,
                "'{project}' starts after {last}, the last year that is appraised: nothing of it is seen.",
                "Appraise more years (`horizon_years`), or start it earlier.",
                Place("", cell=f"projects.{project.key}.start"),
                (("project", project.key), ("last", str(last))),
            )


def _outturns(definition: Definition) -> Iterator[Finding]:
    """Outturns of years that are not appraised, and of parts that a project with several such parts does not have."""
    last = definition.year.plus(definition.horizon_years)
    for project in active_projects(definition):
        for number, one in enumerate(project.outturns, start=1):
            place = Place("", cell=f"projects.{project.key}.outturns[{number}]")
            if not definition.year <= FinancialYear.parse(one.year) <= last:
                yield Finding(
                    "outturn-outside-the-years",
                    Severity.WARNING,
                    "This outturn is of {year}, which is none of the years appraised, {first} to {last}.",
                    "Correct the year, or appraise more years (`horizon_years`).",
                    place,
                    (("year", one.year), ("first", definition.base_year), ("last", str(last))),
                )
            if near := _meant(one, project):
                yield Finding(
                    "outturn-of-nothing",
                    Severity.WARNING,
                    "'{item}' is no part of this project, so that its outturn is held against nothing.",
                    "Did you mean '{near}'?",
                    place,
                    (("item", one.item), ("near", near)),
                )


def _meant(outturn: Outturn, project: Project) -> str:
    """The part of the project that a misspelt item must mean; a part in words of its own is left as it is."""
    parts = [one.key for what in ("effects", "costs", "terms", "funding") for one in getattr(project, what)]
    if not outturn.item or outturn.title or " " in outturn.item or outturn.item in parts:
        return ""
    return next(iter(get_close_matches(outturn.item, parts, 1, 0)), "")


def highest(estimate: Estimate) -> float:
    """The highest value that an estimate names; 0 where it names none."""
    return max(estimate.given, default=0.0)


def _scale(definition: Definition) -> Iterator[Finding]:
    for project in active_projects(definition):
        least = project.minimum_scale
        if least and least.volume < least.needed:
            yield Finding(
                "below-minimum-scale",
                Severity.WARNING,
                "'{project}' has {volume} {unit} and needs {needed} to be worth beginning.",
                "Add partners, or say why it is worth it at this size.",
                Place("", cell=f"projects.{project.key}.minimum_scale"),
                (
                    ("project", project.key),
                    ("volume", f"{least.volume:,.12g}"),
                    ("unit", (least.unit.en, least.unit.in_language("cy"))),
                    ("needed", f"{least.needed:,.12g}"),
                ),
            )
