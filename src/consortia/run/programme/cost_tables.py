"""What the projects cost, item by item: once or every year, who pays, in which year, and of what kind."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from consortia.appraisal.arrays import FloatArray
from consortia.appraisal.measures import npv
from consortia.appraisal.streams import COST_KINDS, Settlement, Stream
from consortia.report.tables import Column, Table
from consortia.report.words import Cell, Words, msgid
from consortia.run.programme.appraised import Appraised
from consortia.run.programme.naming import project_title
from consortia.run.programme.part_words import KIND_NAMES, parts_of, words_of_part
from consortia.run.programme.tables import ALL_YEARS, KIND_WORDS, clean, period_of
from consortia.study.project_findings import active_projects
from consortia.study.projects import Redundancy

SHARING_WORDS: dict[str, Words] = {
    "set-up": msgid("Setting up a shared service"),
    "coordination": msgid("Working together"),
}
TOTAL_WORDS: dict[str, Words] = {
    "one_off_cost": msgid("All one-off costs"),
    "running_cost": msgid("All running costs"),
}
SLIGHT = 0.005
LEAVERS_IN_CASH = msgid(
    "Redundancy pay and pension strain are stated in cash of their year, and stand here in prices of the base year."
)


@dataclass(frozen=True, eq=False)
class CostItem:
    """One cost to one partner: `key` is the place of its part in the document; real pounds by year, central case."""

    key: str
    project: str
    what: Words
    sort: Words
    """What kind of cost it is: redundancy, ICT."""
    partner: str
    kind: str
    """Once or every year: `one_off_cost` or `running_cost`."""
    streams: tuple[str, ...]
    flow: FloatArray


def cost_items(found: Appraised) -> tuple[CostItem, ...]:
    """Every cost that comes to half a penny or more, in the order of the document."""
    together: dict[tuple[str, str, str], CostItem] = {}
    for stream, flow in zip(found.central.streams, found.central.flows, strict=True):
        if stream.kind not in COST_KINDS:
            continue
        part, what, sort = _named(stream, found)
        place = (part, stream.partner, stream.kind)
        known = together.get(place)
        streams = (*(known.streams if known else ()), stream.key)
        whole = flow + known.flow if known else flow
        together[place] = CostItem(part, stream.project, what, sort, stream.partner, stream.kind, streams, whole)
    return tuple(one for one in together.values() if np.abs(one.flow).max() >= SLIGHT)


def part_of(stream: Stream | Settlement, found: Appraised) -> tuple[str, object] | None:
    """The list of the document and the part of a project that a stream comes from; None for the sharing of services."""
    for project in found.definition.projects:
        if project.key == stream.project:
            key = stream.key.removeprefix(f"{project.key}.").split(".")[0]
            return next(((name, part) for name, part in parts_of(project) if part.key == key), None)
    return None


def _named(stream: Stream | Settlement, found: Appraised) -> tuple[str, Words, Words]:
    """Where a cost stands in the document, what it is called, and its kind."""
    part = part_of(stream, found)
    if part is None:
        what = "set-up" if stream.kind == "one_off_cost" else "coordination"
        words = SHARING_WORDS[what]
        return f"{stream.project}|{what}", words, words
    name, held = part
    project = next(one for one in found.definition.projects if one.key == stream.project)
    place = f"projects.{project.key}.{name}.{getattr(held, 'key', '')}"
    if stream.key.split(".")[2:3] == ["strain"]:
        return f"{place}.strain", KIND_NAMES["pension_strain"], KIND_NAMES["pension_strain"]
    return place, words_of_part(project, held), KIND_NAMES.get(getattr(held, "kind", ""), KIND_NAMES["other"])


def cost_tables(found: Appraised) -> tuple[Table, ...]:
    """The costs by item with their years, and by kind."""
    items = cost_items(found)
    return (item_table(found, items), kind_of_cost_table(found, items)) if items else ()


def item_table(found: Appraised, items: tuple[CostItem, ...]) -> Table:
    """Each cost to each partner by year, central case, not discounted; one-off and running costs apart."""
    rows: list[tuple[Cell, ...]] = [
        (
            project_title(one.project, found.definition), one.what, found.definition.partner(one.partner).name,
            KIND_WORDS[one.kind], float(one.flow.sum()), *map(float, one.flow),
        )
        for one in items
    ]  # fmt: skip
    for kind, words in TOTAL_WORDS.items():
        flows = [one.flow for one in items if one.kind == kind]
        if flows:
            whole = np.sum(flows, axis=0)
            rows.append((words, "", "", KIND_WORDS[kind], float(whole.sum()), *map(float, whole)))
    years = (Column(f"y{year}", year, "money") for year in found.compiled.frame.years)
    return Table(
        "costs",
        msgid("Costs by item, partner and year"),
        msgid("What each item costs whom and when, central case, not discounted; one-off and running costs apart."),
        (
            Column("project", msgid("Project")),
            Column("item", msgid("Cost")),
            Column("partner", msgid("Partner")),
            Column("kind", msgid("Kind")),
            Column("total", ALL_YEARS, "money"),
            *years,
        ),
        tuple(rows),
        notes=(LEAVERS_IN_CASH,) if _pays_leavers(found) else (),
        period=period_of(found),
        price_base=found.definition.base_year,
    )


def _pays_leavers(found: Appraised) -> bool:
    projects = active_projects(found.definition)
    return any(isinstance(cost, Redundancy) for project in projects for cost in project.costs)


def kind_of_cost_table(found: Appraised, items: tuple[CostItem, ...]) -> Table:
    """Each kind of cost over all years and partners, once and every year, with its present value."""
    factors = found.compiled.programme.factors
    rows: list[tuple[Cell, ...]] = []
    for sort in dict.fromkeys(one.sort for one in items):
        chosen = [one for one in items if one.sort == sort]
        rows.append((sort, *_sums(chosen), npv(np.sum([one.flow for one in chosen], axis=0), factors)))
    rows.append((msgid("All costs"), *_sums(items), npv(np.sum([one.flow for one in items], axis=0), factors)))
    return Table(
        "costs_by_kind",
        msgid("Costs by kind"),
        msgid("All partners and years, central case; the last column is discounted to the base year."),
        (
            Column("kind", msgid("Kind of cost")),
            Column("one_off", msgid("Once"), "money"),
            Column("running", msgid("Every year, all years together"), "money"),
            Column("present", msgid("Present value"), "money"),
        ),
        tuple(rows),
        period=period_of(found),
        price_base=found.definition.base_year,
    )


def _sums(items: list[CostItem] | tuple[CostItem, ...]) -> tuple[float, float]:
    once = clean(float(sum(one.flow.sum() for one in items if one.kind == "one_off_cost")))
    return once, clean(float(sum(one.flow.sum() for one in items if one.kind == "running_cost")))
