"""What is followed beside the appraisal, as tables: estimates over time, aims, risks, who was asked, parked scope."""

from __future__ import annotations

from collections.abc import Callable

from consortia.report.tables import NOMINAL, Column, Table
from consortia.report.words import Absent, Cell, Kind, Words, msgid, say
from consortia.run.continuum_tables import AIMS
from consortia.run.programme.appraised import Appraised
from consortia.study import Definition
from consortia.study.project_findings import active_projects
from consortia.study.projects import Project

CONDITIONS = {
    "scale": msgid("Sufficient scale"),
    "not_yet_exploited": msgid("Not exploited already"),
    "place_on_the_spectrum": msgid("Place on the spectrum of working together"),
    "other": msgid("Another condition"),
}
MET = {"yes": msgid("Yes"), "no": msgid("No"), "not_known": Absent.NOT_KNOWN}
NONE = Absent.NOT_APPLICABLE
Row = tuple[Cell, ...]


def tracking_tables(found: Appraised) -> tuple[Table, ...]:
    """The tables that the study has entries for."""
    definition = found.definition
    tables = (
        _aims(found), _forecasts(definition), _mitigations(definition), _engagement(definition),
        _conditions(definition), _opportunities(definition), _advice(definition),
    )  # fmt: skip
    return tuple(table for table in tables if table.rows)


def change_between(original: float, latest: float) -> float | None:
    """By what part the latest is more than the original; None where the original is nought."""
    return latest / original - 1 if original else None


def delivered_of(project: Project) -> float | None:
    """What was delivered so far, cash pounds: of the whole project where it is stated so, else of its parts.

    None where nothing is known to have been delivered.
    """
    whole = [one for one in project.outturns if not one.item] or project.outturns
    known = [float(one.delivered) for one in whole if one.delivered is not None]
    return sum(known) if known else None


def _aims(found: Appraised) -> Table:
    """Projects by the aims that they serve, with their parts of the net present value."""
    projects = active_projects(found.definition)
    part = dict(zip(found.appraisal.projects, found.appraisal.by_project[0].tolist(), strict=True))
    named = [(words, [one for one in projects if aim in one.aims]) for aim, words in AIMS.items()]
    rows = [(words, tuple(one.title for one in held) or NONE, sum(part[one.key] for one in held))
            for words, held in named]  # fmt: skip
    if without := [one for one in projects if not one.aims]:
        rows.append((msgid("No aim is stated"), tuple(one.title for one in without), sum(part[o.key] for o in without)))
    return Table(
        "aims",
        msgid("Which aims the projects serve"),
        msgid(
            "Each project under every aim that it is tagged with; one that serves two stands, and counts, under both."
        ),
        (
            Column("aim", msgid("Aim")),
            Column("projects", msgid("Projects")),
            Column("worth", msgid("Part of the net present value"), "money"),
        ),
        tuple(rows) if any(one.aims for one in projects) else (),
        period=_years(found.definition),
        price_base=found.definition.base_year,
    )


def _forecasts(definition: Definition) -> Table:
    return Table(
        "forecasts",
        msgid("What was expected at first, what is expected now, and what came"),
        msgid("Savings of all years of each project together, cash as its papers state it."),
        (
            Column("project", msgid("Project")),
            Column("years", msgid("Years"), "number"),
            Column("first", msgid("Stated first"), "year"),
            Column("original", msgid("Original estimate"), "money"),
            Column("last", msgid("Stated last"), "year"),
            Column("latest", msgid("Latest estimate"), "money"),
            Column("change", msgid("Latest against original"), "money"),
            Column("part", msgid("As a part of the original"), "percent"),
            Column("delivered", msgid("Delivered so far"), "money"),
            Column("of_latest", msgid("Of the latest estimate"), "percent"),
        ),
        tuple(_forecast(one) for one in active_projects(definition) if one.forecasts),
        period=_years(definition),
        price_base=NOMINAL,
    )


def _forecast(project: Project) -> Row:
    first, last = project.forecasts[0], project.forecasts[-1]
    original, latest, came = float(first.total), float(last.total), delivered_of(project)
    of_latest = None if came is None else came / latest if latest else NONE
    return (
        project.title, last.years, first.year, original, last.year, latest, latest - original,
        change_between(original, latest), came, of_latest,
    )  # fmt: skip


def _mitigations(definition: Definition) -> Table:
    return _listed(
        definition,
        "mitigations",
        (
            msgid("Risks, what is done about them, and what came of it"),
            msgid("As the study states them, project by project; what is at stake is not taken off any figure."),
        ),
        {
            "risk": (msgid("Risk"), "text"), "action": (msgid("What is done"), "text"),
            "owner": (msgid("Owner"), "text"), "due": (msgid("Due"), "text"),
            "at_stake": (msgid("At stake"), "money"), "saved": (msgid("Saved by it"), "money"),
            "effect": (msgid("What came of it"), "text"),
        },
        lambda one: [
            (
                each.risk, each.action, each.owner, each.due or NONE, _known(each.at_stake), _known(each.saved),
                each.effect,
            )
            for each in one.mitigations
        ],
    )  # fmt: skip


def _engagement(definition: Definition) -> Table:
    return _listed(
        definition,
        "engagement",
        (msgid("Who was asked, and what that changed"), msgid("As the study states it, project by project.")),
        {
            "who": (msgid("Who"), "text"), "how": (msgid("How"), "text"), "on": (msgid("When"), "text"),
            "people": (msgid("How many"), "number"), "changed": (msgid("What it changed"), "text"),
        },
        lambda one: [
            (each.who, each.how, each.on or NONE, each.people, each.changed or NONE) for each in one.engagement
        ],
    )  # fmt: skip


def _conditions(definition: Definition) -> Table:
    return _listed(
        definition,
        "conditions",
        (
            msgid("On what it hangs whether others can do the same"),
            msgid("What a saving elsewhere rested on, and whether these partners have it."),
        ),
        {
            "condition": (msgid("Condition"), "text"), "met": (msgid("Is it met?"), "text"),
            "reason": (msgid("Reason"), "text"),
        },
        lambda one: [(CONDITIONS[each.condition], MET[each.met], each.reason) for each in one.conditions],
    )  # fmt: skip


def _opportunities(definition: Definition) -> Table:
    rows = tuple(
        (one.title, one.parked, one.why, one.look_again or Absent.NOT_KNOWN, one.came_of or msgid("Still parked"))
        for one in definition.opportunities
    )
    return Table(
        "opportunities",
        msgid("Scope that was parked"),
        msgid("What came up and was not taken in, so that it is neither lost nor creeps in; none of it is counted."),
        (
            Column("title", msgid("Opportunity")),
            Column("parked", msgid("Parked on")),
            Column("why", msgid("Why")),
            Column("look_again", msgid("Looked at again on")),
            Column("came_of", msgid("What was decided")),
        ),
        rows,
    )


def _advice(definition: Definition) -> Table:
    rows: tuple[Row, ...] = tuple(
        (
            one.title, float(one.found), one.bodies, float(one.found) / one.bodies, _known(one.cost),
            float(one.found / one.cost) if one.cost else NONE if one.cost is not None else Absent.NOT_KNOWN,
        )
        for one in definition.advice
    )  # fmt: skip
    return Table(
        "advice",
        msgid("What advice found"),
        msgid(
            "Savings that a programme of advice found, for each body that it worked with and each pound that it cost."
        ),
        (
            Column("title", msgid("Programme")),
            Column("found", msgid("Found"), "money"),
            Column("bodies", msgid("Bodies"), "number"),
            Column("each", msgid("For each body"), "money"),
            Column("cost", msgid("Cost of the advice"), "money"),
            Column("per_pound", msgid("For each pound of cost"), "number"),
        ),
        rows,
        notes=(msgid("Found is not delivered: hold what each body did with it against its own account."),),
        period=_years(definition),
        price_base=NOMINAL,
    )


def _listed(
    definition: Definition,
    key: str,
    said: tuple[Words, Words],
    columns: dict[str, tuple[Words, Kind]],
    rows: Callable[[Project], list[Row]],
) -> Table:
    """A table of what every project states of one sort; money is cash as stated."""
    found = [(one.title, *row) for one in active_projects(definition) for row in rows(one)]
    own = tuple(Column(name, title, kind) for name, (title, kind) in columns.items())
    return Table(
        key,
        *said,
        (Column("project", msgid("Project")), *own),
        tuple(found),
        period=_years(definition),
        price_base=NOMINAL,
    )


def _known(amount: object) -> Cell:
    return Absent.NOT_KNOWN if amount is None else float(str(amount))


def _years(definition: Definition) -> Words:
    last = definition.year.plus(definition.horizon_years)
    return say(msgid("{first} to {last}"), first=definition.base_year, last=str(last))
