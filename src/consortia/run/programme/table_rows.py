"""The rows of the tables of projects by name, so that each figure in them has a key that stays what it is."""

from __future__ import annotations

from consortia.report.tables import Table
from consortia.report.words import Words
from consortia.run.programme.appraised import Appraised
from consortia.run.programme.cost_tables import cost_items
from consortia.run.programme.headline_table import READINGS
from consortia.run.programme.naming import project_title
from consortia.run.programme.sensitivity_tables import A_POUND
from consortia.run.programme.tables import KIND_WORDS
from consortia.run.programme.unmet_table import unmet_of
from consortia.study.project_findings import active_projects

MEASURES = (
    "npv", "first_five", "bcr", "return", "payback", "discounted_payback", "chance_of_loss", "target",
    "chance_of_target", "shortfall",
)  # fmt: skip
BY_YEAR = frozenset({"kinds", "kinds_cash", "plan", "gap", "projects_cash_flow", "projects_fan", "phasing"})
BY_PARTNER = frozenset({"projects_by_partner", "partner_kinds"})
FRONT = ("sharing", "own", "meeting", "together")


def rows_of(table: Table, found: Appraised) -> tuple[str, ...]:
    """A name for each row: its year, partner, project, line or input; else its number from 1."""
    numbers = tuple(str(number) for number in range(1, len(table.rows) + 1))
    named = _names(table, found)
    return named if len(named) == len(numbers) else (*named[: len(numbers)], *numbers[len(named) :])


def slug(words: Words) -> str:
    """A kind of cost as a part of a key: no spaces, small letters."""
    return str(words).lower().replace(" ", "_")


def _names(table: Table, found: Appraised) -> tuple[str, ...]:
    definition = found.definition
    if table.key in BY_YEAR:
        years = found.compiled.frame.years
        return tuple(str(row[0]) if row[0] in years else "all" for row in table.rows)
    if table.key in BY_PARTNER:
        return (*definition.codes, "all")[: len(table.rows)]
    if table.key == "partner_plans":
        return tuple(f"{code}.{year}" for code in definition.codes for year in found.compiled.frame.years)
    if table.key == "measures":
        return MEASURES[: len(table.rows)]
    if table.key == "projects":
        return (*found.appraisal.projects, "overlap", "total")
    if table.key == "own_projects":
        return tuple(project.key for project in active_projects(definition))
    if table.key == "together":
        return FRONT
    if table.key == "lines":
        return tuple(line.key for line in definition.lines)
    return _of_items(table, found)


def _of_items(table: Table, found: Appraised) -> tuple[str, ...]:
    items = cost_items(found)
    if table.key == "costs":
        kinds = [kind for kind in ("one_off_cost", "running_cost") if any(one.kind == kind for one in items)]
        return (*(f"{one.key}.{one.partner}.{one.kind}" for one in items), *kinds)
    if table.key == "costs_by_kind":
        return (*dict.fromkeys(slug(one.sort) for one in items), "all")
    if table.key == "unmet":
        return tuple(one.stream.key for one in unmet_of(found))
    if table.key == "headlines":
        return tuple(READINGS)
    if table.key == "waterfall":
        named: dict[object, str] = {words: kind for kind, words in KIND_WORDS.items()}
        return tuple(named.get(row[0], "total") for row in table.rows)
    if table.key == "first_year":
        return tuple(_first_years(table, found))
    if table.key in ("priorities", "within_budget"):
        candidates: dict[object, str] = {one.title: one.key for one in found.definition.projects}
        return tuple(candidates.get(row[0], "together") for row in table.rows)
    if table.key == "tornado":
        return tuple(bar.name for bar in found.tornado.bars)
    if table.key == "questions":
        return ("everything", *(name for name, one in found.questions.items() if one.value >= A_POUND))
    return ()


def _first_years(table: Table, found: Appraised) -> list[str]:
    keys: dict[object, str] = {project_title(key, found.definition): key for key in found.appraisal.projects}
    return [keys.get(row[0], "") for row in table.rows]
