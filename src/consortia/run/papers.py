"""The papers of a run, written to a folder: HTML and Word in both languages, and the live workbook."""

from __future__ import annotations

from pathlib import Path

from consortia.report.document import document
from consortia.report.page import page
from consortia.report.workbook import workbook
from consortia.run.record import Run
from consortia.study.store import write_whole

LANGUAGES = ("en", "cy")
PAGE, WORD, WORKBOOK = "decision-paper.{}.html", "decision-paper.{}.docx", "workbook.{}.xlsx"


def write_papers(run: Run, folder: Path) -> tuple[Path, ...]:
    """Writes every paper of the run in English and Welsh, and gives the files."""
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(path for language in LANGUAGES for path in _in_language(run, folder, language))


def _in_language(run: Run, folder: Path, language: str) -> tuple[Path, ...]:
    other = LANGUAGES[1 - LANGUAGES.index(language)]
    html = folder / PAGE.format(language)
    write_whole(html, page(run.content, language=language, other_href=PAGE.format(other)))
    word = folder / WORD.format(language)
    write_whole(word, document(run.content, language=language))
    book = folder / WORKBOOK.format(language)
    write_whole(book, workbook(run.workbook, language=language))
    return html, word, book
