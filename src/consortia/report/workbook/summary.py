"""The sheet of results: each partner's flows, present value and payback."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from consortia.appraisal.measures import npv, payback
from consortia.periods import FinancialYear
from consortia.report.language import ABSENT
from consortia.report.words import Absent, msgid
from consortia.report.workbook.cash_flows import CODE, FIRST, FlowPlaces
from consortia.report.workbook.project_cautions import CAUTIONS
from consortia.report.workbook.project_totals import TOTALS
from consortia.report.workbook.sheet import Book, Sheet, here
from consortia.report.workbook_model import WorkbookModel

HEAD = 3
SHARING_ALONE = msgid(
    "This sheet is of the services to be shared by themselves; with the partners' own projects: see {sheet}."
)
NAME, KEY, WORTH, BACK, YEARS = range(5)
Flow = npt.NDArray[np.float64]


@dataclass(frozen=True)
class _Rows:
    """Where a partner's net flow, its running total and its crossings of zero stand."""

    net: int
    running: int
    crossing: int


def write_summary(book: Book, model: WorkbookModel, flows: FlowPlaces) -> None:
    """Each partner's net flow year by year with present value and payback; below, the running totals behind it."""
    sheet = Sheet.add(book, msgid("Summary"))
    sheet.columns(NAME, NAME, 34)
    sheet.columns(KEY, YEARS + model.horizon_years, 13)
    sheet.page.freeze_panes(HEAD + 1, 1)
    sheet.say(0, 0, msgid("What each partner gains or pays: the central case"), "title")
    stated = msgid("Pounds in {year} prices (real). Payback counts years from the base year.")
    sheet.say(1, 0, stated, "note", year=model.base_year)
    if model.projects is not None:
        alone = sheet.book.language.text(SHARING_ALONE, sheet=sheet.book.language.text(TOTALS))
        sheet.lead(2, 0, alone, to=sheet.book.language.text(TOTALS))
    titles = msgid("Partner"), msgid("Partner code"), msgid("Present value"), msgid("Payback, years")
    count = len(model.partners)
    first = _Rows(HEAD + 1, HEAD + count + 4, HEAD + 2 * count + 7)
    _headers(sheet, HEAD, model, titles)
    _headers(sheet, first.running - 1, model, (msgid("Running total"), "", "", ""))
    _headers(sheet, first.crossing - 1, model, (msgid("When the running total rises above zero"), "", "", ""))
    net = partner_flows(model)
    for place in range(count + 1):
        rows = _Rows(first.net + place, first.running + place, first.crossing + place)
        flow = net[place] if place < count else net.sum(axis=0)
        _label(sheet, rows, model, place)
        _flow(sheet, rows.net, flow, flows if place < count else None, count)
        _running(sheet, rows, flow)
        _results(sheet, rows, flow, model)
    _cautions(sheet, first.crossing + count + 2, model)


def _cautions(sheet: Sheet, row: int, model: WorkbookModel) -> None:
    """What the figures of projects leave out or open, in short; each row leads to the sheet that tells it in full."""
    if model.projects is None or not model.projects.cautions:
        return
    sheet.say(row, NAME, msgid("What the figures of the projects leave out or open"), "label")
    for place, told in enumerate(model.projects.cautions, row + 1):
        sheet.lead(place, NAME, sheet.book.language.words(told), to=sheet.book.language.text(CAUTIONS))


def partner_flows(model: WorkbookModel) -> Flow:
    """The library's net flow of each partner and year over all groups, pounds."""
    net = np.zeros((len(model.partners), model.horizon_years + 1))
    for group in model.groups:
        for member, flow in zip(group.members, model.central_case(group).member_net, strict=True):
            net[model.place(member)] += flow
    return net


def _headers(sheet: Sheet, row: int, model: WorkbookModel, titles: tuple[str, ...]) -> None:
    base = FinancialYear.parse(model.base_year)
    years = tuple(str(base.plus(t)) for t in range(model.horizon_years + 1))
    sheet.headers(row, (*(sheet.book.language.text(title) if title else "" for title in titles), *years), words=2)


def _label(sheet: Sheet, rows: _Rows, model: WorkbookModel, place: int) -> None:
    for row in (rows.net, rows.running, rows.crossing):
        if place < len(model.partners):
            sheet.words(row, NAME, sheet.book.language.words(model.partners[place].name))
            sheet.words(row, KEY, model.partners[place].code, "code")
        else:
            sheet.say(row, NAME, msgid("All partners"), "label")


def _flow(sheet: Sheet, row: int, flow: Flow, flows: FlowPlaces | None, count: int) -> None:
    """A partner's flow is gathered from its groups by its code; that of all partners is the sum of the rows above."""
    for t, amount in enumerate(flow):
        column = YEARS + t
        if flows:
            key = here(row, KEY, column_fixed=True)
            formula, style = f"SUMIF({flows.column(CODE)},{key},{flows.column(FIRST + t)})", "money"
        else:
            formula, style = f"SUM({here(row - count, column)}:{here(row - 1, column)})", "money total"
        sheet.formula(row, column, formula, float(amount), style)


def _running(sheet: Sheet, rows: _Rows, flow: Flow) -> None:
    """The running total, and the moment in which it crosses zero upwards, if it does in that year."""
    so_far = np.cumsum(flow)
    for t in range(flow.size):
        column = YEARS + t
        total, net = here(rows.running, column), here(rows.net, column)
        if t == 0:
            sheet.formula(rows.running, column, net, float(so_far[0]), "money")
            continue
        before = here(rows.running, column - 1)
        sheet.formula(rows.running, column, f"{before}+{net}", float(so_far[t]), "money")
        crosses = so_far[t - 1] < 0 <= so_far[t]
        value = t - 1 + float(-so_far[t - 1] / flow[t]) if crosses else ""
        formula = f'IF(AND({before}<0,{total}>=0),{t - 1}-{before}/{net},"")'
        sheet.formula(rows.crossing, column, formula, value, "years")


def _results(sheet: Sheet, rows: _Rows, flow: Flow, model: WorkbookModel) -> None:
    last = YEARS + model.horizon_years
    worth = f"SUMPRODUCT({here(rows.net, YEARS)}:{here(rows.net, last)},Discount_factors)"
    sheet.formula(rows.net, WORTH, worth, npv(flow, model.discount_factors), "money bold")
    never = sheet.book.language.words(ABSENT[Absent.NEVER])
    crossings = f"{here(rows.crossing, YEARS + 1)}:{here(rows.crossing, last)}"
    formula = f'IF({here(rows.running, last)}<0,"{never}",IF(COUNT({crossings})=0,0,MAX({crossings})))'
    paid = payback(flow)
    sheet.formula(rows.net, BACK, formula, never if paid is None else paid, "years")
