"""The sheet of what projects come to together: each kind by year, each partner's net, and each project's worth."""

from __future__ import annotations

import numpy as np

from consortia.appraisal.measures import npv
from consortia.report.projects_model import FlowRow, TermRow
from consortia.report.words import msgid
from consortia.report.workbook.project_case import ProjectCase
from consortia.report.workbook.project_cautions import write_cautions
from consortia.report.workbook.project_flows import (
    CODE,
    KIND,
    PRESENT,
    PROJECT,
    SIGN,
    ProjectFlowPlaces,
    signed,
    write_flows,
)
from consortia.report.workbook.project_flows import FIRST as FLOW_FIRST
from consortia.report.workbook.project_inputs import TIME, write_inputs, write_lines, year_heads
from consortia.report.workbook.sheet import Book, Sheet, here
from consortia.report.workbook_model import WorkbookModel

LABEL, KEY, WORTH, TOTAL, FIRST = range(5)
TOTALS = msgid("Project totals")
TOLD = msgid(
    "Pounds in {year} prices (real), central case. It counts the services to be shared beside the projects, since both "
    "may save on one budget line: do not add it to the sheet of what each partner gains or pays."
)


def write_projects(book: Book, model: WorkbookModel) -> None:
    """Writes the sheets of projects, where the study has any: inputs, lines, flows, totals, and what was found."""
    if model.projects is None:
        return
    case = ProjectCase(model.projects, model.horizon_years + 1)
    inputs = write_inputs(book, model.projects)
    lines = write_lines(book, model, case, inputs)
    flows = write_flows(book, model, case, inputs=inputs, lines=lines)
    _totals(book, model, case, flows)
    write_cautions(book, model.projects)


def _totals(book: Book, model: WorkbookModel, case: ProjectCase, flows: ProjectFlowPlaces) -> None:
    sheet = Sheet.add(book, TOTALS)
    sheet.columns(LABEL, LABEL, 54)
    sheet.columns(KEY, FIRST + case.years, 14)
    sheet.page.freeze_panes(TIME + 1, 1)
    sheet.say(0, 0, msgid("What projects and shared services come to together"), "title")
    sheet.say(1, 0, TOLD, "note", year=model.base_year)
    titles = "", msgid("Key"), msgid("Present value"), msgid("All years")
    year_heads(sheet, model, titles, FIRST)
    row = _kinds(sheet, TIME + 2, case, flows, model)
    row = _partners(sheet, row + 2, case, flows, model)
    _projects(sheet, row + 2, case, flows, model)


def _kinds(sheet: Sheet, row: int, case: ProjectCase, flows: ProjectFlowPlaces, model: WorkbookModel) -> int:
    """Each kind by year; kinds stand apart and are not added."""
    sheet.say(row - 1, LABEL, msgid("Each kind by year; the kinds are not to be added up"), "label")
    for number, (kind, words) in enumerate(case.model.kinds):
        at = row + number
        every: tuple[FlowRow | TermRow, ...] = (*case.model.flows, *case.model.terms)
        values = np.sum([one.flow for one in every if one.kind == kind], axis=0)
        sheet.words(at, LABEL, sheet.book.language.cell(words))
        sheet.words(at, KEY, kind, "code")
        for t, value in enumerate(values):
            key = here(at, KEY, column_fixed=True)
            formula = f"SUMIF({flows.column(KIND)},{key},{flows.column(FLOW_FIRST + t)})"
            sheet.formula(at, FIRST + t, formula, float(value), "money")
        _sums(sheet, at, values, model)
    return row + len(case.model.kinds)


def _partners(sheet: Sheet, row: int, case: ProjectCase, flows: ProjectFlowPlaces, model: WorkbookModel) -> int:
    """Each partner's net by year, and that of all partners."""
    sheet.say(row - 1, LABEL, msgid("Net cash of each partner"), "label")
    for number, partner in enumerate(model.partners):
        at, values = row + number, signed(case, partner=partner.code)
        sheet.words(at, LABEL, sheet.book.language.words(partner.name))
        sheet.words(at, KEY, partner.code, "code")
        for t, value in enumerate(values):
            key = here(at, KEY, column_fixed=True)
            own = f"({flows.column(CODE)}={key})*{flows.column(SIGN)}*{flows.column(FLOW_FIRST + t)}"
            sheet.formula(at, FIRST + t, f"SUMPRODUCT({own})", float(value), "money")
        _sums(sheet, at, values, model)
    last = row + len(model.partners)
    values = signed(case)
    sheet.say(last, LABEL, msgid("All partners"), "label")
    for t, value in enumerate(values):
        span = f"{here(row, FIRST + t)}:{here(last - 1, FIRST + t)}"
        sheet.formula(last, FIRST + t, f"SUM({span})", float(value), "money total")
    _sums(sheet, last, values, model)
    return last + 1


def _projects(sheet: Sheet, row: int, case: ProjectCase, flows: ProjectFlowPlaces, model: WorkbookModel) -> None:
    """What each project is worth: its part of the whole."""
    sheet.say(row - 1, LABEL, msgid("Each project's and each shared service's part of the whole"), "label")
    for number, (key, title) in enumerate(case.model.titles):
        at = row + number
        sheet.words(at, LABEL, sheet.book.language.words(title))
        sheet.words(at, KEY, key, "code")
        own = f"({flows.column(PROJECT)}={here(at, KEY)})*{flows.column(SIGN)}*{flows.column(PRESENT)}"
        worth = npv(signed(case, project=key), model.discount_factors)
        sheet.formula(at, WORTH, f"SUMPRODUCT({own})", worth, "money")


def _sums(sheet: Sheet, row: int, values: np.ndarray, model: WorkbookModel) -> None:
    span = f"{here(row, FIRST)}:{here(row, FIRST + values.size - 1)}"
    worth = npv(values, model.discount_factors)
    sheet.formula(row, WORTH, f"SUMPRODUCT({span},Discount_factors)", worth, "money bold")
    sheet.formula(row, TOTAL, f"SUM({span})", float(values.sum()), "money")
