"""The papers of a run, written to a folder: HTML and Word in both languages, and the live workbook."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from pathlib import Path

from consortia.report.document import can_write_word, document
from consortia.report.page import page
from consortia.report.paper import PaperContent
from consortia.report.workbook import workbook
from consortia.report.workbook_model import WorkbookModel
from consortia.run.partner_view import seen_by
from consortia.run.record import Run
from consortia.study import Text
from consortia.study.store import write_whole

LANGUAGES = ("en", "cy")
PAGE, WORD, WORKBOOK = "decision-paper.{}.html", "decision-paper.{}.docx", "workbook.{}.xlsx"


def write_papers(run: Run, folder: Path) -> tuple[Path, ...]:
    """Writes every paper of the run in English and Welsh, and gives the files; Word only where it is installed."""
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(path for language in LANGUAGES for path in _in_language(run.content, folder, language, run.workbook))


def write_paper_for(run: Run, folder: Path, *, viewer: Text, released: AbstractSet[Text]) -> tuple[Path, ...]:
    """Writes the paper as one partner may see it, in English and Welsh; a workbook shows every line, so there is none.

    `released`: names of the partners whose figures the others may know.
    """
    content = seen_by(run, own=(viewer,), released=released)
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(path for language in LANGUAGES for path in _in_language(content, folder, language, None))


def _in_language(content: PaperContent, folder: Path, language: str, model: WorkbookModel | None) -> tuple[Path, ...]:
    other = LANGUAGES[1 - LANGUAGES.index(language)]
    papers: dict[str, str | bytes] = {PAGE: page(content, language=language, other_href=PAGE.format(other))}
    if model is not None:
        papers[WORKBOOK] = workbook(model, language=language)
    if can_write_word():
        papers[WORD] = document(content, language=language)
    for name, written in papers.items():
        write_whole(folder / name.format(language), written)
    return tuple(folder / name.format(language) for name in papers)
