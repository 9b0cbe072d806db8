"""The sheet of what was found about the projects: each caution in full, with its place and what to do about it."""

from __future__ import annotations

from consortia.report.projects_model import ProjectsModel
from consortia.report.words import msgid
from consortia.report.workbook.sheet import Book, Sheet

CAUTIONS = msgid("Project cautions")
TOLD = msgid("What was found about the projects when the study was run; it does not follow changes made here.")
HEAD = 3


def write_cautions(book: Book, model: ProjectsModel) -> None:
    """Writes the sheet, where anything was found."""
    if not model.findings:
        return
    sheet, language = Sheet.add(book, CAUTIONS), book.language
    sheet.columns(0, 0, 12)
    sheet.columns(1, 1, 90)
    sheet.columns(2, 2, 50)
    sheet.page.freeze_panes(HEAD + 1, 0)
    sheet.say(0, 0, msgid("What was found about the projects"), "title")
    sheet.say(1, 0, TOLD, "note")
    titles = msgid("Kind"), msgid("What was found, and what to do about it"), msgid("Place")
    sheet.headers(HEAD, tuple(map(language.text, titles)), words=len(titles))
    for row, finding in enumerate(model.findings, HEAD + 1):
        sheet.words(row, 0, language.severity(finding))
        sheet.words(row, 1, language.finding(finding))
        sheet.words(row, 2, str(finding.place or ""))
