"""The bridge of each partner as a table: as returned, each step, harmonised; and the source cells behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from consortia.costing import bridge as bridge_rows
from consortia.costing import source_cells
from consortia.money import float_pounds
from consortia.periods import FinancialYear
from consortia.reference.prices import deflator
from consortia.reference.taxonomy import service as named
from consortia.report.tables import Column, Table
from consortia.report.words import Absent, Cell, Words, msgid, say
from consortia.run.formulas import STEPS
from consortia.run.grades import Grades
from consortia.run.harmonised import adjusted_costs, harmonise_study
from consortia.run.source_words import heading_words, place_words
from consortia.study import Study, Text

COST_TYPES: Mapping[str, str] = {
    "employees": msgid("Employees"),
    "running_expenses": msgid("Running expenses"),
    "third_party_payments": msgid("Third-party payments"),
    "transfer_payments": msgid("Transfer payments"),
    "support_services": msgid("Support services"),
    "internal_purchases": msgid("Bought from other services of the authority"),
    "capital_charges": msgid("Capital charges"),
    "total_expenditure": msgid("Expenditure not split by type"),
    "sales_fees_charges": msgid("Sales, fees and charges"),
    "other_income": msgid("Other income"),
    "specific_grants": msgid("Specific grants"),
    "internal_income": msgid("Paid by other services of the authority"),
    "total_income": msgid("Income not split by type"),
    "net_current_expenditure": msgid("Net current expenditure"),
    "hosted_services": msgid("Hosted services"),
}
MEASURES: Mapping[str, str] = {
    "total_cost": msgid("Total cost"),
    "income": msgid("Income"),
    "net_current_expenditure": msgid("Net current expenditure"),
    "net_revenue_expenditure": msgid("Net revenue expenditure"),
}
NOTES = (
    msgid("Every row and every column adds up exactly; the amounts shown are rounded."),
    msgid("Financial year: academic years become financial years. Price base: prices of the base year."),
)


def bridge_of(study: Study) -> pl.DataFrame:
    """The bridge of every harmonised line of the study's base year, by cost type and source line; whole pence."""
    costs, harmonised = adjusted_costs(study), harmonise_study(study)
    years = {*costs["year"].unique().to_list(), study.definition.base_year}
    index = {year: deflator(FinancialYear.parse(year)) for year in years}
    rows = bridge_rows(harmonised, costs, deflators=index)
    return rows.filter(pl.col("year") == study.definition.base_year)


def bridge_table(
    study: Study, rows: pl.DataFrame, *, partner: str, grades: Grades, service: str = "", measure: str = "total_cost"
) -> Table:
    """One partner's bridge of a measure, pounds: a row for each service, or for each cost type of one service.

    The grade of each amount stands beside it; one service's is said in a note.
    """
    mine = rows.filter((pl.col("partner") == partner) & (pl.col("measure") == measure))
    mine = mine.filter(pl.col("service") == service if service else ~pl.col("service").str.contains(".", literal=True))
    steps = [step for step in STEPS if step in set(mine["step"])]
    title = (Column("cost_type", msgid("Cost type")) if service else Column("service", msgid("Service")),)
    columns = (
        *title,
        *(Column(step, STEPS[step], "money") for step in steps),
        Column("sum", msgid("Harmonised"), "money"),
        *([] if service else [Column("grade", msgid("Grade"), "number")]),
    )
    sentence = msgid("{partner}, {service}: from the return to the harmonised cost")
    plain = msgid("{partner}: from the return to the harmonised cost")
    name = study.definition.partner(partner).name
    absent = () if service else _absent_heads(study, mine, partner)
    shown = _by_type(mine, steps) if service else _by_service(mine, steps, grades)
    whole = study.return_of(partner).is_from_ledger and mine.height and not service and not absent
    return Table(
        f"bridge_{partner}",
        say(sentence, partner=name, service=service_text(service)) if service else say(plain, partner=name),
        say(
            msgid("What was done to the amounts as returned, step by step: {measure}."), measure=say(MEASURES[measure])
        ),
        columns,
        (*shown, _total_row(mine, steps)) if whole else shown,
        notes=(*NOTES, *_absent_note(absent), *_grade_note(grades.get((partner, service, measure)))),
        period=study.definition.base_year,
        price_base=study.definition.base_year,
    )


def cells_table(study: Study, rows: pl.DataFrame, *, partner: str, service: str, measure: str = "total_cost") -> Table:
    """The source cells of one partner's service, with what each brings to the bridge; nominal pounds as returned."""
    kept = (pl.col("partner") == partner) & (pl.col("service") == service) & (pl.col("measure") == measure)
    cells = source_cells(rows.filter(kept), adjusted_costs(study))
    shown = [
        (
            STEPS[row["step"]], COST_TYPES[row["cost_type"]], float_pounds(row["amount_pence"]),
            heading_words(row["heading"]), row["file"], place_words(row["sheet"], row["cell"]),
        )
        for row in cells.iter_rows(named=True)
    ]  # fmt: skip
    return Table(
        f"cells_{partner}",
        say(msgid("Source cells: {partner}, {service}"), partner=_name(study, partner), service=service_text(service)),
        msgid("Each cell of the return with the step of the bridge that it stands in."),
        (
            Column("step", msgid("Step")),
            Column("cost_type", msgid("Cost type")),
            Column("amount", msgid("Amount"), "money"),
            Column("heading", msgid("Heading in the source")),
            Column("file", msgid("File")),
            Column("cell", msgid("Cell")),
        ),
        tuple(shown),
        period=study.definition.base_year,
        price_base="nominal",
    )


def measure_of(rows: pl.DataFrame, *, partner: str, service: str = "") -> str:
    """The measure whose bridge is shown: total cost where the partner's return allows it, else net expenditure."""
    mine = rows.filter(pl.col("partner") == partner)
    found = set((mine.filter(pl.col("service") == service) if service else mine)["measure"])
    return "total_cost" if "total_cost" in found else "net_current_expenditure"


def service_text(code: str) -> Text:
    """A service's name in both languages."""
    found = named(code)
    return Text(en=found.name, cy=found.name_cy)


def _name(study: Study, partner: str) -> Text:
    return study.definition.partner(partner).name


def _by_service(rows: pl.DataFrame, steps: Sequence[str], grades: Grades) -> tuple[tuple[Cell, ...], ...]:
    """A row for each service. Heads of a published return add up to its total only where it does: no total row."""
    amounts, (partner, measure) = _amounts(rows, "service"), (_only(rows, "partner"), _only(rows, "measure"))
    return tuple(
        (*_row(service_text(key), [amounts.get((key, step), 0) for step in steps]), grades.get((partner, key, measure)))
        for key in sorted({key for key, _ in amounts})
    )


def _absent_heads(study: Study, rows: pl.DataFrame, partner: str) -> list[str]:
    """Heads of a ledger's return in the base year that have no bridge, for a part of their cost is not known."""
    returned = study.return_of(partner)
    if not returned.is_from_ledger:
        return []
    costs = returned.costs.filter(pl.col("year") == study.definition.base_year)
    heads = set(costs["service"].str.split(".").list.first()) - {"total"}
    return sorted(heads - set(rows["service"]))


def _absent_note(heads: Sequence[str]) -> tuple[Words, ...]:
    sentence = msgid("Not shown, because a part of their cost is not known: {services}.")
    return (say(sentence, services=tuple(service_text(head) for head in heads)),) if heads else ()


def _total_row(rows: pl.DataFrame, steps: Sequence[str]) -> tuple[Cell, ...]:
    """The sum of the heads: a ledger's heads, with what is unmapped, are all that the return holds."""
    sums = dict(rows.group_by("step").agg(pl.col("amount_pence").sum()).iter_rows())
    return (*_row(msgid("Total"), [sums.get(step, 0) for step in steps]), Absent.NOT_APPLICABLE)


def _by_type(rows: pl.DataFrame, steps: Sequence[str]) -> tuple[tuple[Cell, ...], ...]:
    """A row for each cost type of a service, then the total."""
    amounts = _amounts(rows, "cost_type")
    found = {key for key, _ in amounts}
    named = [
        _row(COST_TYPES[key], [amounts.get((key, step), 0) for step in steps]) for key in COST_TYPES if key in found
    ]
    total = _row(msgid("Total"), [sum(amounts.get((key, step), 0) for key in found) for step in steps])
    return (*named, total)


def _amounts(rows: pl.DataFrame, by: str) -> dict[tuple[str, str], int]:
    """Pence by service or cost type, and step."""
    sums = rows.group_by(by, "step").agg(pl.col("amount_pence").sum())
    return {(row[by], row["step"]): row["amount_pence"] for row in sums.iter_rows(named=True)}


def _only(rows: pl.DataFrame, column: str) -> str:
    return str(rows[column][0]) if rows.height else ""


def _grade_note(grade: int | None) -> tuple[Words, ...]:
    scale = msgid("Grade: how well an amount is founded, 1 best to 6, the worst of its source, age and estimates.")
    return (scale,) if grade is None else (say(msgid("Grade of this amount: {grade}."), grade=grade), scale)


def _row(name: Words, pence: Sequence[int]) -> tuple[Cell, ...]:
    return (name, *(float_pounds(each) for each in pence), float_pounds(sum(pence)))
