"""A partner's costs as tables: overheads side by side, activities with idle capacity, teams, traces, what stops."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from consortia.costing import ActivityCosts, Allocation, Avoidable, NotAllocated, TeamCost, stranded_on
from consortia.costing.activities import UNUSED
from consortia.costing.traces import what_makes_up, where_it_went
from consortia.errors import StudyError, suggest
from consortia.money import float_pounds
from consortia.report.tables import NOMINAL, Column, Table
from consortia.report.words import Absent, Cell, Quantity, Words, msgid, say
from consortia.run.activity_costs import PartnerCosts, capacity_of
from consortia.study import Text
from consortia.study.activities import TeamTime

METHODS = {"direct": msgid("Direct"), "step_down": msgid("Step-down"), "reciprocal": msgid("Reciprocal")}
UNUSED_WORDS = msgid("Unused capacity")
TOTAL = msgid("Total")
NAMED = ("departments", "pools", "activities", "cost_objects", "teams")


def cost_tables(costs: PartnerCosts) -> tuple[Table, ...]:
    """Every table that the document allows, in reading order."""
    tables = []
    if costs.methods:
        tables += [overhead_table(costs), passed_on_table(costs)]
    if costs.activities:
        tables += [activity_table(costs.activities, costs), cost_object_table(costs.activities, costs)]
    tables += [team_table(team, cost, costs) for team, cost in zip(costs.document.teams, costs.teams, strict=True)]
    tables += [
        sharing_table(one.department, split, costs)
        for one, split in zip(costs.document.when_shared, costs.shared, strict=True)
    ]
    return tuple(tables)


def overhead_table(costs: PartnerCosts) -> Table:
    """The full cost of each operating department by the three methods, pounds."""
    own = {one.code: float(one.cost) for one in costs.document.departments if not any(one.serves.values())}
    answers = [one.full_costs if isinstance(one, Allocation) else None for one in costs.methods]
    rows: list[tuple[Cell, ...]] = [
        (_name(code, costs), cost, *(_pounds(answer[code]) if answer else Absent.NOT_APPLICABLE for answer in answers))
        for code, cost in own.items()
    ]
    sums = (_pounds(sum(answer.values())) if answer else Absent.NOT_APPLICABLE for answer in answers)
    rows.append((TOTAL, sum(own.values()), *sums))
    columns = (Column("department", msgid("Department")), Column("own", msgid("Own cost"), "money"), *_methods(costs))
    caption = msgid("What each department costs with its part of the support departments, by three methods.")
    return _table(
        "overheads", msgid("Overheads, three methods side by side"), caption, columns, rows, costs, _notes(costs)
    )


def passed_on_table(costs: PartnerCosts) -> Table:
    """What each support department passes on: its own cost and what it received from other support departments."""
    own = {one.code: float(one.cost) for one in costs.document.departments if any(one.serves.values())}
    answers = [dict(one.passed_on) if isinstance(one, Allocation) else None for one in costs.methods]
    rows = [
        (_name(code, costs), cost, *(_pounds(answer[code]) if answer else Absent.NOT_APPLICABLE for answer in answers))
        for code, cost in own.items()
    ]
    columns = (
        Column("department", msgid("Support department")),
        Column("own", msgid("Own cost"), "money"),
        *_methods(costs),
    )
    caption = msgid("Own cost and what came from other support departments: parts of it are passed on more than once.")
    return _table("passed_on", msgid("What support departments pass on"), caption, columns, rows, costs)


def activity_table(found: ActivityCosts, costs: PartnerCosts) -> Table:
    """Each activity with its cost, capacity, use, rate and idle capacity."""
    drivers = {one.code: one.driver for one in costs.document.activities}
    rows = [
        (
            _name(row["activity"], costs), drivers[row["activity"]], _pounds(row["amount_pence"]),
            Absent.NOT_KNOWN if row["capacity"] is None else row["capacity"], row["used"],
            Absent.NOT_APPLICABLE if row["rate"] is None else row["rate"], _pounds(row["unused_pence"]),
        )
        for row in found.rates.iter_rows(named=True)
    ]  # fmt: skip
    columns = (
        Column("activity", msgid("Activity")),
        Column("driver", msgid("Counted in")),
        Column("cost", msgid("Cost"), "money"),
        Column("capacity", msgid("Capacity"), "number"),
        Column("used", msgid("Used"), "number"),
        Column("rate", msgid("Cost of each"), "unit_cost"),
        Column("unused", UNUSED_WORDS, "money"),
    )
    caption = msgid("What people do, what one of it costs, and what was paid for but not used.")
    return _table("activities", msgid("Activities"), caption, columns, rows, costs)


def cost_object_table(found: ActivityCosts, costs: PartnerCosts) -> Table:
    """Each cost object, then unused capacity on a line of its own, then the total."""
    codes = [*(one.code for one in costs.document.cost_objects), UNUSED]
    rows: list[tuple[Cell, ...]] = [(_name(code, costs), _pounds(found.cost_of(code))) for code in codes]
    rows.append((TOTAL, _pounds(int(found.flows["amount_pence"].sum()))))
    columns = (Column("cost_object", msgid("Cost object")), Column("cost", msgid("Cost"), "money"))
    caption = msgid("What each service costs by what it uses; unused capacity is charged to none of them.")
    return _table("cost_objects", msgid("Costs by what is used"), caption, columns, rows, costs)


def team_table(team: TeamTime, cost: TeamCost, costs: PartnerCosts) -> Table:
    """A team's minutes and cost by task, unused capacity on a line of its own."""
    names: dict[str, Text | str] = {UNUSED: UNUSED_WORDS, **{one.code: one.name for one in team.tasks}}
    rows: list[tuple[Cell, ...]] = [
        (
            names[row["task"]], *(_or_none(row[name]) for name in ("cases", "minutes_each")), row["minutes"],
            _or_none(row["cost_each"]), _pounds(row["amount_pence"]),
        )
        for row in cost.lines.iter_rows(named=True)
    ]  # fmt: skip
    dash = Absent.NOT_APPLICABLE
    rows.append((TOTAL, dash, dash, capacity_of(team), dash, _pounds(int(cost.lines["amount_pence"].sum()))))
    columns = (
        Column("task", msgid("Task")),
        Column("cases", msgid("Cases"), "number"),
        Column("minutes_each", msgid("Minutes each"), "number"),
        Column("minutes", msgid("Minutes"), "number"),
        Column("cost_each", msgid("Cost of each"), "unit_cost"),
        Column("cost", msgid("Cost"), "money"),
    )
    title = say(msgid("Time of the team: {team}"), team=team.name)
    caption = msgid("Minutes at the cost of a practical minute. Below zero the team does more than its capacity.")
    return _table(f"team_{team.code}", title, caption, columns, rows, costs)


def sharing_table(department: str, split: Avoidable, costs: PartnerCosts) -> Table:
    """What stops when a department's work is shared, what is stranded and what stays, pounds."""
    rows: list[tuple[Cell, ...]] = [
        (
            _name(row["source"], costs), row["share"],
            *(_pounds(row[f"{part}_pence"]) for part in ("amount", "avoidable", "stranded", "retained")), row["reason"],
        )
        for row in split.lines.iter_rows(named=True)
    ]  # fmt: skip
    sums = (split.full_pence, split.avoidable_pence, split.stranded_pence, split.retained_pence)
    rows.append((TOTAL, Absent.NOT_APPLICABLE, *(_pounds(pence) for pence in sums), ""))
    columns = (
        Column("source", msgid("Cost from")),
        Column("share", msgid("Part that stops"), "percent"),
        Column("amount", msgid("Cost"), "money"),
        Column("avoidable", msgid("Stops"), "money"),
        Column("stranded", msgid("Stranded"), "money"),
        Column("retained", msgid("Stays"), "money"),
        Column("reason", msgid("What stops")),
    )
    title = say(msgid("If this is shared: {department}"), department=_name(department, costs))
    caption = msgid("Only what somebody says will stop is saved. Stranded overhead stays and falls on other services.")
    return _table(
        f"sharing_{department}", title, caption, columns, rows, costs, _stranded_notes(department, split, costs)
    )


def _stranded_notes(department: str, split: Avoidable, costs: PartnerCosts) -> tuple[Words, ...]:
    """What the stranded overhead adds to each operating department that stays, by its own cost."""
    staying = {
        one.code: float(one.cost)
        for one in costs.document.departments
        if one.code != department and one.cost > 0 and not any(one.serves.values())
    }
    if not staying or not split.stranded_pence:
        return ()
    sentence = msgid("By own cost, the stranded overhead would add {amount} to {department}.")
    added = stranded_on(split.stranded_pence, staying)
    return tuple(
        say(sentence, amount=Quantity(_pounds(pence), "money"), department=_name(code, costs))
        for code, pence in added.items()
    )


def trace_table(code: str, costs: PartnerCosts) -> Table:
    """Opens one code: what makes up the cost of a department or cost object, or where a pool's money went.

    Raises StudyError with the nearest codes when nothing answers to it.
    """
    for flows, column, by in _flows(costs):
        if code in set(flows[column]):
            inward = column in ("department", "cost_object")
            parts = (
                what_makes_up(flows, target=code, of=column, by=by)
                if inward
                else where_it_went(flows, source=code, of=column, by=by)
            )
            return _trace(code, parts, costs, inward=inward)
    known = sorted({code for flows, column, _ in _flows(costs) for code in flows[column]})
    raise StudyError(f"'{code}' has no cost to trace.", remedy=suggest(code, known) or f"Known: {', '.join(known)}.")


def _flows(costs: PartnerCosts) -> Iterable[tuple[pl.DataFrame, str, Sequence[str]]]:
    """The flows that can be opened, with the column that names what is opened and the columns to show."""
    if costs.chosen:
        yield costs.chosen.traces, "department", ("source",)
        yield costs.chosen.traces, "source", ("department",)
    if costs.activities:
        yield costs.activities.flows, "cost_object", ("activity", "resource")
        yield costs.activities.flows, "resource", ("activity", "cost_object")
        yield costs.activities.flows, "activity", ("resource", "cost_object")


def _trace(code: str, parts: pl.DataFrame, costs: PartnerCosts, *, inward: bool) -> Table:
    titles = {
        "source": msgid("Cost from"),
        "department": msgid("Department"),
        "activity": msgid("Activity"),
        "resource": msgid("Cost pool"),
        "cost_object": msgid("Cost object"),
    }
    names = [name for name in parts.columns if name != "amount_pence"]
    rows: list[tuple[Cell, ...]] = [
        (*(_name(row[name], costs) for name in names), _pounds(row["amount_pence"]))
        for row in parts.iter_rows(named=True)
    ]
    rows.append((TOTAL, *("" for _ in names[1:]), _pounds(int(parts["amount_pence"].sum()))))
    columns = (*(Column(name, titles[name]) for name in names), Column("cost", msgid("Cost"), "money"))
    sentence = msgid("What makes up this cost: {name}") if inward else msgid("Where this money went: {name}")
    caption = msgid("Every pound once; the parts add up.")
    return _table(f"trace_{code}", say(sentence, name=_name(code, costs)), caption, columns, rows, costs)


def _methods(costs: PartnerCosts) -> tuple[Column, ...]:
    return tuple(Column(one.method, METHODS[one.method], "money") for one in costs.methods)


def _notes(costs: PartnerCosts) -> tuple[Words, ...]:
    notes: list[Words] = []
    for one in costs.methods:
        if isinstance(one, NotAllocated):
            sentence = msgid("{method} has no answer: {departments} serve no department that receives anything.")
            names = tuple(_name(code, costs) for code in one.departments)
            notes.append(say(sentence, method=say(METHODS[one.method]), departments=names))
        elif one.order:
            names = tuple(_name(code, costs) for code in one.order)
            notes.append(say(msgid("Order of closing in step-down: {departments}."), departments=names))
    notes.append(msgid("Direct leaves out what support departments do for each other; only reciprocal counts it all."))
    if costs.chosen:
        notes.append(say(msgid("What follows uses this method: {method}."), method=say(METHODS[costs.chosen.method])))
    return tuple(notes)


def _table(
    key: str,
    title: Words,
    caption: Words,
    columns: tuple[Column, ...],
    rows: Sequence[tuple[Cell, ...]],
    costs: PartnerCosts,
    notes: tuple[Words, ...] = (),
) -> Table:
    source = costs.document.source
    said = (say(msgid("Stated by the partner: {source}"), source=source),) if source else ()
    year = costs.document.year
    return Table(key, title, caption, columns, tuple(rows), notes=(*notes, *said), period=year, price_base=NOMINAL)


def _name(code: str, costs: PartnerCosts) -> Text | str:
    if code == UNUSED:
        return UNUSED_WORDS
    names: Mapping[str, Text] = {one.code: one.name for what in NAMED for one in getattr(costs.document, what)}
    return names.get(code, code)


def _pounds(pence: int) -> float:
    return float_pounds(pence)


def _or_none(value: float | None) -> Cell:
    return Absent.NOT_APPLICABLE if value is None else value
