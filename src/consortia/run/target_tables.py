"""Target costing as tables: what each partner may spend, the gap, what closes it, and the function-cost matrix."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from consortia.costing import BudgetTarget, Component, Function, GapClosing, ValueAnalysis, analyse_value, target_gaps
from consortia.delivery import PromisedLine
from consortia.errors import StudyError
from consortia.money import float_pounds, to_pence
from consortia.report.tables import Column, Table
from consortia.report.words import Absent, Cell, Words, msgid, say
from consortia.run.bridge_tables import service_text
from consortia.run.harmonised import harmonise_study
from consortia.study import Definition, Study
from consortia.study.definition import ValueCase

TOTAL = msgid("Total")
MEASURE = "net_current_expenditure"
ZONES = {
    "reduce": msgid("Should cost less"),
    "in_zone": msgid("In the optimal zone"),
    "enhance": msgid("May cost more"),
}
GAP_NOTES = (
    msgid("Gap: current cost less what is affordable after the required saving; below zero there is room."),
    msgid("Closed by the run: the full annual saving that the newest run promises, less its running cost."),
)
VALUE_NOTES = (
    msgid("Value index: share of importance over share of cost; below 1 a candidate for lower cost."),
    msgid("A floor is what a duty makes it cost at least; what it takes comes off the others by importance."),
)


def target_table(study: Study, promised: Iterable[PromisedLine] | None) -> Table:
    """Gap by service and partner with what the newest run closes of it, pounds of the base year; then the totals.

    `promised` is None when there is no run: what it closes is then not known. Raises StudyError without targets.
    """
    definition = study.definition
    if not definition.targets:
        raise StudyError("The study has no targets.", remedy="Put them under `targets` in study.yaml.")
    lines = harmonise_study(study).lines
    gaps = target_gaps(lines, _targets(definition), year=definition.base_year, measure=MEASURE)
    closed = None if promised is None else _closed(definition, promised)
    rows = [_gap_row(row, definition, closed) for row in gaps.sort("service", maintain_order=True).to_dicts()]
    columns = (
        Column("service", msgid("Service")),
        Column("partner", msgid("Partner")),
        Column("current", msgid("Current cost"), "money"),
        Column("budget", msgid("Budget"), "money"),
        Column("saving", msgid("Required saving"), "money"),
        Column("allowable", msgid("Affordable"), "money"),
        Column("gap", msgid("Gap"), "money"),
        Column("closed", msgid("Closed by the run"), "money"),
        Column("left", msgid("Left to find"), "money"),
    )
    return _table(
        "targets",
        msgid("What each service may cost"),
        msgid("Net current expenditure of the base year against the affordable budget."),
        columns,
        (*rows, _total(rows)),
        definition,
        GAP_NOTES,
    )


def value_tables(definition: Definition, *, service: str = "") -> tuple[Table, ...]:
    """Components and functions of each function-cost matrix of the study, or of one service's."""
    cases = [case for case in definition.value_cases if service in ("", case.service)]
    return tuple(table for case in cases for table in _case_tables(case, definition))


def value_analysis(case: ValueCase) -> ValueAnalysis:
    """The analysis of one matrix; StudyError where it cannot be made, with the reason."""
    components = [
        Component(one.code, to_pence(one.cost), one.contributes, floor_pence=to_pence(one.floor))
        for one in case.components
    ]
    functions = [Function(one.code, one.weight) for one in case.functions]
    try:
        return analyse_value(components, functions, allowable_pence=to_pence(case.allowable), tolerance=case.tolerance)
    except ValueError as error:
        remedy = "Correct it under `value_cases` in study.yaml."
        raise StudyError(f"The function-cost matrix of {case.service} is not whole: {error}.", remedy=remedy) from None


def _targets(definition: Definition) -> list[BudgetTarget]:
    return [
        BudgetTarget(one.partner, one.service, to_pence(one.budget), to_pence(one.required_saving))
        for one in definition.targets
    ]


def _closed(definition: Definition, promised: Iterable[PromisedLine]) -> dict[tuple[str, str], int]:
    """The promised saving less running cost in the last year of the case, by partner and service."""
    lines = [line for line in promised if line.measure != "one_off_cost"]
    last = max((line.year for line in lines), default="")
    services = {one.key: one.service for one in definition.initiatives}
    closed: dict[tuple[str, str], int] = {}
    for line in lines:
        if line.year == last and line.initiative in services:
            place = line.partner, services[line.initiative]
            closed[place] = closed.get(place, 0) + (1 if line.measure == "saving" else -1) * line.amount_pence
    return closed


def _gap_row(
    row: Mapping[str, object], definition: Definition, closed: Mapping[tuple[str, str], int] | None
) -> tuple[Cell, ...]:
    partner, service = str(row["partner"]), str(row["service"])
    run = None if closed is None else closed.get((partner, service), 0)
    gap = row["gap_pence"]
    left = None if run is None or gap is None else GapClosing(int(str(gap)), (("run", run),)).left_pence
    missing = Absent.NOT_PROVIDED if row["status"] == "not_provided" else Absent.NOT_KNOWN
    amounts = (row[f"{name}_pence"] for name in ("current", "envelope", "required_saving", "allowable", "gap"))
    return (
        service_text(service),
        definition.partner(partner).name,
        *(_pounds(amount, missing) for amount in amounts),
        _pounds(run),
        _pounds(left),
    )


def _total(rows: list[tuple[Cell, ...]]) -> tuple[Cell, ...]:
    """Sums of the columns; a column with an unknown amount has no sum, for it would look smaller than it is."""
    sums: list[Cell] = []
    for column in range(2, 9):
        cells = [row[column] for row in rows]
        known = [cell for cell in cells if isinstance(cell, float)]
        sums.append(sum(known) if len(known) == len(cells) else Absent.NOT_KNOWN)
    return (TOTAL, "", *sums)


def _case_tables(case: ValueCase, definition: Definition) -> tuple[Table, Table]:
    found = value_analysis(case)
    service = service_text(case.service)
    return (
        _table(
            f"value_{case.service}",
            say(msgid("Value of the components: {service}"), service=service),
            msgid("What each component costs beside what it gives, and what it may cost."),
            _component_columns(),
            _component_rows(case, found),
            definition,
            VALUE_NOTES,
        ),
        _table(
            f"functions_{case.service}",
            say(msgid("Cost of the functions: {service}"), service=service),
            msgid("What each function costs through the components that give to it, and what it may cost."),
            _function_columns(),
            _function_rows(case, found),
            definition,
            (),
        ),
    )


def _component_columns() -> tuple[Column, ...]:
    return (
        Column("component", msgid("Component")),
        Column("cost", msgid("Cost"), "money"),
        Column("cost_share", msgid("Share of cost"), "percent"),
        Column("importance", msgid("Importance"), "percent"),
        Column("index", msgid("Value index"), "number"),
        Column("zone", msgid("Verdict")),
        Column("floor", msgid("Floor"), "money"),
        Column("target", msgid("Target cost"), "money"),
        Column("gap", msgid("Gap"), "money"),
    )


def _component_rows(case: ValueCase, found: ValueAnalysis) -> tuple[tuple[Cell, ...], ...]:
    rows: list[tuple[Cell, ...]] = [
        (
            given.name, float_pounds(one.cost_pence), one.cost_share, one.importance,
            Absent.NOT_APPLICABLE if one.value_index is None else one.value_index, ZONES[one.zone],
            float_pounds(one.floor_pence) if one.floor_pence else Absent.NOT_APPLICABLE,
            float_pounds(one.target_pence), float_pounds(one.gap_pence),
        )
        for given, one in zip(case.components, found.components, strict=True)
    ]  # fmt: skip
    cost, target = (sum(getattr(one, name) for one in found.components) for name in ("cost_pence", "target_pence"))
    dash = Absent.NOT_APPLICABLE
    sums = (float_pounds(target), float_pounds(cost - target))
    return (*rows, (TOTAL, float_pounds(cost), 1.0, 1.0, dash, "", dash, *sums))


def _function_columns() -> tuple[Column, ...]:
    return (
        Column("function", msgid("Function")),
        Column("weight", msgid("Weight"), "percent"),
        Column("cost", msgid("Cost"), "money"),
        Column("target", msgid("Target cost"), "money"),
        Column("gap", msgid("Gap"), "money"),
    )


def _function_rows(case: ValueCase, found: ValueAnalysis) -> tuple[tuple[Cell, ...], ...]:
    names: dict[str, Words] = {one.code: one.name for one in case.functions}
    return tuple(
        (
            names.get(one.code, msgid("No function")), one.weight, float_pounds(one.cost_pence),
            float_pounds(one.target_pence), float_pounds(one.cost_pence - one.target_pence),
        )
        for one in found.functions
    )  # fmt: skip


def _table(
    key: str,
    title: Words,
    caption: Words,
    columns: tuple[Column, ...],
    rows: tuple[tuple[Cell, ...], ...],
    definition: Definition,
    notes: tuple[Words, ...],
) -> Table:
    base = definition.base_year
    return Table(key, title, caption, columns, rows, notes=notes, period=base, price_base=base)


def _pounds(pence: object, missing: Absent = Absent.NOT_KNOWN) -> Cell:
    return missing if pence is None else float_pounds(int(str(pence)))
