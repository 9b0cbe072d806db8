"""The sheets of what projects are made from: every input with its place in the study, paths, budget lines by year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from consortia.periods import FinancialYear
from consortia.report.projects_model import InputCell, LineRow, PathRow, ProjectsModel
from consortia.report.words import msgid
from consortia.report.workbook.project_case import ProjectCase
from consortia.report.workbook.sheet import Book, Sheet, here
from consortia.report.workbook_model import WorkbookModel

NAME, LOW, MODE, HIGH, VALUE, PLACE = range(6)
LABEL, CODE, AMOUNT, FLOOR, FIRST = range(5)
HEAD, TIME = 3, 4
MEANS = {"pert": "({low}+4*{mode}+{high})/6", "triangular": "({low}+{mode}+{high})/3", "uniform": "({low}+{high})/2"}
"""The mean of each shape from the cells of its ends; another shape's central value stands as it is."""
STATED = msgid(
    "Central case. Change a shaded cell and the other sheets of projects follow. What is drawn stands at its central "
    "value."
)
LINES = msgid("Pounds a year in {year} prices (real), as if no project were begun.")
Addresses = Mapping[str, str]


def write_inputs(book: Book, model: ProjectsModel) -> Addresses:
    """Writes the sheet of inputs; gives the address of the value used of each, by its key."""
    sheet = Sheet.add(book, msgid("Project inputs"))
    sheet.columns(NAME, NAME, 58)
    sheet.columns(LOW, VALUE, 13)
    sheet.columns(PLACE, PLACE, 62)
    sheet.say(0, 0, msgid("Inputs of projects and of the services shared beside them"), "title")
    sheet.say(1, 0, STATED, "note")
    titles = msgid("Input"), msgid("Lowest"), msgid("Most likely"), msgid("Highest"), msgid("Value used")
    sheet.headers(HEAD, tuple(map(book.language.text, (*titles, msgid("Place in the study")))))
    sheet.page.freeze_panes(HEAD + 1, 1)
    return {one.key: _input(sheet, row, one) for row, one in enumerate(model.inputs, HEAD + 1)}


def _input(sheet: Sheet, row: int, one: InputCell) -> str:
    sheet.words(row, NAME, sheet.book.language.words(one.name))
    sheet.words(row, PLACE, one.key, "code")
    if one.shape not in MEANS:
        return sheet.number(row, VALUE, one.value, "number input")
    for column, value in ((LOW, one.low), (MODE, one.mode), (HIGH, one.high)):
        if value is not None:
            sheet.number(row, column, value, "number input")
    cells = {"low": here(row, LOW), "mode": here(row, MODE), "high": here(row, HIGH)}
    return sheet.formula(row, VALUE, MEANS[one.shape].format(**cells), one.value, "number")


@dataclass(frozen=True)
class LinePlaces:
    """Where the paths and the budget lines stand: the row of each by its key."""

    sheet: Sheet
    paths: Mapping[str, int]
    lines: Mapping[str, int]

    def path(self, key: str, t: int) -> str:
        """The cell of a path in a year."""
        return self.sheet.place(self.paths[key], FIRST + t)

    def cost(self, key: str, t: int) -> str:
        """The cell of what a line costs in a year."""
        return self.sheet.place(self.lines[key], FIRST + t)

    def floor(self, key: str) -> str:
        """The cell of a line's floor."""
        return self.sheet.place(self.lines[key], FLOOR)


def write_lines(book: Book, model: WorkbookModel, case: ProjectCase, inputs: Addresses) -> LinePlaces:
    """Writes the sheet of paths and budget lines, year by year."""
    sheet, projects = Sheet.add(book, msgid("Project budget lines")), case.model
    sheet.columns(LABEL, LABEL, 54)
    sheet.columns(CODE, FIRST + case.years, 13)
    sheet.page.freeze_panes(TIME + 1, 1)
    sheet.say(0, 0, msgid("Budget lines without any project"), "title")
    sheet.say(1, 0, LINES, "note", year=model.base_year)
    year_heads(sheet, model, (msgid("Budget line"), msgid("Partner code"), msgid("Today"), msgid("Floor")), FIRST)
    paths = {one.key: row for row, one in enumerate(projects.paths, TIME + 2)}
    for one in projects.paths:
        _path(sheet, paths[one.key], one, inputs)
    first = TIME + 3 + len(paths)
    lines = {one.key: row for row, one in enumerate(projects.lines, first)}
    for line in projects.lines:
        _line(sheet, lines[line.key], line, case, paths)
    return LinePlaces(sheet, paths, lines)


def year_heads(sheet: Sheet, model: WorkbookModel, titles: tuple[str, ...], first: int) -> None:
    """The headings of a sheet with the years in its columns, and below them the years from the base year."""
    text, base = sheet.book.language.text, FinancialYear.parse(model.base_year)
    years = tuple(str(base.plus(t)) for t in range(model.horizon_years + 1))
    sheet.headers(HEAD, (*map(text, titles), *years), words=len(titles))
    sheet.say(TIME, 0, msgid("Years from the base year"), "label")
    for t in range(model.horizon_years + 1):
        sheet.number(TIME, first + t, t, "year")


def _path(sheet: Sheet, row: int, path: PathRow, inputs: Addresses) -> None:
    sheet.say(row, LABEL, msgid("Yearly multiplier: {what}"), what=path.name)
    for t, factor in enumerate(path.factors):
        if not path.growths:
            sheet.number(row, FIRST + t, factor, "factor input")
            continue
        time = here(TIME, FIRST + t, row_fixed=True)
        grown = "*".join(f"(1+{inputs[key]})^{time}" for key in path.growths)
        sheet.formula(row, FIRST + t, grown, factor, "factor")


def _line(sheet: Sheet, row: int, line: LineRow, case: ProjectCase, paths: Mapping[str, int]) -> None:
    sheet.words(row, LABEL, sheet.book.language.words(line.name))
    sheet.words(row, CODE, line.partner, "code")
    today = sheet.number(row, AMOUNT, line.amount, "money input")
    sheet.number(row, FLOOR, line.floor, "money input")
    for t, cost in enumerate(case.cost(line)):
        grown = f"{today}*{here(paths[line.path], FIRST + t)}" if line.path else today
        sheet.formula(row, FIRST + t, grown, float(cost), "money")
