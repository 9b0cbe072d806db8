"""What the recorded outturns of a study's projects teach about delivery, and how its ranges have held.

A project with a plan and an outturn is one observation of its class (service and maturity), all its years together. One
of whose first year nothing came has slipped, as the appraisal prices a slip: what it delivers is held against what was
due a year earlier. A project's own outturn is never used to forecast the project itself.
"""

from __future__ import annotations

from collections.abc import Iterable

from consortia.appraisal.calibration import Coverage, Forecast, coverage, range_of
from consortia.appraisal.learning import DeliveryClass, Learned, Outturn, learn, reference_class, updated
from consortia.reference.delivery_classes import maturity_class, service_offset
from consortia.reference.taxonomy import service
from consortia.report.tables import Column, Table
from consortia.report.words import Cell, Message, Quantity, msgid, say
from consortia.study import Definition, Text
from consortia.study.project_findings import active_projects
from consortia.study.projects import Project

AS_STATED = "as_stated"
ANY_SERVICE = Text(en="any service", cy="unrhyw wasanaeth")


def delivery_class(project: Project, definition: Definition) -> DeliveryClass:
    """How a project delivers: its reference class, taught by the outturns of the other projects of that class."""
    others = (one for one in definition.projects if one.key != project.key and _class_of(one) == _class_of(project))
    return updated(_prior(project), outturns_of(others))


def outturns_of(projects: Iterable[Project]) -> tuple[Outturn, ...]:
    """One outturn for each project that states what it planned and delivered; what has no plan above zero is left out.

    Less than nothing delivered counts as nothing: the extra cost is no delivery.
    """
    seen = (_seen(one) for one in projects if one.maturity != AS_STATED)
    return tuple(one for one in seen if one is not None)


def _seen(project: Project) -> Outturn | None:
    """What its years on record come to, from the first in which something was due."""
    years = list(by_year(project).values())
    while years and years[0][0] <= 0:
        years = years[1:]
    delivered = max(sum(came for _, came in years), 0.0)
    slipped = bool(years) and years[0][1] <= 0 < delivered
    due = years[:-1] if slipped and sum(planned for planned, _ in years[:-1]) > 0 else years
    planned = sum(each for each, _ in due)
    if not planned > 0:
        return None
    kind = project.service, project.maturity
    return Outturn(project.key, *kind, planned, delivered, years=len(years), slipped=slipped)


def by_year(project: Project) -> dict[str, tuple[float, float]]:
    """Planned and delivered of each year of which both are known, in the order of the years; cash."""
    found: dict[str, tuple[float, float]] = {}
    for one in project.outturns:
        if one.planned is not None and one.delivered is not None:
            planned, delivered = found.get(one.year, (0.0, 0.0))
            found[one.year] = planned + float(one.planned), delivered + float(one.delivered)
    return {year: found[year] for year in sorted(found)}


def learned(definition: Definition) -> tuple[Learned, ...]:
    """Every class that an outturn of the study has taught, before and after."""
    outturns = outturns_of(active_projects(definition))
    priors = {_class_of(one): _prior(one) for one in active_projects(definition) if one.maturity != AS_STATED}
    return tuple(one for one in learn(outturns, priors) if one.outturns)


def held(definition: Definition) -> Coverage | None:
    """How often the outturns fell inside the ranges of their classes before they taught them; None without any."""
    forecasts, actual = [], {}
    for one in learned(definition):
        low, high = range_of(one.prior)
        for outturn in one.outturns:
            forecasts.append(Forecast(outturn.initiative, low, high))
            actual[outturn.initiative] = outturn.ratio
    return coverage(forecasts, actual) if forecasts else None


def learned_table(definition: Definition) -> Table:
    """Each class before and after the outturns of the study."""
    columns = (
        Column("service", msgid("Service")),
        Column("maturity", msgid("Maturity of the plan")),
        Column("outturns", msgid("Outturns"), "number"),
        Column("late", msgid("Of which a year late"), "number"),
        Column("nothing", msgid("Of which nothing came"), "number"),
        Column("median_before", msgid("Median before"), "percent"),
        Column("range_before", msgid("P10 to P90 before")),
        Column("median_after", msgid("Median after"), "percent"),
        Column("range_after", msgid("P10 to P90 after")),
        Column("slip_before", msgid("Chance of a year's slip before"), "chance"),
        Column("slip_after", msgid("Chance of a year's slip after"), "chance"),
        Column("nothing_after", msgid("Chance that nothing ever comes, after"), "chance"),
    )
    return Table(
        "learned",
        msgid("What outturns teach about delivery"),
        msgid(
            "Delivered over planned, before and after the outturns of this study; the reference class weighs as much "
            "as four projects. A project is appraised with what the others teach."
        ),
        columns,
        tuple(_row(one) for one in learned(definition)),
        notes=_notes(definition),
    )


def _row(one: Learned) -> tuple[Cell, ...]:
    return (
        _service(one.service), _maturity(one.maturity), len(one.outturns), one.late, one.nothing,
        one.prior.median, _range(one.prior), one.posterior.median, _range(one.posterior),
        one.prior.slip_probability, one.posterior.slip_probability, one.posterior.nothing,
    )  # fmt: skip


def _range(known: DeliveryClass) -> Message:
    low, high = range_of(known)
    return say(msgid("{low} to {high}"), low=Quantity(low, "percent"), high=Quantity(high, "percent"))


def _notes(definition: Definition) -> tuple[Message, ...]:
    found = held(definition)
    if found is None:
        return ()
    meaning = say(
        msgid(
            "Late: nothing came in the first year that it was due, and it is appraised a year later. Nothing: nothing "
            "came in two years or more, and it is appraised as never coming; the reference class has no chance of that."
        )
    )
    ends = {name: Quantity(getattr(found, name), "percent") for name in ("promised", "low", "high")}
    return meaning, say(found.sentence, inside=found.inside, cases=found.cases, **ends)


def _class_of(project: Project) -> tuple[str, str]:
    return project.service, project.maturity


def _prior(project: Project) -> DeliveryClass:
    offset = service_offset(project.service) if project.service else 0.0
    return reference_class(maturity_class(project.maturity), offset=offset)


def _service(code: str) -> Text:
    return Text(en=service(code).name, cy=service(code).name_cy) if code else ANY_SERVICE


def _maturity(code: str) -> Text:
    found = maturity_class(code)
    return Text(en=found.name, cy=found.name_cy)
