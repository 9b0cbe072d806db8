"""The whole workbook, sheet by sheet; the central case lives in its formulas, the ranges were drawn by Consortia."""

from __future__ import annotations

import io
from datetime import datetime, time

from xlsxwriter import Workbook

from consortia.report.language import translator
from consortia.report.tables import Table
from consortia.report.worded import worded
from consortia.report.words import msgid
from consortia.report.workbook.assumptions import write_assumptions
from consortia.report.workbook.baseline import write_baseline
from consortia.report.workbook.cash_flows import write_cash_flows
from consortia.report.workbook.groups import write_groups
from consortia.report.workbook.project_totals import write_projects
from consortia.report.workbook.shares import write_shares
from consortia.report.workbook.sheet import NUMBER_FORMATS, Book, Sheet
from consortia.report.workbook.summary import write_summary
from consortia.report.workbook_model import WorkbookModel

LIVE = msgid("This workbook holds the central case with live formulas: change a shaded cell and every sheet follows.")
EQUAL = msgid("It gives the same figures as the paper, to the penny, as long as nothing is changed.")
DRAWN = msgid(
    "The ranges (P10, P50, P90) and the chance of net loss on the last sheet come from many draws and do not follow "
    "changes made here."
)
FIXED = msgid(
    "The groups stay as they are: to see whether another grouping would be better after a change, run Consortia again."
)
PROJECTS = msgid(
    "The partners' own projects stand on sheets of their own, with the services to be shared beside them, since both "
    "may save on one budget line: from inputs to streams by year, to present values, to totals."
)
DECIDED = msgid(
    "Amounts in pounds, not rounded. These figures come from many draws and do not follow changes made here."
)


def workbook(model: WorkbookModel, *, language: str) -> bytes:
    """The workbook as the bytes of an .xlsx file, in "en" or "cy": live formulas, each with the library's own value.

    Only functions that Excel 2016 and LibreOffice 7.4 share. The same model gives the same bytes.
    """
    saved = io.BytesIO()
    book = Book(Workbook(saved, {"in_memory": True}), translator(language))
    made = datetime.combine(model.stamp.made_on, time())
    book.file.set_properties({"title": book.language.words(model.title), "author": "Consortia", "created": made})
    _read_me(book, model)
    rates = write_assumptions(book, model)
    baseline = write_baseline(book, model)
    groups = write_groups(book, model, baseline)
    flows = write_cash_flows(book, model, groups=groups, baseline=baseline, rates=rates)
    write_summary(book, model, flows)
    write_shares(book, model, flows)
    write_projects(book, model)
    _decision(book, model.decision)
    book.file.close()
    return saved.getvalue()


def _read_me(book: Book, model: WorkbookModel) -> None:
    sheet = Sheet.add(book, msgid("Read me"))
    sheet.columns(0, 0, 110)
    sheet.words(0, 0, book.language.words(model.title), "title")
    text, stamp = book.language.text, model.stamp
    lines = (
        *map(text, (LIVE, EQUAL, DRAWN, FIXED, *((PROJECTS,) if model.projects else ()))),
        text(msgid("All amounts are pounds in {year} prices (real); t = 0 is {year}."), year=model.base_year),
        text(msgid("Future amounts are discounted: {schedule}."), schedule=model.schedule),
        text(
            msgid("Made by Consortia {version} with reference data {edition}; {draws} draws, seed {seed}."),
            version=stamp.package_version, edition=stamp.reference_edition, draws=stamp.draws, seed=str(stamp.seed),
        ),
        text(msgid("Fingerprint of the run: {fingerprint}"), fingerprint=stamp.fingerprint),
        book.language.date(stamp.made_on),
    )  # fmt: skip
    for row, line in enumerate(lines, 2):
        sheet.words(row, 0, line)


def _decision(book: Book, table: Table) -> None:
    """The decision table of the paper with its raw values."""
    sheet = Sheet.add(book, msgid("Decision"))
    shown = worded(table, book.language)
    sheet.columns(0, 1, 30)
    sheet.columns(2, len(shown.headers) - 2, 16)
    sheet.columns(len(shown.headers) - 1, len(shown.headers) - 1, 70)
    sheet.page.freeze_panes(4, 1)
    sheet.words(0, 0, shown.title, "title")
    sheet.words(1, 0, f"{book.language.text(DECIDED)} {book.language.price_base(table.price_base)}", "note")
    titles = tuple(book.language.words(column.title) for column in table.columns)
    sheet.headers(3, titles, words=len(titles))
    for row, cells in enumerate(shown.rows, 4):
        for column, cell in enumerate(cells):
            if isinstance(cell.raw, int | float):
                sheet.number(row, column, cell.raw, cell.kind if cell.kind in NUMBER_FORMATS else "number")
            else:
                sheet.words(row, column, cell.text)
